"""Rule 11, its second half: what becomes of the order after the draw."""

from __future__ import annotations

from . import draw as protocol
from .case import Case, Leaf
from .faults import Fault

STANDSTILL = 2 * 24 * 3600  # seconds: the shortest that three working days can be


def after_the_draw(case: Case) -> str:
    """Rule 11: only a rank that stands is skipped, at or after T; nobody below winners and reserves
    wins; the final names who stands, and comes after his standstill.
    """
    standing = _skipped(case)
    for leaf in case.of("result.final"):
        _final_holds(case, leaf, standing)
    if not standing and case.ranking:
        end = (case.of("result.final") or case.of("result.skip"))[-1]
        case.mark("result.failed", 11, end.where, places=_places(case))
    if case.final_view is not None and case.keys.witnesses and not case.final_view.times:
        raise Fault("final.uncosigned", where="checkpoint")
    times = case.final_view.times if case.final_view else {}
    if case.final_view is not None:
        case.keys.require_seen(times, "checkpoint")
    return ",".join(standing) + "".join(f"; {name} {time}" for name, time in times.items())


def _places(case: Case) -> int:
    return int(case.notice["winners"] + case.notice["reserves"])


def _skipped(case: Case) -> list[str]:
    """Who stands once every skip is counted, each held to its place."""
    refs = [ref for ref, _ in case.ranking]
    near = refs[: _places(case)]
    gone: set[str] = set()
    standing = protocol.winners(near, gone, case.notice["winners"])
    for leaf in case.of("result.skip"):
        rank = leaf["rank"]
        ref = leaf["ref"]
        if rank > len(refs) or refs[rank - 1] != ref or ref in gone:
            raise Fault("skip.rank", where=leaf.where, rank=rank, ref=ref)
        if ref not in standing:
            raise Fault("skip.below", where=leaf.where, rank=rank, ref=ref)
        if leaf["at"] < case.time:
            raise Fault("skip.early", where=leaf.where, at=leaf["at"], time=case.time)
        gone.add(ref)
        standing = protocol.winners(near, gone, case.notice["winners"])
    return standing


def _final_holds(case: Case, leaf: Leaf, standing: list[str]) -> None:
    if leaf["winners"] != standing:
        raise Fault(
            "final.winners",
            where=leaf.where,
            found=",".join(leaf["winners"]),
            computed=",".join(standing),
        )
    last = max((skip["at"] for skip in case.of("result.skip")), default=None)
    least = case.time if last is None else last
    if leaf["at"] < least:
        raise Fault("final.early", where=leaf.where, at=leaf["at"], least=least)
    if last is not None and standing and leaf["at"] < last + STANDSTILL:
        # How long a standstill is stands in the place's rulebook, which no leaf of a draw names.
        case.mark("final.soon", 11, leaf.where, at=leaf["at"], last=last)
