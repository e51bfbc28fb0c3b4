"""Reading selection. Before the seal nothing here says who entered or what was quoted."""
from market.selection.queries.cards import (AmendmentCard, DraftCard, DrawCard, EntryRow, NoticeCard, OwnEntry, ResultCard,
                                            ReviewCard, Wanted, Winner, amendments, by_receipt, desk, drafts, draw,
                                            entrant_organisations, entries_of, entry_list, entry_of, exists, notice,
                                            of_owner, result, reviews, standstill, to_seal, wanted)
from market.selection.queries.listing import Filters, Listed, Tab, listing, results

__all__ = [
    "AmendmentCard", "DraftCard", "DrawCard", "EntryRow", "Filters", "Listed", "NoticeCard", "OwnEntry", "ResultCard",
    "ReviewCard", "Tab", "Wanted", "Winner", "amendments", "by_receipt", "desk", "drafts", "draw", "entrant_organisations",
    "entries_of", "entry_list", "entry_of", "exists", "listing", "notice", "of_owner", "result", "results", "reviews",
    "standstill", "to_seal", "wanted"]
