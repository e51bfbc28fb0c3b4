"""Marks and bands as a pure function that explains itself, in hundredths of a mark: bounds, bands and
rounding are those that outsiders recompute with (verify/zjcs/score.py; vector BS-25).
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence

from market.reputation.rules.months import months_after
from verify.zjcs import score as arithmetic

MARK = 100
"""Hundredths of one mark."""
BASE = 100 * MARK
MERIT_CAP = 10 * MARK
"""All merits in force add at most so much."""


class Band(enum.StrEnum):
    """What marks are called."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    NEW = "new"


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
    """What one act adds today, and until when; `reason` why it adds less than it says, "" else."""

    key: str
    marks: int
    until: dt.date
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Score:
    """The marks with every line that made them. `capped` is what the cap on merits, and the bounds
    0 and 110, took off the sum or added to it.
    """

    marks: int
    band: Band
    lines: tuple[Line, ...]
    capped: int


def score(
    acts: Sequence[Counted], at: dt.date, *, repaired_share: int = 0, is_new: bool = False
) -> Score:
    """The marks on a day: 100 and the points of every act in force, within 0 and 110.

    A repaired act counts `repaired_share` percent of its points from the day of its repair (0 under
    《信用修复管理办法》 of 2026). `is_new`: no award, evaluation or act in 24 months.
    """
    lines = tuple(_line(act, at, repaired_share) for act in acts)
    merits = sum(line.marks for line in lines if line.marks > 0)
    faults = sum(line.marks for line in lines if line.marks < 0)
    marks = arithmetic.clamped(BASE + min(merits, MERIT_CAP) + faults)
    return Score(
        marks=marks,
        band=Band.NEW if is_new else Band(arithmetic.band(marks)),
        lines=lines,
        capped=marks - BASE - merits - faults,
    )


def mean(marks: Sequence[int]) -> int | None:
    """What a newcomer is given: the mean of all that have a history, half up; None where none has."""
    return arithmetic.half_up(sum(marks), len(marks)) if marks else None


def _line(act: Counted, at: dt.date, repaired_share: int) -> Line:
    if at < act.on:
        return Line(act.key, 0, act.until, "not_yet")
    if at >= act.until:
        return Line(act.key, 0, act.until, "expired")
    if act.is_suspended:
        return Line(act.key, 0, act.until, "suspended")
    if act.repaired_on is not None and at >= act.repaired_on:
        share = arithmetic.half_up(act.points * MARK * repaired_share, 100)
        return Line(act.key, share, act.until, "repaired")
    return Line(act.key, act.points * MARK, act.until)
