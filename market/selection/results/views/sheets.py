"""The list of results, to be saved."""

from collections.abc import Iterator

from flask import Response

from market.db import Work, reading
from market.selection.kinds import Failure
from market.selection.notices import words as notice_words
from market.selection.pages import bp
from market.selection.results import queries as result_queries
from market.selection.results import words as result_words
from market.web import sheets
from market.web.auth import current_actor, page
from market.web.locale import language
from market.web.sheets import Cell


@bp.get(f"/results.{sheets.ENDINGS}")
@page(may="public")
def results_sheet(ending: str) -> Response:
    """Every result; a natural person who buys is not named."""
    rows = _lines(reading(current_actor()))
    return sheets.answer(ending, "results", result_words.SHEET, rows)


def _lines(work: Work) -> Iterator[list[Cell]]:
    labels = notice_words.labels_in(language())
    after = None
    while True:
        found = result_queries.results(work, after, sheets.AT_ONCE)
        for row in found:
            yield [
                row.number,
                row.title,
                labels[row.state][0],
                row.owner or str(notice_words.NOT_NAMED),
                row.entries,
                row.winner,
                sheets.yuan(row.amount_fen),
                str(result_words.FAILURES[Failure(row.failure)]) if row.failure else None,
                sheets.local(row.announced_at),
            ]
        if found.next is None:
            return
        after = found.next
