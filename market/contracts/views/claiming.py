"""The deeds by which an agency asks for money that is owed, and the owner's answer."""

from flask_babel import lazy_gettext as _l

from market.contracts import forms, service
from market.contracts.queries import Matter
from market.contracts.rules.matter import PAYABLE, Side
from market.contracts.views.deed import Deed, Meant
from market.contracts.words import money
from market.web.shown import posted


def _owed(form: forms.AnswerClaim) -> Meant:
    is_confirmed = form.decision.data == money.OWED
    given = {"is_confirmed": is_confirmed, "reasons": form.reasons.data or "", "shown": posted()}
    return service.answer_claim, given


def _claimed(form: forms.ClaimOnce) -> Meant:
    return service.ask_claim, {"submission_key": form.once.data, "shown": posted()}


def _demanded(form: forms.ClaimOnce) -> Meant:
    return service.demand, {"submission_key": form.once.data, "shown": posted()}


def _may_claim(card: Matter, side: Side) -> bool:
    """The agency, while something is unpaid and no question waits."""
    return side is Side.AGENCY and card.due_fen > 0 and not card.asks_for_claim


CLAIMING = (
    Deed(
        name="acknowledge",
        may="contract.claim_answer",
        title=_l("确认应收账款"),
        done=_l("已答复机构。"),
        form=forms.AnswerClaim,
        meant=_owed,
        whose=lambda card, side: side is Side.OWNER and card.asks_for_claim,
        states=PAYABLE,
        sees=service.answer_claim,
        hint=_l(
            "机构用于融资。收到之日起 30 日内答复（《保障中小企业款项支付条例》第十六条），不因此改变付款义务。"
        ),
    ),
    Deed(
        name="claim",
        may="contract.claim",
        title=_l("请业主确认应收账款"),
        done=_l("已请业主确认，业主应在 30 日内答复。"),
        form=forms.ClaimOnce,
        meant=_claimed,
        whose=_may_claim,
        states=PAYABLE,
        sees=service.ask_claim,
        hint=_l("用于融资。业主确认后，可以下载带二维码的确认书，银行可以扫码核验。"),
    ),
    Deed(
        name="demand",
        may="contract.claim",
        title=_l("发出催款函"),
        done=_l("催款函已发给业主，可以下载留存。"),
        form=forms.ClaimOnce,
        meant=_demanded,
        whose=lambda card, side: side is Side.AGENCY and card.due_fen > 0 and card.is_late,
        states=PAYABLE,
        sees=service.demand,
        hint=_l(
            "以贵机构名义发给业主，写明未付金额、逾期天数和依法计算的逾期利息。平台的付款提醒不受影响。"
        ),
    ),
)
