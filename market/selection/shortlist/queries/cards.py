"""A shortlist as pages see it."""

import dataclasses
import datetime as dt

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.shown import Parts
from market.selection.credit import queries as credit_queries
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.shortlist import rules
from market.selection.shortlist.queries import rows as shortlist_rows
from market.selection.shortlist.rules import CHOOSE, Lists
from market.selection.sources.queries import rows as source_rows
from market.windows import queries as windows_queries
from market.windows.queries import Due
from verify.zjcs import shortlisted as protocol


@dataclasses.dataclass(frozen=True)
class Place:
    """One agency of the longlist. `marks` is the credit used (hundredths), of a newcomer the mean."""

    place: int
    ref: str
    name: str
    uscc: str | None
    marks: int
    is_new: bool
    balls: int
    ticket: str
    is_short: bool
    quote_fen: int


@dataclasses.dataclass(frozen=True)
class Choice:
    """Whom the owner chose, when and why."""

    ref: str
    name: str
    reason: str
    chosen_at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Course:
    """How far a shortlist is: its lists, what credit counts, who was drawn, who was chosen, until when
    the owner chooses, whether his silence lets place 1 stand, how a ticket is computed by hand.
    """

    lists: Lists
    mean: int
    counted: int
    places: tuple[Place, ...]
    choice: Choice | None
    due: Due | None
    first_stands: bool
    recipe: str | None

    @property
    def short(self) -> tuple[Place, ...]:
        """The shortlist."""
        return tuple(each for each in self.places if each.is_short)


def lists_of(work: Work, notice_id: int) -> Lists | None:
    """How long the lists of a notice are, also of a draft; None where nothing was written."""
    return rules.read(notice_rows.by_id(work, notice_id).way or {})


def course(work: Work, number: str) -> Course:
    """The course of a public notice. Refuses `notice.none`, also of a notice of another way."""
    notice = shortlist_rows.shortlist_notice(work, number)
    said = credit_queries.said(work, notice.id)
    places = _places(work, notice)
    return Course(
        lists=rules.read(notice.way or {}) or Lists(*rules.PROPOSED),
        mean=said["mean"],
        counted=said["count"],
        places=places,
        choice=_choice(work, notice, places),
        due=windows_queries.live(work, CHOOSE, number),
        first_stands=silence_of(notice) == rules.FIRST,
        recipe=_recipe(work, notice, places),
    )


def _recipe(work: Work, notice: Notice, places: tuple[Place, ...]) -> str | None:
    """The line that computes the ticket of place 1 again; None before the lottery."""
    seed = source_rows.draw_of(work, notice.id).seed
    if not places or seed is None:
        return None
    first = places[0]
    weights = range(1, first.balls + 1)
    ball = next(
        ball for ball in weights if protocol.ball_ticket(seed, first.ref, ball) == first.ticket
    )
    return protocol.recipe(seed, first.ref, ball)


def silence_of(notice: Notice) -> str:
    """What the owner's silence does to a notice."""
    is_fiscal = notice.fiscal_percent > 0
    return rules.FIRST if is_fiscal else rules.silence(notice.fund)


def _places(work: Work, notice: Notice) -> tuple[Place, ...]:
    rows = shortlist_rows.places(work, notice.id)
    known = agencies.by_refs(work, [row.ref for row in rows])
    listed = entry_rows.entries(work, notice.id, EntryState.LISTED)
    quotes = {entry.ref: entry.quote_fen or 0 for entry in listed}
    return tuple(
        Place(
            row.place,
            row.ref,
            known[row.ref].name if row.ref in known else row.ref,
            known[row.ref].uscc if row.ref in known else None,
            row.marks,
            row.is_new,
            row.balls,
            row.ticket,
            row.is_short,
            quotes.get(row.ref, 0),
        )
        for row in rows
    )


def _choice(work: Work, notice: Notice, places: tuple[Place, ...]) -> Choice | None:
    row = shortlist_rows.choice(work, notice.id)
    if row is None:
        return None
    name = next((each.name for each in places if each.ref == row.ref), row.ref)
    return Choice(row.ref, name, row.reason, row.chosen_at)


def shortlist_shown(work: Work, number: str) -> Parts:
    """What an owner chooses from: the shortlist with its quotes."""
    notice = shortlist_rows.shortlist_notice(work, number)
    short = [each for each in _places(work, notice) if each.is_short]
    return {
        "shortlist.places": [[each.place, each.ref, each.marks] for each in short],
        "shortlist.quotes": [each.quote_fen for each in short],
    }
