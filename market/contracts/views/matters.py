"""The page of a matter, for the public and its parties: where it stands, who has it, until when; and
the contract's registration.
"""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.contracts import forms, queries, service, words
from market.contracts.permissions import MAY
from market.contracts.queries import Facts, Letter, Matter
from market.contracts.rules import SIGNABLE
from market.contracts.rules.matter import AGAIN, Signed
from market.contracts.rules.payment import Paying
from market.contracts.views.blueprint import bp
from market.contracts.views.offers import offered
from market.db import Work, reading
from market.files import service as files
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.permits import holds
from market.ledger import queries as ledger
from market.owners import queries as owners
from market.owners.rules import Kind as OwnerKind
from market.owners.rules import State as OwnerState
from market.selection.results import queries as result_queries
from market.web.answering import attempt, caught, form_page
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.windows.queries import Due
from market.workdays import queries as workdays
from market.workdays.rules import working_days_left

Answer = Response | str | tuple[str, int]


@bp.get("/contracts/<number:number>")
@page(may="public")
def matter(number: str) -> str:
    """A matter: everybody reads its course, its parties and the overseers the rest."""
    work = reading(current_actor())
    card = queries.matter(work, number)
    return render_template(
        "contracts/matter.html",
        matter=card,
        words=words,
        is_whole=queries.reads_whole(work, card),
        deeds=offered(work.actor, card),
        late=queries.late_interest(work, number),
        booked=queries.unregistered_of(work, [card.id]).get(card.id, []),
        course=_course(work, card),
    )


@bp.get("/owners/<number:number>/payments")
@page(may="public")
def payments(number: str) -> str:
    """What a public body has paid and owes by the contracts of this platform, for everybody."""
    work = reading(current_actor())
    owner = owners.by_number(work, number).card
    if owner.kind is not OwnerKind.PUBLIC or owner.state is not OwnerState.APPROVED:
        raise NotFound("owners.none")
    return render_template(
        "contracts/payments.html",
        owner=owner,
        payments=queries.payments_of(work, owner.organisation_id),
        Paying=Paying,
        words=words,
    )


@bp.get("/contracts/mine")
@page(may="award.read")
def matters() -> str:
    """The matters of one's own organisation."""
    work = reading(current_actor())
    return render_template(
        "contracts/matters.html", matters=queries.of_organisation(work), words=words
    )


@bp.route("/awards/<number:number>/contract", methods=["GET", "POST"])
@page(may="award.contract")
@files.takes_upload
def register(number: str) -> Answer:
    """One side registers the contract that both have signed."""
    work = reading(current_actor())
    card = queries.letter(work, number)
    if not may_register(work, card):
        raise NotFound("award.none")
    is_social = result_queries.notice(work, card.notice_number).is_social
    shape = forms.RegisterSocial if is_social else forms.Register
    form = shape(owner_name=card.owner_name, agency_name=card.agency_name, pay_days=30)
    if not form.validate_on_submit():
        return form_page("contracts/register.html", form, letter=card)
    made, no = _register(form, number)
    if no is not None or made is None:
        return form_page("contracts/register.html", form, no, letter=card)
    flash(_("合同已登记，等对方核对确认。"))
    return redirect(url_for(".matter", number=made), 303)


def _register(form: forms.Register, number: str) -> tuple[str | None, Refusal | None]:
    """Keep the file, then register."""
    received, no = caught(lambda: files.receive(form.file.data, current_app.instance_path))
    if no is not None:
        return None, no
    return attempt(service.register_contract, number=number, signed=signed(form), received=received)


def signed(form: Form) -> Signed:
    """What was typed, as the service takes it."""
    return Signed(
        signed_on=form.signed_on.data,
        owner_name=form.owner_name.data or "",
        agency_name=form.agency_name.data or "",
        amount_fen=form.amount.data,
        service_days=form.service_days.data or 0,
        pay_days=form.pay_days.data or 0,
        is_sme=bool(form.is_sme.data),
        head=form.head.data or "",
        requirements=tuple(form.requirements.data or ()),
        is_long=bool(form.is_long.data) if isinstance(form, forms.RegisterSocial) else False,
    )


def may_register(work: Work, card: Letter) -> bool:
    """Whether the reader is a party that may register this letter's contract now."""
    actor = work.actor
    known = queries.on_award(work, card.number)
    waits = known is not None and known.winner == card.winner and known.state not in AGAIN
    return (
        card.state in SIGNABLE
        and not waits
        and actor.organisation_id in (card.owner_organisation_id, card.agency_organisation_id)
        and holds(actor, MAY["award.contract"])
    )


def _course(work: Work, card: Matter) -> list[dict[str, object]]:
    """What happened since the letter, newest first, each with its entry of the log."""
    return [
        {"label": words.EVENTS[entry.type], "at": entry.at, "entry": entry.index}
        for entry in reversed(ledger.of_subject(work, card.notice_number))
        if entry.type.startswith("contract.") and entry.fields.get("contract") == card.number
    ]


@bp.app_template_global()
def matter_on(notice_number: str) -> dict[str, object] | None:
    """What a notice's page says of the matter that followed: nothing before both have confirmed it."""
    found = queries.on_award(reading(current_actor()), sibling(notice_number, Prefix.AWARD))
    if found is None or not found.is_binding:
        return None
    return {
        "number": found.number,
        "state": words.CONTRACTS[found.state],
        "href": url_for("contracts.matter", number=found.number),
    }


@bp.app_template_global()
def days_left_of(due: Due) -> int:
    """How many working days a window still has."""
    work = reading(current_actor())
    return working_days_left(work.now, due.due_at, workdays.calendar(work))


@bp.app_template_global()
def matter_facts(numbers: list[str]) -> dict[str, Facts]:
    """What the platform knows of matters HT-..., beside what their sides say of each other."""
    return queries.facts(reading(current_actor()), numbers)
