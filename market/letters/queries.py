"""Reading one's own letters."""

import dataclasses
import datetime as dt

from sqlalchemy import func, select

from market.db import Work
from market.letters.models import Letter
from market.web.paging import Page, keyset


@dataclasses.dataclass(frozen=True)
class LetterCard:
    """A letter as its recipient sees it."""

    id: int
    log_index: int
    subject: str
    title: str
    body: str
    path: str
    written_at: dt.datetime
    read_at: dt.datetime | None


COLUMNS = [getattr(Letter, field.name) for field in dataclasses.fields(LetterCard)]


def inbox(work: Work, after: str | None = None) -> Page[LetterCard]:
    """The actor's letters, newest first: rows of `LetterCard`."""
    mine = select(*COLUMNS).where(Letter.person_id == work.actor.person_id)
    return keyset(work.session, mine, [Letter.id.desc()], after).map(
        lambda row: LetterCard(*row[: len(COLUMNS)])
    )


def unread(work: Work) -> int:
    """How many letters the actor has not read."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Letter)
            .where(Letter.person_id == work.actor.person_id, Letter.read_at.is_(None))
        )
        or 0
    )
