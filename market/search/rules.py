"""How a text becomes pairs of signs, and how the words of a question are asked of them. Pure.

No database cuts Chinese text into words. A run of n signs gives the n - 1 pairs of neighbours, in
their order, and its last sign alone: a word of two signs and more is found by its pairs, a single
sign as the beginning of any pair. What the databases see are not the signs but their UTF-8 in
hexadecimal, so that neither has an opinion of its own on what a letter is.
"""

import enum
import unicodedata

from market.kernel.sought import folded, plain

AROUND = 24  # signs shown before and behind a word that stands in a long text


class Found(enum.StrEnum):
    """The kinds of things that can be found, in the order of the page: what there is most of last."""

    ANSWER = "answer"
    ITEM = "item"
    OWNER = "owner"
    AGENCY = "agency"
    COMPLAINT = "complaint"
    NOTICE = "notice"


BLOCK = 10**12
BLOCKS = {
    kind: (above * BLOCK + 1, (above + 1) * BLOCK - 1)
    for above, kind in enumerate(reversed(Found), start=1)
}
"""The first and the last id of each kind. They lie one above the other, so that one walk downwards
meets the kinds in the order of the page, and of each the newest first.
"""
KINDS = (*reversed(Found),)


def kind_at(place: int) -> Found:
    """The kind whose block an id lies in."""
    return KINDS[place // BLOCK - 1]


def hexed(pair: str) -> str:
    """One or two signs as a database keeps them."""
    return pair.encode().hex()


def pairs(text: str) -> str:
    """The index entry of a text: its runs' pairs in order, each run ending with its last sign."""
    return " ".join(
        hexed(run[place : place + 2]) for run in plain(text).split() for place in range(len(run))
    )


def pairs_of(word: str) -> list[str]:
    """The pairs that a word of two signs or more is found by."""
    return [hexed(word[place : place + 2]) for place in range(len(word) - 1)]


def fts5(words: tuple[str, ...]) -> str:
    """The question as SQLite's FTS5 takes it: a phrase of pairs for each word."""
    return " AND ".join(
        f'"{" ".join(pairs_of(word))}"' if len(word) > 1 else f'"{hexed(word)}" *' for word in words
    )


def tsquery(words: tuple[str, ...]) -> str:
    """The question as PostgreSQL's tsquery takes it. That the pairs of a longer word are neighbours
    it does not know: the text itself is asked as well.
    """
    return " & ".join(
        pair
        for word in words
        for pair in (pairs_of(word) if len(word) > 1 else [f"{hexed(word)}:*"])
    )


def marked(text: str, words: tuple[str, ...]) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is one of the words that were sought."""
    text = unicodedata.normalize("NFC", text)
    is_hit = _hits(text, words)
    parts: list[tuple[str, bool]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or is_hit[end] != is_hit[start]:
            parts.append((text[start:end], is_hit[start]))
            start = end
    return parts


def around(text: str, words: tuple[str, ...]) -> str:
    """The part of a long text around the first word that stands in it; "" where none does."""
    text = unicodedata.normalize("NFC", text)
    is_hit = _hits(text, words)
    if True not in is_hit:
        return ""
    first = is_hit.index(True)
    start = max(0, first - AROUND)
    end = min(len(text), first + 2 * AROUND)
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _hits(text: str, words: tuple[str, ...]) -> list[bool]:
    """For each sign of the text whether it belongs to a word."""
    signs = folded(text)
    line = "".join(sign for sign, _ in signs)
    is_hit = [False] * len(text)
    for word in words:
        at = line.find(word)
        while at >= 0:
            first = signs[at][1]
            last = signs[at + len(word) - 1][1]
            is_hit[first : last + 1] = [True] * (last + 1 - first)
            at = line.find(word, at + len(word))
    return is_hit
