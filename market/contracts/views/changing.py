"""The deeds by which both sides change a contract, or one ends it."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l

from market.contracts import forms, service, words
from market.contracts.queries import Matter
from market.contracts.rules.change import ENDABLE, STATES, Asked, Change, ChangeState
from market.contracts.rules.matter import BINDING, Side
from market.contracts.views.deed import Deed, Meant
from market.web.forms import Form
from market.web.shown import posted


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
    """Who asked for the change that waits for the other, or for the owner's second signature."""
    return card.change is not None and side is card.change.by


def _changing(change: Change) -> Callable[[Form], Meant]:
    """The use case of asking for a change of this kind."""

    def meant(form: Form) -> Meant:
        amount = getattr(form, "amount", None)
        days = getattr(form, "days", None)
        approval = getattr(form, "approval", None)
        person = getattr(form, "person", None)
        asked = Asked(
            change=change,
            reason=form.reason.data,
            statement=form.statement.data,
            days=days.data if days else None,
            amount_fen=amount.data if amount else None,
            approval=(approval.data or "") if approval else "",
            person=person.data if person else "",
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
        hint=_l(
            "请核对变更的内容和原因。同意的立即生效；变更合计超过原合同金额百分之十的，同意后由业主另一人会签才生效。不同意的，合同照原样履行。"
        ),
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
        Change.SCOPE,
        forms.AskChange,
        _l(
            "把变更的服务内容写清楚，对方同意后以此为准；不得背离选取公告的实质内容。金额、期限有变化的，另行提出。"
        ),
    ),
    _ask(
        Change.PERSON,
        forms.Lead,
        _l("对方同意后生效。新的项目负责人应当具备公告要求的执业条件。"),
    ),
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
