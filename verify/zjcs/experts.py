"""评审专家: who of a pool judges, by the lot that is fixed once the entries are known (ADR 0067). Pure functions,
and what a verifier holds the leaves of a scored selection to (rule 16).

A member stands on the log as a salted digest, new for each notice; the lot orders all who may judge, the
first ones sit, the others follow in their order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import draw as protocol
from . import rules, sources
from .canonical import jcs
from .case import Case, Leaf, View
from .faults import Fault, Undecided

LABEL = "experts"
TICKET = "zjcs-draw/1/experts"
SEED = "zjcs-draw/2/lot"
REF = "zjcs-rank/2/expert"
POOL = "zjcs-rank/2/pool"
EMPTY = "-"
ROUND = 1

EXCLUDED = ("category", "employer", "interest", "lapsed", "left", "rotation", "seated", "suspended")
"""Why a member of the pool is not in the lot: the closed codes of `jurors.listed`."""
REASONS = ("barred", "declined", "interest", "recused", "silent")
"""Why a juror left a seat: the closed codes of `juror.replaced`."""
SILENT = "silent"
GIVEN = ("source.anchor", "source.value", "source.lost", "source.failed")


# --- what is computed ---------------------------------------------------------------------
def ref_of(draw: str, number: str, salt: str) -> str:
    """The digest (hex) that stands for a member of the pool in one notice."""
    return _digest(REF, {"draw": draw, "number": number, "salt": salt})


def pool_digest(members: Iterable[Mapping[str, Any]]) -> str:
    """The digest (hex) of a pool: of each member `number` and `categories`, by number."""
    rows = [
        {"number": each["number"], "categories": sorted(each["categories"])} for each in members
    ]
    return _digest(POOL, sorted(rows, key=lambda row: str(row["number"])))


def list_digest(refs: Sequence[str]) -> str:
    """`list_sha256` of the lot: over those who may judge, ascending."""
    return hashlib.sha256(jcs(sorted(refs))).hexdigest()


def lot_of(draw: str) -> str:
    """The id of the lot."""
    return f"{draw}/{LABEL}"


def seed_of(lot: str, notice: str, fixed: str, given: Sequence[Mapping[str, Any]]) -> str:
    """The seed (hex) of a lot of its own: of the hashes (hex) of the notice in force and of the leaf that
    fixed the lot, and of what its sources gave.
    """
    said = {
        "fixed_leaf": fixed,
        "label": lot.partition("/")[2],
        "lot": lot,
        "notice_leaf": notice,
        "sources": [dict(each) for each in given],
    }
    return _digest(SEED, said)


def order(seed: str, refs: Iterable[str]) -> list[str]:
    """All who may judge, in the order of their tickets."""
    return sorted(refs, key=lambda ref: protocol.ticket(seed, ref, TICKET))


def _digest(label: str, value: object) -> str:
    return hashlib.sha256(label.encode() + b"\n" + jcs(value)).hexdigest()


# --- what a verifier holds leaves to ------------------------------------------------------
def is_by_pool(case: Case) -> bool:
    """Whether the notice promises jurors out of the pool."""
    return "experts" in case.notice.value


def experts_stand(case: Case) -> str:
    """The pool is older than the notice; everybody in it is listed or excluded, once; the lot was fixed
    before any of its values, and once; the first of its order sit.
    """
    if not is_by_pool(case):
        return EMPTY
    if not case.of("jurors.listed"):
        _nothing_before(case, "lot.fixed", "lot.drawn", "jurors.drawn", "sheet.sealed")
        return EMPTY
    listed = _listed(case)
    fixed = _fixed(case, listed)
    if not case.of("lot.drawn"):
        _nothing_before(case, "jurors.drawn", "sheet.sealed")
        return f"{len(listed['refs'])}; {fixed['draw_at']}"
    own = as_draw(case, fixed, case.the("lot.drawn"))
    ranked = order(_seed(case, fixed, own), listed["refs"])
    _drawn(case, ranked)
    many = case.of("juror.replaced")
    if len(many) > case.notice["jurors"]:
        case.mark("experts.many", 16, many[-1].where, count=len(many))
    _vouched(case, fixed, own)
    return f"{len(ranked)}; {len(listed['excluded'])}"


def _nothing_before(case: Case, *kinds: str) -> None:
    found = case.of(*kinds)
    if found:
        raise Fault("experts.list", where=found[0].where, reason="missing")


def _listed(case: Case) -> Leaf:
    """The list of the lot. Raises Fault `experts.list`, `experts.pool`."""
    listed = case.the("jurors.listed")
    refs = listed["refs"]
    excluded = listed["excluded"]
    everybody = [*refs, *(row["ref"] for row in excluded)]
    pools = [
        leaf for leaf in case.of("jurors.pool") if leaf.index < case.the("notice.published").index
    ]
    if not any(
        leaf["count"] == listed["pool"]["count"] and leaf["sha256"] == listed["pool"]["sha256"]
        for leaf in pools[-1:]
    ):
        raise Fault("experts.pool", where=listed.where)
    is_whole = len(everybody) == len(set(everybody)) == listed["pool"]["count"]
    is_said = refs == sorted(refs) and all(row["reason"] in EXCLUDED for row in excluded)
    is_late = not case.of("entries.listed") or case.of("entries.listed")[-1].index > listed.index
    if not is_whole or not is_said or is_late or len(case.of("jurors.listed")) > 1:
        raise Fault("experts.list", where=listed.where, count=len(everybody))
    return listed


def _fixed(case: Case, listed: Leaf) -> Leaf:
    """The lot as it was fixed. Raises Fault `experts.lot`."""
    found = case.of("lot.fixed")
    if not found:
        raise Fault("leaf.missing", where=listed.where, type="lot.fixed")
    fixed = found[0]
    said = case.notice["experts"]
    is_named = fixed["lot"] == lot_of(case.draw) and fixed["label"] == LABEL
    is_bound = fixed["list_sha256"] == list_digest(listed["refs"]) and fixed.index > listed.index
    is_planned = _undated(fixed["sources"]) == _undated(said["sources"])
    is_early = fixed["at"] + said["gap"] <= fixed["draw_at"]
    if len(found) > 1 or not (is_named and is_bound and is_planned and is_early):
        raise Fault("experts.lot", where=found[-1].where, lot=fixed["lot"])
    for each in fixed["sources"]:
        _planned(case, fixed, each)
    return fixed


def _undated(plans: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sources without the slot or round, which follow from the instant."""
    return [{key: each[key] for key in ("id", "kind", "chain") if key in each} for each in plans]


def _planned(case: Case, fixed: Leaf, plan: Mapping[str, Any]) -> None:
    """A source of the lot is the slot, or the round, of its instant."""
    at = fixed["draw_at"]
    if plan["kind"] == "drand":
        is_due = plan["round"] == protocol.drand_round(at)
    else:
        anchor = case.anchor(plan["id"], fixed.where)
        slot = protocol.slot_for(at, anchor["genesis"], anchor["period"], anchor["n"])
        is_due = plan["slot"] == slot and (at - anchor["genesis"]) % anchor["period"] == 0
    if not is_due:
        raise Fault("experts.lot", where=fixed.where, lot=fixed["lot"])


def _seed(case: Case, fixed: Leaf, own: Case) -> str:
    """The seed recomputed. Raises Fault `experts.seed`, `experts.lot`, and what rules 3, 9 and 10 refuse."""
    drawn = case.of("lot.drawn")
    rules.anchors_first(own, own.notice)
    moved = own.of("draw.postponed")
    is_told = all(leaf["draw_at"] == own.time for leaf in moved)
    if (own.time != fixed["draw_at"]) != bool(moved) or not is_told:
        raise Fault("slot.postponed", where=fixed.where, draw_at=fixed["draw_at"], time=own.time)
    sources.nothing_withheld(own)
    sources.drand_proves_itself(own)
    earliest = own.seal_view.size if own.seal_view else fixed.index + 1
    leaves = [used.leaf for used in own.sources]
    if any(leaf.index < earliest or leaf.index > drawn[0].index for leaf in leaves):
        raise Fault("experts.lot", where=fixed.where, lot=fixed["lot"])
    given = [used.entry for used in own.sources]
    seed = seed_of(fixed["lot"], own.notice.hash, fixed.hash, given)
    if len(drawn) > 1 or drawn[0]["lot"] != fixed["lot"] or drawn[0]["seed"] != seed:
        raise Fault("experts.seed", where=drawn[-1].where, computed=seed)
    return seed


def _vouched(case: Case, fixed: Leaf, own: Case) -> None:
    """Behind all that can be refused: the chains are those that the regulator published, the lot is of the
    promised level. That nobody chose the head from which its instant follows is held by the witness's list
    (witnessed.py).

    Raises what rule 13 refuses, Fault `level.plan`, Undecided `level.least`.
    """
    rules.keys_are_pinned(own)
    said = case.notice["experts"]["level"]
    kinds = [each["kind"] for each in fixed["sources"]]
    reach = protocol.level(kinds.count("chain"), True, set(kinds) != {"chain"}, 2)
    if said > reach:
        raise Fault("level.plan", where=case.notice.where, claimed=said, reach=reach)
    if own.seal_view is None:  # of leaves alone nobody knows who saw what
        return
    least = max(said, case.keys.least_level)
    found = _level(case, fixed, own)
    if found < least:
        raise Undecided("level.least", where=fixed.where, computed=found, least=least)


def _level(case: Case, fixed: Leaf, own: Case) -> str:
    """The level of rule 8 that the lot has reached."""
    good = [used for used in own.sources if not used.failed]
    chains = [used.plan["id"] for used in good if used.plan["kind"] == "chain"]
    timely = {
        name
        for view in case.views
        for name, time in view.times.items()
        if view.size > fixed.index and fixed["at"] <= time <= own.time - protocol.GAP
    }
    owners = {case.keys.owner(source) for source in chains}
    return protocol.level(len(owners), bool(own.owner_times), len(chains) < len(good), len(timely))


def as_draw(case: Case, fixed: Leaf, drawn: Leaf) -> Case:
    """The lot as a draw of its own: its instant and sources, the leaf that fixed it for the seal."""
    notice = case.notice
    said = notice["experts"]
    promise = {
        **notice.value,
        "type": "notice.published",
        "draw_at": fixed["draw_at"],
        "fallback": said["fallback"],
        "sources": fixed["sources"],
    }
    moved = [leaf for leaf in case.of("draw.postponed") if fixed.index < leaf.index < drawn.index]
    leaves = [
        Leaf(notice.index, promise, notice.hash),
        Leaf(fixed.index, {**fixed.value, "type": "entries.sealed"}, fixed.hash),
        Leaf(drawn.index, {**drawn.value, "type": "ranking.result"}, drawn.hash),
        *moved,
        *case.of(*GIVEN),
    ]
    found = sorted(leaves, key=lambda leaf: leaf.index)
    own = Case(case.draw, case.keys, found, lottery=case.lottery, walked=case.walked)
    own.marks = case.marks
    own.seal_view = _seen(case, fixed)
    return own


def _seen(case: Case, fixed: Leaf) -> View | None:
    """The first head over the lot that the file shows a witness to have seen; None of leaves alone."""
    over = [view for view in case.views if view.size > fixed.index]
    seen = [view for view in over if view.times] or over
    return min(seen, key=lambda view: view.size) if seen else None


def _drawn(case: Case, ranked: Sequence[str]) -> None:
    """The first of the order sit in the seats that are not the owner's. Raises Fault `experts.seats`."""
    many = case.notice["jurors"] - case.notice["experts"]["own"]
    if not case.of("jurors.drawn"):
        _nothing_before(case, "sheet.sealed")
        return
    drawn = case.the("jurors.drawn")
    seats = [{"seat": place, "ref": ref} for place, ref in enumerate(ranked[:many], 1)]
    is_behind = drawn.index > case.the("lot.drawn").index
    if drawn["seats"] != seats or len(case.of("jurors.drawn")) > 1 or not is_behind:
        raise Fault("experts.seats", where=drawn.where)


def seated(case: Case) -> dict[int, str]:
    """Who sits in each seat in the end: seat -> ref. Raises Fault `experts.turn`, `scored.jurors`."""
    own = case.notice["experts"]["own"]
    found = _named(case, own) if own else {}
    if not case.of("jurors.drawn"):
        return found
    ranked = order(case.the("lot.drawn")["seed"], case.the("jurors.listed")["refs"])
    many = case.notice["jurors"] - own
    found |= dict(enumerate(ranked[:many], 1))
    waiting = ranked[many:]
    for leaf in case.of("juror.replaced"):
        is_known = leaf["seat"] in found and leaf["reason"] in REASONS
        is_told = leaf["reason"] != SILENT or "delivery" in leaf.value
        if not waiting or leaf["ref"] != waiting.pop(0) or not is_known or not is_told:
            raise Fault("experts.turn", where=leaf.where, seat=leaf["seat"])
        found[leaf["seat"]] = leaf["ref"]
    return found


def _named(case: Case, own: int) -> dict[int, str]:
    """The owner's representatives, named before anybody entered: at most one third."""
    named = case.the("jurors.named")
    entered = case.of("entry.received")
    count = case.notice["jurors"]
    found = {row["seat"]: row["ref"] for row in named["seats"]}
    is_early = not entered or named.index < entered[0].index
    is_few = own * 3 <= count and not named["reserves"]
    is_whole = sorted(found) == list(range(count - own + 1, count + 1))
    is_once = len(found) == len(named["seats"])
    if not (is_whole and is_once and is_early and is_few):
        raise Fault("scored.jurors", where=named.where)
    return found
