"""Rules 9 and 10 of section 2.8: the values behind the seed prove themselves, and nobody can
withhold one to his advantage.
"""

from __future__ import annotations

from . import drand
from . import draw as protocol
from .case import Case, Leaf, Used
from .faults import Fault, Undecided
from .keys import Keys
from .note import parse_note, verify_signature


def nothing_withheld(case: Case) -> str:
    """Rule 10: fallbacks are public beacons; a loss is signed by two bodies; each chain value fits
    its anchor.
    """
    for plan in case.notice.value.get("fallback", ()):
        if plan["kind"] not in ("drand", "lottery"):
            raise Fault("fallback.kind", where=case.notice.where, kind=plan["kind"])
    for used in case.sources:
        if used.failed:
            _failure_holds(case, used)
        elif used.plan["kind"] == "chain":
            _value_fits(case, used)
    for leaf in unsigned_failures(case):
        case.mark("failure.unsigned", 10, leaf.where, round=leaf["round"])
    return ", ".join(used.plan["id"] for used in case.sources if not used.failed)


def _failure_holds(case: Case, used: Used) -> None:
    leaf = used.leaf
    plan = used.plan
    due = used.due
    if leaf.index <= case.seal.index or leaf.index >= case.result.index:
        raise Fault("failure.order", where=leaf.where)
    if plan["kind"] == "chain":
        loss_holds(leaf, case.anchor(plan["id"], leaf.where), due or 0, case.keys)
    elif plan["kind"] == "drand" and leaf["round"] == due:
        _failure_signed(case, leaf)
        _late_enough(leaf, protocol.drand_time(leaf["round"]))
    else:
        raise Fault("failure.round", where=leaf.where, round=leaf["round"], expected=due)


def loss_holds(leaf: Leaf, anchor: Leaf, slot: int, keys: Keys) -> None:
    """A chain's loss counts for a slot: lost at that slot or before, signed by two bodies of whom one holds
    the chain, a day after the lost slot's time. Faults `failure.*`, `lost.*`.
    """
    if leaf["slot"] > slot:
        raise Fault("failure.slot", where=leaf.where, slot=leaf["slot"])
    signers = _two_signers(keys, leaf, lost_text(leaf["source"], leaf["slot"]))
    if keys.owner(leaf["source"]) not in signers:
        raise Fault("lost.signers", where=leaf.where, signers=",".join(sorted(signers)))
    _late_enough(leaf, anchor["genesis"] + leaf["slot"] * anchor["period"])


def _late_enough(leaf: Leaf, due_at: int) -> None:
    if leaf["at"] < due_at + protocol.PATIENCE:
        raise Fault("failure.early", where=leaf.where, at=leaf["at"], due=due_at)


def lost_text(source: str, slot: int) -> str:
    """Text of the note in a `source.lost` leaf: the owner and another body sign it with their log
    or witness keys.
    """
    return f"zjcs/source.lost/1\n{source}\n{slot}\n"


def failed_text(source: str, round_: int) -> str:
    """Text of the note in a `source.failed` leaf: two bodies sign that a beacon's round never came."""
    return f"zjcs/source.failed/1\n{source}\n{round_}\n"


def _failure_signed(case: Case, leaf: Leaf) -> None:
    """A beacon has no owner here: any two bodies sign. Leaves of `/1` may carry no note: then it is the
    operator's word alone that the round was missing, which is listed.
    """
    if "note" in leaf.value:
        _two_signers(case.keys, leaf, failed_text(leaf["source"], leaf["round"]))


def unsigned_failures(case: Case) -> list[Leaf]:
    """Failures of a beacon that the draw went by and that nobody has signed."""
    return [
        used.leaf
        for used in case.sources
        if used.failed and used.plan["kind"] == "drand" and "note" not in used.leaf.value
    ]


def _two_signers(keys: Keys, leaf: Leaf, text: str) -> set[str]:
    """The bodies that signed a leaf's note over `text`, two at least."""
    try:
        note = parse_note(leaf["note"])
        signers = {
            key.name
            for key in (*keys.log, *keys.witnesses)
            if verify_signature(note, key) is not None
        }
    except Fault as fault:
        raise fault.at(leaf.where, rule=10) from None
    if note.text != text:
        raise Fault("lost.text", where=leaf.where)
    if len(signers) < 2:
        raise Fault("lost.signers", where=leaf.where, signers=",".join(sorted(signers)))
    return signers


def _value_fits(case: Case, used: Used) -> None:
    anchor = case.anchor(used.plan["id"], used.leaf.where)
    slot = used.leaf["slot"]
    value = used.leaf["value"]
    if case.walked is not None and not case.walked.get(used.leaf.index, True):
        raise Fault("value.anchor", where=used.leaf.where, slot=slot)
    known = case.memory.get(anchor["anchor"], (0, anchor["anchor"]))
    known_slot, known_value = known if known[0] <= slot else (0, anchor["anchor"])
    try:
        protocol.check_chain_value(value, slot, known_value, known_slot)
    except Fault as fault:
        raise fault.at(used.leaf.where) from None
    if slot > known[0]:
        case.memory[anchor["anchor"]] = (slot, value)


def drand_proves_itself(case: Case) -> str:
    """Rule 9: value = SHA-256(signature), the pinned chain, the round of T, and the BLS signature."""
    undecided = []
    for used in case.sources:
        try:
            if used.plan["kind"] == "drand":
                _round_holds(used)
            elif used.plan["kind"] == "lottery":
                _lottery_holds(case, used)
        except Undecided as point:
            undecided.append(point)
    if undecided:
        raise undecided[0]
    return (
        ", ".join(used.plan["id"] for used in case.sources if used.plan["kind"] != "chain") or "-"
    )


def _round_holds(used: Used) -> None:
    leaf = used.leaf
    if used.plan["chain"] != protocol.DRAND_CHAIN:
        raise Fault("drand.chain", where=leaf.where, chain=used.plan["chain"])
    if used.failed:
        return
    if leaf["round"] != used.due:
        raise Fault("drand.round", where=leaf.where, round=leaf["round"], expected=used.due)
    if drand.value(leaf["signature"]) != leaf["value"]:
        raise Fault("drand.value", where=leaf.where)
    verdict = drand.verify(leaf["round"], leaf["signature"])
    if verdict is None:
        raise Undecided("drand.no_library", where=leaf.where, round=leaf["round"])
    if not verdict:
        raise Fault("drand.signature", where=leaf.where, round=leaf["round"])


def _lottery_holds(case: Case, used: Used) -> None:
    protocol.check_lottery_value(used.leaf["issue"], used.leaf["value"])
    since = case.time if used.since is None else used.since + protocol.FALLBACK_DELAY
    if not protocol.may_be_first_issue(used.leaf["issue"], since):
        raise Fault("lottery.issue", where=used.leaf.where, issue=used.leaf["issue"], time=since)
    if used.leaf["value"] not in case.lottery:
        raise Undecided("lottery.compare", where=used.leaf.where, value=used.leaf["value"])
