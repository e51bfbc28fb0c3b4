"""The inspector's page of entries that were left out for their proposals."""

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.errors import NotFound
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.notices import queries as notice_queries
from market.selection.pages import PlainForm, answer, bp
from market.web.answering import Answer
from market.web.auth import current_actor, page


@bp.get("/notices/<number:number>/unopened")
@page(may="entry.confirm")
def unopened(number: str) -> Answer:
    """Who was left out and why; each box is opened once more as the page is read."""
    work = reading(current_actor())
    found = entry_queries.left_out(work, number)
    if not entry_queries.kinds_of(work, number):
        raise NotFound("notice.none")
    instance = current_app.instance_path
    return answer(
        "agency/unopened.html",
        PlainForm(formdata=None),
        notice=notice_queries.notice(work, number),
        rows=[(each, entry_service.holds(work, number, each, instance)) for each in found],
        reasons=fabric().words,
    )


@bp.post("/notices/<number:number>/unopened/<bigid:no>")
@page(may="entry.confirm")
def confirm_unopened(number: str, no: int) -> Response:
    """Confirm one of them. Refuses as the page does where a notice asks for no proposals."""
    work = reading(current_actor())
    found = entry_queries.left_out(work, number)
    if not entry_queries.kinds_of(work, number):
        raise NotFound("notice.none")
    of = next((each for each in found if each.no == no), None)
    if of is None or not entry_service.holds(work, number, of, current_app.instance_path):
        raise NotFound("entry.none")
    in_one_transaction(entry_service.confirm, current_actor(), number=number, no=no)
    flash(_("已确认，写入公开日志。"))
    return redirect(url_for(".unopened", number=number), 303)
