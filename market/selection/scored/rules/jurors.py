"""Who may judge, and the states of a juror. Pure.

Sources: 《中华人民共和国招标投标法》第三十七条 by analogy (the owner's own people are at most one third); roles: who drafts, signs
or accepts does not judge (docs/rules.md#separation-1); social funds: reviewers of the owner's choice.
"""

import enum
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from market.kernel.errors import Invalid, Refusal
from market.kernel.states import move
from market.windows.rules import Kind, Nature

SHEETS = Kind("scored.sheets", Nature.DUTY, "评审人员评分", remind_before=(1, 0))
ACCEPT = Kind("scored.accept", Nature.DUTY, "抽中的评审专家答复是否参加", remind_before=(0,))
WINDOW_KINDS = {kind.name: kind for kind in (ACCEPT, SHEETS)}
LEAST_RESERVES = 1
JUROR = "juror"
ACCEPTOR = "owner_acceptor"


class JurorState(enum.StrEnum):
    """A person who was named: reserve, asked to declare interests, judging, done, or out."""

    RESERVE = "reserve"
    SEATED = "seated"
    JUDGING = "judging"
    HANDED_IN = "handed_in"
    GONE = "gone"


class Gone(enum.StrEnum):
    """Why a juror is out. `BARRED`: drawn, and by now he may not judge."""

    BARRED = "barred"
    DECLINED = "declined"
    INTEREST = "interest"
    RECUSED = "recused"
    SILENT = "silent"


class Channel(enum.StrEnum):
    """By which way a juror was told."""

    SITE = "site"
    SMS = "sms"
    CALL = "call"
    MAIL = "mail"
    PAPER = "paper"


BEHIND = 100
"""Places of drawn jurors begin behind those whom the owner named."""
LEAST_WAYS = 2
"""Silence counts only of who was told by two ways."""
NEXT = {
    JurorState.RESERVE: {JurorState.SEATED},
    JurorState.SEATED: {JurorState.JUDGING, JurorState.GONE},
    JurorState.JUDGING: {JurorState.HANDED_IN, JurorState.GONE},
    JurorState.HANDED_IN: {JurorState.GONE},
}


def move_juror(old: JurorState, new: JurorState) -> JurorState:
    """The step, or the refusal `scored.wrong_state`."""
    return move(NEXT, old, new, "scored.wrong_state")


class Person(NamedTuple):
    """Somebody who may be named: `duties` in the owner's body, `has_hand` in this notice (drafted,
    handed in or signed it).
    """

    id: int
    duties: frozenset[str]
    has_hand: bool

    @property
    def is_owners(self) -> bool:
        """Whether he is the owner's own: has another duty there than to judge."""
        return bool(self.duties - {JUROR})


def barred(person: Person) -> bool:
    """Whether somebody may not judge this notice at all."""
    return person.has_hand or ACCEPTOR in person.duties or JUROR not in person.duties


def own_problems(seats: int, own: Sequence[Person]) -> Iterator[Refusal]:
    """Everything that stands against those who sit for the owner beside drawn experts."""
    if any(barred(each) for each in own):
        yield Invalid("scored.barred", field="seated")
    if len(own) * 3 > seats:
        yield Invalid("scored.too_many_own", field="seated")


def panel_problems(
    seats: int, seated: Sequence[Person], reserves: Sequence[Person]
) -> Iterator[Refusal]:
    """Everything that stands against a panel of so many seats with its reserves."""
    everybody = [*seated, *reserves]
    if len(seated) != seats:
        yield Invalid("scored.seats", field="seated", seats=seats)
    if len(reserves) < LEAST_RESERVES:
        yield Invalid("scored.reserves", field="reserves")
    if len({each.id for each in everybody}) < len(everybody):
        yield Invalid("scored.twice", field="reserves")
    if any(barred(each) for each in everybody):
        yield Invalid("scored.barred", field="seated")
    own = sum(each.is_owners for each in seated)
    if own * 3 > seats or any(each.is_owners for each in reserves):
        yield Invalid("scored.too_many_own", field="seated")
