"""Which rows of evaluations stand on the log."""

from sqlalchemy import select

from market.evaluations.events import (
    EvaluationAnswered,
    EvaluationAppealDecided,
    EvaluationAppealed,
    EvaluationAsked,
    EvaluationCorrected,
    EvaluationFollowed,
    EvaluationOpened,
    EvaluationReplied,
    EvaluationSealed,
    EvaluationUnrated,
)
from market.evaluations.models import Evaluation, EvaluationAppeal
from market.evaluations.rules import By, EvaluationState
from market.ledger.queries.integrity import Held

MATTERS = select(Evaluation.notice_number, Evaluation.contract)
SIDES = MATTERS.add_columns(Evaluation.by)
GIVEN = SIDES.where(Evaluation.given_at.is_not(None))
APPEALS = SIDES.join(EvaluationAppeal, EvaluationAppeal.evaluation_id == Evaluation.id)
SIDE = ("contract", "by")
OPENED = (
    "quality",
    "timeliness",
    "attitude",
    "fees",
    "conduct",
    "overall",
    "salt",
    "text_sha256",
)
HELD = (
    Held(
        events=(EvaluationAsked,),
        rows=MATTERS.add_columns(Evaluation.winner).where(Evaluation.by == By.OWNER),
        fields=("contract", "winner"),
    ),
    Held(events=(EvaluationSealed,), rows=GIVEN, fields=SIDE),
    Held(
        events=(EvaluationSealed, EvaluationCorrected),
        rows=GIVEN.add_columns(Evaluation.digest),
        fields=(*SIDE, "digest"),
        both_ways=False,
    ),
    Held(
        events=(EvaluationOpened,),
        rows=SIDES.add_columns(*(getattr(Evaluation, name) for name in OPENED)).where(
            Evaluation.opened_at.is_not(None)
        ),
        fields=(*SIDE, *OPENED),
    ),
    Held(
        events=(EvaluationUnrated,),
        rows=SIDES.where(Evaluation.state == EvaluationState.UNRATED),
        fields=SIDE,
    ),
    Held(
        events=(EvaluationReplied,),
        rows=SIDES.where(Evaluation.replied_at.is_not(None)),
        fields=SIDE,
    ),
    Held(
        events=(EvaluationFollowed,),
        rows=SIDES.where(Evaluation.followed_at.is_not(None)),
        fields=SIDE,
    ),
    Held(
        events=(EvaluationAppealed,),
        rows=APPEALS.add_columns(EvaluationAppeal.ground),
        fields=(*SIDE, "ground"),
    ),
    Held(
        events=(EvaluationAnswered,),
        rows=APPEALS.where(EvaluationAppeal.answered_at.is_not(None)),
        fields=SIDE,
    ),
    Held(
        events=(EvaluationAppealDecided,),
        rows=APPEALS.add_columns(EvaluationAppeal.ground, EvaluationAppeal.state).where(
            EvaluationAppeal.decided_at.is_not(None)
        ),
        fields=(*SIDE, "ground", "outcome"),
    ),
)
WITHOUT: dict[type, str] = {}
