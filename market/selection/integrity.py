"""Which rows of selection stand on the log."""

import dataclasses

from sqlalchemy import Select, func, literal, null, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from market.ledger.queries.integrity import HASH, Held
from market.owners.queries import number_column
from market.selection.credit import events as credit_events
from market.selection.credit.models import FrozenCredit, FrozenCreditRow
from market.selection.direct import events as direct_events
from market.selection.direct.models import DirectOffer, DirectPlace
from market.selection.direct.rules import OfferState
from market.selection.draws import events as draw_events
from market.selection.entries import events as entry_events
from market.selection.entries.models import (
    Entry,
    EntryLikeness,
    EntryProposal,
    LateEntry,
    WebProcess,
)
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Method
from market.selection.lots import events as lot_events
from market.selection.notices import events as notice_events
from market.selection.notices.models import (
    Notice,
    NoticeAmendment,
    NoticeAttachment,
    NoticeChange,
    NoticeItem,
    NoticeQuestion,
    NoticeReview,
    NoticeScreening,
)
from market.selection.notices.rules.changes import ChangeState
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.ways import SCORED
from market.selection.quotes import events as quote_events
from market.selection.quotes.models import QuoteKey, QuoteOffer
from market.selection.results import events as result_events
from market.selection.results.models import Ranking, Suspension
from market.selection.results.rules.states import GONE, RankState
from market.selection.scored import events as scored_events
from market.selection.scored.models import (
    ScoredLetter,
    ScoredRound,
)
from market.selection.shortlist import events as shortlist_events
from market.selection.shortlist.models import ShortlistChoice, ShortlistPlace
from market.selection.sources import events as source_events
from market.selection.sources.models import (
    ChainAnchor,
    Draw,
    DrawSource,
    FixedLot,
    LotteryReport,
    SourceFailure,
    SourceValue,
    WitnessList,
)
from market.selection.sources.queries import carried
from market.selection.way import BALL, TICKET, TIE
from verify.zjcs.quote_keys import PRICE


def _notices(*which: ColumnElement[bool]) -> Select[str | None]:
    return select(Notice.number).where(Notice.number.is_not(None), *which)


def _reviews(*outcomes: str) -> Select[str, int]:
    return (
        select(number_column(Notice.owner_id), Notice.id)
        .join(NoticeReview, NoticeReview.notice_id == Notice.id)
        .where(NoticeReview.outcome.in_(outcomes))
    )


ATTACHMENTS = select(Notice.number, NoticeAttachment.sha256).join(
    NoticeAttachment, NoticeAttachment.notice_id == Notice.id
)
CHANGES = select(Notice.number, NoticeChange.id).join(
    NoticeChange, NoticeChange.notice_id == Notice.id
)
QUESTIONS = select(Notice.number, NoticeQuestion.no).join(
    NoticeQuestion, NoticeQuestion.notice_id == Notice.id
)
IS_DIRECT = Notice.method == Method.DIRECT
ENTRIES = (
    select(Notice.number, Entry.no).join(Entry, Entry.notice_id == Notice.id).where(~IS_DIRECT)
)
"""What was entered; the one entry of a direct choice is its acceptance (ADR 0044)."""
OFFERS = select(Notice.number, DirectOffer.ref).join(
    DirectOffer, DirectOffer.notice_id == Notice.id
)
DRAWS = select(Notice.number).join(Draw, Draw.notice_id == Notice.id)
DRAWN = DRAWS.add_columns(Draw.seed).where(Draw.seed.is_not(None))
LOTTERIES = DRAWN.where(Draw.label == BALL)
CONTRACTED = (
    NoticeState.CONTRACTED,
    NoticeState.IN_SERVICE,
    NoticeState.DELIVERED,
    NoticeState.CLOSED,
)
IS_SCORED = Notice.method.in_(SCORED)
ROUNDS = select(Notice.number).join(ScoredRound, ScoredRound.notice_id == Notice.id)
LOTS = select(Notice.number).join(FixedLot, FixedLot.notice_id == Notice.id)
RANKED = Notice.id.in_(select(Ranking.notice_id))
OWN_DRAW = literal("XQ") + func.substr(Notice.number, 3)
STAGES = (OWN_DRAW, OWN_DRAW + literal(PRICE))
"""The ids under which the keys of a scored notice are kept: of files, of quotes."""
RANKS = select(Notice.number, Ranking.ref).join(Ranking, Ranking.notice_id == Notice.id)
HELD = (
    Held(
        events=(notice_events.NoticeSubmitted,),
        rows=select(number_column(Notice.owner_id), Notice.id).where(
            Notice.state == NoticeState.SUBMITTED
        ),
        fields=("notice_id",),
        both_ways=False,  # it may be returned and submitted anew
    ),
    Held(
        events=(notice_events.NoticeReturned,),
        rows=_reviews("returned", "times", "withheld"),
        fields=("notice_id",),
    ),
    Held(events=(notice_events.NoticeRefused,), rows=_reviews("refused"), fields=("notice_id",)),
    Held(
        events=(
            source_events.NoticePublished,
            direct_events.DirectPublished,
            scored_events.ScoredPublished,
        ),
        rows=_notices(),
    ),
    Held(events=(notice_events.NoticeOpened,), rows=_notices(~IS_DIRECT)),
    Held(events=(notice_events.ChoiceOpened,), rows=_notices(IS_DIRECT)),
    Held(events=(direct_events.DirectListed,), rows=_notices(IS_DIRECT)),
    Held(
        events=(direct_events.DirectOffered,),
        rows=OFFERS.add_columns(DirectOffer.amount_fen),
        fields=("ref", "amount"),
    ),
    Held(
        events=(direct_events.DirectAnswered,),
        rows=OFFERS.where(DirectOffer.state != OfferState.WAITING),
        fields=("ref",),
    ),
    Held(
        events=(
            direct_events.DirectRanked,
            lot_events.RankedByLot,
            scored_events.ScoredRanked,
        ),
        rows=_notices(IS_DIRECT | IS_SCORED, RANKED)
        .add_columns(null())
        .union_all(DRAWN.where(Draw.label == TIE), LOTTERIES.where(RANKED)),
        fields=("seed",),
    ),
    Held(
        events=(entry_events.EntriesListed,),
        rows=ROUNDS.add_columns(ScoredRound.list_leaf).where(ScoredRound.list_leaf.is_not(None)),
        fields=(HASH,),
        both_ways=False,  # of a long list the last of its leaves
    ),
    Held(
        events=(shortlist_events.ShortlistDrawn,),
        rows=LOTTERIES.where(Notice.id.in_(select(ShortlistPlace.notice_id))),
        fields=("seed",),
    ),
    Held(
        events=(shortlist_events.OwnerChose,),
        rows=select(Notice.number, ShortlistChoice.ref).join(
            ShortlistChoice, ShortlistChoice.notice_id == Notice.id
        ),
        fields=("ref",),
    ),
    Held(
        events=(source_events.NoticeAmended, scored_events.ScoredAmended),
        rows=select(Notice.number).join(NoticeAmendment, NoticeAmendment.notice_id == Notice.id),
    ),
    Held(
        events=(notice_events.AttachmentPublished,),
        rows=ATTACHMENTS.where(NoticeAttachment.published_at.is_not(None)),
        fields=("sha256",),
    ),
    Held(
        events=(notice_events.AttachmentSuperseded,),
        rows=ATTACHMENTS.where(NoticeAttachment.superseded_at.is_not(None)),
        fields=("sha256",),
    ),
    Held(
        events=(notice_events.AttachmentAccused,),
        rows=ATTACHMENTS.where(
            NoticeAttachment.published_at.is_not(None), NoticeAttachment.accused_at.is_not(None)
        ),
        fields=("sha256",),
        both_ways=False,  # whom a second person did not follow stands in AttachmentKept
    ),
    Held(
        events=(notice_events.AttachmentWithdrawn,),
        rows=ATTACHMENTS.where(
            NoticeAttachment.published_at.is_not(None), NoticeAttachment.withdrawn_at.is_not(None)
        ),
        fields=("sha256",),
    ),
    Held(
        events=(notice_events.TextsScreened,),
        rows=select(Notice.number, NoticeScreening.side, NoticeScreening.covers)
        .join(NoticeScreening, NoticeScreening.notice_id == Notice.id)
        .where(NoticeScreening.published_at.is_not(None)),
        fields=("side", "covers"),
    ),
    Held(
        events=(notice_events.ChangeAsked,),
        rows=CHANGES.where(NoticeChange.signed_at.is_not(None)),
        fields=("change_id",),
    ),
    Held(
        events=(notice_events.ChangeRefused,),
        rows=CHANGES.where(NoticeChange.state == ChangeState.REFUSED),
        fields=("change_id",),
    ),
    Held(events=(notice_events.QuestionAsked,), rows=QUESTIONS, fields=("no",)),
    Held(
        events=(notice_events.QuestionAnswered,),
        rows=QUESTIONS.where(NoticeQuestion.answered_at.is_not(None)),
        fields=("no",),
    ),
    Held(
        events=(notice_events.NoticeCancelled,),
        rows=_notices(Notice.cancelled_at.is_not(None)),
    ),
    Held(
        events=(notice_events.NoticeRelisted,), rows=_notices(Notice.state == NoticeState.RELISTED)
    ),
    Held(
        events=(result_events.ResultPublished, notice_events.SelectionFailed),
        rows=_notices(Notice.announced_at.is_not(None)),
        both_ways=False,
    ),
    Held(
        events=(result_events.ResultHeld,),
        rows=_notices(Notice.state == NoticeState.HELD),
        both_ways=False,
    ),
    Held(
        events=(result_events.ResultAnnulled,),
        rows=_notices(Notice.state == NoticeState.ANNULLED),
        both_ways=False,
    ),
    Held(
        events=(notice_events.SelectionFailed,),
        rows=_notices(Notice.state == NoticeState.FAILED),
        both_ways=False,
    ),
    Held(
        events=(entry_events.EntryReceived,),
        rows=ENTRIES.add_columns(Entry.commit),
        fields=("no", "commit"),
    ),
    Held(
        events=(entry_events.EntryWithdrawn,),
        rows=ENTRIES.where(Entry.state == EntryState.WITHDRAWN),
        fields=("no",),
    ),
    Held(
        events=(entry_events.EntryLate,),
        rows=select(Notice.number).join(LateEntry, LateEntry.notice_id == Notice.id),
    ),
    Held(
        events=(source_events.NoticePublished, source_events.NoticeAmended),
        rows=DRAWS.add_columns(Draw.notice_leaf),
        fields=(HASH,),
        both_ways=False,  # the row has the one in force
    ),
    Held(
        events=(entry_events.EntriesSealed,),
        rows=DRAWS.add_columns(Draw.seal_leaf).where(Draw.seal_leaf.is_not(None)),
        fields=(HASH,),
    ),
    Held(
        events=(source_events.DrawPostponed,),
        rows=DRAWS.where(Draw.postponed_at.is_not(None)),
    ),
    Held(
        events=(draw_events.DrawResult,),
        rows=DRAWN.where(Draw.label == TICKET),
        fields=("seed",),
    ),
    Held(
        events=(result_events.ResultSkipped,),
        rows=RANKS.add_columns(Ranking.rank, Ranking.reason).where(
            Ranking.state.in_(GONE), Ranking.skip_by.is_(None)
        ),
        fields=("ref", "rank", "reason"),
    ),
    Held(
        events=(result_events.ResultPublished,),
        rows=RANKS.add_columns(Ranking.rank).where(
            Ranking.state.in_((RankState.PROPOSED, RankState.WON))
        ),
        fields=("winner", "rank"),
        both_ways=False,
    ),
    Held(
        events=(result_events.ResultStood,),
        rows=RANKS.where(Ranking.state == RankState.WON),
        fields=("winner",),
        both_ways=False,
    ),
    Held(
        events=(result_events.ResultFinal,),
        rows=_notices(Notice.state.in_(CONTRACTED)),
        both_ways=False,
    ),
    Held(
        events=(result_events.SuspensionOrdered,),
        rows=select(Suspension.number, Suspension.effect, Suspension.basis).where(
            Suspension.signed_at.is_not(None)
        ),
        fields=("effect", "basis"),
    ),
    Held(
        events=(result_events.SuspensionEnded,),
        rows=select(Suspension.number, Suspension.how).where(Suspension.ended_at.is_not(None)),
        fields=("how",),
    ),
    Held(
        events=(entry_events.EntriesClosed,),
        rows=_notices(Notice.entries_closed_at.is_not(None)),
    ),
    Held(
        events=(quote_events.QuoteKeyGiven,),
        rows=union_all(
            select(Notice.number, QuoteKey.holder, QuoteKey.sk)
            .join(Draw, Draw.notice_id == Notice.id)
            .join(QuoteKey, QuoteKey.draw == Draw.number),
            select(Notice.number, QuoteKey.holder, QuoteKey.sk)
            .join(QuoteKey, QuoteKey.draw.in_(STAGES))
            .where(IS_SCORED),
        ),
        fields=("id", "sk"),
    ),
    *(
        dataclasses.replace(
            held, rows=union_all(held.rows, LOTS.add_columns(column).where(column.is_not(None)))
        )
        for held, column in zip(carried.HELD, (FixedLot.seal_leaf, FixedLot.seed), strict=True)
    ),
    Held(events=(source_events.SourceValued,), rows=select(SourceValue.source)),
    Held(
        events=(source_events.SourceLost, source_events.SourceFailed),
        rows=select(SourceFailure.source, SourceFailure.leaf),
        fields=(HASH,),
    ),
    Held(
        events=(source_events.SourceAnchored,),
        rows=select(ChainAnchor.source, ChainAnchor.anchor),
        fields=("anchor",),
    ),
)
WITHOUT: dict[type, str] = {
    direct_events.DirectPart: "parts of a list, whose leaf has their hashes",
    NoticeItem: "finds a notice by its further items, which stand in its leaf",
    EntryProposal: "what is proposed; its digest stands in the leaf of the entry that carries it",
    ScoredLetter: "by which letter an entry is known; its leaf has the commitment, later the opening",
    scored_events.LettersFixed: "commitments to the letters of a list",
    scored_events.LettersOpened: "the letters, opened",
    scored_events.SheetOpened: "the marks of a sheet whose digest is held",
    scored_events.QuotesPart: "parts of the opened quotes, whose leaf has their hashes",
    FrozenCredit: "the root of a notice's credit, which stands in its leaf",
    FrozenCreditRow: "what each agency had; the tree's root has it, an entrant's row is opened at the close",
    credit_events.CreditFrozen: "rows of entries, each proved by the root in the leaf of the notice",
    DirectPlace: "the list, which stands in its leaf row by row",
    entry_events.EntriesPart: "parts of a seal, whose leaf has their hashes",
    entry_events.DrainCut: "says how a list was sealed, beside its leaf",
    notice_events.AttachmentKept: "takes the request off the row",
    EntryLikeness: "digests that nobody may see and that are erased",
    WebProcess: "what a process holds at this moment",
    result_events.ResultReleased: "takes the hold off the row",
    QuoteOffer: "public keys, which stand in the leaf of the notice once it is published",
    DrawSource: "the plan, which stands in the leaf of the notice",
    WitnessList: "a witness's word, which proves itself",
    LotteryReport: "one officer's reading; confirmed it is a value",
}
