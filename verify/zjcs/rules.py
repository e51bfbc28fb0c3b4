"""The rules of section 2.8, one small function a rule, in one table. Each raises a Fault or
says what it saw.

Rules 1 and 13 begin where the file is read (`evidence.py`, `keys.py`, `leaves.py`); what remains of
them stands here, and rules 9 and 10, which speak of values, in `sources.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import draw as protocol
from . import ranked, score, shortlisted
from .after import after_the_draw
from .amendments import amendments_only_later
from .bids import auction_is_replayed
from .case import Case, Leaf
from .entries import closed_before_opened, nobody_vanishes
from .faults import Fault, Undecided
from .instants import instants_agree, postponed_in_place
from .quoting import quotes_are_opened, quotes_stand_once
from .sources import drand_proves_itself, nothing_withheld

RANDOM = "random"
ONCE = (
    "notice.published",
    "entries.sealed",
    "draw.result",
    "ranking.result",
    "entries.closed",
    "result.final",
    "draw.postponed",
)


def no_second(case: Case) -> None:
    """Rule 5, for draws that are still open too: what may stand once stands once."""
    for kind in ONCE:
        found = case.of(kind)
        if len(found) > 1:
            raise Fault(
                "leaf.second", rule=5, where=found[1].where, type=kind, first=found[0].index
            )


def first_counts(case: Case) -> str:
    """Rule 5: one notice, one seal, one result; a second one is a fault to be shown."""
    no_second(case)
    return f"notice {case.the('notice.published').index}, seal {case.seal.index}, result {case.result.index}"


def keys_are_pinned(case: Case) -> str:
    """Rule 13: the anchor of each chain of the draw is the one that the regulator published."""
    if not case.keys.pinned:
        return "anchors_claimed"
    for source in case.chains:
        leaf = case.anchor(source, case.notice.where)
        pinned = case.keys.anchors.get(source)
        if pinned is None:
            raise Fault("keys.no_anchor", where=leaf.where, source=source)
        whole = pinned if isinstance(pinned, dict) else {"anchor": pinned}
        for key, value in whole.items():
            if leaf[key] != value:
                raise Fault(
                    "keys.anchor" if key == "anchor" else "keys.anchor_part",
                    where=leaf.where,
                    source=source,
                    key=key,
                    pinned=value,
                    found=leaf[key],
                )
    bare = [source for source in case.chains if not isinstance(case.keys.anchors[source], dict)]
    for source in bare:
        if case.keys.owner(source) == case.keys.origin:  # he who could misstate it made it himself
            case.mark("keys.bare_anchor", 13, "keys.json", source=source)
        else:
            raise Undecided("keys.bare_anchor", where="keys.json", source=source)
    return "anchors_pinned" if case.chains else "-"


def alg_is_allowed(case: Case) -> str:
    """Rule 13: a notice comes under a protocol that keys.json allows at its place in the log."""
    notices = [case.the("notice.published"), *case.of("notice.amended")]
    for leaf in notices:
        if leaf["alg"] != notices[0]["alg"]:
            raise Fault("notice.other_alg", rule=7, where=leaf.where, alg=leaf["alg"])
    case.keys.require_alg(notices[0].index, notices[0]["alg"], notices[0].where)
    return str(notices[0]["alg"])


def small_leaves(case: Case) -> str:
    """Rule 14: above 256 opened entries the list goes into parts, and the result carries a digest
    of the whole order.
    """
    seal = case.seal
    result = case.result
    kinds = ("entrants", "excluded", "unopened") if case.is_second else ("entrants", "excluded")
    rows = sum(len(case.rows(kind)) for kind in kinds)
    parts = case.of("entries.part")
    if ("parts" in seal.value) != (rows > protocol.PART_ROWS):
        raise Fault("part.needed", where=seal.where, rows=rows)
    if len(parts) != len(seal.value.get("parts", ())):
        raise Fault("part.extra", where=parts[-1].where)
    for number, part in enumerate(parts, 1):
        size = sum(len(part.value.get(kind, ())) for kind in kinds)
        expected = (
            protocol.PART_ROWS
            if number < len(parts)
            else rows - protocol.PART_ROWS * (len(parts) - 1)
        )
        if part["part"] != number or part.hash != seal["parts"][number - 1] or size != expected:
            raise Fault("part.order", where=part.where, part=part["part"])
    if seal.value.get("count", rows) != rows:
        raise Fault("part.count", where=seal.where, count=seal["count"], rows=rows)
    if ("order_sha256" in result.value) != (len(case.entrants) > protocol.PART_ROWS):
        raise Fault("result.digest_needed", where=result.where)
    return f"{rows} rows"


def order_in_the_log(case: Case) -> str:
    """Rule 3: anchors, notice, entries, seal, values, result, skips, final; ids and values all
    different.
    """
    notice = case.the("notice.published")
    seal = case.seal
    result = case.result
    close = case.notice["entry_close"]
    anchors_first(case, notice)
    for leaf in case.of("entry.received", "entry.withdrawn", "entries.part", "entries.closed"):
        if not notice.index < leaf.index < seal.index:
            raise Fault("order.entry", where=leaf.where, notice=notice.index, seal=seal.index)
        at = leaf.value.get("received_at", leaf.value.get("at", 0))
        if leaf["type"].startswith("entry.") and at >= close:
            raise Fault("order.after_close", where=leaf.where, at=at, close=close)
    if seal["at"] < close:
        raise Fault("order.seal_before_close", where=seal.where, at=seal["at"], close=close)
    _values_between(case, seal, result)
    last = max((leaf.index for leaf in case.of("result.skip")), default=result.index)
    for leaf in case.of("result.skip", "result.final"):
        if leaf.index <= result.index or (leaf["type"] == "result.final" and leaf.index <= last):
            raise Fault("order.after_result", where=leaf.where, result=result.index)
    return f"{len(case.leaves)} leaves"


def anchors_first(case: Case, notice: Leaf) -> None:
    """Rule 3: every chain was anchored once, before the notice; no source stands in it twice."""
    anchors = case.of("source.anchor")
    for key in ("source", "anchor"):
        if len({leaf[key] for leaf in anchors}) != len(anchors):
            raise Fault("anchor.twice", where=anchors[-1].where, key=key)
    for leaf in anchors:
        if leaf.index >= notice.index:
            raise Fault("anchor.late", where=leaf.where, notice=notice.index)
    ids = [
        source["id"] for source in [*case.notice["sources"], *case.notice.value.get("fallback", ())]
    ]
    if len(set(ids)) != len(ids):
        raise Fault("source.twice", where=case.notice.where)


def _values_between(case: Case, seal: Leaf, result: Leaf) -> None:
    sealed = case.seal_view.size if case.seal_view else seal.index + 1
    leaves = [used.leaf for used in case.sources]
    for leaf in leaves:
        if not sealed <= leaf.index < result.index and leaf["type"] == "source.value":
            raise Fault("order.value", where=leaf.where, sealed=sealed, result=result.index)
    postponed_in_place(case, [leaf for leaf in leaves if leaf["type"] == "source.value"])
    values = [leaf["value"] for leaf in leaves if leaf["type"] == "source.value"]
    if len(set(values)) != len(values):
        raise Fault("value.equal", where=leaves[-1].where)
    extra = [leaf for leaf in case.of("source.value") if leaf not in leaves]
    if extra and case.seal_view is not None:
        raise Fault("value.twice", where=extra[0].where, source=extra[0]["source"])


def cosigned_in_time(case: Case) -> str:
    """Rule 4: close <= seal <= cosignature <= T - 60, for the witness of each chain owner other
    than the operator.
    """
    close = case.notice["entry_close"]
    sealed_at = case.seal["at"]
    for name, time in case.owner_times.items():
        if not close <= sealed_at <= time <= case.time - protocol.GAP:
            raise Fault(
                "cosignature.time",
                where="seal.checkpoint",
                witness=name,
                close=close,
                sealed=sealed_at,
                cosigned=time,
                latest=case.time - protocol.GAP,
            )
    return ", ".join(f"{name} {time}" for name, time in case.owner_times.items())


def slot_follows_time(case: Case) -> str:
    """Rule 2: slots and rounds are functions of the time; a late seal postpones by rule and is
    logged.
    """
    notice = case.notice
    draw_at = case.notice["draw_at"]
    if draw_at < notice["entry_close"] + protocol.GAP:
        raise Fault(
            "slot.too_soon", where=notice.where, draw_at=draw_at, close=notice["entry_close"]
        )
    _plan_follows(case, notice, draw_at)
    postponed = case.of("draw.postponed")
    if (case.time != draw_at) != bool(postponed) or any(
        leaf["draw_at"] != case.time for leaf in postponed
    ):
        raise Fault(
            "slot.postponed",
            where=postponed[0].where if postponed else notice.where,
            draw_at=draw_at,
            time=case.time,
        )
    _values_are_due(case)
    return f"T={case.time}" + (" postponed" if postponed else "")


def _plan_follows(case: Case, notice: Leaf, draw_at: int) -> None:
    """Each source of the notice names the slot or round of the time that the notice promises."""
    for source in notice["sources"]:
        if source["kind"] == "chain":
            anchor = case.anchor(source["id"], notice.where)
            if (draw_at - anchor["genesis"]) % anchor["period"]:
                raise Fault(
                    "slot.boundary", where=notice.where, source=source["id"], draw_at=draw_at
                )
            slot = case.slot(source["id"], draw_at)
            if source["slot"] != slot:
                raise Fault(
                    "slot.plan",
                    where=notice.where,
                    source=source["id"],
                    slot=source["slot"],
                    expected=slot,
                )
        elif source["kind"] == "drand" and source["round"] != protocol.drand_round(draw_at):
            raise Fault(
                "round.plan",
                where=notice.where,
                round=source["round"],
                expected=protocol.drand_round(draw_at),
            )


def _values_are_due(case: Case) -> None:
    """No value of another slot was used than the one that fell due."""
    for used in case.sources:
        slot = used.leaf.value.get("slot")
        if used.plan["kind"] == "chain" and not used.failed and slot != used.due:
            raise Fault("slot.value", where=used.leaf.where, slot=slot, expected=used.due)


def level_is_computed(case: Case) -> str:
    """Rule 8: the label is what the data carry; a notice may not claim more than its plan can."""
    good = [used for used in case.sources if not used.failed]
    beacon = any(used.plan["kind"] != "chain" for used in good)
    owners = {case.keys.owner(used.plan["id"]) for used in good if used.plan["kind"] == "chain"}
    times = case.seal_view.times if case.seal_view else {}
    timely = sum(case.seal["at"] <= time <= case.time - protocol.GAP for time in times.values())
    found = protocol.level(len(owners), bool(case.owner_times), beacon, timely)
    if case.claimed_level != found:
        raise Fault("level.label", where="level", label=case.claimed_level, computed=found)
    kinds = [source["kind"] for source in case.notice["sources"]]
    reach = protocol.level(kinds.count("chain"), True, set(kinds) != {"chain"}, 2)
    if case.notice.value.get("level", "S0") > reach:
        raise Fault(
            "level.plan", where=case.notice.where, claimed=case.notice["level"], reach=reach
        )
    if found < case.keys.least_level:
        raise Undecided("level.least", where="level", computed=found, least=case.keys.least_level)
    return found


def result_is_computed(case: Case) -> str:
    """Rule 11, first half: the result's seed and order are the computed ones."""
    result = case.result
    refs = [ref for ref, _ in case.ranking]
    seed = result.value.get("seed")
    if seed != case.seed:
        raise Fault("result.seed", where=result.where, found=seed, computed=case.seed)
    _one_result(case, result)
    if result["order"] != refs[: protocol.PART_ROWS]:
        raise Fault("result.order", where=result.where, computed=",".join(refs[:5]))
    if result.value.get("order_sha256", protocol.order_digest(refs)) != protocol.order_digest(refs):
        raise Fault("result.order_sha256", where=result.where)
    return case.seed if result["type"] == "draw.result" else _ranked(case)


def _ranked(case: Case) -> str:
    """What ranked: the rule, the price by which everybody is measured, how many a lot has placed."""
    rule = case.notice["rule"]
    reference = ranked.reference_of(rule, case.amounts)
    placed = sum(ticket is not None for _, ticket in case.ranking)
    return f"{rule}; {'-' if reference is None else score.shown(reference)}; {placed}"


def _one_result(case: Case, result: Leaf) -> None:
    """The order stands in the leaf of its protocol alone, follows the rule of the notice, and names as
    many winners as the notice.
    """
    others = [leaf for leaf in case.of("draw.result", "ranking.result") if leaf is not result]
    rule = case.notice.value.get("rule", RANDOM)
    if others or (rule == RANDOM) != (result["type"] == "draw.result"):
        where = (others or [case.notice])[0].where
        raise Fault("result.rule", where=where, way=rule, type=(others or [result])[0]["type"])
    if result.value.get("winners", case.notice["winners"]) != case.notice["winners"]:
        raise Fault("result.winners", where=result.where, found=result["winners"])


def relisting_is_visible(case: Case) -> str:
    """Rule 12: a relisted notice names its project and its predecessor, and is not its own
    predecessor.
    """
    notice = case.notice.value
    if "predecessor" in notice and ("project" not in notice or notice["predecessor"] == case.draw):
        raise Fault("notice.predecessor", where=case.notice.where)
    return str(notice.get("predecessor", "-"))


@dataclass(frozen=True)
class Rule:
    """One step of the check: a stable name (pages translate it), the rule's number, the function."""

    name: str
    number: int
    check: Callable[[Case], str]

    def bind(self, case: Case) -> Callable[[], str]:
        """This rule over one draw, ready to run."""
        return lambda: self.check(case)


RULES = (
    Rule("first", 5, first_counts),
    Rule("alg", 13, alg_is_allowed),
    Rule("anchors", 13, keys_are_pinned),
    Rule("size", 14, small_leaves),
    Rule("amendments", 7, amendments_only_later),
    Rule("cosigned", 4, cosigned_in_time),
    Rule("slots", 2, slot_follows_time),
    Rule("log_order", 3, order_in_the_log),
    Rule("closed", 16, closed_before_opened),
    Rule("quotes", 15, quotes_stand_once),
    Rule("entries", 6, nobody_vanishes),
    Rule("sealed_quotes", 17, quotes_are_opened),
    Rule("auction", 18, auction_is_replayed),
    Rule("values", 10, nothing_withheld),
    Rule("beacons", 9, drand_proves_itself),
    Rule("result", 11, result_is_computed),
    Rule("level", 8, level_is_computed),
    Rule("after", 11, after_the_draw),
    Rule("instants", 3, instants_agree),
    Rule("relisting", 12, relisting_is_visible),
)
BEFORE_VALUES = [rule.name for rule in RULES].index("values")
SHORTLISTED = (
    *RULES[:BEFORE_VALUES],
    Rule("credit", 16, shortlisted.credit_stands),
    *RULES[BEFORE_VALUES:],
    Rule("choice", 16, shortlisted.choice_stands),
)
"""The steps where the owner chooses among the few that a lottery by credit gave (ADR 0061)."""
NEEDS_FILE = frozenset({"cosigned", "level"})  # steps that leaves alone cannot decide


def rules_of(case: Case) -> tuple[Rule, ...]:
    """The steps that a draw is held to, by the rule of its notice."""
    is_shortlisted = case.notice.value.get("rule") == shortlisted.RULE
    return SHORTLISTED if is_shortlisted else RULES


def is_recomputed(way: object) -> bool:
    """Whether the order of a way that ranks is computed here."""
    return way in ranked.ORDERS or way == shortlisted.RULE
