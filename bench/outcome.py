"""What a rush left behind: what was answered, held against what was kept."""

import dataclasses

import sqlalchemy as sa

from bench import load
from market.db import db
from market.ledger.models import LogLeaf
from market.selection.entries.models import Entry
from market.selection.notices.models import Notice


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the rush left behind."""

    received: int
    unanswered: int
    errors: int
    lost: int
    late: int
    unfair: int
    slowest: float  # seconds, 99th percentile
    last: float  # seconds from the close to the last answer

    @property
    def is_kept(self) -> bool:
        return not (self.unanswered or self.errors or self.lost or self.late) and self.received > 0

    def __str__(self) -> str:
        return (
            f"{self.received:,} received, {self.lost} lost, {self.late} after the close, {self.unanswered} unanswered, "
            f"{self.errors} errors, {self.unfair} whole before the close but refused"
        )


def count(answers: list[load.Answer], number: str) -> Outcome:
    """Compare what was answered with what was kept."""
    received = sum(answer.status == 303 for answer in answers)
    notice = sa.select(Notice.id).where(Notice.number == number).scalar_subquery()
    stored = db.session.scalar(sa.select(Notice.entry_close).where(Notice.number == number))
    in_time = sum(0 < answer.written_at < stored.timestamp() for answer in answers)
    rows = db.session.scalar(
        sa.select(sa.func.count()).select_from(Entry).where(Entry.notice_id == notice)
    )
    leaves = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(LogLeaf)
        .where(LogLeaf.subject == number, LogLeaf.type == "entry.received")
    )
    late = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Entry)
        .where(Entry.notice_id == notice, Entry.received_at >= stored)
    )
    unanswered = sum(answer.status == 0 for answer in answers)
    errors = sum(answer.status not in (0, 303, 409) for answer in answers)
    return Outcome(
        received,
        unanswered,
        errors,
        max(0, received - min(rows, leaves)) + abs(rows - leaves),
        late,
        max(0, in_time - rows),
        load.percentile([answer.seconds for answer in answers], 99),
        max(answer.written_at + answer.seconds for answer in answers) - stored.timestamp(),
    )
