"""What can be done with a matter, by which side, in which states: one table for the pages of the deeds
and for the buttons on the matter's page.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from market.contracts import forms, service, words
from market.contracts.permissions import MAY
from market.contracts.queries import Matter, side_of
from market.contracts.rules.matter import IN_SERVICE, ContractState, PaymentState, Side
from market.files import service as files
from market.kernel.actor import Actor
from market.kernel.errors import Invalid
from market.kernel.permits import holds
from market.web.forms import Form
from market.web.shown import posted

Act = Callable[..., Any]
Meant = tuple[Act, Mapping[str, Any]]
"""A use case, and its arguments besides the number."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that can be done: `meant` reads from the form which use case it is. `sees` is that
    whose token the form carries, None where nothing is signed.
    """

    name: str
    may: str
    title: object
    done: object
    form: type[Form]
    meant: Callable[[Any], Meant]
    side: Side | None  # None: whichever did not register the contract
    states: frozenset[ContractState]
    sees: Act | None = None
    of_payment: bool = False
    hint: object = ""

    def fits(self, actor: Actor, card: Matter, no: int | None = None) -> bool:
        """Whether the reader may do it with this matter now; `no` is a payment's."""
        if no is not None and no not in [each.no for each in card.payments]:
            return False
        side = side_of(card, actor.organisation_id)
        awaited = Side.AGENCY if card.registered_side is Side.OWNER else Side.OWNER
        return (
            side is not None
            and side is (self.side or awaited)
            and card.state in self.states
            and holds(actor, MAY[self.may])
        )


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
    return service.deliver, {"note": form.note.data, "received": received}


def _inspected(form: forms.Inspect) -> Meant:
    if form.decision.data == words.ACCEPTED:
        return service.accept_delivery, {"shown": posted()}
    return service.return_delivery, {"items": form.items.data or [], "shown": posted()}


def _paid(form: forms.Pay) -> Meant:
    return service.register_payment, {
        "amount_fen": form.amount.data,
        "paid_on": form.paid_on.data,
        "voucher": form.voucher.data,
        "submission_key": form.once.data,
    }


def _received(form: forms.Receive) -> Meant:
    came = form.decision.data == words.RECEIVED
    return service.confirm_receipt if came else service.deny_receipt, {"shown": posted()}


DEEDS = (
    Deed(
        name="check",
        may="contract.confirm",
        title=_l("核对合同"),
        done=_l("已提交核对结果。"),
        form=forms.Look,
        meant=_looked,
        side=None,
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
        side=Side.AGENCY,
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
        side=Side.AGENCY,
        states=IN_SERVICE,
    ),
    Deed(
        name="deliver",
        may="contract.work",
        title=_l("交付成果"),
        done=_l("成果已交付，等业主验收。"),
        form=forms.Deliver,
        meant=_delivered,
        side=Side.AGENCY,
        states=IN_SERVICE,
    ),
    Deed(
        name="inspect",
        may="contract.accept",
        title=_l("验收成果"),
        done=_l("已登记验收结论。"),
        form=forms.Inspect,
        meant=_inspected,
        side=Side.OWNER,
        states=frozenset({ContractState.DELIVERED}),
        sees=service.accept_delivery,
        hint=_l("退回的，请把需要修改的内容一次列全；验收通过的，付款期限从今天起算。"),
    ),
    Deed(
        name="pay",
        may="contract.pay",
        title=_l("登记付款"),
        done=_l("付款已登记，请机构核对。"),
        form=forms.Pay,
        meant=_paid,
        side=Side.OWNER,
        states=frozenset({ContractState.ACCEPTED}),
    ),
    Deed(
        name="receipt",
        may="contract.receive",
        title=_l("核对付款"),
        done=_l("已登记核对结果。"),
        form=forms.Receive,
        meant=_received,
        side=Side.AGENCY,
        states=frozenset({ContractState.ACCEPTED}),
        sees=service.confirm_receipt,
        of_payment=True,
        hint=_l("请对照到账记录。表示没有收到的，业主的付款期限继续计算。"),
    ),
)


def offered(actor: Actor, card: Matter) -> list[tuple[Deed, int | None]]:
    """What the reader may do with this matter now; of payments each that waits, with its number."""
    found: list[tuple[Deed, int | None]] = []
    for deed in DEEDS:
        if not deed.fits(actor, card) or (deed.name == "pay" and card.left_fen == 0):
            continue
        if not deed.of_payment:
            found.append((deed, None))
            continue
        waiting = [one for one in card.payments if one.state is PaymentState.REGISTERED]
        found += [(deed, one.no) for one in waiting]
    return found
