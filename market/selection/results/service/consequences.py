"""After the result: hold and release, the next rank, annulment, relisting, the award. There is no
second draw.

Complaints and contracts call these inside use cases whose permission they have asked; `by` and
`reason` are codes that stand in the log (public body, reason), never names or free text.
"""

from collections.abc import Sequence

from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.ledger.service import record
from market.selection.entries.models import Entry
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.service.barring import DECIDER, barred
from market.selection.kinds import Failure
from market.selection.notices.events import SelectionFailed
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.notices.rules.terms import fixed
from market.selection.notices.service.publish import cancel_open
from market.selection.notices.service.relisting import draft_next
from market.selection.results.events import ResultAnnulled, ResultHeld, ResultReleased, ResultStood
from market.selection.results.models import Ranking
from market.selection.results.queries import rows as result_rows
from market.selection.results.queries.cards import standstill
from market.selection.results.rules import STANDSTILL, succession
from market.selection.results.rules.states import RankState, move_rank
from market.selection.results.service.announce import announce
from market.selection.sources.models import Draw
from market.selection.way import Skipped, way_of
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.rules import State as WindowState

STANDING = frozenset({RankState.PROPOSED, RankState.WON})


def hold(work: Work, *, number: str) -> bool:
    """Hold the award while a complaint is open; False where there is no announced result to hold."""
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.state is not NoticeState.ANNOUNCED:
        return False
    notice.state = move_notice(notice.state, NoticeState.HELD)
    record(work, ResultHeld(subject=number))
    return True


def release(work: Work, *, number: str) -> bool:
    """Let a held result go on: its standstill ends when it would have, or at once if that is past.
    False: nothing held.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.state is not NoticeState.HELD:
        return False
    notice.state = move_notice(notice.state, NoticeState.ANNOUNCED)
    _come_due_again(work, number)
    record(work, ResultReleased(subject=number))
    return True


def resume_standstill(work: Work, *, number: str) -> bool:
    """What stopped the letter without a public hold is over: the end of the standstill comes once
    more where it came meanwhile. False: nothing announced.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.state is not NoticeState.ANNOUNCED:
        return False
    _come_due_again(work, number)
    return True


def _come_due_again(work: Work, number: str) -> None:
    if windows_queries.live(work, STANDSTILL, number) is not None:
        return
    due = standstill(work, number)
    windows.open_at(
        work, STANDSTILL, subject=number, due_at=max(work.now, due.due_at) if due else work.now
    )


def annul_to_next(
    work: Work,
    *,
    number: str,
    reason: str,
    by: str,
    of: str | None = None,
    as_: RankState = RankState.DISQUALIFIED,
) -> str | None:
    """Take the award from its rank and announce the next one; returns its platform number, None
    when the order is exhausted.

    `of` is the agency whose award the caller means (None: whoever has it), so that nobody pays for
    what crossed his own result on its way; `as_` says how the rank dropped out (disqualified,
    declined, void). Refuses `result.none`, and `result.wrong_state`, also where it is not that
    agency's award any more.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    order = result_rows.ranks(work, notice.id)
    standing = next((row for row in order if row.state in STANDING), None)
    if standing is None:
        raise Refusal("result.none")
    if of not in (None, standing.ref):
        raise Refusal("result.wrong_state")
    notice.state = move_notice(notice.state, NoticeState.ANNULLED)
    windows.close(work, STANDSTILL, number, state=WindowState.CANCELLED)
    _skip(work, notice, standing, reason, by, as_)
    place = _next_in_turn(work, notice, order)
    record(work, ResultAnnulled(subject=number, reason=reason, moved_on=place is not None))
    if place is None:
        _exhausted(work, notice)
        return None
    following = order[place]
    following.state = move_rank(following.state, RankState.PROPOSED)
    announce(work, notice, following)
    return following.ref


def _next_in_turn(work: Work, notice: Notice, order: Sequence[Ranking]) -> int | None:
    """The place (from 0) of the next rank that may still have the award; those before it whom the
    rules bar are out (报名作废). Nobody below the last reserve follows: then the selection has failed
    (docs/rules.md#rule-11).
    """
    near = order[: _places(work, order)]
    while (place := succession.next_in_order([row.state for row in near])) is not None:
        _say_skipped(work, notice, near[:place])
        reason = barred(work, _entry(work, order[place]).agency_id, notice.items, work.today)
        if reason is None:
            return place
        _skip(work, notice, order[place], reason, DECIDER, RankState.VOID)
    _say_skipped(work, notice, near)
    return None


def _places(work: Work, order: Sequence[Ranking]) -> int:
    """How many ranks may have the award: winners and reserves of a draw, everybody of other ways."""
    draw = work.session.get(Draw, order[0].draw_id) if order[0].draw_id else None
    return draw.winners + draw.reserves if draw else len(order)


def _say_skipped(work: Work, notice: Notice, rows: Sequence[Ranking]) -> None:
    """Put on the log, in its turn, what was decided of a rank before."""
    for row in rows:
        if row.skip_by is not None:
            _record_skip(work, notice, row, row.skip_by)
            row.skip_by = None


def _exhausted(work: Work, notice: Notice) -> None:
    notice.failure = Failure.ORDER_EXHAUSTED.value
    record(
        work,
        SelectionFailed(
            subject=str(notice.number),
            reason=notice.failure,
            received=notice.entries_live,
            listed=entry_rows.listed(work, notice.id),
            least=0,
        ),
    )


def disqualify(work: Work, *, number: str, ref: str, reason: str, by: str) -> None:
    """Take an entrant out of the published order; when the award was his, the next rank is
    announced. Of one whose turn has not come the log says so when it comes.

    Refuses `result.no_such_entrant`, `result.wrong_state`.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    row = next((row for row in result_rows.ranks(work, notice.id) if row.ref == ref), None)
    if row is None:
        raise NotFound("result.no_such_entrant")
    if row.state in STANDING:
        annul_to_next(work, number=number, reason=reason, by=by)
    else:
        row.state = move_rank(row.state, RankState.DISQUALIFIED)
        row.reason = reason
        row.skip_by = by


def _skip(work: Work, notice: Notice, row: Ranking, reason: str, by: str, as_: RankState) -> None:
    row.state = move_rank(row.state, as_)
    row.reason = reason
    _record_skip(work, notice, row, by)


def _record_skip(work: Work, notice: Notice, row: Ranking, by: str) -> None:
    way_of(notice.method).skipped(
        work,
        Skipped(
            number=str(notice.number), rank=row.rank, ref=row.ref, reason=str(row.reason), by=by
        ),
    )


def _entry(work: Work, rank: Ranking) -> Entry:
    return work.session.get_one(Entry, rank.entry_id)


def annul(
    work: Work,
    *,
    number: str,
    reason: str,
    failure: Failure = Failure.ANNULLED_BY_DECISION,
) -> None:
    """Annul a result as a whole: the notice itself was faulty, collusion is proved, or nobody signs;
    it is to be listed again.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    notice.state = move_notice(notice.state, NoticeState.ANNULLED)
    notice.failure = failure.value
    windows.close(work, STANDSTILL, number, state=WindowState.CANCELLED)
    record(work, ResultAnnulled(subject=number, reason=reason, moved_on=False))


def annul_unsigned(work: Work, *, number: str, reason: str) -> None:
    """Annul a result whose contract nobody signs, where the winner is not to blame: it may be listed
    again.
    """
    annul(work, number=number, reason=reason, failure=Failure.NOT_SIGNED)


def relist(work: Work, *, number: str, reason: str) -> int:
    """Cancel what is open, annul what still stands, and lay a draft of the next listing before the
    owner; returns its id.

    Given again it returns the same draft. Refuses `notice.not_relistable`, so between the close and
    the result.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.state is NoticeState.ENTRY_OPEN and work.now < fixed(notice.entry_close):
        cancel_open(work, notice, reason)
    if notice.state in (NoticeState.ANNOUNCED, NoticeState.HELD, NoticeState.AWARDED):
        annul(work, number=number, reason=reason)
    return draft_next(work, notice)


def mark_awarded(work: Work, *, number: str) -> str:
    """The standstill is over and nothing is open: the result stands. Returns the winner's platform
    number.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    notice.state = move_notice(notice.state, NoticeState.AWARDED)
    winner = next(
        row for row in result_rows.ranks(work, notice.id) if row.state is RankState.PROPOSED
    )
    winner.state = move_rank(winner.state, RankState.WON)
    record(work, ResultStood(subject=number, winner=winner.ref))
    return winner.ref


def mark_contracted(work: Work, *, number: str) -> None:
    """The contract binds both: say in the log that nobody follows any more; no skip may come after
    it (rule 11).
    """
    notice = notice_rows.by_number(work, number, lock=True)
    notice.state = move_notice(notice.state, NoticeState.CONTRACTED)
    won = [row.ref for row in result_rows.ranks(work, notice.id) if row.state is RankState.WON]
    way_of(notice.method).final(work, number, won)


def move_service(work: Work, *, number: str, to: NoticeState) -> None:
    """Let a notice follow the service that it asked for (in_service, delivered, closed); what
    happened there is its room's fact.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.state is not to:
        notice.state = move_notice(notice.state, to)
