"""A table as a spreadsheet saves it, read line by line."""

import csv
import io
from collections.abc import Sequence


class Unread(Exception):
    """A file that is no such table: `why` is one of unreadable, columns, long, empty; `facts` what it lacks."""

    def __init__(self, why: str, **facts: str) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


def text_of(data: bytes) -> str:
    """The text of a file as spreadsheets write it: UTF-8 with or without its mark, else GB 18030. Raises
    Unread.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unread("unreadable")


def table(data: bytes, needed: Sequence[str], most: int) -> list[tuple[int, dict[str, str]]]:
    """The lines of a table by their columns, with their numbers as a spreadsheet counts them (one for a cell
    of several lines, and one for an empty line). Raises Unread.
    """
    rows = csv.reader(io.StringIO(text_of(data)))
    try:
        heads = [head.strip() for head in next(rows, [])]
        lacking = [name for name in needed if name not in heads]
        if lacking:
            raise Unread("columns", columns="、".join(lacking))
        found = [
            (no, dict(zip(heads, row, strict=False)))
            for no, row in enumerate(rows, 2)
            if any(cell.strip() for cell in row)  # a spreadsheet keeps lines only formatted
        ]
    except csv.Error:
        raise Unread("unreadable") from None
    if len(found) > most:
        raise Unread("long", most=str(most))
    if not found:
        raise Unread("empty")
    return found
