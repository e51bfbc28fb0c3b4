"""The directory of agencies."""

import datetime as dt
from typing import cast

from flask import Response, render_template, request
from flask_babel import gettext as _

from market.agencies import forms, queries, words
from market.agencies.pages import bp
from market.agencies.queries import AgencyCard, Filter
from market.agencies.rules import SHOWN, State, Tier, Type
from market.catalogue import queries as catalogue
from market.db import Work, reading
from market.web import feeds, sheets
from market.web.auth import current_actor, page
from market.web.locale import is_english
from market.web.sheets import Cell
from market.web.widgets import choices


@bp.get("/agencies")
@page(may="public")
def directory() -> str:
    """Enrolled agencies, by place, state, item and text."""
    work = reading(current_actor())
    form = _asked(work)
    by = _filter(work, form)
    return render_template(
        "agencies/directory.html",
        form=form,
        words=words,
        page=queries.directory(work, by, request.args.get("after")),
        count=queries.count(work, by),
        tiers=queries.tiers(work),
    )


@bp.get(f"/agencies.{sheets.ENDINGS}")
@page(may="public")
def directory_sheet(ending: str) -> Response:
    """Every agency of the filter; a sole trader's credit code is not given in bulk."""
    work = reading(current_actor())
    by = _filter(work, _asked(work))
    found = sheets.paged(lambda after: queries.directory(work, by, after, sheets.AT_ONCE))
    return sheets.answer(ending, "agencies", words.SHEET, map(_cells, found))


@bp.get("/agencies.atom")
@page(may="public")
def directory_feed() -> Response:
    """The agencies of the filter that enrolled last, without sole traders: the address of a page has
    its credit code, which is not given in bulk.
    """
    work = reading(current_actor())
    found = queries.directory(work, _filter(work, _asked(work)), limit=feeds.NEWEST)
    items = [_item(card) for card in found if card.type is not Type.INDIVIDUAL]
    return feeds.answer(_("中介机构"), "/agencies", items)


def _item(card: AgencyCard) -> feeds.Item:
    return feeds.Item(
        path=f"/agencies/{card.uscc}",
        title=card.name,
        at=cast(dt.datetime, card.enrolled_at),
        summary=_(
            "%(ref)s，%(state)s，%(region)s。",
            ref=card.ref,
            state=words.STATES[card.public_state][0],
            region=card.region_name or "—",
        ),
    )


def _cells(card: AgencyCard) -> list[Cell]:
    return [
        card.ref,
        card.name,
        None if card.type is Type.INDIVIDUAL else card.uscc,
        str(words.TYPES[card.type]) if card.type else None,
        str(words.STATES[card.public_state][0]),
        card.region_name,
        sheets.local(card.enrolled_at),
    ]


def _asked(work: Work) -> forms.DirectoryForm:
    """The form of the filters as the address fills it."""
    form = forms.DirectoryForm(request.args)
    form.category.choices = choices(
        ((each.name, _in_words(each.name)) for each in catalogue.categories(work)), blank=_("全部")
    )
    return form


def _in_words(category: str) -> str:
    return catalogue.in_english(category) if is_english() else category


def _filter(work: Work, form: forms.DirectoryForm) -> Filter:
    """What the address asks for; what is no choice narrows nothing."""
    items: tuple[str, ...] = (form.item.data,) if form.item.data else ()
    if not items and form.category.data:
        items = tuple(each.code for each in catalogue.items(work, form.category.data))
    tier = Tier(form.tier.data) if form.tier.data in list(Tier) else None
    state = State(form.state.data) if form.state.data in SHOWN else None
    return Filter(tier, items, (form.q.data or "")[:80], state)
