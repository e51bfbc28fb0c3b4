"""Reading selection. Before the seal nothing here says who entered or what was quoted."""
from market.selection.queries.cards import (
    AmendmentCard,
    NoticeCard,
    Winner,
    amendments,
    document,
    exists,
    notice,
    standstill,
)
from market.selection.queries.drafts import (
    DraftCard,
    ReviewCard,
    Unpublished,
    desk,
    of_owner,
    own_draft,
    reviews,
    submitted,
    to_sign,
)
from market.selection.queries.evidence import cosignatures_of, evidence_of
from market.selection.queries.hall import DrawListed, archive, coming, drawn_today, every_draw, under_way
from market.selection.queries.listing import Filters, Listed, ResultListed, Tab, listing, results
from market.selection.queries.lists import (
    DrawCard,
    EntryRow,
    ResultCard,
    draw,
    entrant_organisations,
    entry_list,
    result,
)
from market.selection.queries.own import (
    OwnEntry,
    affected,
    by_receipt,
    entries_of,
    entry_of,
    late_of,
    log_entry,
    unfinished,
)
from market.selection.queries.pending import Wanted, to_seal, wanted
from market.selection.queries.sources import (
    ChainCard,
    ReportCard,
    chain_card,
    chain_cards,
    days_waited,
    derived_value,
    overdue_rounds,
    reports,
)
from market.selection.queries.watch import Watched, WatchedSource, contradicts, news, watched, witnessed_at

__all__ = [
    "AmendmentCard", "ChainCard", "DraftCard", "DrawCard", "DrawListed", "EntryRow", "Filters", "Listed",
    "NoticeCard", "OwnEntry", "ReportCard", "ResultCard", "ResultListed", "ReviewCard", "Tab", "Unpublished",
    "Wanted", "Watched", "WatchedSource", "Winner", "affected", "amendments", "archive", "by_receipt", "chain_card",
    "chain_cards", "coming", "contradicts", "days_waited", "derived_value", "desk", "document", "draw", "drawn_today",
    "entrant_organisations", "entries_of", "entry_list", "entry_of", "every_draw", "evidence_of", "exists", "late_of",
    "listing", "log_entry", "news", "notice", "of_owner", "overdue_rounds", "own_draft", "reports", "result",
    "results", "reviews", "standstill", "submitted", "to_seal", "to_sign",
    "under_way", "unfinished", "wanted", "watched", "witnessed_at"]
