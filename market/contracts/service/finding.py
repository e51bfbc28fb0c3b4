"""What the log itself shows of an agency is proposed as a record (docs/rules.md#credit): the agency is heard, a person
decides. Only what its own dates prove; whoever sees more proposes it himself.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from market.complaints.events import EndedOnNotice, OpenOnNotice
from market.contracts import queries
from market.contracts.events.award import (
    AwardDeclined,
    AwardHeld,
    AwardIssued,
    AwardLapsed,
    AwardResumed,
)
from market.contracts.events.matter import ContractProposed, ServiceAccepted, ServiceDelivered
from market.contracts.models import Contract
from market.contracts.rules import NO_REASON
from market.contracts.rules.matter import START, Side
from market.contracts.service import bodies, merits
from market.contracts.service.merits import last_day_of
from market.contracts.service.proposing import put_forward
from market.db import Work
from market.enrolment.events import AgencySuspended
from market.evaluations.events import EvaluationOpened, EvaluationUnrated
from market.kernel.clock import local_date
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.rulebook import queries as rulebooks
from market.windows.events import WindowClosed, WindowOverdue
from market.workdays import queries as workdays

MUCH = 10
"""Working days late from which a delivery is the graver behaviour (湖口 湖府办发〔2025〕5号, 一般 (5))."""

HELD = frozenset({each.kind for each in (OpenOnNotice, EndedOnNotice, AwardHeld, AwardResumed)})
"""What says on a notice that a complaint holds its award, or held it until then."""


def find(work: Work, entry: Entry) -> None:
    """Propose what an entry shows, once."""
    for finding in FINDS.get(entry.type, ()):
        finding(work, entry)


def _propose(
    work: Work, entry: Entry, code: str, agency_id: int, notice_number: str, fact: str
) -> None:
    put_forward(work, entry, code, agency_id, fact, matter=notice_number)


def _gave_up(work: Work, entry: Entry) -> None:
    """AG-D01: given up for no reason that is a good one, or by silence where the place asks."""
    given = queries.given_up(work, entry.fields["letter"])
    if given is None or (given.reason is not None and given.reason not in NO_REASON):
        return
    fact = f"中选 {given.notice_number} 后没有正当理由放弃（{local_date(entry.at).isoformat()}）。"
    _propose(work, entry, "AG-D01", given.agency_organisation_id, given.notice_number, fact)


def _registered_late(work: Work, entry: Entry) -> None:
    """AG-D05: the agency registered the contract, and later than its days after the signing. Who registers
    again what the other questioned, or signed before a complaint held the award, was not late.
    """
    if entry.fields["by"] != Side.AGENCY.value or not _is_first(work, entry):
        return
    contract = queries.contract_row(work, entry.fields["contract"])
    book = rulebooks.version(work, contract.rulebook)
    signed = dt.date.fromisoformat(entry.fields["signed_on"])
    days = workdays.calendar(work).count(signed, local_date(entry.at))
    if days <= book.register_days or _was_held(work, entry, signed):
        return
    fact = f"合同 {contract.number} {signed.isoformat()} 签订，第 {days} 个工作日才登记。"
    _propose(work, entry, "AG-D05", contract.agency_organisation_id, contract.notice_number, fact)


def _is_first(work: Work, entry: Entry) -> bool:
    """Whether nobody had registered a contract under this letter before."""
    for before in reversed(ledger.of_subject(work, entry.subject)):
        if before.index >= entry.index:
            continue
        if before.type == AwardIssued.kind:
            return True
        if before.type == ContractProposed.kind:
            return False
    return True


def _was_held(work: Work, entry: Entry, signed: dt.date) -> bool:
    """Whether a complaint held the award between the signing and this entry: nothing can be registered
    meanwhile.
    """
    return any(
        each.type in HELD and each.index < entry.index and local_date(each.at) >= signed
        for each in ledger.of_subject(work, entry.subject)
    )


def _delivered_late(work: Work, entry: Entry) -> None:
    """AG-P05 up to ten working days, AG-P04 beyond: the first version, less what was granted for others'
    reasons and what stood still.
    """
    if entry.fields["version"] != 1:
        return
    contract = queries.contract_row(work, entry.fields["contract"])
    late = _days_late(work, contract, local_date(entry.at))
    if late <= 0:
        return
    code = "AG-P04" if late > MUCH else "AG-P05"
    fact = (
        f"合同 {contract.number} 的成果于 {local_date(entry.at).isoformat()} 交付，"
        f"扣除批准的延期和暂停，晚 {late} 个工作日。"
    )
    _propose(work, entry, code, contract.agency_organisation_id, contract.notice_number, fact)


def _days_late(work: Work, contract: Contract, on: dt.date) -> int:
    """Working days behind the last day for delivering."""
    last = last_day_of(work, contract.number)
    return 0 if last is None else workdays.calendar(work).count(last, on)


def _overdue(work: Work, entry: Entry) -> None:
    """AG-P06: the days for beginning are over, and nothing began."""
    if entry.fields["window"] != START.name:
        return
    contract = queries.contract_row(work, entry.subject)
    fact = f"合同 {contract.number} 双方确认后，到期仍未开始服务。"
    _propose(work, entry, "AG-P06", contract.agency_organisation_id, contract.notice_number, fact)


FINDS: Mapping[str, tuple[Callable[[Work, Entry], None], ...]] = {
    AwardDeclined.kind: (_gave_up,),
    AwardLapsed.kind: (_gave_up,),
    ContractProposed.kind: (_registered_late,),
    ServiceDelivered.kind: (_delivered_late,),
    ServiceAccepted.kind: merits.OF_ACCEPTANCE,
    EvaluationOpened.kind: merits.OF_EVALUATION,
    EvaluationUnrated.kind: merits.OF_EVALUATION,
    WindowOverdue.kind: (_overdue, bodies.body_overdue),
    WindowClosed.kind: (bodies.nothing_chosen,),
    AgencySuspended.kind: (bodies.register_entry,),
}
CODES = frozenset({"AG-D01", "AG-D05", "AG-P04", "AG-P05", "AG-P06"}) | merits.CODES | bodies.CODES
"""The behaviours that are found here."""
