"""What may be done with a complaint, as one table: pages, buttons and permissions are all made of
it.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from market.complaints import forms, service
from market.complaints.permissions import MAY
from market.complaints.queries import Card, Part, Relation
from market.complaints.rules import HANDLED, Channel, ProposalState, Remedy, State
from market.kernel.actor import Actor
from market.kernel.permits import holds
from market.web.forms import Form

Values = Callable[[Any], Mapping[str, Any]]
S = State
R = Relation
P = Part
PARTIES = frozenset({R.COMPLAINANT, R.RESPONDENT})


def plain(form: Form) -> Mapping[str, Any]:
    """A form's fields as the service's arguments of the same names; an empty text is "" ."""
    return {
        field.short_name: "" if field.data is None else field.data
        for field in form
        if field.short_name != "csrf_token"
    }


def decided(form: forms.Decide) -> Mapping[str, Any]:
    """The proposal of a decision."""
    return {
        "outcome": form.outcome.data,
        "reasons": form.reasons.data,
        "legal_basis": form.legal_basis.data,
        "remedy_note": form.remedy_note.data,
        "is_fabricated": form.fabricated.data,
        "texts": form.said(),
        "remedies": {
            remedy: (form.agency_ref.data or "").strip().upper()
            if remedy is Remedy.DISQUALIFY
            else ""
            for remedy in form.remedies.data or ()
        },
    }


@dataclasses.dataclass(frozen=True)
class Deed:
    """One thing that can be done. It is offered to those `relations` in those `states` who hold the
    action `may`, when `fits` the complaint; of the bodies' people to those who have one of the
    `parts`. The service asks all of it again.
    """

    name: str
    may: str
    title: object
    done: object
    form: type[Form]
    act: Callable[..., object]
    states: frozenset[State]
    relations: frozenset[Relation] = frozenset({R.BODY})
    parts: frozenset[Part] = frozenset({P.LEAD})
    values: Values = plain
    fits: Callable[[Card], bool] = lambda card: True
    template: str = "complaints/deed.html"
    button: object = None  # what the button says, when it is not the title

    def is_his(self, card: Card) -> bool:
        """Whether it is this reader's to do, at one time or another."""
        return card.relation in self.relations and (
            card.relation in PARTIES or not self.parts.isdisjoint(card.parts)
        )

    def is_offered(self, card: Card, actor: Actor) -> bool:
        return (
            self.is_his(card)
            and card.state in self.states
            and holds(actor, MAY[self.may])
            and self.fits(card)
        )


def among(*states: State) -> frozenset[State]:
    return frozenset(states)


def having(*parts: Part) -> frozenset[Part]:
    return frozenset(parts)


def unruled(card: Card) -> bool:
    """The acceptance decision is owed and nothing waits for a signature."""
    return card.accepted_at is None and not has_waiting(card)


def undecided(card: Card) -> bool:
    """The decision is owed and nothing waits for a signature."""
    return card.accepted_at is not None and not has_waiting(card)


def has_waiting(card: Card) -> bool:
    return card.dossier is not None and any(
        ruling.state is ProposalState.PROPOSED for ruling in card.dossier.rulings
    )


def is_registered(card: Card) -> bool:
    """Whether staff registered it: its complainant has no account, so the body enters what he says."""
    return card.content is not None and card.content.channel is not Channel.ONLINE


def is_capped(card: Card) -> bool:
    return any(due.kind == "complaint.hold_cap" and due.state == "open" for due in card.windows)


TO_SIGN = _l("提交审签")
OWN = frozenset({R.COMPLAINANT})
RULING = among(S.FILED, S.ESCALATED)
DECIDING = among(S.ACCEPTED, S.ESCALATED)
DEEDS = (
    Deed(
        "complete",
        "complaint.mine",
        _l("补充材料"),
        _l("已补充，受理期限继续计算。"),
        forms.Complete,
        service.complete,
        among(S.COMPLETING),
        frozenset({R.COMPLAINANT, R.BODY}),
        having(P.OFFICER),
        fits=lambda card: card.relation is R.COMPLAINANT or is_registered(card),
    ),
    Deed(
        "answer",
        "complaint.answer",
        _l("答复投诉"),
        _l("答复已送达承办单位。"),
        forms.Answer,
        service.answer,
        HANDLED,
        frozenset({R.RESPONDENT}),
        fits=lambda card: card.answered_at is None,
    ),
    Deed(
        "take-in",
        "complaint.handle",
        _l("接收转交"),
        _l("已接收，期限连续计算。"),
        Form,
        service.take_in,
        among(S.TRANSFERRED),
        values=lambda form: {},
    ),
    Deed(
        "take-up",
        "complaint.handle",
        _l("由我承办"),
        _l("您是这件投诉的承办人。"),
        Form,
        service.take_up,
        HANDLED,
        values=lambda form: {},
        fits=lambda card: card.dossier is not None and card.dossier.handler is None,
    ),
    Deed(
        "accept",
        "complaint.handle",
        _l("拟受理"),
        _l("已提交审签。"),
        forms.Accept,
        service.propose_acceptance,
        RULING,
        fits=unruled,
        button=TO_SIGN,
    ),
    Deed(
        "not-accept",
        "complaint.handle",
        _l("拟不予受理"),
        _l("已提交审签。"),
        forms.NotAccept,
        service.propose_non_acceptance,
        RULING,
        fits=unruled,
        button=TO_SIGN,
    ),
    Deed(
        "ask-completion",
        "complaint.handle",
        _l("一次性告知补充材料"),
        _l("已通知投诉人，受理期限暂停。"),
        forms.Ask,
        service.ask_completion,
        among(S.FILED),
        fits=lambda card: card.completion_asked_at is None and not card.is_past_due,
    ),
    Deed(
        "transfer",
        "complaint.handle",
        _l("转交有权处理的单位"),
        _l("已转交，期限连续计算。"),
        forms.ToBody,
        service.transfer,
        among(S.FILED),
    ),
    Deed(
        "ask-answer",
        "complaint.handle",
        _l("通知被投诉人答复"),
        _l("已通知被投诉人答复。"),
        forms.AskAnswer,
        service.ask_answer,
        DECIDING,
        fits=lambda card: card.accepted_at is not None and card.answer_asked_at is None,
    ),
    Deed(
        "join",
        "complaint.handle",
        _l("邀请联合办理"),
        _l("已邀请。"),
        forms.OtherBody,
        service.join,
        DECIDING,
        fits=lambda card: card.accepted_at is not None,
        template="complaints/join.html",
    ),
    Deed(
        "opinion",
        "complaint.handle",
        _l("填写联合办理意见"),
        _l("意见已提交牵头单位。"),
        forms.Opinion,
        service.give_opinion,
        HANDLED,
        parts=having(P.ASKED),
    ),
    Deed(
        "pause",
        "complaint.handle",
        _l("因鉴定停止计时"),
        _l("计时已暂停。"),
        forms.Note,
        service.pause,
        among(S.ACCEPTED),
        values=lambda form: {"reason": form.note.data},
        fits=lambda card: (
            card.dossier is not None and card.dossier.may_stop and not card.is_past_due
        ),
    ),
    Deed(
        "resume",
        "complaint.handle",
        _l("鉴定结束，恢复计时"),
        _l("计时已恢复。"),
        Form,
        service.resume,
        among(S.PAUSED),
        values=lambda form: {},
    ),
    Deed(
        "decide",
        "complaint.handle",
        _l("拟处理决定"),
        _l("已提交审签。"),
        forms.Decide,
        service.propose_decision,
        DECIDING,
        values=decided,
        fits=undecided,
        template="complaints/decide.html",
        button=TO_SIGN,
    ),
    Deed(
        "violation",
        "complaint.handle",
        _l("记录查明的严重违规"),
        _l("已记录。投诉人撤回的，办理继续到作出决定。"),
        forms.FindViolation,
        service.find_violation,
        among(S.ACCEPTED, S.PAUSED, S.ESCALATED),
        fits=lambda card: card.accepted_at is not None and not card.has_finding,
        template="complaints/violation.html",
        button=_l("记录"),
    ),
    Deed(
        "propose-withdrawal",
        "complaint.handle",
        _l("拟撤回"),
        _l("已提交审签。"),
        forms.ProposeWithdrawal,
        service.propose_withdrawal,
        HANDLED,
        fits=lambda card: (
            is_registered(card) and not has_waiting(card) and card.withdrawn_at is None
        ),
        template="complaints/withdrawal.html",
        button=TO_SIGN,
    ),
    Deed(
        "sign",
        "complaint.sign",
        _l("审签"),
        _l("已签发。"),
        forms.Sign,
        service.sign,
        HANDLED,
        fits=has_waiting,
        template="complaints/sign.html",
        button=_l("签发"),
    ),
    Deed(
        "return",
        "complaint.sign",
        _l("退回承办人"),
        _l("已退回。"),
        forms.Return,
        service.return_proposal,
        HANDLED,
        fits=has_waiting,
        template="complaints/sign.html",
    ),
    Deed(
        "continue-hold",
        "complaint.sign",
        _l("决定继续暂缓"),
        _l("已公开理由，暂缓继续。"),
        forms.Note,
        service.continue_hold,
        HANDLED,
        values=lambda form: {"reasons": form.note.data},
        fits=is_capped,
    ),
    Deed(
        "assign",
        "complaint.assign",
        _l("指定承办人"),
        _l("已指定。"),
        forms.ToOfficer,
        service.assign,
        HANDLED,
    ),
    Deed(
        "reassign",
        "complaint.reassign",
        _l("改由其他单位办理"),
        _l("已改派。"),
        forms.ToBody,
        service.reassign,
        HANDLED,
        parts=having(P.ASSIGNER),
    ),
    Deed(
        "recuse",
        "complaint.recuse",
        _l("申请回避"),
        _l("已登记回避。"),
        forms.Note,
        service.declare_interest,
        HANDLED,
        parts=having(P.LEAD, P.ASSISTANT),
    ),
    Deed(
        "publish",
        "complaint.handle",
        _l("公开处理决定"),
        _l("处理决定已公开。"),
        forms.Publish,
        service.publish_decision,
        among(S.UPHELD, S.PARTLY, S.DISMISSED),
        template="complaints/publish.html",
        button=_l("公开"),
    ),
    Deed(
        "remedied",
        "complaint.handle",
        _l("报告已纠正"),
        _l("已转回访。"),
        forms.Note,
        service.finish_remedy,
        among(S.REMEDYING),
        values=lambda form: {"report": form.note.data},
        fits=lambda card: card.dossier is not None and not card.dossier.relist_waits,
    ),
    Deed(
        "call-back",
        "complaint.call_back",
        _l("登记回访"),
        _l("回访已登记。"),
        forms.CallBack,
        service.call_back,
        among(S.CALLBACK),
        frozenset({R.BODY, R.CALLER}),
        having(P.CALLER),
        template="complaints/callback.html",
    ),
    Deed(
        "rate",
        "complaint.rate",
        _l("评价办理"),
        _l("谢谢您的评价。"),
        forms.Rate,
        service.rate,
        frozenset(State) - HANDLED - {S.DRAFT, S.WITHDRAWN},
        OWN,
        values=lambda form: {"level": int(form.level.data), "text": form.text.data or ""},
        fits=lambda card: card.rating is None and card.withdrawn_at is None,
    ),
    Deed(
        "withdraw",
        "complaint.withdraw",
        _l("撤回投诉"),
        _l("已登记撤回。"),
        forms.Withdraw,
        service.withdraw,
        HANDLED,
        OWN,
        fits=lambda card: card.withdrawn_at is None,
        template="complaints/withdraw.html",
    ),
)


def offered(card: Card, actor: Actor) -> list[Deed]:
    """What this reader may do with this complaint now."""
    if card.dossier is not None and card.dossier.recused is not None:
        return []
    return [deed for deed in DEEDS if deed.is_offered(card, actor)]
