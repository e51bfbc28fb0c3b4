"""While the demo runs, a notice closes and is drawn every few minutes, under the demo rulebook
whose windows are minutes.
"""

import datetime as dt
import logging
import pathlib
import re
from collections.abc import Callable
from typing import TypeVar

from flask import current_app

from market.accounts import queries as accounts
from market.accounts.rules import Duty
from market.adapters.keys import Keys
from market.agencies import queries as agencies
from market.catalogue import queries as catalogue
from market.catalogue.queries import ItemCard
from market.catalogue.rules import Items
from market.db import Work, in_one_transaction, reading
from market.demo import names, priced
from market.demo.choices import Dice
from market.demo.people import actor_of
from market.demo.stage import PERIOD
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import Refusal
from market.kernel.shown import looking
from market.operations import queries as operations
from market.operations.rules import Mode
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service
from market.selection.auction.rules import METHODS, Asked
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.queries import Filters, Tab
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import Terms
from market.selection.notices.rules.ways import Standing
from market.selection.results import queries as result_queries

T = TypeVar("T")
log = logging.getLogger(__name__)
ENTRY = dt.timedelta(minutes=4)  # from publication to the close; the demo rulebook asks for 3
TITLE = "【直播演示】"
TRIED = 9  # agencies a look: at most eight are in
EXTRA = re.compile(r"p\d{4,}@demo\.example")  # as the loader names those who have no name


def keep_going() -> None:
    """One look at the live notices: let one agency bid where an auction runs; post a notice when none is
    open, else let one more agency enter.
    """
    work = reading(CLOCK)
    if operations.mode(work) is not Mode.DEMO:
        return
    listed = notice_queries.listing(work, Filters(tab=Tab.OPEN, text=TITLE), limit=1)
    open_now = next((notice for notice in listed if notice.entry_close > work.now), None)
    for notice in notice_queries.listing(work, Filters(tab=Tab.SOON, text=TITLE), limit=5):
        if notice.state in (NoticeState.AUCTION_READY, NoticeState.AUCTION_RUNNING):
            bid_one(work, notice.number)
    if open_now is None:
        post(work)
    elif open_now.entries < 8:
        enter_one(work, open_now.number)


def post(work: Work, method: Method | None = None) -> None:
    """Publish the next live notice through the office's own people, by a way or by one of chance."""
    book = rulebooks.demo(work)
    if book is None:
        return
    dice = Dice(f"live {epoch(work.now)}")
    terms = _terms(work, book, method or dice.pick(_ways(work, book)), dice)
    buyer = _staff(work, "firm")  # of a public body what it buys of one item adds up over the year
    notice_id = in_one_transaction(notice_service.draft, buyer, terms=terms, rulebook=book.version)
    if terms.method is Method.AUCTION_LIVE:
        floor = (terms.ceiling_fen or 0) * 7 // 1000 * 100
        asked = Asked(int(book.auction_lead_minutes), floor, None)
        in_one_transaction(auction_service.set_terms, buyer, notice_id=notice_id, asked=asked)

    staff = {login: _staff(work, login) for login in ("checker", "head")}
    _signed(notice_service.submit, buyer, notice_id)
    _signed(notice_service.approve, staff["checker"], notice_id)
    number = _signed(notice_service.publish, staff["head"], notice_id)
    log.info("live notice %s (%s) closes at %s", number, terms.method, terms.entry_close)


def _terms(work: Work, book: Rulebook, method: Method, dice: Dice) -> Terms:
    """What the next live notice says: of an item that enough agencies offer."""
    item = next(
        item
        for item in _visitors_items(work, dice)
        if agencies.eligible_count(work, Items((item.code,))) >= 8
    )
    gap = dt.timedelta(seconds=book.drain_seconds) + dt.timedelta(minutes=book.seal_gap_minutes)
    close = from_epoch(epoch(work.now + ENTRY))
    draw = from_epoch(-(-epoch(close + gap + dt.timedelta(seconds=5)) // PERIOD) * PERIOD)
    place = dice.pick(names.TOWNS)
    return Terms(
        item_code=item.code,
        title=f"{TITLE}{place}{names.work_on(dice.pick(names.PROJECTS), item.name)}",
        fund=Fund.SOCIAL,
        method=method,
        ceiling_fen=dice.between(30, 280) * 100_000,
        scale="演示项目",
        location=f"瑞昌市{place}",
        content="按规范开展工作并提交成果。",
        service_days=20,
        entry_close=close,
        draw_at=None if method is Method.AUCTION_LIVE else draw,
        contact_phone="0792-4221111",
        complaint_phone="0792-4212345",
        project_code=f"XM-live-{epoch(work.now)}",
    )


def _ways(work: Work, book: Rulebook) -> list[Method]:
    """The ways that take turns: those that a rulebook opens for social money and that need nobody's
    judgement on the way.
    """
    _, standings = notice_queries.offered(book)
    is_on = standings[Method.AUCTION_LIVE][Fund.SOCIAL] is Standing.OPEN
    auction = [Method.AUCTION_LIVE] if is_on else []
    return [Method.RANDOM, *priced.ways(work, book), *auction]


def bid_one(work: Work, number: str) -> None:
    """One extra that was admitted bids one step below the lowest."""
    dice = Dice(f"{number} bid {epoch(work.now)}")
    items = result_queries.notice(work, number).items
    extras = [
        one for one in agencies.eligible_organisations(work, items) if _is_an_extra(work, one)
    ]
    for organisation in dice.some(extras, len(extras)):
        (person, *_) = accounts.members(work, organisation, Duty.AGENCY_AGENT)
        actor = actor_of(person.id, organisation)
        course = auction_queries.course(reading(actor), number)
        if course.own is None or not course.is_open or course.own.is_lowest:
            continue
        most = course.most_fen or course.ceiling_fen
        amount = max(most * dice.between(96, 99) // 10_000 * 100, course.floor_fen)
        try:
            in_one_transaction(auction_service.bid, actor, number=number, amount_fen=amount)
        except Refusal as no:
            log.info("no live bid this time: %s", no.code)
        return


def _signed(act: Callable[..., T], actor: Actor, notice_id: int) -> T:
    """What somebody signs who has the notice before him."""

    def do(work: Work) -> T:
        return act(work, **looking(act, work, {"notice_id": notice_id}))

    return in_one_transaction(do, actor)


def _visitors_items(work: Work, dice: Dice) -> list[ItemCard]:
    """All items, shuffled, first those of the agency that a visitor can sign in as: he can then
    enter the live notice.
    """
    agency = agencies.of_organisation(work, _staff(work, "agency").organisation_id)
    lines = {line.item_code for line in agencies.public_lines(work, agency.id)} if agency else set()
    items = dice.some(catalogue.items(work), 1000)
    return [item for item in items if item.code in lines] + [
        item for item in items if item.code not in lines
    ]


def enter_one(work: Work, number: str) -> None:
    """One more eligible agency enters the live notice."""
    card = result_queries.notice(work, number)
    dice = Dice(f"{number} {card.entries} {epoch(work.now)}")
    eligible = agencies.eligible_organisations(work, card.items)
    extras = [one for one in eligible if _is_an_extra(work, one)]
    for organisation in dice.some(extras, TRIED):
        if _enters(work, organisation, card, dice):
            return


def _enters(work: Work, organisation: int, card: result_queries.Selection, dice: Dice) -> bool:
    """Whether an agency has entered now: who is in already is refused, and the next one is asked."""
    (person, *_) = accounts.members(work, organisation, Duty.AGENCY_AGENT)
    is_auction = card.method in METHODS
    sealing = Keys(pathlib.Path(current_app.config["INSTANCE"])).sealing_public()
    try:
        in_one_transaction(
            entry_service.enter,
            actor_of(person.id, organisation),
            number=card.number,
            sealing_key=sealing,
            quote_fen=0 if is_auction else card.ceiling_fen * dice.between(800, 995) // 1000,
        )
    except Refusal as no:
        log.info("no live entry this time: %s", no.code)
        return False
    return True


def _is_an_extra(work: Work, organisation_id: int) -> bool:
    """Whether nobody but the loader's own people acts for an agency: whoever signs in as one of those
    that the greeting names, or has enrolled or joined one himself, enters by himself.
    """
    return all(EXTRA.fullmatch(one.login) for one in accounts.members(work, organisation_id))


def _staff(work: Work, login: str) -> Actor:
    person = accounts.by_login(work, f"{login}@demo.example")
    if person is None:
        raise LookupError(login)
    (card, *_) = accounts.memberships(work, person.id)
    return actor_of(person.id, card.organisation_id)
