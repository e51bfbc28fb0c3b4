"""Tips (举报线索): from anybody, named or not; they hold nothing up.

Who reads one is who is not concerned: whom it names, or the text names, never sees it.
"""

import dataclasses
from collections.abc import Collection

from sqlalchemy import select

from market.accounts.rules import Kind
from market.complaints import queries, rules
from market.complaints.events import TipAdded, TipClosed, TipLookedAt, TipReceived
from market.complaints.models import Tip, TipFile
from market.complaints.service.handovers import hand_over_sealed
from market.db import Work
from market.files import service as files
from market.files.rules import Audience
from market.files.service import Received
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices import queries as notice_queries
from market.submissions import sent
from market.windows import service as windows

OFFICE_NAMES = (
    "中介超市协管办",
    "中介超市办公室",
    "协管办",
    "超市办",
    "中介超市工作人员",
    "中介超市的工作人员",
)
"""How people call the office, whatever its name is."""


def tip(
    work: Work,
    *,
    content: str,
    contact: str = "",
    notice_number: str | None = None,
    complaint_number: str | None = None,
    submission_key: str | None = None,
    concerns: Collection[int] = (),
) -> str:
    """Take a tip in and return its number. No account is noted, not even of one who is signed in.

    `concerns` are the public bodies that it is about, besides those that the text names: none of
    them reads it; a superior that is not among them has days for it. The same submission key again
    gives the same number. Refuses `tip.no_notice`: the notice named was never published.
    """
    typed = (content, contact, notice_number, complaint_number, *sorted(concerns))
    once = sent(work, submission_key, "tip", *typed, whose="nobody")
    known = select(Tip.number).where(Tip.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return str(same)
    if notice_number and not notice_queries.exists(work, notice_number):
        raise Invalid("tip.no_notice", field="notice")
    salt = work.entropy(16)
    row = Tip(
        division=work.division,
        number=work.next_number(Prefix.TIP),
        submission_key=once.key,
        notice_number=notice_number,
        complaint_number=complaint_number,
        content=content,
        contact=contact,
        salt=salt.hex(),
        received_at=work.now,
    )
    work.session.add(row)
    record(work, _received(row, salt))
    _route(work, row, concerns)
    return row.number


def _received(row: Tip, salt: bytes) -> TipReceived:
    """The fact for the log: what was said is bound to it and not told."""
    said = {"number": row.number, "content": row.content}
    return TipReceived(subject=row.number, commit=rules.commitment(salt, said))


def add_to_tip(work: Work, *, number: str, scan: Received) -> int:
    """Add a received file to an open tip, by whoever gave it (the page has asked for its code), and
    return the file's id. It is named by its place alone: the name that it had may name its owner.

    Refuses `complaint.none`, `tip.is_closed`, `complaint.too_many_files` (10).
    """
    row = work.session.scalar(select(Tip).where(Tip.number == number).with_for_update())
    if row is None or not row.salt:
        raise NotFound("complaint.none")
    if row.closed_at is not None:
        raise Refusal("tip.is_closed")
    count = len(queries.tip_files(work, [row.id]).get(row.id, ()))
    if count >= rules.MOST_FILES:
        raise Invalid("complaint.too_many_files", field="file", most=rules.MOST_FILES)
    name = f"{number}-{count + 1}.{scan.name.rpartition('.')[2]}"
    file_id = files.store(
        work,
        dataclasses.replace(scan, name=name),
        purpose="tip",
        organisation_id=None,
        audience=Audience.GRANTED,
    )
    for body in queries.tip_readers(work, row):
        files.grant(work, file_id=file_id, organisation_id=body)
    work.session.add(TipFile(tip_id=row.id, file_id=file_id, name=name, added_at=work.now))
    record(work, TipAdded(subject=number))
    return file_id


def _route(work: Work, row: Tip, concerns: Collection[int]) -> None:
    bodies = queries.tip_bodies(work)
    names = {
        body.id: (body.name, *(OFFICE_NAMES if body.kind == Kind.OFFICE else ())) for body in bodies
    }
    concerned = rules.named_in(row.content, names) | (set(concerns) & names.keys())
    office = next((body.id for body in bodies if body.kind == Kind.OFFICE), None)
    row.concerned = sorted(concerned)
    row.body_id = rules.route(concerned, bodies, office)
    reader = next((body for body in bodies if body.id == row.body_id), None)
    if reader is not None and reader.kind == rules.DISCIPLINE:
        work.session.flush()  # The tip's id.
        hand_over_sealed(work, row, bodies)
    if not rules.has_clock(concerned, reader):
        return
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        rules.TIP,
        subject=row.number,
        span=book.window(Rulebook.accept_days),
        rulebook=book.version,
        responsible_id=row.body_id,
    )


@signs(queries.tip_shown, key="number")
def look_at(work: Work, *, number: str, note: str, shown: str) -> None:
    """Note that a tip was read and what is to come of it; the last note stands until another person
    closes it. Refuses `not_permitted`, `complaint.none`, also for another body's, `tip.is_closed`,
    `shown.changed` where a colleague has noted something meanwhile.
    """
    row = queries.open_tip(work, number)
    check_shown(shown, queries.tip_shown(work, number))
    first = row.looked_at is None
    row.looked_at = work.now
    row.looked_by = work.actor.person_id
    row.note = note
    if first:
        windows.close(work, rules.TIP, number)
        record(work, TipLookedAt(subject=number))


@signs(queries.tip_shown, key="number")
def close_tip(work: Work, *, number: str, shown: str) -> None:
    """Close a tip that another person of the body has read: nobody closes one alone.

    Refuses `shown.changed`, `not_permitted`, `complaint.none`, `tip.is_closed`, `tip.not_looked_at`,
    `tip.same_person`, `tip.hand_over_waits` while the receipt of its hand-over is owed.
    """
    row = queries.open_tip(work, number)
    if row.looked_at is None:
        raise Refusal("tip.not_looked_at")
    another_person(work.actor.person_id, row.looked_by, code="tip.same_person")
    check_shown(shown, queries.tip_shown(work, number))
    found = queries.hand_over_row(work, row.id)
    if found is not None and not found.is_sealed and found.handed_over_at is None:
        raise Refusal("tip.hand_over_waits")
    row.closed_at = work.now
    row.closed_by = work.actor.person_id
    record(work, TipClosed(subject=number))
