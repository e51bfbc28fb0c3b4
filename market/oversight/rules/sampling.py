"""双随机抽查: what is sampled, and how its results are told (docs/rules.md#samples). Pure; which matters are
drawn is computed by verify/zjcs/samples.py, as outsiders compute it.
"""

import enum
from collections.abc import Iterable

from market.kernel.errors import Invalid, Refusal
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature
from verify.zjcs import samples

PUBLISH = Kind("oversight.sample", Nature.DUTY, "公布抽查结果")
SETTLED = 3600  # seconds after a period before its list is fixed: nothing is on its way any more
MOST_TEXT = 1000


class Label(enum.StrEnum):
    """What a sample is of: the files of selections that ended, or those who were served."""

    REVIEW = "review"
    CALLBACK = "callback"


class Called(enum.StrEnum):
    """What a call-back of a sample found."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHED = "unreached"


class SampleStanding(enum.StrEnum):
    """Where a sample stands. `EMPTY`: nothing was closed in its period, so nothing is drawn."""

    PLANNED = "planned"
    EMPTY = "empty"
    LISTED = "listed"
    DRAWN = "drawn"
    PUBLISHED = "published"


def next_period(now: int) -> str:
    """The month after the one of an instant (epoch seconds): what is planned now."""
    return samples.following(samples.period_of(now))


def is_over(period: str, now: int) -> bool:
    """Whether the list of a period may be fixed."""
    return now >= samples.bounds(period)[1] + SETTLED


def check_called(said: str, result: Called) -> str:
    """What was said at a call-back; of who was not reached nothing is owed. Refuses `sample.no_words`."""
    words = trimmed(said)
    if not words and result is not Called.UNREACHED:
        raise Invalid("sample.no_words", field="said")
    return words


def check_whole(done: Iterable[bool]) -> None:
    """Results are told once, whole. Refuses `sample.unfinished` with how many are left."""
    left = sum(not each for each in done)
    if left:
        raise Refusal("sample.unfinished", left=left)
