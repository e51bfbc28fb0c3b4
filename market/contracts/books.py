"""The finance office's payments as a table: read from its CSV line by line."""

import datetime as dt
from collections.abc import Iterator

from market.contracts.rules.books import BookLine
from market.kernel import credit_code, ids
from market.kernel import money as amounts
from market.kernel.ids import Prefix
from market.kernel.visible import line, turns
from market.web import csvs
from market.web.dates import read_date
from market.web.texts import NUL

AWARD = "中选通知书编号"
PAID_ON = "付款日期"
AMOUNT = "金额"
PAYER = "付款单位"
PAYER_CODE = "付款单位统一社会信用代码"
PAYEE = "收款单位"
PAYEE_CODE = "收款单位统一社会信用代码"
VOUCHER = "凭证号"
PURPOSE = "用途"
COLUMNS = (AWARD, PAID_ON, AMOUNT, PAYER_CODE, PAYER, PAYEE_CODE, PAYEE, VOUCHER, PURPOSE)
"""The columns that are read, in whatever order they stand; others are passed over."""
NEEDED = (PAID_ON, AMOUNT, PAYER_CODE, PAYEE_CODE, VOUCHER)
LONGEST = {VOUCHER: 60, PURPOSE: 300, PAYER: 200, PAYEE: 200}
MOST_LINES = 5000
MOST_FEN = 10**13


def read(
    data: bytes, covers_from: dt.date, covers_to: dt.date
) -> tuple[list[BookLine], list[tuple[int, str]]]:
    """The payments of a table, and what is wrong with it: (line as a spreadsheet counts them, column). A
    payment lies in the days that the table covers. Raises csvs.Unread.
    """
    found = csvs.table(data, NEEDED, MOST_LINES)
    wrong = [(no, name) for no, row in found for name in _wrong(row, covers_from, covers_to)]
    return ([] if wrong else [_line(no, row) for no, row in found]), wrong


def _wrong(row: dict[str, str], since: dt.date, until: dt.date) -> Iterator[str]:
    """The columns of a line that do not say what they owe."""
    day = read_date(_cell(row, PAID_ON))
    if day is None or not since <= day <= until:
        yield PAID_ON
    if _fen(row) is None:
        yield AMOUNT
    yield from (name for name in (PAYER_CODE, PAYEE_CODE) if _code(row, name) is None)
    if _award(row) is None:
        yield AWARD
    if not _cell(row, VOUCHER):
        yield VOUCHER
    yield from (name for name in LONGEST if not _is_kept(row, name))


def _cell(row: dict[str, str], name: str) -> str:
    return line(row.get(name, ""))


def _is_kept(row: dict[str, str], name: str) -> bool:
    typed = row.get(name, "")
    return NUL not in typed and not turns(typed) and len(_cell(row, name)) <= LONGEST[name]


def _fen(row: dict[str, str]) -> int | None:
    """The amount; None where it is none, or nothing."""
    try:
        fen = amounts.typed(_cell(row, AMOUNT))
    except (amounts.BelowFen, amounts.Unreadable):
        return None
    return fen if 0 < fen <= MOST_FEN else None


def _code(row: dict[str, str], name: str) -> str | None:
    try:
        return credit_code.checked(_cell(row, name))
    except ValueError:
        return None


def _award(row: dict[str, str]) -> str | None:
    """The award that a number is about, which may be that of its notice or contract; "" where none stands,
    None where what stands is none.
    """
    typed = _cell(row, AWARD)
    if not typed:
        return ""
    meant = ids.typed(typed)
    return ids.sibling(meant[0], Prefix.AWARD) if meant else None


def _line(no: int, row: dict[str, str]) -> BookLine:
    return BookLine(
        no=no,
        award=_award(row) or "",
        paid_on=read_date(_cell(row, PAID_ON)) or dt.date.min,
        amount_fen=_fen(row) or 0,
        payer_uscc=_code(row, PAYER_CODE) or "",
        payer_name=_cell(row, PAYER),
        payee_uscc=_code(row, PAYEE_CODE) or "",
        payee_name=_cell(row, PAYEE),
        voucher=_cell(row, VOUCHER),
        purpose=_cell(row, PURPOSE),
    )
