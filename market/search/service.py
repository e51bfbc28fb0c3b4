"""Keeping the index: in the transaction of what it follows, or all of it anew."""

import re
from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, insert, select

from market.agencies import queries as agencies
from market.cases import queries as cases
from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.db import Work
from market.kernel.sought import Sought, Source, plain
from market.owners import queries as owners
from market.search.models import SearchText
from market.search.rules import BLOCKS, Found, pairs
from market.selection.notices import queries as notice_queries

NUMBER = r"-\d{6}-\d{4}-\d{5,}(-\d+)?"
SOURCES: dict[Found, Source] = {
    Found.NOTICE: Source(f"GG{NUMBER}", notice_queries.sought),
    Found.AGENCY: Source(r"A\d{6}", agencies.sought),
    Found.ITEM: Source(r"\d{6}-\w+", catalogue.sought),
    Found.COMPLAINT: Source(f"TS{NUMBER}", complaints.sought),
    Found.OWNER: Source(f"YZ{NUMBER}", owners.sought),
    Found.ANSWER: Source(f"ZS{NUMBER}", cases.answers_sought),
}
"""Where what is public of each kind is read, by its numbers on the log."""
QUIET = frozenset({"entry.received", "entry.withdrawn", "entry.late"})
"""Facts that thousands leave at once and that change nothing of what is searched."""
PORTION = 1_000  # rows written at once


def follow(work: Work) -> None:
    """Bring the index to what the facts of this transaction have made of their subjects."""
    subjects = {event.subject for event in work.events if event.kind not in QUIET}
    for kind, source in SOURCES.items():
        if mine := {each for each in subjects if re.fullmatch(source.subject, each)}:
            _bring(work, kind, mine)


def _bring(work: Work, kind: Found, subjects: Collection[str]) -> None:
    known = {
        row.subject: row
        for row in work.session.scalars(select(SearchText).where(SearchText.subject.in_(subjects)))
    }
    for public in SOURCES[kind].texts(work, subjects):
        row = known.pop(public.subject, None)
        facts = _facts(public)
        if row is None:
            work.session.add(SearchText(id=_next(work, kind), kind=kind, **facts))
            work.session.flush()  # The next id is counted from it.
        elif any(getattr(row, name) != facts[name] for name in ("path", "title", "more")):
            for name, value in facts.items():
                setattr(row, name, value)
    for gone in known.values():
        work.session.delete(gone)
    work.session.flush()


def _next(work: Work, kind: Found) -> int:
    """A fresh id of a kind. Two at once: the primary key lets one through, the other runs again."""
    first, last = BLOCKS[kind]
    newest = work.session.scalar(
        select(func.max(SearchText.id)).where(SearchText.id.between(first, last))
    )
    return (newest or first - 1) + 1


def _facts(public: Sought) -> dict[str, str]:
    text = f"{public.subject} {public.title} {public.more}"
    return {
        "subject": public.subject,
        "path": public.path,
        "title": public.title,
        "more": public.more,
        "plain": plain(text),
        "pairs": pairs(text),
    }


def rebuild(work: Work) -> int:
    """Make the whole index anew; returns how many things can be found."""
    work.session.execute(delete(SearchText))
    count = 0
    for kind, source in SOURCES.items():
        rows: list[dict[str, object]] = []
        for place, public in enumerate(source.texts(work), start=BLOCKS[kind][0]):
            rows.append({"id": place, "kind": kind, **_facts(public)})
        for start in range(0, len(rows), PORTION):
            work.session.execute(insert(SearchText), rows[start : start + PORTION])
        count += len(rows)
    return count


def differences(work: Work) -> list[str]:
    """The numbers of what the index has otherwise than its own rows say, or not at all."""
    kept = {
        row.subject: (row.path, row.title, row.more)
        for row in work.session.execute(
            select(SearchText.subject, SearchText.path, SearchText.title, SearchText.more)
        )
    }
    public = {each.subject: (each.path, each.title, each.more) for each in _all(work)}
    return sorted(subject for subject, _ in kept.items() ^ public.items())


def _all(work: Work) -> Iterable[Sought]:
    for source in SOURCES.values():
        yield from source.texts(work)
