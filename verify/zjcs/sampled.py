"""The samples of a whole log held to the rules of `samples.py`: planned before their period, listed whole,
drawn by a seed that nobody knew. What is missing is listed with "!".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import draw as protocol
from . import note, samples, sources
from .case import Leaf
from .evidence import Step, run
from .faults import Fault, Undecided
from .keys import Keys
from .logread import Found, Source

PATIENCE = 3 * 24 * 3600  # seconds that a list, a lot and its values may take before "!" says so


@dataclass(frozen=True)
class Sample:
    """One sample, joined: its plan, its list, its lot and the seed as far as the log has them."""

    plan: Leaf
    listed: Leaf | None
    fixed: Leaf | None
    drawn: Leaf | None

    @property
    def name(self) -> str:
        return f"{self.plan['label']} {self.plan['period']}"


def of_the_log(
    found: Found, anchors: Mapping[str, Leaf], keys: Keys, source: Source, now: int
) -> Iterator[Step]:
    """Every sample of a log, and the periods of which there is none."""
    for sample in _joined(found):
        yield from _late(sample, now)
        if sample.plan["label"] not in samples.POOLS:
            yield _mark("sample.label", sample.plan, label=sample.plan["label"])
        elif sample.listed is not None:
            held = Held(found, anchors, keys, source, sample)
            yield run("sample", None, held.check)
    yield from _missing(found, now)


def _joined(found: Found) -> Iterator[Sample]:
    """Samples in the order of their plans. Raises Fault for a second plan, list, lot or seed."""
    of: dict[str, list[Leaf]] = {}
    for leaf in found.of_samples:
        of.setdefault(leaf["type"], []).append(leaf)
    listed = _once(of.get("sample.listed", []), "label", "period")
    fixed = _once(of.get("lot.fixed", []), "lot")
    drawn = _once(of.get("lot.drawn", []), "lot")
    plans = _once(of.get("sample.planned", []), "label", "period")
    for (label, period), plan in plans.items():
        own = listed.pop((label, period), None)
        lot = next((each for each in fixed.values() if own and _is_lot_of(each, own)), None)
        fixed.pop((lot["lot"],) if lot else (), None)
        yield Sample(plan, own, lot, drawn.pop((lot["lot"],), None) if lot else None)
    for left in (*listed.values(), *fixed.values(), *drawn.values()):
        raise Fault("sample.unplanned", where=left.where, type=left["type"])


def _is_lot_of(fixed: Leaf, listed: Leaf) -> bool:
    said = (fixed["label"], fixed["list_sha256"], fixed["lot"])
    own = (listed["label"], listed["sha256"], f"{fixed['draw']}/{listed['label']}")
    return said == own and fixed.index > listed.index


def _once(leaves: list[Leaf], *keys: str) -> dict[tuple[Any, ...], Leaf]:
    by: dict[tuple[Any, ...], Leaf] = {}
    for leaf in leaves:
        key = tuple(leaf[each] for each in keys)
        if key in by:
            raise Fault("sample.twice", where=leaf.where, type=leaf["type"], first=by[key].index)
        by[key] = leaf
    return by


def _mark(code: str, leaf: Leaf, **facts: str) -> Step:
    return Step("remark", None, "", mark=Fault(code, rule=None, where=leaf.where, **facts))


def _late(sample: Sample, now: int) -> Iterator[Step]:
    """What came too late, or never."""
    start, end = samples.bounds(sample.plan["period"])
    said = {"sample": sample.name}
    if sample.plan["at"] >= start:
        yield _mark("sample.planned_late", sample.plan, **said)
    if sample.listed is None:
        if now > end + PATIENCE:
            yield _mark("sample.unlisted", sample.plan, **said)
        return
    if sample.listed["at"] > end + PATIENCE:
        yield _mark("sample.listed_late", sample.listed, **said)
    begun = sample.fixed or sample.listed
    since = sample.fixed["draw_at"] if sample.fixed else sample.listed["at"]
    if sample.listed["count"] and sample.drawn is None and now > since + PATIENCE:
        yield _mark("sample.undrawn", begun, **said)


def _missing(found: Found, now: int) -> Iterator[Step]:
    """The periods since the first plan of a label for which there is no plan."""
    plans = [leaf for leaf in found.of_samples if leaf["type"] == "sample.planned"]
    known = {(leaf["label"], leaf["period"]) for leaf in plans}
    first = {leaf["label"]: leaf for leaf in reversed(plans)}
    for label, leaf in first.items():
        for period in samples.since(leaf["period"], now):
            if (label, period) not in known:
                yield _mark("sample.missing", leaf, sample=f"{label} {period}")


@dataclass(frozen=True)
class Held:
    """One sample with what it is held to."""

    found: Found
    anchors: Mapping[str, Leaf]
    keys: Keys
    source: Source
    sample: Sample

    def check(self) -> str:
        """The list, then the lot; says which were drawn."""
        refs = self._refs()
        sample = self.sample
        if sample.fixed is None or sample.drawn is None:
            return f"{sample.name}: {len(refs)}"
        head, at = self._seen(sample.fixed)
        used = [self._used(each, sample.fixed, head, at) for each in sample.fixed["sources"]]
        seed = samples.lot_seed(
            fixed_leaf=sample.fixed.hash,
            label=sample.plan["label"],
            lot=sample.fixed["lot"],
            notice_leaf=sample.plan.hash,
            sources=used,
        )
        if sample.drawn["seed"] != seed:
            raise Fault("sample.seed", where=sample.drawn.where, computed=seed)
        plan = sample.plan.value
        limits = {key: plan[key] for key in ("least", "most") if key in plan}
        many = samples.how_many(len(refs), plan["share"], **limits)
        drawn = samples.ranked(seed, plan["label"], refs)[:many]
        self._somebody_else(sample.fixed, used)
        return f"{sample.name}: {len(refs)}, {', '.join(drawn)}"

    def _somebody_else(self, fixed: Leaf, used: Sequence[Mapping[str, Any]]) -> None:
        """Who runs the log knows the values of its own chains, and writes when one is lost: another must
        have given a value. Undecided `sample.operator`.
        """
        given = [each["id"] for each in used if "value" in each]
        if {self.keys.owner(source) for source in given} <= {self.keys.origin}:
            raise Undecided("sample.operator", where=fixed.where, sample=self.sample.name)

    @property
    def _end(self) -> int:
        """The index before which the values must stand."""
        return self.sample.drawn.index if self.sample.drawn else 0

    def _refs(self) -> list[str]:
        """The list, computed anew. Raises Fault `sample.early`, `sample.list`."""
        listed = self.sample.listed
        plan = self.sample.plan
        if listed is None:
            raise ValueError("only what was listed is checked")
        if listed["at"] < samples.bounds(plan["period"])[1] or listed.index < plan.index:
            raise Fault("sample.early", where=listed.where, sample=self.sample.name)
        refs = samples.listed(self.found.closings, plan["label"], plan["period"], listed.index)
        if (listed["count"], listed["sha256"]) != (len(refs), samples.digest(refs)):
            raise Fault("sample.list", where=listed.where, count=len(refs), found=listed["count"])
        return refs

    def _seen(self, fixed: Leaf) -> tuple[int, int]:
        """Size of the head in which the lot was seen, and T: as fixed, or 60 s after the last chain owner's
        cosignature where that was late.
        """
        if fixed["draw_at"] < fixed["at"] + protocol.GAP:
            raise Fault("sample.too_soon", where=fixed.where, sample=self.sample.name)
        name = self.keys.origin
        owners = {self.keys.owner(each["id"]) for each in fixed["sources"]} - {name}
        data = self.source.read(f"../samples/{fixed['draw']}/seal")
        if data is None:
            raise Undecided("sample.no_seal", where=fixed.where, sample=self.sample.name)
        listed = map(note.parse_vkey, (self.source.read("keys") or b"").decode().split())
        head, signed = note.open_listed(data.decode(), name, self.keys.log, list(listed))
        if head.size <= fixed.index or head.root != self.found.root(head.size):
            raise Fault("log.fork", where=fixed.where, size=head.size)
        times = note.cosignature_times(signed, self.keys.witnesses)
        lacking = sorted(owners - times.keys())
        if lacking:
            raise Fault("cosignature.missing", rule=4, where=fixed.where, witness=lacking[0])
        return head.size, protocol.draw_time(fixed["draw_at"], [times[owner] for owner in owners])

    def _used(self, planned: Mapping[str, Any], fixed: Leaf, head: int, at: int) -> dict[str, Any]:
        """A source as the transcript has it: its value of the slot of T, or the leaf that declared it
        lost, signed by two.
        """
        chain = planned["id"]
        anchor = self.anchors.get(chain)
        pinned = self.keys.anchors.get(chain) if self.keys.pinned else None
        said = pinned["anchor"] if isinstance(pinned, dict) else pinned
        if anchor is None or (self.keys.pinned and said != anchor["anchor"]):
            raise Fault("anchor.missing", rule=3, where=fixed.where, source=chain)
        facts = (anchor["genesis"], anchor["period"], anchor["n"])
        if planned.get("slot") != protocol.slot_for(fixed["draw_at"], *facts):
            raise Fault("sample.slot", where=fixed.where, source=chain)
        slot = protocol.slot_for(at, *facts)
        for leaf in self.found.sources:
            if leaf["source"] != chain or leaf.value.get("slot", slot + 1) > slot:
                continue
            if leaf["type"] == "source.lost":
                if not fixed.index < leaf.index < self._end:
                    raise Fault("failure.order", where=leaf.where)
                sources.loss_holds(leaf, anchor, slot, self.keys)
                return {"id": chain, "failed_leaf": leaf.hash}
            if leaf["type"] == "source.value" and leaf["slot"] == slot:
                if not head <= leaf.index < self._end:
                    raise Fault("sample.value_place", where=leaf.where, source=chain, slot=slot)
                if not self.found.walked.get(leaf.index, False):
                    raise Fault("value.anchor", rule=10, where=leaf.where, slot=slot)
                return {"id": chain, "slot": slot, "value": leaf["value"]}
        raise Fault("sample.value", where=fixed.where, source=chain, slot=slot)
