"""What can be done with a matter, by which side, in which states: one table for the pages of the deeds
and for the buttons on the matter's page.
"""

import dataclasses
from collections.abc import Callable, Mapping

from flask import current_app
from flask_babel import lazy_gettext as _l

from market.contracts import forms, service, words
from market.contracts.permissions import MAY
from market.contracts.queries import Matter, side_of
from market.contracts.rules.change import ENDABLE, STATES, Asked, Change, ChangeState
from market.contracts.rules.matter import (
    BINDING,
    IN_SERVICE,
    PAYABLE,
    ContractState,
    PaymentState,
    Side,
)
from market.files import service as files
from market.kernel.actor import Actor
from market.kernel.errors import Invalid
from market.kernel.permits import holds
from market.web.forms import Form
from market.web.shown import posted

Act = Callable[..., object]
Meant = tuple[Act, Mapping[str, object]]
"""A use case, and its arguments besides the number."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that can be done: `meant` reads from the form which use case it is. `whose` says whether
    it is a side's turn. `sees` is that whose token the form carries, None where nothing is signed.
    `change` is what a deed asks to be changed.
    """

    name: str
    may: str
    title: object
    done: object
    form: type[Form]
    meant: Callable[[Form], Meant]
    whose: Callable[[Matter, Side], bool]
    states: frozenset[ContractState]
    sees: Act | None = None
    of_payment: bool = False
    hint: object = ""
    change: Change | None = None

    def fits(self, actor: Actor, card: Matter, no: int | None = None) -> bool:
        """Whether the reader may do it with this matter now; `no` is a payment's."""
        if no is not None and no not in [each.no for each in card.payments]:
            return False
        side = side_of(card, actor.organisation_id)
        return (
            side is not None
            and self.whose(card, side)
            and card.state in self.states
            and holds(actor, MAY[self.may])
        )


def _owner(card: Matter, side: Side) -> bool:
    return side is Side.OWNER


def _agency(card: Matter, side: Side) -> bool:
    return side is Side.AGENCY


def _not_registrant(card: Matter, side: Side) -> bool:
    """Whichever did not register the contract."""
    return side is not card.registered_side


def _either(card: Matter, side: Side) -> bool:
    """Both, while no change waits."""
    return card.change is None


def _answers(card: Matter, side: Side) -> bool:
    """Who is asked for a change; above the cap the owner once more."""
    if card.change is None:
        return False
    if card.change.state is ChangeState.SECOND:
        return side is Side.OWNER
    return side is not card.change.by


def _speaks(card: Matter, side: Side) -> bool:
    """Who may take an end by the other side, or object to it."""
    return _answers(card, side) and card.change is not None and card.change.change is Change.CANCEL


def _answers_other(card: Matter, side: Side) -> bool:
    """Who is asked for a change that is not an end by the other side."""
    return _answers(card, side) and not _speaks(card, side)


def _asked(card: Matter, side: Side) -> bool:
    """Who asked for the change that waits for the other."""
    waits = card.change is not None and card.change.state is ChangeState.ASKED
    return waits and card.change is not None and side is card.change.by


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


def _changing(change: Change) -> Callable[[Form], Meant]:
    """The use case of asking for a change of this kind."""

    def meant(form: Form) -> Meant:
        amount = getattr(form, "amount", None)
        days = getattr(form, "days", None)
        approval = getattr(form, "approval", None)
        asked = Asked(
            change=change,
            reason=form.reason.data,
            statement=form.statement.data,
            days=days.data if days else None,
            amount_fen=amount.data if amount else None,
            approval=(approval.data or "") if approval else "",
        )
        return service.ask_change, {"asked": asked}

    return meant


def _answered(form: forms.AnswerChange) -> Meant:
    agrees = form.decision.data == words.AGREED
    return service.agree_change if agrees else service.refuse_change, {"shown": posted()}


def _spoken(form: forms.AnswerCancel) -> Meant:
    if form.decision.data == words.AGREED:
        return service.agree_change, {"shown": posted()}
    return service.refuse_change, {"shown": posted(), "objection": form.objection.data or ""}


def _withdrawn(form: forms.Plain) -> Meant:
    return service.withdraw_change, {}


def _ask(change: Change, form: type[forms.AskChange], hint: object) -> Deed:
    """The deed that asks for one kind of change."""
    return Deed(
        name=change.value,
        may="contract.change",
        title=words.CHANGES[change],
        done=_l("已提交。需要对方同意的，等对方答复后生效。"),
        form=form,
        meant=_changing(change),
        whose=_either,
        states=STATES[change],
        hint=hint,
        change=change,
    )


CHANGING = (
    Deed(
        name="answer",
        may="contract.change",
        title=_l("答复合同变更"),
        done=_l("已登记答复。"),
        form=forms.AnswerChange,
        meant=_answered,
        whose=_answers_other,
        states=BINDING,
        sees=service.agree_change,
        hint=_l("请核对变更的内容和原因。同意的立即生效；不同意的，合同照原样履行。"),
    ),
    Deed(
        name="speak",
        may="contract.change",
        title=_l("对解除合同提出意见"),
        done=_l("意见已记录，合同解除。"),
        form=forms.AnswerCancel,
        meant=_spoken,
        whose=_speaks,
        states=ENDABLE,
        sees=service.agree_change,
        hint=_l("期满没有答复的，合同也解除。结算金额同意的按此付款；不同意的，双方另行商定。"),
    ),
    Deed(
        name="withdraw",
        may="contract.change",
        title=_l("撤回合同变更"),
        done=_l("已撤回。"),
        form=forms.Plain,
        meant=_withdrawn,
        whose=_asked,
        states=BINDING,
    ),
    _ask(Change.EXTEND, forms.Extend, _l("到期之前提出；对方没有答复的，不视为同意。")),
    _ask(Change.AMOUNT, forms.Reprice, _l("变更合计超过原合同金额百分之十的，业主由另一人会签。")),
    _ask(
        Change.STOP,
        forms.AskChange,
        _l("业主提出的立即生效；机构提出的，业主同意后生效。暂停期间不计期限。"),
    ),
    _ask(Change.RESUME, forms.AskChange, _l("立即生效，期限从停下的地方继续计算。")),
    _ask(
        Change.END,
        forms.EndContract,
        _l("双方同意后终止，按商定的金额结算。有争议的，可以依法仲裁或者诉讼。"),
    ),
    _ask(
        Change.CANCEL,
        forms.EndContract,
        _l(
            "对方可以在答复期限内说明意见，之后合同解除，不以对方同意为条件。解除不当的，由法院或者仲裁机构认定。"
        ),
    ),
    _ask(
        Change.SETTLE,
        forms.Settle,
        _l(
            "对方同意后按这个金额付款。不能商定的，可以依法申请仲裁或者提起诉讼，有结果后在这里登记。"
        ),
    ),
)
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
        meant=_inspected,
        whose=_owner,
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
    *CHANGING,
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
