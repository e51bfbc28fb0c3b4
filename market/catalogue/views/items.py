"""Public pages of the catalogue."""

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from market.catalogue import queries, words
from market.catalogue.queries import ItemCard
from market.db import reading
from market.web import sheets
from market.web.auth import current_actor, page
from market.web.naming import named
from market.web.sheets import Cell

bp = Blueprint("catalogue", __name__, url_prefix="/catalogue")


bp.add_app_template_filter(named, "named")


@bp.get("")
@page(may="public")
def index() -> str:
    """All items, by category and text."""
    work = reading(current_actor())
    category, text = _asked()
    return render_template(
        "catalogue/index.html",
        categories=queries.categories(work),
        category=category,
        text=text,
        items=queries.items(work, category, text),
        kinds=words.KINDS,
    )


@bp.get(f"/items.{sheets.ENDINGS}")
@page(may="public")
def items_sheet(ending: str) -> Response:
    """Every item of the filter."""
    found = queries.items(reading(current_actor()), *_asked())
    return sheets.answer(ending, "items", words.SHEET, map(_cells, found))


def _asked() -> tuple[str, str]:
    """Category and text of the address."""
    return request.args.get("category", ""), request.args.get("q", "").strip()[:80]


def _cells(item: ItemCard) -> list[Cell]:
    return [
        item.code,
        item.category,
        item.name,
        item.regulator_name,
        item.qualification,
        item.legal_basis,
        item.approval,
        item.time_limit_days,
        item.approving_body,
    ]


@bp.get("/deferrable")
@page(may="public")
def deferrable() -> str:
    """The published list of documents that may come later (容缺材料清单)."""
    work = reading(current_actor())
    return render_template(
        "catalogue/deferrable.html", documents=queries.listed(work), items=queries.by_code(work)
    )


@bp.get("/<code>")
@page(may="public")
def item(code: str) -> str:
    """The guide of one item."""
    work = reading(current_actor())
    card = queries.item(work, code)
    specialities = [gettext("或").join(group) for group in card.requirement.specialities]
    return render_template(
        "catalogue/item.html",
        item=card,
        state=words.STATES[card.state],
        kinds=words.KINDS,
        specialities=specialities,
        deferrable=queries.listed(work, code),
        prices=queries.prices(work, code),
        zones=queries.zones(work, code, usable=True),
    )
