"""Leaving the marketplace: the agency asks, the office confirms."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.agencies.rules import State
from market.db import in_one_transaction, reading
from market.kernel.errors import NotFound
from market.selection.pages import answer, bp
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results import words as result_words
from market.selection.results.forms import ExitForm
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page
from market.web.naming import named
from market.web.onward import who_next
from market.web.shown import posted
from market.windows import queries as windows_queries


@bp.route("/enrolment/exit", methods=["GET", "POST"])
@page(may="exit.ask")
def ask_exit() -> Answer | Response:
    """Ask to leave; what is still open is listed, so that one knows what to wait for."""
    form = ExitForm()
    no = None
    if form.validate_on_submit():
        _done, no = attempt(result_service.ask_exit)
        if no is None:
            flash(_("退出申请已提交，由协管办确认。确认前可以撤回。") + _onward())
            return redirect(url_for("agencies.enrolment"), 303)
    work = reading(current_actor())
    card = agencies.of_organisation(work, work.actor.organisation_id)
    if card is None:
        raise NotFound("agency.none")
    return answer(
        "agency/exit.html",
        form,
        no,
        words=result_words,
        card=card,
        may_ask=card.state is State.ACTIVE,
        unfinished=result_queries.unfinished(work, work.actor.organisation_id),
    )


def _onward() -> str:
    work = reading(current_actor())
    card = agencies.of_organisation(work, work.actor.organisation_id)
    dues = windows_queries.of_subject(work, card.ref or "") if card else []
    return who_next(dues, lambda body: named(accounts.organisation(work, body).name))


@bp.post("/office/agencies/<ref>/exit")
@page(may="exit.confirm")
def confirm_exit(ref: str) -> Response:
    """Confirm an exit."""
    in_one_transaction(result_service.confirm_exit, current_actor(), ref=ref, shown=posted())
    flash(_("已确认退出。"))
    return redirect(url_for("agencies.desk"), 303)
