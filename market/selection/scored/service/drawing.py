"""The lot of the experts is drawn: who sits, who follows; and who is silent is replaced by the office."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from market.db import Work
from market.kernel.errors import Invalid
from market.kernel.ids import Prefix, sibling
from market.selection import permissions
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service.failing import fail
from market.selection.jurors import queries as pool_queries
from market.selection.jurors.models import PoolListing, PoolMember
from market.selection.kinds import Failure
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState
from market.selection.scored import rules
from market.selection.scored.events import JurorsDrawn
from market.selection.scored.models import ScoredDelivery, ScoredJuror
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import Channel, Gone, JurorState
from market.selection.scored.service import judging
from market.selection.sources.events import LotDrawn
from market.selection.way import LotUse
from verify.zjcs import experts as arithmetic
from verify.zjcs import scored as scored_arithmetic

DELIVERY = "zjcs-rank/2/delivery"


def waiting(work: Work, number: str) -> None:
    """The instant has come: the values are awaited."""


def drawn(work: Work, number: str, seed: str) -> None:
    """Put the order that follows from the seed (hex) to work: the first ones sit and are asked whether they
    take part, all others are reserves in their order.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    draw = sibling(number, Prefix.DRAW)
    listed = {
        one.ref: (one, member)
        for one, member in pool_queries.listing(work, notice.id)
        if one.why is None
    }
    order = arithmetic.order(seed, listed)
    lot = arithmetic.lot_of(draw)
    record_draw(work, LotDrawn(subject=number, at=work.now, lot=lot, seed=seed), alg=notice.alg)

    seats = _drawn_seats(work, notice)
    for rank, ref in enumerate(order, 1):
        _keep(work, notice, *listed[ref], rank=rank, sits=rank <= seats)
    record_draw(
        work,
        JurorsDrawn(
            subject=number,
            at=work.now,
            draw=draw,
            round=arithmetic.ROUND,
            seats=[{"seat": rank, "ref": ref} for rank, ref in enumerate(order[:seats], 1)],
        ),
        alg=notice.alg,
    )
    work.session.flush()  # Everybody who sits is asked, the owner's own among them.
    for juror in scored_rows.jurors(work, notice.id):
        if juror.state is JurorState.SEATED:
            judging.open_answer(work, notice, juror)


def _keep(
    work: Work, notice: Notice, one: PoolListing, member: PoolMember, *, rank: int, sits: bool
) -> None:
    """A place of the order: a seat, or a reserve."""
    work.session.add(
        ScoredJuror(
            notice_id=notice.id,
            person_id=member.person_id,
            place=rules.BEHIND + rank,
            was_reserve=not sits,
            seat=rank if sits else None,
            state=JurorState.SEATED if sits else JurorState.RESERVE,
            ref=one.ref,
            salt=one.salt,
        )
    )


def _drawn_seats(work: Work, notice: Notice) -> int:
    said = scored_rows.round_of(work, notice.id).experts or {}
    scoring = rules.read(notice.way or {})
    return (scoring.jurors if scoring else 0) - int(said["own"])


def aborted(work: Work, number: str, failure: Failure) -> None:
    """A value was known, or a source lost, before the lot was fixed: nobody is drawn, it has failed."""
    notice = notice_rows.by_number(work, number, lock=True)
    listed = len(entry_rows.entries(work, notice.id, EntryState.LISTED))
    fail(work, notice, failure, listed=listed, least=0)


LOTS = {
    arithmetic.LABEL: LotUse(label=arithmetic.LABEL, waiting=waiting, drawn=drawn, aborted=aborted)
}


# --- who may not judge any more ------------------------------------------------------------
def bar_gone(work: Work, *, number: str) -> int:
    """Let the next in turn sit for every drawn expert who has left the pool or is suspended and has not
    handed in; returns for how many. A sheet that is in was given by one who might judge, and stands.
    """
    permissions.require(work.actor, "selection.clock")
    notice = scored_rows.scored_notice(work, number, lock=True)
    barred = 0
    for juror in scored_rows.left_the_pool(work, notice.id):
        if notice.state is not NoticeState.SCORING:
            break
        judging.leave_seat(work, notice, juror, Gone.BARRED)
        barred += 1
    return barred


# --- who is silent ------------------------------------------------------------------------
@dataclasses.dataclass(frozen=True)
class Told:
    """By which way a juror was told, and when."""

    channel: Channel
    at: dt.datetime


def replace_silent(work: Work, *, number: str, seat: int, told: Sequence[Told]) -> None:
    """Let the next in turn sit for an expert whose days are over, as the office: two ways by which he had
    been told are kept, and their digest stands on the log.

    Refuses `notice.none`, `scored.wrong_state`, `scored.not_overdue`, `scored.two_ways`, `scored.told_at`.
    """
    permissions.require(work.actor, "scored.silent")
    notice = scored_rows.scored_notice(work, number, lock=True)
    juror = judging.silent_in(work, notice, seat)
    if len({each.channel for each in told}) < rules.LEAST_WAYS:
        raise Invalid("scored.two_ways", field="second")
    since = scored_rows.seated_since(work, notice, juror)
    if any(not since <= each.at <= work.received_at for each in told):
        raise Invalid("scored.told_at", field="first_at")

    salt = work.entropy(16).hex()
    rows = [{"channel": each.channel.value, "at": int(each.at.timestamp())} for each in told]
    said = {"draw": sibling(number, Prefix.DRAW), "juror": juror.ref, "salt": salt, "told": rows}
    sha256 = scored_arithmetic.digest(DELIVERY, said)
    work.session.add(
        ScoredDelivery(
            juror_id=juror.id,
            told=rows,
            salt=salt,
            sha256=sha256,
            kept_at=work.now,
            kept_by=work.actor.person_id,
        )
    )
    judging.leave_seat(work, notice, juror, Gone.SILENT, sha256)
