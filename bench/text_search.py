"""The search for two-character words among 100,000 notices, against the bigram index alone."""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator

from bench.harness import Cost, Result, at_most, holds
from bench.volume import Size, app_on, volume
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.sought import plain
from market.search import queries, service
from market.search.rules import BLOCKS, Found, fts5

GOAL = 3.0  # times the index alone, at the median word
WORDS = 40
# The newest of what holds the word, with what a result shows of it: the index and its table alone.
ALONE = """SELECT t.id, t.subject, t.path, t.title FROM search_pairs p JOIN search_text t ON t.id = p.rowid
           WHERE search_pairs MATCH ? ORDER BY p.rowid DESC LIMIT 21"""
EVERY = "SELECT rowid FROM search_pairs WHERE search_pairs MATCH ? AND rowid BETWEEN ? AND ?"


def run(quick: bool) -> Iterator[Result]:
    """Two rows: the median word's cost, and that every word finds what a scan finds."""
    size = Size(10_000, 5_000, entries=False) if quick else Size(100_000, 50_000, entries=False)
    folder = volume(size)
    app = app_on(folder)
    with app.app_context():
        in_one_transaction(service.rebuild, CLOCK)
        connection = sqlite3.connect(folder / "market.sqlite")
        titles = dict(connection.execute("SELECT id, title FROM search_text"))
        words = words_of(list(titles.values()))
        work = reading(VISITOR)
        yield at_most(
            f"search, two-character words, {size.notices:,} notices, p50",
            median(words, lambda word: queries.search(work, word)),
            median(words, lambda word: connection.execute(ALONE, (fts5((word,)),)).fetchall()),
            times=GOAL,
            quick=quick,
        )
        first, last = BLOCKS[Found.NOTICE]
        compared = {id: plain(title) for id, title in titles.items() if first <= id <= last}
        right = sum(
            {row[0] for row in connection.execute(EVERY, (fts5((word,)), first, last))}
            == {id for id, title in compared.items() if word in title}
            for word in words
        )
        yield holds(
            "search, recall and precision against a scan",
            f"{right} of {len(words)} words",
            "all",
            right == len(words),
        )


def words_of(titles: list[str]) -> list[str]:
    """Pairs of ideographs that stand in the titles, drawn from a seed."""
    found = {
        title[place : place + 2]
        for title in titles
        for place in range(len(title) - 1)
        if all("一" <= sign <= "鿿" for sign in title[place : place + 2])
    }
    return random.Random(360481).sample(sorted(found), min(WORDS, len(found)))


def median(words: list[str], ask: Callable[[str], object]) -> Cost:
    """The cost of the median word, in seconds."""

    def cost() -> float:
        taken = []
        for word in words:
            before = time.perf_counter()
            ask(word)
            taken.append(time.perf_counter() - before)
        return statistics.median(taken)

    return cost
