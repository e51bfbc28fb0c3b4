"""The town's year: 348 agencies, 73 owners, a year of notices and complaints, ending now. Seeded
and repeatable.
"""

import contextlib
import datetime as dt
import heapq
import itertools
import pathlib
from collections.abc import Callable, Iterator

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from market.adapters.keys import Keys
from market.catalogue import queries as catalogue
from market.catalogue import service as catalogue_service
from market.catalogue import shipped
from market.catalogue.queries import ItemCard
from market.db import db, in_one_transaction, reading
from market.demo import (
    buyers,
    cases,
    documents,
    grievances,
    matters,
    names,
    notices,
    priced,
    recent,
    scored,
    standings,
    voices,
    watch,
)
from market.demo.choices import Dice
from market.demo.notices import Plan, Trade
from market.demo.people import Buyer, Cast, Casting, Draft, Firm, bodies, regulators
from market.demo.stage import Stage, at, raise_witness, stepped
from market.enrolment import service as enrolment
from market.fabric import fabric
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import local_date
from market.ledger import queries as ledger
from market.ledger.service import move_bookmark
from market.operations import service as operations
from market.operations.rules import Mode
from market.rulebook import service as rulebook
from market.rulebook.rules import CITY
from market.selection.kinds import Method
from market.selection.results import queries as result_queries
from market.workdays import service as workdays

SEED = "ruichang"
YEAR = dt.timedelta(days=364)
FINISHED = 130  # notices of the past year
ENOUGH = 9  # agencies that may enter for an item that is bought
EQUALS = 850  # thousandths of the ceiling: what two quote alike where the price decides
LOADED = "demo.loaded"  # the bookmark that says that the town is whole
LETTERS_FROM = (
    400  # the last entries of the log whose letters are written; older ones nobody would read
)
LOGINS = {
    "public": "owner@demo.example",
    "firm": "firm@demo.example",
}  # the first owner of each kind
Step = Callable[[], None]


class Agenda:
    """What happens when: steps in the order of their instants."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._steps: list[tuple[dt.datetime, int, Step | None]] = []
        self._order = itertools.count()

    def at(self, when: dt.datetime, step: Step | None = None) -> None:
        """Do a step then; None: let the clock's process run then."""
        heapq.heappush(self._steps, (when, next(self._order), step))

    def run(self, until: dt.datetime) -> Iterator[dt.datetime]:
        """Run every step up to an instant; yields the instant of each."""
        while self._steps and self._steps[0][0] <= until:
            when, _, step = heapq.heappop(self._steps)
            self.stage.clock.instant = max(when, self.stage.now)
            (step or self.stage.tick)()
            yield when
        self.stage.move_to(until)


def load(app: Flask, progress: Callable[[str, int, int], None], starter: str = CITY) -> None:
    """Fill an empty, migrated database with the town, which begins with a starter's rulebook;
    `progress(what, done, of)` is called along the way.
    """
    now = fabric(app).clock.now().replace(microsecond=0)
    with without_waiting_for_the_disk(), stepped(app, now - YEAR, SEED) as stage:
        town = Town(stage, now, progress)
        town.found(starter)
        town.people()
        town.year()
        in_one_transaction(
            move_bookmark, CLOCK, "letters", max(0, ledger.size(reading(CLOCK)) - LETTERS_FROM)
        )
        in_one_transaction(move_bookmark, CLOCK, LOADED, 1)


@contextlib.contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """SQLite does not wait for each commit to reach the disk while the town is loaded: what a power
    cut spoils is loaded anew.
    """

    def hurry(connection: DBAPIConnection, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    if db.engine.dialect.name != "sqlite":
        yield
        return
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", hurry)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", hurry)
        db.session.remove()
        db.engine.dispose()


class Town:
    """The loader's state: the cast, the dice and the agenda."""

    def __init__(
        self, stage: Stage, now: dt.datetime, progress: Callable[[str, int, int], None]
    ) -> None:
        self.stage = stage
        self.now = now
        self.progress = progress
        self.dice = Dice(SEED)
        self.cast = Cast()
        self.casting = Casting(stage, self.dice)
        self.today = local_date(now)
        self.last_number = ""
        self.items: dict[str, list[ItemCard]] = {}
        self._bought: set[tuple[str, str]] = set()

    def found(self, starter: str) -> None:
        """The installation: mode, calendar, rulebooks, bodies, catalogue, keys and the witness."""
        self.stage.do(operations.install, CLOCK, mode=Mode.DEMO)
        self.stage.do(workdays.load_shipped, CLOCK)
        opened = names.OPEN_DATA if starter == CITY else {}
        self.stage.do(rulebook.load_default, CLOCK, starter=starter, chosen=opened)
        self.stage.do(rulebook.load_demo, CLOCK)
        bodies(self.casting, self.cast)
        rows = shipped.ruichang()
        regulators(self.casting, self.cast, sorted({row["regulator"] for row in rows}))
        self.stage.do(catalogue_service.load, CLOCK, rows=rows)
        for item in catalogue.items(reading(CLOCK)):
            self.items.setdefault(item.category, []).append(item)
        raise_witness(self.cast.bodies["office"], self.cast.bodies["witness"])

    def people(self) -> None:
        """348 agencies by the shares of Ruichang, 73 owners, some citizens."""
        places = [self.dice.pick(group) for group, count in names.TIERS for _ in range(count)]
        categories = list(self.items)
        for number, place in enumerate(self.dice.some(places, len(places))):
            self._agency(number, place, categories[number % len(categories)])
            self.progress("中介机构入驻", number + 1, len(places))
        for number, (name, kind) in enumerate(names.OWNERS):
            is_first = all(kind != before for _, before in names.OWNERS[:number])
            login = LOGINS[kind] if is_first else None
            self.cast.owners.append(self._owner(name, kind, login))
            self.progress("项目业主登记", number + 1, len(names.OWNERS))
        self.cast.citizens = [self._citizen(number) for number in range(8)]

    def _agency(self, number: int, place: tuple[str, str], name: str) -> None:
        login = "agency@demo.example" if number == 2 else None
        chosen = (
            self.items[name] if login else self.dice.some(self.items[name], self.dice.between(2, 5))
        )
        self.stage.at_once(lambda: self._pass(self.casting.firm(place, name, chosen, login)))
        self.stage.clock.advance(dt.timedelta(minutes=25))

    def _owner(self, name: str, kind: str, login: str | None) -> Buyer:
        return self.stage.at_once(
            lambda: self.casting.owner(name, kind, self.cast.staff["checker"], login)
        )

    def _pass(self, draft: Draft) -> None:
        ref = self.stage.do(enrolment.approve, self.cast.staff["checker"], number=draft.number)
        self.cast.agencies.append(Firm(draft.actor, ref, draft.name, draft.items))

    def _citizen(self, number: int) -> Actor:
        login = "citizen@demo.example" if number == 0 else None
        return cases.citizen(self.casting, login)

    def year(self) -> None:
        """Notices through the year, and what became of them, up to now."""
        agenda = Agenda(self.stage)
        keys = Keys(pathlib.Path(current_app.config["INSTANCE"]))
        self.trade = Trade(self.stage, self.cast, self.dice, keys)
        days = notices.working_days(local_date(self.stage.now) + dt.timedelta(days=3), self.today)
        for number in range(FINISHED):
            place = 2 + number * (len(days) - 12) // FINISHED
            self.plan(
                agenda, days[place], days[place + self.dice.between(4, 6)], self._entrants(number)
            )
        self.recent(agenda, days)
        cases.plan(self, agenda, days)
        grievances.plan(self, agenda, days)
        buyers.plan(self, agenda, days)
        documents.plan(self, agenda, days)
        standings.plan(self, agenda, days)
        watch.plan(self, agenda, days)
        voices.plan(self, agenda)
        for when in agenda.run(self.now):
            self.progress(
                "一年的公告、选取、投诉（天）", YEAR.days - (self.now - when).days, YEAR.days
            )

    def _entrants(self, number: int) -> int:
        """Mostly between 3 and 9; now and then too few, so that the selection fails."""
        return self.dice.between(0, 2) if number % 11 == 5 else self.dice.between(3, 9)

    def plan(
        self,
        agenda: Agenda,
        published: dt.date,
        closes: dt.date,
        entrants: int,
        then: Callable[[str], None] | None = None,
        buyer: Buyer | None = None,
    ) -> None:
        """Put a notice on the agenda: publication, entries, seal, draw, the end of the standstill."""
        buyer = buyer or self.dice.pick(self.cast.owners)
        item = self.item(buyer)
        begin, close, draw = notices.regular(published, closes)
        whole = Plan(begin, close, draw, buyer, item, entrants)
        agenda.at(begin, lambda: self.publish(agenda, whole, then))

    def item(self, buyer: Buyer) -> ItemCard:
        """An item that this owner has not bought: twice would be splitting."""
        item = self.dice.pick(self.fresh(buyer) or self._known())
        self._bought.add((buyer.name, item.code))
        return item

    def body(self) -> Buyer:
        """A public body that has something left to buy; not the first, whose last days are in recent.py."""
        public = [one for one in self.cast.owners[1:] if one.kind == "public"]
        return self.dice.pick([one for one in public if self.fresh(one)] or public)

    def fresh(self, buyer: Buyer) -> list[ItemCard]:
        """What this owner has not bought yet."""
        return [item for item in self._known() if (buyer.name, item.code) not in self._bought]

    def _known(self) -> list[ItemCard]:
        """Items that ENOUGH agencies may enter for."""
        return [
            item
            for items in self.items.values()
            for item in items
            if len(self.trade.candidates(item.code)) >= ENOUGH
        ]

    def forget_what_was_bought(self) -> None:
        """Choose items afresh."""
        self._bought = set()

    def publish(
        self,
        agenda: Agenda,
        plan: Plan,
        then: Callable[[str], None] | None,
        predecessor: str | None = None,
    ) -> None:
        number = self.last_number = self.trade.publish(plan, predecessor)
        ceiling = result_queries.notice(reading(CLOCK), number).ceiling_fen
        span = (plan.close - plan.published) / (plan.entrants + 1)
        for place, firm in enumerate(
            self.dice.some(self.trade.candidates(plan.item.code), plan.entrants)
        ):
            share = EQUALS if plan.method is not Method.RANDOM and place < 2 else None
            entering = self._entering(number, firm, ceiling, share)
            agenda.at(plan.published + span * (place + 1), entering)
        agenda.at(plan.close + dt.timedelta(seconds=61))
        agenda.at(plan.draw)
        agenda.at(at(local_date(plan.draw) + dt.timedelta(days=9), 0, 1))
        if int(number.split("-")[3]) % 12:  # one in twelve signs late
            agenda.at(
                at(local_date(plan.draw) + dt.timedelta(days=13), 10),
                lambda: matters.signed(self, agenda, number, plan.buyer),
            )
        if then:
            agenda.at(plan.draw + dt.timedelta(minutes=20), lambda: then(number))

    def _entering(self, number: str, firm: Firm, ceiling: int, share: int | None) -> Step:
        def enter() -> None:
            self.trade.enter(number, firm, ceiling, share)

        return enter

    def recent(self, agenda: Agenda, days: list[dt.date]) -> None:
        """Notices in every other state, as of today."""
        recent.plan(self, agenda, days)
        priced.plan(self, agenda, days)
        scored.plan(self, agenda, days)
