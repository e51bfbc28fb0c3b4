"""Which rows of awards and letters stand on the log."""

from sqlalchemy import select, union_all

from market.contracts.events import (
    AwardBlocked,
    AwardConfirmed,
    AwardDeclined,
    AwardHeld,
    AwardIssued,
    AwardLapsed,
    AwardOffered,
    AwardOfferVoided,
    AwardResumed,
    AwardVoided,
    ContractOverdue,
    ContractRegistered,
    QualificationLapsed,
)
from market.contracts.models import AwardLetter, AwardOffer
from market.contracts.rules import Offer, State
from market.ledger.queries.integrity import Held

LETTERS = select(AwardLetter.notice_number, AwardLetter.number, AwardLetter.document)
OFFERS = select(AwardOffer.notice_number, AwardOffer.number, AwardOffer.winner)
HELD = (
    Held(
        events=(AwardIssued,),
        rows=LETTERS.add_columns(AwardLetter.winner, AwardLetter.rank, AwardLetter.amount_fen),
        fields=("letter", "document", "winner", "rank", "amount_fen"),
    ),
    Held(
        events=(AwardDeclined,),
        rows=union_all(
            select(AwardLetter.notice_number, AwardLetter.number, AwardLetter.decline_reason).where(
                AwardLetter.declined_at.is_not(None)
            ),
            select(AwardOffer.notice_number, AwardOffer.number, AwardOffer.decline_reason).where(
                AwardOffer.declined_at.is_not(None)
            ),
        ),
        fields=("letter", "reason"),
    ),
    Held(
        events=(ContractRegistered,),
        rows=LETTERS.with_only_columns(
            AwardLetter.notice_number,
            AwardLetter.number,
            AwardLetter.contract_number,
            AwardLetter.signed_on,
        ).where(AwardLetter.registered_at.is_not(None)),
        fields=("letter", "contract", "signed_on"),
    ),
    Held(
        events=(ContractOverdue,),
        rows=LETTERS.where(AwardLetter.overdue_at.is_not(None)),
        fields=("letter", "document"),
        both_ways=False,
    ),
    Held(
        events=(AwardVoided,),
        rows=LETTERS.where(AwardLetter.voided_at.is_not(None)),
        fields=("letter", "document"),
    ),
    Held(
        events=(AwardHeld,),
        rows=LETTERS.where(AwardLetter.state == State.HELD),
        fields=("letter", "document"),
        both_ways=False,
    ),
    Held(
        events=(AwardOffered,),
        rows=OFFERS.where(AwardOffer.state == Offer.AWAITING),
        fields=("letter", "winner"),
        both_ways=False,
    ),
    Held(
        events=(AwardBlocked,),
        rows=OFFERS.where(AwardOffer.state == Offer.BLOCKED),
        fields=("letter", "winner"),
        both_ways=False,
    ),
    Held(
        events=(AwardConfirmed,),
        rows=OFFERS.where(AwardOffer.confirmed_at.is_not(None)),
        fields=("letter", "winner"),
    ),
    Held(
        events=(AwardLapsed,),
        rows=OFFERS.where(AwardOffer.lapsed_at.is_not(None)),
        fields=("letter", "winner"),
    ),
    Held(
        events=(AwardOfferVoided,),
        rows=OFFERS.where(AwardOffer.state == Offer.VOID),
        fields=("letter", "winner"),
    ),
)
WITHOUT: dict[type, str] = {
    AwardResumed: "takes the hold off the row",
    QualificationLapsed: "tells an owner of agency.line_lapsed; changes no row",
}
