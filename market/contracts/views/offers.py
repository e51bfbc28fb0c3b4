"""What can be done with a matter, by which side, in which states: one table for the pages of the deeds
and for the buttons on the matter's page.
"""

from flask import current_app
from flask_babel import lazy_gettext as _l

from market.contracts import forms, queries, service, words
from market.contracts.queries import Matter
from market.contracts.rules.matter import (
    IN_SERVICE,
    PAYABLE,
    ContractState,
    PaymentState,
    Side,
)
from market.contracts.views.changing import CHANGING
from market.contracts.views.claiming import CLAIMING
from market.contracts.views.deed import Deed, Meant
from market.contracts.views.disputing import DISPUTING
from market.contracts.words import inspecting, money
from market.db import Work
from market.files import service as files
from market.kernel.actor import Actor
from market.kernel.errors import Invalid
from market.web.forms import Form
from market.web.shown import posted


def _owner(card: Matter, side: Side) -> bool:
    return side is Side.OWNER


def _agency(card: Matter, side: Side) -> bool:
    return side is Side.AGENCY


def _not_registrant(card: Matter, side: Side) -> bool:
    """Whichever did not register the contract."""
    return side is not card.registered_side


def _looked(form: forms.Look) -> Meant:
    if form.decision.data == words.CONFIRMED:
        return service.confirm_contract, {"shown": posted()}
    if not form.question.data:
        raise Invalid("contract.question_missing", field="question")
    return service.question_contract, {"question": form.question.data, "shown": posted()}


def _started(form: forms.Start) -> Meant:
    return service.start, {"started_on": form.started_on.data}


def _reported(form: forms.Report) -> Meant:
    return service.report, {"note": form.note.data, "submission_key": form.once.data}


def _delivered(form: forms.Deliver) -> Meant:
    upload = form.file.data
    received = files.receive(upload, current_app.instance_path) if upload else None
    given = {"note": form.note.data, "head": form.head.data or "", "received": received}
    return service.deliver, given


def _inspection(work: Work, card: Matter) -> type[Form]:
    return forms.inspection_of(queries.requirements_of(work, card.number), queries.met_before(card))


def _inspected(form: forms.Inspect) -> Meant:
    given = {"verdicts": form.verdicts(), "shown": posted()}
    if form.decision.data == inspecting.ACCEPTED:
        return service.accept_delivery, given
    return service.return_delivery, {**given, "items": form["items"].data or []}


def _paid(form: forms.Pay) -> Meant:
    return service.register_payment, {
        "amount_fen": form.amount.data,
        "paid_on": form.paid_on.data,
        "voucher": form.voucher.data,
        "submission_key": form.once.data,
    }


def _received(form: forms.Receive) -> Meant:
    came = form.decision.data == money.RECEIVED
    return service.confirm_receipt if came else service.deny_receipt, {"shown": posted()}


DEEDS = (
    Deed(
        name="check",
        may="contract.confirm",
        title=_l("核对合同"),
        done=_l("已提交核对结果。"),
        form=forms.Look,
        meant=_looked,
        whose=_not_registrant,
        states=frozenset({ContractState.PROPOSED}),
        sees=service.confirm_contract,
        hint=_l("请打开合同文件，逐项对照。确认后合同生效，顺序最终确定，不再递补。"),
    ),
    Deed(
        name="start",
        may="contract.work",
        title=_l("开始服务"),
        done=_l("已登记开始服务，服务期限从这一天起算。"),
        form=forms.Start,
        meant=_started,
        whose=_agency,
        states=frozenset({ContractState.NOT_STARTED}),
        hint=_l("业主应提供的资料收齐、可以开始工作的那一天，是开始日期。"),
    ),
    Deed(
        name="report",
        may="contract.work",
        title=_l("报告进展"),
        done=_l("进展已告知业主。"),
        form=forms.Report,
        meant=_reported,
        whose=_agency,
        states=IN_SERVICE,
    ),
    Deed(
        name="deliver",
        may="contract.work",
        title=_l("交付成果"),
        done=_l("成果已交付，等业主验收。"),
        form=forms.Deliver,
        meant=_delivered,
        whose=_agency,
        states=IN_SERVICE,
    ),
    Deed(
        name="inspect",
        may="contract.accept",
        title=_l("验收成果"),
        done=_l("已登记验收结论。"),
        form=forms.Inspect,
        shape=_inspection,
        meant=_inspected,
        whose=_owner,
        states=frozenset({ContractState.DELIVERED}),
        sees=service.accept_delivery,
        hint=_l("每一项要求都要有结论。退回的，请一次列全；验收通过的，付款期限从今天起算。"),
    ),
    Deed(
        name="pay",
        may="contract.pay",
        title=_l("登记付款"),
        done=_l("付款已登记，请机构核对。"),
        form=forms.Pay,
        meant=_paid,
        whose=_owner,
        states=PAYABLE,
    ),
    Deed(
        name="receipt",
        may="contract.receive",
        title=_l("核对付款"),
        done=_l("已登记核对结果。"),
        form=forms.Receive,
        meant=_received,
        whose=_agency,
        states=PAYABLE,
        sees=service.confirm_receipt,
        of_payment=True,
        hint=_l("请对照到账记录。表示没有收到的，业主的付款期限继续计算。"),
    ),
    *CLAIMING,
    *DISPUTING,
    *CHANGING,
)


def offered(actor: Actor, card: Matter) -> list[tuple[Deed, int | None]]:
    """What the reader may do with this matter now; of payments each that waits, with its number."""
    found: list[tuple[Deed, int | None]] = []
    for deed in DEEDS:
        if not deed.fits(actor, card) or (deed.name == "pay" and card.due_fen == 0):
            continue
        if not deed.of_payment:
            found.append((deed, None))
            continue
        waiting = [one for one in card.payments if one.state is PaymentState.REGISTERED]
        found += [(deed, one.no) for one in waiting]
    return found
