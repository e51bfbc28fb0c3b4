"""What follows the letters of the demo town: contracts of both sides, services at every stage, payments."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask import current_app

from market.accounts import queries as accounts
from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.contracts import service
from market.contracts.queries import Letter
from market.contracts.rules import SIGNABLE
from market.contracts.rules.books import BookLine
from market.contracts.rules.change import Asked, Change, Reason
from market.contracts.rules.disputing import Dispute, Ground
from market.contracts.rules.inspecting import Judged, Verdict
from market.contracts.rules.matter import ContractState, Signed
from market.contracts.rules.unsigned import Fault, Found, UnsignedState
from market.db import reading
from market.demo import voices
from market.demo.people import Buyer, Firm, Scan
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.files import service as files
from market.files.service import Received
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import local_date
from market.reputation import queries as reputation
from market.reputation import service as reputations
from market.reputation.rules import CreditState

NEITHER = Found(
    fault=Fault.NEITHER,
    reasons="业主更换印章、机构变更开户银行，双方都在办理手续，没有推迟签约的意思。",
    basis="《中选通知书》第三条，双方提交的变更登记材料。",
)
PAY_DAYS = 30
UNSIGNED = 12  # one in so many letters is signed after its days, once both sides are asked why
FOUND = 36  # one in so many not at all: the body finds whose fault that is
UNREPORTED = 45  # one in so many services is never reported on
AGAIN = dt.timedelta(days=7)  # until one looks again whether a letter is there, or a finding due
AT_LAST = dt.timedelta(days=18)  # behind the tenth working day after a letter
LOOKS = 12
REPORTED = dt.timedelta(days=24)  # within 20 working days
LATE = 5  # one in so many is delivered late, and paid late
INSPECTED = dt.timedelta(days=5)  # after the delivery
PAID = dt.timedelta(days=12)  # after the acceptance, where nobody is late
RECEIVED = dt.timedelta(days=2)  # after the payment
DISPUTED = 13  # of one in so many a part is disputed
UNBOOKED = 11  # one in so many is paid, and registered only when the finance office says so
ENDED = 17  # one in so many is ended by its owner
BOOKED = dt.timedelta(days=2)  # after the payment, and until it is registered
ASKED = dt.timedelta(days=8)  # after the acceptance, where the owner pays late
RECORDED = dt.timedelta(days=18)
DEMANDED = dt.timedelta(days=PAY_DAYS + 4)
CANCELLED = Asked(
    change=Change.CANCEL,
    reason=Reason.AGENCY_FAULT,
    statement="超过约定期限仍未交付，两次催告后没有改正，本单位另行安排。",
    amount_fen=0,
)
OBJECTION = "外业已经完成一半，延误是连续降雨所致，不同意按零结算。"
DAYS = 30  # where the notice left them to the contract


def signed(town: Town, agenda: Agenda, number: str, buyer: Buyer, looks: int = LOOKS) -> None:
    """Owner and agency register the contract, once a letter went out and nothing is open; the
    service follows. Some sign after their days, for some the body finds why nobody does.
    """
    letters = contracts.of_notice(reading(CLOCK), number)
    may_sign = letters and letters[-1].state in SIGNABLE
    if not may_sign or complaints.holding(reading(CLOCK), number):
        if looks:
            again = partial(signed, town, agenda, number, buyer, looks - 1)
            agenda.at(town.stage.now + AGAIN, again)
        return
    letter = letters[-1]
    ordinal = int(number.split("-")[3])
    is_in_time = town.stage.now < at(local_date(letter.issued_at) + AT_LAST, 10)
    if ordinal % UNSIGNED == 0 and is_in_time:
        agenda.at(
            town.stage.now + AT_LAST,
            partial(found if ordinal % FOUND == 0 else signed, town, agenda, number, buyer),
        )
        return
    _sign(town, agenda, letter, buyer)


def found(town: Town, agenda: Agenda, number: str, buyer: Buyer, looks: int = LOOKS) -> None:
    """The body that has a letter nobody signs finds, by two of its people, that neither side is at
    fault, the first time; both sign in the days that they get.
    """
    letter = contracts.of_notice(reading(CLOCK), number)[-1]
    case = contracts.procedure(reading(buyer.signatory), letter.number)
    cast = town.cast
    finders = {
        cast.bodies["自然资源局"]: (cast.staff["regulator"], cast.staff["regulator-head"]),
        cast.bodies["authority"]: (cast.staff["authority-officer"], cast.staff["authority-head"]),
    }
    if case is None or case.state is not UnsignedState.FINDING or case.body_id not in finders:
        if looks:
            again = partial(found, town, agenda, number, buyer, looks - 1)
            agenda.at(town.stage.now + AGAIN, again)
        return
    officer, head = finders[case.body_id]
    town.stage.do(service.propose_fault, officer, number=letter.number, found=NEITHER)
    town.stage.do(service.sign_fault, head, number=letter.number)
    agenda.at(town.stage.now + AGAIN, partial(_sign, town, agenda, letter, buyer))


def _sign(town: Town, agenda: Agenda, letter: Letter, buyer: Buyer) -> None:
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
        is_sme=True,
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
    def sequence(self) -> int:
        """The number within its year, which says what becomes of the matter."""
        return int(self.number.split("-")[3])

    @property
    def is_late(self) -> bool:
        """Whether this is one that is delivered and paid after its days."""
        return self.sequence % LATE == 0

    def arrange(self) -> None:
        """The service begins two days after the contract, and is delivered in its days or a little
        after; what its owner ends was not delivered in them.
        """
        today = local_date(self.town.stage.now)
        is_ended = self.sequence % ENDED == 0
        days = (self.letter.service_days or DAYS) + (3 if self.is_late or is_ended else -2)
        self.agenda.at(at(today + dt.timedelta(days=2), 9, 30), self.start)
        self.agenda.at(at(today + dt.timedelta(days=2 + days), 15), self.deliver)

    def start(self) -> None:
        if contracts.matter(reading(CLOCK), self.number).started_on is None:
            self._do(service.start, self.firm.actor, started_on=local_date(self.town.stage.now))

        if self.sequence % UNREPORTED:
            self.agenda.at(self.town.stage.now + REPORTED, self.report)

    def report(self) -> None:
        """How far it is, as often as the rules ask while it goes on."""
        matter = contracts.matter(reading(CLOCK), self.number)
        if matter.state is ContractState.RUNNING:
            self._do(service.report, self.firm.actor, note="按合同约定推进，现场工作正常。")
            self.agenda.at(self.town.stage.now + REPORTED, self.report)

    def deliver(self) -> None:
        if self.sequence % ENDED == 0:
            self.end()
            return
        paper = _paper("成果.pdf")
        self._do(service.deliver, self.firm.actor, note="成果报告一份。", received=paper)
        self.agenda.at(self.town.stage.now + INSPECTED, self.accept)
        if self.is_late:
            self.agenda.at(self.town.stage.now + RECORDED, self.record)

    def record(self) -> None:
        """What the system found of the late delivery is decided once the agency was heard."""
        body = self.town.cast.bodies["自然资源局"]
        organisation = self.letter.agency_organisation_id
        for each in reputation.of_party(reading(CLOCK), organisation, CreditState.PROPOSED):
            if each.matter == self.letter.notice_number and each.body_id == body:
                self.town.stage.do(
                    reputations.confirm,
                    self.town.cast.staff["regulator-head"],
                    number=each.number,
                    reason="交付时间以平台登记为准，机构没有异议。",
                )

    def accept(self) -> None:
        matter = contracts.matter(reading(CLOCK), self.number)
        asked = contracts.requirements_of(reading(CLOCK), self.number)
        if self.is_late and len(matter.deliveries) == 1:
            self.send_back(asked)
            return
        met = [Judged(Verdict.MET)] * len(asked)
        self._do(service.accept_delivery, self.buyer.acceptor, verdicts=met)
        wait = dt.timedelta(days=PAY_DAYS + 6) if self.is_late else PAID
        self.agenda.at(self.town.stage.now + wait, self.pay)
        if self.sequence % DISPUTED == 0:
            self.agenda.at(self.town.stage.now + dt.timedelta(days=3), self.dispute)
        if self.is_late:
            self.agenda.at(self.town.stage.now + ASKED, self.claim)
            self.agenda.at(self.town.stage.now + DEMANDED, self.demand)
        voices.evaluate(
            self.town, self.agenda, self.number, self.firm, self.buyer, is_late=self.is_late
        )

    def send_back(self, asked: Sequence[str]) -> None:
        """What came late also lacks something: one requirement is not met, and the next version meets it."""
        unmet = Judged(Verdict.UNMET, "附表 2 缺少复核人签字，请补齐后再次交付。")
        self._do(
            service.return_delivery,
            self.buyer.acceptor,
            verdicts=[unmet, *[Judged(Verdict.MET)] * (len(asked) - 1)],
            items=[],
        )
        paper = _paper("成果-第二版.pdf")
        again = partial(
            self._do, service.deliver, self.firm.actor, note="已按清单补齐。", received=paper
        )
        self.agenda.at(self.town.stage.now + dt.timedelta(days=1), again)
        self.agenda.at(self.town.stage.now + dt.timedelta(days=2), self.accept)

    def dispute(self) -> None:
        """A tenth is disputed; in the end the agency agrees that it is not owed."""
        disputed = Dispute(
            amount_fen=self.letter.amount_fen // 10,
            ground=Ground.QUANTITY,
            statement="实际测量面积比合同少一成，这一部分不应计费。",
        )
        self._do(service.dispute, self.buyer.signatory, disputed=disputed)
        allow = partial(self._do, service.allow_dispute, self.firm.actor)
        self.agenda.at(self.town.stage.now + dt.timedelta(days=30), allow)

    def pay(self) -> None:
        today = local_date(self.town.stage.now)
        due_fen = contracts.matter(reading(CLOCK), self.number).due_fen
        voucher = f"HK{today:%Y%m%d}{self.number[-5:]}"
        paid = {"amount_fen": due_fen, "paid_on": today, "voucher": voucher}
        if self.sequence % UNBOOKED:
            self.register(paid)
            return
        self.agenda.at(self.town.stage.now + BOOKED, partial(self.book, due_fen, today, voucher))
        self.agenda.at(self.town.stage.now + 2 * BOOKED, partial(self.register, paid))

    def book(self, amount_fen: int, paid_on: dt.date, voucher: str) -> None:
        """The finance office's payments of those days have it before the owner has registered it."""
        payer = accounts.organisation(reading(CLOCK), self.letter.owner_organisation_id)
        payee = accounts.organisation(reading(CLOCK), self.letter.agency_organisation_id)
        line = BookLine(
            no=2,
            award=self.letter.number,
            paid_on=paid_on,
            amount_fen=amount_fen,
            payer_uscc=payer.uscc or "",
            payer_name=payer.name,
            payee_uscc=payee.uscc or "",
            payee_name=payee.name,
            voucher=voucher,
            purpose="技术服务费",
        )
        self.town.stage.do(
            service.import_books,
            self.town.cast.staff["finance"],
            lines=[line],
            covers_from=paid_on,
            covers_to=paid_on,
            sha256=line.identity,
        )

    def register(self, paid: Mapping[str, object]) -> None:
        self._do(service.register_payment, self.buyer.signatory, **paid)
        self.agenda.at(self.town.stage.now + RECEIVED, self.confirm)

    def confirm(self) -> None:
        self._do(service.confirm_receipt, self.firm.actor, no=1)

    def claim(self) -> None:
        """The agency needs a loan; the owner confirms what it owes two days later."""
        self._do(service.ask_claim, self.firm.actor)
        confirm = partial(self._do, service.answer_claim, self.buyer.signatory, is_confirmed=True)
        self.agenda.at(self.town.stage.now + dt.timedelta(days=2), confirm)

    def demand(self) -> None:
        """What is not paid after its days is demanded."""
        if contracts.matter(reading(CLOCK), self.number).is_late:
            self._do(service.demand, self.firm.actor)

    def end(self) -> None:
        """The owner ends the contract; the agency objects, and both agree on what was done."""
        self._do(service.ask_change, self.buyer.signatory, asked=CANCELLED)
        self.agenda.at(self.town.stage.now + dt.timedelta(days=1), self.objected)

    def objected(self) -> None:
        self._do(service.refuse_change, self.firm.actor, objection=OBJECTION)
        self.agenda.at(self.town.stage.now + dt.timedelta(days=9), self.settle)

    def settle(self) -> None:
        asked = Asked(
            change=Change.SETTLE,
            reason=Reason.AGREED,
            statement="外业已完成一半，双方核对工作量后商定。",
            amount_fen=self.letter.amount_fen // 2,
        )
        self._do(service.ask_change, self.firm.actor, asked=asked)
        agree = partial(self._do, service.agree_change, self.buyer.signatory)
        self.agenda.at(self.town.stage.now + dt.timedelta(days=2), agree)

    def _do(self, act: Callable[..., object], who: Actor, **given: object) -> None:
        self.town.stage.do(act, who, number=self.number, **given)
