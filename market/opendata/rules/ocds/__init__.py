"""Releases of the Open Contracting Data Standard (1.1.5), one for each entry of the log that changes a
contracting process. Pure (ADR 0049).

A release is made of its entry and of what no longer changes once it is public; a correction is a
new entry and a new release. `Facts` are the notice's; amounts are in fen, instants aware.
"""

from market.kernel.plain import Json
from market.opendata.rules.ocds.matters import COMPLAINING, MATTERS
from market.opendata.rules.ocds.parts import (
    SCHEME,
    UNREGISTERED,
    Bid,
    Fact,
    Facts,
    Maker,
    Party,
    award_id,
    instant,
    ocid,
    reference,
)
from market.opendata.rules.ocds.selecting import SELECTING

__all__ = [
    "COMPLAINING",
    "OF_TYPES",
    "UNREGISTERED",
    "Bid",
    "Fact",
    "Facts",
    "Party",
    "award_id",
    "ocid",
    "release",
]

EMPTY: tuple[Json, list[Json]] = ({}, [])
OF_TYPES: dict[str, Maker] = {**SELECTING, **MATTERS, **COMPLAINING}
"""Which entries make a release, and how."""


def release(prefix: str | None, fact: Fact, facts: Facts) -> Json | None:
    """The release of an entry; None for one that changes nothing of the process."""
    make = OF_TYPES.get(fact.type)
    if make is None:
        return None
    made = make(fact, facts)
    if made is None:
        return None
    tag, parts = made
    process = ocid(prefix, facts.number)
    whole: Json = {
        "ocid": process,
        "id": f"{process}-{fact.index}",
        "date": instant(fact.at),
        "tag": [tag],
        "initiationType": "tender",
        "language": "zh",
        "parties": _parties(facts, parts),
        **parts,
    }
    if facts.predecessor and fact.type == "notice.opened":
        whole["relatedProcesses"] = [_related(ocid(prefix, facts.predecessor))]
    if prefix is None:
        whole["x_unregistered"] = True
    filled = {name: _filled(each) for name, each in whole.items()}
    return {name: each for name, each in filled.items() if each not in EMPTY}


def _filled(value: object) -> object:
    """A part without what is empty: the standard has what is known, and leaves out the rest."""
    if isinstance(value, dict):
        parts = {name: _filled(each) for name, each in value.items()}
        return {name: each for name, each in parts.items() if each not in EMPTY}
    if isinstance(value, list):
        return [_filled(each) for each in value]
    return value


def _related(process: str) -> Json:
    return {
        "id": "1",
        "relationship": ["unsuccessfulProcess"],
        "scheme": "ocid",
        "identifier": process,
    }


def _parties(facts: Facts, parts: Json) -> list[Json]:
    """Who is spoken of in a release."""
    found = []
    if facts.buyer:
        found.append(_party(facts.buyer, ["buyer", "procuringEntity"]))
        parts["buyer"] = reference(facts.buyer)
    roles = {"tenderer": _tenderers(parts), "supplier": _suppliers(parts), "payee": _payees(parts)}
    for number in sorted(set().union(*roles.values())):
        of = [role for role, those in roles.items() if number in those]
        found.append(_party(facts.agencies[number], of))
    for number in sorted(
        {each["reviewBody"]["id"] for each in parts.get("complaints", []) if "reviewBody" in each}
    ):
        found.append(_party(facts.bodies[number], list(facts.bodies[number].roles)))
    return found


def _tenderers(parts: Json) -> set[str]:
    bids = parts.get("bids", {}).get("details", [])
    named = [each for bid in bids for each in bid.get("tenderers", [])]
    return {each["id"] for each in (*parts.get("tender", {}).get("tenderers", []), *named)}


def _suppliers(parts: Json) -> set[str]:
    return {each["id"] for award in parts.get("awards", []) for each in award.get("suppliers", [])}


def _payees(parts: Json) -> set[str]:
    return {
        paid["payee"]["id"]
        for contract in parts.get("contracts", [])
        for paid in contract.get("implementation", {}).get("transactions", [])
    }


def _party(party: Party, roles: list[str]) -> Json:
    whole: Json = {"id": party.number, "name": party.name, "roles": roles}
    if party.code:
        whole["identifier"] = {"scheme": SCHEME, "id": party.code, "legalName": party.name}
    return whole
