"""A page of ours with a form filled in again: whatever view made it, whatever fields it has.

The page is read for its places and changed there alone; what the server puts into hidden fields
(tokens, keys) stays as the page has it.
"""

import dataclasses
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markupsafe import escape

Attributes = dict[str, str | None]
UNTOUCHED = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
TICKED = frozenset({"checkbox", "radio"})


@dataclasses.dataclass(frozen=True)
class Refilled:
    """The page; what no field was found for; the labels of the page's fields by their names."""

    page: str
    unplaced: list[tuple[str, str]]
    labels: dict[str, str]


def refill(page: str, address: str, action: str, texts: Iterable[tuple[str, str]]) -> Refilled:
    """Put texts into the fields of the form that goes to `action`; `address` is the page's own.

    Boxes that were not sent are cleared, choices made as they were.
    """
    reader = _Reader(page, address, action, texts)
    reader.feed(page)
    reader.close()
    return Refilled(reader.written(), reader.unplaced(), reader.labels())


class _Reader(HTMLParser):
    """Walks over the page and notes what is to stand where."""

    def __init__(
        self, page: str, address: str, action: str, texts: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._lines = _starts(page)
        self._address = address
        self._action = urlsplit(action).path
        self._texts = list(texts)
        self._left: dict[str, list[str]] = {}
        for name, text in self._texts:
            self._left.setdefault(name, []).append(text)
        self._placed: set[str] = set()
        self._edits: list[tuple[int, int, str]] = []
        self._is_ours = False
        self._select: str | None = None
        self._area: int | None = None
        self._names: dict[str, str] = {}  # a field's id: its name
        self._said: dict[str, str] = {}  # a field's id: its label
        self._label: str | None = None

    # --- what html.parser calls ---------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            to = urlsplit(given.get("action") or self._address).path
            self._is_ours = given.get("method", "").lower() == "post" and to == self._action  # type: ignore[union-attr]
        elif tag == "label":
            self._label = given.get("for")
        name = given.get("name")
        if name and given.get("id"):
            self._names[str(given["id"])] = name
        if self._is_ours:
            self._fill(tag, name, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            name_text = self._next_area
            self._edits.append((self._area, self._at(), f"\n{escape(name_text)}"))
            self._area = None
        elif tag == "form":
            self._is_ours = False
        elif tag == "select":
            self._select = None
        elif tag == "label":
            self._label = None

    def handle_data(self, data: str) -> None:
        if self._label is not None:
            self._said[self._label] = self._said.get(self._label, "") + data

    # --- filling --------------------------------------------------------------------------------

    def _fill(self, tag: str, name: str | None, given: Attributes) -> None:
        kind = (given.get("type") or "text").lower()
        if tag == "option" and self._select is not None:
            self._mark(given, "selected", given.get("value") in self._sent(self._select))
        if name is None:
            return
        if tag == "select" and self._sent(name):
            self._select = name
            self._placed.add(name)
        elif tag == "textarea" and self._left.get(name):
            self._next_area = self._next(name)
            self._area = self._end_of_tag()
        elif tag == "input" and kind in TICKED:
            self._mark(given, "checked", (given.get("value") or "on") in self._sent(name))
            self._placed.add(name)
        elif tag == "input" and kind not in UNTOUCHED and self._left.get(name):
            self._replace({**given, "value": self._next(name)})
        elif kind in UNTOUCHED:
            self._placed.add(name)

    def _sent(self, name: str) -> list[str]:
        return [text for each, text in self._texts if each == name]

    def _next(self, name: str) -> str:
        self._placed.add(name)
        return self._left[name].pop(0)

    def _mark(self, given: Attributes, mark: str, is_on: bool) -> None:
        if is_on != (mark in given):
            rest = {key: value for key, value in given.items() if key != mark}
            self._replace({**rest, mark: None} if is_on else rest)

    def _replace(self, given: Attributes) -> None:
        tag = (self.get_starttag_text() or "")[1:].split(None, 1)[0].rstrip("/>")
        inside = "".join(
            f" {key}" if value is None else f' {key}="{escape(value)}"'
            for key, value in given.items()
        )
        self._edits.append((self._at(), self._end_of_tag(), f"<{tag}{inside}>"))

    # --- places ---------------------------------------------------------------------------------

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _end_of_tag(self) -> int:
        return self._at() + len(self.get_starttag_text() or "")

    # --- what came of it ------------------------------------------------------------------------

    def written(self) -> str:
        """The page with its edits."""
        pieces = []
        done = 0
        for start, end, text in self._edits:
            pieces += [self._page[done:start], text]
            done = end
        return "".join([*pieces, self._page[done:]])

    def unplaced(self) -> list[tuple[str, str]]:
        """The texts that found no field."""
        return [
            (name, text) for name, text in self._texts if name not in self._placed and text.strip()
        ]

    def labels(self) -> dict[str, str]:
        """What people call the fields, by their names."""
        return {
            self._names[key]: " ".join(said.split())
            for key, said in self._said.items()
            if key in self._names
        }


def _starts(page: str) -> list[int]:
    """Where each line begins; html.parser counts "\\n" alone."""
    starts = [0]
    place = page.find("\n")
    while place >= 0:
        starts.append(place + 1)
        place = page.find("\n", place + 1)
    return starts
