"""One recorded act: its page for the party and the bodies, and what each may do with it."""

from collections.abc import Callable

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l

from market.db import reading
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.reputation import forms, queries, service, words
from market.reputation.views.blueprint import bp
from market.web.answering import refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.forms_on_page import Deed, add_deeds, open_forms
from market.web.shown import handed_out

Answer = tuple[str, int]


DEEDS = {
    "state": Deed(
        may="credit.state",
        form=forms.Say,
        said=_l("已提交陈述申辩。"),
        acts={"": service.state_case},
    ),
    "decide": Deed(
        may="credit.decide",
        form=forms.Decide,
        said=_l("已作出决定。"),
        acts={"confirm": service.confirm, "drop": service.drop},
    ),
    "appeal": Deed(
        may="credit.state",
        form=forms.Appeal,
        said=_l("已提出申诉。"),
        acts={"": service.appeal},
    ),
    "decide_appeal": Deed(
        may="credit.appeal_decide",
        form=forms.DecideAppeal,
        said=_l("已对申诉作出决定。"),
        acts={"uphold": service.uphold, "reject": service.reject},
    ),
    "suspend": Deed(
        may="credit.suspend",
        form=forms.Suspend,
        said=_l("暂停报名的意见已提出，机构可陈述申辩，期满后由另一人签发。"),
        acts={"": service.propose_suspension},
    ),
    "state_suspension": Deed(
        may="credit.state",
        form=forms.Say,
        said=_l("已提交陈述申辩。"),
        acts={"": service.state_against_suspension},
    ),
    "sign_suspension": Deed(
        may="credit.sign_suspension",
        form=forms.SignSuspension,
        said=_l("已对暂停报名作出决定。"),
        acts={"sign": service.sign_suspension, "drop": service.drop_suspension},
    ),
    "call_talk": Deed(
        may="credit.talk",
        form=forms.CallTalk,
        said=_l("已约定约谈，机构会收到通知。"),
        acts={"": service.call_talk},
    ),
    "hold_talk": Deed(
        may="credit.talk",
        form=forms.HoldTalk,
        said=_l("约谈记录已写，请机构签字。"),
        acts={"": service.hold_talk},
    ),
    "sign_talk": Deed(
        may="credit.sign_talk",
        form=forms.SignTalk,
        said=_l("已签字。"),
        acts={"": service.sign_talk},
    ),
    "close_talk": Deed(
        may="credit.talk",
        form=forms.CloseTalk,
        said=_l("已登记机构没有签字。"),
        acts={"": service.close_talk},
    ),
    "repair": Deed(
        may="credit.state",
        form=forms.Repair,
        said=_l("已申请修复。"),
        acts={"": service.ask_repair},
    ),
    "decide_repair": Deed(
        may="credit.repair_decide",
        form=forms.DecideRepair,
        said=_l("已对修复作出决定。"),
        acts={"repair": service.repair, "refuse_repair": service.refuse_repair},
    ),
}

APART: dict[str, Callable[..., object]] = {
    "sign_suspension": service.sign_suspension,
    "sign_talk": service.sign_talk,
}
"""Deeds that sign more than the record alone."""


@bp.get("/credit/<number:number>")
@page(may="credit.read")
def show(number: str) -> Answer:
    """The record with its steps, and the forms of what its reader may do now."""
    return _page(number)


def _page(
    number: str, name: str = "", form: Form | None = None, no: Refusal | None = None
) -> Answer:
    work = reading(current_actor())
    token = seen(service.confirm, work, number)
    tokens = {each: seen(act, work, number) for each, act in APART.items()}
    if name in APART:
        tokens[name] = handed_out(tokens[name], no)
    else:
        token = handed_out(token, no)
    found = queries.record(work, number)
    refusal = refusal_in(form, no) if form and no else None
    return render_template(
        "reputation/record.html",
        record=found,
        forms=open_forms(DEEDS, queries.deeds(work, found), name, form),
        form=form or Form(formdata=None),
        refusal=refusal,
        tokens=tokens,
        token=token,
        measure=queries.measure(work, number),
        talk=queries.talk(work, number),
        words=words,
        is_party=found.organisation_id == work.actor.organisation_id,
    ), status_of(form, no)


add_deeds(
    bp, "/credit/<number:number>", DEEDS, _page, lambda number: url_for(".show", number=number)
)
