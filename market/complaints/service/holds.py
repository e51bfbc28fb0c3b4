"""What a complaint does to the award of its notice: it holds it while it is open, and lets it go at its end."""

from collections.abc import Mapping
from typing import cast

from market.complaints import queries, rules
from market.complaints.events import (
    ComplaintWithdrawn,
    EndedOnNotice,
    OpenOnNotice,
    WithdrawalNoted,
)
from market.complaints.models import Complaint, Finding
from market.complaints.queries.bodies import notice_of
from market.complaints.rules import (
    ACCEPT,
    ANSWER,
    COMPLETE,
    DECIDE,
    HOLD_CAP,
    TAKEOVER,
    TRANSFER,
    Remedy,
)
from market.complaints.service.bodies import assistants_of, release
from market.complaints.service.clocks import stop
from market.complaints.service.steps import move, number_of, put
from market.db import Work
from market.fabric import fabric
from market.kernel.errors import Invalid, Refusal
from market.ledger.service import record
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.rules.states import GONE

OF_HANDLING = (ACCEPT, COMPLETE, DECIDE, ANSWER, TAKEOVER, TRANSFER, HOLD_CAP)


def check_possible(work: Work, row: Complaint, remedies: Mapping[Remedy, str]) -> None:
    """Refuse, as `rules.check_possible`, what the selection cannot take now."""
    if row.notice_number is None:
        return rules.check_possible(remedies, None, ())
    standing = [
        each.ref
        for each in result_queries.entry_list(work, row.notice_number)
        if each.rank_state is not None and each.rank_state not in GONE
    ]
    state = state_now(work, row.notice_number)
    rules.check_possible(remedies, state, standing)
    ends = {Remedy.TERMINATE, Remedy.RELIST} & remedies.keys()
    if ends and state in rules.PERFORMING and not after_contract().can_end(work, row.notice_number):
        raise Invalid("complaint.remedy_impossible", field="remedies")
    return None


def after_contract() -> rules.AfterContract:
    """What the room above does to a contract that a decision ends."""
    return cast(rules.AfterContract, fabric().remedies[Remedy.TERMINATE.value])


def state_now(work: Work, notice_number: str) -> NoticeState:
    """The state of a notice by the clock: past its close it counts as sealed, whenever the sweep
    comes.
    """
    card = result_queries.notice(work, notice_number)
    is_closed = card.state is NoticeState.ENTRY_OPEN and work.now >= card.entry_close
    return NoticeState.SEALED if is_closed else card.state


def awarded_now(work: Work, notice_number: str) -> str:
    """The platform number of the agency that has the award of a notice now; "" while nobody has."""
    winner = result_queries.notice(work, notice_number).winner
    return winner.ref if winner else ""


def hold(work: Work, row: Complaint) -> None:
    """From filing on nothing of the award moves (decision 17); the notice's page says so and names
    nobody. In public it is held where that has begun.
    """
    notice = notice_of(work, row)
    if notice is None:
        return
    record(work, OpenOnNotice(subject=notice.number, open=queries.open_about(work, notice.number)))
    settle_hold(work, notice.number)


def let_go(work: Work, row: Complaint) -> None:
    """A complaint has ended: say so on the notice, and when it was the last that held the award,
    release it.
    """
    row.ended_at = work.now
    stop(work, row, *OF_HANDLING)
    release(work, row, *assistants_of(work, row))
    work.session.flush()  # The counts below ask the database.
    if row.notice_number is not None:
        record(
            work,
            EndedOnNotice(
                subject=row.notice_number, open=queries.open_about(work, row.notice_number)
            ),
        )
        settle_hold(work, row.notice_number)


def withdrawn(work: Work, row: Complaint, note: str) -> None:
    """The complaint is taken back: nothing of it runs on. Where a serious violation was found the
    complainant is out and everything goes on: the hold, the days, the decision
    (docs/rules.md#investigation).
    Refuses `complaint.wrong_state`.
    """
    check_withdrawable(row)
    row.withdrawn_at = work.now
    if finding_of(work, row) is not None:
        put(work, row, WithdrawalNoted(subject=number_of(row)), note)
        return
    move(row, rules.State.WITHDRAWN)
    put(work, row, ComplaintWithdrawn(subject=number_of(row)), note)
    let_go(work, row)


def check_withdrawable(row: Complaint) -> None:
    """Refuse `complaint.withdrawn_before`, and `complaint.wrong_state` once it is decided."""
    if row.withdrawn_at is not None and row.state in rules.HANDLED:
        raise Refusal("complaint.withdrawn_before")
    rules.move_state(row.state, rules.State.WITHDRAWN)


def finding_of(work: Work, row: Complaint) -> Finding | None:
    """What the investigation found that must be followed up; read with the complaint locked."""
    return work.session.get(Finding, row.id, populate_existing=True)


def settle_hold(work: Work, notice_number: str) -> None:
    """Hold the award while a complaint or an order of suspension asks for it, else release it; both do nothing where there is
    nothing to do. Where the end of the standstill came meanwhile, it comes once more.
    """
    is_suspended = result_queries.is_suspended(work, notice_number)
    if is_suspended or queries.holding_publicly(work, notice_number):
        result_service.hold(work, number=notice_number)
        return
    was_held = result_service.release(work, number=notice_number)
    if not was_held and not queries.holding(work, notice_number):
        result_service.resume_standstill(work, number=notice_number)
