"""What follows the letters of the demo town: contracts of both sides, services at every stage, payments."""

import datetime as dt
from typing import TYPE_CHECKING

from flask import current_app

from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.contracts import service
from market.contracts.queries import Letter
from market.contracts.rules import SIGNABLE
from market.contracts.rules.matter import Signed
from market.db import reading
from market.demo.people import Buyer, Firm, Scan
from market.demo.stage import at
from market.files import service as files
from market.files.service import Received
from market.kernel.actor import CLOCK
from market.kernel.clock import local_date

if TYPE_CHECKING:
    from market.demo.town import Agenda, Town

PAY_DAYS = 30
LATE = 5  # one in so many is delivered late, or paid late
STAGES = 4  # of the later ones: started, delivered, accepted, paid
DAYS = 30  # where the notice left them to the contract


def signed(town: "Town", agenda: "Agenda", number: str, buyer: Buyer) -> None:
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
    contract = town.stage.do(
        service.register_contract,
        buyer.signatory,
        number=letter.number,
        signed=_as_signed(letter, local_date(town.stage.now)),
        received=_paper("合同.pdf"),
    )
    town.stage.do(service.confirm_contract, firm.actor, number=contract)
    _serve(town, agenda, contract, firm, letter)


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


def _serve(town: "Town", agenda: "Agenda", number: str, firm: Firm, letter: Letter) -> None:
    """The service begins two days later and is delivered in its days, or a little after."""
    today = local_date(town.stage.now)
    serial = int(number.split("-")[3])
    late = 3 if serial % LATE == 0 else -2
    ready = today + dt.timedelta(days=2 + (letter.service_days or DAYS) + late)

    def start() -> None:
        if contracts.matter(reading(CLOCK), number).started_on is None:
            day = local_date(town.stage.now)
            town.stage.do(service.start, firm.actor, number=number, started_on=day)

    def deliver() -> None:
        received = _paper("成果.pdf")
        town.stage.do(
            service.deliver, firm.actor, number=number, note="成果报告一份。", received=received
        )

    agenda.at(at(today + dt.timedelta(days=2), 9, 30), start)
    agenda.at(at(ready, 15), deliver)
