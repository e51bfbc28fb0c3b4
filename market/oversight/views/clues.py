"""Clues for a discipline body: the list, a new one, the paper with its export, receipt and one question."""

import io

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.adapters.vkeys import vkeys
from market.db import reading
from market.files import service as files
from market.kernel.errors import Refusal
from market.oversight import forms, handing, queries, service, words
from market.oversight.views.blueprint import bp
from market.selection.results import queries as result_queries
from market.web.answering import Answer, attempt, caught, form_page, refusal_in
from market.web.auth import current_actor, page
from market.web.forms import Form


@bp.get("/office/clues")
@page(may="clue.read")
def clues() -> str:
    """The clues of one's body."""
    found = queries.clues(reading(current_actor()))
    return render_template("oversight/clues.html", clues=found, words=words)


@bp.route("/office/clues/new", methods=["GET", "POST"])
@page(may="clue.make")
def make_clue() -> Answer | Response:
    """Write a clue down that comes from no selection."""
    return _made()


@bp.route("/office/selections/<number:number>/clue", methods=["GET", "POST"])
@page(may="clue.make")
def make_clue_of_selection(number: str) -> Answer | Response:
    """Write down one that was found in a selection."""
    work = reading(current_actor())
    queries.check_seen(work, number)
    return _made(notice=result_queries.notice(work, number).number)


@bp.route("/office/flags/<bigid:finding_id>/clue", methods=["GET", "POST"])
@page(may="clue.make")
def make_clue_of_finding(finding_id: int) -> Answer | Response:
    """Write down one that a flag has led to."""
    found = queries.finding(reading(current_actor()), finding_id)
    return _made(notice=found.selection or "", finding_id=finding_id)


def _made(notice: str = "", finding_id: int | None = None) -> Answer | Response:
    form = forms.ClueForm()
    no = None
    if form.validate_on_submit():
        number, no = attempt(
            service.make_clue,
            found=form.found(),
            notice=notice,
            finding_id=finding_id,
            submission_key=form.once.data,
        )
        if no is None:
            flash(_("已成文。请导出、密封送达，由对方签收后登记回执。"))
            return redirect(url_for(".clue", number=number), 303)
    return form_page("oversight/clue_new.html", form, no, notice=notice)


@bp.get("/office/clues/<number:number>")
@page(may="clue.read")
def clue(number: str) -> Answer:
    """The paper, and what its sender does next."""
    return _page(number)


@bp.post("/office/clues/<number:number>/export")
@page(may="clue.make")
def export_clue(number: str) -> Answer | Response:
    """The sealed archive; that it was made, and its digest, is on the log."""
    work = reading(current_actor())
    card = queries.clue(work, number)
    evidence = queries.evidence_if_any(work, card.notice, vkeys(current_app.config))
    packed, digest = handing.archive(card, evidence)
    _done, no = attempt(service.export_clue, number=number, sha256=digest)
    if no is not None:
        return _page(number, no=no)
    return send_file(
        io.BytesIO(packed),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{number}.zip",
    )


@bp.post("/office/clues/<number:number>/receipt")
@page(may="clue.make")
@files.takes_upload
def keep_clue_receipt(number: str) -> Answer | Response:
    """Keep the scan of the signed receipt."""
    queries.clue(reading(current_actor()), number)  # whose it is, before a file is taken
    form = forms.ReceiptForm()
    if not form.validate():
        return _page(number, receipt=form)
    scan, no = caught(lambda: files.receive(form.file.data, current_app.instance_path))
    if scan is not None:
        _done, no = attempt(
            service.keep_clue_receipt, number=number, scan=scan, signed_on=form.signed_on.data
        )
    if no:
        return _page(number, receipt=form, no=no)
    flash(_("已登记签收回执。"))
    return redirect(url_for(".clue", number=number), 303)


@bp.post("/office/clues/<number:number>/ask")
@page(may="clue.make")
def ask_after_clue(number: str) -> Answer | Response:
    """Note the one question."""
    form = forms.AskAfterForm()
    if not form.validate():
        return _page(number, ask=form)
    _done, no = attempt(service.ask_after_clue, number=number, answer=form.answer.data)
    if no:
        return _page(number, ask=form, no=no)
    flash(_("已登记询问情况，不再询问。"))
    return redirect(url_for(".clue", number=number), 303)


def _page(
    number: str,
    *,
    receipt: forms.ReceiptForm | None = None,
    ask: forms.AskAfterForm | None = None,
    no: Refusal | None = None,
) -> Answer:
    """The page with the form that was sent, and what stood against it."""
    sent = receipt or ask
    shown = sent or Form(formdata=None)
    status = no.status if no else 422 if sent else 200
    return (
        render_template(
            "oversight/clue.html",
            card=queries.clue(reading(current_actor()), number),
            receipt=receipt or forms.ReceiptForm(formdata=None),
            ask=ask or forms.AskAfterForm(formdata=None),
            sent=shown,
            refusal=refusal_in(shown, no) if no else None,
            words=words,
        ),
        status,
    )
