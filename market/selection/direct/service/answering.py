"""The agency accepts or refuses the work that it was offered; silence is a refusal (ADR 0044)."""

from market.agencies import queries as agencies
from market.agencies.queries import Standing
from market.db import Work
from market.kernel.entropy import receipt
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.shown import check_shown, signs
from market.selection import permissions
from market.selection.direct import queries
from market.selection.direct.events import DirectAnswered, DirectRanked
from market.selection.direct.models import DirectOffer
from market.selection.direct.queries import rows as direct_rows
from market.selection.direct.rules import ANSWER, REFUSED, SILENT, OfferState, move_offer
from market.selection.direct.service.offering import check_in_time
from market.selection.direct.service.promise import open_choosing
from market.selection.entries import queries as entry_queries
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service.failing import fail
from market.selection.kinds import Failure
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.results.service.announce import publish_order
from market.selection.way import Ranked
from market.windows import service as windows
from market.windows.queries import Due
from verify.zjcs.direct import WINNERS
from verify.zjcs.draw import RANKED_2

CANCELLED = "cancelled"
NOBODY = 0
"""Stands for a person where the clock notes an answer that did not come."""


@signs(queries.offer_shown, key="number")
def answer(work: Work, *, number: str, accepts: bool, reason: str = "", shown: str) -> None:
    """Accept or refuse an offer, as the agency's signatory; `reason` of a refusal is for the owner.
    An acceptance is the result: its publicity begins.

    Refuses `notice.none` (also where another agency was asked), `direct.late`,
    `direct.no_longer_eligible`, `shown.changed`.
    """
    permissions.require(work.actor, "direct.answer")
    notice = queries.direct_notice(work, number, lock=True)
    offer = direct_rows.waiting(work, notice.id)
    if offer is None or offer.agency_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    check_in_time(work, ANSWER, number)
    check_shown(shown, queries.offer_shown(work, number))

    windows.close(work, ANSWER, number)
    if accepts:
        _accept(work, notice, offer)
    else:
        _answered(work, notice, offer, OfferState.REFUSED, REFUSED)
        offer.reason = reason.strip() or None
        _choose_again(work, notice)


def silent(work: Work, due: Due) -> None:
    """The days for an answer are over: that is a refusal, and the owner chooses again."""
    permissions.require(work.actor, "selection.clock")
    notice = queries.direct_notice(work, due.matter, lock=True)
    offer = direct_rows.waiting(work, notice.id)
    if offer is None:
        return
    _answered(work, notice, offer, OfferState.SILENT, SILENT)
    _choose_again(work, notice)


def withdrawn(work: Work, number: str) -> None:
    """The notice is cancelled: an offer that waits is over."""
    notice = queries.direct_notice(work, number, lock=True)
    offer = direct_rows.waiting(work, notice.id)
    if offer is not None:
        _answered(work, notice, offer, OfferState.WITHDRAWN, CANCELLED)


def _accept(work: Work, notice: Notice, offer: DirectOffer) -> None:
    if entry_queries.barred(work, offer.agency_id, notice.items):
        raise Refusal("direct.no_longer_eligible")
    standing = agencies.standing(work, offer.agency_id, notice.items, work.today)
    _answered(work, notice, offer, OfferState.ACCEPTED, None)
    entry = _entry(work, notice, offer, standing)
    work.session.add(entry)
    notice.entries_given = 1
    notice.entries_live = 1
    work.session.flush()  # The order needs the entry's id.
    number = str(notice.number)
    record_draw(
        work,
        DirectRanked(
            subject=number,
            at=work.now,
            draw=sibling(number, Prefix.DRAW),
            order=[offer.ref],
            winners=WINNERS,
        ),
        alg=RANKED_2,
    )
    order = [Ranked(entry_id=entry.id, ref=offer.ref)]
    publish_order(work, number, order, winners=WINNERS, reserves=0)


def _entry(work: Work, notice: Notice, offer: DirectOffer, standing: Standing) -> Entry:
    """What everything behind a result reads: the acceptance as the notice's one entry. It was never
    sealed, and stands on the log as an acceptance, not as an entry.
    """
    return Entry(
        division=work.division,
        notice_id=notice.id,
        agency_id=offer.agency_id,
        ref=offer.ref,
        representative=standing.legal_representative or "",
        representative_digest=standing.representative_digest,
        no=1,
        receipt=receipt("BM", work.entropy),
        commit="",
        sealed=b"",
        received_at=work.received_at,
        received_by=work.received_by,
        entered_by=work.actor.person_id,
        state=EntryState.LISTED,
        quote_fen=offer.amount_fen,
    )


def _answered(
    work: Work, notice: Notice, offer: DirectOffer, state: OfferState, reason: str | None
) -> None:
    offer.state = move_offer(offer.state, state)
    offer.answered_at = work.now
    offer.answered_by = work.actor.person_id or NOBODY
    number = str(notice.number)
    record_draw(
        work,
        DirectAnswered(
            subject=number,
            accepted=state is OfferState.ACCEPTED,
            at=work.now,
            draw=sibling(number, Prefix.DRAW),
            reason=reason,
            ref=offer.ref,
        ),
        alg=RANKED_2,
    )


def _choose_again(work: Work, notice: Notice) -> None:
    """The owner has its days once more; where everybody on the list was asked, nobody is left."""
    asked = {row.ref for row in direct_rows.offers(work, notice.id)}
    places = direct_rows.places(work, notice.id)
    if all(row.ref in asked for row in places):
        fail(work, notice, Failure.NONE_ACCEPTED, listed=len(places), least=1)
        return
    notice.state = move_notice(notice.state, NoticeState.CHOOSING)
    open_choosing(work, notice)
