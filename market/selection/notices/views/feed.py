"""The list of notices as it is filtered, for readers that look by themselves."""

from flask import Response
from flask_babel import gettext as _

from market.db import reading
from market.selection.notices import queries as notice_queries
from market.selection.notices import words as notice_words
from market.selection.notices.queries.listing import Listed
from market.selection.notices.views.public import filters
from market.selection.pages import bp
from market.web import feeds
from market.web.auth import current_actor, page
from market.web.format import due, money_in
from market.web.locale import language


@bp.get("/notices.atom")
@page(may="public")
def notices_feed() -> Response:
    """The newest notices of the filter; a natural person who buys is not named."""
    work = reading(current_actor())
    found = notice_queries.listing(work, filters(), limit=feeds.NEWEST)
    return feeds.answer(_("选取公告"), "/notices", map(_item, found))


def _item(row: Listed) -> feeds.Item:
    """One notice: its state, its buyer, its ceiling and until when agencies enter."""
    label, _colour = notice_words.labels_in(language())[row.state]
    return feeds.Item(
        path=f"/notices/{row.number}",
        title=row.title,
        at=row.changed_at,
        summary=_(
            "%(number)s，%(state)s。项目业主：%(owner)s；最高限价：%(ceiling)s；报名截止：%(close)s。",
            number=row.number,
            state=label,
            owner=row.owner or notice_words.NOT_NAMED,
            ceiling=money_in(language(), row.ceiling_fen),
            close=due(row.entry_close),
        ),
    )
