"""Lists as CSV and XLSX: safe to open, and a line at a time.

A cell that a spreadsheet would take for a formula is written as text (OWASP, CSV injection).
"""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TypeVar

import xlsxwriter
from flask import Response, send_file, stream_with_context

from market.kernel import money as amounts
from market.kernel.clock import CHINA
from market.web.paging import Page

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"
AT_ONCE = 500  # rows of a list that are read together
ENDINGS = "<any(csv, xlsx):ending>"
"""Last of the address of a list that can be saved."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
R = TypeVar("R")
Cell = str | int | None


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet computes."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def yuan(fen: int | None) -> str | None:
    """An amount as a spreadsheet reads it: yuan with two decimals, nothing between thousands."""
    return None if fen is None else amounts.yuan(fen).replace(",", "")


def local(instant: dt.datetime | None) -> str | None:
    """An instant on the wall of a Chinese office, to the minute."""
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if instant else None


class _Echo:
    """What a csv.writer writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Each row as a line of CSV, its cells safe."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def as_csv(head: Sequence[object], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A list as CSV in UTF-8 with its mark, a line at a time."""
    yield BOM
    yield from lines([[str(name) for name in head]])
    yield from lines(rows)


def as_xlsx(head: Sequence[object], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """A list as a workbook, in a temporary file; texts are written as texts, never as formulas."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives until it is sent
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [str(name) for name in head])
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                elif cell is not None:
                    sheet.write_number(place, column, cell)
    file.seek(0)
    return file


def paged(ask: Callable[[str | None], Page[R]]) -> Iterator[R]:
    """Every row of a list that is read page by page; `ask` gets the cursor."""
    after = None
    while True:
        page = ask(after)
        yield from page
        if page.next is None:
            return
        after = page.next


def answer(
    ending: str, name: str, head: Sequence[object], rows: Iterable[Sequence[Cell]]
) -> Response:
    """A list to be saved, as CSV or as a workbook, by the ending of its address."""
    return (xlsx_answer if ending == "xlsx" else csv_answer)(name, head, rows)


def csv_answer(name: str, head: Sequence[object], rows: Iterable[Sequence[Cell]]) -> Response:
    """A list to be saved as `name`.csv."""
    answer = Response(stream_with_context(as_csv(head, rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return answer


def xlsx_answer(name: str, head: Sequence[object], rows: Iterable[Sequence[Cell]]) -> Response:
    """A list to be saved as `name`.xlsx."""
    return send_file(as_xlsx(head, rows), XLSX, True, f"{name}.xlsx")
