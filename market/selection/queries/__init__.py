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
)
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
from market.selection.queries.own import OwnEntry, by_receipt, entries_of, entry_of, late_of, log_entry
from market.selection.queries.pending import Wanted, to_seal, wanted

__all__ = [
    "AmendmentCard", "DraftCard", "DrawCard", "EntryRow", "Filters", "Listed", "NoticeCard", "OwnEntry", "ResultCard",
    "ResultListed", "ReviewCard", "Tab", "Unpublished", "Wanted", "Winner", "amendments", "by_receipt", "desk", "document",
    "draw", "entrant_organisations", "entries_of", "entry_list", "entry_of", "exists", "late_of", "listing", "log_entry",
    "notice", "of_owner", "own_draft", "result", "results", "reviews", "standstill", "submitted", "to_seal", "wanted"]
