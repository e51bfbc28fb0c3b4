"""A hotline's orders as a table: read from its CSV line by line, and given back with reply and closure."""

from collections.abc import Iterator

from market.cases import words
from market.cases.queries import Card, Old
from market.cases.rules import (
    MOST_NAME,
    MOST_NUMBER,
    MOST_TEXT,
    Asked,
    Line,
    Order,
    Source,
    Told,
    is_asked,
)
from market.kernel import ids
from market.kernel.visible import line, trimmed, turns
from market.web import csvs, phones
from market.web.sheets import Cell, local
from market.web.texts import NUL

NUMBER = "工单编号"
KIND = "诉求类别"
ASKED = "是否按投诉办理"
SAID = "诉求内容"
MATTER = "所涉事项的编号"
PARTY = "反映人"
PHONE = "联系电话"
COLUMNS = (NUMBER, KIND, ASKED, SAID, MATTER, PARTY, PHONE)
"""The columns that are read, in whatever order they stand; others are passed over."""
NEEDED = (NUMBER, KIND, SAID, PARTY, PHONE)
LONGEST = {NUMBER: MOST_NUMBER, SAID: MOST_TEXT, MATTER: MOST_NUMBER, PARTY: MOST_NAME, PHONE: 20}
ONE_LINE = (NUMBER, PARTY)
KINDS = {
    "咨询": Order.CONSULT,
    "求助": Order.HELP,
    "投诉": Order.COMPLAINT,
    "举报": Order.REPORT,
    "建议": Order.SUGGEST,
    "表扬": Order.PRAISE,
}
ANSWERS = {"": Asked.NOT_NEEDED, "未问": Asked.NOT_NEEDED, "否": Asked.NO, "是": Asked.YES}
MOST_LINES = 500
BACK = (
    "工单编号",
    "办理编号",
    "诉求类别",
    "状态",
    "收到",
    "联系时间",
    "答复",
    "答复时间",
    "回访结果",
    "回访时间",
)
"""The columns of what goes back to the hotline."""
AGED = ("编号", "来源", "办理单位", "专人", "状态", "收到", "已过工作日")
"""The columns of the ageing list."""


def read(data: bytes) -> tuple[list[Line], list[tuple[int, str]]]:
    """The orders of a table, and what is wrong with it: (line as a spreadsheet counts them, column). Raises
    csvs.Unread.
    """
    found = csvs.table(data, NEEDED, MOST_LINES)
    wrong = [(no, name) for no, row in found for name in wrong_in(row)]
    return ([] if wrong else [line_of(no, row) for no, row in found]), wrong


def _cell(row: dict[str, str], name: str) -> str:
    """A cell as the form that types one order in would keep it."""
    text = trimmed(row.get(name, ""))
    if name in ONE_LINE:
        return line(text)
    return ids.spelled(text) if name == MATTER else text


def _is_kept(row: dict[str, str], name: str) -> bool:
    """Whether what a cell says can be kept: all of it is seen in its order, and a phone can be dialled."""
    typed = row.get(name, "")
    if NUL in typed or turns(typed):
        return False
    text = _cell(row, name)
    if name == PHONE and text and phones.dialled(text) is None:
        return False
    return bool(text or name not in NEEDED) and len(text) <= LONGEST.get(name, MOST_TEXT)


def wrong_in(row: dict[str, str]) -> Iterator[str]:
    """The columns of a line that do not say what they owe."""
    yield from (name for name in COLUMNS if not _is_kept(row, name))
    kind = KINDS.get(_cell(row, KIND))
    asked = ANSWERS.get(_cell(row, ASKED))
    if kind is None and _cell(row, KIND):
        yield KIND
    if asked is None or (kind is not None and not is_asked(kind, asked)):
        yield ASKED


def line_of(no: int, row: dict[str, str]) -> Line:
    """The order of a line in which nothing is wrong."""
    of = Told(
        source=Source.HOTLINE,
        source_number=_cell(row, NUMBER),
        order_kind=KINDS[_cell(row, KIND)],
        said=_cell(row, SAID),
        matter=_cell(row, MATTER),
        party_name=_cell(row, PARTY),
        phone=phones.dialled(_cell(row, PHONE)) or "",
    )
    return Line(no, of, ANSWERS[_cell(row, ASKED)])


def aged(old: Old) -> list[Cell]:
    """A line of the ageing list."""
    return [
        old.number,
        str(words.SOURCES[old.source]),
        old.body,
        old.assigned,
        str(words.STATES[old.state][0]),
        local(old.opened_at),
        old.days,
    ]


def cells(card: Card) -> list[Cell]:
    """One order as it goes back."""
    return [
        card.source_number,
        card.number,
        str(words.ORDERS[card.order_kind]) if card.order_kind else None,
        str(words.STATES[card.state][0]),
        local(card.opened_at),
        local(card.contacted_at),
        card.answer,
        local(card.rectified_at),
        str(words.RESULTS[card.result]) if card.result else None,
        local(card.called_at),
    ]
