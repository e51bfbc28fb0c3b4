"""The table of behaviours: what is recorded of whom, by whom, and what it may lead to. Pure."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Mapping

from market.kernel.errors import Invalid, NotPermitted
from market.kernel.states import move
from market.kernel.visible import trimmed

MOST_BASIS = 200  # characters of a named article
LONGEST_CAP = 1095
"""Calendar days that an article may give a suspension or a removal at most (《政府采购法》第七十七条: three years)."""


class Party(enum.StrEnum):
    """Of whom a behaviour is recorded."""

    AGENCY = "agency"
    OWNER = "owner"
    OFFICE = "office"
    REGULATOR = "regulator"
    JUROR = "juror"
    WITNESS = "witness"


KINDS_OF: Mapping[Party, frozenset[str]] = {
    Party.AGENCY: frozenset({"agency"}),
    Party.OWNER: frozenset({"owner"}),
    Party.OFFICE: frozenset({"office"}),
    Party.REGULATOR: frozenset({"regulator"}),
    Party.JUROR: frozenset({"owner", "regulator"}),  # the body whose reviewer it was
    Party.WITNESS: frozenset({"witness", "regulator"}),
}
"""Which kinds of organisation a record about such a party may name."""


class Grade(enum.StrEnum):
    """How grave a behaviour is. Bodies have no points: theirs are only counted."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"
    MERIT = "merit"
    FAULT = "fault"


PUBLIC_GRADES = frozenset({Grade.SERIOUS, Grade.GRAVE, Grade.MERIT})
"""一般 is never shown in public (《信用修复管理办法》, in force 2026-04-01); faults of bodies neither, unless a document says so."""
SHOWN_AT_MOST: Mapping[Grade, int] = {Grade.SERIOUS: 12, Grade.GRAVE: 36}
"""Months that such an event may be shown (the same measure), so that none is in force for longer."""
REPAIRED_AFTER: Mapping[Grade, int] = {Grade.MINOR: 0, Grade.SERIOUS: 90, Grade.GRAVE: 365}
"""Calendar days from the decision until a repair may be asked for (the same measure)."""
REMINDER = "提醒"
NOTED = "效能提示"


@dataclasses.dataclass(frozen=True)
class Behaviour:
    """One line of the table.

    `points` are what it may weigh, one of several where the act's own document decides; `proposes`
    and `decides` duties, `clock` for the system; `measure` and `points` take effect only under an
    `effect_basis`. `months` is how long it counts.
    """

    code: str
    party: Party
    text: str
    grade: Grade
    points: tuple[int, ...]
    months: int
    basis: str
    evidence: str
    proposes: str
    decides: str
    measure: str
    effect_basis: str


def read(line: Mapping[str, str]) -> Behaviour:
    """One line of the file. ValueError: it is not such a line."""
    grade = Grade(line["grade"])
    months = int(line["validity_months"])
    return Behaviour(
        code=line["code"],
        party=Party(line["party"]),
        text=line["text"],
        grade=grade,
        points=tuple(int(part) for part in line["points"].split("/")),
        months=min(months, SHOWN_AT_MOST.get(grade, months)),
        basis=line["basis"],
        evidence=line["evidence"],
        proposes=line["proposes"],
        decides=line["decides"],
        measure=line["measure"],
        effect_basis=line["effect_basis"],
    )


class Source(enum.StrEnum):
    """What kind of text gives a measure or points their effect.

    Source: 《优化营商环境条例》第六十四条, 《公平竞争审查条例》第八条. A county's document and an
    agreement are none.
    """

    LAW = "law"
    REGULATION = "regulation"
    STATE_COUNCIL = "state_council"
    PROVINCIAL = "provincial"
    NONE = "none"  # what was named before has no effect any more


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a behaviour leads to on a day.

    `article` is "" where nothing but a reminder follows; `cap_days` the longest suspension or
    removal that the article allows, None where it names none: then nobody is suspended for it.
    """

    points: tuple[int, ...]
    measure: str
    article: str = ""
    cap_days: int | None = None


def effect(behaviour: Behaviour, article: str = "", cap_days: int | None = None) -> Effect:
    """What follows under a named article; without one 0 points, and a reminder (a body: a note)."""
    if behaviour.party is not Party.AGENCY:
        return Effect((0,), NOTED)
    if article:
        return Effect(behaviour.points, behaviour.measure, article, cap_days)
    return Effect((0,), REMINDER)


def check_proposer(behaviour: Behaviour, duties: Collection[str]) -> None:
    """Whom the table lets propose, and nobody else. Refuses `not_permitted`."""
    if behaviour.proposes not in duties:
        raise NotPermitted("not_permitted", action=f"credit.propose {behaviour.code}")


def check_decider(behaviour: Behaviour, duties: Collection[str]) -> None:
    """Whom the table lets decide, and nobody else. Refuses `not_permitted`."""
    if behaviour.decides not in duties:
        raise NotPermitted("not_permitted", action=f"credit.decide {behaviour.code}")


def points_of(known: Effect, asked: int | None) -> int:
    """The points of one act: the table's, or the one of several that the act's document says.

    Refuses `credit.points`.
    """
    if len(known.points) == 1:
        return known.points[0]
    if asked not in known.points:
        said = "、".join(str(each) for each in known.points)
        raise Invalid("credit.points", field="points", points=said)
    return asked


# --- the basis in law that a place names ---------------------------------------------------
class BasisState(enum.StrEnum):
    """A named article counts for nothing until a second person approves it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


BASIS_NEXT = {BasisState.PROPOSED: {BasisState.APPROVED, BasisState.REJECTED}}


def move_basis(old: BasisState, new: BasisState) -> BasisState:
    """The step, or the refusal `credit.basis_done`."""
    return move(BASIS_NEXT, old, new, "credit.basis_done")


def check_basis(
    behaviour: Behaviour,
    source: Source,
    article: str,
    cap_days: int | None,
    in_force_from: dt.date,
    today: dt.date,
) -> None:
    """Hold that a basis names its article and is in force from a later day.

    Refuses `credit.basis_not_agency`, `credit.basis_article`, `credit.basis_cap`,
    `credit.basis_future`.
    """
    if behaviour.party is not Party.AGENCY:
        raise Invalid("credit.basis_not_agency", field="code")
    if not 0 < len(trimmed(article)) <= MOST_BASIS:
        raise Invalid("credit.basis_article", field="article", most=MOST_BASIS)
    if cap_days is not None and not 1 <= cap_days <= LONGEST_CAP:
        raise Invalid("credit.basis_cap", field="cap_days", most=LONGEST_CAP)
    if source is Source.NONE and cap_days is not None:
        raise Invalid("credit.basis_cap", field="cap_days", most=LONGEST_CAP)
    if in_force_from <= today:
        raise Invalid("credit.basis_future", field="in_force_from")
