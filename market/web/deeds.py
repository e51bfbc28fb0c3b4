"""Deeds of a table: each gets the address that it is done at."""

from collections.abc import Callable, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue

from market.web.auth import page


def add_deed(
    blueprint: Blueprint,
    path: str,
    *,
    name: str,
    may: str,
    do: Callable[..., ResponseReturnValue],
    methods: Sequence[str] = ("GET", "POST"),
) -> Callable[..., ResponseReturnValue]:
    """Let `do` answer at `path`, as the endpoint `name`, for whoever `may`; it gets what the path names.
    Returns the view, for further marks.
    """

    @page(may=may)
    def view(**named: object) -> ResponseReturnValue:
        return do(**named)

    blueprint.add_url_rule(path, endpoint=name, view_func=view, methods=list(methods))
    return view
