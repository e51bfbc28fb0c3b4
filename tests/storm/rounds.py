"""Rounds of entering in which web and clock are killed, and what must be true after them."""

import concurrent.futures
import contextlib
import dataclasses
import datetime as dt
import random
import threading
import time
from collections.abc import Callable

from market.kernel.clock import epoch
from market.selection.entries.rules.states import EntryState
from market.selection.notices.rules.states import NoticeState
from tests.gunicorn import wait
from tests.storm.town import DRAIN, ENOUGH, Town, until

SPAN = 5.0  # seconds in which everybody sends, up to the close and a little after it
AFTER = 0.5


@dataclasses.dataclass
class Sent:
    """One agency's form: the answer's status, how often it was sent, when it was first whole."""

    place: int
    status: int = 0
    tries: int = 0
    written_at: float = 0.0


@dataclasses.dataclass
class Round:
    """One notice and what became of it."""

    number: str
    close: dt.datetime
    sent: list[Sent]
    webs_killed: int
    clock_killed: bool


def storm(town: Town, rounds: int, chance: random.Random, tell: Callable[[str], None]) -> int:
    """So many rounds, one behind the other; gives how many entries are kept. AssertionError with
    what did not hold.
    """
    done = []
    for place in range(rounds):
        done.append(one_round(town, chance, kills_clock=place % 2 == 0))
        statuses = [each.status for each in done[-1].sent]
        tell(
            f"round {place + 1}: {statuses.count(303)} received, {statuses.count(409)} late,"
            f" {sum(each.tries > 1 for each in done[-1].sent)} sent again"
        )
    numbers = [each.number for each in done]
    sealed = until(
        lambda: NoticeState.ENTRY_OPEN not in town.states(numbers).values(), enough=2 * ENOUGH
    )
    assert sealed, "a list was not sealed"
    for each in done:
        check(town, each)
    assert town.log_is_whole()
    assert any(each.webs_killed for each in done)
    entries = sum(len(town.kept(number)) for number in numbers)
    tell(f"{rounds} rounds: {entries} entries, all there")
    return entries


def one_round(town: Town, chance: random.Random, *, kills_clock: bool) -> Round:
    """Everybody sends; the web is killed once before the close and now and then after it."""
    wait(town.web.process, town.web.port)  # for whoever came after those that were killed
    number, close = town.notice(closes_in=SPAN)
    end = close.timestamp()
    start = end - SPAN
    killed = []
    at = [chance.uniform(start + SPAN / 2, end)]
    if chance.random() < 0.5:
        at.append(chance.uniform(end, end + AFTER))
    deeds = [
        threading.Timer(when - time.time(), lambda: killed.append(town.kill_web())) for when in at
    ]
    if kills_clock:
        within = end - time.time() + chance.uniform(0, DRAIN)
        deeds.append(threading.Timer(within, lambda: (town.kill_clock(), town.start_clock())))
    for deed in deeds:
        deed.start()
    moments = [start + (SPAN + AFTER) * chance.random() ** 0.7 for _ in town.people]
    with concurrent.futures.ThreadPoolExecutor(len(moments)) as pool:
        sent = list(
            pool.map(lambda place: send(town, number, place, moments[place]), range(len(moments)))
        )
    for deed in deeds:
        deed.join()
    return Round(number, close, sent, sum(killed), kills_clock)


def send(town: Town, number: str, place: int, at: float) -> Sent:
    """Send one form at its moment, and again until it is answered, as people do."""
    sent = Sent(place)
    request = town.form(number, place)
    end = time.monotonic() + ENOUGH
    threading.Event().wait(max(0.0, at - time.time()))
    while not sent.status and time.monotonic() < end:
        sent.tries += 1
        with contextlib.suppress(OSError), town.web.connect() as wire:
            wire.settimeout(ENOUGH)  # who waits for the next process is not late
            wire.sendall(request)
            sent.written_at = sent.written_at or time.time()
            head = wire.makefile("rb").readline()
            sent.status = int(head.split()[1]) if head else 0
        if not sent.status:
            threading.Event().wait(0.1)
    return sent


def check(town: Town, done: Round) -> None:
    """Nothing acknowledged is lost, nothing doubled, nobody saw a fault, and the list has all."""
    rows = town.kept(done.number)
    log = town.log(done.number)
    assert {each.status for each in done.sent} <= {303, 409}, done
    acknowledged = {
        town.people[each.place].organisation_id for each in done.sent if each.status == 303
    }
    assert {row.agency_id for row in rows} == acknowledged, done.number
    assert [row.no for row in rows] == list(range(1, len(rows) + 1)), done.number
    commits = [each.fields["commit"] for each in log if each.type == "entry.received"]
    assert sorted(commits) == sorted(row.commit for row in rows), done.number
    assert all(row.received_at < done.close for row in rows), done.number

    refused = [each for each in done.sent if each.status == 409 and each.tries == 1]
    whole = [each for each in refused if each.written_at < done.close.timestamp()]
    assert not whole, f"whole before the close but refused: {whole}"

    (seal,) = [each for each in log if each.type == "entries.sealed"]
    assert seal.fields["at"] >= epoch(done.close) + DRAIN
    on_list = [*(seal.fields.get("entrants") or []), *(seal.fields.get("excluded") or [])]
    assert sorted(row["no"] for row in on_list) == [row.no for row in rows], done.number
    assert {row.state for row in rows} <= {EntryState.LISTED, EntryState.INELIGIBLE}
