"""Evaluations made by the real services: given, opened, appealed."""

import datetime as dt

from market.db import in_one_transaction, reading
from market.evaluations import queries, service
from market.evaluations.rules import EVALUATE, FIX, By, Marks
from market.evaluations.rules.appeal import Ground
from market.fabric import fabric
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import FixedClock
from market.windows import jobs
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import contracts
from tests.scenes import scene

MONTH = dt.timedelta(days=30)
GOOD = Marks(quality=5, timeliness=4, attitude=5, fees=4, conduct=5)
BAD = Marks(quality=2, timeliness=3, attitude=4, fees=3, conduct=3)
OWNERS_TEXT = "CANARY-成果有两处返工，CANARY"
AGENCYS_TEXT = "CANARY-资料给得晚，CANARY"
FACT = "CANARY-第二章的工程量算错，重算后晚交了三个工作日"


def given(deal: contracts.Deal, by: By, marks: Marks = BAD) -> None:
    """One side says it."""
    text = OWNERS_TEXT if by is By.OWNER else AGENCYS_TEXT
    who = deal.acceptor if by is By.OWNER else deal.winner.actor
    in_one_transaction(service.give, who, number=deal.number, marks=marks, text=text, fact=FACT)


def moved(instant: dt.datetime) -> None:
    """The clock stands there, and what is due is done."""
    clock = fabric().clock
    assert isinstance(clock, FixedClock)
    clock.instant = instant
    jobs.sweep()


@scene
def opened() -> contracts.Deal:
    """Both have said it, both are fixed and open."""
    deal = contracts.accepted()
    given(deal, By.OWNER)
    given(deal, By.AGENCY, GOOD)
    due = windows.live(reading(CLOCK), FIX, queries.matter_key(deal.number, By.AGENCY))
    assert due is not None
    moved(due.due_at)
    return deal


@scene
def appealed(ground: Ground = Ground.FALSE_FACT) -> contracts.Deal:
    """The agency appeals against what the owner said."""
    deal = opened()
    decider()
    in_one_transaction(
        service.appeal,
        deal.winner.actor,
        number=deal.number,
        ground=ground,
        text="复核单证明没有错",
    )
    return deal


def decider() -> Actor:
    """An officer of the regulator."""
    return people.staff("regulator", "regulator_officer")


def evaluate_due(deal: contracts.Deal) -> dt.datetime:
    """When the days for evaluating are over."""
    due = next(
        each
        for each in windows.of_subject(reading(CLOCK), deal.number)
        if each.kind == EVALUATE.name
    )
    return due.due_at
