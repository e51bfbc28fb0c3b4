"""Asking a body about a selection; the asked body's page of questions and opinions, and its answer."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.kernel.errors import Refusal
from market.oversight import queries, service, words
from market.oversight.forms import AnswerForm, AskForm
from market.oversight.views.blueprint import bp
from market.selection.results import queries as result_queries
from market.web.answering import Answer, attempt, form_page
from market.web.auth import current_actor, page


@bp.route("/office/selections/<number:number>/ask", methods=["GET", "POST"])
@page(may="oversight.ask")
def ask(number: str) -> Answer | Response:
    """Ask the owner or the office about a selection."""
    queries.check_seen(reading(current_actor()), number)
    form = AskForm()
    no = None
    if form.validate_on_submit():
        _id, no = attempt(
            service.ask,
            number=number,
            to=form.addressee(),
            question=form.question.data or "",
            submission_key=form.once.data,
        )
        if no is None:
            flash(_("询问已送达，对方在期限内答复；答复到了，写在这次选取的记录里。"))
            return redirect(url_for(".file", number=number), 303)
    notice = result_queries.notice(reading(current_actor()), number)
    return form_page("oversight/ask.html", form, no, notice=notice)


@bp.get("/oversight/received")
@page(may="oversight.received")
def received() -> str:
    """What overseers have asked one's own body, and said of its selections."""
    found = queries.received(reading(current_actor()))
    return render_template("oversight/received.html", found=found, words=words)


@bp.route("/oversight/questions/<bigid:question_id>", methods=["GET", "POST"])
@page(may="oversight.question")
def question(question_id: int) -> Answer | Response:
    """One question: the body that was asked answers here, who asked reads."""
    form = AnswerForm()
    no: Refusal | None = None
    queries.question(reading(current_actor()), question_id)
    if form.validate_on_submit():
        _done, no = attempt(service.answer, question_id=question_id, answer=form.answer.data or "")
        if no is None:
            flash(_("答复已送达监管部门。"))
            return redirect(url_for(".question", question_id=question_id), 303)
    work = reading(current_actor())
    card = queries.question(work, question_id)
    return form_page(
        "oversight/question.html",
        form,
        no,
        card=card,
        notice=result_queries.notice(work, card.number),
        may_answer=card.to_id == work.actor.organisation_id and card.answered_at is None,
    )
