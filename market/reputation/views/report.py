"""One agency's report: its own with everything, and the public one that the printed code leads to."""

from flask import render_template, url_for

from market.db import reading
from market.reputation import queries, words
from market.reputation.queries import Report
from market.reputation.views.blueprint import bp
from market.web.addresses import whole
from market.web.auth import current_actor, page
from market.web.qr import code_of


@bp.get("/credit/report")
@page(may="credit.report")
def report() -> str:
    """The report of one's own agency, to be printed."""
    return _page(queries.own_report(reading(current_actor())))


@bp.get("/agencies/<uscc>/record")
@page(may="public")
def public_report(uscc: str) -> str:
    """What everybody may read of an agency."""
    return _page(queries.public_report(reading(current_actor()), uscc))


def _page(found: Report) -> str:
    address = whole(url_for(".public_report", uscc=found.agency.uscc))
    return render_template(
        "reputation/report.html",
        report=found,
        words=words,
        qr=code_of(address),
        address=address,
        today=reading(current_actor()).today,
    )
