"""What speaks for an agency and its own dates prove is proposed as a record too (守信), and a person decides
(docs/rules.md#credit).
"""

import datetime as dt
import itertools

from market.contracts import queries
from market.contracts.models import Contract
from market.contracts.queries import Facts
from market.contracts.rules.matter import DELIVER
from market.contracts.service.proposing import put_forward
from market.db import Work
from market.evaluations import queries as evaluations
from market.evaluations.rules import EVALUATE, By
from market.kernel.clock import local_date
from market.ledger.queries import Entry
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.windows import queries as windows_queries
from market.windows.rules import LIVE
from market.workdays import queries as workdays

CODES = frozenset({"AG-H01", "AG-H02", "AG-H03"})
MANY = 10
"""Matters in a row, each in time and none found unsatisfying (AG-H02)."""
SATISFYING = 300
"""Hundredths of a mark: 基本满意."""
FAILURES = 2
"""Listings of one project that found too few, before an agency took it on (AG-H03)."""


def last_day_of(work: Work, number: str) -> dt.date | None:
    """The last day for delivering, with what was granted for others' reasons and what stood still; one on a
    rest day is the next working day. None where the days are not known.
    """
    known = queries.facts(work, [number]).get(number)
    if known is None or known.promised_days is None or known.started_on is None:
        return None
    days = known.promised_days + known.granted_days - known.own_days
    last = known.started_on + dt.timedelta(days=days)
    calendar = workdays.calendar(work)
    return last if calendar.is_working(last) else calendar.nth_after(last, 1)


def _early(work: Work, entry: Entry) -> None:
    """AG-H01: the first version came before its last day, and was accepted."""
    contract = queries.contract_row(work, entry.fields["contract"])
    delivered = _delivered_on(work, contract)
    last = last_day_of(work, contract.number)
    if entry.fields["version"] != 1 or last is None or delivered is None or delivered >= last:
        return
    fact = (
        f"合同 {contract.number} 应于 {last.isoformat()} 前交付，{delivered.isoformat()} 提前交付，"
        "一次验收通过。"
    )
    _propose(work, entry, "AG-H01", contract, fact)


def _delivered_on(work: Work, contract: Contract) -> dt.date | None:
    last = queries.last_delivery(work, contract.id)
    return None if last is None else local_date(last.delivered_at)


def _taken_on(work: Work, entry: Entry) -> None:
    """AG-H03: what failed twice was taken on, and done in time."""
    contract = queries.contract_row(work, entry.fields["contract"])
    delivered = _delivered_on(work, contract)
    last = last_day_of(work, contract.number)
    if last is None or delivered is None or delivered > last:
        return
    if not _failed_twice(work, contract.notice_number):
        return
    fact = f"合同 {contract.number} 的项目前两次选取失败，本机构承接并按期完成。"
    _propose(work, entry, "AG-H03", contract, fact)


def _failed_twice(work: Work, notice_number: str) -> bool:
    """Whether both listings before this one found too few; one that was cancelled does not count."""
    notice = result_queries.notice(work, notice_number)
    failed = 0
    while notice.predecessor:
        notice = result_queries.notice(work, notice.predecessor)
        failed += notice.state is NoticeState.FAILED
    return failed >= FAILURES


def _many_in_a_row(work: Work, entry: Entry) -> None:
    """AG-H02: the last MANY matters whose evaluation is over were in time, and none unsatisfying."""
    if entry.fields["by"] != By.OWNER.value:
        return
    contract = queries.contract_row(work, entry.fields["contract"])
    run = good_run(work, contract.agency_organisation_id)
    if run == 0 or run % MANY:
        return
    fact = f"到合同 {contract.number} 为止，连续 {run} 件按期交付，没有不满意评价。"
    _propose(work, entry, "AG-H02", contract, fact)


def good_run(work: Work, organisation_id: int) -> int:
    """How many of an agency's matters, back from the newest whose evaluation by the owner is over, were in time
    and not found unsatisfying.
    """
    accepted = [
        (each.accepted_at, each)
        for each in queries.facts_of_agency(work, organisation_id)
        if each.accepted_at is not None
    ]
    accepted.sort(key=lambda pair: pair[0], reverse=True)
    known = [each for _at, each in accepted]
    numbers = [each.matter for each in known]
    waiting = {
        due.matter for due in windows_queries.of_kind(work, EVALUATE, numbers) if due.state in LIVE
    }
    marks = evaluations.opened(work, numbers)
    settled = (
        each for each in known if evaluations.matter_key(each.matter, By.OWNER) not in waiting
    )
    return sum(1 for _each in itertools.takewhile(lambda each: _is_good(each, marks), settled))


def _is_good(facts: Facts, marks: dict[tuple[str, str], evaluations.Opened]) -> bool:
    said = marks.get((facts.matter, By.OWNER.value))
    is_satisfying = said is None or said.overall is None or said.overall >= SATISFYING
    return DELIVER.name not in facts.late and is_satisfying


def _propose(work: Work, entry: Entry, code: str, contract: Contract, fact: str) -> None:
    agency_id = contract.agency_organisation_id
    put_forward(work, entry, code, agency_id, fact, matter=contract.notice_number)


OF_ACCEPTANCE = (_early, _taken_on)
OF_EVALUATION = (_many_in_a_row,)
