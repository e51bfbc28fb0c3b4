"""The desk where the text of a complaint or a tip is deleted by two persons."""

from collections.abc import Mapping

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.adapters import blobs
from market.complaints import forms, queries, service, words
from market.complaints.views.blueprint import bp
from market.db import reading
from market.web.answering import OR_ABSENT, attempt, refusal_in
from market.web.auth import current_actor, page
from market.web.errors import words_of

Answer = Response | str | tuple[str, int]


@bp.route("/office/erasures", methods=["GET", "POST"])
@page(may="erasure.desk")
def erasures() -> Answer:
    """What the body proposed to delete; the officer proposes here."""
    form = forms.Erase(number=request.args.get("number", "")[:30])
    if not form.validate_on_submit():
        return _desk(form, None), 422 if form.is_submitted() else 200
    _done, no = attempt(
        service.propose_erasure,
        OR_ABSENT,
        subject=form.number.data or "",
        ground=form.ground.data,
        basis=form.basis.data,
    )
    if no:
        return _desk(form, refusal_in(form, no)), no.status
    flash(_("已提交审签。"))
    return redirect(url_for(".erasures"), 303)


def _desk(
    form: forms.Erase, refusal: str | None, typed: Mapping[str, str | None] | None = None
) -> str:
    """The desk; `typed` are the notes by their subjects that have not been taken."""
    return render_template(
        "complaints/erasures.html",
        form=form,
        refusal=refusal,
        typed=typed or {},
        words=words,
        lines=queries.erasures(reading(current_actor())),
        note=forms.Note(formdata=None),
    )


@bp.post("/office/erasures/<number:number>/sign")
@page(may="erasure.sign")
def sign_erasure(number: str) -> Answer:
    """Sign: the text is deleted in this moment, for ever; the bytes of its files right after."""
    store = blobs.of(current_app.instance_path)
    gone, no = attempt(service.sign_erasure, subject=number)
    if no:
        return _desk(forms.Erase(formdata=None), words_of(current_app, no)), no.status
    for key in gone or ():
        store.delete(key)
    flash(_("已删除，并记入公开日志。"))
    return redirect(url_for(".erasures"), 303)


@bp.post("/office/erasures/<number:number>/return")
@page(may="erasure.sign")
def return_erasure(number: str) -> Answer:
    """Send the proposal back with a word."""
    form = forms.Note()
    if not form.validate():
        return redirect(url_for(".erasures"), 303)
    note = form.note.data or ""
    _done, no = attempt(service.return_erasure, subject=number, note=note)
    if no:
        sentence = words_of(current_app, no)
        return _desk(forms.Erase(formdata=None), sentence, {number: note}), no.status
    flash(_("已退回。"))
    return redirect(url_for(".erasures"), 303)
