"""The owner chooses an agency of the list and offers it the work; or lets its days pass."""

from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.shown import check_shown, signs
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.direct import queries
from market.selection.direct.events import DirectOffered
from market.selection.direct.models import DirectOffer, DirectPlace
from market.selection.direct.queries import rows as direct_rows
from market.selection.direct.rules import ANSWER, CHOOSE, OfferState
from market.selection.entries import queries as entry_queries
from market.selection.entries.service.failing import fail
from market.selection.kinds import Failure
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import Kind
from market.workdays.rules import is_in_time
from verify.zjcs.draw import RANKED_2


@signs(queries.choice_shown, key="number")
def offer(work: Work, *, number: str, ref: str, amount_fen: int, shown: str) -> None:
    """Offer the work to an agency of the list (platform number) at an amount (fen), as the owner's
    signatory. It has the rulebook's days (2 working days) to answer.

    Refuses `notice.none` (also another owner's), `direct.wrong_state`, `direct.late`,
    `direct.not_listed`, `direct.asked_before`, `direct.not_eligible`, `direct.amount`,
    `shown.changed`.
    """
    permissions.require(work.actor, "direct.choose")
    notice = queries.direct_notice(work, number, lock=True)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if notice.state is not NoticeState.CHOOSING:
        raise Refusal("direct.wrong_state")
    check_in_time(work, CHOOSE, number)
    check_shown(shown, queries.choice_shown(work, number))
    place = _place(work, notice, ref)
    _check_amount(notice, amount_fen)

    notice.state = move_notice(notice.state, NoticeState.OFFERED)
    windows.close(work, CHOOSE, number)
    work.session.add(_offer(work, notice, place, amount_fen))
    _open_answer(work, notice, place)
    record_draw(
        work,
        DirectOffered(
            subject=number,
            amount=amount_fen,
            at=work.now,
            draw=sibling(number, Prefix.DRAW),
            ref=ref,
        ),
        alg=RANKED_2,
    )


def check_in_time(work: Work, kind: Kind, number: str) -> None:
    """Refuse `direct.late` after the end of the days, by the instant of receipt; a provisional end is
    none.
    """
    due = windows_queries.live(work, kind, number)
    if due is None or (not due.is_provisional and not is_in_time(work.received_at, due.due_at)):
        raise Refusal("direct.late")


def _place(work: Work, notice: Notice, ref: str) -> DirectPlace:
    place = next((row for row in direct_rows.places(work, notice.id) if row.ref == ref), None)
    if place is None:
        raise Invalid("direct.not_listed", field="ref")
    if any(row.ref == ref for row in direct_rows.offers(work, notice.id)):
        raise Invalid("direct.asked_before", field="ref")
    if entry_queries.barred(work, place.agency_id, notice.items):
        raise Invalid("direct.not_eligible", field="ref")
    return place


def _check_amount(notice: Notice, amount_fen: int) -> None:
    if not 0 < amount_fen <= (notice.ceiling_fen or 0):
        raise Invalid("direct.amount", field="amount_fen")


def _offer(work: Work, notice: Notice, place: DirectPlace, amount_fen: int) -> DirectOffer:
    return DirectOffer(
        division=work.division,
        notice_id=notice.id,
        ref=place.ref,
        agency_id=place.agency_id,
        amount_fen=amount_fen,
        state=OfferState.WAITING,
        offered_at=work.now,
        offered_by=work.actor.person_id,
    )


def _open_answer(work: Work, notice: Notice, place: DirectPlace) -> None:
    rulebook = rulebooks.version(work, notice.rulebook)
    due = windows.open_counted(
        work,
        ANSWER,
        subject=str(notice.number),
        span=rulebook.window(Rulebook.direct_accept_days),
        rulebook=rulebook.version,
        responsible_id=place.agency_id,
    )
    notice.entry_close = due.due_at
    notice.draw_at = due.due_at


def no_choice(work: Work, due: Due) -> None:
    """The owner's days are over and nobody was chosen: the selection has failed (social funds; for
    public money nobody is chosen directly).
    """
    permissions.require(work.actor, "selection.clock")
    notice = queries.direct_notice(work, due.matter, lock=True)
    if notice.state is not NoticeState.CHOOSING:
        return
    listed = len(direct_rows.places(work, notice.id))
    fail(work, notice, Failure.OWNER_NO_CHOICE, listed=listed, least=1)
