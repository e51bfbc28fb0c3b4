"""What two sides say of each other after a matter: five marks, sealed until both are fixed or the time is
over; then reply, one appeal, one follow-up. Pure.

Source: docs/rules.md#decision-24, docs/rules.md#evaluation.
"""

import dataclasses
import datetime as dt
import enum
import hashlib
import json
from collections.abc import Iterable

from market.kernel.errors import Invalid, all_told
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature

EVALUATE = Kind("evaluations.evaluate", Nature.RIGHT, "评价对方的履约", remind_before=(5, 1))
FIX = Kind("evaluations.fix", Nature.ACT, "评价可更正的时间期满")
REPLY = Kind("evaluations.reply", Nature.RIGHT, "回应收到的评价")
APPEAL = Kind("evaluations.appeal", Nature.RIGHT, "对收到的评价申诉")
ANSWER = Kind("evaluations.answer", Nature.RIGHT, "对评价申诉作出说明", remind_before=(1, 0))
APPEAL_DECISION = Kind("evaluations.appeal_decision", Nature.DUTY, "决定评价申诉")
WINDOW_KINDS = {kind.name: kind for kind in (EVALUATE, FIX, REPLY, APPEAL, ANSWER, APPEAL_DECISION)}
MOST_TEXT = 1000
LEAST_FACT = 20
"""Characters of the fact that a mark of 1 or 2 needs, so that it can be answered."""
LOW = 2
HIGHEST = 5


class By(enum.StrEnum):
    """Which side evaluates the other."""

    OWNER = "owner"
    AGENCY = "agency"

    @property
    def other(self) -> "By":
        """The side that is evaluated."""
        return By.AGENCY if self is By.OWNER else By.OWNER


class EvaluationState(enum.StrEnum):
    """What has become of one side's evaluation. Nobody's silence is a mark."""

    AWAITED = "awaited"
    SEALED = "sealed"  # said; nobody reads it but who said it
    OPEN = "open"
    UNRATED = "unrated"  # the time is over


NEXT = {
    EvaluationState.AWAITED: frozenset({EvaluationState.SEALED, EvaluationState.UNRATED}),
    EvaluationState.SEALED: frozenset({EvaluationState.OPEN}),
}

WEIGHTS = {"quality": 30, "timeliness": 25, "attitude": 15, "fees": 15, "conduct": 15}
"""Of the five dimensions, in hundredths: five times a mark of 5 is 5.00."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Marks:
    """Five marks from 1 to 5."""

    quality: int
    timeliness: int
    attitude: int
    fees: int
    conduct: int

    def each(self) -> dict[str, int]:
        """The marks by their dimensions."""
        return {name: getattr(self, name) for name in WEIGHTS}

    @property
    def overall(self) -> int:
        """The weighted mean in hundredths: 460 is 4.60."""
        return sum(WEIGHTS[name] * mark for name, mark in self.each().items())

    @property
    def is_low(self) -> bool:
        """Whether some mark needs a fact beside it."""
        return min(self.each().values()) <= LOW


def move_evaluation(old: EvaluationState, new: EvaluationState) -> EvaluationState:
    """The step, or the refusal `evaluation.wrong_state`."""
    return move(NEXT, old, new, "evaluation.wrong_state")


def check_said(marks: Marks, text: str, fact: str) -> None:
    """Refuse each that is so: `evaluation.mark` (a mark that is none of 1 to 5, at its field),
    `evaluation.text_long` (field text), `evaluation.fact_missing` (field fact) where a mark is 1
    or 2 and the fact has less than 20 characters.
    """
    all_told(
        *(
            lambda name=name, mark=mark: _check_mark(name, mark)
            for name, mark in marks.each().items()
        ),
        lambda: check_length(text, "text"),
        lambda: check_length(fact, "fact"),
        lambda: _check_fact(marks, fact),
    )


def _check_mark(name: str, mark: int) -> None:
    if not 1 <= mark <= HIGHEST:
        raise Invalid("evaluation.mark", field=name)


def _check_fact(marks: Marks, fact: str) -> None:
    if marks.is_low and len(trimmed(fact)) < LEAST_FACT:
        raise Invalid("evaluation.fact_missing", field="fact", least=LEAST_FACT)


def check_length(text: str, field: str) -> None:
    """Refuse `evaluation.text_long` at the field."""
    if len(text) > MOST_TEXT:
        raise Invalid("evaluation.text_long", field=field, most=MOST_TEXT)


def check_text(text: str, field: str) -> str:
    """A text that says something, trimmed. Refuses `evaluation.text_missing`, `evaluation.text_long`
    at the field.
    """
    said = trimmed(text)
    if not said:
        raise Invalid("evaluation.text_missing", field=field)
    check_length(said, field)
    return said


def text_digest(salt: str, *texts: str) -> str:
    """The salted SHA-256 of what was written: on the log it says nothing of a text that was hidden."""
    return _digest([salt, *texts])


def seal_digest(salt: str, contract: str, by: By, marks: Marks, text_sha256: str) -> str:
    """The SHA-256 that binds an evaluation before it is read: the opening names salt and marks."""
    return _digest([salt, contract, by.value, *marks.each().values(), text_sha256])


def _digest(said: Iterable[object]) -> str:
    text = json.dumps(list(said), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclasses.dataclass(frozen=True)
class Standing:
    """How an organisation is evaluated: how many evaluations count, their mean in hundredths (half
    up; None without one), their sum.
    """

    count: int
    mean: int | None
    total: int = dataclasses.field(default=0, compare=False)


def standing_of(count: int, total: int) -> Standing:
    """The standing of `count` evaluations whose overall marks are `total` hundredths together."""
    return Standing(count, (2 * total + count) // (2 * count) if count else None, total)


def may_follow_up(
    state: EvaluationState,
    followed: bool,
    opened: dt.date | None,
    from_day: dt.date | None,
    today: dt.date,
) -> bool:
    """Whether the one later word may be said now: of an evaluation that is open, from a day on."""
    is_open = state is EvaluationState.OPEN and opened is not None
    return is_open and not followed and from_day is not None and today >= from_day
