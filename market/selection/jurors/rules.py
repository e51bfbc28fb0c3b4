"""The law of the pool: its states and steps, what an application says, who may not judge a notice. Pure.

Sources: domain rules 1.6 (docs/rules.md#methods): admitted by the regulator with two signatures, renewed
yearly; who works for, owns or advises one of the parties, or has within three years, does not judge.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Iterable, Sequence

from market.kernel import credit_code
from market.kernel.errors import Invalid
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature

ADMIT = Kind("jurors.admit", Nature.DUTY, "评审专家入库审核", remind_before=(1, 0))
WINDOW_KINDS = {ADMIT.name: ADMIT}
POOL = "jurors.pool"
"""Under which the log files the pool."""
NONE = "none"
"""What `juror_source` says where a place has no pool, as shipped for a county."""
MOST = 400
"""Members of a pool: all of them stand in one leaf of a notice."""
MOST_TEXT = 500
MOST_CODES = 30
TERM = dt.timedelta(days=365)
"""An admission is renewed yearly."""


class MemberState(enum.StrEnum):
    """A person who asked to be an expert."""

    APPLIED = "applied"
    ADMITTED = "admitted"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    LEFT = "left"


class Step(enum.StrEnum):
    """What an officer proposes of a member and another person signs."""

    ADMIT = "admit"
    REFUSE = "refuse"
    RENEW = "renew"
    SUSPEND = "suspend"
    RESTORE = "restore"


STEPS = {
    Step.ADMIT: (MemberState.APPLIED, MemberState.ADMITTED),
    Step.REFUSE: (MemberState.APPLIED, MemberState.REFUSED),
    Step.RENEW: (MemberState.ADMITTED, MemberState.ADMITTED),
    Step.SUSPEND: (MemberState.ADMITTED, MemberState.SUSPENDED),
    Step.RESTORE: (MemberState.SUSPENDED, MemberState.ADMITTED),
}
"""Step -> the state that it begins and ends in."""
NEXT = {
    MemberState.APPLIED: {MemberState.ADMITTED, MemberState.REFUSED, MemberState.LEFT},
    MemberState.ADMITTED: {MemberState.ADMITTED, MemberState.SUSPENDED, MemberState.LEFT},
    MemberState.SUSPENDED: {MemberState.ADMITTED, MemberState.LEFT},
    MemberState.REFUSED: {MemberState.APPLIED},
    MemberState.LEFT: {MemberState.APPLIED},
}


class Why(enum.StrEnum):
    """Why a member is not in the lot of a notice, as its leaf says it (verify/zjcs/experts.py)."""

    CATEGORY = "category"
    EMPLOYER = "employer"
    INTEREST = "interest"
    LAPSED = "lapsed"
    LEFT = "left"
    ROTATION = "rotation"
    SEATED = "seated"
    SUSPENDED = "suspended"


def move_member(old: MemberState, new: MemberState) -> MemberState:
    """The step, or the refusal `pool.wrong_state`."""
    return move(NEXT, old, new, "pool.wrong_state")


def steps_from(state: MemberState) -> list[Step]:
    """What may be proposed of a member in a state."""
    return [step for step, (before, _after) in STEPS.items() if before is state]


@dataclasses.dataclass(frozen=True)
class Application:
    """What a person says of himself: categories of services, where he works, the credit codes of bodies
    that he works for, owns, advises, or has within three years, and what he has learned.
    """

    categories: tuple[str, ...]
    employer: str
    codes: tuple[str, ...]
    grounds: str


def checked(
    known: Collection[str],
    *,
    categories: Sequence[str],
    employer: str,
    codes: Iterable[str],
    grounds: str,
) -> Application:
    """An application as it is kept. Refuses `pool.no_category`, `pool.text`, `pool.code`."""
    chosen = tuple(each for each in known if each in set(categories))
    if not chosen:
        raise Invalid("pool.no_category", field="categories")
    said = {"employer": trimmed(employer), "grounds": trimmed(grounds)}
    for field, text in said.items():
        if not 0 < len(text) <= MOST_TEXT:
            raise Invalid("pool.text", field=field, most=MOST_TEXT)
    return Application(chosen, said["employer"], tuple(_codes(codes)), said["grounds"])


def _codes(typed: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for each in typed:
        try:
            found[credit_code.checked(each)] = None
        except credit_code.BadCode:
            raise Invalid("pool.code", field="codes", typed=each[:40]) from None
    if len(found) > MOST_CODES:
        raise Invalid("pool.code", field="codes", typed=f"> {MOST_CODES}")
    return list(found)


@dataclasses.dataclass(frozen=True)
class Standing:
    """A member as a notice asks: `bodies` the credit codes that he has declared, `acts_for` the
    organisations (ids) that he acts for today, `sat` in how many of the owner's last two notices he sat.
    """

    number: str
    categories: frozenset[str]
    state: MemberState
    until: dt.date | None
    bodies: frozenset[str]
    acts_for: frozenset[int]
    sat: int


@dataclasses.dataclass(frozen=True)
class Asked:
    """What a notice asks of its jurors: its category, the parties' credit codes and organisations, the
    numbers of members who sit for the owner already, the day.
    """

    category: str
    codes: frozenset[str]
    organisations: frozenset[int]
    taken: frozenset[str]
    day: dt.date


IN_A_ROW = 2
"""Who sat in so many of the owner's last notices rests, if enough others are free."""


def why_not(one: Standing, asked: Asked) -> Why | None:
    """Why a member may not judge; None where he may."""
    if one.state is MemberState.SUSPENDED:
        return Why.SUSPENDED
    if one.state is not MemberState.ADMITTED:
        return Why.LEFT
    if one.until is None or one.until < asked.day:
        return Why.LAPSED
    if asked.category not in one.categories:
        return Why.CATEGORY
    if one.number in asked.taken:
        return Why.SEATED
    if one.acts_for & asked.organisations:
        return Why.EMPLOYER
    return Why.INTEREST if one.bodies & asked.codes else None


def sorted_out(members: Iterable[Standing], asked: Asked, seats: int) -> dict[str, Why | None]:
    """Every member by number, and why he is not in the lot. Who sat for the owner twice in a row rests
    where twice as many as there are seats are left without him.
    """
    everybody = list(members)
    found = {one.number: why_not(one, asked) for one in everybody}
    rests = [one.number for one in everybody if found[one.number] is None and one.sat >= IN_A_ROW]
    free = sum(why is None for why in found.values())
    if free - len(rests) >= 2 * seats:
        found |= dict.fromkeys(rests, Why.ROTATION)
    return found
