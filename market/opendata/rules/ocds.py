"""Releases of the Open Contracting Data Standard (1.1.5), one for each entry of the log that changes a
contracting process. Pure (ADR 0049).

A release is made of its entry and of what no longer changes once it is public; a correction is a
new entry and a new release. `Facts` are the notice's; amounts are in fen, instants aware.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from market.kernel.clock import CHINA, from_epoch_ms
from market.kernel.plain import Json

SCHEME = "CN-USCC"
UNREGISTERED = "x-zjcs"  # the prefix of a place that has none registered
WHOLE = 100  # fen in a yuan
METHODS = {
    "random": "Random Selection",
    "weighted": "Weighted",
    "proposal": "Proposal",
    "credit_shortlist": "Credit Shortlist",
    "lowest": "Lowest",
    "average": "Average",
    "auction_rounds": "Auction",
    "auction_live": "Auction",
    "direct": "Direct",
}
CRITERIA = {
    "weighted": "ratedCriteria",
    "proposal": "ratedCriteria",
    "lowest": "priceOnly",
    "average": "priceOnly",
}


@dataclasses.dataclass(frozen=True)
class Party:
    """An organisation: its number here, its name, its credit code where that may be given."""

    number: str
    name: str
    code: str | None = None


@dataclasses.dataclass(frozen=True)
class Bid:
    """One line of an opened list."""

    number: str
    agency: Party
    is_listed: bool
    amount_fen: int | None
    at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Facts:
    """What the releases of one notice need besides its entries. `buyer`: None for a natural person."""

    number: str
    title: str
    predecessor: str | None
    buyer: Party | None
    item_name: str
    bids: Sequence[Bid]
    agencies: Mapping[str, Party]


@dataclasses.dataclass(frozen=True)
class Fact:
    """An entry of the log about the notice: index, type, instant, fields."""

    index: int
    type: str
    at: dt.datetime
    said: Json


def ocid(prefix: str | None, number: str) -> str:
    """The number of a contracting process for the world."""
    return f"{prefix or UNREGISTERED}-{number}"


def release(prefix: str | None, fact: Fact, facts: Facts) -> Json | None:
    """The release of an entry; None for one that changes nothing of the process."""
    make = OF_TYPES.get(fact.type)
    if make is None:
        return None
    tag, parts = make(fact, facts)
    process = ocid(prefix, facts.number)
    whole: Json = {
        "ocid": process,
        "id": f"{process}-{fact.index}",
        "date": _instant(fact.at),
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
    return whole


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
        parts["buyer"] = _reference(facts.buyer)
    tenderers = {each["id"] for each in parts.get("tender", {}).get("tenderers", [])}
    suppliers = {
        each["id"] for award in parts.get("awards", []) for each in award.get("suppliers", [])
    }
    for number in sorted(tenderers | suppliers):
        roles = [
            role
            for role, those in (("tenderer", tenderers), ("supplier", suppliers))
            if number in those
        ]
        found.append(_party(facts.agencies[number], roles))
    return found


def _party(party: Party, roles: list[str]) -> Json:
    whole: Json = {"id": party.number, "name": party.name, "roles": roles}
    if party.code:
        whole["identifier"] = {"scheme": SCHEME, "id": party.code, "legalName": party.name}
    return whole


def _reference(party: Party) -> Json:
    return {"id": party.number, "name": party.name}


def _instant(instant: dt.datetime) -> str:
    return instant.astimezone(CHINA).isoformat(timespec="seconds")


def _epoch(seconds: int) -> str:
    return _instant(from_epoch_ms(seconds * 1000))


def _value(fen: int) -> Json:
    return {"amount": fen / WHOLE, "currency": "CNY"}


def _opened(fact: Fact, facts: Facts) -> tuple[str, Json]:
    said = fact.said
    item = {
        "id": "1",
        "description": facts.item_name,
        "classification": {"scheme": "x_ZJCS", "id": said["item"], "description": facts.item_name},
    }
    tender: Json = {
        "id": facts.number,
        "title": facts.title,
        "status": "active",
        "items": [item],
        "mainProcurementCategory": "services",
        "procurementMethod": "direct" if said["method"] == "direct" else "open",
        "procurementMethodDetails": METHODS.get(said["method"], said["method"]),
        "tenderPeriod": {
            "startDate": _instant(fact.at),
            "endDate": _epoch(said["entry_close"]),
        },
        "awardPeriod": {"startDate": _epoch(said["draw_at"])},
    }
    if said.get("ceiling_fen") is not None:
        tender["value"] = _value(said["ceiling_fen"])
    if said["method"] in CRITERIA:
        tender["awardCriteria"] = CRITERIA[said["method"]]
    if facts.buyer:
        tender["procuringEntity"] = _reference(facts.buyer)
    return "tender", {"tender": tender}


def _amended(fact: Fact, facts: Facts) -> tuple[str, Json]:
    amendment = {"id": str(fact.index), "date": _instant(fact.at)}
    tender = {
        "id": facts.number,
        "tenderPeriod": {"endDate": _epoch(fact.said["entry_close"])},
        "awardPeriod": {"startDate": _epoch(fact.said["draw_at"])},
        "amendments": [amendment],
    }
    return "tenderAmendment", {"tender": tender}


def _sealed(fact: Fact, facts: Facts) -> tuple[str, Json]:
    listed = [bid for bid in facts.bids if bid.is_listed]
    tender = {
        "id": facts.number,
        "numberOfTenderers": len(listed),
        "tenderers": [_reference(bid.agency) for bid in listed],
    }
    return "tenderUpdate", {"tender": tender, "bids": {"details": [_bid(b) for b in facts.bids]}}


def _bid(bid: Bid) -> Json:
    whole: Json = {
        "id": bid.number,
        "date": _instant(bid.at),
        "status": "valid" if bid.is_listed else "disqualified",
        "tenderers": [_reference(bid.agency)],
    }
    if bid.amount_fen is not None:
        whole["value"] = _value(bid.amount_fen)
    return whole


def _cancelled(fact: Fact, facts: Facts) -> tuple[str, Json]:
    return "tenderCancellation", {"tender": {"id": facts.number, "status": "cancelled"}}


def _failed(fact: Fact, facts: Facts) -> tuple[str, Json]:
    tender = {
        "id": facts.number,
        "status": "unsuccessful",
        "statusDetails": fact.said["reason"],
    }
    return "tenderUpdate", {"tender": tender}


def award_id(number: str, rank: int) -> str:
    """The id of an award: the first rank's is the notice's, each later one says so."""
    own = number.replace("GG-", "TZ-", 1)
    return own if rank == 1 else f"{own}-r{rank}"


def _announced(fact: Fact, facts: Facts) -> tuple[str, Json]:
    award = {
        "id": award_id(facts.number, fact.said["rank"]),
        "status": "pending",
        "date": _instant(fact.at),
        "value": _value(fact.said["amount_fen"]),
        "suppliers": [_reference(facts.agencies[fact.said["winner"]])],
        "x_rank": fact.said["rank"],
    }
    return "award", {"awards": [award]}


def _issued(fact: Fact, facts: Facts) -> tuple[str, Json]:
    award = {
        "id": award_id(facts.number, fact.said["rank"]),
        "status": "active",
        "date": _instant(fact.at),
        "value": _value(fact.said["amount_fen"]),
        "suppliers": [_reference(facts.agencies[fact.said["winner"]])],
        "x_rank": fact.said["rank"],
    }
    return "awardUpdate", {"awards": [award]}


def _ended(fact: Fact, facts: Facts) -> tuple[str, Json]:
    award = {"id": award_id(facts.number, fact.said["rank"]), "status": "cancelled"}
    return "awardCancellation", {"awards": [award]}


def _contracted(fact: Fact, facts: Facts) -> tuple[str, Json]:
    contract = {
        "id": fact.said["contract"],
        "awardID": award_id(facts.number, fact.said["rank"]),
        "status": "active",
        "dateSigned": f"{fact.said['signed_on']}T00:00:00+08:00",
    }
    return "contract", {"contracts": [contract]}


OF_TYPES: dict[str, Callable[[Fact, Facts], tuple[str, Json]]] = {
    "notice.opened": _opened,
    "notice.amended": _amended,
    "entries.sealed": _sealed,
    "notice.cancelled": _cancelled,
    "selection.failed": _failed,
    "result.published": _announced,
    "award.issued": _issued,
    "result.annulled": _ended,
    "award.declined": _ended,
    "award.void": _ended,
    "award.contracted": _contracted,
}
"""Which entries make a release, and how. Those about an award that do not name its rank are told the
last one that was announced (`rank` in `Fact.said`).
"""
