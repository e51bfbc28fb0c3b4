"""Matters after the letter, made by the real services: registered, confirmed, delivered, accepted, paid.

Everything needs an app context; times move on the app's fixed clock.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from market.contracts import jobs, queries, service
from market.contracts.queries import Letter
from market.contracts.rules.books import BookLine
from market.contracts.rules.inspecting import Judged, Verdict
from market.contracts.rules.matter import Signed
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, Actor
from market.selection.results import queries as result_queries
from tests.factories import accounts as people
from tests.factories import agencies, selection
from tests.factories.deeds import do
from tests.scenes import scene


@dataclasses.dataclass(frozen=True)
class Deal:
    """A letter with its two sides. `number` is the contract's, once there is one."""

    notice: str
    letter: str
    number: str
    buyer: selection.Buyer
    acceptor: Actor
    winner: agencies.Made
    reserves: list[agencies.Made]


@scene
def awarded(kind: str = "public", **changes: object) -> Deal:
    """The letter is out. `changes` are terms of the notice."""
    buyer = selection.owner(kind)
    acceptor = people.member(buyer.organisation_id, "owner_acceptor")
    notice, entrants = selection.announced_notice(buyer=buyer, **changes)  # type: ignore[arg-type]
    card = result_queries.notice(reading(CLOCK), notice)
    assert card.winner is not None and card.standstill_due is not None
    selection.move_to(card.standstill_due)
    jobs.follow()
    first = card.winner.ref
    entrants.sort(key=lambda made: made.ref != first)
    return Deal(
        notice=notice,
        letter=f"TZ{notice[2:]}",
        number=f"HT{notice[2:]}",
        buyer=buyer,
        acceptor=acceptor,
        winner=entrants[0],
        reserves=entrants[1:],
    )


def letter_of(deal: Deal) -> Letter:
    """The newest letter of a deal."""
    return queries.of_notice(reading(CLOCK), deal.notice)[-1]


def as_signed(letter: Letter, **changes: object) -> Signed:
    """The contract as notice and letter ask for it, signed today."""
    whole = Signed(
        signed_on=reading(CLOCK).today,
        owner_name=letter.owner_name,
        agency_name=letter.agency_name,
        amount_fen=letter.amount_fen,
        service_days=letter.service_days or 30,
        pay_days=30,
        is_sme=True,
    )
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


def registered(letter: Letter, who: Actor, **changes: object) -> str:
    """One side registers the contract; returns its number HT-..."""
    return in_one_transaction(
        service.register_contract,
        who,
        number=letter.number,
        signed=as_signed(letter, **changes),
        received=agencies.paper("合同.pdf"),
    )


def questioned(letter: Letter, actors: Mapping[str, Actor], more: str) -> str:
    """Owner B registered the contract, agency A says that it is another."""
    number = registered(letter, actors["owner_b"])
    question = f"付款期限不是这样约定的{more}"
    do(service.question_contract, actors["agency_a"], number=number, question=question)
    return number


@scene
def confirmed(kind: str = "public", pay_days: int = 30, **changes: object) -> Deal:
    """The owner registered the contract, the agency confirmed it."""
    deal = awarded(kind, **changes)
    registered(letter_of(deal), deal.buyer.signatory, pay_days=pay_days)
    do(service.confirm_contract, deal.winner.actor, number=deal.number)
    return deal


@scene
def started(kind: str = "public", pay_days: int = 30, **changes: object) -> Deal:
    """The service began today."""
    deal = confirmed(kind, pay_days, **changes)
    today = reading(CLOCK).today
    in_one_transaction(service.start, deal.winner.actor, number=deal.number, started_on=today)
    return deal


@scene
def delivered(kind: str = "public", pay_days: int = 30, **changes: object) -> Deal:
    """A version was handed over."""
    deal = started(kind, pay_days, **changes)
    deliver(deal)
    return deal


@scene
def accepted(kind: str = "public", pay_days: int = 30, **changes: object) -> Deal:
    """The owner accepted it."""
    deal = delivered(kind, pay_days, **changes)
    accept(deal)
    return deal


def met(deal: Deal) -> list[Judged]:
    """Every requirement of a deal is met."""
    return [Judged(Verdict.MET)] * len(queries.requirements_of(reading(CLOCK), deal.number))


def accept(deal: Deal, who: Actor | None = None) -> None:
    """The acceptor, or `who`, finds every requirement met."""
    given = {"number": deal.number, "verdicts": met(deal)}
    do(service.accept_delivery, who or deal.acceptor, **given)


def deliver(deal: Deal) -> int:
    """The agency hands over a version; returns it."""
    return in_one_transaction(
        service.deliver,
        deal.winner.actor,
        number=deal.number,
        note="成果一份，另附电子版。",
        received=agencies.paper("成果.pdf"),
    )


def book(line: int = 2, **changes: object) -> BookLine:
    """A payment as the finance office's books have it."""
    whole = BookLine(
        no=line,
        award="",
        paid_on=reading(CLOCK).today,
        amount_fen=1_000_000,
        payer_uscc="11360481014900000A",
        payer_name="财政局国库支付中心",
        payee_uscc="91360481MA35T00000",
        payee_name="收款单位",
        voucher=f"ZF{line:06d}",
        purpose="技术服务费",
    )
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


def booked(who: Actor, *lines: BookLine, since: dt.date | None = None) -> str:
    """The finance office hands in its payments from a day to today; returns the import's number ZF-...."""
    today = reading(CLOCK).today
    return in_one_transaction(
        service.import_books,
        who,
        lines=lines or [book()],
        covers_from=since or today,
        covers_to=today,
        sha256="0" * 64,
    )


def pay(deal: Deal, amount_fen: int, paid_on: dt.date | None = None) -> None:
    """The owner registers a payment."""
    in_one_transaction(
        service.register_payment,
        deal.buyer.signatory,
        number=deal.number,
        amount_fen=amount_fen,
        paid_on=paid_on or reading(CLOCK).today,
        voucher="转账凭证 0001",
    )


def of(deal: Deal, who: Actor = CLOCK) -> queries.Matter:
    """The matter as it is now."""
    return queries.matter(reading(who), deal.number)
