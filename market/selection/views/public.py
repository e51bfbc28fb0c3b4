"""What everybody may read: the lists, a notice, its text as logged, results."""

import datetime as dt
import functools
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from market.accounts import queries as accounts
from market.catalogue import queries as catalogue
from market.db import Work, reading
from market.selection import permissions, queries, words
from market.selection.queries import Filters, NoticeCard, Tab
from market.selection.queries.listing import Listed
from market.selection.rules import states
from market.selection.rules.terms import Fund
from market.selection.views.blueprint import (
    affected,
    barred,
    bp,
    complaints_open,
    history,
    timeline,
)
from market.web.auth import current_actor, page
from market.web.format import due, instant, money_in
from market.web.kept import frame
from market.web.locale import language

OPEN = states.Notice.ENTRY_OPEN.value
KEPT = dt.timedelta(minutes=1)
TABS = {tab.value: tab for tab in Tab}
FUNDS = {fund.value: fund for fund in Fund}


@bp.get("/notices")
@page(may="public")
def notices() -> str:
    """The public list; filters live in the address."""
    work = reading(current_actor())
    filters = _filters()
    listed = queries.listing(work, filters, request.args.get("after") or None)
    said = _said(language())
    categories = _categories(work)
    templates = current_app.jinja_env
    cards = templates.get_template("selection/notice_cards.html").render(
        page=listed,
        ui=templates.get_template("macros/ui.html").module,
        cards=[_card(row, work.now, said) for row in listed],
    )

    def whole(middle: Markup) -> str:
        owner = accounts.organisation(work, filters.owner_id) if filters.owner_id else None
        return render_template(
            "selection/notices.html",
            middle=middle,
            filters=filters,
            words=words,
            owner=owner,
            tabs=_tabs,
            categories=categories,
        )

    return frame(Markup(cards), categories, page=whole)  # noqa: S704 - a template's own text


@functools.cache
def _said(language: str) -> dict[str, Any]:
    """The words of a card in this language, translated once and not once a row; state -> (words,
    colour) among them.
    """
    labels = {state.value: (str(label), colour) for state, (label, colour) in words.STATES.items()}
    return {
        "language": language,
        "labels": labels,
        **{name: str(text) for name, text in words.CARD.items()},
    }


def _card(row: Listed, now: dt.datetime, said: dict[str, Any]) -> tuple[str | int, ...]:
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
    return (
        row.number,
        row.title,
        colour,
        label,
        row.owner,
        ceiling,
        which,
        when,
        row.entries,
        row.category,
    )


def _labels(shown: set[str]) -> dict[str, tuple[str, str]]:
    """State -> (words, colour) of the states on a page, translated once and not once a row."""
    return {state: _said(language())["labels"][state] for state in shown}


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
            str(words.TABS[tab]),
            f"/notices?{urlencode({'tab': tab.value, **given})}",
            tab is filters.tab,
        )
        for tab in Tab
    ]


def _categories(work: Work) -> tuple[str, ...]:
    """Names of the catalogue's categories, kept for a minute: they change a few times in a decade."""
    until, names = current_app.extensions.get("selection.categories", (work.now, ()))
    if until <= work.now or not names:
        names = tuple(each.name for each in catalogue.categories(work))
        current_app.extensions["selection.categories"] = work.now + KEPT, names
    return names


def _filters() -> Filters:
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


@bp.get("/notices/<number:number>")
@page(may="public")
def notice(number: str) -> str:
    """One notice: its facts, what happened, what comes next and until when."""
    work = reading(current_actor())
    card = queries.notice(work, number)
    log = history(work, number)
    own = (
        queries.entry_of(work, number, current_actor().organisation_id)
        if current_actor().kind == "agency"
        else None
    )
    return render_template(
        "selection/notice.html",
        notice=card,
        state=state_of(card, work),
        words=words,
        now=work.now,
        timeline=timeline(log),
        barred=barred(work, card) if current_actor().kind == "agency" else None,
        affected=affected(work, number) if current_actor().kind == "agency" else None,
        complaints=complaints_open(log),
        amendments=queries.amendments(work, number),
        entries=queries.entry_list(work, number) if card.is_opened else (),
        namesakes=queries.namesakes(work, number)
        if current_actor().has(*permissions.MAY["entry.namesakes"])
        else (),
        office=accounts.office(work),
        own=own,
        draw=queries.draw(work, card.draw_number),
        reasons=current_app.extensions["words"],
        States=states.Notice,
        is_open=card.state is states.Notice.ENTRY_OPEN and work.now < card.entry_close,
    )


def state_of(card: NoticeCard, work: Work) -> tuple[str, str]:
    """Label and colour; between close and seal the notice is no longer open, and amended ones say
    so.
    """
    label, colour = words.STATES[card.state]
    if card.state is states.Notice.ENTRY_OPEN and work.now >= card.entry_close:
        return _("报名已截止，等待封存"), "blue"
    if card.state is states.Notice.ENTRY_OPEN and card.is_amended:
        return _("报名中 · 已更正"), colour
    return str(label), colour


@bp.get("/notices/<number:number>.json")
@page(may="public")
def document(number: str) -> Response:
    """The notice's text, byte for byte as its digest in the log was taken."""
    return Response(queries.document(reading(current_actor()), number), mimetype="application/json")


@bp.get("/results")
@page(may="public")
def results() -> str:
    """Every 中选公告 and every failed selection, newest first."""
    listed = queries.results(reading(current_actor()), request.args.get("after") or None)
    return render_template(
        "selection/results.html",
        page=listed,
        words=words,
        labels=_labels({row.state for row in listed}),
    )
