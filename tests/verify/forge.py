"""Make evidence files with test keys: honest ones and forged ones, properly signed, so that only
one rule can refuse them.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verify.zjcs import draw as protocol
from verify.zjcs import merkle, note
from verify.zjcs.canonical import jcs
from verify.zjcs.case import Case, Leaf, View
from verify.zjcs.faults import Fault
from verify.zjcs.keys import Keys
from verify.zjcs.sources import lost_text

DRAW = "XQ-360481-2023-00001"
ROUNDS = {
    657413: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    10024141: "8c87caf26bb4f5e9fdfad5ddf739ff8683344f8cf04a8c381225ff067557b5d9d51937eed765fcef21971bf5ddef44bb",
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
}
DRAW_AT = 1694775600  # its quicknet round, 657413, is a real one
PERIOD = 60
DRAND = {"id": "drand-quicknet", "kind": "drand", "chain": protocol.DRAND_CHAIN}

Change = Callable[["Forge"], object]  # what it gives back counts for nothing


def signer(name: str) -> note.Signer:
    """A test key that anybody can recompute from its name."""
    return note.Signer(
        name,
        Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"test key " + name.encode()).digest()),
    )


LOG, REGULATOR, INSPECTOR, STRANGER = map(
    signer, ("zjcs.test/log/2023", "regulator.test/w1", "inspector.test/w1", "stranger.test/w1")
)


def number_hex(text: str, size: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:size]


@functools.cache
def inclusion(hashes: tuple[bytes, ...], index: int) -> list[bytes]:
    """Inclusion proof by the recursion of RFC 6962 2.1.1."""
    if len(hashes) == 1:
        return []
    k = 1 << ((len(hashes) - 1).bit_length() - 1)
    if index < k:
        return [*inclusion(hashes[:k], index), root(hashes[k:])]
    return [*inclusion(hashes[k:], index - k), root(hashes[:k])]


def consistency(hashes: tuple[bytes, ...], size: int, whole: bool = True) -> list[bytes]:
    """Consistency proof by the recursion of RFC 6962 2.1.2."""
    if size == len(hashes):
        return [] if whole else [root(hashes)]
    k = 1 << ((len(hashes) - 1).bit_length() - 1)
    if size <= k:
        return [*consistency(hashes[:k], size, whole), root(hashes[k:])]
    return [*consistency(hashes[k:], size - k, False), root(hashes[:k])]


@functools.cache
def root(hashes: tuple[bytes, ...]) -> bytes:
    """Merkle tree hash by the recursion of RFC 6962 2.1."""
    if not hashes:
        return merkle.EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << ((len(hashes) - 1).bit_length() - 1)
    return merkle.node_hash(root(hashes[:k]), root(hashes[k:]))


@dataclass
class Forge:
    """One draw's log in stages. Change what you like, then `evidence()`; what is left out is made
    honestly.
    """

    entrants: int = 5
    draw_at: int = DRAW_AT
    level: str = "S1"
    stages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    chains: dict[str, protocol.Chain] = field(default_factory=dict)
    seal_times: dict[note.Signer, int] = field(default_factory=dict)
    final_times: dict[note.Signer, int] = field(default_factory=dict)
    closed_times: dict[note.Signer, int] = field(default_factory=dict)
    witnesses: list[note.Signer] = field(default_factory=lambda: [REGULATOR])
    sealed_size: int | None = None
    log: note.Signer = LOG
    spell: Callable[[dict[str, Any]], bytes] = jcs
    arrange: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = list
    twist: list[Callable[[dict[str, Any]], None]] = field(
        default_factory=list
    )  # of the finished file
    twist_result: list[Callable[[dict[str, Any]], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        genesis = self.draw_at - 100 * PERIOD
        for source in ("op-chain-1", "reg-chain-1"):
            secret = hashlib.sha256(b"test chain " + source.encode()).digest()
            self.chains[source] = protocol.Chain(source, 5000, genesis, PERIOD, secret)
        close = self.close
        self.seal_times = {REGULATOR: close + 10}
        self.final_times = {REGULATOR: 0}  # 0: 30 s after whatever is the latest instant
        self.stages = {
            "anchors": [chain.anchor_leaf() for chain in self.chains.values()],
            "notice": [self.make_notice()],
            "amended": [],
            "entries": [self.entry(no) for no in range(1, self.entrants + 1)],
            "closed": [],
            "parts": [],
            "seal": [
                self.leaf(
                    "entries.sealed",
                    at=close + 5,
                    entrants=[self.row(no) for no in range(1, self.entrants + 1)],
                )
            ],
            "between": [],
            "values": [],
            "result": [],
            "after": [],
        }

    @property
    def close(self) -> int:
        return self.draw_at - 600

    @property
    def notice(self) -> dict[str, Any]:
        return (self.stages["amended"] or self.stages["notice"])[-1]

    @property
    def seal(self) -> dict[str, Any]:
        return self.stages["seal"][0]

    def leaf(self, type: str, **fields: Any) -> dict[str, Any]:
        return {"v": 1, "type": type, "draw": DRAW, **fields}

    def make_notice(self) -> dict[str, Any]:
        sources = [{"id": source, "kind": "chain", "slot": 100} for source in self.chains]
        return self.leaf(
            "notice.published",
            alg="zjcs-draw/1",
            draw_at=self.draw_at,
            entry_close=self.close,
            notice_sha256=number_hex("notice", 64),
            reserves=2,
            sources=sources,
            winners=1,
        )

    def row(self, no: int, **quote: Any) -> dict[str, Any]:
        quote = quote or {"quote_fen": 1_000_000 + no}
        return {
            "no": no,
            "nonce": number_hex(f"nonce {no}", 32),
            "ref": f"A{no:06d}",
            "salt": number_hex(f"salt {no}", 32),
            **quote,
        }

    def entry(self, no: int, **quote: Any) -> dict[str, Any]:
        row = self.row(no, **quote)
        commit = protocol.commitment(row["salt"], protocol.opening(DRAW, row))
        return self.leaf("entry.received", at=self.close - 1000 + no % 900, commit=commit, no=no)

    def requote(self, no: int, **quote: Any) -> None:
        """Give one entrant another quote, in entry and seal alike."""
        self.stages["entries"][no - 1] = self.entry(no, **quote)
        self.seal["entrants"][no - 1] = self.row(no, **quote)

    def value(self, source: str, slot: int) -> dict[str, Any]:
        chain = self.chains[source]
        return {
            "v": 1,
            "type": "source.value",
            "source": source,
            "slot": slot,
            "value": protocol.value_at(chain.secret, chain.n, slot),
        }

    def drand(self, number: int, source: str = "drand-quicknet") -> dict[str, Any]:
        signature = ROUNDS[number]
        return {
            "v": 1,
            "type": "source.value",
            "source": source,
            "round": number,
            "signature": signature,
            "value": hashlib.sha256(bytes.fromhex(signature)).hexdigest(),
        }

    def lost(self, source: str, slot: int, at: int, *signers: note.Signer) -> dict[str, Any]:
        """A signed loss of a chain."""
        text = lost_text(source, slot)
        lines = [each.sign(text) if each is LOG else each.cosign(text, at) for each in signers]
        return {
            "v": 1,
            "type": "source.lost",
            "source": source,
            "slot": slot,
            "at": at,
            "by": "operator",
            "reason": "MACHINE_LOST",
            "note": note.format_note(text, lines),
        }

    def with_drand(self) -> None:
        """Add quicknet as a third source, honestly."""
        self.notice["sources"].append({**DRAND, "round": protocol.drand_round(self.draw_at)})
        self.level = "S2"
        self.fill_values()
        self.stages["values"].append(self.drand(protocol.drand_round(self.draw_at)))

    def fill_values(self) -> None:
        """The honest values of both chains for the draw's instant."""
        owner = self.seal_times.get(REGULATOR)
        time = protocol.draw_time(self.notice["draw_at"], [owner] if owner else [])
        self.stages["values"] = [
            self.value(source, protocol.slot_for(time, chain.genesis, chain.period, chain.n))
            for source, chain in self.chains.items()
            if source in {plan["id"] for plan in self.notice["sources"]}
        ]

    # --- putting it together --------------------------------------------------------------
    def leaves(self) -> list[dict[str, Any]]:
        if not self.stages["values"]:
            self.fill_values()
        if not self.stages["result"]:
            self.stages["result"] = [self.result()]
        return self.arrange([leaf for stage in self.stages.values() for leaf in stage])

    def result(self) -> dict[str, Any]:
        """The result that follows from the leaves as they are, twisted afterwards when asked."""
        before = [
            leaf
            for name, stage in self.stages.items()
            if name not in ("result", "after")
            for leaf in stage
        ]
        case = self.case(self.arrange(before))
        refs = [ref for ref, _ in case.ranking]
        leaf = self.leaf(case.result_type, order=refs[: protocol.PART_ROWS], seed=case.seed)
        if case.result_type != "draw.result":
            leaf.update(at=case.time, winners=self.notice["winners"])
        if len(refs) > protocol.PART_ROWS:
            leaf["order_sha256"] = protocol.order_digest(refs)
        for twist in self.twist_result:
            twist(leaf)
        return leaf

    def case(self, leaves: list[dict[str, Any]]) -> Case:
        found = [
            Leaf(index, leaf, merkle.leaf_hash(self.spell(leaf)).hex())
            for index, leaf in enumerate(leaves)
        ]
        keys = Keys(
            LOG.name,
            (LOG.key(),),
            tuple(each.key(note.COSIGNATURE) for each in self.witnesses),
            {},
            {"reg-chain-1": REGULATOR.name},
            pinned=True,
        )
        times = {each.name: time for each, time in self.seal_times.items()}
        for witness in (
            self.witnesses
        ):  # a forged seal may lack its cosignature; the seed does not depend on it
            times.setdefault(witness.name, self.close + 10)
        return Case(DRAW, keys, found, seal_view=View(0, times))

    def checkpoint(self, hashes: list[bytes], size: int, times: dict[note.Signer, int]) -> str:
        text = note.Checkpoint(LOG.name, size, root(tuple(hashes[:size]))).text
        lines = [self.log.sign(text), *(each.cosign(text, time) for each, time in times.items())]
        return note.format_note(text, lines)

    def view(
        self,
        hashes: list[bytes],
        index: int,
        times: dict[note.Signer, int],
        size: int | None = None,
    ) -> dict[str, Any]:
        size = size or index + 1
        return {
            "checkpoint": self.checkpoint(hashes, size, times),
            "inclusion": [part.hex() for part in inclusion(tuple(hashes[:size]), index)],
            "consistency": [part.hex() for part in consistency(tuple(hashes), size)],
        }

    def data(self) -> list[bytes]:
        """The log's leaves as bytes."""
        return [self.spell(leaf) for leaf in self.leaves()]

    def evidence(self) -> dict[str, Any]:
        """The whole file."""
        leaves = self.leaves()
        data = [self.spell(leaf) for leaf in leaves]
        hashes = list(map(merkle.leaf_hash, data))
        kinds = [leaf["type"] for leaf in leaves]
        seed, ranking = self.ranking(leaves)
        file = {
            "protocol": "zjcs-draw/1",
            "draw": DRAW,
            "level": self.level,
            "log": {
                "origin": LOG.name,
                "vkey": LOG.key().vkey,
                "witnesses": [each.key(note.COSIGNATURE).vkey for each in self.witnesses],
            },
            "leaves": [{"index": index, "utf8": each.decode()} for index, each in enumerate(data)],
            "proofs": {
                str(index): [part.hex() for part in inclusion(tuple(hashes), index)]
                for index in range(len(data))
            },
            "checkpoint": self.checkpoint(hashes, len(data), self.final(leaves)),
            "seal": self.view(
                hashes, kinds.index("entries.sealed"), self.seal_times, self.sealed_size
            ),
            "seed": seed,
            "order": [
                {"ref": ref, **({"ticket": ticket} if ticket else {})} for ref, ticket in ranking
            ],
        }
        if "entries.closed" in kinds:
            file["closed"] = self.view(
                hashes,
                kinds.index("entries.closed"),
                self.closed_times or {REGULATOR: self.close + 4},
            )
        for twist in self.twist:
            twist(file)
        return file

    def final(self, leaves: list[dict[str, Any]]) -> dict[note.Signer, int]:
        """When the last head was cosigned."""
        latest = max([self.draw_at, *(leaf["at"] for leaf in leaves if "at" in leaf)])
        return {each: time or latest + 30 for each, time in self.final_times.items()}

    def ranking(self, leaves: list[dict[str, Any]]) -> tuple[str, Sequence[tuple[str, str | None]]]:
        """Seed and order of the leaves; of leaves that allow none, something well-formed."""
        try:
            case = self.case(leaves)
            return case.seed, case.ranking
        except Fault:
            return "0" * 64, []

    def text(self) -> str:
        return json.dumps(self.evidence(), ensure_ascii=False)


def pinned_anchors(without: str = "", draw_at: int = DRAW_AT, **changes: Any) -> dict[str, Any]:
    """The whole anchors of both chains as the regulator publishes them, but one; `changes`: of a
    chain's name, fields.
    """
    found = {}
    for source, chain in Forge(draw_at=draw_at).chains.items():
        leaf = chain.anchor_leaf()
        whole = {key: leaf[key] for key in ("anchor", "genesis", "hash", "n", "period")}
        found[source] = whole | changes.get(source, {})
    found.pop(without, None)
    return found


def keys_json(draw_at: int = DRAW_AT, **changes: Any) -> str:
    """The regulator's keys.json of the test log, whose chains begin before `draw_at`."""
    value = {
        "origin": LOG.name,
        "log": [LOG.key().vkey],
        "witnesses": [each.key(note.COSIGNATURE).vkey for each in (REGULATOR, INSPECTOR)],
        "anchors": pinned_anchors(draw_at=draw_at),
        "owner_of": {"reg-chain-1": REGULATOR.name},
    }
    return json.dumps({**copy.deepcopy(value), **changes})


def make(change: Change, **settings: Any) -> Forge:
    """A forge with one change made to it."""
    forge = Forge(**settings)
    change(forge)
    return forge
