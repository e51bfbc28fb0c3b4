"""Which rows of oversight stand on the log."""

from sqlalchemy import select

from market.ledger.queries.integrity import HASH, Held
from market.oversight.events import (
    BodyAnswered,
    BodyAsked,
    ClueAskedAfter,
    ClueExported,
    ClueHandedOver,
    ClueKept,
    ClueMade,
    SampleListed,
    SamplePlanned,
    SamplePublished,
    SelectionReviewed,
)
from market.oversight.models import (
    Clue,
    ClueExport,
    Figures,
    Finding,
    FlagRun,
    OversightQuestion,
    Review,
    Sample,
    SampleRow,
    Verification,
)

HELD = (
    Held(
        events=(SelectionReviewed,),
        rows=select(Review.number, Review.body, Review.outcome, Review.round).where(
            Review.is_kept.is_(False)
        ),
        fields=("body", "outcome", "round"),
    ),
    Held(
        events=(ClueKept,),
        rows=select(Review.digest).where(Review.is_kept.is_(True)),
    ),
    Held(
        events=(BodyAsked,),
        rows=select(OversightQuestion.number, OversightQuestion.no),
        fields=("no",),
    ),
    Held(
        events=(BodyAnswered,),
        rows=select(OversightQuestion.number, OversightQuestion.no).where(
            OversightQuestion.answered_at.is_not(None)
        ),
        fields=("no",),
    ),
    Held(
        events=(ClueMade,),
        rows=select(Clue.number, Clue.commit),
        fields=("commit",),
    ),
    Held(
        events=(ClueExported,),
        rows=select(Clue.number, ClueExport.sha256).join(ClueExport, ClueExport.clue_id == Clue.id),
        fields=("sha256",),
    ),
    Held(
        events=(ClueHandedOver,),
        rows=select(Clue.number).where(Clue.handed_over_at.is_not(None)),
    ),
    Held(events=(ClueAskedAfter,), rows=select(Clue.number).where(Clue.asked_at.is_not(None))),
    Held(
        events=(SamplePlanned,),
        rows=select(Sample.number, Sample.planned_leaf),
        fields=(HASH,),
    ),
    Held(
        events=(SampleListed,),
        rows=select(Sample.number, Sample.listed_leaf).where(Sample.listed_at.is_not(None)),
        fields=(HASH,),
    ),
    Held(
        events=(SamplePublished,),
        rows=select(Sample.number).where(Sample.published_at.is_not(None)),
    ),
)
WITHOUT: dict[type, str] = {
    Finding: "a question to overseers, never public",
    Figures: "counts of rows that stand on the log",
    SampleRow: "follows from the list and the seed, which stand on the log",
    FlagRun: "when findings were computed",
    Verification: "recomputed from the log every night",
}
