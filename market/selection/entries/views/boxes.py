"""The agency's page of the files that it uploads sealed before it enters (ADR 0065)."""

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from market.agencies import queries as agencies
from market.db import Work, in_one_transaction, reading
from market.files import rules as file_rules
from market.files import service as files
from market.kernel.errors import Invalid, NotFound, Refusal
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries import words as entry_words
from market.selection.entries.forms import BoxForm
from market.selection.entries.rules import boxing
from market.selection.entries.rules.entering import why_closed
from market.selection.entries.rules.states import EntryState
from market.selection.notices import queries as notice_queries
from market.selection.pages import answer, bp, sentence
from market.web.answering import Answer, caught
from market.web.auth import current_actor, page
from market.web.pace import Limit, keep_pace
from verify.zjcs.boxes import MAGIC, box_hash

PDF = "application/pdf"
UPLOADS = Limit("boxes", most=30, minutes=10)  # each may be 10 MiB, and is sealed or checked whole


@bp.route("/notices/<number:number>/boxes", methods=["GET", "POST"])
@page(may="entry.enter")
@files.takes_upload
def boxes(number: str) -> Answer | Response:
    """Upload one sealed file, or one that the server seals for who has no script."""
    work = reading(current_actor())
    notice = notice_queries.notice(work, number)
    kinds = entry_queries.kinds_of(work, number)
    if not kinds:
        raise NotFound("notice.none")
    form = BoxForm()
    form.offer(kinds)
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = caught(lambda: _upload(number, form))
        if no is None:
            flash(_("文件已密封收下。"))
            return redirect(url_for(".boxes", number=number), 303)

    own = entry_queries.own_entry(work, number, current_actor().organisation_id)
    return answer(
        "agency/boxes.html",
        form,
        no,
        notice=notice,
        kinds=kinds,
        parts=entry_words.PARTS,
        makers=entry_words.MAKERS,
        uploads=entry_queries.own_uploads(work, number, current_actor().organisation_id),
        is_in=own is not None and own.state is EntryState.RECEIVED,
        closed=sentence(why_closed(notice.state, work.now, notice.entry_close)),
        promises={kind: _promise(work, number, kind) for kind in kinds},
        most=file_rules.LARGEST // 2**20,
    )


def _upload(number: str, form: BoxForm) -> str:
    """Keep the box of one file; nothing of the file is kept unsealed."""
    keep_pace(UPLOADS, who=f"agency {current_actor().organisation_id}")
    work = reading(current_actor())
    kind = form.kind.data
    content = _read(form.file.data)
    if content.startswith(MAGIC):
        by = boxing.BROWSER if form.made.data == boxing.BROWSER else boxing.TOOL
        sealed = entry_service.SealedFile(content, (form.document.data or "").strip(), by)
    else:
        _check_pdf(content)
        sealed = entry_service.seal_here(work, number=number, kind=kind, document=content)
    if entry_service.check_upload(work, number=number, kind=kind, sealed=sealed):
        return box_hash(sealed.box)
    received = files.keep_sealed(sealed.box, current_app.instance_path)
    try:
        return in_one_transaction(
            entry_service.upload,
            current_actor(),
            number=number,
            kind=kind,
            sealed=sealed,
            received=received,
        )
    finally:
        kept = {0: received}
        entry_service.forget_unknown(reading(current_actor()), kept, current_app.instance_path)


def _read(upload: FileStorage | None) -> bytes:
    if upload is None or not upload.filename:
        raise Invalid("files.missing", field="file")
    content = upload.stream.read(boxing.MOST_BOX + 1)
    if len(content) > boxing.MOST_BOX:
        raise Invalid("files.too_large", field="file", most=file_rules.LARGEST // 2**20)
    return content


def _check_pdf(content: bytes) -> None:
    """Judge a file that came open as other files are."""
    if not content:
        raise Invalid("files.empty", field="file")
    if len(content) > file_rules.LARGEST:
        raise Invalid("files.too_large", field="file", most=file_rules.LARGEST // 2**20)
    if not files.is_of(content, PDF):
        raise Invalid("entry.box_pdf", field="file")


def _promise(work: Work, number: str, kind: str) -> dict[str, object] | None:
    """What the page's script seals a kind by; None while the keys are not there."""
    stage = entry_queries.stage_of_kind(work, number, kind)
    agency = agencies.of_organisation(work, current_actor().organisation_id)
    if stage is None or agency is None:
        return None
    words = {
        "seal": _("封装并上传"),
        "quote.size": _("文件超过 10 MB，请压缩后再上传。"),
        "document.pdf": _("方案须为 PDF 文件。请另存为 PDF 后重新上传。"),
    }
    purpose = {"draw": stage.draw, "agency": agency.ref or "", "kind": kind, "t": stage.keys.t}
    trustees = [{"id": each.id, "pk": each.pk} for each in stage.keys.trustees]
    return {"purpose": purpose, "trustees": trustees, "words": words}
