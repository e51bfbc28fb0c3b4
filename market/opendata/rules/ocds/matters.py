"""Releases of what follows the award, and of complaints. Pure (ADR 0049).

Money that private funds pay is not said, nor who complains and what anybody wrote: a complaint has its
number, what it is about, its days and how it ended.
"""

from market.kernel.plain import Json
from market.opendata.rules.ocds.parts import (
    Fact,
    Facts,
    Maker,
    award_id,
    contract_id,
    instant,
    reference,
    value,
)

STATUSES = {
    "complaint.filed": "pending",
    "complaint.accepted": "accepted",
    "complaint.not_accepted": "invalid",
    "complaint.withdrawn": "withdrawn",
}
ENDS = ("end", "cancel", "settle")
"""The changes of a contract that end it, and what is paid once it has ended."""
SATISFIED = ("upheld", "partly")


def _contract(fact: Fact, facts: Facts, **more: object) -> Json:
    """The contract that an entry speaks of, with its award."""
    rank = fact.said["rank"]
    return {
        "id": contract_id(fact.said["contract"], rank),
        "awardID": award_id(facts.number, rank),
        **more,
    }


def _contracted(fact: Fact, facts: Facts) -> tuple[str, Json]:
    signed = f"{fact.said['signed_on']}T00:00:00+08:00"
    contract = _contract(fact, facts, status="active", dateSigned=signed)
    if facts.is_public_money and fact.said.get("award_fen") is not None:
        contract["value"] = value(fact.said["award_fen"])
    return "contract", {"contracts": [contract]}


def _confirmed(fact: Fact, facts: Facts) -> tuple[str, Json]:
    contract = _contract(fact, facts, status="active")
    if fact.said.get("service_days") is not None:
        contract["period"] = {"durationInDays": fact.said["service_days"]}
    return "contractUpdate", {"contracts": [contract]}


def _started(fact: Fact, facts: Facts) -> tuple[str, Json]:
    began = f"{fact.said['started_on']}T00:00:00+08:00"
    contract = _contract(fact, facts, status="active", period={"startDate": began})
    return "contractUpdate", {"contracts": [contract]}


def _changed(fact: Fact, facts: Facts) -> tuple[str, Json]:
    said = fact.said
    amendment = {
        "id": str(said["no"]),
        "date": instant(fact.at),
        "description": said["change"],
    }
    if said["change"] != "cancel":  # one side's reason for an end stands on old leaves alone
        amendment["rationale"] = said["reason"]

    is_end = said["change"] in ENDS
    contract = _contract(fact, facts, status="terminated" if is_end else "active")
    contract["amendments"] = [amendment]
    if facts.is_public_money and said.get("amount_fen") is not None:
        contract["value"] = value(said["amount_fen"])
    is_first = said["change"] != "settle"  # the termination itself was told before
    tag = "contractTermination" if is_end and is_first else "contractAmendment"
    return tag, {"contracts": [contract]}


def _accepted(fact: Fact, facts: Facts) -> tuple[str, Json]:
    milestone = {
        "id": f"delivery-{fact.said['version']}",
        "type": "delivery",
        "status": "met",
        "dateMet": instant(fact.at),
    }
    contract = _contract(fact, facts, implementation={"milestones": [milestone]})
    return "implementation", {"contracts": [contract]}


def _received(fact: Fact, facts: Facts) -> tuple[str, Json] | None:
    """A payment that stands; of private money nothing is said."""
    said = fact.said
    paid = facts.payments.get((said["contract"], said["winner"], said["payment"]))
    if paid is None:
        return None
    on, fen = paid
    transaction: Json = {
        "id": f"{contract_id(said['contract'], said['rank'])}-{said['payment']}",
        "date": f"{on.isoformat()}T00:00:00+08:00",
        "value": value(fen),
        "payee": reference(facts.agencies[said["winner"]]),
    }
    if facts.buyer:
        transaction["payer"] = reference(facts.buyer)
    contract = _contract(fact, facts, implementation={"transactions": [transaction]})
    return "implementation", {"contracts": [contract]}


def _terminated(fact: Fact, facts: Facts) -> tuple[str, Json]:
    contract = _contract(fact, facts, status="terminated")
    return "contractTermination", {"contracts": [contract]}


def _closed(fact: Fact, facts: Facts) -> tuple[str, Json]:
    return "contractTermination", {"contracts": [_contract(fact, facts, status="terminated")]}


MATTERS: dict[str, Maker] = {
    "award.contracted": _contracted,
    "contract.confirmed": _confirmed,
    "contract.started": _started,
    "contract.changed": _changed,
    "contract.accepted": _accepted,
    "contract.received": _received,
    "contract.receipt_lapsed": _received,
    "contract.terminated": _terminated,
    "contract.closed": _closed,
}


def _complaint(fact: Fact, facts: Facts) -> tuple[str, Json]:
    said = fact.said
    status = STATUSES.get(fact.type)
    if status is None:
        status = "satisfied" if said["outcome"] in SATISFIED else "declined"
    complaint: Json = {
        "id": said["complaint"],
        "status": status,
        "x_about": said["about"],
        "dateSubmitted": said["submitted"],
    }
    for name, key in (("accepted", "dateAccepted"), ("decided", "dateDecision")):
        if said.get(name):
            complaint[key] = said[name]
    body = facts.bodies.get(said["body"])
    if body is not None:
        complaint["reviewBody"] = reference(body)
    tag = "awardUpdate" if said["is_awarded"] else "tenderUpdate"
    return tag, {"tender": {"id": facts.number}, "complaints": [complaint]}


COMPLAINING: dict[str, Maker] = dict.fromkeys((*STATUSES, "complaint.decided"), _complaint)
"""Entries about a complaint; `Fact.said` has its number, what it is about, its days, its body, and
whether a result had been announced.
"""
