"""The same facts by the same complainant are heard once, by whichever door and way they came
(decision 16).
"""

from collections.abc import Collection

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints.models import Complaint, Evidence
from market.complaints.rules import About, Channel, Who
from market.db import Work
from market.files import queries as file_queries
from market.kernel.errors import Refusal


def check_new(work: Work, row: Complaint) -> None:
    """Refuse what its complainant has complained of before, with the earlier number:
    `complaint.same_facts` (to staff `complaint.same_facts_entered`), and where new evidence is
    claimed and no file of it is new, `complaint.nothing_new`.
    """
    who = _who(work, row)
    known = [other for other in _of_same_facts(work, row) if who.is_same(_who(work, other))]
    if not known:
        return
    if not row.has_new_evidence:
        code = (
            "complaint.same_facts"
            if row.channel is Channel.ONLINE
            else "complaint.same_facts_entered"
        )
        raise Refusal(code, earlier=known[0].number)
    if _digests(work, [row.id]) <= _digests(work, [other.id for other in known]):
        raise Refusal("complaint.nothing_new", earlier=known[0].number)


def _of_same_facts(work: Work, row: Complaint) -> list[Complaint]:
    """What was filed about the same, the earliest first."""
    subject = (
        Complaint.notice_number == row.notice_number
        if row.notice_number
        else Complaint.about == About.CONDUCT
    )
    return list(
        work.session.scalars(
            select(Complaint)
            .where(Complaint.number.is_not(None), Complaint.facts == row.facts, subject)
            .order_by(Complaint.filed_at, Complaint.id)
        )
    )


def _who(work: Work, row: Complaint) -> Who:
    account = (
        accounts.person(work, row.complainant_person_id).phone
        if row.complainant_person_id
        else None
    )
    return Who(
        row.complainant_kind,
        row.complainant_name,
        frozenset({row.complainant_phone, account or ""}),
        row.complainant_person_id,
        row.complainant_organisation_id,
    )


def _digests(work: Work, complaint_ids: Collection[int]) -> set[str]:
    """What the files of these complaints are, by content."""
    ids = work.session.scalars(
        select(Evidence.file_id).where(Evidence.complaint_id.in_(complaint_ids))
    )
    return {card.sha256 for card in file_queries.files(work, list(ids)).values()}
