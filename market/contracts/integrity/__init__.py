"""Which rows of awards, letters and matters stand on the log."""

from sqlalchemy import case, literal, null, select, union_all

from market.contracts.events.award import (
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
from market.contracts.events.books import PaymentFound
from market.contracts.events.change import (
    CancelAsked,
    CancelObjected,
    ChangeAgreed,
    ChangeAsked,
    ChangeRefused,
    ChangeVoid,
    ChangeWithdrawn,
    ContractChanged,
    ContractTerminated,
    SettlementDue,
    SettlementOver,
)
from market.contracts.events.matter import (
    ContractAdopted,
    ContractClosed,
    ContractConfirmed,
    ContractDropped,
    ContractProposed,
    ContractQuestioned,
    PaymentReminded,
    ServiceAccepted,
    ServiceDelivered,
    ServiceProgressed,
    ServiceReturned,
    ServiceStarted,
)
from market.contracts.events.unsigned import (
    FaultFound,
    FaultProposed,
    FaultReturned,
    FindingDue,
    FindingEscalated,
    HearingOpened,
    SideStated,
    UnsignedEnded,
)
from market.contracts.integrity.money import MONEY
from market.contracts.integrity.states import STATES
from market.contracts.models import (
    AwardLetter,
    AwardOffer,
    Contract,
    ContractChange,
    ContractDelivery,
    ContractNote,
    Unsigned,
)
from market.contracts.models.books import FinanceLine
from market.contracts.rules import Offer, State
from market.contracts.rules.change import IN_FORCE, OPEN, Change, ChangeState
from market.contracts.rules.matter import ContractState, Side
from market.contracts.rules.unsigned import UnsignedState
from market.ledger.queries.integrity import Held

LETTERS = select(AwardLetter.notice_number, AwardLetter.number, AwardLetter.document)
OFFERS = select(AwardOffer.notice_number, AwardOffer.number, AwardOffer.winner)
CONTRACTS = select(Contract.notice_number, Contract.number)
DELIVERIES = CONTRACTS.add_columns(ContractDelivery.version).join(
    ContractDelivery, ContractDelivery.contract_id == Contract.id
)
CHANGES = CONTRACTS.add_columns(ContractChange.no).join(
    ContractChange, ContractChange.contract_id == Contract.id
)
SAID_REASON = case((ContractChange.change == Change.CANCEL, null()), else_=ContractChange.reason)
"""Why one side ends a contract is not on the log."""
MATTERS = (
    Held(
        events=(ContractProposed,),
        rows=CONTRACTS.add_columns(
            Contract.registered_side,
            Contract.signed_on,
            Contract.file_sha256,
            Contract.scope_sha256,
        ).where(Contract.file_sha256.is_not(None)),
        fields=("contract", "by", "signed_on", "file_sha256", "scope_sha256"),
        both_ways=False,
    ),
    Held(
        events=(ContractQuestioned,),
        rows=CONTRACTS.add_columns(Contract.file_sha256).where(
            Contract.state == ContractState.QUESTIONED
        ),
        fields=("contract", "file_sha256"),
        both_ways=False,
    ),
    Held(
        events=(ContractDropped,),
        rows=CONTRACTS.add_columns(Contract.winner).where(Contract.state == ContractState.VOID),
        fields=("contract", "winner"),
        both_ways=False,
    ),
    Held(
        events=(ContractConfirmed, ContractAdopted),
        rows=CONTRACTS.add_columns(Contract.winner, Contract.track).where(
            Contract.confirmed_at.is_not(None)
        ),
        fields=("contract", "winner", "track"),
    ),
    Held(
        events=(ServiceStarted,),
        rows=CONTRACTS.add_columns(Contract.started_on).where(Contract.started_on.is_not(None)),
        fields=("contract", "started_on"),
    ),
    Held(
        events=(ServiceProgressed,),
        rows=CONTRACTS.join(ContractNote, ContractNote.contract_id == Contract.id),
        fields=("contract",),
    ),
    Held(events=(ServiceDelivered,), rows=DELIVERIES, fields=("contract", "version")),
    Held(
        events=(ServiceReturned,),
        rows=DELIVERIES.where(ContractDelivery.is_accepted.is_(False)),
        fields=("contract", "version"),
    ),
    Held(
        events=(ServiceAccepted,),
        rows=DELIVERIES.where(ContractDelivery.is_accepted.is_(True)),
        fields=("contract", "version"),
    ),
    Held(
        events=(ContractClosed,),
        rows=CONTRACTS.add_columns(Contract.winner).where(Contract.closed_at.is_not(None)),
        fields=("contract", "winner"),
    ),
)
CHANGED = (
    Held(
        events=(ChangeAsked,),
        rows=CHANGES.add_columns(
            ContractChange.change, ContractChange.reason, ContractChange.side
        ).where(ContractChange.state.in_(tuple(OPEN)), ContractChange.change != Change.CANCEL),
        fields=("contract", "no", "change", "reason", "by"),
        both_ways=False,
    ),
    Held(
        events=(ChangeAgreed,),
        rows=CHANGES.where(ContractChange.seconded_at.is_not(None)),
        fields=("contract", "no"),
        both_ways=False,
    ),
    Held(
        events=(ContractChanged,),
        rows=CHANGES.add_columns(ContractChange.change, SAID_REASON, ContractChange.side).where(
            ContractChange.state.in_(tuple(IN_FORCE))
        ),
        fields=("contract", "no", "change", "reason", "by"),
    ),
    Held(
        events=(CancelAsked,),
        rows=CHANGES.add_columns(ContractChange.side).where(ContractChange.change == Change.CANCEL),
        fields=("contract", "no", "by"),
    ),
    Held(
        events=(CancelObjected,),
        rows=CHANGES.where(
            ContractChange.state == ChangeState.STOOD, ContractChange.answered_at.is_not(None)
        ),
        fields=("contract", "no"),
    ),
    Held(
        events=(ChangeVoid,),
        rows=CHANGES.where(ContractChange.state == ChangeState.VOID),
        fields=("contract", "no"),
    ),
    Held(
        events=(ContractTerminated,),
        rows=CONTRACTS.add_columns(Contract.winner).where(Contract.terminated_at.is_not(None)),
        fields=("contract", "winner"),
    ),
    Held(
        events=(ChangeRefused,),
        rows=CHANGES.where(ContractChange.state == ChangeState.REFUSED),
        fields=("contract", "no"),
    ),
    Held(
        events=(ChangeWithdrawn,),
        rows=CHANGES.where(ContractChange.state == ChangeState.WITHDRAWN),
        fields=("contract", "no"),
    ),
)
PROCEDURES = select(Unsigned.notice_number, Unsigned.award_number)
UNSIGNED = (
    Held(
        events=(HearingOpened,),
        rows=PROCEDURES.add_columns(Unsigned.document, Unsigned.winner),
        fields=("letter", "document", "winner"),
    ),
    Held(
        events=(SideStated,),
        rows=union_all(
            PROCEDURES.add_columns(literal(Side.OWNER.value)).where(
                Unsigned.owner_stated_at.is_not(None)
            ),
            PROCEDURES.add_columns(literal(Side.AGENCY.value)).where(
                Unsigned.agency_stated_at.is_not(None)
            ),
        ),
        fields=("letter", "side"),
    ),
    Held(
        events=(FaultProposed,),
        rows=PROCEDURES.where(Unsigned.state == UnsignedState.PROPOSED),
        fields=("letter",),
        both_ways=False,
    ),
    Held(
        events=(FaultFound,),
        rows=PROCEDURES.add_columns(Unsigned.document, Unsigned.winner, Unsigned.fault).where(
            Unsigned.decided_at.is_not(None)
        ),
        fields=("letter", "document", "winner", "fault"),
    ),
    Held(
        events=(UnsignedEnded,),
        rows=PROCEDURES.add_columns(Unsigned.document).where(Unsigned.state == UnsignedState.ENDED),
        fields=("letter", "document"),
    ),
)
HELD = (
    *STATES,
    *MATTERS,
    *CHANGED,
    *MONEY,
    *UNSIGNED,
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
    FinanceLine: "its file's salted digest stands on the log with the import",
    PaymentFound: "tells an owner what the books have; changes no row",
    AwardResumed: "takes the hold off the row",
    SettlementDue: "says until when both may agree; its window is the row",
    SettlementOver: "says that they have not; its window is the row",
    PaymentReminded: "reminds the owner; changes no row",
    FindingDue: "says that both were heard; its window is the row",
    FaultReturned: "takes a proposal off the row",
    FindingEscalated: "changes whose the procedure is, as its window says",
    QualificationLapsed: "tells an owner of agency.line_lapsed; changes no row",
}
