"""What programs ask a site for first: what they may read, and where everything is."""

from collections.abc import Iterator

from flask import Response, render_template, url_for

from market.db import Work, reading
from market.kernel.actor import VISITOR
from market.portal.navigation import PUBLIC
from market.portal.views.blueprint import bp
from market.selection.notices import queries as notice_queries
from market.selection.notices.queries import Filters
from market.web.addresses import whole
from market.web.auth import page
from market.web.face import sections
from market.web.sheets import AT_ONCE

NOT_FOR_PROGRAMS = ("/office/", "/search", "/sign-in", "/register", "/todo", "/letters")
"""Paths that a search engine has no use for: each asks for a person, or makes a page of whatever is
typed.
"""
MOST = 49_000
"""Notices on the map: a file has at most 50,000 addresses (sitemaps.org, protocol)."""


@bp.get("/robots.txt")
@page(may="public")
def robots() -> Response:
    """What programs may read (RFC 9309): all that is public."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_PROGRAMS)]
    lines += ["", f"Sitemap: {whole(url_for('portal.map_for_programs'))}", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@bp.get("/sitemap.xml")
@page(may="public")
def map_for_programs() -> Response:
    """Every public list and page, and the newest notices with their latest change (sitemaps.org)."""
    text = render_template(
        "portal/sitemap.xml",
        pages=[*(path for path, _ in sections()), *(url_for(name) for name, _ in PUBLIC)],
        notices=_notices(reading(VISITOR)),
        whole=whole,
    )
    return Response(text, mimetype="application/xml")


def _notices(work: Work) -> Iterator[tuple[str, str]]:
    """The path of each notice and the day of its latest change, newest first."""
    after = None
    for _ in range(MOST // AT_ONCE):
        found = notice_queries.listing(work, Filters(), after, AT_ONCE)
        for row in found:
            yield f"/notices/{row.number}", row.changed_at.date().isoformat()
        if found.next is None:
            return
        after = found.next
