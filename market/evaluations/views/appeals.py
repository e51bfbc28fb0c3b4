"""The appeals of a body: its list, and each with its decision."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import Work, reading
from market.evaluations import forms, queries, service, words
from market.evaluations.views.blueprint import bp
from market.kernel.errors import Refusal
from market.kernel.shown import Changed, seen
from market.web import desk as desks
from market.web.answering import attempt, form_page
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.web.shown import show as show_token
from market.workdays import queries as workdays

Answer = Response | str | tuple[str, int]


@bp.get("/office/evaluations")
@page(may="evaluation.desk")
def desk() -> str:
    """The appeals of one's own body."""
    work = reading(current_actor())
    return render_template("evaluations/desk.html", desk=desks.desk(_lines(work), request.args))


def _lines(work: Work) -> list[Case]:
    """The appeals as lines of the desk."""
    left = workdays.left(work)
    return [
        Case(
            one.evaluation.contract,
            url_for(".appeal_page", appeal_id=one.appeal.id),
            one.evaluation.title,
            one.evaluated,
            words.APPEALS[one.appeal.state],
            one.appeal.appealed_at,
            *desks.clocked(one.due, left),
        )
        for one in queries.desk(work)
    ]


@bp.route("/office/evaluations/<bigid:appeal_id>", methods=["GET", "POST"])
@page(may="evaluation.desk")
def appeal_page(appeal_id: int) -> Answer:
    """An appeal, whole; who may decides it."""
    work = reading(current_actor())
    fresh = seen(service.uphold, work, appeal_id)  # before the page is read
    case = queries.case(work, appeal_id)
    form = forms.Decide()
    may = queries.may_decide(work, case)
    if not form.is_submitted():
        show_token(form, fresh)
    if not form.validate_on_submit():
        return _appeal(work, appeal_id, form, may=may)
    act = service.uphold if form.outcome.data == words.UPHOLD else service.reject
    _done, no = attempt(act, appeal_id=appeal_id, reason=form.reason.data or "")
    if no is None:
        flash(_("已对评价申诉作出决定。"))
        return redirect(url_for(".appeal_page", appeal_id=appeal_id), 303)
    if isinstance(no, Changed):
        show_token(form, seen(service.uphold, reading(current_actor()), appeal_id))
    return _appeal(reading(current_actor()), appeal_id, form, no, may=True)


def _appeal(
    work: Work, appeal_id: int, form: Form, no: Refusal | None = None, *, may: bool
) -> Answer:
    """The page of an appeal, with a form's errors and the appeal to go on with."""
    waiting = [line for line in _lines(work) if line.due_at is not None]
    return form_page(
        "evaluations/appeal.html",
        form,
        no,
        case=queries.case(work, appeal_id),
        following=desks.following(waiting, url_for(".appeal_page", appeal_id=appeal_id)),
        may=may,
        words=words,
    )
