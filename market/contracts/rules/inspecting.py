"""An inspection: every requirement of the notice and the contract gets a verdict of its own. Pure.

Sources: docs/rules.md#after-the-award; 《政府采购法实施条例》第四十五条 (an acceptance says of each standard how it was met);
docs/rules.md#decision-27 (what is missing is told once and completely).
"""

import dataclasses
import enum
from collections.abc import Iterable, Sequence
from functools import partial

from market.contracts.rules.matter import LONGEST_ITEM
from market.kernel.errors import Invalid, all_told
from market.kernel.visible import line

MOST_REQUIREMENTS = 30
"""More lines than this are judged a few at a time, so that all of them are judged."""


class Verdict(enum.StrEnum):
    """What the acceptor says of one requirement."""

    MET = "met"
    UNMET = "unmet"
    NOT_APPLICABLE = "not_applicable"


@dataclasses.dataclass(frozen=True)
class Judged:
    """A verdict as it is given: of what is not met, a note says what is missing. None: none was given."""

    verdict: Verdict | None
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Said:
    """A requirement with its verdict, as it is kept."""

    requirement: str
    verdict: Verdict
    note: str


def requirements(content: str, agreed: Iterable[str] = ()) -> tuple[str, ...]:
    """What is judged, in its order: each line of the notice's content, then each that the contract adds.
    Empty lines and repeats are none; many lines are taken together, a few at a time.
    """
    lines = dict.fromkeys(filter(None, map(line, [*content.splitlines(), *agreed])))
    size = -(-len(lines) // MOST_REQUIREMENTS)
    told = list(lines)
    return tuple("；".join(told[at : at + size]) for at in range(0, len(told), max(size, 1)))


def check_verdicts(asked: Sequence[str], judged: Sequence[Judged]) -> tuple[Said, ...]:
    """Each requirement with its verdict. Refuses everything at once: `contract.verdicts_missing` (field
    verdict_N, from 1), `contract.verdict_note` and `contract.verdict_long` (field note_N).
    """
    if len(judged) != len(asked):
        raise Invalid("contract.verdicts_missing", field="verdict_1")
    all_told(*(partial(_check, no, each) for no, each in enumerate(judged, 1)))
    return tuple(
        Said(requirement, each.verdict, each.note if each.verdict is Verdict.UNMET else "")
        for requirement, each in zip(asked, judged, strict=True)
        if each.verdict is not None
    )


def _check(no: int, judged: Judged) -> None:
    if judged.verdict is None:
        raise Invalid("contract.verdicts_missing", field=f"verdict_{no}")
    if judged.verdict is Verdict.UNMET and not judged.note:
        raise Invalid("contract.verdict_note", field=f"note_{no}")
    if len(judged.note) > LONGEST_ITEM:
        raise Invalid("contract.verdict_long", field=f"note_{no}", longest=LONGEST_ITEM)


def check_accepts(said: Sequence[Said]) -> None:
    """Refuse to accept what does not meet every requirement: `contract.not_all_met`,
    `contract.nothing_met` (field decision).
    """
    verdicts = {each.verdict for each in said}
    if Verdict.UNMET in verdicts:
        raise Invalid("contract.not_all_met", field="decision")
    if Verdict.MET not in verdicts:
        raise Invalid("contract.nothing_met", field="decision")


def complete_list(said: Sequence[Said], more: Sequence[str]) -> list[str]:
    """The one list that goes back: what is not met, each with its note, then what is told besides."""
    unmet = [each for each in said if each.verdict is Verdict.UNMET]
    return [*(f"{each.requirement}：{each.note}" for each in unmet), *more]
