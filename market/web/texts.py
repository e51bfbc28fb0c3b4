"""Texts as they enter: without the character U+0000, which no keyboard has and no database keeps.

PostgreSQL refuses it in any text. Nobody can see it, so what came around it is taken as if it had
not been there: in the query, in a form, in the name of a file, in a cookie. An address with it is
the address of nothing.
"""

from typing import Any

import flask
from flask import Flask, abort, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict, iter_multi_items

NUL = "\0"


class Texts(ImmutableMultiDict[str, Any]):
    """Names and what was sent under them, without U+0000."""

    def __init__(self, sent: Any = ()) -> None:
        super().__init__([(name, seen(value)) for name, value in iter_multi_items(sent or ())])


class Request(flask.Request):
    """A request whose texts every view may give to the database; market.web.locale makes it the
    application's.
    """

    parameter_storage_class: type[MultiDict[str, Any]] = Texts
    dict_storage_class: type[MultiDict[str, Any]] = Texts


def seen(value: Any) -> Any:
    """What was sent as a person saw it."""
    if isinstance(value, FileStorage):
        value.filename = value.filename and value.filename.replace(NUL, "")
        return value
    return value.replace(NUL, "") if isinstance(value, str) else value


def init_app(app: Flask) -> None:
    """Let no view see an address with U+0000."""
    app.before_request(_no_address_has_it)


def _no_address_has_it() -> None:
    if NUL in request.path:
        abort(404)
