"""The list of a filter as it leaves the desk: the same rows and columns as the page."""

from market.oversight.queries import Row
from market.oversight.words import VERDICTS
from market.selection.notices.words import FAILURES, FUNDS, METHODS, STATES
from market.web.sheets import Cell, local, yuan


def cells(row: Row) -> list[Cell]:
    """One selection as a line of the export, in the order of `COLUMNS`."""
    one = row.selection
    return [
        one.number,
        one.title,
        str(STATES[one.state][0]),
        one.owner,
        one.item_code,
        str(METHODS[one.method]),
        str(FUNDS[one.fund]),
        yuan(one.ceiling_fen),
        one.listing,
        local(one.published_at),
        local(one.announced_at),
        one.entries_live,
        one.listed,
        one.excluded,
        one.late,
        row.winner,
        yuan(one.amount_fen),
        str(FAILURES[one.failure]) if one.failure else None,
        row.overdue,
        str(VERDICTS[row.verified.verdict][0]) if row.verified else None,
        row.reviews,
        row.complaints,
        row.flags,
    ]
