"""The pages of changes that an owner asks for in its open notice."""

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import in_one_transaction, reading
from market.files import service as files
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices import words as notice_words
from market.selection.notices.forms import AttachForm, ChangeForm, RefuseChangeForm
from market.selection.notices.rules.attachments import MOST
from market.selection.notices.rules.changes import OWNER_MAY, ChangeState
from market.selection.notices.views.attachments import delete_bytes
from market.selection.pages import PlainForm, answer, bp
from market.web.answering import Answer, attempt, caught
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.shown import handed_out


@bp.route("/notices/<number:number>/change", methods=["GET", "POST"])
@page(may="notice.draft")
def ask_change(number: str) -> Answer | Response:
    """Ask for a change of an open notice."""
    card = notice_queries.notice(reading(current_actor()), number)
    if card.owner_organisation_id != current_actor().organisation_id:
        raise NotFound("notice.none")
    said = {name: getattr(card, name) for name in OWNER_MAY}
    said["exclusions"] = [f"{uscc} {reason}" for uscc, reason in card.exclusions]
    form = ChangeForm(data=said)
    no = None
    if form.validate_on_submit():
        change_id, no = attempt(
            notice_service.propose_change,
            number=number,
            texts=form.texts(),
            entry_close=form.entry_close.data,
            reason=form.reason.data,
            with_files=form.with_files.data,
        )
        if no is None:
            return redirect(url_for(".change", change_id=change_id), 303)
    return answer("owner/change.html", form, no, notice=card)


@bp.get("/notices/changes/<bigid:change_id>")
@page(may="change.read")
def change(change_id: int) -> Answer:
    """One change: what the notice says and what it is to say; signed, made or refused here."""
    return _change(change_id, PlainForm())


@bp.post("/notices/changes/<bigid:change_id>/sign")
@page(may="notice.sign")
def sign_change(change_id: int) -> Answer | Response:
    """The owner's signatory signs."""
    return _done(change_id, notice_service.sign_change, _("已提交协管办审核。"))


@bp.post("/notices/changes/<bigid:change_id>/make")
@page(may="notice.amend")
def make_change(change_id: int) -> Answer | Response:
    """The office makes the change."""
    return _done(change_id, notice_service.make_change, _("公告已更正，并已通知可以报名的机构。"))


@bp.post("/notices/changes/<bigid:change_id>/drop")
@page(may="change.own")
def drop_change(change_id: int) -> Response:
    """The owner takes it back."""
    in_one_transaction(notice_service.drop_change, current_actor(), change_id=change_id)
    flash(_("更正申请已撤回，公告不变。"))
    return redirect(url_for(".change", change_id=change_id), 303)


@bp.post("/notices/changes/<bigid:change_id>/refuse")
@page(may="notice.amend")
def refuse_change(change_id: int) -> Answer | Response:
    """The office does not make it."""
    form = RefuseChangeForm()
    if not form.validate_on_submit():
        return _change(change_id, form)
    _none, no = attempt(notice_service.refuse_change, change_id=change_id, note=form.note.data)
    if no:
        return _change(change_id, form, no)
    flash(_("已告知业主不予更正和理由。"))
    return redirect(url_for(".change", change_id=change_id), 303)


@bp.post("/notices/changes/<bigid:change_id>/files")
@page(may="notice.draft")
@files.takes_upload
def bring_file(change_id: int) -> Answer | Response:
    """Let an unsigned change bring a file, one a request."""
    form = AttachForm()
    if not form.validate_on_submit():
        return _change(change_id, form)
    _none, no = caught(lambda: _bring(form, change_id))
    return _change(change_id, form, no) if no else _back(change_id)


def _bring(form: AttachForm, change_id: int) -> None:
    received = files.receive(form.file.data, current_app.instance_path, bare=True)
    in_one_transaction(
        notice_service.bring_file, current_actor(), change_id=change_id, received=received
    )


@bp.post("/notices/changes/<bigid:change_id>/files/<bigid:attachment_id>/back")
@page(may="notice.draft")
def take_file_back(change_id: int, attachment_id: int) -> Response:
    """Take such a file back."""
    keys = in_one_transaction(
        notice_service.take_file_back,
        current_actor(),
        change_id=change_id,
        attachment_id=attachment_id,
    )
    delete_bytes(keys)
    return _back(change_id)


@bp.post("/notices/changes/<bigid:change_id>/files/<bigid:attachment_id>/leave-out")
@page(may="notice.draft")
def leave_out(change_id: int, attachment_id: int) -> Answer | Response:
    """Let the new text be without a file, or with it again."""
    _none, no = attempt(notice_service.leave_out, change_id=change_id, attachment_id=attachment_id)
    return _change(change_id, PlainForm(), no) if no else _back(change_id)


def _back(change_id: int) -> Response:
    return redirect(url_for(".change", change_id=change_id) + "#files", 303)


def _done(change_id: int, deed: object, said: str) -> Answer | Response:
    _none, no = attempt(deed, change_id=change_id)  # type: ignore[arg-type]
    if no:
        return _change(change_id, PlainForm(), no)
    flash(said)
    return redirect(url_for(".change", change_id=change_id), 303)


def _change(change_id: int, form: Form, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(notice_service.make_change, work, change_id), no)
    card = notice_queries.change(work, change_id)
    return answer(
        "change.html",
        form,
        no,
        card=card,
        notice=notice_queries.notice(work, card.number),
        words=notice_words,
        states=ChangeState,
        token=token,
        refuse=form if isinstance(form, RefuseChangeForm) else RefuseChangeForm(formdata=None),
        attach=form if isinstance(form, AttachForm) else AttachForm(formdata=None),
        files=notice_queries.files_of_change(work, card),
        most=MOST,
    )
