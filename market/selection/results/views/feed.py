"""The list of results, for readers that look by themselves."""

from flask import Response
from flask_babel import gettext as _

from market.db import reading
from market.selection.kinds import Failure
from market.selection.pages import bp
from market.selection.results import queries as result_queries
from market.selection.results import words as result_words
from market.selection.results.queries.listing import ResultListed
from market.web import feeds
from market.web.auth import current_actor, page
from market.web.format import money_in
from market.web.locale import language


@bp.get("/results.atom")
@page(may="public")
def results_feed() -> Response:
    """The newest results and failed selections."""
    found = result_queries.results(reading(current_actor()), limit=feeds.NEWEST)
    return feeds.answer(_("中选结果"), "/results", map(_item, found))


def _item(row: ResultListed) -> feeds.Item:
    return feeds.Item(f"/notices/{row.number}", row.title, row.announced_at, _summary(row))


def _summary(row: ResultListed) -> str:
    """Who was selected and for how much, or why nobody was."""
    if row.failure:
        why = result_words.FAILURES[Failure(row.failure)]
        return _("%(number)s，选取失败：%(why)s。", number=row.number, why=why)
    if row.winner is None:
        return _("%(number)s，没有中选机构。", number=row.number)
    return _(
        "%(number)s，%(winner)s，%(amount)s。报名机构 %(n)s 家。",
        number=row.number,
        winner=row.winner,
        amount=money_in(language(), row.amount_fen),
        n=row.entries,
    )
