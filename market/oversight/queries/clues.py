"""Reading clues: those of one's own body, and what goes with one when it leaves."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from market.accounts import queries as accounts
from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.oversight import permissions
from market.oversight.models import Clue, ClueExport
from market.oversight.rules.clues import ClueKind, ClueStanding, Found, standing
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.windows.rules import LIVE

MOST = 200


@dataclasses.dataclass(frozen=True)
class ExportCard:
    """One export: when, by whom, its digest (hex)."""

    made_at: dt.datetime
    made_by: str
    sha256: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClueCard:
    """A clue as its body reads it."""

    number: str
    notice: str
    finding_id: int | None
    sender: str
    found: Found
    commit: str
    salt: str
    begun_at: dt.datetime
    begun_by: str
    standing: ClueStanding
    signed_on: dt.date | None
    receipt_file_id: int | None
    handed_over_at: dt.datetime | None
    asked_at: dt.datetime | None
    answer: str
    due: Due | None
    exports: tuple[ExportCard, ...]
    entries: tuple[ledger.Entry, ...]

    @property
    def kind(self) -> ClueKind:
        """What it is about."""
        return self.found.kind


def clue_row(work: Work, number: str, *, lock: bool = False) -> Clue:
    """A clue of the actor's body. Refuses `not_permitted`, `clue.none`, also for another body's."""
    permissions.require(work.actor, "clue.read")
    asked = select(Clue).where(Clue.number == number, Clue.sender_id == work.actor.organisation_id)
    found = work.session.scalar(under_lock(asked) if lock else asked)
    if found is None:
        raise NotFound("clue.none")
    return found


def clue(work: Work, number: str) -> ClueCard:
    """One clue. Refuses as `clue_row`."""
    return _card(work, clue_row(work, number))


def clues(work: Work) -> list[ClueCard]:
    """The clues of the actor's body, newest first. Refuses `not_permitted`."""
    permissions.require(work.actor, "clue.read")
    own = select(Clue).where(Clue.sender_id == work.actor.organisation_id)
    return [
        _card(work, row) for row in work.session.scalars(own.order_by(Clue.id.desc()).limit(MOST))
    ]


def clue_of_finding(work: Work, finding_id: int) -> str | None:
    """The clue that the actor's body has made of a finding."""
    return work.session.scalar(
        select(Clue.number).where(
            Clue.finding_id == finding_id, Clue.sender_id == work.actor.organisation_id
        )
    )


def found_of(row: Clue) -> Found:
    """What a clue says."""
    return Found(**{field.name: getattr(row, field.name) for field in dataclasses.fields(Found)})


def _card(work: Work, row: Clue) -> ClueCard:
    windows = windows_queries.of_subject(work, row.number)
    names = ("signed_on", "receipt_file_id", "handed_over_at", "asked_at", "answer")
    return ClueCard(
        number=row.number,
        notice=row.notice,
        finding_id=row.finding_id,
        sender=accounts.organisation(work, row.sender_id).name,
        found=found_of(row),
        commit=row.commit,
        salt=row.salt,
        begun_at=row.begun_at,
        begun_by=accounts.person(work, row.begun_by).name,
        standing=standing(row.handed_over_at, row.ask_due_at, row.asked_at),
        due=next((each for each in windows if each.state in LIVE and each.responsible_id), None),
        exports=_exports(work, row.id),
        entries=tuple(ledger.of_subject(work, row.notice)) if row.notice else (),
        **{name: getattr(row, name) for name in names},
    )


def _exports(work: Work, clue_id: int) -> tuple[ExportCard, ...]:
    rows: Sequence[ClueExport] = work.session.scalars(
        select(ClueExport).where(ClueExport.clue_id == clue_id).order_by(ClueExport.id.desc())
    ).all()
    return tuple(
        ExportCard(row.made_at, accounts.person(work, row.made_by).name, row.sha256) for row in rows
    )
