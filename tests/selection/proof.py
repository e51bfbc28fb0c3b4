"""The evidence of a draw, put together from the public log alone, and held to the sixteen rules by
the outsiders' program.
"""

import json
from typing import Any

from market.db import Work, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from tests.factories.witness import NearWitness
from verify.zjcs import evidence, keys

SHARED = ("source.anchor", "source.value")


def check_draw(number: str) -> dict[str, str]:
    """Verify the draw of a notice as an outsider with the regulator's keys does; raises verify's
    Fault.

    Returns what each rule saw. Needs an app context with a witness, and its newest head cosigned.
    """
    witness = _near().inner
    pinned = keys.load(json.dumps(witness.keys()))
    text = json.dumps(evidence_of(reading(CLOCK), number, witness.vkey.vkey))
    return {step.name: step.detail for step in evidence.check(text, pinned)}


def _near() -> NearWitness:
    near = fabric().witness
    assert isinstance(near, NearWitness)
    return near


def evidence_of(work: Work, number: str, witness_vkey: str) -> dict[str, Any]:
    """As docs/draws.md fixes it."""
    leaves = _leaves(work, number)
    final = ledger.cosigned(work)
    sealed = next(each for each in leaves if each.type == "entries.sealed")
    view = ledger.first_cosigned_over(work, sealed.index)
    assert final is not None
    assert view is not None
    result = next(each for each in leaves if each.type == "draw.result").fields
    origin = final.note.split("\n", 1)[0]
    return {
        "protocol": "zjcs-draw/1",
        "draw": sibling(number, Prefix.DRAW),
        "level": next(each for each in leaves if each.type == "notice.published").fields["level"],
        "log": {
            "origin": origin,
            "vkey": _near().inner.settings["log"][0],
            "witnesses": [witness_vkey],
        },
        "leaves": [{"index": each.index, "utf8": each.leaf.decode()} for each in leaves],
        "proofs": {
            str(each.index): _hex(ledger.inclusion_proof(work, each.index, final.size))
            for each in leaves
        },
        "checkpoint": final.note,
        "seal": {
            "checkpoint": view.note,
            "inclusion": _hex(ledger.inclusion_proof(work, sealed.index, view.size)),
            "consistency": _hex(ledger.consistency_proof(work, view.size, final.size)),
        },
        "seed": result["seed"],
        "order": _order(leaves, result),
    }


def _leaves(work: Work, number: str) -> list[ledger.Entry]:
    everything = ledger.after(work, 0, 100_000)
    draw = sibling(number, Prefix.DRAW)
    own = [each for each in everything if each.fields.get("draw") == draw]
    slots = _slots(everything, own)
    shared = [
        each
        for each in everything
        if each.type == "source.anchor"
        or (
            each.type == "source.value"
            and (each.fields["source"], each.fields.get("slot")) in slots
        )
    ]
    shared += [
        each
        for each in everything
        if each.type == "source.value" and "round" in each.fields and _has_beacon(own)
    ]
    return sorted(own + shared, key=lambda each: each.index)


def _slots(everything: list[ledger.Entry], own: list[ledger.Entry]) -> set[tuple[str, int]]:
    """The slots of the plan in force: the notice's last word, or moved by a late seal."""
    anchors = {
        each.fields["source"]: each.fields for each in everything if each.type == "source.anchor"
    }
    notice = [each for each in own if each.type in ("notice.published", "notice.amended")][
        -1
    ].fields
    moved = [each.fields["draw_at"] for each in own if each.type == "draw.postponed"]
    at = moved[0] if moved else notice["draw_at"]
    return {
        (name, -((anchors[name]["genesis"] - at) // anchors[name]["period"]))
        for name in (source["id"] for source in notice["sources"] if source["kind"] == "chain")
    }


def _has_beacon(own: list[ledger.Entry]) -> bool:
    return any(
        source["kind"] == "drand"
        for each in own
        if each.type == "notice.published"
        for source in each.fields["sources"]
    )


def _order(leaves: list[ledger.Entry], result: dict[str, Any]) -> list[dict[str, str]]:
    refs = [
        row["ref"]
        for each in leaves
        if each.type in ("entries.sealed", "entries.part")
        for row in each.fields.get("entrants", ())
    ]
    return [
        {"ref": ref, "ticket": ticket}
        for ref, ticket in evidence.protocol.order(result["seed"], refs)
    ]


def _hex(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]
