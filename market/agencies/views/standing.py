"""The office's hand on enrolled agencies: objections, revocation, suspension."""
from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from market.agencies import forms, queries, service
from market.agencies.views.answers import Answer, answer, bp, days_left, done
from market.db import reading
from market.web.auth import current_actor, page


@bp.route("/office/objections/<bigid:objection_id>", methods=["GET", "POST"])
@page(may="agency.decide_objection")
def objection(objection_id: int) -> Answer | Response:
    """One objection: answer it and keep the agency, or go on to a revocation."""
    form = forms.AnswerForm()
    if form.validate_on_submit() and done(form, service.dismiss_objection, objection_id=objection_id,
                                          answer=form.answer.data):
        flash(_("异议已答复，保留入驻。"))
        return redirect(url_for(".desk"), 303)
    return answer("office/objection.html", form, objection=queries.objection(reading(current_actor()), objection_id))


@bp.route("/office/objections/<bigid:objection_id>/revoke", methods=["GET", "POST"])
@page(may="agency.decide_objection")
def open_revocation(objection_id: int) -> Answer | Response:
    """Find an objection right and open a revocation."""
    form = forms.ReasonedForm()
    if form.validate_on_submit() and done(form, service.open_revocation, objection_id=objection_id,
                                          reasons=form.reasons.data, basis=form.basis.data, remedy=form.remedy.data):
        flash(_("已启动撤销程序，机构可陈述申辩。"))
        return redirect(url_for(".desk"), 303)
    return answer("office/revoke.html", form, objection=queries.objection(reading(current_actor()), objection_id))


@bp.get("/office/agencies/<ref>")
@page(may="enrolment.read")
def agency(ref: str) -> Answer:
    """One enrolled agency and what the office may do with it."""
    return show_agency(ref, FlaskForm())


def show_agency(ref: str, form: FlaskForm) -> Answer:
    """The page of one agency at the desk, with a form's errors."""
    work = reading(current_actor())
    card = queries.by_ref(work, ref)
    return answer("office/agency.html", form, card=card, mine=queries.last_application(work, card), left=days_left(work),
                  hearing=queries.hearing(work, card.ref))


@bp.post("/office/agencies/<ref>/confirm")
@page(may="enrolment.check")
def confirm_addition(ref: str) -> Answer | Response:
    """Pass an addition."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.confirm_addition, ref=ref):
        flash(_("增项核验通过。"))
        return redirect(url_for(".desk"), 303)
    return show_agency(ref, form)


@bp.route("/office/agencies/<ref>/return", methods=["GET", "POST"])
@page(may="enrolment.check")
def return_addition(ref: str) -> Answer | Response:
    """Return an addition."""
    form = forms.ReturnForm()
    if form.validate_on_submit() and done(form, service.return_addition, ref=ref, reason=form.reason.data):
        flash(_("增项申请已退回。"))
        return redirect(url_for(".desk"), 303)
    return answer("office/return_addition.html", form, card=queries.by_ref(reading(current_actor()), ref))


@bp.route("/office/agencies/<ref>/suspend", methods=["GET", "POST"])
@page(may="agency.propose_standing")
def suspend(ref: str) -> Answer | Response:
    """Propose to stop new entries."""
    form = forms.SuspendForm()
    if form.validate_on_submit() and done(form, service.propose_suspension, ref=ref,
                                          reason=form.reason.data, until=form.until.data):
        flash(_("暂停报名的意见已提出，等另一人签发。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return answer("office/suspend.html", form, card=queries.by_ref(reading(current_actor()), ref))


@bp.post("/office/agencies/<ref>/reinstate")
@page(may="agency.propose_standing")
def reinstate(ref: str) -> Answer | Response:
    """Propose to end a suspension."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.propose_reinstatement, ref=ref):
        flash(_("恢复报名的意见已提出，等另一人签发。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)


@bp.post("/office/agencies/<ref>/standing/sign")
@page(may="agency.sign_standing")
def sign_standing(ref: str) -> Answer | Response:
    """Sign the proposed suspension or its end."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.sign_standing, ref=ref):
        flash(_("已签发。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)


@bp.post("/office/agencies/<ref>/standing/drop")
@page(may="agency.sign_standing")
def drop_standing(ref: str) -> Answer | Response:
    """Do not sign it."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.drop_standing, ref=ref):
        flash(_("没有签发，机构状态不变。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)


@bp.post("/office/agencies/<ref>/revoke")
@page(may="agency.revoke")
def revoke(ref: str) -> Answer | Response:
    """Sign a revocation."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.revoke, ref=ref):
        flash(_("撤销决定已签发。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)


@bp.post("/office/agencies/<ref>/keep")
@page(may="agency.revoke")
def keep(ref: str) -> Answer | Response:
    """End a procedure of revocation without one."""
    form = FlaskForm()
    if form.validate_on_submit() and done(form, service.keep, ref=ref):
        flash(_("撤销程序已终止，保留入驻。"))
        return redirect(url_for(".agency", ref=ref), 303)
    return show_agency(ref, form)
