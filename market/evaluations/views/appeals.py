"""The appeals of a body: its list, and each with its decision."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.evaluations import forms, queries, service, words
from market.evaluations.views.blueprint import bp
from market.kernel.shown import Changed, seen
from market.web.answering import attempt, form_page
from market.web.auth import current_actor, page
from market.web.shown import show as show_token

Answer = Response | str | tuple[str, int]


@bp.get("/office/evaluations")
@page(may="evaluation.desk")
def desk() -> str:
    """The appeals of one's own body."""
    work = reading(current_actor())
    return render_template("evaluations/desk.html", cases=queries.desk(work), words=words)


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
        return form_page("evaluations/appeal.html", form, case=case, may=may, words=words)
    act = service.uphold if form.outcome.data == words.UPHOLD else service.reject
    _done, no = attempt(act, appeal_id=appeal_id, reason=form.reason.data or "")
    if no is None:
        flash(_("已对评价申诉作出决定。"))
        return redirect(url_for(".appeal_page", appeal_id=appeal_id), 303)
    if isinstance(no, Changed):
        show_token(form, seen(service.uphold, reading(current_actor()), appeal_id))
    again = queries.case(reading(current_actor()), appeal_id)
    return form_page("evaluations/appeal.html", form, no, case=again, may=True, words=words)
