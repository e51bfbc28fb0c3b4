"""The catalogue's items as choices of a form."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice

from market.catalogue.queries import ItemCard, in_english
from market.web.locale import is_english


def item_choices(items: Iterable[ItemCard]) -> list[SelectChoice]:
    """Items to choose among, by category, in the reader's language; static/js/finding.js narrows them
    by `ItemCard.findable`.
    """
    said = in_english if is_english() else str
    return [
        SelectChoice(
            item.code,
            f"{item.code} {said(item.name)}",
            render_kw={"data-find": item.findable},
            optgroup=said(item.category),
        )
        for item in items
    ]
