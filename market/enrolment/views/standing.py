"""The office and one enrolled agency: its page, and objections to it. What may be done there:
deeds.py.
"""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.agencies import queries as agencies
from market.agencies.pages import bp
from market.db import reading
from market.enrolment import forms, queries, service
from market.enrolment.views.answers import Answer, answer, days_left, done, token_for
from market.kernel.shown import seen
from market.web.auth import current_actor, page
from market.web.forms import Form


@bp.route("/office/objections/<bigid:objection_id>", methods=["GET", "POST"])
@page(may="agency.decide_objection")
def objection(objection_id: int) -> Answer | Response:
    """One objection: answer it and keep the agency, or go on to a revocation."""
    form = forms.AnswerForm()
    if form.validate_on_submit() and done(
        form, service.dismiss_objection, objection_id=objection_id, answer=form.answer.data
    ):
        flash(_("异议已答复，保留入驻。"))
        return redirect(url_for(".desk"), 303)
    return answer(
        "office/objection.html",
        form,
        token=token_for(form, service.dismiss_objection, objection_id),
        objection=queries.objection(reading(current_actor()), objection_id),
    )


@bp.route("/office/objections/<bigid:objection_id>/revoke", methods=["GET", "POST"])
@page(may="agency.decide_objection")
def open_revocation(objection_id: int) -> Answer | Response:
    """Find an objection right and open a revocation."""
    form = forms.ReasonedForm()
    if form.validate_on_submit() and done(
        form,
        service.open_revocation,
        objection_id=objection_id,
        reasons=form.reasons.data,
        basis=form.basis.data,
        remedy=form.remedy.data,
    ):
        flash(_("已启动撤销程序，机构可陈述申辩。"))
        return redirect(url_for(".desk"), 303)
    return answer(
        "office/revoke.html",
        form,
        token=token_for(form, service.open_revocation, objection_id),
        objection=queries.objection(reading(current_actor()), objection_id),
    )


@bp.get("/office/agencies/<ref>")
@page(may="enrolment.read")
def agency(ref: str) -> Answer:
    """One enrolled agency and what the office may do with it."""
    return show_agency(ref, Form())


def show_agency(ref: str, form: Form) -> Answer:
    """The page of one agency at the desk, with a form's errors."""
    work = reading(current_actor())
    token = seen(service.sign_standing, work, ref)  # the same of every deed on this page
    card = agencies.by_ref(work, ref)
    return answer(
        "office/agency.html",
        form,
        token=token,
        card=card,
        mine=queries.last_application(work, card),
        left=days_left(work),
        hearing=queries.hearing(work, card.ref),
    )
