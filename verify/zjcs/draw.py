"""`zjcs-draw/1` as pure functions: chains, slots, commitments, seed, tickets, order, assurance
level.

Hashes and values are lower-case hex strings, as they stand in leaves; a chain's secret is 32 raw
bytes; times are epoch seconds. Nothing here reads a clock, a file or a network: who calls says what
time it is.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .canonical import jcs
from .faults import Fault

PROTOCOL = "zjcs-draw/1"
PROTOCOL_2 = "zjcs-draw/2"  # all that is new (ADR 0018)
RANKED_2 = "zjcs-rank/2"  # the same leaves, for ways of selecting other than a random draw
TICKET = "zjcs-draw/1/ticket"
GAP = 60  # seconds between the last needed cosignature of the seal and the instant T of the draw
DRAND_CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"  # quicknet
DRAND_GENESIS = 1692803367
DRAND_PERIOD = 3
PATIENCE = 24 * 3600  # how long a value may be late before its source can be called lost or failed
FALLBACK_DELAY = 3600  # a fallback's value is published later than the failure's leaf by this much
CLOSED_WITHIN = 120  # entries.closed is cosigned within this time of the close
BREAKS = 25  # days of a year, at the most, on which no lottery is drawn
PART_ROWS = 256  # above this many opened entries the sealed list goes into entries.part leaves

R = TypeVar("R")

REF = re.compile(r"A([0-9]{6}|[1-9][0-9]{6,})")
REFS = re.compile(rf"{REF.pattern}(?:\n{REF.pattern})*")
HEX32, HEX64, HEX96 = (re.compile(rf"[0-9a-f]{{{size}}}") for size in (32, 64, 96))
QUOTES = ("quote_fen", "rate_bp", "quote_commit")
DOCUMENTS = ("proposal", "proposal_b")
"""What an opening says beside the quote of a way whose proposals are files: their digests (hex)."""
RESPONSE = "response"
"""What an opening says beside the quote where days are scored: in how many the work is done."""


# --- hash chains --------------------------------------------------------------------------
def value_at(secret: bytes, n: int, slot: int) -> str:
    """Value of `slot` in the chain of `n` slots: H^(n-slot)(secret); slot 0 is the anchor.

    The first call for a chain hashes it through (0.3 s for half a million slots), later ones about
    n / 1024 hashes. Never publish the value of a slot that is not due: see `Chain.due_value`.
    """
    if len(secret) != 32 or not 0 <= slot <= n:
        raise Fault("chain.slot", slot=slot, n=n)
    step, rungs = _ladder(secret, n)
    rung, rest = divmod(n - slot, step)
    return _iterate(rungs[rung], rest).hex()


@functools.lru_cache(maxsize=4)
def _ladder(secret: bytes, n: int) -> tuple[int, list[bytes]]:
    """(step, rungs): the chain after 0, step, 2 * step, ... hashes of its secret, some thousand
    rungs in all.
    """
    step = n // 1024 + 1
    rungs = [secret]
    for _ in range(n // step):
        rungs.append(_iterate(rungs[-1], step))
    return step, rungs


def check_chain_value(value: str, slot: int, anchor: str, known_slot: int = 0) -> None:
    """Hold that `value` is the chain's value of `slot`: hashed down it gives `anchor`.

    `anchor` may also be an already checked value of an earlier slot, `known_slot`. Raises Fault
    `value.anchor`. What was proved before in this process is a nearer anchor: a whole log costs one
    walk down each chain.
    """
    if not HEX64.fullmatch(value) or not 0 <= known_slot <= slot:
        raise Fault("value.anchor", slot=slot)
    proved = _PROVED.setdefault((anchor, known_slot), {known_slot: anchor})
    below = max(known for known in proved if known <= slot)
    if _iterate(bytes.fromhex(value), slot - below).hex() != proved[below]:
        raise Fault("value.anchor", slot=slot, value=value, anchor=anchor)
    proved[slot] = value


_PROVED: dict[tuple[str, int], dict[int, str]] = {}
"""(anchor, its slot) -> slot -> value that was hashed down to it."""


def hash_down(value: str, times: int) -> str:
    """The value of the slot `times` before that of `value`: a later value gives every earlier one."""
    return _iterate(bytes.fromhex(value), times).hex()


def _iterate(value: bytes, times: int) -> bytes:
    sha256 = hashlib.sha256
    for _ in range(times):
        value = sha256(value).digest()
    return value


@dataclass(frozen=True)
class Chain:
    """A chain of random values with its secret; slot k is due at genesis + k * period (epoch
    seconds).
    """

    source: str
    n: int
    genesis: int
    period: int
    secret: bytes

    def __repr__(self) -> str:
        return f"Chain({self.source!r}, n={self.n}, genesis={self.genesis}, period={self.period})"

    def anchor_leaf(self) -> dict[str, Any]:
        """The `source.anchor` leaf that makes this chain public before any notice names it."""
        return {
            "v": 1,
            "type": "source.anchor",
            "source": self.source,
            "hash": "sha256",
            "n": self.n,
            "genesis": self.genesis,
            "period": self.period,
            "anchor": value_at(self.secret, self.n, 0),
        }

    def due_at(self, slot: int) -> int:
        """Instant before which the value of `slot` must not leave this machine."""
        return self.genesis + slot * self.period

    def due_value(self, slot: int, now: float) -> str:
        """Value of a slot that is due at `now`. Raises Fault `chain.slot` or `chain.not_due` (with
        `due`).
        """
        if not 1 <= slot <= self.n:
            raise Fault("chain.slot", slot=slot, n=self.n)
        if now < self.due_at(slot):
            raise Fault("chain.not_due", slot=slot, due=self.due_at(slot))
        return value_at(self.secret, self.n, slot)


# --- times --------------------------------------------------------------------------------
def slot_for(time: int, genesis: int, period: int, n: int) -> int:
    """First slot due at or after `time`. Raises Fault `slot.range` outside 1..n."""
    slot = -((genesis - time) // period)
    if not 1 <= slot <= n:
        raise Fault("slot.range", time=time, slot=slot, n=n)
    return slot


def drand_round(time: int) -> int:
    """First quicknet round strictly later than `time`."""
    return (time - DRAND_GENESIS) // DRAND_PERIOD + 2


def drand_time(number: int) -> int:
    """Instant at which a quicknet round is published."""
    return DRAND_GENESIS + (number - 1) * DRAND_PERIOD


def draw_time(draw_at: int, owner_times: Iterable[int]) -> int:
    """T of rule 2: `draw_at`, or 60 s after the last chain owner's first cosignature of the seal
    when that was late.
    """
    return max([draw_at, *(time + GAP for time in owner_times)])


# --- commitments --------------------------------------------------------------------------
def opening(draw: str, row: dict[str, Any]) -> dict[str, Any]:
    """What an entry's commitment covers, rebuilt from its row in the sealed list."""
    quote = {key: row[key] for key in (*QUOTES, *DOCUMENTS, RESPONSE) if key in row}
    return {"agency": row["ref"], "draw": draw, "nonce": row["nonce"], **quote}


def commitment(salt_hex: str, opening: dict[str, Any]) -> str:
    """Commitment of an entry: SHA-256("zjcs/entry/1\\n" || 16 salt bytes || JCS(opening))."""
    return _salted("zjcs/entry/1", salt_hex, opening)


def quote_commitment(salt_hex: str, quote: dict[str, int]) -> str:
    """`quote_commit` of rule 15, over {"quote_fen": n} or {"rate_bp": n}, with a salt of its own."""
    return _salted("zjcs/quote/1", salt_hex, quote)


def _salted(label: str, salt_hex: str, value: dict[str, Any]) -> str:
    if not HEX32.fullmatch(salt_hex):
        raise Fault("salt.spelling", rule=1)
    return hashlib.sha256(label.encode() + b"\n" + bytes.fromhex(salt_hex) + jcs(value)).hexdigest()


# --- seed, tickets, order -----------------------------------------------------------------
def seed_text(
    draw: str, notice_leaf: str, seal_leaf: str, sources: Sequence[dict[str, Any]]
) -> str:
    """The text whose SHA-256 is the seed, for showing and for checking by hand.

    `notice_leaf` and `seal_leaf` are leaf hashes; `sources` in the notice's order, then used
    fallbacks, each {"id","slot","value"}, {"id","round","value"}, {"id","issue","value"} or
    {"id","failed_leaf"}.
    """
    transcript = {
        "draw": draw,
        "notice_leaf": notice_leaf,
        "seal_leaf": seal_leaf,
        "sources": list(sources),
    }
    return "zjcs-draw/1/seed\n" + jcs(transcript).decode()


def seed(draw: str, notice_leaf: str, seal_leaf: str, sources: Sequence[dict[str, Any]]) -> str:
    """Seed of the draw (hex)."""
    return hashlib.sha256(seed_text(draw, notice_leaf, seal_leaf, sources).encode()).hexdigest()


def ticket(seed_hex: str, ref: str, label: str = TICKET) -> str:
    """Ticket of one entrant (hex); other uses of a seed change the label (`zjcs-draw/1/tie`,
    `.../experts`).
    """
    return hashlib.sha256(f"{label}\n{seed_hex}\n{ref}".encode()).hexdigest()


def recipe(seed_hex: str, ref: str, label: str = TICKET) -> str:
    """The one line with which anybody recomputes a ticket in a shell."""
    return f"printf '{label}\\n%s\\n%s' {seed_hex} {ref} | sha256sum"


def order(seed_hex: str, refs: Sequence[str], label: str = TICKET) -> list[tuple[str, str]]:
    """Full ranking as (ref, ticket), ascending by ticket. Raises Fault for a misspelt or repeated
    ref.
    """
    if not HEX64.fullmatch(seed_hex):
        raise Fault("seed.spelling", rule=1)
    if not refs:
        return []
    lines = "\n".join(refs)  # One match and one encoding for all are quicker than one for each.
    if lines.count("\n") != len(refs) - 1 or not REFS.fullmatch(lines):
        raise Fault("ref.spelling", rule=1, ref=next(ref for ref in refs if not REF.fullmatch(ref)))
    start = f"{label}\n{seed_hex}\n".encode()
    sha256 = hashlib.sha256
    tickets = [sha256(start + name).hexdigest() for name in lines.encode().split(b"\n")]
    owners = dict(zip(tickets, refs, strict=True))
    if len(owners) != len(refs):
        raise Fault("ref.twice", refs=len(refs))
    return [(owners[number], number) for number in sorted(tickets)]


def order_digest(refs: Sequence[str]) -> str:
    """`order_sha256` of rule 14: SHA-256 of the JCS array of all refs in order."""
    return hashlib.sha256(jcs(list(refs))).hexdigest()


def in_parts(rows: Sequence[R]) -> list[list[R]]:
    """Rows as leaves carry them: PART_ROWS at a time."""
    return [list(rows[start : start + PART_ROWS]) for start in range(0, len(rows), PART_ROWS)]


def order_said(refs: Sequence[str]) -> dict[str, Any]:
    """An order as a result's leaf says it: its first PART_ROWS refs, and of a longer one the digest of
    all (rule 14).
    """
    is_long = len(refs) > PART_ROWS
    return {
        "order": list(refs[:PART_ROWS]),
        "order_sha256": order_digest(refs) if is_long else None,
    }


def winners(refs: Sequence[str], skipped: Iterable[str], count: int) -> list[str]:
    """The first `count` ranks that are not skipped."""
    gone = set(skipped)
    return [ref for ref in refs if ref not in gone][:count]


def level(
    independent_chains: int, cosigned_in_time: bool, beacon: bool, timely_witnesses: int
) -> str:
    """Assurance level of rule 8. `beacon`: a drand or lottery value is in the seed."""
    if independent_chains < 2 or not cosigned_in_time:
        return "S0"
    if not beacon:
        return "S1"
    return "S3" if timely_witnesses >= 2 else "S2"


# --- lottery ------------------------------------------------------------------------------
def lottery_value(issue: str, numbers: Sequence[int]) -> str:
    """Value of a 快乐8 issue (RFC 3797 section 4 style): `kl8/<issue>/<20 ascending numbers>/`."""
    text = f"kl8/{issue}/" + ".".join(str(number) for number in sorted(numbers)) + "/"
    check_lottery_value(issue, text)
    return text


def check_lottery_value(issue: str, value: str) -> None:
    """Hold that a lottery value has its one spelling: 7-digit issue, 20 different numbers of 1..80,
    ascending.
    """
    match = re.fullmatch(r"kl8/(20[0-9]{5})/([0-9.]+)/", value)
    numbers = match[2].split(".") if match else []
    if (
        not match
        or match[1] != issue
        or len(numbers) != 20
        or any(not re.fullmatch(r"[1-9][0-9]?", number) for number in numbers)
        or any(int(a) >= int(b) for a, b in itertools.pairwise(numbers))
        or int(numbers[-1]) > 80
    ):
        raise Fault("value.lottery", rule=1, issue=issue, value=value)


def may_be_first_issue(issue: str, time: int) -> bool:
    """Whether an issue of 快乐8 can be the first one drawn after `time` (epoch seconds).

    There is one a day but for the festival breaks, and numbers begin anew each year: issue n is drawn
    on the n-th day of its year at the earliest, and `BREAKS` days later at the latest.
    """
    local = dt.datetime.fromtimestamp(time, dt.UTC) + dt.timedelta(hours=8)  # China has no other
    asked = local.date()
    first = dt.date(int(issue[:4]), 1, 1) + dt.timedelta(days=int(issue[4:]) - 1)
    breaks = dt.timedelta(days=BREAKS)
    return int(issue[4:]) >= 1 and asked - breaks <= first <= asked + breaks
