"""Marks and bands as a pure function that explains itself. Units: hundredths of a mark inside, marks
with two decimals outside; rounding is half up (vector BS-25).
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from market.reputation.rules.months import months_after

BASE = 100
CAP = 110
MERIT_CAP = 10
"""All merits in force add at most so much."""
CENT = Decimal("0.01")


class Band(enum.StrEnum):
    """What marks are called."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    NEW = "new"


FLOORS = ((Band.A, Decimal(90)), (Band.B, Decimal(75)), (Band.C, Decimal(60)), (Band.D, Decimal(0)))


@dataclasses.dataclass(frozen=True)
class Counted:
    """One act as the marks see it. It counts from `on`, for `months`; `repaired_on` is the day of a
    repair, `is_suspended` whether an appeal holds its effect.
    """

    key: str
    points: int
    on: dt.date
    months: int
    repaired_on: dt.date | None = None
    is_suspended: bool = False

    @property
    def until(self) -> dt.date:
        """The first day on which it counts no more."""
        return months_after(self.on, self.months)


@dataclasses.dataclass(frozen=True)
class Line:
    """What one act adds today, and until when; `reason` why it adds nothing, "" where it does."""

    key: str
    marks: Decimal
    until: dt.date
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Score:
    """The marks with every line that made them. `capped` is what the cap on merits, and the bounds
    0 and 110, took off the sum or added to it.
    """

    marks: Decimal
    band: Band
    lines: tuple[Line, ...]
    capped: Decimal


def score(
    acts: Sequence[Counted], at: dt.date, *, repaired_share: int = 0, is_new: bool = False
) -> Score:
    """The marks on a day: 100 and the points of every act in force, within 0 and 110.

    A repaired act counts `repaired_share` percent of its points from the day of its repair (0 under
    《信用修复管理办法》 of 2026). `is_new`: no award, evaluation or act in 24 months.
    """
    lines = tuple(_line(act, at, repaired_share) for act in acts)
    merits = sum((line.marks for line in lines if line.marks > 0), Decimal(0))
    faults = sum((line.marks for line in lines if line.marks < 0), Decimal(0))
    plain = BASE + merits + faults
    marks = min(max(BASE + min(merits, Decimal(MERIT_CAP)) + faults, Decimal(0)), Decimal(CAP))
    return Score(
        marks=marks.quantize(CENT),
        band=Band.NEW if is_new else band(marks),
        lines=lines,
        capped=(marks - plain).quantize(CENT),
    )


def band(marks: Decimal) -> Band:
    """What marks are called: 90, 75 and 60 are the floors of A, B and C."""
    return next(name for name, floor in FLOORS if marks >= floor)


def mean(marks: Sequence[Decimal]) -> Decimal | None:
    """What a newcomer is given: the mean of all that have a history, to 0.01; None where none has."""
    if not marks:
        return None
    return (sum(marks, Decimal(0)) / len(marks)).quantize(CENT, ROUND_HALF_UP)


def _line(act: Counted, at: dt.date, repaired_share: int) -> Line:
    if at < act.on:
        return Line(act.key, Decimal(0), act.until, "not_yet")
    if at >= act.until:
        return Line(act.key, Decimal(0), act.until, "expired")
    if act.is_suspended:
        return Line(act.key, Decimal(0), act.until, "suspended")
    if act.repaired_on is not None and at >= act.repaired_on:
        share = Decimal(act.points) * repaired_share / 100
        return Line(act.key, share.quantize(CENT, ROUND_HALF_UP), act.until, "repaired")
    return Line(act.key, Decimal(act.points).quantize(CENT), act.until)
