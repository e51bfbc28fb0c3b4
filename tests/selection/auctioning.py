"""Auctions on their way, by the real services."""

import datetime as dt

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.selection.auction import jobs as auction_jobs
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service
from market.selection.auction.rules import Asked
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from tests.factories import agencies
from tests.factories import rulebook as rules
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.scenes import scene
from tests.selection.pricing import SOCIAL

YUAN = 100
FLOOR = 80_000 * YUAN
STEP = 1_600 * YUAN  # 2 % of the floor


@scene
def published(method: Method = Method.AUCTION_LIVE, **terms: object) -> str:
    """A notice of social money that is auctioned; open for entries. Returns its number."""
    rules.city()
    buyer = f.owner()
    whole = f.terms(method=method, draw_at=None, **(SOCIAL | terms))
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=whole)
    asked = Asked(after=60, floor_fen=FLOOR, step=None)
    do(auction_service.set_terms, buyer.drafter, notice_id=notice_id, asked=asked)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    return f.published(notice_id)


@scene
def entered(number: str, count: int = 3) -> list[agencies.Made]:
    """So many agencies enter without a quote."""
    made = [f.agency() for _ in range(count)]
    for who in made:
        f.enter(number, who, 0)
    return made


@scene
def opened(number: str) -> None:
    """The close and the drain are over: pseudonyms are public."""
    f.sealed(number)


def course(number: str) -> auction_queries.Course:
    """How far it is, as the public reads it."""
    return auction_queries.course(reading(CLOCK), number)


@scene
def tick() -> None:
    """What the clock's process does, auctions included."""
    auction_jobs.run_auctions()
    f.tick()


def to(instant: dt.datetime) -> None:
    """Put the clock there; nothing else runs."""
    clock = fabric().clock
    assert isinstance(clock, FixedClock)
    clock.instant = instant


def after(number: str, **span: float) -> dt.datetime:
    """An instant so long after the start."""
    return course(number).start_at + dt.timedelta(**span)


def bid(number: str, who: agencies.Made, yuan: int, key: str | None = None) -> int:
    """One bid, now."""
    return in_one_transaction(
        auction_service.bid,
        who.actor,
        number=number,
        amount_fen=yuan * YUAN,
        submission_key=key,
    )


def over(number: str) -> None:
    """Let the end and its drain pass, and the clock work."""
    to(course(number).end_at + dt.timedelta(seconds=4))
    tick()
