"""The agency's pages: entering with a sealed quote, withdrawing."""

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.forms import EntryForm
from market.selection.entries.rules.states import EntryState
from market.selection.notices import queries as notice_queries
from market.selection.pages import Answer, answer, attempt, bp, sentence
from market.web.auth import current_actor, page


@bp.route("/notices/<number:number>/entry", methods=["GET", "POST"])
@page(may="entry.enter")
def enter(number: str) -> Answer | Response:
    """Enter, or change the quote before the close. What is sent is worked on before anything is
    read for the page.
    """
    form = EntryForm()
    no = None
    if form.validate_on_submit():
        done, no = attempt(
            entry_service.enter_anew if form.again.data else entry_service.enter,
            number=number,
            quote_fen=form.quote_fen.data,
            submission_key=form.once.data,
            sealing_key=Keys(current_app.config["INSTANCE"]).sealing_public(),
        )
        if no is None:
            return redirect(url_for(".receipt", receipt=done.receipt), 303)
    late = _late(number, no)
    work = reading(current_actor())
    own = entry_queries.own_entry(work, number, current_actor().organisation_id)
    is_in = own is not None and own.state is EntryState.RECEIVED
    if not form.is_submitted():
        form.again.data = own.receipt if own is not None and is_in else ""
    notice = notice_queries.notice(work, number)
    return answer(
        "agency/enter.html",
        form,
        no,
        notice=notice,
        own=own if is_in else None,
        late=late,
        affected=sentence(entry_queries.affected(work, number, current_actor().organisation_id))
        if is_in
        else None,
        barred=None
        if is_in or form.is_submitted()
        else sentence(entry_queries.barred_today(work, notice.item_code)),
    )


def _late(number: str, no: Refusal | None) -> int | None:
    """Put a late entry's arrival on the log; the number of that entry, which its sender can cite."""
    if no is None or no.code != "entry.late":
        return None
    in_one_transaction(entry_service.note_late, current_actor(), number=number)
    newest = ledger.latest(reading(current_actor()), limit=1, type="entry.late", subject=number)
    return newest[0].index if newest else None


@bp.post("/notices/<number:number>/entry/withdraw")
@page(may="entry.enter")
def withdraw(number: str) -> Response:
    """Take my entry back."""
    in_one_transaction(entry_service.withdraw, current_actor(), number=number)
    flash(_("报名已撤回。截止前可以重新报名。"))
    return redirect(url_for(".notice", number=number), 303)
