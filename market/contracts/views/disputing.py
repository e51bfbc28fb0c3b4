"""The deeds about a part of the money that is disputed."""

from flask_babel import lazy_gettext as _l

from market.contracts import forms, service
from market.contracts.queries import Matter
from market.contracts.rules.disputing import Dispute
from market.contracts.rules.matter import ContractState, Side
from market.contracts.views.deed import Deed, Meant
from market.web.shown import posted

STATES = frozenset({ContractState.ACCEPTED})


def _disputed(form: forms.Disputed) -> Meant:
    said = Dispute(
        amount_fen=form.amount.data or 0,
        ground=form.ground.data,
        statement=form.statement.data or "",
    )
    return service.dispute, {"disputed": said, "submission_key": form.once.data}


def _dropped(form: forms.DropDispute) -> Meant:
    return service.drop_dispute, {"shown": posted()}


def _allowed(form: forms.AllowDispute) -> Meant:
    return service.allow_dispute, {"shown": posted()}


def _may_dispute(card: Matter, side: Side) -> bool:
    return side is Side.OWNER and card.due_fen > 0 and card.disputed_fen == 0


DISPUTING = (
    Deed(
        name="dispute",
        may="contract.dispute",
        title=_l("对一部分金额提出争议"),
        done=_l("争议已登记并告知机构；没有争议的部分照期支付。"),
        form=forms.Disputed,
        meant=_disputed,
        whose=_may_dispute,
        states=STATES,
        hint=_l(
            "负责人变更、内部付款流程、合同没有约定的审计，都不是拒付或者迟延付款的理由"
            "（《保障中小企业款项支付条例》第十二条、第十四条）。"
        ),
    ),
    Deed(
        name="undispute",
        may="contract.dispute",
        title=_l("撤回付款争议"),
        done=_l("争议已撤回，付款期限继续计算。"),
        form=forms.DropDispute,
        meant=_dropped,
        whose=lambda card, side: side is Side.OWNER and card.disputed_fen > 0,
        states=STATES,
        sees=service.drop_dispute,
    ),
    Deed(
        name="allow",
        may="contract.allow",
        title=_l("同意争议部分不再支付"),
        done=_l("已登记；其余付清后合同办结。"),
        form=forms.AllowDispute,
        meant=_allowed,
        whose=lambda card, side: side is Side.AGENCY and card.disputed_fen > 0,
        states=STATES,
        sees=service.allow_dispute,
        hint=_l("不同意的不必答复：争议部分等待双方商定、仲裁或者判决，其余照期支付。"),
    ),
)
