"""Giving files back, never to be opened in our name: as attachments, unsniffed, in a sandbox."""

import io
from typing import BinaryIO

from flask import Blueprint, Response, current_app, request, send_file

from market.adapters import blobs
from market.db import reading
from market.files import pictures, queries, rules
from market.kernel.errors import NotFound
from market.web.auth import current_actor, page

bp = Blueprint("files", __name__)
SANDBOX = "sandbox; default-src 'none'"
ALONE = "default-src 'none'; object-src 'self'; form-action 'none'; base-uri 'none'"
PICTURES = ("image/jpeg", "image/png")
FORM = 2**20  # what a form may weigh besides its file


@bp.get("/files/<bigid:file_id>")
@page(may="public")
def download(file_id: int) -> Response:
    """One file, to those who may read it. A picture that everyone may read goes out without what
    tells when and where it was taken.
    """
    card = queries.readable(reading(current_actor()), file_id)
    bytes_of = blobs.of(current_app.instance_path).get(card.key)
    is_bare = card.audience is rules.Audience.PUBLIC and card.mime in PICTURES
    answer = send_file(
        _bare(bytes_of, card.mime) if is_bare else bytes_of,
        mimetype=card.mime,
        as_attachment=True,
        download_name=card.name,
        etag=f"{card.sha256}-bare" if is_bare else card.sha256,
        last_modified=card.stored_at,
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if not is_bare:
        answer.headers["Content-Length"] = str(card.size)
    return answer


@bp.get("/files/<bigid:file_id>/view")
@page(may="public")
def view(file_id: int) -> Response:
    """The same file to be looked at in a frame of our own pages: a picture in a sandbox, a PDF in
    the browser's own viewer, which a sandbox would shut out and which runs nothing of ours.
    """
    answer = download(file_id)
    answer.headers["Content-Disposition"] = "inline"
    is_picture = answer.mimetype in PICTURES
    answer.headers["Content-Security-Policy"] = (
        f"{SANDBOX if is_picture else ALONE}; frame-ancestors 'self'"
    )
    return answer


def _bare(picture: BinaryIO, mime: str) -> BinaryIO:
    with picture:
        content = picture.read()
    try:
        return io.BytesIO(pictures.bare(content, mime))
    except pictures.Misshapen:
        raise NotFound("files.none") from None


@bp.app_url_value_preprocessor
def make_room(endpoint: str | None, _values: object) -> None:
    """Let the request of a form with a file be larger; before anything reads the form, as the CSRF
    check does.
    """
    if getattr(current_app.view_functions.get(endpoint or ""), "takes_upload", False):
        request.max_content_length = rules.LARGEST + FORM
