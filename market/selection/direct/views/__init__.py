"""Pages of direct choice: the list in public, the owner's choice, the agency's answer."""

import json

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.adapters.vkeys import vkeys
from market.db import Work, reading
from market.fabric import fabric
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.selection.direct import queries as direct_queries
from market.selection.direct import service as direct_service
from market.selection.direct import words as direct_words
from market.selection.direct.forms import AnswerForm, ChooseForm
from market.selection.direct.queries import Choice
from market.selection.notices import words as notice_words
from market.selection.notices.rules.states import NoticeState
from market.selection.pages import answer, bp
from market.selection.results import queries as result_queries
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page
from market.web.shown import handed_out

BLUEPRINTS = [bp]


@bp.app_template_global()
def offer_waits(number: str) -> bool:
    """Whether the reader's agency has an offer to answer."""
    waiting = direct_queries.choice(reading(current_actor()), number).waiting
    return waiting is not None and waiting.organisation_id == current_actor().organisation_id


@bp.get("/notices/<number:number>/agencies")
@page(may="public")
def direct(number: str) -> Answer:
    """Every agency that may be chosen, in its order, with what became of each offer."""
    return _list(reading(current_actor()), number, ChooseForm(formdata=None))


@bp.get("/notices/<number:number>/evidence.json")
@page(may="public")
def direct_evidence(number: str) -> Response:
    """Everything that a verifier needs of a choice (ADR 0044); 404 until a witness has seen its list."""
    file = direct_queries.evidence_of(reading(VISITOR), number, vkeys(current_app.config))
    text = json.dumps(file, ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype="application/json")


@bp.post("/notices/<number:number>/agencies")
@page(may="direct.choose")
def choose(number: str) -> Answer | Response:
    """Offer the work to one of them."""
    work = reading(current_actor())
    form = ChooseForm()
    form.offer(direct_queries.choice(work, number).places)
    if not result_queries.signs_for_owner(work, number):
        raise NotFound("notice.none")
    if not form.validate_on_submit():
        return _list(work, number, form)
    _done, no = attempt(
        direct_service.offer,
        number=number,
        ref=form.ref.data,
        amount_fen=form.amount_fen.data,
    )
    if no:
        return _list(reading(current_actor()), number, form, no)
    flash(_("已征询，机构在期限内答复；接受后即发布中选公告。"))
    return redirect(url_for(".direct", number=number), 303)


def _list(work: Work, number: str, form: ChooseForm, no: Refusal | None = None) -> Answer:
    token = handed_out(seen(direct_service.offer, work, number), no)
    choice = direct_queries.choice(work, number)
    card = result_queries.notice(work, number)
    form.offer(choice.places)
    return answer(
        "direct.html",
        form,
        no,
        notice=card,
        choice=choice,
        token=token,
        state=notice_words.STATES[card.state],
        offers=direct_words.OFFERS,
        reasons=fabric().words,
        chooses=card.state is NoticeState.CHOOSING and result_queries.signs_for_owner(work, number),
    )


@bp.get("/notices/<number:number>/offer")
@page(may="direct.answer")
def offered(number: str) -> Answer:
    """What an agency was offered."""
    return _offer(reading(current_actor()), number, AnswerForm(formdata=None))


@bp.post("/notices/<number:number>/offer/accept")
@page(may="direct.answer")
def accept_offer(number: str) -> Answer | Response:
    """Accept: the result is published at once."""
    form = AnswerForm()
    _done, no = attempt(direct_service.answer, number=number, accepts=True)
    if no:
        return _offer(reading(current_actor()), number, form, no)
    flash(_("已接受，中选公告已发布。公示期满无投诉的，将收到中选通知书。"))
    return redirect(url_for(".notice", number=number), 303)


@bp.post("/notices/<number:number>/offer/refuse")
@page(may="direct.answer")
def refuse_offer(number: str) -> Answer | Response:
    """Refuse: the owner chooses again."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _offer(reading(current_actor()), number, form)
    _done, no = attempt(
        direct_service.answer, number=number, accepts=False, reason=form.reason.data or ""
    )
    if no:
        return _offer(reading(current_actor()), number, form, no)
    flash(_("已答复不接受，业主将另行选定。"))
    return redirect(url_for(".notice", number=number), 303)


def _offer(work: Work, number: str, form: AnswerForm, no: Refusal | None = None) -> Answer:
    token = handed_out(seen(direct_service.answer, work, number), no)
    choice: Choice = direct_queries.choice(work, number)
    own = [
        each for each in choice.offers if each.organisation_id == current_actor().organisation_id
    ]
    if not own:
        raise NotFound("notice.none")
    return answer(
        "offer.html",
        form,
        no,
        notice=result_queries.notice(work, number),
        offer=own[-1],
        due=choice.due if choice.waiting == own[-1] else None,
        token=token,
        offers=direct_words.OFFERS,
    )
