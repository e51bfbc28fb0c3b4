"""After the draw: hold and release, the next rank, annulment, relisting, the award. There is no
second draw.

Complaints and contracts call these inside use cases whose permission they have asked; `by` and
`reason` are codes that stand in the log (public body, reason), never names or free text.
"""

from collections.abc import Sequence

from sqlalchemy import select

from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.selection import permissions, rules
from market.selection.events import (
    ResultAnnulled,
    ResultFinal,
    ResultHeld,
    ResultReleased,
    ResultSkipped,
    ResultStood,
    SelectionFailed,
)
from market.selection.models import Draw, Entry, Notice, Ranking
from market.selection.queries import case, rows
from market.selection.queries.cards import standstill
from market.selection.rules import outcome, states
from market.selection.rules.outcome import Failure
from market.selection.rules.states import Rank
from market.selection.rules.terms import fixed
from market.selection.service.barring import DECIDER, barred
from market.selection.service.draft import approved_owner, own
from market.selection.service.draw import announce
from market.selection.service.leaves import record_draw
from market.selection.service.publish import cancel_open
from market.windows import queries as open_windows
from market.windows import service as windows
from market.windows.rules import State as WindowState

STANDING = frozenset({Rank.PROPOSED, Rank.WON})


def hold(work: Work, *, number: str) -> bool:
    """Hold the award while a complaint is open; False where there is no announced result to hold."""
    notice = rows.by_number(work, number, lock=True)
    if notice.state is not states.Notice.ANNOUNCED:
        return False
    notice.state = states.move_notice(notice.state, states.Notice.HELD)
    record(work, ResultHeld(subject=number))
    return True


def release(work: Work, *, number: str) -> bool:
    """Let a held result go on: its standstill ends when it would have, or at once if that is past.
    False: nothing held.
    """
    notice = rows.by_number(work, number, lock=True)
    if notice.state is not states.Notice.HELD:
        return False
    notice.state = states.move_notice(notice.state, states.Notice.ANNOUNCED)
    if open_windows.live(work, rules.STANDSTILL, number) is None:
        due = standstill(work, number)
        windows.open_at(
            work,
            rules.STANDSTILL,
            subject=number,
            due_at=max(work.now, due.due_at) if due else work.now,
        )
    record(work, ResultReleased(subject=number))
    return True


def annul_to_next(
    work: Work,
    *,
    number: str,
    reason: str,
    by: str,
    of: str | None = None,
    as_: Rank = Rank.DISQUALIFIED,
) -> str | None:
    """Take the award from its rank and announce the next one; returns its platform number, None
    when the order is exhausted.

    `of` is the agency whose award the caller means (None: whoever has it), so that nobody pays for
    what crossed his own result on its way; `as_` says how the rank dropped out (disqualified,
    declined, void). Refuses `result.none`, and `result.wrong_state`, also where it is not that
    agency's award any more.
    """
    notice = rows.by_number(work, number, lock=True)
    draw = rows.draw_of(work, notice.id, lock=True)
    order = rows.ranks(work, draw.id)
    standing = next((row for row in order if row.state in STANDING), None)
    if standing is None:
        raise Refusal("result.none")
    if of not in (None, standing.ref):
        raise Refusal("result.wrong_state")
    notice.state = states.move_notice(notice.state, states.Notice.ANNULLED)
    windows.close(work, rules.STANDSTILL, number, state=WindowState.CANCELLED)
    _skip(work, notice, draw, standing, reason, by, as_)
    place = _next_in_turn(work, notice, draw, order)
    record(work, ResultAnnulled(subject=number, reason=reason, moved_on=place is not None))
    if place is None:
        _exhausted(work, notice, draw)
        return None
    following = order[place]
    following.state = states.move_rank(following.state, Rank.PROPOSED)
    announce(work, notice, draw, _entry(work, following), following.rank)
    return following.ref


def _next_in_turn(work: Work, notice: Notice, draw: Draw, order: Sequence[Ranking]) -> int | None:
    """The place (from 0) of the next rank that may still have the award; those before it whom the
    rules bar are out (报名作废).
    """
    while (place := outcome.next_in_order([row.state for row in order])) is not None:
        reason = barred(work, _entry(work, order[place]).agency_id, notice.item_code, work.today)
        if reason is None:
            return place
        _skip(work, notice, draw, order[place], reason, DECIDER, Rank.VOID)
    return None


def _exhausted(work: Work, notice: Notice, draw: Draw) -> None:
    notice.failure = Failure.ORDER_EXHAUSTED.value
    record(
        work,
        SelectionFailed(
            subject=str(notice.number),
            reason=notice.failure,
            received=notice.entries_live,
            listed=draw.entrants or 0,
            least=0,
        ),
    )


def disqualify(work: Work, *, number: str, ref: str, reason: str, by: str) -> None:
    """Take an entrant out of the published order; when the award was his, the next rank is
    announced.

    Refuses `result.no_such_entrant`, `result.wrong_state`.
    """
    notice = rows.by_number(work, number, lock=True)
    draw = rows.draw_of(work, notice.id, lock=True)
    row = next((row for row in rows.ranks(work, draw.id) if row.ref == ref), None)
    if row is None:
        raise NotFound("result.no_such_entrant")
    if row.state in STANDING:
        annul_to_next(work, number=number, reason=reason, by=by)
    else:
        _skip(work, notice, draw, row, reason, by, Rank.DISQUALIFIED)


def _skip(
    work: Work, notice: Notice, draw: Draw, row: Ranking, reason: str, by: str, as_: Rank
) -> None:
    row.state = states.move_rank(row.state, as_)
    row.reason = reason
    record_draw(
        work,
        ResultSkipped(
            subject=str(notice.number),
            at=work.now,
            by=by,
            draw=draw.number,
            rank=row.rank,
            reason=reason,
            ref=row.ref,
        ),
    )


def _entry(work: Work, rank: Ranking) -> Entry:
    return work.session.get_one(Entry, rank.entry_id)


def annul(work: Work, *, number: str, reason: str) -> None:
    """Annul a result as a whole: the notice itself was faulty, or collusion is proved; it is to be
    listed again.
    """
    notice = rows.by_number(work, number, lock=True)
    notice.state = states.move_notice(notice.state, states.Notice.ANNULLED)
    notice.failure = Failure.ANNULLED_BY_DECISION.value
    windows.close(work, rules.STANDSTILL, number, state=WindowState.CANCELLED)
    record(work, ResultAnnulled(subject=number, reason=reason, moved_on=False))


def relist(work: Work, *, number: str, reason: str) -> int:
    """Cancel what is open, annul what still stands, and lay a draft of the next listing before the
    owner; returns its id.

    Given again it returns the same draft. Refuses `notice.not_relistable`, so between the close and
    the result.
    """
    notice = rows.by_number(work, number, lock=True)
    if notice.state is states.Notice.ENTRY_OPEN and work.now < fixed(notice.entry_close):
        cancel_open(work, notice, reason)
    if notice.state in (states.Notice.ANNOUNCED, states.Notice.HELD, states.Notice.AWARDED):
        annul(work, number=number, reason=reason)
    return _draft_again(work, notice)


def draft_again(work: Work, *, number: str) -> int:
    """Begin the next listing of one's own notice that failed, was cancelled or annulled; returns
    the draft's id.
    """
    permissions.require(work.actor, "notice.draft")
    approved_owner(work)
    notice = own(work, rows.by_number(work, number).id, lock=True)
    return _draft_again(work, notice)


def _draft_again(work: Work, notice: Notice) -> int:
    if notice.state not in states.RELISTABLE:
        raise Refusal("notice.not_relistable")
    known = work.session.scalar(select(Notice.id).where(Notice.predecessor == notice.number))
    if known is not None:
        return known
    terms = {
        name: getattr(notice, name)
        for name in (
            *case.TERMS,
            "exclusions",
            "category",
            "regulator_id",
            "item_version",
            "division",
            "owner_id",
            "drafted_by",
        )
    }
    rulebook = notice.rulebook if _is_demo(work, notice) else rulebooks.in_force(work).version
    again = Notice(
        **{**terms, "entry_close": None, "draw_at": None},
        predecessor=notice.number,
        listing=notice.listing + 1,
        rulebook=rulebook,
        state=states.Notice.DRAFT,
        drafted_at=work.now,
        entries_given=0,
        entries_live=0,
    )
    work.session.add(again)
    work.session.flush()  # The caller needs the id.
    return again.id


def _is_demo(work: Work, notice: Notice) -> bool:
    demonstration = rulebooks.demo(work)
    return demonstration is not None and demonstration.version == notice.rulebook


def mark_awarded(work: Work, *, number: str) -> str:
    """The standstill is over and nothing is open: the result stands. Returns the winner's platform
    number.
    """
    notice = rows.by_number(work, number, lock=True)
    draw = rows.draw_of(work, notice.id, lock=True)
    notice.state = states.move_notice(notice.state, states.Notice.AWARDED)
    winner = next(row for row in rows.ranks(work, draw.id) if row.state is Rank.PROPOSED)
    winner.state = states.move_rank(winner.state, Rank.WON)
    record(work, ResultStood(subject=number, winner=winner.ref))
    return winner.ref


def mark_contracted(work: Work, *, number: str) -> None:
    """The contract binds both: say in the log that nobody follows any more; no skip may come after
    it (rule 11).
    """
    notice = rows.by_number(work, number, lock=True)
    notice.state = states.move_notice(notice.state, states.Notice.CONTRACTED)
    draw = rows.draw_of(work, notice.id, lock=True)
    won = [row.ref for row in rows.ranks(work, draw.id) if row.state is Rank.WON]
    record_draw(work, ResultFinal(subject=number, at=work.now, draw=draw.number, winners=won))
