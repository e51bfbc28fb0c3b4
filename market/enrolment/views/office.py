"""The office's desk: the formal check, objections, suspension."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.agencies.pages import bp
from market.db import Work, reading
from market.enrolment import forms, queries, service, words
from market.enrolment.views.answers import Answer, answer, days_left, done, timeline, token_for
from market.kernel.shown import seen
from market.ledger import queries as ledger
from market.web import desk as desks
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.workdays import queries as workdays


@bp.get("/office/enrolments")
@page(may="enrolment.read")
def desk() -> str:
    """Applications that wait, oldest first."""
    work = reading(current_actor())
    return render_template(
        "enrolment/office/desk.html",
        desk=desks.desk(cases(work), request.args),
        words=words,
        left=days_left(work),
        objections=queries.objections(work),
        revocations=queries.revocations(work),
        additions=queries.additions(work),
        representatives=queries.representatives(work),
        departures=queries.departures(work),
        documents=queries.desk_documents(work),
    )


def cases(work: Work) -> list[Case]:
    """The applications that are not decided, as lines of the desk."""
    left = workdays.left(work)
    return [
        Case(
            row.number,
            url_for("agencies.application", number=row.number),
            row.name,
            _("第 %(n)s 次", n=row.round),
            words.STATES[row.state],
            row.submitted_at,
            *desks.clocked(row.due, left),
        )
        for row in queries.desk(work)
    ]


@bp.get("/office/enrolments/<number:number>")
@page(may="enrolment.read")
def application(number: str) -> Answer:
    """Everything about one application on one page, scans included."""
    return _application(number, Form())


def _application(number: str, form: Form) -> Answer:
    work = reading(current_actor())
    token = seen(service.approve, work, number)  # the same of every deed on this page
    found = queries.application(work, number)
    return answer(
        "office/application.html",
        form,
        token=token,
        mine=found,
        left=days_left(work),
        following=desks.following(cases(work), url_for("agencies.application", number=number)),
        timeline=timeline(ledger.of_subject(work, number)),
    )


@bp.post("/office/enrolments/<number:number>/pass")
@page(may="enrolment.check")
def approve(number: str) -> Answer | Response:
    """Pass the formal check."""
    form = Form()
    if form.validate_on_submit() and done(form, service.approve, number=number):
        flash(_("核验通过，机构已入驻，入驻公示开始。"))
        return redirect(url_for(".desk"), 303)
    return _application(number, form)


@bp.route("/office/enrolments/<number:number>/return", methods=["GET", "POST"])
@page(may="enrolment.check")
def send_back(number: str) -> Answer | Response:
    """Write the one correction list."""
    form = forms.CorrectionsForm()
    form.offer(queries.application(reading(current_actor()), number).qualifications)
    if form.validate_on_submit() and done(
        form, service.send_back, number=number, corrections=form.corrections(request.form)
    ):
        flash(_("已一次性告知补正。"))
        return redirect(url_for(".desk"), 303)
    return answer(
        "office/return.html",
        form,
        token=token_for(form, service.send_back, number),
        place_of=forms.place_of,
        mine=queries.application(reading(current_actor()), number),
    )


@bp.route("/office/enrolments/<number:number>/refuse", methods=["GET", "POST"])
@page(may="enrolment.check")
def propose_refusal(number: str) -> Answer | Response:
    """Propose a refusal; another person signs it."""
    form = forms.ReasonedForm()
    if form.validate_on_submit() and done(
        form,
        service.propose_refusal,
        number=number,
        reasons=form.reasons.data,
        basis=form.basis.data,
        remedy=form.remedy.data,
    ):
        flash(_("已提出不予入驻的意见，机构陈述后由协管办负责人决定。"))
        return redirect(url_for(".desk"), 303)
    return answer(
        "office/refuse.html",
        form,
        token=token_for(form, service.propose_refusal, number),
        mine=queries.application(reading(current_actor()), number),
    )


@bp.post("/office/enrolments/<number:number>/sign-refusal")
@page(may="enrolment.sign")
def sign_refusal(number: str) -> Answer | Response:
    """The second signature."""
    form = Form()
    if form.validate_on_submit() and done(form, service.sign_refusal, number=number):
        flash(_("不予入驻的决定已签发。"))
        return redirect(url_for(".desk"), 303)
    return _application(number, form)


@bp.post("/office/enrolments/<number:number>/overrule")
@page(may="enrolment.sign")
def overrule(number: str) -> Answer | Response:
    """Enrol against the proposal."""
    form = Form()
    if form.validate_on_submit() and done(form, service.overrule, number=number):
        flash(_("已准予入驻。"))
        return redirect(url_for(".desk"), 303)
    return _application(number, form)
