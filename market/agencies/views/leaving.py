"""Removal at the office's desk; and the agency that stays after all. Asking and confirming an exit: market/selection/views."""
from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from market.agencies import forms, queries, service
from market.agencies.views.answers import Answer, answer, bp, done
from market.agencies.views.standing import show_agency
from market.db import in_one_transaction, reading
from market.web.auth import current_actor, page


@bp.post("/enrolment/exit/withdraw")
@page(may="agency.withdraw_exit")
def withdraw_exit() -> Response:
    """Stay."""
    in_one_transaction(service.withdraw_exit, current_actor())
    flash(_("退出申请已撤回，可以照常报名。"))
    return redirect(url_for(".enrolment"), 303)


@bp.route("/office/agencies/<ref>/remove", methods=["GET", "POST"])
@page(may="agency.propose_removal")
def propose_removal(ref: str) -> Answer | Response:
    """Propose to remove an agency."""
    form = forms.RemovalForm()
    if form.validate_on_submit() and done(form, service.propose_removal, ref=ref, reasons=form.reasons.data,
                                          basis=form.basis.data, remedy=form.remedy.data,
                                          barred_until=form.barred_until.data):
        flash(_("清退的意见已提出，机构可陈述申辩，等另一人签发。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return answer("office/remove.html", form, card=queries.by_ref(reading(current_actor()), ref))


@bp.post("/office/agencies/<ref>/removal/sign")
@page(may="agency.sign_removal")
def sign_removal(ref: str) -> Answer | Response:
    """Sign it."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.sign_removal, ref=ref):
        flash(_("清退决定已签发。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)


@bp.post("/office/agencies/<ref>/removal/drop")
@page(may="agency.sign_removal")
def drop_removal(ref: str) -> Answer | Response:
    """Do not sign it."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.drop_removal, ref=ref):
        flash(_("没有签发，机构恢复到提出前的状态。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)
