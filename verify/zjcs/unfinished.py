"""Draws without an end in a whole log: never sealed, or sealed without a result. Rule 12: their
order is computed all the same.

A chain's value that was withheld does not stay hidden: the value of any later slot, hashed down,
gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import draw as protocol
from .case import Case, Leaf
from .evidence import Step
from .faults import Fault
from .rules import nobody_vanishes

AFTER_RESULT = ("result.skip", "result.final")
AFTER_SEAL = ("draw.postponed", "draw.result", "ranking.result", *AFTER_RESULT)


def unsealed(case: Case, now: int) -> Iterator[Step]:
    """Without a sealed list nothing was drawn; who entered and was never sealed is shown once the
    draw's time is over.
    """
    _nothing_without(case, "entries.sealed", AFTER_SEAL)
    entries = case.of("entry.received")
    if entries and now > case.notice["draw_at"]:
        yield Step("unsealed", 6, f"{case.draw}: {len(entries)}")


def silent(case: Case, now: int, failed_at: int | None = None) -> Iterator[Step]:
    """Rule 10: which chains have owed a value for more than 24 h, each by its name. Nothing is owed to
    a selection that had failed before its instant (`failed_at`: too few had entered).
    """
    if failed_at is not None and failed_at < case.time:
        return
    for source in case.chains:
        anchor = case.anchor(source, case.notice.where)
        slot = case.slot(source, case.time)
        due = anchor["genesis"] + slot * anchor["period"]
        told = case.about("source.value", source, slot) or case.about("source.lost", source, slot)
        if not told and now > due + protocol.PATIENCE:
            late = Fault("value.silent", rule=10, where=f"draw {case.draw}", source=source, due=due)
            yield Step("remark", 10, "", mark=late)


def without_result(case: Case) -> Step:
    """A sealed draw without a result: its entries are held to the seal, its order is computed as
    soon as the log determines it.
    """
    _nothing_without(case, case.result_type, AFTER_RESULT)
    nobody_vanishes(case)
    if not case.entrants:
        return Step("open_empty", 12, case.draw)
    try:
        derived = list(_derived(case))
        full = Case(
            case.draw,
            case.keys,
            sorted([*case.leaves, *(leaf for leaf, _ in derived)], key=lambda leaf: leaf.index),
            walked=case.walked,
        )
        order = ",".join(ref for ref, _ in full.ranking)
    except Fault as fault:
        return Step("open_waiting", 12, case.draw, why=fault)
    if not derived:
        return Step("open", 12, f"{case.draw}: {order}")
    return Step(
        "open_derived",
        12,
        f"{case.draw}: {order}",
        why=_since(full, [later for _, later in derived]),
    )


def _nothing_without(case: Case, kind: str, followers: Iterable[str]) -> None:
    """Rule 5: what can only follow a leaf of a type does not stand without one."""
    found = case.of(*followers)
    if found:
        raise Fault("leaf.missing", rule=5, where=found[0].where, type=kind)


def _derived(case: Case) -> Iterator[tuple[Leaf, Leaf]]:
    """For each chain without the value that is due: the value as a later slot's gives it, and the
    first leaf that did.

    The first loss of a chain is final (rule 10): what comes to the log after it determines nothing.
    """
    for source in case.chains:
        due = case.slot(source, case.time)
        if case.about("source.value", source, due):
            continue
        lost = min((leaf.index for leaf in case.about("source.lost", source, due)), default=None)
        for later in case.of("source.value"):
            if (
                later["source"] == source
                and (lost is None or later.index < lost)
                and _fits(case, later, due)
            ):
                value = protocol.hash_down(later["value"], later["slot"] - due)
                yield Leaf(later.index, {**later.value, "slot": due, "value": value}, ""), later
                break


def _fits(case: Case, later: Leaf, due: int) -> bool:
    """Whether this is a value of a slot after `due`, proved by its chain's anchor: a false one
    determines nothing.
    """
    anchor = case.anchor(later["source"], later.where)
    slot = later.value.get("slot", 0)
    if not due < slot <= anchor["n"]:
        return False
    if case.walked is not None:  # every value of the log was hashed down once
        return case.walked.get(later.index, False)
    try:
        protocol.check_chain_value(later["value"], slot, anchor["anchor"])
    except Fault:
        return False
    return True


def _since(full: Case, given: list[Leaf]) -> Fault:
    """Since when the order can be computed: the last leaf that it needs, and when the later slots
    behind it were due.
    """
    index = max(full.seal.index, *(used.leaf.index for used in full.sources))
    due = max(
        full.anchors[leaf["source"]]["genesis"]
        + leaf["slot"] * full.anchors[leaf["source"]]["period"]
        for leaf in given
    )
    named = ", ".join(f"{leaf['source']} {leaf['slot']}" for leaf in given)
    return Fault("value.derived", rule=12, where=f"leaf {index}", index=index, slots=named, due=due)
