"""The award letter as it was issued: what it says does not change with the names of today; what may
precede it; and what follows, to the close of the matter.
"""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.contracts.rules import Decline, Offer, State
from market.contracts.rules.change import Change, ChangeState, Reason
from market.contracts.rules.claim import Claim, ClaimState
from market.contracts.rules.disputing import DisputeState, Ground
from market.contracts.rules.matter import ContractState, PaymentState, Side, Track
from market.contracts.rules.unsigned import Fault, UnsignedState
from market.db import Model, enum_type


class AwardLetter(Model):
    """One 中选通知书. After a refusal the next rank gets one of its own under the same TZ number
    and the next document.
    """

    __tablename__ = "award_letter"
    __table_args__ = (
        UniqueConstraint("number", "rank", name="one_each_rank"),
        CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL)", name="declined_has_who_and_when"
        ),
        CheckConstraint(
            "(decline_reason IS NULL) = (declined_at IS NULL)", name="declined_has_reason"
        ),
        CheckConstraint(
            "(registered_at IS NULL) = (registered_by IS NULL)", name="registered_has_who_and_when"
        ),
        Index("ix_award_letter_notice", "notice_number"),
        Index("ix_award_letter_agency", "agency_organisation_id", "id"),
        Index("ix_award_letter_owner", "owner_organisation_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str]  # TZ-360481-2026-00012
    document: Mapped[str] = mapped_column(unique=True)  # 瑞中选〔2026〕12号
    notice_number: Mapped[str]
    rank: Mapped[int]
    state: Mapped[State] = mapped_column(enum_type(State))
    title: Mapped[str]
    item_name: Mapped[str]
    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_name: Mapped[str]
    agency_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    agency_name: Mapped[str]
    winner: Mapped[str]
    amount_fen: Mapped[int]
    service_days: Mapped[int | None]
    issued_at: Mapped[dt.datetime]
    overdue_at: Mapped[dt.datetime | None]
    declined_at: Mapped[dt.datetime | None]
    declined_by: Mapped[int | None]
    decline_reason: Mapped[Decline | None] = mapped_column(enum_type(Decline))
    statement: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[dt.datetime | None]
    contract_number: Mapped[str | None]  # HT-..., given when the signing is registered
    signed_on: Mapped[dt.date | None]
    registered_at: Mapped[dt.datetime | None]
    registered_by: Mapped[int | None]


class AwardOffer(Model):
    """An award whose letter did not leave at once: the winner is asked, or his documents are not
    complete. One for a rank.
    """

    __tablename__ = "award_offer"
    __table_args__ = (
        UniqueConstraint("notice_number", "rank", name="one_offer_each_rank"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_has_who_and_when"
        ),
        CheckConstraint(
            "(declined_at IS NULL) = (decline_reason IS NULL)", name="declined_has_reason"
        ),
        CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL)", name="declined_has_who_and_when"
        ),
        Index("ix_award_offer_number", "number"),
        Index("ix_award_offer_agency", "agency_organisation_id", "id"),
        Index("ix_award_offer_owner", "owner_organisation_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str]  # TZ-360481-2026-00012, which the letter will have
    notice_number: Mapped[str]
    rank: Mapped[int]
    state: Mapped[Offer] = mapped_column(enum_type(Offer))
    title: Mapped[str]
    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_name: Mapped[str]
    agency_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    agency_name: Mapped[str]
    winner: Mapped[str]
    amount_fen: Mapped[int]
    opened_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[int | None]
    declined_at: Mapped[dt.datetime | None]
    declined_by: Mapped[int | None]
    decline_reason: Mapped[Decline | None] = mapped_column(enum_type(Decline))
    statement: Mapped[str] = mapped_column(default="")
    lapsed_at: Mapped[dt.datetime | None]  # declined by silence


class Contract(Model):
    """What both sides signed after a letter, and how far the matter has come. Who was told a
    next rank has the same numbers and a row of its own.
    """

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("award_id", name="one_each_letter"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_has_who_and_when"
        ),
        CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted_has_who_and_when"
        ),
        Index("ix_contract_number", "number"),
        Index("ix_contract_notice", "notice_number"),
        Index("ix_contract_agency", "agency_organisation_id", "id"),
        Index("ix_contract_owner", "owner_organisation_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str]  # HT-360481-2026-00012
    award_id: Mapped[int] = mapped_column(ForeignKey("award_letter.id"))
    award_number: Mapped[str]
    notice_number: Mapped[str]
    rulebook: Mapped[int]
    state: Mapped[ContractState] = mapped_column(enum_type(ContractState))
    track: Mapped[Track] = mapped_column(enum_type(Track))
    is_public_money: Mapped[bool]
    title: Mapped[str]
    item_code: Mapped[str]
    item_name: Mapped[str]
    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    owner_name: Mapped[str]
    agency_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    agency_name: Mapped[str]
    winner: Mapped[str]
    amount_fen: Mapped[int]
    disputed_fen: Mapped[int] = mapped_column(default=0)  # of the open dispute
    waived_fen: Mapped[int] = mapped_column(default=0)  # what both agreed is not owed
    service_days: Mapped[
        int | None
    ]  # calendar days; None of a contract from before both registered
    pay_days: Mapped[int]  # calendar days from the acceptance
    # what the agency declared at the signing (支付条例 3); None of contracts from before it was asked
    is_sme: Mapped[bool | None]
    head: Mapped[str] = mapped_column(default="")  # of the project, as the contract names
    requirements: Mapped[list[str]] = mapped_column(JSON, default=list)  # besides the notice's
    scope_sha256: Mapped[str]  # of the notice's content, which the contract's scope is
    signed_on: Mapped[dt.date]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    file_sha256: Mapped[str | None]
    registered_side: Mapped[Side] = mapped_column(enum_type(Side))
    registered_at: Mapped[dt.datetime]
    registered_by: Mapped[int]
    question: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[int | None]
    started_on: Mapped[dt.date | None]
    accepted_at: Mapped[dt.datetime | None]
    accepted_by: Mapped[int | None]
    terminated_at: Mapped[dt.datetime | None]  # by a decision about a complaint
    closed_at: Mapped[dt.datetime | None]


class ContractNote(Model):
    """What the agency says of the progress."""

    __tablename__ = "contract_note"
    __table_args__ = (Index("ix_contract_note_contract", "contract_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    submission_key: Mapped[str] = mapped_column(unique=True)
    note: Mapped[str]
    said_at: Mapped[dt.datetime]
    said_by: Mapped[int]


class ContractDelivery(Model):
    """One version of what the service brings forth, and what the owner says of it: accepted, or one
    complete list.
    """

    __tablename__ = "contract_delivery"
    __table_args__ = (
        UniqueConstraint("contract_id", "version", name="one_each_version"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name="answered_has_who_and_when"
        ),
        CheckConstraint("(answered_at IS NULL) = (is_accepted IS NULL)", name="answered_says_what"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    version: Mapped[int]
    note: Mapped[str]
    head: Mapped[str] = mapped_column(default="")  # who leads the project and confirmed it
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    file_sha256: Mapped[str | None]
    delivered_at: Mapped[dt.datetime]
    delivered_by: Mapped[int]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    is_accepted: Mapped[bool | None]  # None: unanswered
    items: Mapped[list[str]] = mapped_column(JSON, default=list)  # the owner's list
    # requirement, verdict and note each; empty from before each had a verdict
    verdicts: Mapped[list[list[str]]] = mapped_column(JSON, default=list)


class ContractChange(Model):
    """A change that one side asked for, and what the other says of it. `days` of a stop are how long it
    took, known when the work goes on; `amount_fen` is the amount that the contract then has.
    """

    __tablename__ = "contract_change"
    __table_args__ = (
        UniqueConstraint("contract_id", "no", name="one_each_change"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name="answered_has_who_and_when"
        ),
        CheckConstraint(
            "(seconded_at IS NULL) = (seconded_by IS NULL)", name="seconded_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    no: Mapped[int]
    change: Mapped[Change] = mapped_column(enum_type(Change))
    reason: Mapped[Reason] = mapped_column(enum_type(Reason))
    side: Mapped[Side] = mapped_column(enum_type(Side))
    state: Mapped[ChangeState] = mapped_column(enum_type(ChangeState))
    statement: Mapped[str]
    days: Mapped[int | None]  # calendar days
    amount_fen: Mapped[int | None]
    approval: Mapped[str] = mapped_column(default="")
    person: Mapped[str] = mapped_column(default="")  # the new head of the project
    objection: Mapped[str] = mapped_column(default="")  # of the other side, to an end by one
    was: Mapped[ContractState] = mapped_column(enum_type(ContractState))  # when it took effect
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[int]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    seconded_at: Mapped[dt.datetime | None]
    seconded_by: Mapped[int | None]


class ContractPayment(Model):
    """A payment as the owner registered it, and what the agency says of it."""

    __tablename__ = "contract_payment"
    __table_args__ = (
        UniqueConstraint("contract_id", "no", name="one_each_no"),
        CheckConstraint("amount_fen > 0", name="pays_something"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name="answered_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    no: Mapped[int]
    submission_key: Mapped[str] = mapped_column(unique=True)
    amount_fen: Mapped[int]
    paid_on: Mapped[dt.date]
    voucher: Mapped[str]
    state: Mapped[PaymentState] = mapped_column(enum_type(PaymentState))
    registered_at: Mapped[dt.datetime]
    registered_by: Mapped[int]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]
    lapsed_at: Mapped[dt.datetime | None]  # the agency's days were over


class ContractClaim(Model):
    """What the agency asked for about money that is owed: that the owner confirms it, or pays it."""

    __tablename__ = "contract_claim"
    __table_args__ = (
        UniqueConstraint("contract_id", "no", name="one_each_claim"),
        CheckConstraint("amount_fen > 0", name="claims_something"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name="answered_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    no: Mapped[int]
    submission_key: Mapped[str] = mapped_column(unique=True)
    claim: Mapped[Claim] = mapped_column(enum_type(Claim))
    state: Mapped[ClaimState] = mapped_column(enum_type(ClaimState))
    amount_fen: Mapped[int]  # unpaid when it was asked
    days_late: Mapped[int]  # calendar days, when it was asked
    code: Mapped[str] = mapped_column(unique=True)  # on its paper
    reasons: Mapped[str] = mapped_column(default="")  # of the owner who does not confirm
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[int]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None]


class ContractDispute(Model):
    """A part of the money that the owner says is not owed, and how that ended."""

    __tablename__ = "contract_dispute"
    __table_args__ = (
        UniqueConstraint("contract_id", "no", name="one_each_dispute"),
        CheckConstraint("amount_fen > 0", name="disputes_something"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_has_who_and_when"),
        CheckConstraint("(ended_at IS NULL) = (state = 'open')", name="ended_when_not_open"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    no: Mapped[int]
    submission_key: Mapped[str] = mapped_column(unique=True)
    amount_fen: Mapped[int]
    ground: Mapped[Ground] = mapped_column(enum_type(Ground))
    statement: Mapped[str]
    state: Mapped[DisputeState] = mapped_column(enum_type(DisputeState))
    raised_at: Mapped[dt.datetime]
    raised_by: Mapped[int]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[int | None]


class Unsigned(Model):
    """The procedure over a letter that nobody signed in its days: what both sides say, and what two
    persons of a body find. A second round follows where the first gave more time.
    """

    __tablename__ = "award_unsigned"
    __table_args__ = (
        UniqueConstraint("award_id", "round", name="one_each_round"),
        CheckConstraint(
            "(owner_stated_at IS NULL) = (owner_stated_by IS NULL)",
            name="owner_stated_has_who_and_when",
        ),
        CheckConstraint(
            "(agency_stated_at IS NULL) = (agency_stated_by IS NULL)",
            name="agency_stated_has_who_and_when",
        ),
        CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)", name="proposed_has_who_and_when"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_who_and_when"
        ),
        Index("ix_award_unsigned_body", "body_id", "state"),
        Index("ix_award_unsigned_notice", "notice_number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    award_id: Mapped[int] = mapped_column(ForeignKey("award_letter.id"))
    award_number: Mapped[str]
    document: Mapped[str]
    notice_number: Mapped[str]
    winner: Mapped[str]
    round: Mapped[int]
    state: Mapped[UnsignedState] = mapped_column(enum_type(UnsignedState))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    opened_at: Mapped[dt.datetime]
    owner_statement: Mapped[str] = mapped_column(default="")
    owner_stated_at: Mapped[dt.datetime | None]
    owner_stated_by: Mapped[int | None]
    agency_statement: Mapped[str] = mapped_column(default="")
    agency_stated_at: Mapped[dt.datetime | None]
    agency_stated_by: Mapped[int | None]
    fault: Mapped[Fault | None] = mapped_column(enum_type(Fault))
    reasons: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[dt.datetime | None]
    proposed_by: Mapped[int | None]
    return_note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
