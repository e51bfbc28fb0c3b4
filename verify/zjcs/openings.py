"""What stands inside a quote's box: its one spelling, its commitment, and the bounds of the notice.

Amounts are in fen, rates in basis points below the ceiling.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from . import score
from .boxes import Unopened
from .canonical import jcs, parse_canonical
from .draw import DOCUMENTS, HEX32, HEX64, RESPONSE, commitment
from .faults import Fault

UNDO = "zjcs/withdraw/1"
FEN = "quote_fen"
RATE = "rate_bp"
MOST = {FEN: 10**15, RATE: 9999}
LEAST = {FEN: 1, RATE: 0}
MOST_DAYS = 3650
REASONS = (
    "box_hash",
    "box_shape",
    "box_other",
    "share_open",
    "piece_commit",
    "payload_open",
    "padding",
    "opening_shape",
    "opening_other",
    "commit",
    "proposal_hash",
    "proposal_kind",
)
"""Why an entry stands among the unopened, in the order of the steps. `box_hash` is the operator's fault."""


class Rule(NamedTuple):
    """What a notice asks of a quote: `quote_fen` or `rate_bp`, and the bounds in fen."""

    kind: str
    floor: int | None
    ceiling: int | None


class Expected(NamedTuple):
    """Whose opening it must be. `commit` (hex) stands in `entry.received`. `has_response`: a
    promise of days stands in it, as the notice asks.
    """

    agency: str
    draw: str
    commit: str
    has_proposal: bool = False
    has_response: bool = False


def data_of(opening: dict[str, Any]) -> bytes:
    """The content of a quote's box: the opening with its salt, in its one spelling."""
    return jcs(opening)


def commit_of(opening: dict[str, Any]) -> str:
    """The commitment (hex) of an opening with its salt."""
    return commitment(opening["salt"], {key: opening[key] for key in opening if key != "salt"})


def undo_of(token: bytes) -> str:
    """The hash (hex) that `entry.received` carries of the 32 bytes that withdraw the entry."""
    return hashlib.sha256(f"{UNDO}\n".encode() + token).hexdigest()


def read(data: bytes, expected: Expected, kind: str) -> dict[str, Any]:
    """The opening inside a quote's box. Raises Unopened `opening_shape`, `opening_other`, `commit`."""
    try:
        opening = parse_canonical(data)
    except Fault:
        raise Unopened("opening_shape") from None
    if not _is_opening(opening):
        raise Unopened("opening_shape")
    is_own = (opening["agency"], opening["draw"]) == (expected.agency, expected.draw)
    if (RESPONSE in opening) != expected.has_response:
        raise Unopened("opening_other")
    if not is_own or kind not in opening or ("proposal" in opening) != expected.has_proposal:
        raise Unopened("opening_other")
    if "proposal_b" in opening and not expected.has_proposal:
        raise Unopened("opening_other")
    if commit_of(opening) != expected.commit:
        raise Unopened("commit")
    return opening


def _is_opening(opening: object) -> bool:
    """Exactly the keys of an opening, each in its one spelling."""
    if not isinstance(opening, dict):
        return False
    quotes = [key for key in (FEN, RATE) if key in opening]
    optional = [key for key in (*DOCUMENTS, RESPONSE) if key in opening]
    if len(quotes) != 1 or set(opening) != {
        "agency",
        "draw",
        "nonce",
        "salt",
        *quotes,
        *optional,
    }:
        return False
    kind = quotes[0]
    amount = opening[kind]
    response = opening.get(RESPONSE, 1)
    return (
        all(isinstance(opening[key], str) for key in ("agency", "draw"))
        and all(_is_hex(opening[key], HEX32) for key in ("nonce", "salt"))
        and all(_is_hex(opening[key], HEX64) for key in DOCUMENTS if key in opening)
        and type(amount) is int
        and LEAST[kind] <= amount <= MOST[kind]
        and type(response) is int
        and 1 <= response <= MOST_DAYS
    )


def _is_hex(value: object, pattern: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def amount_of(opening: dict[str, Any], rule: Rule) -> int:
    """The amount (fen) that an opening offers. A rate needs a ceiling."""
    if rule.kind == FEN:
        return int(opening[FEN])
    if rule.ceiling is None:
        raise Fault("quote.rule", kind=rule.kind)
    return score.amount_of(rule.ceiling, opening[RATE])


def outside(opening: dict[str, Any], rule: Rule) -> str | None:
    """`below_floor`, `above_ceiling` or None: then the row stands among the listed."""
    amount = amount_of(opening, rule)
    if rule.floor is not None and amount < rule.floor:
        return "below_floor"
    if rule.ceiling is not None and amount > rule.ceiling:
        return "above_ceiling"
    return None
