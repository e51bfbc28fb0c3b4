"""Pages of cards: the desk with what is due, one's own, the public ones, one with what may be done now."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.cards import forms, queries, service, words
from market.cards.permissions import MAY
from market.db import Work, reading
from market.kernel.errors import Refusal
from market.kernel.permits import holds
from market.kernel.shown import seen
from market.reputation import queries as reputation
from market.web import desk as desks
from market.web.answering import attempt, refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.web.forms_on_page import Deed, add_deeds, open_forms
from market.web.locale import is_english
from market.web.naming import named
from market.web.shown import handed_out
from market.workdays import queries as workdays

bp = Blueprint("cards", __name__)
Answer = tuple[str, int]


DEEDS = {
    "state": Deed(
        may="card.state", title=_l("说明情况"), form=forms.State, acts={"": service.state_case}
    ),
    "issue": Deed(
        may="card.issue",
        title=_l("作出决定"),
        form=forms.Issue,
        acts={"issue": service.issue, "drop": service.drop},
    ),
    "plan": Deed(
        may="card.state", title=_l("提交整改计划"), form=forms.Plan, acts={"": service.plan}
    ),
    "talk": Deed(
        may="card.follow", title=_l("约谈"), form=forms.Talk, acts={"": service.note_talk}
    ),
    "refer": Deed(may="card.follow", title=_l("移交"), form=forms.Refer, acts={"": service.refer}),
}


@bp.get("/cards")
@page(may="public")
def public() -> str:
    """The cards that the place makes public, corrections among them."""
    work = reading(current_actor())
    return render_template(
        "cards/public.html", cards=queries.public(work), is_on=queries.is_on(work), words=words
    )


@bp.get("/cards/mine")
@page(may="card.state")
def mine() -> str:
    """The cards of one's own body."""
    work = reading(current_actor())
    return render_template("cards/mine.html", cards=queries.mine(work), words=words)


@bp.get("/office/cards")
@page(may="card.desk")
def desk() -> str:
    """What is due, and every card."""
    return _desk(None)[0]


def _desk(no: Refusal | None) -> Answer:
    work = reading(current_actor())
    form = Form(formdata=None)
    return render_template(
        "cards/desk.html",
        due=queries.due(work),
        desk=desks.desk(_lines(work), request.args),
        is_on=queries.is_on(work),
        may_propose=holds(work.actor, MAY["card.propose"]),
        form=form,
        refusal=refusal_in(form, no) if no else None,
        words=words,
    ), no.status if no else 200


def _lines(work: Work) -> list[Case]:
    """The cards as lines of the desk."""
    left = workdays.left(work)
    return [
        Case(
            one.number,
            url_for(".card", number=one.number),
            _("%(body)s（%(colour)s）", body=named(one.body), colour=words.COLOURS[one.colour][0]),
            reputation.behaviour_name(one.behaviour, in_english=is_english()),
            words.STATES[one.state],
            one.proposed_at,
            *desks.clocked(one.due, left),
        )
        for one in queries.desk(work)
    ]


def _following(work: Work, number: str) -> Case | None:
    """The card to go on with after one, for who works at the desk: of those that somebody waits for."""
    if not holds(work.actor, MAY["card.desk"]):
        return None
    waiting = [
        line
        for line, one in zip(_lines(work), queries.desk(work), strict=True)
        if one.deeds or one.due
    ]
    return desks.following(waiting, url_for(".card", number=number))


@bp.post("/office/cards/<number:trigger>")
@page(may="card.propose")
def propose(trigger: str) -> Answer | Response:
    """Propose the card that a record has made due."""
    number, no = attempt(service.propose_card, trigger=trigger)
    if no is not None:
        return _desk(no)
    flash(_("已提出，被提示单位可在规定的期限内说明情况，期满后由另一人决定。"))
    return redirect(url_for(".card", number=number), 303)


@bp.get("/cards/<number:number>")
@page(may="card.read")
def card(number: str) -> Answer:
    """A card, and the forms of what its reader may do now."""
    return _page(number)


def _page(
    number: str, name: str = "", form: Form | None = None, no: Refusal | None = None
) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(service.issue, work, number), no)
    found = queries.card(work, number)
    refusal = refusal_in(form, no) if form and no else None
    return render_template(
        "cards/card.html",
        card=found,
        following=_following(work, number),
        forms=open_forms(DEEDS, found.deeds, name, form),
        form=form or Form(formdata=None),
        refusal=refusal,
        token=token,
        deeds=DEEDS,
        words=words,
    ), status_of(form, no)


add_deeds(
    bp, "/cards/<number:number>", DEEDS, _page, lambda number: url_for(".card", number=number)
)
