"""Which body, which person: transfer, reassignment, recusal, who takes the case."""

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints import permissions, queries, rules
from market.complaints.events import BodyReassigned, ComplaintTransferred, TransferTakenIn
from market.complaints.models import Complaint, Interest
from market.complaints.queries.bodies import is_able, notice_of, parties_of, party_of
from market.complaints.rules import TAKEOVER, TRANSFER, State
from market.complaints.service.accept import void_proposal
from market.complaints.service.bodies import assistants_of, hand_over
from market.complaints.service.clocks import start, stop
from market.complaints.service.steps import keep_out, move, put, ref, to_handle
from market.db import Work
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.kernel.shown import check_shown, signs
from market.windows import service as windows

BODIES = ("office", "regulator", "authority")


@signs(queries.route_shown, key="number")
def transfer(work: Work, *, number: str, organisation_id: int, reason: str, shown: str) -> None:
    """Pass on a complaint that came to the wrong body, instead of refusing it; the 2 working days
    run on (decision 16).

    Refuses as `to_handle`, `complaint.wrong_state`, `complaint.no_body`,
    `complaint.body_concerned`, `shown.changed`.
    """
    row = to_handle(work, number, "complaint.handle")
    check_shown(shown, queries.route_shown(work, number))
    check_body(work, row, organisation_id)
    move(row, State.TRANSFERRED)
    void_proposal(work, row)
    put(
        work,
        row,
        ComplaintTransferred(subject=number, from_body=ref(row.body_id), body=ref(organisation_id)),
        reason,
    )
    hand_over(work, row, organisation_id)
    start(work, row, TRANSFER, responsible_id=organisation_id)


def take_in(work: Work, *, number: str) -> None:
    """The new body confirms that it has the complaint. Refuses as `to_handle`,
    `complaint.wrong_state`.
    """
    row = to_handle(work, number, "complaint.handle")
    if row.state is not State.TRANSFERRED:
        raise Refusal("complaint.wrong_state", old=row.state.value, new=State.FILED.value)
    move(row, State.FILED)
    row.handler_id = work.actor.person_id
    windows.close(work, TRANSFER, number)
    put(work, row, TransferTakenIn(subject=number, body=ref(row.body_id)))


@signs(queries.route_shown, key="number")
def reassign(work: Work, *, number: str, organisation_id: int, reason: str, shown: str) -> None:
    """The managing authority gives a complaint to another body, before or after acceptance
    (decision 19).

    Refuses `not_permitted`, `complaint.none`, `complaint.recused_*`, `complaint.ended`,
    `complaint.no_body`, `complaint.body_concerned`, `shown.changed`.
    """
    permissions.require(work.actor, "complaint.reassign")
    row = queries.locked(work, number)
    keep_out(work, row)
    check_shown(shown, queries.route_shown(work, number))
    _under_way(row)
    check_body(work, row, organisation_id)
    _give(work, row, organisation_id, "order", reason)


def _give(work: Work, row: Complaint, body_id: int, code: str, note: str) -> None:
    put(
        work,
        row,
        BodyReassigned(
            subject=row.number or "", from_body=ref(row.body_id), body=ref(body_id), reason=code
        ),
        note,
    )
    void_proposal(work, row)
    stop(
        work, row, TRANSFER, TAKEOVER
    )  # a body that did not ask for it has days of its own before its superior comes
    if row.state is State.TRANSFERRED:
        move(row, State.FILED)
    hand_over(work, row, body_id)


def check_body(work: Work, row: Complaint, organisation_id: int) -> None:
    """Refuse `complaint.no_body` for one that hears no complaints or has this one,
    `complaint.body_concerned` for a party.
    """
    card = accounts.organisation(work, organisation_id)
    if card.kind not in BODIES or card.id == row.body_id:
        raise Invalid("complaint.no_body", field="organisation_id")
    if rules.why_body_out(
        party_of(card), parties_of(work, notice_of(work, row), row.respondent_id)
    ):
        raise Invalid("complaint.body_concerned", field="organisation_id")


def _under_way(row: Complaint) -> Complaint:
    if row.state not in rules.HANDLED:
        raise Refusal("complaint.ended")
    return row


def take_up(work: Work, *, number: str) -> None:
    """Take the case as its named officer. Refuses as `to_handle`, `complaint.ended`."""
    _under_way(to_handle(work, number, "complaint.handle")).handler_id = work.actor.person_id


@signs(queries.route_shown, key="number")
def assign(work: Work, *, number: str, person_id: int, shown: str) -> None:
    """Give the case to an officer of the body (交办): its signatory does, or the managing
    authority's assigner where the authority has the complaint; another body's people are that
    body's to assign.

    Refuses as `to_handle`, `complaint.ended`, `complaint.no_officer`, `complaint.recused_*`,
    `shown.changed`.
    """
    row = _under_way(to_handle(work, number, "complaint.assign"))
    check_shown(shown, queries.route_shown(work, number))
    if person_id not in {
        member.id for member in accounts.members(work, row.body_id, "complaint_officer")
    }:
        raise Invalid("complaint.no_officer", field="person_id")
    why = queries.recusal(work, row, person_id)
    if why is not None:
        raise NotPermitted(f"complaint.recused_{why}")
    row.handler_id = person_id


def declare_interest(work: Work, *, number: str, note: str) -> None:
    """Say that one has an interest, and keep out from now on; an assisting body's people too. When
    nobody is left who may handle the complaint, it goes to the body above by itself (decision 19).

    Refuses `not_permitted`, `complaint.none`; again changes nothing.
    """
    permissions.require(work.actor, "complaint.recuse")
    row = queries.locked(work, number)
    person_id = work.actor.person_id or 0
    bodies = {row.body_id, *assistants_of(work, row)}
    if work.actor.organisation_id not in bodies or row.state not in rules.HANDLED:
        raise NotFound("complaint.none")
    known = select(Interest.id).where(
        Interest.complaint_id == row.id, Interest.person_id == person_id
    )
    if work.session.scalar(known) is not None:
        return
    work.session.add(
        Interest(complaint_id=row.id, person_id=person_id, note=note, declared_at=work.now)
    )
    if row.handler_id == person_id:
        row.handler_id = None
    work.session.flush()  # Who is still free is asked of the database.
    superior = queries.superior_of(work, row)
    if not is_able(work, row, row.body_id) and superior is not None:
        _give(work, row, superior.id, "staff", note)
