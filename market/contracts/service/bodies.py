"""What of owners, of the office and of registers is proposed as a record by the system (docs/rules.md#credit)."""

from collections.abc import Mapping

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.agencies import queries as agencies
from market.agencies.rules import Fact
from market.complaints.rules import HAND_OVER
from market.contracts.service.proposing import put_forward
from market.db import Work
from market.enrolment.rules import ADDITION, CHECK
from market.kernel.clock import local_date
from market.ledger.queries import Entry
from market.selection.notices.rules import REVIEW
from market.selection.results import queries as result_queries
from market.selection.shortlist.rules import CHOOSE
from market.windows import queries as windows_queries
from market.windows.rules import State
from market.workdays.rules import last_day

OFFICE: Mapping[str, tuple[str, str]] = {
    CHECK.name: ("OF-F02", "完成入驻核验"),
    ADDITION.name: ("OF-F02", "完成增项核验"),
    REVIEW.name: ("OF-F02", "完成公告审核"),
    HAND_OVER.name: ("OF-F08", "移交线索"),
    "oversight.hand_over": ("OF-F08", "移交线索"),
}
"""Which duty of the office that is late is which behaviour, and what was owed. Clues of overseers are of the room
above.
"""
REGISTERS = {Fact.ABNORMAL: "AG-C06", Fact.DISHONEST: "AG-C07"}
CODES = frozenset({"OF-F02", "OF-F08", "OW-F16", *REGISTERS.values()})


def body_overdue(work: Work, entry: Entry) -> None:
    """A duty of the office is late."""
    known = OFFICE.get(entry.fields["window"])
    if known is None:
        return
    code, owed = known
    dues = windows_queries.of_subject(work, entry.subject)
    late = [due for due in dues if due.kind == entry.fields["window"] and due.overdue_at]
    body_id = late[-1].responsible_id if late else None
    if body_id is None or accounts.organisation(work, body_id).kind is not Kind.OFFICE:
        return
    day = last_day(late[-1].due_at).isoformat()
    fact = f"{entry.subject} 应于 {day} 前{owed}，到期没有办理。"
    put_forward(work, entry, code, body_id, fact)


def nothing_chosen(work: Work, entry: Entry) -> None:
    """OW-F16: an owner chose nobody of a shortlist in its days."""
    expired = (CHOOSE.name, State.EXPIRED.value)
    if (entry.fields["window"], entry.fields["state"]) != expired:
        return
    notice = result_queries.notice(work, entry.subject)
    fact = (
        f"公告 {notice.number} 的小名单已经公布，到 {local_date(entry.at).isoformat()} 没有选定。"
    )
    put_forward(work, entry, "OW-F16", notice.owner_organisation_id, fact)


def register_entry(work: Work, entry: Entry) -> None:
    """AG-C06, AG-C07: an agency enters nothing because of what a register says of it."""
    agency = agencies.by_ref(work, entry.subject)
    fact = agency.suspension_fact
    code = REGISTERS.get(fact) if fact else None
    if code is None:
        return
    said = "经营异常名录" if fact is Fact.ABNORMAL else "严重违法失信主体名单或者失信被执行人名单"
    day = local_date(entry.at).isoformat()
    put_forward(work, entry, code, agency.organisation_id, f"{day} 核实已被列入{said}。")
