"""What the rows and the log say of one selection, for whoever reviews it."""

import dataclasses
import datetime as dt
import hashlib

from sqlalchemy import select

from market.db import Work
from market.ledger import queries as ledger
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import OPENED, EntryState
from market.selection.notices.models import WHO_WHEN, Notice, NoticeAmendment
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules import publication
from market.selection.notices.rules.states import OPENED as NOTICE_OPENED
from market.selection.results.rules.facts import Facts
from market.selection.sources.models import Draw
from market.selection.way import way_of
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline

ENDED = (*OPENED, EntryState.WITHDRAWN)


@dataclasses.dataclass(frozen=True)
class Done:
    """One step of a notice: what (`drafted`, `signed`, ...), when, and by whom."""

    act: str
    at: dt.datetime
    person_id: int


def steps(work: Work, number: str) -> list[Done]:
    """Who drafted, signed, reviewed, published a notice and so on, in order of time."""
    row = notice_rows.by_number(work, number)
    done = [
        Done(act, getattr(row, f"{act}_at"), getattr(row, f"{act}_by"))
        for act in WHO_WHEN
        if getattr(row, f"{act}_at") is not None
    ]
    return sorted(done, key=lambda each: each.at)


def hands(work: Work, number: str) -> frozenset[int]:
    """The people who drafted, signed, reviewed, published a notice and so on."""
    return frozenset(step.person_id for step in steps(work, number))


HANDS = {"selection": hands}
"""Who worked on a notice, for whoever must not decide about what followed from it."""


def facts(work: Work, number: str) -> Facts:
    """The facts of a published notice. Refuses `notice.none`."""
    row = notice_rows.by_number(work, number)
    amendments = list(
        work.session.scalars(
            select(NoticeAmendment)
            .where(NoticeAmendment.notice_id == row.id)
            .order_by(NoticeAmendment.id)
        )
    )
    leaves = [each for each in ledger.of_subject(work, number) if "draw" in each.fields]
    texts = [each.fields for each in leaves if each.type in ("notice.published", "notice.amended")]
    found = publication.findings(case.terms_of(row), case.places(work))
    entries = work.session.execute(
        select(Entry.no, Entry.state, Entry.reason).where(Entry.notice_id == row.id)
    ).all()
    draw = work.session.scalar(select(Draw).where(Draw.notice_id == row.id))
    return Facts(
        document_sha256=hashlib.sha256(str(row.document).encode()).hexdigest(),
        logged_sha256=texts[-1].get("notice_sha256") if texts else None,
        first_close=_first_close(row, amendments),
        earliest_close=_earliest_close(work, row),
        is_within_catalogue=not list(publication.is_within_catalogue(case.case_of(work, row))),
        findings=len(found),
        is_cleared=row.overridden_at is not None,
        amendments=[(each.old_close, each.new_close) for each in amendments],
        is_opened=_is_opened(row, draw),
        given=row.entries_given,
        numbers=sorted(entry.no for entry in entries if entry.state in ENDED),
        unreasoned=sum(
            entry.state is EntryState.INELIGIBLE and not entry.reason for entry in entries
        ),
        instants=[each.at for each in leaves],
        promised=draw.level if draw else None,
        reached=(draw.reached or draw.level) if draw and draw.drawn_at else None,
    )


def _is_opened(row: Notice, draw: Draw | None) -> bool:
    """Whether the list stands: of a draw that is sealed, of another way once entries were closed."""
    if draw is not None:
        return draw.sealed_at is not None
    return row.entries_closed_at is not None and row.state in NOTICE_OPENED


def _first_close(row: Notice, amendments: list[NoticeAmendment]) -> dt.datetime | None:
    """The close as the notice was published with it; None of a way that nobody enters."""
    if not way_of(row.method).has_entries:
        return None
    return amendments[0].old_close if amendments else row.entry_close


def _earliest_close(work: Work, row: Notice) -> dt.datetime:
    """The earliest lawful close, counted from the publication under the rulebook that it names."""
    rulebook = rulebooks.version(work, row.rulebook)
    least = Rulebook.entry_window_urgent_days if row.urgent else Rulebook.entry_window_days
    span, unit = rulebook.window(least)
    published = row.published_at
    if published is None:
        raise ValueError("a notice with a number is published")
    return deadline(published, span, Unit(unit), workdays.calendar(work)).due_at
