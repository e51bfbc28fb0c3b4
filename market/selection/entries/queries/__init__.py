"""Reading entries. Before the seal nothing here says who entered or what was quoted."""

from market.selection.entries.queries.boxes import makers, opened_box, opened_boxes
from market.selection.entries.queries.draining import holding, is_close_near, lives
from market.selection.entries.queries.entrants import (
    entrant_organisations,
    live_organisations,
    organisation_of,
)
from market.selection.entries.queries.keys import (
    Sealing,
    Terms,
    awaited_keys,
    is_closed_in_sight,
    key_holders,
    sealing,
    stage,
    terms,
)
from market.selection.entries.queries.leftout import LeftOut, left_out
from market.selection.entries.queries.namesakes import Namesakes, namesakes
from market.selection.entries.queries.of_agency import (
    OwnEntry,
    affected,
    barred,
    barred_today,
    late_entry,
    late_of,
    log_entry,
    own_entry,
)
from market.selection.entries.queries.opened import OpenedQuote, opened_quotes
from market.selection.entries.queries.pending import awaiting_later, to_seal
from market.selection.entries.queries.uploads import (
    Upload,
    kinds_of,
    opened_digest,
    opened_file,
    own_uploads,
    stage_of_kind,
    to_open,
    with_remains,
)

__all__ = [
    "LeftOut",
    "Namesakes",
    "OpenedQuote",
    "OwnEntry",
    "Sealing",
    "Terms",
    "Upload",
    "affected",
    "awaited_keys",
    "awaiting_later",
    "barred",
    "barred_today",
    "entrant_organisations",
    "holding",
    "is_close_near",
    "is_closed_in_sight",
    "key_holders",
    "kinds_of",
    "late_entry",
    "late_of",
    "left_out",
    "live_organisations",
    "lives",
    "log_entry",
    "makers",
    "namesakes",
    "opened_box",
    "opened_boxes",
    "opened_digest",
    "opened_file",
    "opened_quotes",
    "organisation_of",
    "own_entry",
    "own_uploads",
    "sealing",
    "stage",
    "stage_of_kind",
    "terms",
    "to_open",
    "to_seal",
    "with_remains",
]
