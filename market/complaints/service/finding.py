"""A body that was late with a complaint has that proposed as a record (效能问题): it is heard, a person decides
(docs/rules.md#credit).
"""

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.complaints.models import Complaint
from market.complaints.rules import ACCEPT, DECIDE
from market.complaints.service.steps import number_of
from market.db import Work
from market.kernel.errors import Refusal
from market.reputation import service as reputations
from market.reputation.service import Found
from market.windows.queries import Due
from market.workdays.rules import last_day

CODES = {
    (Kind.OFFICE, ACCEPT.name): ("OF-F03", "受理"),
    (Kind.OFFICE, DECIDE.name): ("OF-F03", "作出处理决定"),
    (Kind.REGULATOR, ACCEPT.name): ("RG-F01", "受理"),
    (Kind.REGULATOR, DECIDE.name): ("RG-F02", "作出处理决定"),
}
"""Whose lateness with what is which behaviour; a managing authority has none."""


def find_late(work: Work, row: Complaint, due: Due) -> None:
    """Propose a body's lateness, once for each window; where nobody decides such a record, or the body
    has no code, nothing is added.
    """
    body = accounts.organisation(work, due.responsible_id or row.body_id)
    known = CODES.get((body.kind, due.kind))
    if known is None:
        return
    code, duty = known
    number = number_of(row)
    found = Found(
        code=code,
        uscc=str(body.uscc or ""),
        fact=f"投诉 {number} 应于 {last_day(due.due_at).isoformat()} 前{duty}，到期没有办理。",
        evidence=f"投诉 {number} 的期限记录",
        happened_on=work.today,
        matter=number,
    )
    try:
        reputations.propose_found(work, found=found, submission_key=f"found late {due.id}")
    except Refusal:
        return  # Recorded by a person before, or nobody here decides such a record.
