"""What follows the letters of the demo town: contracts of both sides, services at every stage, payments."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from flask import current_app

from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.contracts import service
from market.contracts.queries import Letter
from market.contracts.rules import SIGNABLE
from market.contracts.rules.matter import Signed
from market.db import reading
from market.demo import voices
from market.demo.people import Buyer, Firm, Scan
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.files import service as files
from market.files.service import Received
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import local_date

PAY_DAYS = 30
LATE = 5  # one in so many is delivered late, and paid late
INSPECTED = dt.timedelta(days=5)  # after the delivery
PAID = dt.timedelta(days=12)  # after the acceptance, where nobody is late
RECEIVED = dt.timedelta(days=2)  # after the payment
DAYS = 30  # where the notice left them to the contract


def signed(town: Town, agenda: Agenda, number: str, buyer: Buyer) -> None:
    """Owner and agency register the contract, where a letter went out and nothing is open; the
    service follows.
    """
    letters = contracts.of_notice(reading(CLOCK), number)
    if not letters or letters[-1].state not in SIGNABLE:
        return
    if complaints.holding(reading(CLOCK), number):
        return
    letter = letters[-1]
    firm = next(one for one in town.cast.agencies if one.ref == letter.winner)
    paper = _paper("合同.pdf")

    def both_sign() -> str:
        contract = town.stage.do(
            service.register_contract,
            buyer.signatory,
            number=letter.number,
            signed=_as_signed(letter, local_date(town.stage.now)),
            received=paper,
        )
        town.stage.do(service.confirm_contract, firm.actor, number=contract)
        return contract

    contract = town.stage.at_once(both_sign)
    _Service(town, agenda, contract, firm, buyer, letter).arrange()


def _as_signed(letter: Letter, day: dt.date) -> Signed:
    return Signed(
        signed_on=day,
        owner_name=letter.owner_name,
        agency_name=letter.agency_name,
        amount_fen=letter.amount_fen,
        service_days=letter.service_days or DAYS,
        pay_days=PAY_DAYS,
    )


def _paper(name: str) -> Received:
    return files.receive(Scan(name), current_app.instance_path)


@dataclasses.dataclass(frozen=True)
class _Service:
    """A matter on its way, each step at its own day: started, delivered, accepted, paid, closed."""

    town: Town
    agenda: Agenda
    number: str
    firm: Firm
    buyer: Buyer
    letter: Letter

    @property
    def is_late(self) -> bool:
        """Whether this is one that is delivered and paid after its days."""
        return int(self.number.split("-")[3]) % LATE == 0

    def arrange(self) -> None:
        """The service begins two days after the contract, and is delivered in its days or a little
        after.
        """
        today = local_date(self.town.stage.now)
        days = (self.letter.service_days or DAYS) + (3 if self.is_late else -2)
        self.agenda.at(at(today + dt.timedelta(days=2), 9, 30), self.start)
        self.agenda.at(at(today + dt.timedelta(days=2 + days), 15), self.deliver)

    def start(self) -> None:
        if contracts.matter(reading(CLOCK), self.number).started_on is None:
            self._do(service.start, self.firm.actor, started_on=local_date(self.town.stage.now))

    def deliver(self) -> None:
        paper = _paper("成果.pdf")
        self._do(service.deliver, self.firm.actor, note="成果报告一份。", received=paper)
        self.agenda.at(self.town.stage.now + INSPECTED, self.accept)

    def accept(self) -> None:
        self._do(service.accept_delivery, self.buyer.acceptor)
        wait = dt.timedelta(days=PAY_DAYS + 6) if self.is_late else PAID
        self.agenda.at(self.town.stage.now + wait, self.pay)
        voices.evaluate(
            self.town, self.agenda, self.number, self.firm, self.buyer, is_late=self.is_late
        )

    def pay(self) -> None:
        today = local_date(self.town.stage.now)
        self._do(
            service.register_payment,
            self.buyer.signatory,
            amount_fen=self.letter.amount_fen,
            paid_on=today,
            voucher=f"HK{today:%Y%m%d}{self.number[-5:]}",
        )
        self.agenda.at(self.town.stage.now + RECEIVED, self.confirm)

    def confirm(self) -> None:
        self._do(service.confirm_receipt, self.firm.actor, no=1)

    def _do(self, act: Callable[..., object], who: Actor, **given: object) -> None:
        self.town.stage.do(act, who, number=self.number, **given)
