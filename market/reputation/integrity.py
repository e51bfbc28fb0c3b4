"""Which rows of reputation stand on the log."""

from collections.abc import Sequence

from sqlalchemy import Select, case, select

from market.kernel.events import Event
from market.ledger.queries.integrity import Held
from market.reputation.events import (
    BasisDecided,
    BasisProposed,
    CreditAppealDecided,
    CreditAppealed,
    CreditDecided,
    CreditExpired,
    CreditProposed,
    CreditStated,
    RemovalEnded,
    RemovalInForce,
    RepairAsked,
    RepairDecided,
    SuspensionDecided,
    SuspensionEnded,
    SuspensionProposed,
    SuspensionStated,
    TalkCalled,
    TalkEnded,
    TalkHeld,
)
from market.reputation.models import (
    BehaviourBasis,
    CreditEvent,
    CreditMeasure,
    CreditStep,
    CreditTalk,
)
from market.reputation.rules import Act, BasisState, MeasureKind, MeasureState


def _steps(event: type[Event], *acts: Act, fields: Sequence[str] = ()) -> Held:
    """A step of a kind and its leaf; where several acts share one, the leaf says which as `outcome`."""
    columns = (CreditEvent.number, CreditStep.act) if fields else (CreditEvent.number,)
    rows: Select[tuple[str]] = (
        select(*columns)  # type: ignore[assignment]
        .join(CreditStep, CreditStep.event_id == CreditEvent.id)
        .where(CreditStep.act.in_(acts))
    )
    return Held(events=(event,), rows=rows, fields=tuple(fields))


EVERY_MEASURE = select(CreditEvent.number).join(
    CreditMeasure, CreditMeasure.event_id == CreditEvent.id
)
OF_MEASURES = EVERY_MEASURE.where(CreditMeasure.kind == MeasureKind.SUSPENSION)
OF_REMOVALS = EVERY_MEASURE.where(CreditMeasure.kind == MeasureKind.REMOVAL)
OF_TALKS = select(CreditEvent.number).join(CreditTalk, CreditTalk.event_id == CreditEvent.id)
HELD = (
    Held(events=(TalkCalled,), rows=OF_TALKS.add_columns(CreditTalk.on), fields=("on",)),
    Held(events=(TalkHeld,), rows=OF_TALKS.where(CreditTalk.held_at.is_not(None))),
    Held(
        events=(TalkEnded,),
        rows=OF_TALKS.add_columns(CreditTalk.state).where(CreditTalk.ended_at.is_not(None)),
        fields=("outcome",),
    ),
    Held(events=(SuspensionProposed,), rows=OF_MEASURES),
    Held(events=(SuspensionStated,), rows=OF_MEASURES.where(CreditMeasure.statement != "")),
    Held(
        events=(SuspensionDecided,),
        rows=OF_MEASURES.add_columns(
            case((CreditMeasure.until.is_(None), "dropped"), else_="in_force"),
            CreditMeasure.until,
        ).where(CreditMeasure.decided_at.is_not(None)),
        fields=("outcome", "until"),
    ),
    Held(
        events=(SuspensionEnded,),
        rows=OF_MEASURES.where(CreditMeasure.state == MeasureState.ENDED),
    ),
    Held(
        events=(RemovalInForce,),
        rows=OF_REMOVALS.add_columns(CreditMeasure.until),
        fields=("until",),
    ),
    Held(
        events=(RemovalEnded,),
        rows=OF_REMOVALS.where(CreditMeasure.state == MeasureState.ENDED),
    ),
    Held(
        events=(CreditProposed,),
        rows=select(CreditEvent.number, CreditEvent.digest),
        fields=("digest",),
    ),
    _steps(CreditStated, Act.STATED),
    _steps(CreditDecided, Act.CONFIRMED, Act.DROPPED, fields=["outcome"]),
    _steps(CreditAppealed, Act.APPEALED),
    _steps(CreditAppealDecided, Act.UPHELD, Act.REJECTED, fields=["outcome"]),
    _steps(RepairAsked, Act.REPAIR_ASKED),
    _steps(RepairDecided, Act.REPAIRED, Act.REPAIR_REFUSED, fields=["outcome"]),
    _steps(CreditExpired, Act.EXPIRED),
    Held(
        events=(BasisProposed,),
        rows=select(
            BehaviourBasis.code,
            BehaviourBasis.source,
            BehaviourBasis.article,
            BehaviourBasis.cap_days,
            BehaviourBasis.in_force_from,
        ),
        fields=("source", "article", "cap_days", "in_force_from"),
    ),
    Held(
        events=(BasisDecided,),
        rows=select(BehaviourBasis.code, BehaviourBasis.state, BehaviourBasis.article).where(
            BehaviourBasis.state != BasisState.PROPOSED
        ),
        fields=("outcome", "article"),
    ),
)
WITHOUT: dict[type, str] = {}
