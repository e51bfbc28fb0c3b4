"""The demo town: who lives in it, what happens there and when."""

import datetime as dt
import heapq
import itertools
import pathlib
from collections.abc import Callable, Iterator

from flask import current_app

from market.adapters.keys import Keys
from market.catalogue import queries as catalogue
from market.catalogue import service as catalogue_service
from market.catalogue import shipped
from market.catalogue.queries import ItemCard
from market.db import reading
from market.demo import names, notices
from market.demo.choices import Dice
from market.demo.notices import Plan, Trade
from market.demo.people import Buyer, Cast, Casting, Draft, Firm, actor_of, bodies, regulators
from market.demo.stage import Stage, at, raise_witness
from market.enrolment import service as enrolment
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import local_date
from market.operations import service as operations
from market.operations.rules import Mode
from market.rulebook import service as rulebook
from market.rulebook.rules import CITY
from market.selection.kinds import Method
from market.selection.results import queries as result_queries
from market.workdays import service as workdays

ENOUGH = 9  # agencies that may enter for an item that is bought
EQUALS = 850  # thousandths of the ceiling: what two quote alike where the price decides
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


class Town:
    """The loader's state: the cast, the dice and the agenda. `letter_out` is what owner and agency do
    with the letter of a notice.
    """

    def __init__(
        self,
        stage: Stage,
        now: dt.datetime,
        progress: Callable[[str, int, int], None],
        *,
        seed: str,
        letter_out: "Callable[[Town, Agenda, str, Buyer], None]",
    ) -> None:
        self.stage = stage
        self.now = now
        self.progress = progress
        self.letter_out = letter_out
        self.dice = Dice(seed)
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
        opened = {**names.OPENED, **names.CARDS, **names.MARKS} if starter == CITY else {}
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
        return actor_of(self.casting.person(login))

    def begin_to_trade(self) -> None:
        """Let notices be published from now on, with the keys of the installation."""
        keys = Keys(pathlib.Path(current_app.config["INSTANCE"]))
        self.trade = Trade(self.stage, self.cast, self.dice, keys)

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
            self.dice.some(self.trade.candidates(*plan.codes), plan.entrants)
        ):
            share = EQUALS if plan.method is not Method.RANDOM and place < 2 else None
            entering = self._entering(number, firm, ceiling, share)
            agenda.at(plan.published + span * (place + 1), entering)
        agenda.at(plan.close + dt.timedelta(seconds=61))
        agenda.at(plan.draw)
        agenda.at(at(local_date(plan.draw) + dt.timedelta(days=9), 0, 1))
        agenda.at(
            at(local_date(plan.draw) + dt.timedelta(days=13), 10),
            lambda: self.letter_out(self, agenda, number, plan.buyer),
        )
        if then:
            agenda.at(plan.draw + dt.timedelta(minutes=20), lambda: then(number))

    def _entering(self, number: str, firm: Firm, ceiling: int, share: int | None) -> Step:
        def enter() -> None:
            self.trade.enter(number, firm, ceiling, share)

        return enter
