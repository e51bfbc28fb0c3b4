"""Texts as they enter: without the character U+0000, which no keyboard has and no database keeps;
and as they are kept: nothing that cannot be seen, nothing that is shown in another order.

PostgreSQL refuses U+0000 in any text. Nobody can see it, so what came around it is taken as if it
had not been there: in the query, in a form, in the name of a file, in a cookie. An address with it
is the address of nothing. What else cannot be seen is dropped from a query and from the name of a
file, and market.web.forms does it for the fields of a form. Whatever way a text comes, by a form,
the terminal or a file that is read in, `_check_what_is_kept` has the last word.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import flask
from flask import Flask, abort, request
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict, iter_multi_items

from market.kernel import visible

NUL = "\0"


class Texts(ImmutableMultiDict[str, Any]):
    """Names and what was sent under them, without U+0000."""

    def __init__(self, sent: Mapping[str, object] | Iterable[tuple[str, object]] = ()) -> None:
        super().__init__([(name, seen(value)) for name, value in iter_multi_items(sent or ())])


class Request(flask.Request):
    """A request whose texts every view may give to the database; market.web.locale makes it the
    application's.
    """

    parameter_storage_class: type[MultiDict[str, Any]] = Texts
    dict_storage_class: type[MultiDict[str, Any]] = Texts

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What the address asks, as it can be seen: a search for nothing visible is none."""
        return Texts((name, asked(value)) for name, value in iter_multi_items(super().args))


def asked(value: str) -> str:
    """What stands in an address, without what cannot be seen."""
    return value if value.isascii() else visible.compared(value)


def seen(value: object) -> object:
    """What was sent as a person saw it."""
    if isinstance(value, FileStorage):
        value.filename = value.filename and visible.compared(value.filename)
        return value
    return value.replace(NUL, "") if isinstance(value, str) else value


def init_app(app: Flask) -> None:
    """Let no view see an address with U+0000."""
    app.before_request(_no_address_has_it)


def _no_address_has_it() -> None:
    if NUL in request.path:
        abort(404)


@event.listens_for(Session, "before_flush")
def _check_what_is_kept(session: Session, *_context: object) -> None:
    """Refuse, in what a person writes, `text.turned` and `text.unseen` at the column that would
    keep it. The clock copies what is kept already: it is never stopped by it.
    """
    actor = session.info.get("actor")
    if actor is None or actor.has("clock"):
        return
    for row in {*session.new, *session.dirty}:
        state = row._sa_instance_state
        written = state.committed_state if state.persistent else state.dict
        for name in written:
            value = state.dict.get(name)
            if isinstance(value, str | dict | list):
                visible.check(value, field=name)
