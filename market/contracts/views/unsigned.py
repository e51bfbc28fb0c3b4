"""Pages of an award that nobody signs: what a side says, what a body finds, what its second person signs,
and the public list of findings.
"""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.contracts import forms, queries, service, words
from market.contracts.queries import Letter, Procedure
from market.contracts.rules.matter import Side
from market.contracts.rules.unsigned import HEARING, Found, UnsignedState
from market.contracts.views.blueprint import bp
from market.db import Work, in_one_transaction, reading
from market.kernel.errors import Invalid, NotFound
from market.kernel.plain import Json
from market.kernel.shown import Changed, seen
from market.web.answering import caught, form_page
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.shown import posted, show
from market.windows import queries as windows_queries

Answer = Response | str | tuple[str, int]
Meant = tuple[Callable[..., object], Mapping[str, object]]


@bp.route("/awards/<number:number>/statement", methods=["GET", "POST"])
@page(may="award.state")
def statement(number: str) -> Answer:
    """A side says why there is no contract."""
    work = reading(current_actor())
    card = queries.letter(work, number)
    if not may_state(work, card):
        raise NotFound("award.none")

    def meant(form: Form) -> Meant:
        return service.state_reasons, {"statement": form.statement.data}

    form = forms.State()
    done = _("陈述已收到。双方陈述期满后，由主管部门两人认定责任。")
    return _answer("statement", number, card, form, meant, str(done))


@bp.route("/awards/<number:number>/fault", methods=["GET", "POST"])
@page(may="award.find")
def fault(number: str) -> Answer:
    """One person of the body proposes a finding."""
    card = _of_body(number, UnsignedState.FINDING)

    def meant(form: Form) -> Meant:
        found = Found(fault=form.fault.data, reasons=form.reasons.data, basis=form.basis.data)
        return service.propose_fault, {"found": found, "shown": posted()}

    form = forms.FindFault()
    done = _("认定意见已提出，由另一人审签。")
    return _answer("fault", number, card, form, meant, str(done))


@bp.route("/awards/<number:number>/fault/sign", methods=["GET", "POST"])
@page(may="award.find_sign")
def sign_fault(number: str) -> Answer:
    """Another person signs it, or gives it back."""
    card = _of_body(number, UnsignedState.PROPOSED)

    def meant(form: Form) -> Meant:
        if form.decision.data == words.SIGNED:
            return service.sign_fault, {"shown": posted()}
        if not form.note.data:
            raise Invalid("unsigned.note_missing", field="note")
        return service.return_fault, {"note": form.note.data, "shown": posted()}

    form = forms.SignFault()
    return _answer("sign_fault", number, card, form, meant, str(_("已办理。")))


@bp.get("/awards/unsigned")
@page(may="public")
def unsigned() -> str:
    """The public list: who did not sign, and what followed."""
    work = reading(current_actor())
    return render_template("contracts/unsigned.html", findings=queries.findings(work), words=words)


def _of_body(number: str, state: UnsignedState) -> Letter:
    """The letter whose procedure the reader's body has in a state. Refuses `award.none`."""
    work = reading(current_actor())
    card = queries.letter(work, number)
    found = queries.procedure(work, number)
    is_theirs = found is not None and found.body_id == work.actor.organisation_id
    if not is_theirs or found is None or found.state is not state:
        raise NotFound("award.none")
    return card


def _answer(
    name: str,
    number: str,
    card: Letter,
    form: Form,
    meant: Callable[[Form], Meant],
    done: str,
) -> Answer:
    """Show the form with what both sides said, or do it and go back to the letter."""
    fresh = seen(service.sign_fault, reading(current_actor()), number)
    procedure = queries.procedure(reading(current_actor()), number)
    facts: Json = {"letter": card, "procedure": procedure, "words": words, "name": name}
    if not form.validate_on_submit():
        if not form.is_submitted():
            show(form, fresh)
        return form_page("contracts/unsigned_deed.html", form, **facts)
    _done, no = caught(lambda: _did(meant, form, number))
    if isinstance(no, Changed):
        show(form, fresh)
    if no:
        return form_page("contracts/unsigned_deed.html", form, no, **facts)
    flash(done)
    return redirect(url_for(".letter", number=number), 303)


def _did(meant: Callable[[Form], Meant], form: Form, number: str) -> None:
    act, values = meant(form)
    in_one_transaction(act, current_actor(), number=number, **values)


def may_state(work: Work, card: Letter) -> bool:
    """Whether the reader's side may still speak."""
    sides = {
        card.owner_organisation_id: Side.OWNER,
        card.agency_organisation_id: Side.AGENCY,
    }
    side = sides.get(work.actor.organisation_id or 0)
    if side is None:
        return False
    return windows_queries.live(work, HEARING, f"{card.number}:{side.value}") is not None


def procedure_of(work: Work, card: Letter) -> Procedure | None:
    """The procedure over this very letter, for its page."""
    found = queries.procedure(work, card.number)
    is_of_it = found is not None and found.opened_at >= card.issued_at
    return found if is_of_it else None
