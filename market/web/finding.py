"""A long list of choices that is narrowed while one types (static/js/finding.js)."""

from collections.abc import Callable, Iterable
from typing import Protocol

from wtforms.fields.choices import SelectChoice

from market.web.locale import is_english


class Findable(Protocol):
    """What one chooses by its code; `findable` is what it is found by, in small letters."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def findable(self) -> str: ...


def findable_choices(
    items: Iterable[Findable], in_english: Callable[[str], str]
) -> list[SelectChoice]:
    """The choices by category, in the reader's language; `in_english` gives a name's English."""
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
