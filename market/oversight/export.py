"""The list of a filter as CSV and XLSX: the same rows and columns as the page, safe to open.

A cell that a spreadsheet would take for a formula is written as text (OWASP, CSV injection).
"""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter

from market.kernel import money as amounts
from market.kernel.clock import CHINA
from market.oversight.queries import Row
from market.oversight.words import COLUMNS, VERDICTS
from market.selection.notices.words import FAILURES, FUNDS, METHODS, STATES

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"
Cell = str | int | None


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
        _yuan(one.ceiling_fen),
        one.listing,
        _local(one.published_at),
        _local(one.announced_at),
        one.entries_live,
        one.listed,
        one.excluded,
        one.late,
        row.winner,
        _yuan(one.amount_fen),
        str(FAILURES[one.failure]) if one.failure else None,
        row.overdue,
        str(VERDICTS[row.verified.verdict][0]) if row.verified else None,
        row.reviews,
    ]


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else amounts.yuan(fen).replace(",", "")


def _local(instant: dt.datetime | None) -> str | None:
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if instant else None


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet computes."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """The export as CSV in UTF-8 with its mark, piece by piece."""
    yield BOM + _line([str(name) for name in COLUMNS])
    for row in rows:
        yield _line([safe(cell) for cell in cells(row)])


def _line(values: list[str] | list[Cell]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()


def as_xlsx(rows: Iterable[Row]) -> IO[bytes]:
    """The export as a workbook, in a temporary file; texts are written as texts, never as formulas."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives until it is sent
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [str(name) for name in COLUMNS])
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(cells(row)):
                if isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                elif cell is not None:
                    sheet.write_number(place, column, cell)
    file.seek(0)
    return file
