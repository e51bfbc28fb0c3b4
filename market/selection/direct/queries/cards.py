"""A direct choice as pages see it."""

import dataclasses
import datetime as dt

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.selection.direct.models import DirectOffer
from market.selection.direct.queries import rows as direct_rows
from market.selection.direct.rules import ANSWER, CHOOSE, OfferState
from market.selection.kinds import Method
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class Place:
    """One agency of the list. `stars`, `on_time` in hundredths; `offer` what became of an offer to
    it; `why_not` why it cannot be chosen today, a code of the agencies' words.
    """

    place: int
    ref: str
    name: str
    uscc: str | None
    completed: int
    stars: int | None
    on_time: int | None
    is_new: bool
    offer: OfferState | None
    why_not: str | None


@dataclasses.dataclass(frozen=True)
class Offer:
    """One offer with its answer; `amount_fen` is what the owner offers to pay."""

    ref: str
    name: str
    organisation_id: int
    amount_fen: int
    state: OfferState
    offered_at: dt.datetime
    answered_at: dt.datetime | None
    reason: str | None


@dataclasses.dataclass(frozen=True)
class Choice:
    """The list of a notice, its offers in order, and the end of whose turn it is."""

    places: tuple[Place, ...]
    offers: tuple[Offer, ...]
    due: Due | None

    @property
    def waiting(self) -> Offer | None:
        return next((each for each in self.offers if each.state is OfferState.WAITING), None)


def choice(work: Work, number: str) -> Choice:
    """The choice of a notice. Refuses `notice.none`, also of a notice of another way."""
    notice = direct_notice(work, number)
    rows = direct_rows.places(work, notice.id)
    known = agencies.by_refs(work, [row.ref for row in rows])
    standing = agencies.standings(work, [row.agency_id for row in rows], notice.items, work.today)
    offers = _offers(work, notice)
    state = {each.ref: each.state for each in offers}
    places = tuple(
        Place(
            row.place,
            row.ref,
            known[row.ref].name if row.ref in known else row.ref,
            known[row.ref].uscc if row.ref in known else None,
            row.completed,
            row.stars,
            row.on_time,
            row.is_new,
            state.get(row.ref),
            standing[row.agency_id].reason,
        )
        for row in rows
    )
    return Choice(places, offers, _due(work, number))


def _offers(work: Work, notice: Notice) -> tuple[Offer, ...]:
    rows = direct_rows.offers(work, notice.id)
    known = agencies.by_refs(work, [row.ref for row in rows])
    return tuple(
        Offer(
            row.ref,
            known[row.ref].name if row.ref in known else row.ref,
            row.agency_id,
            row.amount_fen,
            row.state,
            row.offered_at,
            row.answered_at,
            row.reason,
        )
        for row in rows
    )


def _due(work: Work, number: str) -> Due | None:
    live = [windows_queries.live(work, kind, number) for kind in (CHOOSE, ANSWER)]
    return next((due for due in live if due is not None), None)


def direct_notice(work: Work, number: str, *, lock: bool = False) -> Notice:
    """The row of a notice whose owner chooses. Refuses `notice.none`."""
    row = notice_rows.by_number(work, number, lock=lock)
    if row.method is not Method.DIRECT:
        raise NotFound("notice.none")
    return row


def choice_shown(work: Work, number: str) -> Parts:
    """What an owner chooses from: the list, and who was asked before."""
    notice = direct_notice(work, number)
    return {
        "direct.places": [
            [row.place, row.ref, row.completed, row.stars, row.on_time, row.is_new]
            for row in direct_rows.places(work, notice.id)
        ],
        "direct.offers": [
            [row.ref, row.state.value] for row in direct_rows.offers(work, notice.id)
        ],
        "direct.ceiling_fen": notice.ceiling_fen,
    }


def offer_shown(work: Work, number: str) -> Parts:
    """What an agency accepts: the notice's text and the amount."""
    notice = direct_notice(work, number)
    row: DirectOffer | None = direct_rows.waiting(work, notice.id)
    return {
        "direct.document": notice.document,
        "direct.offer": row.id if row else None,
        "direct.amount_fen": row.amount_fen if row else None,
    }
