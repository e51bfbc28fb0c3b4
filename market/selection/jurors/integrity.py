"""Which rows of the pool stand on the log. Who was listed for a notice: integrity.py of the folder."""

from sqlalchemy import literal, select

from market.ledger.queries.integrity import Held
from market.selection.jurors.events import (
    ExpertApplied,
    ExpertDecided,
    ExpertLeft,
    ExpertProposed,
    PoolEdited,
)
from market.selection.jurors.models import PoolEdition, PoolMember
from market.selection.jurors.rules import POOL, MemberState

HELD = (
    Held(
        events=(PoolEdited,),
        rows=select(literal(POOL), PoolEdition.sha256),
        fields=("sha256",),
    ),
    Held(
        events=(ExpertApplied,),
        rows=select(PoolMember.number),
        both_ways=False,  # who corrected it, or came again, has said it more than once
    ),
    Held(
        events=(ExpertProposed,),
        rows=select(PoolMember.number).where(PoolMember.step.is_not(None)),
        both_ways=False,  # once it is signed the row says nothing of it
    ),
    Held(
        events=(ExpertDecided,),
        rows=select(PoolMember.number).where(PoolMember.decided_at.is_not(None)),
        both_ways=False,  # what was given back leaves the row as it was
    ),
    Held(
        events=(ExpertLeft,),
        rows=select(PoolMember.number).where(PoolMember.state == MemberState.LEFT),
        both_ways=False,  # who left may have come again
    ),
)
WITHOUT: dict[type, str] = {}
