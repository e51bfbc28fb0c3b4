"""The owner's drafting: when the auction begins, how low it may go, by which step."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.kernel.errors import NotFound, Refusal
from market.rulebook import queries as rulebooks
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service
from market.selection.auction.forms import TermsForm, filled
from market.selection.auction.rules import METHODS, Asked
from market.selection.kinds import Method
from market.selection.notices import queries as notice_queries
from market.selection.pages import answer, bp
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page


@bp.app_template_global()
def auction_asked(notice_id: int) -> Asked | None:
    """What a notice asks of its auction; None where nothing was written."""
    return auction_queries.asked_of(reading(current_actor()), notice_id)


@bp.route("/notices/<bigid:notice_id>/auction", methods=["GET", "POST"])
@page(may="auction.terms")
def auction_terms(notice_id: int) -> Answer | Response:
    """How an own draft is auctioned."""
    work = reading(current_actor())
    own = notice_queries.own_draft(work, notice_id)
    if own.terms.method not in METHODS:
        raise NotFound("notice.none")
    rulebook = rulebooks.in_force(work)
    in_rounds = own.terms.method is Method.AUCTION_ROUNDS
    kept = auction_queries.asked_of(work, notice_id)
    form = TermsForm(data=filled(kept, rulebook, in_rounds=in_rounds))
    no: Refusal | None = None
    if form.validate_on_submit():
        asked = form.asked(in_rounds=in_rounds)
        _done, no = attempt(auction_service.set_terms, notice_id=notice_id, asked=asked)
        if no is None:
            flash(_("竞价规则已保存。"))
            return redirect(url_for(".check", notice_id=notice_id), 303)
    return answer("auction/terms.html", form, no, own=own, rulebook=rulebook, in_rounds=in_rounds)
