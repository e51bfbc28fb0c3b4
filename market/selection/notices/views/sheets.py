"""The list of notices as it is filtered, to be saved."""

from collections.abc import Iterator

from flask import Response
from flask_babel import lazy_gettext as _l

from market.db import Work, reading
from market.selection.notices import queries as notice_queries
from market.selection.notices import words as notice_words
from market.selection.notices.queries import Filters
from market.selection.notices.views.public import filters
from market.selection.pages import bp
from market.web import sheets
from market.web.auth import current_actor, page
from market.web.locale import language
from market.web.sheets import Cell

SHEET = (
    _l("编号"),
    _l("标题"),
    _l("状态"),
    _l("项目业主"),
    _l("服务类别"),
    _l("资金来源"),
    _l("最高限价（元）"),
    _l("报名"),
    _l("发布时间"),
    _l("报名截止"),
    _l("选取时间"),
)
"""The columns of the list that is saved."""


@bp.get(f"/notices.{sheets.ENDINGS}")
@page(may="public")
def notices_sheet(ending: str) -> Response:
    """Every notice of the filter; a natural person who buys is not named."""
    rows = _lines(reading(current_actor()), filters())
    return sheets.answer(ending, "notices", SHEET, rows)


def _lines(work: Work, wanted: Filters) -> Iterator[list[Cell]]:
    labels = notice_words.labels_in(language())
    funds = {fund.value: str(label) for fund, label in notice_words.FUNDS.items()}
    after = None
    while True:
        found = notice_queries.listing(work, wanted, after, sheets.AT_ONCE)
        for row in found:
            yield [
                row.number,
                row.title,
                labels[row.state][0],
                row.owner or str(notice_words.NOT_NAMED),
                row.category,
                funds[row.fund],
                sheets.yuan(row.ceiling_fen),
                row.entries,
                sheets.local(row.published_at),
                sheets.local(row.entry_close),
                sheets.local(row.draw_at),
            ]
        if found.next is None:
            return
        after = found.next
