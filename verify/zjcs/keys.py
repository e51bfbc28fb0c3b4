"""Whose keys the evidence is held to: pinned (`keys.json` from the regulator) or only claimed by
the file. Rule 13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import leaves
from .canonical import parse
from .faults import Fault
from .note import COSIGNATURE, ED25519, Key, parse_vkey

VKEYS = leaves.listed(leaves.text(r"[^\n]{1,400}"), 0, 16)
SHAPE = leaves.Shape(
    {
        "origin": leaves.text(r"[^\n]{1,200}"),
        "log": VKEYS,
        "witnesses": VKEYS,
        "anchors": lambda value: isinstance(value, dict) and all(map(leaves.HASH, value.values())),
        "owner_of": lambda value: (
            isinstance(value, dict) and all(isinstance(name, str) for name in value.values())
        ),
    }
)


@dataclass(frozen=True)
class Keys:
    """Verifier keys of one log, its witnesses, the anchors of chains and who owns which chain."""

    origin: str
    log: tuple[Key, ...]
    witnesses: tuple[Key, ...]
    anchors: dict[str, str]
    owner_of: dict[str, str]
    pinned: bool

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
        return _load(parse(data))
    except Fault as fault:
        raise fault.at("keys.json", rule=13) from None


def _load(value: Any) -> Keys:
    misfit = SHAPE.misfit(value)
    if misfit:
        raise Fault("keys.shape", key=misfit)
    return Keys(
        value["origin"],
        read(value["log"], ED25519),
        read(value["witnesses"], COSIGNATURE),
        value["anchors"],
        value["owner_of"],
        pinned=True,
    )


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
