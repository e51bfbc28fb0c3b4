"""The whole log: every leaf hashed up to the signed root, every draw in it joined and held to the
rules. Its evidence file alone shows when the witnesses cosigned a sealed list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import (
    bounds,
    direct,
    evidence,
    joins,
    merkle,
    note,
    receipts,
    sampled,
    scored,
    unfinished,
    witnessed,
)
from . import draw as protocol
from . import keys as verifier_keys
from .case import Case, Leaf
from .evidence import Step
from .faults import Fault, Undecided
from .keys import Keys
from .logread import Folder as Folder
from .logread import Found, Progress, Source, need, read_all
from .logread import Web as Web
from .logread import open_source as open_source
from .rules import NEEDS_FILE, is_recomputed, no_second, rules_of

FRESH = 24 * 3600  # seconds: a head that no witness has cosigned since says nothing about today


def check(
    source: Source,
    keys: Keys | None = None,
    since: str | None = None,
    every_tile: bool = False,
    progress: Progress = lambda done, size: None,
    *,
    as_of: int | None = None,
    mine: Mapping[str, bytes] | None = None,
) -> Iterator[Step]:
    """Verify a whole log. Yields steps; a step of a draw may carry a fault, a fault of the log
    itself is raised.

    `as_of` (epoch seconds): the day on which the head should be fresh; None: its age is not looked
    at. `mine`: receipts by name, joined to the log.
    """
    keys = keys or claimed_keys(source)
    listed = _listed(source)
    yield evidence.run("keys", 13, lambda: evidence.vouched(keys))
    text = need(source, "checkpoint").decode(errors="replace")
    head, times = _head(text, keys, listed, "checkpoint")
    seen = "".join(f"; {name} {time}" for name, time in times.items())
    yield Step("log", None, f"{head.origin} {head.size}{seen}")
    yield from _vouched(keys, head, times, as_of)
    kept = _kept(since, keys, listed, head) if since else None
    found = read_all(source, head, kept, every_tile, progress, min(times.values(), default=None))
    found.walked = bounds.walk(found.sources, _anchors(found))
    yield Step("leaves", None, f"{head.size}")
    if kept:
        yield Step("since", None, f"{kept.size}")
    if found.erased:
        yield Step("erased", None, ", ".join(found.erased))
    yield from joins.of_the_log(found)
    now = max(times.values(), default=found.highest)
    for draw in found.draws:
        yield from _draw(draw, found, keys, source, head.size, now)
    yield from sampled.of_the_log(found, _anchors(found), keys, source, now)
    for data in (mine or {}).values():
        yield _joined(data, keys, listed, found, head.size)


def _vouched(
    keys: Keys, head: note.Checkpoint, times: dict[str, int], as_of: int | None
) -> Iterator[Step]:
    """Who cosigned the head, and how long ago: undecided without the policy's witnesses, or without
    one of the last day.
    """
    if keys.witnesses and not times:
        point = Undecided("log.uncosigned", rule=11, where="checkpoint", size=head.size)
        yield Step("head", 11, "", point)
        return
    try:
        keys.require_seen(times, "checkpoint")
        newest = max(times.values(), default=0)
        if as_of is not None and times and as_of - newest > FRESH:
            raise Undecided("head.old", rule=11, where="checkpoint", cosigned=newest, as_of=as_of)
    except Undecided as point:
        if keys.witnesses:  # said already where there is none at all
            yield Step("head", point.rule, "", point)


def _anchors(found: Found) -> dict[str, Leaf]:
    """Each chain's first anchor."""
    anchors = [leaf for leaf in found.sources if leaf["type"] == "source.anchor"]
    return {leaf["source"]: leaf for leaf in reversed(anchors)}


def _joined(data: bytes, keys: Keys, listed: list[note.Key], found: Found, size: int) -> Step:
    """A receipt, held to its keys and to the log that was just read."""
    step = receipts.of_act(data, None, keys, listed)
    try:
        receipts.joined(data, size, found.root, found.leaf_hash)
    except Undecided as point:
        return Step(step.name, step.rule, step.detail, step.fault or point)
    return step


def claimed_keys(source: Source) -> Keys:
    """Keys as the log itself lists them in `keys`: the log's first, then its witnesses."""
    vkeys = need(source, "keys").decode(errors="replace").split()
    kinds = {vkey: note.parse_vkey(vkey).kind for vkey in vkeys}
    log = [vkey for vkey in vkeys if kinds[vkey] == note.ED25519]
    if not log:
        raise Fault("keys.shape", rule=13, where="keys", key="log")
    witnesses = [vkey for vkey in vkeys if kinds[vkey] == note.COSIGNATURE]
    return verifier_keys.claimed(note.parse_vkey(log[0]).name, log, witnesses)


def _listed(source: Source) -> list[note.Key]:
    """Keys that the log names beside the pinned ones: a line of one of them may stand below a head,
    and counts for nothing.
    """
    data = source.read("keys")
    return [note.parse_vkey(vkey) for vkey in data.decode(errors="replace").split()] if data else []


def _head(
    text: str, keys: Keys, listed: list[note.Key], where: str
) -> tuple[note.Checkpoint, dict[str, int]]:
    try:
        head, signed = note.open_listed(text, keys.origin, keys.log, [*keys.witnesses, *listed])
        return head, note.cosignature_times(signed, keys.witnesses)
    except Fault as fault:
        raise fault.at(where) from None


def _kept(text: str, keys: Keys, listed: list[note.Key], head: note.Checkpoint) -> note.Checkpoint:
    kept, _ = _head(text, keys, listed, "--since")
    if kept.size > head.size:
        raise Fault("log.shrunk", where="checkpoint", size=head.size, kept=kept.size)
    return kept


def _draw(
    draw: str, found: Found, keys: Keys, source: Source, size: int, now: int
) -> Iterator[Step]:
    """`now`: when a witness cosigned the head; when none did, the latest instant that the log's own
    entries name.
    """
    try:
        case = _case(draw, found, keys)
        no_second(case)
        if case.notice.value.get("rule") == direct.RULE:
            yield from evidence.chosen(case)
            return
        if case.notice.value.get("rule") in scored.RULES:
            yield from evidence.scored(case)
            yield from _opened(case, found, source, size)
            return
        case.keys.require_alg(case.notice.index, case.notice["alg"], case.notice.where)
        way = case.notice.value.get("rule")
        if found.algs[draw] == protocol.RANKED_2 and not is_recomputed(way):
            raise Undecided("way.unknown", rule=16, where=case.notice.where, way=way)
        if not case.of("entries.sealed"):
            yield from unfinished.unsealed(case, now)
            return
        if not case.of(case.result_type):
            yield unfinished.without_result(case)
            joins.of_a_draw(case, found)
            failed_at = joins.failed_at(found, draw)
            yield from [*unfinished.silent(case, now, failed_at), *evidence.remarks(case)]
            return
        yield from _drawn(case, found, source, size)
    except Fault as fault:
        yield Step("draw", fault.rule if isinstance(fault, Undecided) else None, draw, fault)


def _drawn(case: Case, found: Found, source: Source, size: int) -> Iterator[Step]:
    """A draw with a result: its file and every rule; what is listed beside it comes once."""
    undecided, marks = _against_file(case, found, source, size, f"../draws/{case.draw}")
    for rule in rules_of(case):
        if rule.name not in NEEDS_FILE:
            step = evidence.run(rule.name, rule.number, rule.bind(case))
            undecided = undecided or step.fault
    joins.of_a_draw(case, found)
    first = case.ranking[0][0] if case.ranking and not undecided else ""
    detail = f"{case.draw} {first}".strip()
    yield Step("draw", undecided.rule if undecided else None, detail, undecided)
    for mark in {
        (mark.code, mark.where, str(mark)): mark for mark in (*marks, *case.marks)
    }.values():
        yield Step("remark", mark.rule, case.draw, mark=mark)


def _opened(case: Case, found: Found, source: Source, size: int) -> Iterator[Step]:
    """A scored selection that is open: only its file has the boxes that give the rows, and the heads that
    show when a lot of experts was seen (rule 2). Undecided without it.
    """
    if not case.of("quotes.opened"):
        return
    folder = f"../notices/{case.draw.replace('XQ-', 'GG-', 1)}/scores"
    undecided, _ = _against_file(case, found, source, size, folder)
    yield Step("draw", undecided.rule if undecided else None, case.draw, undecided)


def _case(draw: str, found: Found, keys: Keys) -> Case:
    own = found.draws[draw]
    bare = Case(draw, keys, own)
    notice = bare.notice.value
    said = [notice, notice.get("experts", {})]
    plans = [plan for of in said for key in ("sources", "fallback") for plan in of.get(key, ())]
    ids = {plan["id"] for plan in plans}
    pools = found.pools if "experts" in notice else []
    return Case(
        draw,
        keys,
        sorted(
            own + pools + [leaf for leaf in found.sources if leaf["source"] in ids],
            key=lambda leaf: leaf.index,
        ),
        walked=found.walked,
    )


def _against_file(
    case: Case, found: Found, source: Source, size: int, folder: str
) -> tuple[Fault | None, list[Fault]]:
    """Hold the draw's evidence file to the log: its checks pass, its head is one of this log, it
    hides no leaf of this draw.
    """
    data = source.read(f"{folder}/evidence.json")
    if data is None:
        return Undecided("log.no_evidence", rule=4, where=f"draw {case.draw}"), []
    pinned = case.keys if case.keys.pinned else None
    value = evidence.load(data)
    head = note.parse_checkpoint(note.parse_note(value["checkpoint"]).text)
    if "sources" in case.notice.value:
        _no_false_value(case, found)
    steps = [*evidence.check(data, pinned), *_lists(folder, data, pinned, source)]
    undecided = next((step.fault for step in steps if step.fault), None)
    marks = [step.mark for step in steps if step.mark]
    _same_leaves(case, value, found, head, size)
    if head.size > size:
        # the draw moved on while the log was read; a forked head could hide in that excuse
        newer = Undecided("log.newer", where=f"draw {case.draw}", size=head.size)
        return undecided or newer, marks
    if head.root != found.root(head.size):
        raise Fault("log.fork", where=f"draw {case.draw}", size=head.size)
    return undecided, marks


def _no_false_value(case: Case, found: Found) -> None:
    """Values that the walk down the chains has found false are not hashed a second time."""
    for leaf in case.of("source.value"):
        if not found.walked.get(leaf.index, True) and leaf in [used.leaf for used in case.sources]:
            raise Fault("value.anchor", rule=10, where=leaf.where, slot=leaf["slot"])


def _same_leaves(
    case: Case, value: dict[str, Any], found: Found, head: note.Checkpoint, size: int
) -> None:
    """The file shows every leaf of this draw up to its head, as the log has them, and no other."""
    shown = {
        leaf["index"]: merkle.leaf_hash(leaf["utf8"].encode()).hex() for leaf in value["leaves"]
    }
    for leaf in found.draws[case.draw]:
        if leaf.index < head.size and shown.get(leaf.index) != leaf.hash:
            raise Fault("log.evidence", where=leaf.where, index=leaf.index)
    known = {leaf.index: leaf.hash for leaf in case.leaves}
    for index, digest in shown.items():
        if index < size and known.get(index) != digest:
            raise Fault("log.evidence", where=f"leaf {index}", index=index)


def _lists(folder: str, data: bytes, pinned: Keys | None, source: Source) -> Iterable[Step]:
    """What the list beside the evidence file shows: rule 2 of a postponed draw, rule 10 of failures.
    It is asked for only where it matters.
    """
    if not witnessed.is_asked_for(data):
        return ()
    listed = source.read(f"{folder}/cosignatures.json")
    return witnessed.steps([listed] if listed is not None else [], data, pinned)
