"""The knowledge base: what everybody reads, and the desk of those who write it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.cases import forms, queries, service, words
from market.cases.queries import AnswerCard
from market.cases.rules.answers import AnswerState, Topic
from market.cases.views.blueprint import bp
from market.db import reading
from market.kernel.actor import VISITOR
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.kernel.sought import TEXT_MOST
from market.web.answering import Answer, attempt, form_page
from market.web.auth import current_actor, page
from market.web.shown import handed_out

ENGLISH = "en"


@bp.app_template_global()
def said_in_my_language(card: AnswerCard) -> tuple[str, str, str]:
    """Question and answer in the reader's language, and in which one they are: the other where there is
    no text in his.
    """
    text = card.text or card.pending
    if text is None:
        return "", "", ""
    if str(get_locale()).startswith(ENGLISH) and text.question_en:
        return text.question_en, text.answer_en, ENGLISH
    return text.question, text.answer, "zh-Hans"


@bp.get("/answers")
@page(may="public")
def answers() -> str:
    """The questions that are asked again and again, with their answers; sought by words and topic."""
    sought = request.args.get("q", "").strip()[:TEXT_MOST]
    topic = next((each for each in Topic if each == request.args.get("topic")), None)
    found = queries.public_answers(reading(VISITOR), sought, topic)
    return render_template(
        "cases/answers.html", found=found, sought=sought, topic=topic, words=words
    )


@bp.get("/answers/<number:number>")
@page(may="public")
def answer(number: str) -> str | tuple[str, int]:
    """One answer at its address, which stays; what holds no more says so (410)."""
    card = queries.public_answer(reading(VISITOR), number)
    shown = render_template("cases/answer.html", card=card, words=words)
    return shown if card.state is AnswerState.PUBLISHED else (shown, 410)


@bp.get("/office/answers")
@page(may="answer.desk")
def answer_desk() -> str:
    """Every answer, for those who write and publish them."""
    return render_template(
        "cases/answer_desk.html", cards=queries.answers(reading(current_actor())), words=words
    )


@bp.route("/office/answers/new", methods=["GET", "POST"])
@page(may="answer.write")
def write_answer() -> Answer | Response:
    """Write an answer, by hand or from a closed case."""
    form = forms.WriteAnswer()
    if not form.is_submitted():
        form.case_number.data = request.args.get("case", "")[:40] or None
    if not form.validate_on_submit():
        return form_page("cases/answer_write.html", form, card=None)
    number, no = attempt(
        service.write_answer,
        text=form.text(),
        case_number=form.case_number.data or "",
        submission_key=form.once.data,
    )
    if no:
        return form_page("cases/answer_write.html", form, no, card=None)
    flash(_("已写好，由另一人审核公布。"))
    return redirect(url_for(".office_answer", number=number), 303)


@bp.get("/office/answers/<number:number>")
@page(may="answer.desk")
def office_answer(number: str) -> Answer:
    """An answer with what may be done with it."""
    return _office(number)


def _office(number: str, form: forms.Withdraw | None = None, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(service.publish_answer, work, number), no)
    shown = form or forms.Withdraw(formdata=None)
    card = queries.answer(work, number)
    return form_page("cases/answer_office.html", shown, no, card=card, token=token, words=words)


@bp.route("/office/answers/<number:number>/edit", methods=["GET", "POST"])
@page(may="answer.write")
def rewrite_answer(number: str) -> Answer | Response:
    """Write an answer anew; another person publishes it."""
    card = queries.answer(reading(current_actor()), number)
    text = card.pending or card.text
    form = forms.WriteAnswer(data=vars(text) if text else None)
    if not form.validate_on_submit():
        return form_page("cases/answer_write.html", form, card=card)
    _done, no = attempt(service.rewrite_answer, number=number, text=form.text())
    if no:
        return form_page("cases/answer_write.html", form, no, card=card)
    flash(_("已写好，由另一人审核公布。"))
    return redirect(url_for(".office_answer", number=number), 303)


@bp.post("/office/answers/<number:number>/publish")
@page(may="answer.publish")
def publish_answer(number: str) -> Answer | Response:
    """Publish the text that waits."""
    form = forms.Publish()
    if not form.validate_on_submit():
        return _office(number)
    _done, no = attempt(service.publish_answer, number=number)
    if no:
        return _office(number, None, no)
    flash(_("已公布。"))
    return redirect(url_for(".office_answer", number=number), 303)


@bp.post("/office/answers/<number:number>/withdraw")
@page(may="answer.publish")
def withdraw_answer(number: str) -> Answer | Response:
    """Say that an answer holds no more."""
    form = forms.Withdraw()
    if not form.validate_on_submit():
        return _office(number, form)
    _done, no = attempt(service.withdraw_answer, number=number, reason=form.reason.data)
    if no:
        return _office(number, form, no)
    flash(_("已停用。"))
    return redirect(url_for(".office_answer", number=number), 303)
