"""Tips (举报线索): from anybody, named or not; no clock, no hold, no answer owed."""

from sqlalchemy import select

from market.complaints import permissions, rules
from market.complaints.events import TipLookedAt, TipReceived
from market.complaints.models import Tip
from market.db import Work
from market.kernel.errors import Invalid, NotFound
from market.kernel.ids import Prefix
from market.ledger.service import record
from market.selection.notices import queries as notice_queries
from market.submissions import sent


def tip(
    work: Work,
    *,
    content: str,
    contact: str = "",
    notice_number: str | None = None,
    complaint_number: str | None = None,
    submission_key: str | None = None,
) -> str:
    """Take a tip in and return its number. No account is noted, not even of one who is signed in.

    The same submission key again gives the same number. Refuses `tip.no_notice`: the notice named
    was never published.
    """
    typed = (content, contact, notice_number, complaint_number)
    once = sent(work, submission_key, "tip", *typed, whose="nobody")
    known = select(Tip.number).where(Tip.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return str(same)
    if notice_number and not notice_queries.exists(work, notice_number):
        raise Invalid("tip.no_notice", field="notice")
    number = work.next_number(Prefix.TIP)
    salt = work.entropy(16)
    work.session.add(
        Tip(
            division=work.division,
            number=number,
            submission_key=once.key,
            notice_number=notice_number,
            complaint_number=complaint_number,
            content=content,
            contact=contact,
            salt=salt.hex(),
            received_at=work.now,
        )
    )
    record(
        work,
        TipReceived(
            subject=number, commit=rules.commitment(salt, {"number": number, "content": content})
        ),
    )
    return number


def look_at(work: Work, *, number: str, note: str) -> None:
    """Note that a tip was read and what came of it. Refuses `not_permitted`, `complaint.none`; the
    last note stands.
    """
    permissions.require(work.actor, "tip.read")
    row = work.session.scalar(select(Tip).where(Tip.number == number).with_for_update())
    if row is None:
        raise NotFound("complaint.none")
    first = row.looked_at is None
    row.looked_at = work.now
    row.looked_by = work.actor.person_id
    row.note = note
    if first:
        record(work, TipLookedAt(subject=number))
