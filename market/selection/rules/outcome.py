"""How many entrants a selection needs, why it fails, and who follows one who drops out
(docs/rules.md#decision-13, docs/rules.md#decision-14). Pure.
"""

import enum
from collections.abc import Mapping, Sequence

from market.selection.rules.states import GONE, Rank
from market.selection.rules.terms import Fund


class Failure(enum.StrEnum):
    """Why a selection failed (选取失败); each is published with the notice."""

    NO_ENTRANT = "NO_ENTRANT"
    TOO_FEW = "TOO_FEW"
    ALL_INELIGIBLE = "ALL_INELIGIBLE"
    OWNER_NO_CHOICE = "OWNER_NO_CHOICE"
    SYSTEM_FAULT = "SYSTEM_FAULT"
    SOURCE_LOST = "SOURCE_LOST"
    CANCELLED = "CANCELLED"
    ANNULLED_BY_DECISION = "ANNULLED_BY_DECISION"
    ORDER_EXHAUSTED = "ORDER_EXHAUSTED"


def least_entrants(fund: Fund, listing: int, by_fund: Mapping[Fund, int], relisted: int) -> int:
    """The minimum of entrants: by kind of funds at first, never more than `relisted` from the
    second listing on.
    """
    return by_fund[fund] if listing == 1 else min(by_fund[fund], relisted)


def failure(received: int, listed: int, least: int) -> Failure | None:
    """Why a list that was sealed cannot be drawn; None when it can. Counts: entries not withdrawn,
    entries listed.
    """
    if received == 0:
        return Failure.NO_ENTRANT
    if listed == 0:
        return Failure.ALL_INELIGIBLE
    return Failure.TOO_FEW if listed < least else None


def standing_of(rank: int, winners: int, reserves: int) -> Rank:
    """What a fresh rank means: proposed, reserve, or not selected (who still follows when all
    before him drop out).
    """
    if rank <= winners:
        return Rank.PROPOSED
    return Rank.RESERVE if rank <= winners + reserves else Rank.NOT_SELECTED


def next_in_order(states: Sequence[Rank]) -> int | None:
    """The place (from 0) of the first rank that has not dropped out; None when the order is
    exhausted.
    """
    return next((place for place, state in enumerate(states) if state not in GONE), None)
