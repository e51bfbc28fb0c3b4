"""What the office does with one enrolled agency: one row a deed, and one way through all of them."""

import dataclasses
from collections.abc import Callable
from functools import partial

from flask import flash, redirect, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.agencies import queries as agencies
from market.agencies.pages import bp
from market.db import reading
from market.enrolment import forms, service
from market.enrolment.views.answers import Answer, answer, done, token_for
from market.enrolment.views.standing import show_agency
from market.reputation import queries as reputation
from market.web.auth import current_actor
from market.web.deeds import add_deed
from market.web.forms import Form
from market.web.widgets import choices


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """One deed: its endpoint and path below the agency's page, the permission, the use case, what
    is said when it is done.

    `form` gives the use case its named values. Without a `template` it is a button of the agency's
    page; `back` is where one goes on afterwards; `offer` fills in what may be chosen.
    """

    name: str
    path: str
    may: str
    act: Callable[..., object]
    said: LazyString
    form: type[Form] = Form
    template: str | None = None
    back: str = ".agency"
    offer: Callable[[Form, str], None] | None = None


def offer_records(form: forms.RemovalForm, ref: str) -> None:
    """The agency's records on which a removal may stand, each with its article."""
    work = reading(current_actor())
    records = reputation.removable_on(work, agencies.by_ref(work, ref).organisation_id)
    form.record_number.choices = choices(
        [
            (each.number, f"{each.number} {each.behaviour.text}（{each.article}）")
            for each in records
        ]
    )


DEEDS = (
    Deed(
        name="confirm_addition",
        path="confirm",
        may="enrolment.check",
        act=service.confirm_addition,
        said=_l("增项核验通过。"),
        back=".desk",
    ),
    Deed(
        name="return_addition",
        path="return",
        may="enrolment.check",
        act=service.return_addition,
        said=_l("增项申请已退回。"),
        form=forms.ReturnForm,
        template="office/return_addition.html",
        back=".desk",
    ),
    Deed(
        name="confirm_representative",
        path="representative/confirm",
        may="enrolment.check",
        act=service.confirm_representative,
        said=_l("法定代表人核验通过。"),
        back=".desk",
    ),
    Deed(
        name="return_representative",
        path="representative/return",
        may="enrolment.check",
        act=service.return_representative,
        said=_l("法定代表人信息已退回。"),
        form=forms.ReturnForm,
        template="office/return_representative.html",
        back=".desk",
    ),
    Deed(
        name="suspend",
        path="suspend",
        may="agency.propose_standing",
        act=service.propose_suspension,
        said=_l("暂停报名的意见已提出，等另一人签发。"),
        form=forms.SuspendForm,
        template="office/suspend.html",
    ),
    Deed(
        name="reinstate",
        path="reinstate",
        may="agency.propose_standing",
        act=service.propose_reinstatement,
        said=_l("恢复报名的意见已提出，等另一人签发。"),
    ),
    Deed(
        name="sign_standing",
        path="standing/sign",
        may="agency.sign_standing",
        act=service.sign_standing,
        said=_l("已签发。"),
    ),
    Deed(
        name="drop_standing",
        path="standing/drop",
        may="agency.sign_standing",
        act=service.drop_standing,
        said=_l("没有签发，机构状态不变。"),
    ),
    Deed(
        name="propose_revocation",
        path="revocation",
        may="agency.propose_revocation",
        act=service.propose_revocation,
        said=_l("撤销的意见已提出，等另一人签发。"),
        form=forms.ReasonedForm,
        template="office/propose_revocation.html",
    ),
    Deed(
        name="propose_new_due",
        path="new-due",
        may="agency.propose_revocation",
        act=service.propose_new_due,
        said=_l("保留入驻、给新期限的意见已提出，等另一人签发。"),
        form=forms.NewDueForm,
        template="office/new_due.html",
    ),
    Deed(
        name="revoke",
        path="revoke",
        may="agency.revoke",
        act=service.revoke,
        said=_l("撤销决定已签发。"),
    ),
    Deed(
        name="keep",
        path="keep",
        may="agency.revoke",
        act=service.keep,
        said=_l("撤销程序已终止，保留入驻。"),
    ),
    Deed(
        name="propose_removal",
        path="remove",
        may="agency.propose_removal",
        act=service.propose_removal,
        said=_l("清退的意见已提出，机构可陈述申辩，等另一人签发。"),
        form=forms.RemovalForm,
        template="office/remove.html",
        offer=offer_records,
    ),
    Deed(
        name="sign_removal",
        path="removal/sign",
        may="agency.sign_removal",
        act=service.sign_removal,
        said=_l("清退决定已签发。"),
    ),
    Deed(
        name="drop_removal",
        path="removal/drop",
        may="agency.sign_removal",
        act=service.drop_removal,
        said=_l("没有签发，机构恢复到提出前的状态。"),
    ),
)


def do(deed: Deed, ref: str) -> Answer | Response:
    """Show the deed's form, or do it."""
    form = deed.form()
    if deed.offer is not None:
        deed.offer(form, ref)
    if form.validate_on_submit():
        values = {field.name: field.data for field in form if field.name != "csrf_token"}
        if done(form, deed.act, ref=ref, **values):
            flash(str(deed.said))
            return redirect(
                url_for(deed.back, ref=ref) if deed.back == ".agency" else url_for(deed.back), 303
            )
    if deed.template is None:
        return show_agency(ref, form)
    return answer(
        deed.template,
        form,
        token=token_for(form, deed.act, ref),
        card=agencies.by_ref(reading(current_actor()), ref),
    )


for each in DEEDS:
    add_deed(
        bp,
        f"/office/agencies/<ref>/{each.path}",
        name=each.name,
        may=each.may,
        do=partial(do, each),
        methods=["POST"] if each.template is None else ["GET", "POST"],
    )
