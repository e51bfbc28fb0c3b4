"""Which rows of pauses stand on the log."""

from sqlalchemy import select

from market.ledger.queries.integrity import Held
from market.selection.results import events
from market.selection.results.models import Pause
from market.selection.results.rules.pausing import PauseState

PAUSES = select(Pause.number, Pause.id)
HELD = (
    Held(
        events=(events.PauseAsked,),
        rows=PAUSES.where(Pause.signed_at.is_not(None)),
        fields=("pause",),
        both_ways=False,  # the regulator may be asked after the office
    ),
    Held(
        events=(events.PauseBegan,),
        rows=PAUSES.where(Pause.until.is_not(None)),
        fields=("pause",),
    ),
    Held(
        events=(events.PauseRefused,),
        rows=PAUSES.where(Pause.state == PauseState.REFUSED),
        fields=("pause",),
    ),
    Held(
        events=(events.PauseEnded,),
        rows=PAUSES.where(Pause.ended_at.is_not(None)),
        fields=("pause",),
    ),
)
WITHOUT: dict[type, str] = {}
