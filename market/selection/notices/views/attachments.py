"""The pages of a notice's attachments: adding them while it is written, withdrawing a public one."""

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.adapters import blobs
from market.db import in_one_transaction, reading
from market.files import service as files
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices import words as notice_words
from market.selection.notices.forms import AccuseForm, AttachForm
from market.selection.notices.rules.attachments import MOST, Why
from market.selection.notices.rules.states import EDITABLE
from market.selection.pages import PlainForm, answer, bp
from market.web.answering import Answer, attempt, caught
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.shown import handed_out


@bp.route("/notices/<bigid:notice_id>/attachments", methods=["GET", "POST"])
@page(may="notice.draft")
@files.takes_upload
def attachments(notice_id: int) -> Answer | Response:
    """Add files to a notice that is being written, one a request."""
    own = notice_queries.own_draft(reading(current_actor()), notice_id)
    if own.card.state not in EDITABLE:
        return redirect(url_for(".check", notice_id=notice_id), 303)
    form = AttachForm()
    no = None
    if form.validate_on_submit():
        _done, no = caught(lambda: _attach(form, notice_id))
        if no is None:
            return redirect(url_for(".attachments", notice_id=notice_id), 303)
    return answer("owner/attachments.html", form, no, own=own, most=MOST)


def _attach(form: AttachForm, notice_id: int) -> None:
    """Keep the file without what tells when, where and by what it was taken, and add it."""
    received = files.receive(form.file.data, current_app.instance_path, bare=True)
    in_one_transaction(
        notice_service.attach, current_actor(), notice_id=notice_id, received=received
    )


@bp.post("/notices/<bigid:notice_id>/attachments/<bigid:attachment_id>/detach")
@page(may="notice.draft")
def detach(notice_id: int, attachment_id: int) -> Response:
    """Take a file away again before it is public."""
    keys = in_one_transaction(
        notice_service.detach,
        current_actor(),
        notice_id=notice_id,
        attachment_id=attachment_id,
    )
    delete_bytes(keys)
    return redirect(url_for(".attachments", notice_id=notice_id), 303)


@bp.route("/notices/attachments/<bigid:attachment_id>", methods=["GET", "POST"])
@page(may="attachment.withdraw")
def attachment(attachment_id: int) -> Answer | Response:
    """Ask that a public file be withdrawn; or decide what another has asked."""
    form = AccuseForm()
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            notice_service.accuse, attachment_id=attachment_id, why=Why(form.why.data)
        )
        if no is None:
            flash(_("已提出，另一个人同意后立即撤下。"))
            return redirect(url_for(".attachment", attachment_id=attachment_id), 303)
    return _attachment(attachment_id, form, no)


@bp.post("/notices/attachments/<bigid:attachment_id>/withdraw")
@page(may="attachment.withdraw")
@asks(
    _l("撤下这份附件？"),
    _l("文件从本平台删除，不能恢复；名称、摘要、原因类别和时间仍然公开。"),
    _l("同意，立即撤下"),
)
def withdraw_attachment(attachment_id: int) -> Answer | Response:
    """The second person agrees: it is gone at once."""
    keys, no = attempt(notice_service.withdraw, attachment_id=attachment_id)
    if no:
        return _attachment(attachment_id, PlainForm(), no)
    delete_bytes(keys or [])
    flash(_("附件已撤下。"))
    return redirect(url_for(".attachment", attachment_id=attachment_id), 303)


@bp.post("/notices/attachments/<bigid:attachment_id>/keep")
@page(may="attachment.withdraw")
def keep_attachment(attachment_id: int) -> Answer | Response:
    """The second person finds that it stays."""
    _done, no = attempt(notice_service.keep, attachment_id=attachment_id)
    if no:
        return _attachment(attachment_id, PlainForm(), no)
    flash(_("附件不撤下。"))
    return redirect(url_for(".attachment", attachment_id=attachment_id), 303)


def _attachment(
    attachment_id: int, form: AccuseForm | PlainForm, no: Refusal | None = None
) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(notice_service.withdraw, work, attachment_id), no)
    file, number = notice_queries.attachment(work, attachment_id)
    card = notice_queries.notice(work, number)
    actor = current_actor()
    if actor.kind == "owner" and actor.organisation_id != card.owner_organisation_id:
        raise NotFound("attachment.none")
    return answer(
        "attachment.html",
        form if isinstance(form, AccuseForm) else AccuseForm(formdata=None),
        no,
        file=file,
        number=number,
        words=notice_words,
        token=token,
    )


def delete_bytes(keys: list[str]) -> None:
    """Delete the bytes of files whose rows are gone, once that is committed."""
    for key in keys:
        blobs.of(current_app.instance_path).delete(key)
