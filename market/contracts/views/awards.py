"""Pages of awards: the letter and what precedes it for owner and winner, confirming, giving up, the
public page that verifies.
"""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response

from market.contracts import forms, queries, service, words
from market.contracts.permissions import MAY
from market.contracts.queries import Letter, Matter, Offered
from market.contracts.rules import GIVABLE, SIGNABLE, Offer
from market.contracts.views.blueprint import bp
from market.contracts.views.matters import may_register
from market.contracts.views.unsigned import may_state, procedure_of
from market.db import Work, in_one_transaction, reading
from market.enrolment import queries as enrolments
from market.kernel.errors import Malformed, NotFound
from market.kernel.permits import holds
from market.kernel.plain import Json
from market.owners import queries as owners
from market.rulebook import queries as rulebooks
from market.web.addresses import whole
from market.web.answering import attempt, caught, form_page
from market.web.auth import current_actor, page
from market.web.format import mask_name
from market.web.qr import code_of

CONFIRMED = {
    Offer.ISSUED: _l("已确认，中选通知书已发出。"),
    Offer.BLOCKED: _l("已确认。容缺材料补齐后，中选通知书自动发出。"),
}


@bp.get("/awards/<number:number>")
@page(may="award.read")
def letter(number: str) -> str:
    """The letter, as it is printed, with the code that leads to the page that verifies it; or where
    the award stands before.
    """
    work = reading(current_actor())
    card = queries.paper(work, number)
    if isinstance(card, Offered):
        is_winner = card.agency_organisation_id == work.actor.organisation_id
        missing = (
            enrolments.outstanding_documents(work, card.agency_organisation_id) if is_winner else ()
        )
        return render_template(
            "contracts/offer.html",
            offer=card,
            words=words,
            Offer=Offer,
            may_confirm=_may_confirm(card, work.now),
            may_decline=_may_decline(card),
            missing=missing,
        )
    return render_template(
        "contracts/letter.html",
        letter=card,
        words=words,
        qr=_qr(card),
        is_winner=card.agency_organisation_id == work.actor.organisation_id,
        may_decline=_may_decline(card),
        may_register=may_register(work, card),
        matter=_matter_of(work, card),
        procedure=procedure_of(work, card),
        may_state=may_state(work, card) and holds(work.actor, MAY["award.state"]),
    )


@bp.get("/awards")
@page(may="award.read")
def mine() -> str:
    """The letters of one's own organisation, and the awards that wait for one."""
    work = reading(current_actor())
    return render_template(
        "contracts/mine.html",
        letters=queries.mine(work),
        offers=queries.my_offers(work),
        words=words,
    )


@bp.post("/awards/<number:number>/confirm")
@page(may="award.confirm")
def confirm(number: str) -> Response:
    """The winner accepts the award."""
    came_to = in_one_transaction(service.confirm, current_actor(), number=number)
    flash(CONFIRMED.get(came_to) or _("已确认接受中选。"))
    return redirect(url_for(".letter", number=number), 303)


@bp.route("/awards/<number:number>/decline", methods=["GET", "POST"])
@page(may="award.decline")
def decline(number: str) -> Response | str | tuple[str, int]:
    """The winner gives the award up."""
    card = queries.paper(reading(current_actor()), number)
    form = forms.GiveUp()
    if not _may_decline(card):
        raise NotFound("award.none")
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            service.decline,
            number=number,
            reason=form.reason.data,
            statement=form.statement.data,
        )
        if no is None:
            flash(_("已放弃中选，由候补递补。"))
            return redirect(url_for(".letter", number=number), 303)
    return form_page("contracts/decline.html", form, no, letter=card)


@bp.get("/verify")
@bp.get("/verify/<path:document>")
@page(may="public")
def verify(document: str = "") -> str | tuple[str, int]:
    """Whether a letter is genuine and in force: for anybody who holds the paper."""
    form = forms.Verify(request.args)
    typed = document or form.number.data or ""
    found = no = None
    if typed:
        found, no = caught(
            lambda: queries.verified(reading(current_actor()), typed),
            statuses=(Malformed.status, NotFound.status),
        )
    return form_page(
        "contracts/verify.html",
        form,
        no,
        letter=found,
        owner=found and _masked(found),
        words=words,
        typed=typed,
    )


def _masked(letter: Letter) -> str:
    """The owner as a checker of the paper reads him: of a natural person the surname alone."""
    is_person = owners.is_natural(reading(current_actor()), letter.owner_organisation_id)
    return mask_name(letter.owner_name) if is_person else letter.owner_name


@bp.app_template_global()
def award_on(notice_number: str) -> Json | None:
    """What a notice's page says of its award: state (words, colour), until when the winner
    confirms, the page for its readers.

    Why a letter waits for documents is for the winner, the owner and the office; the public reads
    that it is not out.
    """
    work = reading(current_actor())
    card = queries.on_notice(work, notice_number)
    if card is None:
        return None
    may_read = queries.may_read(work, card)
    due = card.due if isinstance(card, Offered) and card.state is Offer.AWAITING else None
    return {
        "state": _state(card, may_read=may_read),
        "due": due,
        "href": url_for("contracts.letter", number=card.number) if may_read else None,
    }


@bp.app_template_global()
def winner_confirms(rulebook: int) -> bool:
    """Whether winners under this version of the rulebook are asked before their letter."""
    return bool(rulebooks.version(reading(current_actor()), rulebook).confirm_days)


def _state(card: Letter | Offered, *, may_read: bool) -> tuple[object, str]:
    if isinstance(card, Letter):
        return words.STATES[card.state]
    return (
        words.NOT_YET if card.state is Offer.BLOCKED and not may_read else words.OFFERS[card.state]
    )


def _may_confirm(card: Offered, now: dt.datetime) -> bool:
    due = card.due
    return (
        card.state is Offer.AWAITING
        and due is not None
        and (due.is_provisional or now < due.due_at)
        and card.agency_organisation_id == current_actor().organisation_id
        and holds(current_actor(), MAY["award.confirm"])
    )


def _may_decline(card: Letter | Offered) -> bool:
    actor = current_actor()
    is_open = card.state in (SIGNABLE if isinstance(card, Letter) else GIVABLE)
    return (
        is_open
        and card.agency_organisation_id == actor.organisation_id
        and holds(actor, MAY["award.decline"])
    )


def _matter_of(work: Work, card: Letter) -> Matter | None:
    """The contract that was registered under this very letter."""
    found = queries.on_award(work, card.number)
    return found if found is not None and found.winner == card.winner else None


def _qr(card: Letter) -> Markup:
    """The address that verifies this letter as a code."""
    return code_of(whole(url_for(".verify", document=card.number)))
