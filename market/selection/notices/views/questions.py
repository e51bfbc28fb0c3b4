"""The pages of questions about a notice: asking, answering, publishing the answer."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.forms import AnswerForm, AskForm
from market.selection.pages import PlainForm, answer, bp
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page
from market.web.shown import handed_out
from market.windows import queries as windows_queries


@bp.route("/notices/<number:number>/ask", methods=["GET", "POST"])
@page(may="question.ask")
def ask(number: str) -> Answer | Response:
    """Ask about an open notice."""
    card = notice_queries.notice(reading(current_actor()), number)
    form = AskForm()
    no = None
    if form.validate_on_submit():
        _no, no = attempt(
            notice_service.ask,
            number=number,
            question=form.question.data,
            submission_key=form.once.data,
        )
        if no is None:
            flash(_("提问已送交业主。答复后和提问一起公布在公告页上，不写谁提的问题。"))
            return redirect(url_for(".notice", number=number), 303)
    return answer("agency/ask.html", form, no, notice=card)


@bp.route("/notices/questions/<bigid:question_id>", methods=["GET", "POST"])
@page(may="question.own")
def question(question_id: int) -> Answer | Response:
    """Answer a question about one's own notice."""
    work = reading(current_actor())
    card, _number = notice_queries.own_question(work, question_id)
    form = AnswerForm(data={"answer": card.answer})
    no = None
    if form.validate_on_submit():
        is_public, no = attempt(
            notice_service.answer, question_id=question_id, answer=form.answer.data
        )
        if no is None:
            flash(_("答复已公布。") if is_public else _("答复已保存，等本单位审签人审核后公布。"))
            return redirect(url_for(".question", question_id=question_id), 303)
    return _question(question_id, form, no)


@bp.post("/notices/questions/<bigid:question_id>/publish")
@page(may="question.publish")
def publish_answer(question_id: int) -> Answer | Response:
    """Publish question and answer as another person."""
    _done, no = attempt(notice_service.publish_answer, question_id=question_id)
    if no:
        return _question(question_id, PlainForm(), no)
    flash(_("答复已公布。"))
    return redirect(url_for(".question", question_id=question_id), 303)


def _question(question_id: int, form: AnswerForm | PlainForm, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(notice_service.publish_answer, work, question_id), no)
    card, number = notice_queries.own_question(work, question_id)
    matter = notice_service.question_matter(question_id)
    dues = windows_queries.of_subject(work, number)
    return answer(
        "owner/question.html",
        form
        if isinstance(form, AnswerForm)
        else AnswerForm(formdata=None, data={"answer": card.answer}),
        no,
        card=card,
        notice=notice_queries.notice(work, number),
        token=token,
        due=next((due for due in dues if due.matter == matter and not due.closed_at), None),
    )
