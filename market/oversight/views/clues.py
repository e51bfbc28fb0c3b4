"""Clues for a discipline body: the list, a new one, the paper with its export, receipt and one question."""

import io

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.adapters.vkeys import vkeys
from market.db import reading
from market.files import service as files
from market.oversight import forms, handing, queries, service, words
from market.oversight.views.blueprint import bp
from market.selection.results import queries as result_queries
from market.web.answering import Answer, attempt, form_page
from market.web.auth import current_actor, page
from market.web.handing_over import HandOver

HAND_OVER = HandOver(
    look=lambda number: queries.clue(reading(current_actor()), number),
    receive=lambda file: files.receive(file, current_app.instance_path),
    keep=service.keep_clue_receipt,
    ask=service.ask_after_clue,
    template="oversight/clue.html",
    card=lambda number: {"card": queries.clue(reading(current_actor()), number), "words": words},
    back=lambda number: url_for(".clue", number=number),
)


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
    return HAND_OVER.shown(number)


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
        return HAND_OVER.shown(number, no=no)
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
    return HAND_OVER.keep_receipt(number)


@bp.post("/office/clues/<number:number>/ask")
@page(may="clue.make")
def ask_after_clue(number: str) -> Answer | Response:
    """Note the one question."""
    return HAND_OVER.ask_after(number)
