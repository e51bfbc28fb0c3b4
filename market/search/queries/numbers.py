"""Numbers that people type, and the pages that they lead to."""

import dataclasses
from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import select

from market.agencies import queries as agencies
from market.contracts import queries as contracts
from market.db import Work
from market.enrolment import queries as enrolments
from market.kernel import ids, papers
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.search.models import SearchText

Answer: TypeAlias = "tuple[str, str] | None"


@dataclasses.dataclass(frozen=True)
class Named:
    """What a number names: the number in its own spelling, its page, what is found there."""

    number: str
    path: str
    title: str


def named(work: Work, typed: str) -> list[Named]:
    """The public things that a typed number names; none where it is no number or names nothing."""
    numbers = ids.typed(typed)
    asked: list[tuple[str, Callable[[Work, str], Answer]]] = [
        (number, BY_PREFIX[Prefix(number[:2])])
        for number in numbers
        if Prefix(number[:2]) in BY_PREFIX
    ]
    if ref := ids.typed_ref(typed):
        asked.append((ref, _indexed))
    if not numbers and (paper := papers.meant(typed)):
        asked.append((paper, _letter))
    answers = ((number, answer(work, number)) for number, answer in asked)
    return [Named(number, *found) for number, found in answers if found]


def _indexed(work: Work, subject: str) -> Answer:
    """What the index has under its own number."""
    row = work.session.execute(
        select(SearchText.path, SearchText.title).where(SearchText.subject == subject)
    ).first()
    return (row.path, row.title) if row else None


def _notice(work: Work, number: str) -> Answer:
    """The page of the notice that shares its sequence with a result's number."""
    return _indexed(work, sibling(number, Prefix.NOTICE))


def _draw(work: Work, number: str) -> Answer:
    of = _notice(work, number)
    return (f"/draws/{number}", of[1]) if of else None


def _enrolment(work: Work, number: str) -> Answer:
    uscc = enrolments.uscc_of_enrolment(work, number)
    return (f"/agencies/{uscc}", agencies.agency(work, uscc).name) if uscc else None


def _letter(work: Work, number: str) -> Answer:
    """The page that verifies a letter, which anybody opens who has its number."""
    try:
        letter = contracts.verified(work, number)
    except NotFound:
        return None
    return f"/verify/{letter.number}", letter.title


def _contract(work: Work, number: str) -> Answer:
    """The page of a matter, which anybody opens once both sides have confirmed the contract."""
    try:
        matter = contracts.matter(work, number)
    except NotFound:
        return None
    return f"/contracts/{matter.number}", matter.title


BY_PREFIX: dict[Prefix, Callable[[Work, str], Answer]] = {
    Prefix.NOTICE: _indexed,
    Prefix.DRAW: _draw,
    Prefix.RESULT: _notice,
    Prefix.AWARD: _letter,
    Prefix.CONTRACT: _contract,
    Prefix.COMPLAINT: _indexed,
    Prefix.OWNER: _indexed,
    Prefix.ENROLMENT: _enrolment,
}
"""Cases and tips are not public: their numbers lead nowhere."""
