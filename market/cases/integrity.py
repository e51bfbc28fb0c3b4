"""Which rows of cases stand on the log."""

from sqlalchemy import Select, String, cast, func, select

from market.cases.events import (
    AnswerPublished,
    AnswerWithdrawn,
    CaseAssigned,
    CaseBack,
    CaseCalledBack,
    CaseContacted,
    CaseExtended,
    CaseMet,
    CaseOpened,
    CasePraised,
    CaseRectified,
    CaseReported,
    CaseSupervised,
    CaseTransferred,
    PainListed,
    PainMoved,
)
from market.cases.models import (
    Answer,
    Case,
    CaseMeeting,
    CaseSupervision,
    CaseTransfer,
    PainPoint,
    PainStep,
)
from market.cases.rules import Order
from market.ledger.queries.integrity import Held

NUMBERS = select(Case.number)
IS_PRAISE = func.coalesce(cast(Case.order_kind, String), "") == Order.PRAISE.value


def _of(table: type[CaseSupervision] | type[CaseMeeting] | type[CaseTransfer]) -> Select[str, int]:
    """The rows beside cases, by the case's number and their own."""
    return select(Case.number, table.no).join(table, table.case_id == Case.id)


HELD = (
    Held(
        events=(CaseOpened,),
        rows=NUMBERS.add_columns(Case.source).where(~IS_PRAISE),
        fields=("source",),
    ),
    Held(
        events=(CasePraised,),
        rows=NUMBERS.add_columns(Case.source).where(IS_PRAISE),
        fields=("source",),
    ),
    Held(events=(CaseContacted,), rows=NUMBERS.where(Case.contacted_at.is_not(None))),
    Held(events=(CaseExtended,), rows=NUMBERS.where(Case.complex_reason != "")),
    # What was rectified twice has one row.
    Held(
        events=(CaseRectified,),
        rows=NUMBERS.where(Case.rectified_at.is_not(None)),
        both_ways=False,
    ),
    Held(
        events=(CaseCalledBack,),
        rows=NUMBERS.add_columns(Case.result).where(Case.called_at.is_not(None)),
        fields=("result",),
        both_ways=False,
    ),
    # Who keeps a case may become another.
    Held(
        events=(CaseAssigned,),
        rows=NUMBERS.where(Case.assigned_at.is_not(None)),
        both_ways=False,
    ),
    Held(events=(CaseSupervised,), rows=_of(CaseSupervision), fields=("no",)),
    Held(
        events=(CaseReported,),
        rows=_of(CaseSupervision).where(CaseSupervision.reported_at.is_not(None)),
        fields=("no",),
    ),
    Held(events=(CaseMet,), rows=_of(CaseMeeting), fields=("no",)),
    Held(
        events=(CaseTransferred,),
        rows=_of(CaseTransfer).add_columns(CaseTransfer.to),
        fields=("no", "to"),
    ),
    Held(
        events=(CaseBack,),
        rows=_of(CaseTransfer)
        .add_columns(CaseTransfer.back)
        .where(CaseTransfer.back_at.is_not(None)),
        fields=("no", "back"),
    ),
    # A row has its newest text alone.
    Held(
        events=(AnswerPublished,),
        rows=select(Answer.number, Answer.version, Answer.sha256).where(Answer.version > 0),
        fields=("version", "sha256"),
        both_ways=False,
    ),
    Held(
        events=(AnswerWithdrawn,),
        rows=select(Answer.number).where(Answer.withdrawn_at.is_not(None)),
    ),
    Held(events=(PainListed,), rows=select(PainPoint.number, PainPoint.batch), fields=("batch",)),
    Held(
        events=(PainMoved,),
        rows=select(PainPoint.number, PainStep.kind, PainStep.no).join(
            PainStep, PainStep.pain_id == PainPoint.id
        ),
        fields=("step", "no"),
    ),
)
WITHOUT: dict[type, str] = {}
