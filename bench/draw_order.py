"""The draw of 10,000 entrants against its hashing; and the sealed list that it draws from against
its own.

The draw is what happens when the last value is known: the seed, every ticket, the order and its
digest. The list is older: every commitment from its opening, the list in its parts, the leaf of the
seal; a verifier goes through both. Each floor hashes the same bytes, written down beforehand.
Opening the sealed quotes and writing the rows are not in it.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from bench.harness import Result, at_most, cpu
from verify.zjcs import draw as protocol
from verify.zjcs.canonical import jcs
from verify.zjcs.merkle import leaf_hash

ENTRANTS = 10_000
GOAL = 3.0
LIST_GOAL = (
    15.0  # our own: most of it is canonical JSON, written by the standard library for every entrant
)
DRAW = "XQ-360481-2026-00012"
AT = 1_772_600_000
SOURCES = [
    {"id": "op-chain-1", "slot": 7, "value": "11" * 32},
    {"id": "reg-chain-1", "slot": 7, "value": "22" * 32},
]


def run(quick: bool) -> Iterator[Result]:
    """Two rows."""
    rows = [entrant(number) for number in range(1, ENTRANTS + 1)]
    refs = [row["ref"] for row in rows]
    leaf = sealed(rows)
    yield at_most(
        f"draw of {ENTRANTS:,}: seed, tickets, order",
        cpu(lambda: draw(refs, leaf), 5),
        cpu(hashing(drawn_texts(refs, leaf)), 5),
        times=GOAL,
        quick=quick,
    )
    yield at_most(
        f"draw of {ENTRANTS:,}: its sealed list",
        cpu(lambda: sealed(rows)),
        cpu(hashing(sealed_texts(rows))),
        times=LIST_GOAL,
        quick=quick,
    )


def entrant(number: int) -> dict[str, Any]:
    """A row of the sealed list."""
    return {
        "no": number,
        "nonce": f"{number:032x}",
        "quote_fen": 1_000_000 + number,
        "ref": f"A{number:06d}",
        "salt": f"{number * 7:032x}",
    }


def draw(refs: list[str], seal_leaf: str) -> str:
    """The digest of these entrants' order, by the functions that the product and the verifiers
    share.
    """
    seed = protocol.seed(DRAW, "33" * 32, seal_leaf, SOURCES)
    return protocol.order_digest([ref for ref, _ in protocol.order(seed, refs)])


def sealed(rows: list[dict[str, Any]]) -> str:
    """The leaf of the seal (its hash): every commitment, every part of the list (rule 14)."""
    for row in rows:
        protocol.commitment(row["salt"], protocol.opening(DRAW, row))
    return leaf_hash(jcs(seal([leaf_hash(jcs(part)).hex() for part in parts(rows)]))).hex()


def parts(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The leaves `entries.part`."""
    for number, start in enumerate(range(0, len(rows), protocol.PART_ROWS), 1):
        yield {
            "v": 1,
            "type": "entries.part",
            "draw": DRAW,
            "part": number,
            "entrants": rows[start : start + protocol.PART_ROWS],
        }


def seal(hashes: list[str]) -> dict[str, Any]:
    return {
        "v": 1,
        "type": "entries.sealed",
        "draw": DRAW,
        "at": AT,
        "count": ENTRANTS,
        "parts": hashes,
    }


def drawn_texts(refs: list[str], seal_leaf: str) -> list[bytes]:
    """Everything that a draw hashes, as it is hashed: the seed's text, a ticket for each, the
    order.
    """
    seed = protocol.seed(DRAW, "33" * 32, seal_leaf, SOURCES)
    return [
        protocol.seed_text(DRAW, "33" * 32, seal_leaf, SOURCES).encode(),
        *(f"{protocol.TICKET}\n{seed}\n{ref}".encode() for ref in refs),
        jcs([ref for ref, _ in protocol.order(seed, refs)]),
    ]


def sealed_texts(rows: list[dict[str, Any]]) -> list[bytes]:
    """Everything that the list hashes: a commitment for each, the parts, the seal."""
    texts = [b"\0" + jcs(part) for part in parts(rows)]
    return [
        *(
            b"zjcs/entry/1\n" + bytes.fromhex(row["salt"]) + jcs(protocol.opening(DRAW, row))
            for row in rows
        ),
        *texts,
        b"\0" + jcs(seal([hashlib.sha256(text).hexdigest() for text in texts])),
    ]


def hashing(texts: list[bytes]) -> Callable[[], object]:
    return lambda: [hashlib.sha256(text).hexdigest() for text in texts]
