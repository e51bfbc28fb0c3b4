"""The register of pain points: public, with the forms of those who keep and solve them."""

import itertools

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.cases import forms, queries, service, words
from market.cases.service.pains import SOLVERS
from market.cases.views.blueprint import bp
from market.db import reading
from market.kernel.actor import VISITOR
from market.kernel.errors import Refusal
from market.web.answering import Answer, attempt, form_page
from market.web.auth import current_actor, page


@bp.get("/pain-points")
@page(may="public")
def pains() -> str:
    """The register, batch by batch, with how far each is."""
    found = queries.pains(reading(VISITOR))
    batches = [(batch, list(of)) for batch, of in itertools.groupby(found, lambda one: one.batch)]
    return render_template("cases/pains.html", batches=batches, words=words)


@bp.route("/office/pain-points/new", methods=["GET", "POST"])
@page(may="pain.keep")
def list_pain() -> Answer | Response:
    """Put one into the register; the page of a case names its number."""
    form = forms.ListPain()
    work = reading(current_actor())
    form.body_id.choices = [
        (each.id, each.name) for kind in SOLVERS for each in accounts.organisations(work, kind)
    ]
    if not form.is_submitted() and request.args.get("case"):
        form.cases.data = [request.args["case"][:40]]
    if not form.validate_on_submit():
        return form_page("cases/pain_new.html", form)
    number, no = attempt(service.list_pain, pain=form.pain(), submission_key=form.once.data)
    if no:
        return form_page("cases/pain_new.html", form, no)
    flash(_("已列入台账并公布。"))
    return redirect(url_for(".pain", number=number), 303)


@bp.get("/pain-points/<number:number>")
@page(may="public")
def pain(number: str) -> Answer:
    """One pain point with what was done about it, and for who works on it the form of the next step."""
    return _page(number)


def _page(number: str, form: forms.MoveOn | None = None, no: Refusal | None = None) -> Answer:
    card = queries.pain(reading(VISITOR), number)
    shown = form or forms.MoveOn(formdata=None)
    return form_page("cases/pain.html", shown, no, card=card, words=words)


@bp.post("/pain-points/<number:number>/progress")
@page(may="pain.work")
def move_on(number: str) -> Answer | Response:
    """Tell what was done."""
    form = forms.MoveOn()
    if not form.validate_on_submit():
        return _page(number, form)
    _done, no = attempt(service.move_on, number=number, kind=form.kind.data, said=form.said.data)
    if no:
        return _page(number, form, no)
    flash(_("已公布。"))
    return redirect(url_for(".pain", number=number), 303)
