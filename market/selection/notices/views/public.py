"""What everybody may read of notices: the list, the text as logged."""

import datetime as dt
import functools
from urllib.parse import urlencode

from flask import Response, current_app, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from market.catalogue import queries as catalogue
from market.db import Work, reading
from market.fabric import Memory
from market.kernel.plain import Json
from market.owners import queries as owners
from market.selection.kinds import Fund
from market.selection.notices import queries as notice_queries
from market.selection.notices import words as notice_words
from market.selection.notices.queries import Filters, Tab
from market.selection.notices.queries.listing import Listed
from market.selection.notices.rules.states import NoticeState
from market.selection.pages import bp
from market.web.auth import current_actor, page
from market.web.format import due, instant, money_in
from market.web.kept import frame
from market.web.locale import language
from market.web.naming import named

OPEN = NoticeState.ENTRY_OPEN.value
KEPT = dt.timedelta(minutes=1)
TABS = {tab.value: tab for tab in Tab}
FUNDS = {fund.value: fund for fund in Fund}


@bp.get("/notices")
@page(may="public")
def notices() -> str:
    """The public list; filters live in the address."""
    work = reading(current_actor())
    wanted = filters()
    listed = notice_queries.listing(work, wanted, request.args.get("after") or None)
    said = _said(language())
    categories = _categories(work)
    templates = current_app.jinja_env
    cards = templates.get_template("selection/notice_cards.html").render(
        page=listed,
        ui=templates.get_template("macros/ui.html").module,
        cards=[_card(row, work.now, said) for row in listed],
    )

    def whole(middle: Markup) -> str:
        wanted_owner = wanted.owner_id
        owner = (
            owners.public_buyers(work, [wanted_owner]).get(wanted_owner) if wanted_owner else None
        )
        return render_template(
            "selection/notices.html",
            middle=middle,
            filters=wanted,
            words=notice_words,
            owner=owner,
            tabs=_tabs,
            categories=categories,
        )

    return frame(Markup(cards), categories, page=whole)  # noqa: S704 - a template's own text


@functools.cache
def _said(language: str) -> Json:
    """The words of a card in this language, translated once and not once a row; state -> (words,
    colour) among them.
    """
    return {
        "language": language,
        "labels": notice_words.labels_in(language),
        "natural": str(notice_words.NOT_NAMED),
        **{name: str(text) for name, text in notice_words.CARD.items()},
    }


def _card(row: Listed, now: dt.datetime, said: Json) -> tuple[str | int, ...]:
    """One notice as its card shows it: number, title, colour, state, owner, ceiling, which time,
    that time, entries, category.
    """
    label, colour = said["labels"][row.state]
    which = said["draw"]
    when = instant(row.draw_at)
    if row.state == OPEN:
        if row.entry_close <= now:
            label = said["closing"]
            colour = "blue"
        else:
            which = said["close"]
            when = due(row.entry_close)
        if row.is_amended:
            label = f"{label} · {said['amended']}"
    ceiling = money_in(said["language"], row.ceiling_fen)
    is_english = said["language"] == "en"  # asked once a page, not once a row
    owner = named(row.owner) if is_english else row.owner
    return (
        row.number,
        row.title,
        colour,
        label,
        owner or said["natural"],
        ceiling,
        which,
        when,
        row.entries,
        catalogue.in_english(row.category) if is_english else row.category,
    )


def _tabs(filters: Filters) -> list[tuple[str, str, bool]]:
    """(words, address, present one) of each heading; the other filters stay, the cursor does not."""
    kept = {
        "category": filters.category,
        "fund": filters.fund,
        "owner": filters.owner_id,
        "q": filters.text,
    }
    given = {name: value for name, value in kept.items() if value}
    everything = [(_("全部"), f"/notices?{urlencode(given)}", filters.tab is None)]
    return everything + [
        (
            str(notice_words.TABS[tab]),
            f"/notices?{urlencode({'tab': tab.value, **given})}",
            tab is filters.tab,
        )
        for tab in Tab
    ]


CATEGORIES = Memory[tuple[dt.datetime, tuple[str, ...]] | None](lambda: None)
"""Their names, and until when they are taken for known."""


def _categories(work: Work) -> tuple[str, ...]:
    """Names of the catalogue's categories, kept for a minute: they change a few times in a decade."""
    kept = CATEGORIES.of()
    if kept is not None and kept[0] > work.now and kept[1]:
        return kept[1]
    names = tuple(each.name for each in catalogue.categories(work))
    CATEGORIES.keep((work.now + KEPT, names))
    return names


def filters() -> Filters:
    """What the address asks for; what is no choice narrows nothing."""
    given = request.args.to_dict()
    tab = given.get("tab", "")
    fund = given.get("fund", "")
    owner = given.get("owner", "")
    return Filters(
        tab=TABS.get(tab),
        category=given.get("category", "")[:100],
        fund=FUNDS.get(fund),
        text=given.get("q", "").strip()[:80],
        owner_id=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 19 else None,
    )


@bp.get("/notices/<number:number>.json")
@page(may="public")
def document(number: str) -> Response:
    """The notice's text, byte for byte as its digest in the log was taken."""
    return Response(
        notice_queries.document(reading(current_actor()), number), mimetype="application/json"
    )
