"""A tip on its way to a discipline body: found to be for it, the sheet, the receipt, one question."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.complaints import forms, queries, service
from market.complaints.views.blueprint import bp
from market.db import reading
from market.files import service as files
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.web.answering import Answer, attempt, caught, form_page, refusal_in
from market.web.auth import current_actor, page
from market.web.naming import named
from market.web.shown import handed_out, show


@bp.route("/office/tips/<number:number>/to-hand-over", methods=["GET", "POST"])
@page(may="tip.read")
def begin_hand_over(number: str) -> Response | Answer:
    """Find that a tip which one reads is for a discipline body."""
    work = reading(current_actor())
    token = seen(service.begin_hand_over, work, number)
    tip = queries.tip(work, number)
    if not tip.is_own:
        raise NotFound("complaint.none")
    form = forms.HandOver()
    form.receiver.choices = [
        (body.id, named(body.name)) for body in queries.receivers_of(work, number)
    ]
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            service.begin_hand_over,
            number=number,
            receiver_id=form.receiver.data,
            reason=form.reason.data,
        )
        if no is None:
            flash(_("请打印移交单，密封送达后登记签收回执。"))
            return redirect(url_for(".hand_over", number=number), 303)
    show(form, handed_out(token, no))
    return form_page("complaints/to_hand_over.html", form, no, tip=tip)


@bp.get("/office/tips/<number:number>/hand-over")
@page(may="tip.read")
def hand_over(number: str) -> Answer:
    """The sheet, and what its sender does next."""
    return _page(number)


@bp.post("/office/tips/<number:number>/receipt")
@page(may="tip.read")
@files.takes_upload
def keep_receipt(number: str) -> Response | Answer:
    """Keep the scan of the signed receipt."""
    queries.hand_over(reading(current_actor()), number)  # whose it is, before a file is taken
    form = forms.Receipt()
    if not form.validate():
        return _page(number, receipt=form)
    scan, no = caught(lambda: files.receive(form.file.data, current_app.instance_path))
    if scan is not None:
        _done, no = attempt(
            service.keep_receipt, number=number, scan=scan, signed_on=form.signed_on.data
        )
    if no:
        return _page(number, receipt=form, no=no)
    flash(_("已登记签收回执。"))
    return redirect(url_for(".hand_over", number=number), 303)


@bp.post("/office/tips/<number:number>/ask")
@page(may="tip.read")
def ask_after(number: str) -> Response | Answer:
    """Note the one question."""
    form = forms.AskAfter()
    if not form.validate():
        return _page(number, ask=form)
    _done, no = attempt(service.ask_after, number=number, answer=form.answer.data)
    if no:
        return _page(number, ask=form, no=no)
    flash(_("已登记询问情况，不再询问。"))
    return redirect(url_for(".hand_over", number=number), 303)


def _page(
    number: str,
    *,
    receipt: forms.Receipt | None = None,
    ask: forms.AskAfter | None = None,
    no: Refusal | None = None,
) -> Answer:
    """The page with the form that was sent, and what stood against it."""
    card = queries.hand_over(reading(current_actor()), number)
    sent = receipt or ask
    sentence = refusal_in(sent, no) if sent and no else None
    status = no.status if no else 422 if sent else 200
    return (
        render_template(
            "complaints/hand_over.html",
            card=card,
            receipt=receipt or forms.Receipt(formdata=None),
            ask=ask or forms.AskAfter(formdata=None),
            sent=sent,
            refusal=sentence,
        ),
        status,
    )
