"""Which rows of selection stand on the log."""

from sqlalchemy import Select, select
from sqlalchemy.sql.elements import ColumnElement

from market.ledger.queries.integrity import HASH, Held
from market.owners.queries import number_column
from market.selection import events
from market.selection.models import (
    ChainAnchor,
    Draw,
    DrawSource,
    Entry,
    LateEntry,
    LotteryReport,
    Notice,
    NoticeAmendment,
    NoticeReview,
    Ranking,
    SourceFailure,
    SourceValue,
)
from market.selection.rules import states
from market.selection.rules.states import Rank


def _notices(*which: ColumnElement[bool]) -> Select[str | None]:
    return select(Notice.number).where(Notice.number.is_not(None), *which)


def _reviews(*outcomes: str) -> Select[str, int]:
    return (
        select(number_column(Notice.owner_id), Notice.id)
        .join(NoticeReview, NoticeReview.notice_id == Notice.id)
        .where(NoticeReview.outcome.in_(outcomes))
    )


ENTRIES = select(Notice.number, Entry.no).join(Entry, Entry.notice_id == Notice.id)
DRAWS = select(Notice.number).join(Draw, Draw.notice_id == Notice.id)
RANKS = (
    select(Notice.number, Ranking.ref)
    .join(Draw, Draw.notice_id == Notice.id)
    .join(Ranking, Ranking.draw_id == Draw.id)
)
HELD = (
    Held(
        events=(events.NoticeSubmitted,),
        rows=select(number_column(Notice.owner_id), Notice.id).where(
            Notice.state == states.Notice.SUBMITTED
        ),
        fields=("notice_id",),
        both_ways=False,  # it may be returned and submitted anew
    ),
    Held(
        events=(events.NoticeReturned,), rows=_reviews("returned", "times"), fields=("notice_id",)
    ),
    Held(events=(events.NoticeRefused,), rows=_reviews("refused"), fields=("notice_id",)),
    Held(events=(events.NoticePublished,), rows=_notices()),
    Held(events=(events.NoticeOpened,), rows=_notices()),
    Held(
        events=(events.NoticeAmended,),
        rows=select(Notice.number).join(NoticeAmendment, NoticeAmendment.notice_id == Notice.id),
    ),
    Held(
        events=(events.NoticeCancelled,),
        rows=_notices(Notice.cancelled_at.is_not(None)),
    ),
    Held(events=(events.NoticeRelisted,), rows=_notices(Notice.state == states.Notice.RELISTED)),
    Held(
        events=(events.ResultPublished, events.SelectionFailed),
        rows=_notices(Notice.announced_at.is_not(None)),
        both_ways=False,
    ),
    Held(
        events=(events.ResultHeld,),
        rows=_notices(Notice.state == states.Notice.HELD),
        both_ways=False,
    ),
    Held(
        events=(events.ResultAnnulled,),
        rows=_notices(Notice.state == states.Notice.ANNULLED),
        both_ways=False,
    ),
    Held(
        events=(events.SelectionFailed,),
        rows=_notices(Notice.state == states.Notice.FAILED),
        both_ways=False,
    ),
    Held(
        events=(events.EntryReceived,),
        rows=ENTRIES.add_columns(Entry.commit),
        fields=("no", "commit"),
    ),
    Held(
        events=(events.EntryWithdrawn,),
        rows=ENTRIES.where(Entry.state == states.Entry.WITHDRAWN),
        fields=("no",),
    ),
    Held(
        events=(events.EntryLate,),
        rows=select(Notice.number).join(LateEntry, LateEntry.notice_id == Notice.id),
    ),
    Held(
        events=(events.NoticePublished, events.NoticeAmended),
        rows=DRAWS.add_columns(Draw.notice_leaf),
        fields=(HASH,),
        both_ways=False,  # the row has the one in force
    ),
    Held(
        events=(events.EntriesSealed,),
        rows=DRAWS.add_columns(Draw.seal_leaf).where(Draw.seal_leaf.is_not(None)),
        fields=(HASH,),
    ),
    Held(
        events=(events.DrawPostponed,),
        rows=DRAWS.where(Draw.postponed_at.is_not(None)),
    ),
    Held(
        events=(events.DrawResult,),
        rows=DRAWS.add_columns(Draw.seed).where(Draw.seed.is_not(None)),
        fields=("seed",),
    ),
    Held(
        events=(events.ResultSkipped,),
        rows=RANKS.add_columns(Ranking.rank, Ranking.reason).where(Ranking.state.in_(states.GONE)),
        fields=("ref", "rank", "reason"),
    ),
    Held(
        events=(events.ResultPublished,),
        rows=RANKS.add_columns(Ranking.rank).where(Ranking.state.in_((Rank.PROPOSED, Rank.WON))),
        fields=("winner", "rank"),
        both_ways=False,
    ),
    Held(
        events=(events.ResultStood,),
        rows=RANKS.where(Ranking.state == Rank.WON),
        fields=("winner",),
        both_ways=False,
    ),
    Held(
        events=(events.ResultFinal,),
        rows=_notices(Notice.state == states.Notice.CONTRACTED),
        both_ways=False,
    ),
    Held(events=(events.SourceValued,), rows=select(SourceValue.source)),
    Held(
        events=(events.SourceLost, events.SourceFailed),
        rows=select(SourceFailure.source, SourceFailure.leaf),
        fields=(HASH,),
    ),
    Held(
        events=(events.SourceAnchored,),
        rows=select(ChainAnchor.source, ChainAnchor.anchor),
        fields=("anchor",),
    ),
)
WITHOUT: dict[type, str] = {
    events.EntriesPart: "parts of a seal, whose leaf has their hashes",
    events.ResultReleased: "takes the hold off the row",
    DrawSource: "the plan, which stands in the leaf of the notice",
    LotteryReport: "one officer's reading; confirmed it is a value",
}
