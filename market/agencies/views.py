"""The directory of agencies."""

from flask import Response, render_template, request
from flask_babel import gettext as _

from market.agencies import forms, queries, words
from market.agencies.pages import bp
from market.agencies.queries import AgencyCard, Filter
from market.agencies.rules import Tier, Type
from market.catalogue import queries as catalogue
from market.db import Work, reading
from market.web import sheets
from market.web.auth import current_actor, page
from market.web.sheets import Cell
from market.web.widgets import choices


@bp.get("/agencies")
@page(may="public")
def directory() -> str:
    """Enrolled agencies, by place, item and text."""
    work = reading(current_actor())
    form = forms.DirectoryForm(request.args)
    form.category.choices = choices(
        ((each.name, each.name) for each in catalogue.categories(work)), blank=_("全部")
    )
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
    form = forms.DirectoryForm(request.args)
    form.category.choices = choices(
        ((each.name, each.name) for each in catalogue.categories(work)), blank=_("全部")
    )
    by = _filter(work, form)
    found = sheets.paged(lambda after: queries.directory(work, by, after, sheets.AT_ONCE))
    return sheets.answer(ending, "agencies", words.SHEET, map(_cells, found))


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


def _filter(work: Work, form: forms.DirectoryForm) -> Filter:
    """What the address asks for; what is no choice narrows nothing."""
    items: tuple[str, ...] = (form.item.data,) if form.item.data else ()
    if not items and form.category.data:
        items = tuple(each.code for each in catalogue.items(work, form.category.data))
    tier = Tier(form.tier.data) if form.tier.data in list(Tier) else None
    return Filter(tier, items, (form.q.data or "")[:80])
