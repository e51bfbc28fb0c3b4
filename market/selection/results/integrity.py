"""By which facts a notice comes into the states that it stands in, up to its award; which rows of
pauses stand on the log.
"""

from sqlalchemy import select

from market.ledger.queries.integrity import Held, of_states
from market.selection.notices.events import NoticeCancelled, NoticeRelisted, SelectionFailed
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.results import events
from market.selection.results.models import Pause
from market.selection.results.rules.pausing import PauseState

PAUSES = select(Pause.number, Pause.id)
HELD: tuple[Held, ...] = (
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
    *of_states(
        Notice.number,
        Notice.state,
        {
            NoticeState.CANCELLED: (NoticeCancelled,),
            NoticeState.FAILED: (SelectionFailed,),
            NoticeState.RELISTED: (NoticeRelisted,),
            NoticeState.ANNOUNCED: (events.ResultPublished,),
            NoticeState.ANNULLED: (events.ResultAnnulled,),
            NoticeState.AWARDED: (events.ResultStood,),
            NoticeState.CLOSED: (events.ResultFinal,),
        },
    ),
)
WITHOUT: dict[type, str] = {}
