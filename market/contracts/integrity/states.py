"""By which facts letters, matters and their notices come into the states that they stand in."""

from market.contracts.events.award import (
    AwardDeclined,
    AwardHeld,
    AwardIssued,
    AwardVoided,
    ContractOverdue,
    ContractRegistered,
)
from market.contracts.events.change import ContractChanged, ContractTerminated
from market.contracts.events.matter import (
    ContractAdopted,
    ContractClosed,
    ContractConfirmed,
    ContractDropped,
    ContractProposed,
    ContractQuestioned,
    ServiceAccepted,
    ServiceDelivered,
    ServiceReturned,
    ServiceStarted,
)
from market.contracts.events.unsigned import FaultFound
from market.contracts.models import AwardLetter, Contract
from market.contracts.rules import State
from market.contracts.rules.matter import ContractState
from market.ledger.queries.integrity import of_states

BEGUN = (ServiceStarted, ContractConfirmed, ContractAdopted)
STATES = (
    *of_states(
        AwardLetter.notice_number,
        AwardLetter.state,
        {
            State.ISSUED: (AwardIssued,),
            State.HELD: (AwardHeld,),
            State.CONTRACT_OVERDUE: (ContractOverdue,),
            State.DECLINED: (AwardDeclined,),
            State.CONTRACTED: (ContractRegistered,),
            State.VOID: (AwardVoided,),
            State.FORFEITED: (FaultFound,),
            State.RELEASED: (FaultFound,),
        },
    ),
    *of_states(
        Contract.notice_number,
        Contract.state,
        {
            ContractState.PROPOSED: (ContractProposed,),
            ContractState.QUESTIONED: (ContractQuestioned,),
            ContractState.NOT_STARTED: (ContractConfirmed, ContractAdopted),
            ContractState.RUNNING: BEGUN,
            ContractState.STOPPED: (ContractChanged,),
            ContractState.DELIVERED: (ServiceDelivered,),
            ContractState.RETURNED: (ServiceReturned,),
            ContractState.ACCEPTED: (ServiceAccepted,),
            ContractState.CLOSED: (ContractClosed,),
            ContractState.SETTLING: (ContractTerminated, ContractChanged),
            ContractState.ENDED: (ContractTerminated, ContractChanged),
            ContractState.VOID: (ContractDropped,),
        },
    ),
)
