"""One draw, joined: its leaves sorted into their parts, who cosigned when, and the instant T.
Facts, no judgements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from . import bidding, ranked, shortlisted
from . import draw as protocol
from .faults import Fault
from .keys import Keys

NUMBERED_BY = {"chain": "slot", "drand": "round", "lottery": "issue"}


@dataclass(frozen=True)
class Leaf:
    """One leaf of the log: its index, what it says, its hash (hex)."""

    index: int
    value: dict[str, Any]
    hash: str

    @property
    def where(self) -> str:
        return f"leaf {self.index}"

    def __getitem__(self, key: str) -> Any:
        return self.value[key]


@dataclass(frozen=True)
class View:
    """A checkpoint as an outsider holds it: its size and the times (epoch seconds) at which
    witnesses cosigned it.
    """

    size: int
    times: dict[str, int]


@dataclass
class Case:
    """Everything about one draw. The three views are None when only the log's leaves are known."""

    draw: str
    keys: Keys
    leaves: Sequence[Leaf]
    seal_view: View | None = None
    closed_view: View | None = None
    final_view: View | None = None
    claimed_level: str | None = None
    lottery: frozenset[str] = (
        frozenset()
    )  # lottery values that the person at the screen has compared himself
    memory: dict[str, tuple[int, str]] = field(
        default_factory=dict
    )  # per anchor: the highest checked slot and value
    boxes: dict[int, bytes] | None = None  # sealed quotes that the file shows, by entry number
    heads: Sequence[View] = ()  # further cosigned heads that the file shows
    walked: dict[int, bool] | None = (
        None  # of a whole log: index of a chain's value -> whether it fits its anchor
    )
    marks: list[Fault] = field(
        default_factory=list
    )  # what no rule refuses and somebody has to answer for ("!")

    def mark(self, code: str, rule: int, where: str, **facts: Any) -> None:
        """List something beside the verdict."""
        self.marks.append(Fault(code, rule=rule, where=where, **facts))

    @cached_property
    def is_second(self) -> bool:
        """Whether the draw is one of `zjcs-draw/2`: the alg of its notice governs all its leaves."""
        return bool(self.the("notice.published")["alg"] != protocol.PROTOCOL)

    @cached_property
    def views(self) -> list[View]:
        """Every cosigned head that the file shows."""
        known = (self.seal_view, self.closed_view, self.final_view)
        return [*(view for view in known if view is not None), *self.heads]

    def seen_at(self, index: int) -> int | None:
        """When a witness first cosigned a head over a leaf, as far as the file shows; None: never."""
        return min(
            (time for view in self.views if view.size > index for time in view.times.values()),
            default=None,
        )

    def of(self, *types: str) -> list[Leaf]:
        """Leaves of these types, in log order."""
        return [leaf for kind in types for leaf in self._by_type.get(kind, ())]

    @cached_property
    def _by_type(self) -> dict[str, list[Leaf]]:
        sorted_by_type: dict[str, list[Leaf]] = {}
        for leaf in self.leaves:
            sorted_by_type.setdefault(leaf["type"], []).append(leaf)
        return sorted_by_type

    def the(self, kind: str) -> Leaf:
        """The first leaf of a type. Raises Fault `leaf.missing` (rule 5)."""
        found = self.of(kind)
        if not found:
            raise Fault("leaf.missing", rule=5, where=f"draw {self.draw}", type=kind)
        return found[0]

    @cached_property
    def notice(self) -> Leaf:
        """The notice in force: the last amendment before the seal, or the publication."""
        return (self.of("notice.amended") or [self.the("notice.published")])[-1]

    @cached_property
    def seal(self) -> Leaf:
        return self.the("entries.sealed")

    @property
    def result_type(self) -> str:
        """The type of the leaf that carries the order: a way that ranks has its own."""
        is_ranked = self.the("notice.published")["alg"] == protocol.RANKED_2
        return "ranking.result" if is_ranked else "draw.result"

    @cached_property
    def result(self) -> Leaf:
        return self.the(self.result_type)

    @cached_property
    def anchors(self) -> dict[str, Leaf]:
        """Source id -> its first anchor leaf."""
        return {leaf["source"]: leaf for leaf in reversed(self.of("source.anchor"))}

    def anchor(self, source: str, where: str) -> Leaf:
        """Anchor of a chain. Raises Fault `anchor.missing` (rule 3)."""
        if source not in self.anchors:
            raise Fault("anchor.missing", rule=3, where=where, source=source)
        return self.anchors[source]

    def slot(self, source: str, time: int) -> int:
        """Slot of a chain for an instant. Raises Fault `slot.range` (rule 2)."""
        anchor = self.anchor(source, self.notice.where)
        try:
            return protocol.slot_for(time, anchor["genesis"], anchor["period"], anchor["n"])
        except Fault as fault:
            raise fault.at(self.notice.where, rule=2) from None

    @cached_property
    def chains(self) -> list[str]:
        """Ids of the chain sources of the notice in force."""
        return [source["id"] for source in self.notice["sources"] if source["kind"] == "chain"]

    @cached_property
    def owners(self) -> list[str]:
        """Names of the chain owners other than the operator, each once, in the notice's order."""
        names = dict.fromkeys(self.keys.owner(source) for source in self.chains)
        return [name for name in names if name != self.keys.origin]

    @cached_property
    def owner_times(self) -> dict[str, int]:
        """When each chain owner's witness cosigned the seal. Raises Fault `cosignature.missing`
        (rule 4).
        """
        if self.seal_view is None:
            return {}
        missing = [name for name in self.owners if name not in self.seal_view.times]
        if missing:
            raise Fault("cosignature.missing", rule=4, where="seal.checkpoint", witness=missing[0])
        return {name: self.seal_view.times[name] for name in self.owners}

    @cached_property
    def time(self) -> int:
        """T of rule 2. Of leaves alone: what `draw.postponed` says, else `draw_at`."""
        if self.seal_view is None:
            postponed = self.of("draw.postponed")
            return int(postponed[0]["draw_at"] if postponed else self.notice["draw_at"])
        return protocol.draw_time(self.notice["draw_at"], self.owner_times.values())

    @cached_property
    def entrants(self) -> list[dict[str, Any]]:
        """Rows of the sealed list, its parts included."""
        return self.rows("entrants")

    @cached_property
    def excluded(self) -> list[dict[str, Any]]:
        """Rows that were opened and excluded at the seal."""
        return self.rows("excluded")

    def rows(self, key: str) -> list[dict[str, Any]]:
        """Rows of the seal under `key`, those of its parts included."""
        lists: Iterable[dict[str, Any]] = [self.seal.value]
        if "parts" in self.seal.value:
            parts = {leaf.hash: leaf.value for leaf in self.of("entries.part")}
            missing = [digest for digest in self.seal["parts"] if digest not in parts]
            if missing:
                raise Fault("part.missing", rule=14, where=self.seal.where, part=missing[0])
            lists = [parts[digest] for digest in self.seal["parts"]]
        return [row for value in lists for row in value.get(key, ())]

    def about(self, kind: str, source: str, due: int | None) -> list[Leaf]:
        """Values, losses or failures of a source; in a whole log, where draws share sources, only
        those for `due`.
        """
        found = [leaf for leaf in self.of(kind) if leaf["source"] == source]
        if self.seal_view is not None or due is None:
            return found
        if kind == "source.lost":
            return [leaf for leaf in found if leaf["slot"] <= due]
        return [leaf for leaf in found if due in (leaf.value.get("slot"), leaf.value.get("round"))]

    @cached_property
    def sources(self) -> list[Used]:
        """What stands behind the seed, in transcript order."""
        return resolve(self)

    @cached_property
    def seed(self) -> str:
        """The seed recomputed from the leaves."""
        transcript = [used.entry for used in self.sources]
        return protocol.seed(self.draw, self.notice.hash, self.seal.hash, transcript)

    @property
    def is_auction(self) -> bool:
        """Whether bids decide: then no row carries a quote."""
        return self.notice.value.get("rule") in ranked.AUCTIONS

    @cached_property
    def course(self) -> bidding.Course:
        """The auction replayed from its leaves. Raises Fault `auction.*`."""
        if "auction" not in self.notice.value:
            raise Fault("auction.terms", where=self.notice.where)
        bids = self.of("auction.bid", "auction.frozen", "auction.resumed")
        return bidding.replay(self.notice["auction"], sorted(bids, key=lambda leaf: leaf.index))

    @cached_property
    def amounts(self) -> dict[str, int]:
        """What each entrant on the list offers (fen), by ref. Raises Fault `quote.promise`."""
        if self.is_auction:
            last = self.course.last
            return {
                row["ref"]: last[row["no"]].amount for row in self.entrants if row["no"] in last
            }
        said = self.notice.value.get("quote_rule")
        if said is None or any(said["kind"] not in row for row in self.entrants):
            raise Fault("quote.promise", where=self.notice.where)
        return ranked.amounts_of(self.entrants, said)

    @cached_property
    def ranking(self) -> Sequence[tuple[str, str | None]]:
        """The full order recomputed: (ref, ticket), best first. Of a way that ranks only equals have a
        ticket.
        """
        if self.result_type == "draw.result":
            return protocol.order(self.seed, [row["ref"] for row in self.entrants])
        if self.notice["rule"] == shortlisted.RULE:
            return shortlisted.ranking(self)
        order = ranked.order_of(self.notice["rule"], ranked.Basis(self.amounts), self.seed)
        return [(ref, order.tickets.get(ref)) for ref in order.refs]


@dataclass(frozen=True)
class Used:
    """One source in the transcript: its plan, the leaf that gave its value or its failure, and the
    slot or round due.
    """

    plan: dict[str, Any]
    leaf: Leaf
    due: int | None
    failed: bool = False
    since: int | None = None  # of a fallback: when the source failed whose place it takes

    @property
    def entry(self) -> dict[str, Any]:
        """How it stands in the transcript of the seed."""
        if self.failed:
            return {"id": self.plan["id"], "failed_leaf": self.leaf.hash}
        number = NUMBERED_BY[self.plan["kind"]]
        return {"id": self.plan["id"], number: self.leaf[number], "value": self.leaf["value"]}


def resolve(case: Case) -> list[Used]:
    """Choose for each source of the notice its value or its failure, then the fallbacks that
    failures call for.
    """
    used = [_value_or_failure(case, plan, _due(case, plan)) for plan in case.notice["sources"]]
    failures = [item for item in used if item.failed]
    spare = list(case.notice.value.get("fallback", ()))
    for failure in failures:
        since = failure
        while since.failed:
            if not spare:
                raise Fault(
                    "fallback.exhausted", rule=10, where=since.leaf.where, source=since.plan["id"]
                )
            plan = spare.pop(0)
            later = since.leaf["at"] + protocol.FALLBACK_DELAY
            due = protocol.drand_round(later) if plan["kind"] == "drand" else None
            since = replace(_value_or_failure(case, plan, due), since=since.leaf["at"])
            used.append(since)
    return used


def _due(case: Case, plan: dict[str, Any]) -> int | None:
    if plan["kind"] == "chain":
        return case.slot(plan["id"], case.time)
    return protocol.drand_round(case.time) if plan["kind"] == "drand" else None


def _value_or_failure(case: Case, plan: dict[str, Any], due: int | None) -> Used:
    """A chain's first loss is final unless the value came before; a drand failure is void once the
    round is there.
    """
    source = plan["id"]
    kind = plan["kind"]
    values = case.about("source.value", source, due)
    failures = case.about({"chain": "source.lost"}.get(kind, "source.failed"), source, due)
    if kind == "chain" and values and failures and failures[0].index < values[0].index:
        raise Fault("lost.final", rule=10, where=values[0].where, source=source)
    if values:
        if NUMBERED_BY[kind] not in values[0].value:
            raise Fault("value.kind", rule=3, where=values[0].where, source=source)
        return Used(plan, values[0], due)
    if failures:
        return Used(plan, failures[0], due, failed=True)
    raise Fault("value.missing", rule=3, where=f"draw {case.draw}", source=source)
