"""The service's course: it begins, the agency says how far it is, and hands over a version."""

import datetime as dt

from market.contracts import permissions, queries
from market.contracts.events.matter import ServiceDelivered, ServiceProgressed, ServiceStarted
from market.contracts.models import Contract, ContractDelivery, ContractNote
from market.contracts.rules.change import days_allowed
from market.contracts.rules.matter import (
    DELIVER,
    IN_SERVICE,
    INSPECT,
    PROGRESS,
    REWORK,
    START,
    ContractState,
    Track,
    check_head,
    check_started_on,
    move_contract,
)
from market.db import Work
from market.files import service as files
from market.files.service import Received
from market.kernel.errors import NotFound, Refusal
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import service as result_service
from market.submissions import sent
from market.windows import service as windows

PURPOSE = "deliverable"


def agencys(work: Work, number: str) -> Contract:
    """A matter of the actor's agency, locked. Refuses `contract.none`."""
    contract = queries.contract_row(work, number)
    if contract.agency_organisation_id != work.actor.organisation_id:
        raise NotFound("contract.none")
    return contract


def owners_own(work: Work, number: str) -> Contract:
    """A matter of the actor's owner, locked. Refuses `contract.none`."""
    contract = queries.contract_row(work, number)
    if contract.owner_organisation_id != work.actor.organisation_id:
        raise NotFound("contract.none")
    return contract


def start(work: Work, *, number: str, started_on: dt.date) -> None:
    """The agency says on which day the service began; its days run from there.

    Saying it again changes nothing. Refuses `not_permitted`, `contract.none`,
    `contract.wrong_state`, `contract.started_when` (field started_on).
    """
    permissions.require(work.actor, "contract.work")
    contract = agencys(work, number)
    if contract.started_on is not None:
        return
    check_started_on(started_on, contract.signed_on, work.today)
    contract.state = move_contract(contract.state, ContractState.RUNNING)
    result_service.move_service(work, number=contract.notice_number, to=NoticeState.IN_SERVICE)
    windows.close(work, START, number)
    begin(work, contract, started_on)


def begin(work: Work, contract: Contract, started_on: dt.date) -> None:
    """The days for delivering run from the start; on the long track the agency reports meanwhile."""
    contract.started_on = started_on
    due_at = open_delivery(work, contract, started_on)
    if contract.track is Track.LONG:
        _ask_progress(work, contract)
    record(
        work,
        ServiceStarted(
            subject=contract.notice_number,
            contract=contract.number,
            started_on=started_on,
            due=due_at,
        ),
    )


def open_delivery(work: Work, contract: Contract, started_on: dt.date) -> dt.datetime | None:
    """Let the time for delivering run from the start, with the days that were granted since or
    stood still; its end, None where the days are not known.
    """
    if contract.service_days is None:
        return None
    days = days_allowed(contract.service_days, queries.granted_days(work, contract.id))
    return windows.open_counted(
        work,
        DELIVER,
        subject=contract.number,
        span=(days, "calendar_day"),
        trigger_at=_noon(started_on, work.now),
        rulebook=contract.rulebook,
        responsible_id=contract.agency_organisation_id,
    ).due_at


def _noon(day: dt.date, now: dt.datetime) -> dt.datetime:
    """An instant of a day in China that is not after now: the trigger of what is counted from the
    day.
    """
    return min(now, dt.datetime(day.year, day.month, day.day, 4, tzinfo=dt.UTC))


def _ask_progress(work: Work, contract: Contract) -> None:
    book = rulebooks.version(work, contract.rulebook)
    windows.open_counted(
        work,
        PROGRESS,
        subject=contract.number,
        span=book.window(Rulebook.progress_days),
        rulebook=book.version,
        responsible_id=contract.agency_organisation_id,
    )


def report(work: Work, *, number: str, note: str, submission_key: str | None = None) -> None:
    """The agency says how far it is; the next word is owed `progress_days` later. The same form
    sent again says nothing new.

    Refuses `not_permitted`, `contract.none`, `contract.wrong_state`.
    """
    permissions.require(work.actor, "contract.work")
    contract = agencys(work, number)
    once = sent(work, submission_key, f"contract.report {number}", note)
    if once.again:
        return
    if contract.state not in IN_SERVICE:
        raise Refusal("contract.wrong_state")
    work.session.add(
        ContractNote(
            contract_id=contract.id,
            submission_key=once.key,
            note=note,
            said_at=work.now,
            said_by=work.actor.person_id or 0,
        )
    )
    if windows.close(work, PROGRESS, number):
        _ask_progress(work, contract)
    record(work, ServiceProgressed(subject=contract.notice_number, contract=number))


def deliver(
    work: Work, *, number: str, note: str, received: Received | None, head: str = ""
) -> int:
    """The agency hands over a version that the head of the project has confirmed; the owner has
    `inspection_days` to inspect it. Returns the version (from 1).

    Refuses `not_permitted`, `contract.none`, `contract.wrong_state`, `contract.head_differs` (field
    head): another head needs a change that the owner has agreed to.
    """
    permissions.require(work.actor, "contract.work")
    contract = agencys(work, number)
    check_head(head, contract.head)
    contract.state = move_contract(contract.state, ContractState.DELIVERED)
    result_service.move_service(work, number=contract.notice_number, to=NoticeState.DELIVERED)
    for kind in (DELIVER, REWORK, PROGRESS):
        windows.close(work, kind, number)
    row = _handed_over(work, contract, note, received)
    row.head = head
    book = rulebooks.version(work, contract.rulebook)
    due = windows.open_counted(
        work,
        INSPECT,
        subject=number,
        span=book.window(Rulebook.inspection_days),
        rulebook=book.version,
        responsible_id=contract.owner_organisation_id,
    )
    record(
        work,
        ServiceDelivered(
            subject=contract.notice_number,
            contract=number,
            version=row.version,
            file_sha256=row.file_sha256,
            due=due.due_at,
        ),
    )
    return row.version


def _handed_over(
    work: Work, contract: Contract, note: str, received: Received | None
) -> ContractDelivery:
    last = queries.last_delivery(work, contract.id)
    row = ContractDelivery(
        contract_id=contract.id,
        version=1 if last is None else last.version + 1,
        note=note,
        delivered_at=work.now,
        delivered_by=work.actor.person_id or 0,
    )
    if received is not None:
        row.file_sha256 = received.sha256
        row.file_id = files.store(
            work,
            received,
            purpose=PURPOSE,
            organisation_id=work.actor.organisation_id,
            person_id=work.actor.person_id,
        )
        files.grant(work, file_id=row.file_id, organisation_id=contract.owner_organisation_id)
    work.session.add(row)
    return row
