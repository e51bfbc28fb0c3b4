"""What a party may do with the evaluations of a matter now: which forms its page shows."""

from collections.abc import Callable

from market.db import Work
from market.evaluations.permissions import MAY
from market.evaluations.queries.cards import Card, Pair
from market.evaluations.queries.rows import matter_key
from market.evaluations.rules import (
    ANSWER,
    APPEAL,
    EVALUATE,
    REPLY,
    By,
    EvaluationState,
    may_follow_up,
)
from market.kernel.clock import local_date
from market.kernel.permits import holds
from market.reputation.rules.months import months_after
from market.rulebook import queries as rulebooks
from market.windows import queries as windows_queries
from market.windows.rules import Kind


def is_live(work: Work, kind: Kind, contract: str, by: By) -> bool:
    """Whether a window of one side's evaluation is open to what was received now."""
    due = windows_queries.live(work, kind, matter_key(contract, by))
    return due is not None and work.received_at < due.due_at


def may_follow(work: Work, card: Card) -> bool:
    """Whether the one later word may be said now: `evaluation_follow_up_months` after the opening."""
    opened = local_date(card.opened_at) if card.opened_at is not None else None
    months = rulebooks.in_force(work).evaluation_follow_up_months
    since = months_after(opened, months) if opened is not None else None
    return may_follow_up(card.state, card.followed_at is not None, opened, since, work.today)


def _gives(work: Work, pair: Pair, side: By) -> bool:
    own = pair.of_side(side)
    if own.state is EvaluationState.SEALED:
        return own.fixed_at is None
    return own.state is EvaluationState.AWAITED and is_live(work, EVALUATE, pair.contract, side)


def _replies(work: Work, pair: Pair, side: By) -> bool:
    return is_live(work, REPLY, pair.contract, side.other)


def _follows(work: Work, pair: Pair, side: By) -> bool:
    return may_follow(work, pair.of_side(side))


def _appeals(work: Work, pair: Pair, side: By) -> bool:
    return is_live(work, APPEAL, pair.contract, side.other)


def _answers(work: Work, pair: Pair, side: By) -> bool:
    return is_live(work, ANSWER, pair.contract, side)


ASKED: dict[str, tuple[str, Callable[[Work, Pair, By], bool]]] = {
    "give": ("evaluation.give", _gives),
    "answer": ("evaluation.speak", _answers),
    "reply": ("evaluation.speak", _replies),
    "appeal": ("evaluation.speak", _appeals),
    "follow_up": ("evaluation.give", _follows),
}


def deeds(work: Work, pair: Pair) -> tuple[str, ...]:
    """The names of the reader's deeds, in the order of the page."""
    side = pair.side
    if side is None:
        return ()
    return tuple(
        name
        for name, (may, asked) in ASKED.items()
        if holds(work.actor, MAY[may]) and asked(work, pair, side)
    )
