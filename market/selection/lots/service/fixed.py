"""A lot of its own, fixed once its list is known (ADR 0067): its sources are those that the notice has named,
its instant the first slot boundary that is late enough for a witness to have seen it fixed.
"""

from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.sources.events import LotFixed
from market.selection.sources.models import FixedLot
from market.selection.sources.queries import failing
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.rules import plan
from market.selection.sources.rules.plan import BEACON
from market.selection.sources.rules.states import DrawState
from market.selection.sources.service.plans import write_sources
from verify.zjcs import draw as protocol


def promised(work: Work, draw: str, gap: int, *, beacon: bool) -> Json:
    """What a notice says of such a lot: its sources without their slots, what takes their place, the level,
    and the seconds between fixing and drawing.
    """
    chains = failing.living_chains(work)
    named: list[Json] = [{"id": chain.source, "kind": "chain"} for chain in chains]
    if beacon:
        named.append({"id": BEACON, "kind": "drand", "chain": protocol.DRAND_CHAIN})
    return {
        "fallback": plan.fallback(draw, beacon, failing.can_check_drand(), is_second=True),
        "gap": gap,
        "level": plan.level(chains, beacon),
        "sources": named,
    }


def fix(
    work: Work, notice: Notice, said: Json, *, label: str, list_sha256: str, notice_leaf: str
) -> FixedLot:
    """Fix the lot of a label: its instant, its sources, its list (digest, hex). `said` is what the notice
    promised, `notice_leaf` the hash (hex) of the leaf in force. The database refuses a second one.
    """
    number = str(notice.number)
    draw = sibling(number, Prefix.DRAW)
    named = {each["id"] for each in said["sources"]}
    chains = source_rows.chains_named(work, named)
    at = plan.instant(chains, work.now, said["gap"]) or epoch(work.now) + int(said["gap"]) + 1
    sources = plan.sources(chains, at, BEACON in named)
    lot = f"{draw}/{label}"
    event = LotFixed(
        subject=number,
        at=work.now,
        draw=draw,
        draw_at=at,
        label=label,
        list_sha256=list_sha256,
        lot=lot,
        sources=sources,
    )
    leaf = record_draw(work, event, notice.alg)
    row = FixedLot(number=lot, notice_id=notice.id, label=label, state=DrawState.WAITING_SLOT)
    row.draw_at = from_epoch(at)
    row.level = said["level"]
    row.fallback = said["fallback"]
    row.notice_leaf = notice_leaf
    row.seal_leaf = leaf
    row.sealed_at = work.now
    work.session.add(row)
    work.session.flush()  # The sources' rows need the lot's id.
    write_sources(work, row, sources)
    return row
