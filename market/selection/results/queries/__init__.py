"""Reading results. Before the seal nothing here says who entered or what was quoted."""

from market.selection.results.queries.awarded import awarded_lately
from market.selection.results.queries.cards import (
    Selection,
    Winner,
    notice,
    signs_for_owner,
    standstill,
)
from market.selection.results.queries.facts import HANDS, Done, facts, steps
from market.selection.results.queries.flagged import (
    moved_since,
    scanned,
    scanned_ones,
    uncleared,
)
from market.selection.results.queries.hall import (
    DrawListed,
    archive,
    coming,
    drawn_today,
    every_draw,
    under_way,
)
from market.selection.results.queries.listing import ResultListed, results
from market.selection.results.queries.lists import EntryRow, ResultCard, entry_list, result
from market.selection.results.queries.measured import Measured, measured, scores
from market.selection.results.queries.of_agency import (
    RankedEntry,
    by_receipt,
    entries_of,
    entry_of,
    unfinished,
)
from market.selection.results.queries.opened import (
    PublicEntrant,
    PublicNotice,
    public_entrants,
    public_notices,
)
from market.selection.results.queries.overseen import (
    SORTS,
    Overseen,
    Sought,
    drawn_numbers,
    is_of_sector,
    numbers_of_owner,
    numbers_of_sector,
    selections,
)
from market.selection.results.queries.pausing import (
    PauseCard,
    live_pause,
    pause_of,
    pauses,
    pauses_to_sign,
)
from market.selection.results.queries.suspended import (
    SuspensionCard,
    is_suspended,
    live_suspension,
    paused_days,
    suspension_shown,
    suspensions,
    suspensions_to_sign,
)

__all__ = [
    "HANDS",
    "SORTS",
    "Done",
    "DrawListed",
    "EntryRow",
    "Measured",
    "Overseen",
    "PauseCard",
    "PublicEntrant",
    "PublicNotice",
    "RankedEntry",
    "ResultCard",
    "ResultListed",
    "Selection",
    "Sought",
    "SuspensionCard",
    "Winner",
    "archive",
    "awarded_lately",
    "by_receipt",
    "coming",
    "drawn_numbers",
    "drawn_today",
    "entries_of",
    "entry_list",
    "entry_of",
    "every_draw",
    "facts",
    "is_of_sector",
    "is_suspended",
    "live_pause",
    "live_suspension",
    "measured",
    "moved_since",
    "notice",
    "numbers_of_owner",
    "numbers_of_sector",
    "pause_of",
    "paused_days",
    "pauses",
    "pauses_to_sign",
    "public_entrants",
    "public_notices",
    "result",
    "results",
    "scanned",
    "scanned_ones",
    "scores",
    "selections",
    "signs_for_owner",
    "standstill",
    "steps",
    "suspension_shown",
    "suspensions",
    "suspensions_to_sign",
    "uncleared",
    "under_way",
    "unfinished",
]
