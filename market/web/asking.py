"""Deeds that destroy ask once: the button leads to a page that says what goes and what comes back.

    @bp.post("/drafts/<bigid:draft_id>/discard")
    @page(may="draft.discard")
    @asks(_l("删除这份草稿？"), _l("7 天内可以恢复。"), _l("删除草稿"))
    def discard(draft_id: int) -> Response: ...

The same address is posted twice: without `sure` the page is shown, which carries on what the form
brought. It works without JavaScript, and a page that stood open long asks like a new one.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import render_template, request

from market.web.shown import back

P = ParamSpec("P")
R = TypeVar("R")
SURE = "sure"
LEFT_OUT = frozenset({"csrf_token", SURE})


def asks(
    question: object, what: object, verb: object
) -> Callable[[Callable[P, R]], Callable[P, R | str]]:
    """Ask before the view does its deed: `question` is the heading, `what` says what is lost and how
    it is undone, `verb` stands on the button.
    """

    def wrap(view: Callable[P, R]) -> Callable[P, R | str]:
        @functools.wraps(view)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R | str:
            if request.form.get(SURE):
                return view(*args, **kwargs)
            carried = [pair for pair in request.form.items(multi=True) if pair[0] not in LEFT_OUT]
            return render_template(
                "typed/sure.html",
                question=question,
                what=what,
                verb=verb,
                carried=carried,
                back=back() or "/",
            )

        asked.asks = True  # type: ignore[attr-defined]  # tests/house reads it
        return asked

    return wrap
