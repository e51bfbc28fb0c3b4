"""Samples: what is promised, listed and drawn, for everybody; the drawn matters for those who work on them."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answered

from market.db import reading
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.oversight import forms, queries, service, words
from market.oversight.views.blueprint import bp
from market.selection.sources import queries as source_queries
from market.web.answering import Answer, attempt, form_page, refusal_in
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.shown import handed_out
from verify.zjcs.canonical import jcs


@bp.get("/samples")
@page(may="public")
def samples() -> str:
    """Every sample, the last first."""
    found = queries.sample_cards(reading(current_actor()))
    return render_template("oversight/samples.html", samples=found, words=words)


@bp.get("/samples/<number:number>")
@page(may="public")
def sample(number: str) -> str:
    """One sample: promise, digest of its list, its lot, and its results once they are out."""
    found = queries.sample(reading(current_actor()), number)
    return render_template("oversight/sample.html", sample=found, words=words)


@bp.get("/samples/<number:number>/list.json")
@page(may="public")
def sample_list(number: str) -> Response:
    """The list in full, as its digest is taken. Refuses `sample.not_yet` until the results are out."""
    found = queries.public_list(reading(current_actor()), number)
    return Response(jcs(found), mimetype="application/json")


@bp.get("/samples/<number:number>/seal")
@page(may="public")
def sample_seal(number: str) -> Response:
    """The first head over the fixed list that a witness cosigned: when the list was seen (verify_log.py
    asks for it). Refuses `sample.not_yet` before that.
    """
    head = source_queries.lot_head(reading(current_actor()), number)
    if head is None:
        raise NotFound("sample.not_yet")
    return Response(head.note, mimetype="text/plain")


@bp.get("/office/samples")
@page(may="sample.read")
def sample_desk() -> str:
    """The samples for those who work on them."""
    found = queries.sample_cards(reading(current_actor()))
    return render_template("oversight/sample_desk.html", samples=found, words=words)


@bp.get("/office/samples/<number:number>")
@page(may="sample.read")
def sample_work(number: str) -> Answer:
    """The matters of a sample, each with what is to be done."""
    return _page(number)


@bp.route("/office/samples/<number:number>/<int:rank>", methods=["GET", "POST"])
@page(may="sample.call")
def call_sample(number: str, rank: int) -> Answer | Answered:
    """Write down a call-back."""
    found = queries.drawn(reading(current_actor()), number, rank)
    form = forms.CallForm()
    no = None
    if form.validate_on_submit():
        case_number, no = attempt(
            service.call_sample,
            number=number,
            rank=rank,
            result=form.result.data,
            said=form.said.data or "",
        )
        if no is None:
            told = _("已登记，并转为诉求办理 %(number)s。", number=case_number)
            flash(told if case_number else _("已登记。"))
            return redirect(url_for(".sample_work", number=number), 303)
    return form_page("oversight/sample_call.html", form, no, number=number, row=found, words=words)


@bp.post("/office/samples/<number:number>/publish")
@page(may="sample.publish")
def publish_sample(number: str) -> Answer | Answered:
    """Tell the results."""
    _done, no = attempt(service.publish_sample, number=number)
    if no is not None:
        return _page(number, no)
    flash(_("结果已公布。"))
    return redirect(url_for(".sample", number=number), 303)


def _page(number: str, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(service.publish_sample, work, number), no)
    form = Form(formdata=None)
    return render_template(
        "oversight/sample_work.html",
        sample=queries.sample(work, number),
        form=form,
        refusal=refusal_in(form, no) if no else None,
        token=token,
        words=words,
    ), no.status if no else 200
