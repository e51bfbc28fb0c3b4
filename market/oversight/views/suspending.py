"""Suspending a selection: the order, its second person, its end."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.kernel.shown import seen
from market.oversight import forms, queries, service, words
from market.oversight.views.blueprint import bp
from market.selection.results import queries as result_queries
from market.web.answering import Answer, attempt, refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.shown import handed_out


@bp.route("/office/selections/<number:number>/suspension", methods=["GET", "POST"])
@page(may="suspension.propose")
def suspend(number: str) -> Answer | Response:
    """The orders about a selection; what is sent proposes one."""
    form = forms.SuspendForm()
    if not form.validate_on_submit():
        return _page(number, form if form.is_submitted() else None)
    said = {"days": form.days.data, "basis": form.basis.data, "reason": form.reason.data}
    return _did(number, service.propose_suspension, _("已提出，由另一名审签人签发。"), form, said)


@bp.post("/office/selections/<number:number>/suspension/sign")
@page(may="suspension.sign")
def sign_suspension(number: str) -> Answer | Response:
    """Sign the order."""
    return _did(number, service.sign_suspension, _("已签发，即时生效并写入公开日志。"))


@bp.post("/office/selections/<number:number>/suspension/drop")
@page(may="suspension.sign")
def drop_suspension(number: str) -> Answer | Response:
    """Do not sign it."""
    return _did(number, service.drop_suspension, _("不予签发。"))


@bp.post("/office/selections/<number:number>/suspension/lift")
@page(may="suspension.propose")
def propose_lifting(number: str) -> Answer | Response:
    """Propose its end."""
    form = forms.LiftForm()
    if not form.validate_on_submit():
        return _page(number, form)
    said = {"reason": form.reason.data}
    return _did(number, service.propose_lifting, _("已提出，由另一名审签人签发。"), form, said)


@bp.post("/office/selections/<number:number>/suspension/sign-lifting")
@page(may="suspension.sign")
def sign_lifting(number: str) -> Answer | Response:
    """Sign its end."""
    return _did(number, service.sign_lifting, _("已解除。"))


@bp.post("/office/selections/<number:number>/suspension/drop-lifting")
@page(may="suspension.sign")
def drop_lifting(number: str) -> Answer | Response:
    """Do not sign its end."""
    return _did(number, service.drop_lifting, _("不予解除，继续暂停。"))


def _did(
    number: str,
    act: Callable[..., object],
    said: str,
    form: Form | None = None,
    typed: Json | None = None,
) -> Answer | Response:
    _done, no = attempt(act, number=number, **(typed or {}))
    if no is not None:
        return _page(number, form, no)
    flash(said)
    return redirect(url_for(".suspend", number=number), 303)


def _page(number: str, form: Form | None = None, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    queries.check_seen(work, number)
    token = handed_out(seen(service.sign_suspension, work, number), no)
    own = form if isinstance(form, forms.SuspendForm) else forms.SuspendForm(formdata=None)
    lift = form if isinstance(form, forms.LiftForm) else forms.LiftForm(formdata=None)
    refusal = refusal_in(form or own, no) if no else None
    return render_template(
        "oversight/suspension.html",
        notice=result_queries.notice(work, number),
        orders=result_queries.suspensions(work, number),
        form=own,
        lift=lift,
        wrong=form or own,
        refusal=refusal,
        token=token,
        words=words,
    ), status_of(form, no)
