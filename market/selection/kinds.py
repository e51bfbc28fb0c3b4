"""How one selects, whose money it is, why it failed: the kinds that every room and every way share.
Pure, and the lowest of the folder.
"""

import enum


class Method(enum.StrEnum):
    """How one is selected (docs/rules.md#methods). Which money may take which: notices' rules/ways."""

    RANDOM = "random"
    WEIGHTED = "weighted"
    PROPOSAL = "proposal"
    CREDIT_SHORTLIST = "credit_shortlist"
    LOWEST = "lowest"
    AVERAGE = "average"
    AUCTION_ROUNDS = "auction_rounds"
    AUCTION_LIVE = "auction_live"
    DIRECT = "direct"


FIXED = "fixed"
"""What a notice keeps under `price` where its ceiling is the price for everybody."""


AUCTIONS = frozenset({Method.AUCTION_ROUNDS, Method.AUCTION_LIVE})
"""The ways in which one enters without a quote and bids afterwards."""


class Fund(enum.StrEnum):
    """Whose money it is (docs/rules.md#decision-9)."""

    FISCAL = "fiscal"
    STATE = "state"
    SOCIAL = "social"


class Failure(enum.StrEnum):
    """Why a selection failed (选取失败); each is published with the notice."""

    NO_ENTRANT = "NO_ENTRANT"
    TOO_FEW = "TOO_FEW"
    ALL_INELIGIBLE = "ALL_INELIGIBLE"
    ALL_BELOW_MARK = "ALL_BELOW_MARK"
    ALL_QUOTES_INVALID = "ALL_QUOTES_INVALID"
    NO_JURORS = "NO_JURORS"
    OWNER_NO_CHOICE = "OWNER_NO_CHOICE"
    NONE_ACCEPTED = "NONE_ACCEPTED"
    SYSTEM_FAULT = "SYSTEM_FAULT"
    SOURCE_LOST = "SOURCE_LOST"
    CANCELLED = "CANCELLED"
    ANNULLED_BY_DECISION = "ANNULLED_BY_DECISION"
    ORDER_EXHAUSTED = "ORDER_EXHAUSTED"
    NOT_SIGNED = "NOT_SIGNED"
