"""The way through an enrolment: start, task list, check answers, submit, receipt, statement."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import service as accounts_service
from market.agencies.pages import bp
from market.agencies.rules import State
from market.db import Work, in_one_transaction, reading
from market.enrolment import forms, queries, service, words
from market.enrolment.queries import Application
from market.enrolment.views.answers import (
    Answer,
    answer,
    days_left,
    done,
    stopped_until,
    tell,
    timeline,
)
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.rulebook import queries as rulebooks
from market.web.answering import also
from market.web.auth import current_actor, page, session_token
from market.web.errors import words_of


def mine() -> Application:
    """The application of the agency for which this person acts. Refuses `agency.none`."""
    found = queries.own_application(reading(current_actor()))
    if found is None:
        raise NotFound("agency.none")
    return found


@bp.get("/enrolment")
@page(may="public")
def enrolment() -> str:
    """What is needed before one starts, for everybody; the task list, or how the application stands,
    for who has begun.
    """
    work = reading(current_actor())
    found = queries.own_application(work)
    if found is None:
        return render_template("enrolment/before.html", book=rulebooks.in_force(work))
    subjects = [each for each in (found.number, found.card.ref) if each]
    return render_template(
        "enrolment/tasks.html",
        mine=found,
        words=words,
        today=work.today,
        stopped_until=stopped_until(
            work, found.card.organisation_id, found.basics.representative_digest
        ),
        left=days_left(work),
        timeline=timeline(ledger.of_subject(work, *subjects)),
    )


@bp.route("/enrolment/start", methods=["GET", "POST"])
@page(may="enrolment.start")
def start() -> Answer | Response:
    """Name the agency; the session acts for it from then on."""
    form = forms.StartForm()
    if form.validate_on_submit() and done(
        form,
        _start_and_act,
        token=session_token(),
        uscc=form.uscc.data,
        name=form.name.data,
        submission_key=form.once.data,
    ):
        return redirect(url_for(".basics"), 303)
    uscc = form.uscc.data or ""
    if form.errors and (
        no := also(form, lambda: service.check_free(reading(current_actor()), uscc=uscc))
    ):
        tell(form, no)
    return answer("start.html", form)


def _start_and_act(work: Work, *, token: str, uscc: str, name: str, submission_key: str) -> None:
    organisation_id = service.start(work, uscc=uscc, name=name, submission_key=submission_key)
    accounts_service.switch_to(work, token=token, organisation_id=organisation_id)


@bp.route("/enrolment/check", methods=["GET", "POST"])
@page(may="enrolment.submit")
def check() -> Answer | Response:
    """Check all answers, then submit."""
    found = mine()
    form = forms.CheckForm()
    if form.validate_on_submit() and done(
        form, service.submit, submission_key=form.once.data, plea=form.plea.data or ""
    ):
        return redirect(url_for(".receipt"), 303)
    owed = [(section, words_of(current_app, no)) for section, no in found.owed]
    return answer("check.html", form, mine=found, owed=owed)


@bp.get("/enrolment/receipt")
@page(may="signed_in")
def receipt() -> str | Response:
    """The number, what happens next and by when."""
    found = mine()
    if found.card.state is not State.SUBMITTED:
        return redirect(url_for(".enrolment"), 303)
    left = days_left(reading(current_actor()))
    return render_template("enrolment/receipt.html", mine=found, left=left)


@bp.route("/enrolment/suspension", methods=["GET", "POST"])
@page(may="enrolment.submit")
def answer_suspension() -> Answer | Response:
    """Answer a suspension that the decision on a complaint has proposed."""
    found = mine()
    form = forms.StatementForm()
    if form.validate_on_submit() and done(
        form, service.answer_suspension, statement=form.statement.data
    ):
        return redirect(url_for(".enrolment"), 303)
    return answer("suspension.html", form, mine=found)


@bp.route("/enrolment/statement", methods=["GET", "POST"])
@page(may="enrolment.submit")
def statement() -> Answer | Response:
    """Answer an intended refusal or revocation."""
    found = mine()
    form = forms.StatementForm()
    if form.validate_on_submit() and done(form, service.state_case, statement=form.statement.data):
        return redirect(url_for(".enrolment"), 303)
    return answer("statement.html", form, mine=found)


@bp.post("/enrolment/exit/withdraw")
@page(may="agency.withdraw_exit")
def withdraw_exit() -> Response:
    """Stay after all. Asking and confirming an exit: market/selection/results/views."""
    in_one_transaction(service.withdraw_exit, current_actor())
    flash(_("退出申请已撤回，可以照常报名。"))
    return redirect(url_for(".enrolment"), 303)
