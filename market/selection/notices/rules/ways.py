"""Which way of selecting is open to which money, and why another is not (docs/rules.md#methods). Pure.

What public money may never do stands in the law; what is switched on stands in the rulebook of the
notice; what is built stands in the program (the ways that are registered).
"""

import enum
from collections.abc import Collection, Mapping

from market.selection.kinds import Fund, Method

PUBLIC = frozenset({Fund.FISCAL, Fund.STATE})
"""Public money, which nobody may hand to whom he likes (domain: direct choice is for social funds only)."""

Switched = Mapping[Fund, Collection[Method]]
"""What a rulebook has switched on for each kind of funds."""

SCORED = frozenset({Method.WEIGHTED, Method.PROPOSAL})
"""Ways in which people judge: of social funds reviewers whom the owner names (ADR 0055), of public money experts
who are drawn from a pool; where the rulebook says of none, these ways are not open to it (ADR 0067)."""


class Standing(enum.StrEnum):
    """How a way stands for a kind of funds."""

    OPEN = "open"
    NEVER = "never"
    NO_POOL = "no_pool"
    NO_ARTICLE = "no_article"
    NO_MARKS = "no_marks"
    NOT_ON = "not_on"
    NOT_BUILT = "not_built"


Shut = Mapping[tuple[Method, Fund], Standing]
"""What a rulebook lacks beside the switch, and why the way is shut without it."""
NOTHING: Shut = {}


def standing(
    method: Method,
    fund: Fund,
    switched: Switched,
    built: Collection[Method],
    shut: Shut = NOTHING,
) -> Standing:
    """How a way stands for funds; the reason that no document of the place can change comes first."""
    if method is Method.DIRECT and fund in PUBLIC:
        return Standing.NEVER
    if (method, fund) in shut:
        return shut[method, fund]
    if method not in switched.get(fund, ()):
        return Standing.NOT_ON
    return Standing.OPEN if method in built else Standing.NOT_BUILT


def by_credit(*, has_article: bool, has_marks: bool) -> Shut:
    """What shuts 信用择优: marks that are off, and for public money that no provincial measure is named
    which prescribes it (past performance here; 政府采购法实施条例 20).
    """
    if not has_marks:
        return {(Method.CREDIT_SHORTLIST, fund): Standing.NO_MARKS for fund in Fund}
    if has_article:
        return NOTHING
    return {(Method.CREDIT_SHORTLIST, fund): Standing.NO_ARTICLE for fund in PUBLIC}


def by_jurors(*, has_pool: bool) -> Shut:
    """What shuts the ways in which people judge: for public money that the place has no pool of experts."""
    if has_pool:
        return NOTHING
    return {(method, fund): Standing.NO_POOL for method in SCORED for fund in PUBLIC}


def table(
    switched: Switched, built: Collection[Method], shut: Shut = NOTHING
) -> dict[Method, dict[Fund, Standing]]:
    """How every way stands for every kind of funds."""
    return {
        method: {fund: standing(method, fund, switched, built, shut) for fund in Fund}
        for method in Method
    }


def open_to_some(
    switched: Switched, built: Collection[Method], shut: Shut = NOTHING
) -> list[Method]:
    """The ways that some money may take: what a form offers, in the order of the table."""
    found = table(switched, built, shut)
    return [method for method in Method if Standing.OPEN in found[method].values()]
