"""The appeal against an evaluation: its grounds, and what each does to the evaluation when it holds. That
an evaluation is bad is no ground. Pure.

Source: docs/rules.md#evaluation.
"""

import enum

from market.kernel.states import move


class Ground(enum.StrEnum):
    """Why an evaluation is not to stand as it does."""

    WRONG_OBJECT = "wrong_object"
    INSULT = "insult"
    PERSONAL_DATA = "personal_data"
    SECRECY = "secrecy"
    COERCED = "coerced"
    FALSE_FACT = "false_fact"


class Effect(enum.StrEnum):
    """What an appeal that holds does."""

    HIDDEN = "hidden"  # the text goes, the marks stay
    STRUCK = "struck"  # out of the mean; the text stays, and why is said


EFFECTS = {
    Ground.WRONG_OBJECT: Effect.HIDDEN,
    Ground.INSULT: Effect.HIDDEN,
    Ground.PERSONAL_DATA: Effect.HIDDEN,
    Ground.SECRECY: Effect.HIDDEN,
    Ground.COERCED: Effect.STRUCK,
    Ground.FALSE_FACT: Effect.STRUCK,
}


class AppealState(enum.StrEnum):
    """An appeal waits until a person decides; silence decides nothing."""

    WAITING = "waiting"
    UPHELD = "upheld"
    REJECTED = "rejected"


NEXT_APPEAL = {AppealState.WAITING: frozenset({AppealState.UPHELD, AppealState.REJECTED})}


def move_appeal(old: AppealState, new: AppealState) -> AppealState:
    """The step, or the refusal `evaluation.appeal_decided`."""
    return move(NEXT_APPEAL, old, new, "evaluation.appeal_decided")
