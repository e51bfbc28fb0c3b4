"""Releases of a selection, from its notice to its award. Pure (ADR 0049)."""

from market.kernel.plain import Json
from market.opendata.rules.ocds.parts import (
    Bid,
    Fact,
    Facts,
    Maker,
    award_id,
    epoch,
    instant,
    reference,
    value,
)

PART = 256  # rows of an entry of the log; a longer list is several (docs/draws.md, rule 14)
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


def _item(place: int, code: str, name: str) -> Json:
    """One of the items that are bought, by its place from 1 on."""
    classification = {"scheme": "x_ZJCS", "id": code, "description": name}
    return {"id": str(place), "description": name, "classification": classification}


def _opened(fact: Fact, facts: Facts) -> tuple[str, Json]:
    said = fact.said
    codes = [said["item"], *said.get("further", ())]
    tender: Json = {
        "id": facts.number,
        "title": facts.title,
        "status": "active",
        "items": [
            _item(*each) for each in zip(range(1, 10), codes, facts.item_names, strict=False)
        ],
        "mainProcurementCategory": "services",
        "procurementMethod": "direct" if said["method"] == "direct" else "open",
        "procurementMethodDetails": METHODS.get(said["method"], said["method"]),
        "tenderPeriod": {
            "startDate": instant(fact.at),
            "endDate": epoch(said["entry_close"]),
        },
        "awardPeriod": {"startDate": epoch(said["draw_at"])},
    }
    if said.get("ceiling_fen") is not None:
        tender["value"] = value(said["ceiling_fen"])
    if said["method"] in CRITERIA:
        tender["awardCriteria"] = CRITERIA[said["method"]]
    if facts.buyer:
        tender["procuringEntity"] = reference(facts.buyer)
    return "tender", {"tender": tender}


def _amended(fact: Fact, facts: Facts) -> tuple[str, Json]:
    amendment = {"id": str(fact.index), "date": instant(fact.at)}
    tender = {
        "id": facts.number,
        "tenderPeriod": {"endDate": epoch(fact.said["entry_close"])},
        "awardPeriod": {"startDate": epoch(fact.said["draw_at"])},
        "amendments": [amendment],
    }
    return "tenderAmendment", {"tender": tender}


def _sealed(fact: Fact, facts: Facts) -> tuple[str, Json]:
    listed = [bid for bid in facts.bids if bid.is_listed]
    tender = {
        "id": facts.number,
        "numberOfTenderers": len(listed),
        "tenderers": [reference(bid.agency) for bid in listed],
    }
    return "tenderUpdate", {"tender": tender, "bids": {"details": [_bid(b) for b in facts.bids]}}


def _listed(fact: Fact, facts: Facts) -> tuple[str, Json]:
    """Who is on a list whose quotes stay shut until it is judged: what this entry says, no more."""
    given = {bid.no: bid for bid in facts.bids}
    rows = [(row, "pending") for row in fact.said.get("entrants") or []]
    rows += [(row, "disqualified") for row in fact.said.get("excluded") or []]
    details = [
        {
            "id": given[row["no"]].number,
            "date": instant(given[row["no"]].at),
            "status": status,
            "tenderers": [reference(given[row["no"]].agency)],
        }
        for row, status in sorted(rows, key=lambda each: int(each[0]["no"]))
    ]
    tenderers = [each["tenderers"][0] for each in details if each["status"] == "pending"]
    tender: Json = {"id": facts.number, "tenderers": tenderers}
    if len(details) < PART:
        tender["numberOfTenderers"] = len(tenderers)
    return "tenderUpdate", {"tender": tender, "bids": {"details": details}}


def _quotes_opened(fact: Fact, facts: Facts) -> tuple[str, Json]:
    """What was quoted on a list that was judged; `unopened` is no quote."""
    given = {bid.no: bid for bid in facts.bids}
    details: list[Json] = []
    for row in fact.said.get("rows") or []:
        bid: Json = {"id": given[row["no"]].number, "status": "disqualified"}
        if "quote_fen" in row:
            bid |= {"status": "valid", "value": value(row["quote_fen"])}
        details.append(bid)
    return "tenderUpdate", {"tender": {"id": facts.number}, "bids": {"details": details}}


def _bid(bid: Bid) -> Json:
    whole: Json = {
        "id": bid.number,
        "date": instant(bid.at),
        "status": "valid" if bid.is_listed else "disqualified",
        "tenderers": [reference(bid.agency)],
    }
    if bid.amount_fen is not None:
        whole["value"] = value(bid.amount_fen)
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


def _award(fact: Fact, facts: Facts, status: str) -> Json:
    return {
        "id": award_id(facts.number, fact.said["rank"]),
        "status": status,
        "date": instant(fact.at),
        "value": value(fact.said["amount_fen"]),
        "suppliers": [reference(facts.agencies[fact.said["winner"]])],
        "x_rank": fact.said["rank"],
    }


def _announced(fact: Fact, facts: Facts) -> tuple[str, Json]:
    return "award", {"awards": [_award(fact, facts, "pending")]}


def _issued(fact: Fact, facts: Facts) -> tuple[str, Json]:
    return "awardUpdate", {"awards": [_award(fact, facts, "active")]}


def _ended(fact: Fact, facts: Facts) -> tuple[str, Json]:
    award = {"id": award_id(facts.number, fact.said["rank"]), "status": "cancelled"}
    return "awardCancellation", {"awards": [award]}


SELECTING: dict[str, Maker] = {
    "notice.opened": _opened,
    "notice.amended": _amended,
    "entries.sealed": _sealed,
    "entries.listed": _listed,
    "quotes.part": _quotes_opened,
    "quotes.opened": _quotes_opened,
    "notice.cancelled": _cancelled,
    "selection.failed": _failed,
    "result.published": _announced,
    "award.issued": _issued,
    "result.annulled": _ended,
    "award.declined": _ended,
    "award.void": _ended,
}
"""Which entries about a selection make a release, and how. Those about an award that do not name its
rank are told that of the last one that was announced (`rank` in `Fact.said`).
"""
