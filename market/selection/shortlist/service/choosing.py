"""The owner chooses within the shortlist; or lets its days pass."""

import hashlib
from collections.abc import Sequence

from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.shown import check_shown, signs
from market.selection import permissions
from market.selection.entries.service.failing import fail
from market.selection.kinds import Failure
from market.selection.leaves import record_draw
from market.selection.lots.events import RankedByLot
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.results.service.announce import publish_order
from market.selection.shortlist import queries, rules
from market.selection.shortlist.events import OwnerChose
from market.selection.shortlist.models import ShortlistChoice, ShortlistPlace
from market.selection.shortlist.queries import rows as shortlist_rows
from market.selection.shortlist.queries.cards import silence_of
from market.selection.shortlist.rules import CHOOSE, LEAST
from market.selection.sources.queries import rows as source_rows
from market.selection.way import Ranked
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.queries import Due
from market.workdays.rules import is_in_time
from verify.zjcs import draw as protocol


@signs(queries.shortlist_shown, key="number")
def choose(work: Work, *, number: str, ref: str, reason: str, shown: str) -> None:
    """Choose an agency of the shortlist (platform number), as the owner's signatory, with a reason that is
    published. The others follow it in the lottery's order.

    Refuses `notice.none` (also another owner's), `shortlist.wrong_state`, `shortlist.late`,
    `shortlist.not_listed`, `shortlist.reason`, `shown.changed`.
    """
    permissions.require(work.actor, "shortlist.choose")
    notice = shortlist_rows.shortlist_notice(work, number, lock=True)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if notice.state is not NoticeState.SHORTLISTED:
        raise Refusal("shortlist.wrong_state")
    _check_in_time(work, number)
    check_shown(shown, queries.shortlist_shown(work, number))
    places = shortlist_rows.places(work, notice.id)
    if ref not in {row.ref for row in places if row.is_short}:
        raise Invalid("shortlist.not_listed", field="ref")
    said = rules.check_reason(reason)

    windows.close(work, CHOOSE, number)
    _keep(work, notice, ref, said)
    first = [row for row in places if row.ref == ref]
    _publish(work, notice, [*first, *(row for row in places if row.ref != ref)])


def _keep(work: Work, notice: Notice, ref: str, said: str) -> None:
    """Whom the owner chose, with the reason; its digest on the log."""
    number = str(notice.number)
    work.session.add(
        ShortlistChoice(
            notice_id=notice.id,
            ref=ref,
            reason=said,
            chosen_at=work.now,
            chosen_by=work.actor.person_id,
        )
    )
    record_draw(
        work,
        OwnerChose(
            subject=number,
            at=work.now,
            draw=sibling(number, Prefix.DRAW),
            reason_sha256=hashlib.sha256(said.encode()).hexdigest(),
            ref=ref,
        ),
        notice.alg,
    )


def no_choice(work: Work, due: Due) -> None:
    """The owner's days are over and nobody was chosen: place 1 stands where public money pays, else the
    selection has failed.
    """
    permissions.require(work.actor, "selection.clock")
    notice = shortlist_rows.shortlist_notice(work, due.matter, lock=True)
    if notice.state is not NoticeState.SHORTLISTED:
        return
    if silence_of(notice) == rules.FIRST:
        _publish(work, notice, shortlist_rows.places(work, notice.id))
        return
    draw = source_rows.draw_of(work, notice.id)
    fail(work, notice, Failure.OWNER_NO_CHOICE, listed=draw.entrants or 0, least=LEAST)


def _check_in_time(work: Work, number: str) -> None:
    """Refuse `shortlist.late` after the end of the days, by the instant of receipt; a provisional end
    is none.
    """
    due = windows_queries.live(work, CHOOSE, number)
    if due is None or (not due.is_provisional and not is_in_time(work.received_at, due.due_at)):
        raise Refusal("shortlist.late")


def _publish(work: Work, notice: Notice, order: Sequence[ShortlistPlace]) -> None:
    """Put an order of places on the log, and publish it as the result."""
    number = str(notice.number)
    draw = source_rows.draw_of(work, notice.id, lock=True)
    refs = [row.ref for row in order]
    is_long = (draw.entrants or 0) > protocol.PART_ROWS
    record_draw(
        work,
        RankedByLot(
            subject=number,
            at=work.now,
            draw=draw.number,
            order=refs[: protocol.PART_ROWS],
            order_sha256=protocol.order_digest(refs) if is_long else None,
            seed=str(draw.seed),
            winners=draw.winners,
        ),
        notice.alg,
    )
    publish_order(
        work,
        number,
        [
            Ranked(entry_id=row.entry_id, ref=row.ref, draw_id=draw.id, ticket=row.ticket)
            for row in order
        ],
        winners=draw.winners,
        reserves=draw.reserves,
    )
