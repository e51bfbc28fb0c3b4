"""Which items an agency may take, by what it holds and until when. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from market.agencies.rules.states import LINE_OPEN, MAY_ENTER, LineState, State
from market.catalogue.rules import RANK, Joined, Kind, Requirement, meets
from market.kernel.errors import Invalid


@dataclasses.dataclass(frozen=True)
class Held:
    """A qualification that an agency holds. `valid_to` is the last day, None for one without end."""

    name: str
    grade: str | None
    specialities: tuple[str, ...]
    valid_from: dt.date
    valid_to: dt.date | None

    def is_valid(self, on: dt.date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def check_validity(held: Held, today: dt.date) -> None:
    """A qualification may be named only while it is valid. Refuses `agency.valid_order`,
    `agency.expired`, `agency.not_yet_valid`.
    """
    if held.valid_to is not None and held.valid_to < held.valid_from:
        raise Invalid("agency.valid_order", field="valid_to", name=held.name)
    if held.valid_to is not None and held.valid_to < today:
        raise Invalid("agency.expired", field="valid_to", name=held.name, valid_to=held.valid_to)
    if today < held.valid_from:
        raise Invalid(
            "agency.not_yet_valid", field="valid_from", name=held.name, valid_from=held.valid_from
        )


def replaces(later: Held, ending: Held) -> bool:
    """Whether one certificate goes on, without a gap, where another ends: the same of its name, of no
    lower grade, for all of its specialities.
    """
    if ending.valid_to is None or (later.valid_to and later.valid_to <= ending.valid_to):
        return False
    if later.valid_from > ending.valid_to + dt.timedelta(days=1):
        return False
    asked = Requirement(
        kind=Kind.CERTIFICATE,
        names=(ending.name,),
        specialities=tuple((each,) for each in ending.specialities),
        least_grade=ending.grade if ending.grade in RANK else None,
    )
    is_graded_alike = ending.grade is None or ending.grade in RANK or later.grade == ending.grade
    return is_graded_alike and meets(asked, later.name, later.grade, later.specialities)


LASTING = dt.date.max
"""Stands for "without end" where days are compared."""


def covered_until(requirement: Requirement, held: Iterable[Held], on: dt.date) -> dt.date | None:
    """The last day on which what is held meets the requirement without a gap from `on`; None when
    it does not on `on`.

    LASTING when no certificate is asked for or one has no end. Consecutive certificates are joined.
    """
    if requirement.kind is Kind.COMMITMENT_ONLY:
        return LASTING
    fitting = [
        each for each in held if meets(requirement, each.name, each.grade, each.specialities)
    ]
    reached = None
    day = on
    while valid := [each.valid_to or LASTING for each in fitting if each.is_valid(day)]:
        reached = max(valid)
        if reached == LASTING:
            break
        day = reached + dt.timedelta(days=1)
    return reached


def uncovered(
    requirements: Mapping[str, Requirement], held: Sequence[Held], on: dt.date
) -> list[str]:
    """The item codes, in order, for which nothing valid is held."""
    return [
        code
        for code, asked in sorted(requirements.items())
        if covered_until(asked, held, on) is None
    ]


def why_not(
    agency: State,
    line: LineState | None,
    valid_to: dt.date | None,
    at: dt.date,
    promised: dt.date | None = None,
) -> str | None:
    """Why an agency may not enter for an item on a day, as a code of words.py; None when it may. What
    was still valid on the `promised` day, before a pause, shuts nobody out.
    """
    if agency is State.SUSPENDED:
        return "agency.suspended"
    if agency not in MAY_ENTER:
        return "agency.not_active"
    if line is None:
        return "agency.no_line"
    is_over = line in LINE_OPEN and valid_to is not None and valid_to < at
    if line is LineState.LAPSED or is_over:
        lasted = promised is not None and valid_to is not None and promised <= valid_to
        return None if lasted else "agency.qualification_expired"
    return None if line in LINE_OPEN else "agency.line_closed"


OF_AN_ITEM = frozenset({"agency.no_line", "agency.qualification_expired", "agency.line_closed"})
"""The reasons that lie in one item, and not in the agency."""


def why_not_together(reasons: Sequence[str | None], joined: Joined) -> int | None:
    """Which of the reasons (None: fit) that stand against an agency for items that are bought
    together counts, by its place: the first, unless any item will do and it is fit for one.
    """
    against = [place for place, reason in enumerate(reasons) if reason is not None]
    if not against or (joined is Joined.ANY_OF and len(against) < len(reasons)):
        return None
    return against[0]
