"""Texts as they are searched, and what a room shows to the search.

A text is cut into runs of letters and digits; blanks, hyphens and brackets part them. Width, case
and what cannot be seen do not count (Unicode's NFKC, sign by sign). A word that is sought is one
run, and is found where it stands within one run of the text. Pure.
"""

import dataclasses
import unicodedata
from collections.abc import Callable, Iterable

from market.kernel.visible import UNSEEN

TEXT_MOST = 80  # signs of what is sought that are read
WORDS_MOST = 8


@dataclasses.dataclass(frozen=True)
class Sought:
    """A public thing as the search knows it.

    `subject` is its number on the log, `path` its page, `title` what a result shows, `more` what is
    searched besides and shown only where a word stands in it.
    """

    subject: str
    path: str
    title: str
    more: str = ""


@dataclasses.dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    `subject` is the form of its numbers on the log, as a pattern. `texts` gives those of some
    subjects that are public now, all of them without any, oldest first: (work, subjects or None).
    """

    subject: str
    texts: Callable[..., Iterable[Sought]]


def folded(text: str) -> list[tuple[str, int]]:
    """Each sign that counts, as it is compared, with the place in `text` (in NFC) that it stands
    at; a blank for what parts two runs.
    """
    found: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if UNSEEN.match(sign):
            continue
        for plain in unicodedata.normalize("NFKC", sign).casefold():
            counts = plain.isalnum() or unicodedata.category(plain).startswith("M")
            found.append((plain if counts else " ", place))
    return found


def plain(text: str) -> str:
    """The runs of a text, each parted from the next by one blank."""
    signs = "".join(sign for sign, _ in folded(unicodedata.normalize("NFC", text)))
    return " ".join(signs.split())


def parts(text: str) -> tuple[str, ...]:
    """The parts of what narrows a list, as they are typed: all of them must be found."""
    return tuple(dict.fromkeys(text[:TEXT_MOST].split()))[:WORDS_MOST]


def words(text: str) -> tuple[str, ...]:
    """The words of what somebody seeks, each once: all of them must be found. At most 8, out of the
    first 80 signs.
    """
    return tuple(dict.fromkeys(plain(text[:TEXT_MOST]).split()))[:WORDS_MOST]
