"""A tip on its way to a discipline body: found to be for it, the sheet, the receipt, one question."""

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.complaints import forms, queries, service
from market.complaints.views.blueprint import bp
from market.db import reading
from market.files import service as files
from market.kernel.errors import NotFound
from market.kernel.shown import seen
from market.web.answering import Answer, attempt, form_page
from market.web.auth import current_actor, page
from market.web.handing_over import HandOver
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


HAND_OVER = HandOver(
    look=lambda number: queries.hand_over(reading(current_actor()), number),
    receive=lambda file: files.receive(file, current_app.instance_path),
    keep=service.keep_receipt,
    ask=service.ask_after,
    template="complaints/hand_over.html",
    card=lambda number: {"card": queries.hand_over(reading(current_actor()), number)},
    back=lambda number: url_for(".hand_over", number=number),
)


@bp.get("/office/tips/<number:number>/hand-over")
@page(may="tip.read")
def hand_over(number: str) -> Answer:
    """The sheet, and what its sender does next."""
    return HAND_OVER.shown(number)


@bp.post("/office/tips/<number:number>/receipt")
@page(may="tip.read")
@files.takes_upload
def keep_receipt(number: str) -> Response | Answer:
    """Keep the scan of the signed receipt."""
    return HAND_OVER.keep_receipt(number)


@bp.post("/office/tips/<number:number>/ask")
@page(may="tip.read")
def ask_after(number: str) -> Response | Answer:
    """Note the one question."""
    return HAND_OVER.ask_after(number)
