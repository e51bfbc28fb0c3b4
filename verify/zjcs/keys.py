"""Whose keys the evidence is held to: pinned (`keys.json` from the regulator) or only claimed by
the file. Rule 13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import shapes
from .canonical import parse_file
from .faults import Fault, Undecided
from .leaves import TABLES
from .note import COSIGNATURE, ED25519, Key, parse_vkey

EVERY_OWNER = "every owner's witness"
NAME = shapes.text(r"[^\n]{1,200}")
VKEYS = shapes.listed(shapes.text(r"[^\n]{1,400}"), 0, 16)
ANCHOR = shapes.Shape(
    {
        "anchor": shapes.HASH,
        "genesis": shapes.TIME,
        "hash": shapes.equal("sha256"),
        "n": shapes.whole(1, shapes.MAX_SLOTS),
        "period": shapes.whole(1, 86_400),
    }
)
SOME_OF = shapes.Shape({"k": shapes.whole(1, 16)}, {"of": shapes.listed(NAME, 1, 16)})
SINCE = shapes.Shape(
    {"index": shapes.whole(0), "algs": shapes.listed(shapes.equal(*TABLES), 1, 8)},
    {"t": shapes.whole(1, 9)},
)
SHAPE = shapes.Shape(
    {
        "origin": NAME,
        "log": VKEYS,
        "witnesses": VKEYS,
        # the bare hash is the older spelling: it leaves the rest of an anchor to the log
        "anchors": lambda value: (
            isinstance(value, dict)
            and all(shapes.HASH(each) or ANCHOR(each) for each in value.values())
        ),
        "owner_of": lambda value: isinstance(value, dict) and all(map(NAME, value.values())),
    },
    {
        "policy": lambda value: value == EVERY_OWNER or SOME_OF(value),
        "least_level": shapes.LEVEL,
        "alg_from": shapes.listed(SINCE, 0, 64),
    },
)


@dataclass(frozen=True)
class Keys:
    """Verifier keys of one log, its witnesses, the anchors of chains and who owns which chain.

    `anchors`: source -> its whole anchor, or the bare hash of an older keys.json. `policy`: whose
    cosignatures a head needs: every chain owner's (None, no k of n), or (k, names). `least_level`:
    below it a draw is undecided. `alg_from`: from which index on which protocols may be used, `holders_from` so many holders at the
    least open a sealed quote.
    """

    origin: str
    log: tuple[Key, ...]
    witnesses: tuple[Key, ...]
    anchors: dict[str, Any]
    owner_of: dict[str, str]
    pinned: bool
    policy: tuple[int, frozenset[str]] | None = None
    least_level: str = "S0"
    alg_from: tuple[tuple[int, frozenset[str]], ...] = ()
    holders_from: tuple[tuple[int, int], ...] = ()

    @property
    def needed(self) -> tuple[int, frozenset[str]]:
        """(k, names) of the witnesses that a head needs."""
        if self.policy is not None:
            return self.policy
        names = frozenset(key.name for key in self.witnesses)
        owners = frozenset(self.owner_of.values()) - {self.origin}
        return (len(owners), owners) if owners else (1, names)

    def require_seen(self, times: dict[str, int], where: str) -> None:
        """Hold the witnesses of a head to the policy (rule 13): Undecided `policy.unmet`."""
        least, names = self.needed
        if not names:  # said already (`require_witness`), or only claimed
            return
        seen = names & times.keys()
        if len(seen) < least:
            missing = ", ".join(sorted(names - seen)) or "-"
            raise Undecided(
                "policy.unmet", rule=13, where=where, seen=len(seen), needed=least, missing=missing
            )

    def require_witness(self) -> None:
        """A log that nobody but its operator vouches for is undecided: `keys.no_witness`. Of keys that
        the file itself claims nothing is said: they are the operator's word anyway.
        """
        if self.pinned and not self.witnesses:
            raise Undecided("keys.no_witness", rule=13, where="keys.json")

    def require_alg(self, index: int, alg: str, where: str) -> None:
        """Hold a notice to `alg_from`: nobody is downgraded. Fault `notice.alg` (rule 13)."""
        allowed = [algs for since, algs in self.alg_from if index >= since]
        if allowed and alg not in allowed[-1]:
            raise Fault("notice.alg", rule=13, where=where, alg=alg, allowed=sorted(allowed[-1]))

    def require_holders(self, index: int, t: int, where: str) -> None:
        """Hold a notice to the least `t` of `alg_from`. Fault `quote.least` (rule 13)."""
        least = [t for since, t in self.holders_from if index >= since]
        if least and t < least[-1]:
            raise Fault("quote.least", rule=13, where=where, t=t, least=least[-1])

    def owner(self, source: str) -> str:
        """Who holds a chain's secret: a witness's name, or the origin for the operator.

        Without pinned keys nobody vouches for owners: chains named `op-...` are taken as the
        operator's and all others as the first listed witness's.
        """
        if self.pinned:
            return self.owner_of.get(source, self.origin)
        claimed = self.witnesses[0].name if self.witnesses else "?"
        return self.origin if source.startswith("op-") else claimed


def load(data: bytes | str) -> Keys:
    """Read `keys.json`. Raises Fault `keys.*` (rule 13)."""
    try:
        return _load(parse_file(data))
    except Fault as fault:
        raise fault.at("keys.json", rule=13) from None


def _load(value: Any) -> Keys:
    misfit = SHAPE.misfit(value)
    if misfit:
        raise Fault("keys.shape", key=misfit)
    witnesses = read(value["witnesses"], COSIGNATURE)
    since = [(row["index"], frozenset(row["algs"])) for row in value.get("alg_from", ())]
    if [index for index, _ in since] != sorted({index for index, _ in since}):
        raise Fault("keys.shape", key="alg_from")
    return Keys(
        value["origin"],
        read(value["log"], ED25519),
        witnesses,
        value["anchors"],
        value["owner_of"],
        pinned=True,
        policy=_policy(value.get("policy"), {key.name for key in witnesses}),
        least_level=value.get("least_level", "S0"),
        alg_from=tuple(since),
        holders_from=tuple((row["index"], row.get("t", 1)) for row in value.get("alg_from", ())),
    )


def _policy(given: Any, names: set[str]) -> tuple[int, frozenset[str]] | None:
    """A k of n that can be met by the witnesses that are named; None: every owner's."""
    if not isinstance(given, dict):
        return None
    of = given.get("of", sorted(names))
    if len(set(of)) != len(of) or not set(of) <= names or given["k"] > len(of):
        raise Fault("keys.shape", key="policy")
    return given["k"], frozenset(of)


def claimed(origin: str, log: Sequence[str], witnesses: Sequence[str]) -> Keys:
    """Keys as claimed by the evidence itself."""
    return Keys(origin, read(log, ED25519), read(witnesses, COSIGNATURE), {}, {}, pinned=False)


def read(vkeys: Sequence[str], kind: int) -> tuple[Key, ...]:
    """Read vkeys of one kind, each name once a list for witnesses. Raises Fault `note.vkey` or
    `keys.*`.
    """
    found = tuple(map(parse_vkey, vkeys))
    for key in found:
        if key.kind != kind:
            raise Fault("keys.kind", vkey=key.vkey)
    publics = {key.public for key in found}
    if len(publics) != len(found) or (
        kind == COSIGNATURE and len({key.name for key in found}) != len(found)
    ):
        raise Fault("keys.twice")
    return found
