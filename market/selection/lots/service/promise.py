"""What a notice promises of its lot: the one draw that it will have, the plan of its sources, the leaf
that says so. Of a random draw it orders everybody, of a way that ranks only those who are equal.
"""

import datetime as dt
import math
from collections.abc import Sequence

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.rulebook import queries as rulebooks
from market.selection.entries.rules import draining
from market.selection.kinds import FIXED, Fund, Method
from market.selection.leaves import record_draw
from market.selection.lots.rules import assurance
from market.selection.lots.rules.assurance import Promise
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.terms import fixed
from market.selection.quotes import queries as quote_queries
from market.selection.quotes import service as quote_service
from market.selection.sources.events import NoticeAmended, NoticePublished
from market.selection.sources.models import Draw
from market.selection.sources.queries import failing
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.rules import DRAW, plan
from market.selection.sources.rules.plan import Chain
from market.selection.sources.rules.states import DrawState, move_draw
from market.selection.sources.service.plans import write_sources
from market.selection.way import Opening, Published, way_of
from market.windows import service as windows
from market.windows.rules import State as WindowState
from verify.zjcs import draw as protocol
from verify.zjcs import openings

ALGS = {Method.RANDOM: protocol.PROTOCOL_2}
"""The protocol of a notice whose quotes are sealed to two keys; of every other way zjcs-rank/2."""
WINNERS = 1
RESERVES = 2


def problems(work: Work, of: Published) -> list[Refusal]:
    """What stands against promising this draw; of a public notice only what new times may break."""
    promise = Promise(
        draw_at=of.result_at,
        has_fiscal_money=of.fund is Fund.FISCAL,
        beacon=bool(of.terms["beacon"]),
        chains=_chains(work, of),
        owner_ids=_owner_ids(work, of.owner_id),
        can_check_drand=failing.can_check_drand(),
    )
    if of.number is not None:
        return list(assurance.is_on_a_slot(promise))
    return assurance.problems(promise)


def ranked_problems(work: Work, of: Published) -> list[Refusal]:
    """The same of a way whose order follows from quotes: they are sealed to two keys, whosever money
    it is, since what was not proves no order (zjcs-rank/2).
    """
    found = problems(work, of)
    if of.number is not None or quote_queries.is_sealing(work):
        return found
    is_fiscal = of.fund is Fund.FISCAL
    said = list(quote_service.unsealed(work, has_fiscal_money=is_fiscal))
    return [*found, *(said or [Refusal("notice.quotes_needed", field="method")])]


def result_time(work: Work, of: Published) -> dt.datetime:
    """The first slot boundary of every named chain at or after the instant; the instant itself where
    there is none near, which `problems` then refuses.
    """
    return boundary(work, of, fixed(of.result_at))


def boundary(work: Work, of: Published, at: dt.datetime) -> dt.datetime:
    """The first slot boundary of every chain of a notice at or after an instant; else the instant."""
    found = plan.next_boundary(_chains(work, of), math.ceil(at.timestamp()))
    return from_epoch(found) if found else at


def lay_down(work: Work, of: Published, said: Json | None = None) -> None:
    """Make the one draw that a notice will have, and fix its text and its plan in the log. `said`: what
    its way promises besides, as keys of the leaf.
    """
    chains = failing.living_chains(work)
    number = _draw_number(of)
    beacon = bool(of.terms["beacon"])
    sealed = _sealed(work, of)
    draw = Draw(
        number=number,
        notice_id=of.notice_id,
        label=way_of(notice_rows.by_id(work, of.notice_id).method).lot,
        state=DrawState.SCHEDULED,
        winners=WINNERS,
        reserves=RESERVES,
        level=plan.level(chains, beacon),
        fallback=plan.fallback(number, beacon, failing.can_check_drand(), is_second=sealed),
    )
    _write(work, of, draw, NoticePublished, chains, said or {})


def _sealed(work: Work, of: Published) -> bool:
    """Whether it comes under the second version: wherever quotes are sealed to two keys, and where none is
    entered. Then the notice comes
    under zjcs-draw/2, that of a way which ranks under zjcs-rank/2, and says what may be quoted.

    Refuses `notice.keys_soon`, and of a way which ranks `notice.quotes_needed` where no keys are
    prepared: what was not sealed to two keys proves no order.
    """
    notice = notice_rows.by_id(work, of.notice_id)
    if way_of(notice.method).opening is Opening.NONE:
        notice.alg = protocol.RANKED_2
        return True
    if not quote_queries.is_sealing(work):
        if notice.method is not Method.RANDOM:
            raise Refusal("notice.quotes_needed")
        return False
    if quote_queries.keys_of(work, _draw_number(of)) is None:
        raise Refusal("notice.keys_soon")
    notice.alg = ALGS.get(notice.method, protocol.RANKED_2)
    floor = of.ceiling_fen if of.terms.get("price") == FIXED else 0
    notice.quote_rule = {"kind": openings.FEN, "floor": floor, "ceiling": of.ceiling_fen}
    return True


def amended(work: Work, of: Published, said: Json | None = None) -> None:
    """Restate the promise with later times; the chains are those that the notice has named (rule 7), and
    `said` what its way has promised besides.
    """
    draw = source_rows.draw_by_number(work, _draw_number(of), lock=True)
    _write(work, of, draw, NoticeAmended, _chains(work, of), said or {})


def clock(work: Work, number: str, at: dt.datetime | None) -> None:
    """What the clock is to do at the promised instant; None takes it back."""
    if at is None:
        windows.close(work, DRAW, number, state=WindowState.CANCELLED)
    else:
        windows.open_at(work, DRAW, subject=number, due_at=at)


def cancelled(work: Work, number: str) -> None:
    """Nothing is drawn any more."""
    draw = source_rows.draw_by_number(work, sibling(number, Prefix.DRAW), lock=True)
    draw.state = move_draw(draw.state, DrawState.CANCELLED)


def _draw_number(of: Published) -> str:
    return sibling(str(of.number), Prefix.DRAW)


def _chains(work: Work, of: Published) -> list[Chain]:
    """The chains that a notice may name; of a public one those that it has named."""
    if of.number is None or of.document_sha256 is None:  # it has a number, and no draw yet
        return failing.living_chains(work)
    draw = source_rows.draw_by_number(work, _draw_number(of))
    named = {row.source for row in source_rows.plan_of(work, draw.id)}
    return [chain for chain in source_rows.chains(work) if chain.source in named]


def _owner_ids(work: Work, owner_id: int) -> frozenset[int]:
    """The owner, and the same body where it stands once more as the holder of a chain: a bureau may
    be both.
    """
    code = accounts.organisation(work, owner_id).uscc
    holders = {chain.owner_id for chain in source_rows.chains(work) if chain.owner_id is not None}
    same = {
        holder for holder in holders if code and accounts.organisation(work, holder).uscc == code
    }
    return frozenset(same | {owner_id})


def _second(work: Work, draw: str, notice: Notice) -> Json:
    """What a notice of zjcs-draw/2 says besides; the same through all amendments."""
    if notice.alg == protocol.PROTOCOL:
        return {}
    version = rulebooks.one(work, notice.rulebook)
    longest = draining.longest(case.drain(version.rulebook), case.gap(version.rulebook))
    sealed = None if notice.quote_rule is None else quote_queries.keys_of(work, draw)
    return {
        "drain_max": int(longest.total_seconds()),
        "rule": notice.method.value,
        "rulebook": {"version": notice.rulebook, "sha256": version.digest},
        "sealed_quotes": sealed.leaf if sealed else None,
        "quote_rule": notice.quote_rule,
    }


def _write(
    work: Work,
    of: Published,
    draw: Draw,
    event: type[NoticePublished],
    chains: Sequence[Chain],
    said: Json,
) -> None:
    """Write times, sources and leaf hash of a publication or an amendment."""
    draw.draw_at = fixed(of.result_at)
    sources = plan.sources(chains, epoch(draw.draw_at), bool(of.terms["beacon"]))
    at: Json = {"at": work.now} if event is NoticeAmended else {}
    notice = notice_rows.by_id(work, of.notice_id)
    draw.notice_leaf = record_draw(
        work,
        event(
            subject=str(of.number),
            alg=notice.alg,
            draw=draw.number,
            draw_at=epoch(draw.draw_at),
            entry_close=epoch(fixed(of.entry_close)),
            notice_sha256=str(of.document_sha256),
            reserves=draw.reserves,
            winners=draw.winners,
            sources=sources,
            level=draw.level,
            fallback=draw.fallback or None,
            project=of.project,
            predecessor=sibling(of.predecessor, Prefix.DRAW) if of.predecessor else None,
            **at,
            **_second(work, draw.number, notice),
            **said,
        ),
        notice.alg,
    )
    work.session.add(draw)
    work.session.flush()  # The sources' rows need the draw's id.
    write_sources(work, draw, sources)
