"""Which rows about a contract's money stand on the log."""

from sqlalchemy import select

from market.contracts.events.books import BooksImported
from market.contracts.events.claim import ClaimAnswered, ClaimAsked, PaymentDemanded
from market.contracts.events.dispute import DisputeEnded, PaymentDisputed
from market.contracts.events.matter import (
    PaymentConfirmed,
    PaymentDenied,
    PaymentRegistered,
    PaymentStands,
)
from market.contracts.models import Contract, ContractClaim, ContractDispute, ContractPayment
from market.contracts.models.books import FinanceImport
from market.contracts.rules.claim import Claim, ClaimState
from market.contracts.rules.matter import PaymentState
from market.ledger.queries.integrity import Held

CONTRACTS = select(Contract.notice_number, Contract.number)
PAYMENTS = CONTRACTS.add_columns(ContractPayment.no).join(
    ContractPayment, ContractPayment.contract_id == Contract.id
)
CLAIMS = CONTRACTS.add_columns(ContractClaim.no).join(
    ContractClaim, ContractClaim.contract_id == Contract.id
)
DISPUTES = CONTRACTS.add_columns(ContractDispute.no).join(
    ContractDispute, ContractDispute.contract_id == Contract.id
)
DISPUTED = (
    Held(events=(PaymentDisputed,), rows=DISPUTES, fields=("contract", "no")),
    Held(
        events=(DisputeEnded,),
        rows=DISPUTES.add_columns(ContractDispute.state).where(
            ContractDispute.ended_at.is_not(None)
        ),
        fields=("contract", "no", "outcome"),
    ),
)
CLAIMED = (
    Held(
        events=(ClaimAsked,),
        rows=CLAIMS.where(ContractClaim.claim == Claim.RECEIVABLE),
        fields=("contract", "no"),
    ),
    Held(
        events=(ClaimAnswered,),
        rows=CLAIMS.add_columns(ContractClaim.state == ClaimState.CONFIRMED).where(
            ContractClaim.answered_at.is_not(None)
        ),
        fields=("contract", "no", "confirmed"),
    ),
    Held(
        events=(PaymentDemanded,),
        rows=CLAIMS.add_columns(ContractClaim.days_late).where(ContractClaim.claim == Claim.DEMAND),
        fields=("contract", "no", "days"),
    ),
)
PAID = (
    Held(
        events=(PaymentRegistered,),
        rows=PAYMENTS.add_columns(ContractPayment.paid_on),
        fields=("contract", "payment", "paid_on"),
    ),
    Held(
        events=(PaymentConfirmed,),
        rows=PAYMENTS.where(ContractPayment.state == PaymentState.CONFIRMED),
        fields=("contract", "payment"),
    ),
    Held(
        events=(PaymentStands,),
        rows=PAYMENTS.where(ContractPayment.state == PaymentState.STANDS),
        fields=("contract", "payment"),
    ),
    Held(
        events=(PaymentDenied,),
        rows=PAYMENTS.where(ContractPayment.state == PaymentState.DENIED),
        fields=("contract", "payment"),
    ),
)
BOOKS = Held(
    events=(BooksImported,),
    rows=select(
        FinanceImport.number,
        FinanceImport.covers_from,
        FinanceImport.covers_to,
        FinanceImport.lines,
        FinanceImport.digest,
    ),
    fields=("covers_from", "covers_to", "lines", "digest"),
)
MONEY = (*PAID, *CLAIMED, *DISPUTED, BOOKS)
