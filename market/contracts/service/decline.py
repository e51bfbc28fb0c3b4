"""The winner gives the award up, before its letter or after (放弃中选)."""

from market.complaints import queries as complaints
from market.contracts import permissions, queries, rules
from market.contracts.events.award import AwardDeclined
from market.contracts.models import AwardLetter, AwardOffer
from market.contracts.rules import SIGN, Decline, Offer, State
from market.contracts.service.offer import close_windows
from market.contracts.service.signing import drop_unconfirmed
from market.contracts.service.unsigned import end_unsigned
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.ledger.service import record
from market.selection.results import service as result_service
from market.selection.results.rules.states import RankState
from market.windows import service as windows
from market.windows.rules import State as WindowState

DECLINED = "declined"


def decline(work: Work, *, number: str, reason: Decline, statement: str) -> str | None:
    """The winner gives the award up; the next rank is announced with a publicity of its own
    (放弃中选).

    Returns the next agency's platform number, None when the order is exhausted. Refuses
    `not_permitted`, `award.none` (also for another agency's), `award.complaint_open`,
    `award.wrong_state`, `result.wrong_state` where a decision took the result away and nobody has
    followed the log yet: what crossed it must not take the next rank's award.
    """
    permissions.require(work.actor, "award.decline")
    row = queries.pending_offer(work, number) or queries.row(work, number)
    if row.agency_organisation_id != work.actor.organisation_id:
        raise NotFound("award.none")
    if complaints.holding(
        work, row.notice_number
    ):  # also before `follow` has seen it: the rank may not move meanwhile
        raise Refusal("award.complaint_open")
    row.declined_at = work.now
    row.declined_by = work.actor.person_id
    row.decline_reason = reason
    row.statement = statement
    document = _given_up(work, row)
    record(
        work,
        AwardDeclined(
            subject=row.notice_number, letter=number, document=document, reason=reason.value
        ),
    )
    return result_service.annul_to_next(
        work,
        number=row.notice_number,
        reason=DECLINED,
        by=row.winner,
        of=row.winner,
        as_=RankState.DECLINED,
    )


def _given_up(work: Work, row: AwardLetter | AwardOffer) -> str | None:
    """Nothing runs for the winner any more; the letter's document number, None before a letter."""
    if isinstance(row, AwardLetter):
        row.state = rules.move_state(row.state, State.DECLINED)
        drop_unconfirmed(work, row)
        end_unsigned(work, row)
        windows.close(work, SIGN, row.number, state=WindowState.CANCELLED)
        return row.document
    row.state = rules.move_offer(row.state, Offer.DECLINED)
    close_windows(work, row)
    return None
