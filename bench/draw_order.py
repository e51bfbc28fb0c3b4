"""The draw of 10,000 entrants: what is hashed, ordered and put into leaves, against the hashing alone.

The protocol's own work (`zjcs-draw/1`): every commitment from its opening, the sealed list in its parts, the seed, every
ticket, the order and its digest. The floor hashes the same bytes, written down beforehand. Opening the sealed quotes and
writing the rows are not in it.
"""
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from bench.harness import Result, at_most, cpu
from verify.zjcs import draw as protocol
from verify.zjcs.canonical import jcs
from verify.zjcs.merkle import leaf_hash

ENTRANTS, GOAL = 10_000, 3.0
DRAW, AT = "XQ-360481-2026-00012", 1_772_600_000
SOURCES = [{"id": "op-chain-1", "slot": 7, "value": "11" * 32}, {"id": "reg-chain-1", "slot": 7, "value": "22" * 32}]


def run(quick: bool) -> Iterator[Result]:
    """One row."""
    rows = [entrant(number) for number in range(1, ENTRANTS + 1)]
    texts = hashed(rows)
    yield at_most(f"draw of {ENTRANTS:,}: seal and order", cpu(lambda: draw(rows)), cpu(hashing(texts)), times=GOAL, quick=quick)


def entrant(number: int) -> dict[str, Any]:
    """A row of the sealed list."""
    return {"no": number, "nonce": f"{number:032x}", "quote_fen": 1_000_000 + number, "ref": f"A{number:06d}",
            "salt": f"{number * 7:032x}"}


def draw(rows: list[dict[str, Any]]) -> list[str]:
    """The order of these entrants, by the functions that the product and the verifier share."""
    for row in rows:
        protocol.commitment(row["salt"], protocol.opening(DRAW, row))
    seal_leaf = leaf_hash(jcs(sealed(parts(rows)))).hex()
    seed = protocol.seed(DRAW, "33" * 32, seal_leaf, SOURCES)
    refs = [ref for ref, _ in protocol.order(seed, [row["ref"] for row in rows])]
    protocol.order_digest(refs)
    return refs


def parts(rows: list[dict[str, Any]]) -> list[str]:
    """The hashes of the list's parts (rule 14)."""
    cuts = range(0, len(rows), protocol.PART_ROWS)
    return [leaf_hash(jcs(part(rows, number, start))).hex() for number, start in enumerate(cuts, 1)]


def part(rows: list[dict[str, Any]], number: int, start: int) -> dict[str, Any]:
    return {"v": 1, "type": "entries.part", "draw": DRAW, "part": number, "entrants": rows[start:start + protocol.PART_ROWS]}


def sealed(hashes: list[str]) -> dict[str, Any]:
    return {"v": 1, "type": "entries.sealed", "draw": DRAW, "at": AT, "count": ENTRANTS, "parts": hashes}


def hashed(rows: list[dict[str, Any]]) -> list[bytes]:
    """Everything that a draw hashes, as it is hashed: a commitment and a ticket for each, the parts, the seal, seed, digest."""
    texts = [b"zjcs/entry/1\n" + bytes.fromhex(row["salt"]) + jcs(protocol.opening(DRAW, row)) for row in rows]
    cuts = range(0, len(rows), protocol.PART_ROWS)
    texts += [b"\0" + jcs(part(rows, number, start)) for number, start in enumerate(cuts, 1)]
    texts.append(b"\0" + jcs(sealed(parts(rows))))
    seal_leaf = hashlib.sha256(texts[-1]).hexdigest()
    texts.append(protocol.seed_text(DRAW, "33" * 32, seal_leaf, SOURCES).encode())
    seed = hashlib.sha256(texts[-1]).hexdigest()
    texts += [f"{protocol.TICKET}\n{seed}\n{row['ref']}".encode() for row in rows]
    return [*texts, jcs(draw(rows))]


def hashing(texts: list[bytes]) -> Callable[[], object]:
    return lambda: [hashlib.sha256(text).hexdigest() for text in texts]
