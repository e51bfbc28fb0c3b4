"""Before the close: the owner writes how is scored and who judges, the agency what it proposes."""

from collections.abc import Callable

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.adapters.keys import Keys
from market.agencies import queries as agencies
from market.db import Work, reading
from market.kernel.errors import NotFound, Refusal
from market.rulebook import queries as rulebooks
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.rules.entering import why_closed
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Method
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.ways import PUBLIC
from market.selection.pages import answer, bp, sentence
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored import words as scored_words
from market.selection.scored.forms import ProposalForm, ScoringForm, filled
from market.selection.scored.rules import MOST_RESPONSE, POOL_SEATS, SEATS, Criterion, Scoring
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page


@bp.app_template_global()
def scoring_of(notice_id: int) -> Scoring | None:
    """How a notice is scored; None where it is not."""
    return scored_queries.scoring_of(reading(current_actor()), notice_id)


@bp.app_template_global()
def jurors_said(own: int | None) -> Callable[[int], str]:
    """Who judges: so many whom the owner named (`own` None), or who are drawn beside `own` of its own."""
    if own is None:
        return lambda count: _("%(count)s 名，由业主指定，匿名评分", count=count)
    return lambda count: _(
        "%(count)s 名：从专家库抽取 %(drawn)s 名，业主代表 %(own)s 名，匿名评分",
        count=count,
        drawn=count - own,
        own=own,
    )


@bp.app_template_global()
def criteria_words() -> dict[str, object]:
    """The names of criteria, formulas and what becomes of the price."""
    return {
        "criteria": scored_words.CRITERIA,
        "formulas": scored_words.FORMULAS,
        "prices": scored_words.PRICES,
        "quotes": scored_words.QUOTES,
        "proposals": scored_words.PROPOSALS,
    }


@bp.route("/notices/<bigid:notice_id>/scoring", methods=["GET", "POST"])
@page(may="scored.terms")
def scoring(notice_id: int) -> Answer | Response:
    """How an own draft is scored, and who judges it."""
    work = reading(current_actor())
    own = notice_queries.own_draft(work, notice_id)
    if not scored_queries.is_scored(own.terms.method):
        raise NotFound("notice.none")
    seated, reserves = scored_queries.panel_of(work, notice_id)
    kept = scored_queries.scoring_of(work, notice_id)
    form = ScoringForm(data=filled(kept, seated, reserves))
    has_price = own.terms.method is Method.WEIGHTED
    by_pool = own.terms.governing_fund in PUBLIC
    seats = POOL_SEATS if by_pool else SEATS
    most = scored_queries.credit_max(work, notice_id, by_pool=by_pool)
    form.offer(
        accounts.member_list(work, own.card.owner_id), seats, has_price=has_price, credit_max=most
    )
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(
            scored_service.set_terms,
            notice_id=notice_id,
            scoring=form.scoring(),
            seated=[int(each) for each in form.seated.data or []],
            reserves=[int(each) for each in form.reserves.data or []],
        )
        if no is None:
            flash(_("评分办法和评审人员已保存。"))
            return redirect(url_for(".check", notice_id=notice_id), 303)
    return answer(
        "scored/terms.html",
        form,
        no,
        own=own,
        by_pool=by_pool,
        codes=Criterion,
        rulebook=rulebooks.in_force(work),
        credit_max=most,
        most_response=MOST_RESPONSE,
    )


@bp.route("/notices/<number:number>/proposal", methods=["GET", "POST"])
@page(may="entry.enter")
def proposal(number: str) -> Answer | Response:
    """Write and seal what is proposed, before entering with a quote; where it is a file, upload it."""
    work = reading(current_actor())
    notice = notice_queries.notice(work, number)
    asked = scored_queries.scoring_of(work, notice.id)
    if asked is None:
        raise NotFound("notice.none")
    if entry_queries.kinds_of(work, number):
        return redirect(url_for(".boxes", number=number), 303)
    agency = agencies.of_organisation(work, current_actor().organisation_id)
    form = ProposalForm()
    form.offer(asked, agency.name if agency else "")
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(
            entry_service.hand_in_proposal,
            number=number,
            texts=form.texts(),
            sealing_key=Keys(current_app.config["INSTANCE"]).sealing_public(),
        )
        if no is None:
            flash(_("方案已封存，报名截止前任何人都读不到。下一步：报价并报名。"))
            return redirect(url_for(".enter", number=number), 303)
    return answer("scored/proposal.html", form, no, notice=notice, **_facts(work, number, asked))


def _facts(work: Work, number: str, asked: Scoring) -> dict[str, object]:
    own = entry_queries.own_entry(work, number, current_actor().organisation_id)
    card = notice_queries.notice(work, number)
    return {
        "scoring": asked,
        "words": scored_words,
        "handed_at": scored_queries.handed_in_proposal(
            work, number, current_actor().organisation_id
        ),
        "is_in": own is not None and own.state is EntryState.RECEIVED,
        "closed": sentence(why_closed(card.state, work.now, card.entry_close)),
        "most": entry_service.LONGEST,
    }
