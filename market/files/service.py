"""Handing in files: `receive` the bytes before the transaction, `store` the row within it.

A file is part of another room's matter, whose service asks who may and writes the log; so nothing
is recorded here.
"""

import dataclasses
import hashlib
import io
from collections.abc import Callable, Collection, Iterator
from typing import IO, Protocol, TypeVar

from sqlalchemy import delete, select

from market.adapters import blobs
from market.db import Work
from market.files import pictures, queries, rules
from market.files.content import is_heic, mime_of
from market.files.models import File, FileGrant
from market.files.rules import Audience
from market.kernel.entropy import system_entropy
from market.kernel.errors import Invalid

SEALED = "box"
SEALED_MIME = "application/octet-stream"
CHUNK = 256 * 2**10
V = TypeVar("V", bound=Callable[..., object])


class Upload(Protocol):
    """A file of a form: werkzeug's FileStorage."""

    filename: str | None
    stream: IO[bytes]


@dataclasses.dataclass(frozen=True)
class Received:
    """A file whose bytes are kept and checked, and which no row knows yet. `sha256` in lower-case
    hex.
    """

    name: str
    mime: str
    size: int
    sha256: str
    key: str


def takes_upload(view: V) -> V:
    """Mark a view whose form carries a file: its request may be as large as one (others end at 2
    MiB).
    """
    setattr(view, "takes_upload", True)  # noqa: B010 - a function has no such attribute by itself
    return view


def receive(
    upload: Upload | None, instance: str, *, field: str = "file", bare: bool = False
) -> Received:
    """Check a file of a form and keep its bytes. `instance` is the app's instance folder. With
    `bare` a picture is kept without what tells when, where and by what it was taken.

    Refuses at `field`: `files.missing`, `files.empty`, `files.too_large`, `files.type` (pdf, jpg,
    png and ofd, by content), `files.heic`.
    """
    if upload is None or not upload.filename:
        raise Invalid("files.missing", field=field)
    size = upload.stream.seek(0, 2)
    if size == 0:
        raise Invalid("files.empty", field=field)
    if size > rules.LARGEST:
        raise Invalid("files.too_large", field=field, most=rules.LARGEST // 2**20)
    mime = mime_of(upload.stream)
    if mime is None:
        raise Invalid("files.heic" if is_heic(upload.stream) else "files.type", field=field)
    key = system_entropy(32).hex()
    digest = hashlib.sha256()
    stream = upload.stream
    if bare and mime.startswith("image/"):
        stream = _bared(stream, mime, field)
        size = len(stream.getbuffer())
    blobs.of(instance).put(key, _hashing(stream, digest.update))
    return Received(rules.clean_name(upload.filename, mime), mime, size, digest.hexdigest(), key)


def is_of(content: bytes, mime: str) -> bool:
    """Whether bytes are of a type, by what stands in them."""
    return mime_of(io.BytesIO(content)) == mime


def keep(content: bytes, instance: str, *, mime: str, name: str = "") -> Received:
    """Keep bytes that did not come by a form, where they are of just this type.

    Refuses `files.type`.
    """
    if not is_of(content, mime):
        raise Invalid("files.type", field="file")
    key = system_entropy(32).hex()
    blobs.of(instance).put(key, [content])
    digest = hashlib.sha256(content).hexdigest()
    return Received(rules.clean_name(name, mime), mime, len(content), digest, key)


def keep_sealed(box: bytes, instance: str) -> Received:
    """Keep bytes that nobody here can read; neither name nor type says what is in them."""
    key = system_entropy(32).hex()
    blobs.of(instance).put(key, [box])
    return Received(SEALED, SEALED_MIME, len(box), hashlib.sha256(box).hexdigest(), key)


def _bared(stream: IO[bytes], mime: str, field: str) -> io.BytesIO:
    stream.seek(0)
    try:
        return io.BytesIO(pictures.bare(stream.read(), mime))
    except pictures.Misshapen as no:
        raise Invalid("files.type", field=field) from no


def _hashing(stream: IO[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        update(chunk)
        yield chunk


def store(
    work: Work,
    received: Received,
    *,
    purpose: str,
    organisation_id: int | None,
    person_id: int | None = None,
    audience: Audience = Audience.OVERSIGHT,
) -> int:
    """Make a received file part of a matter and return its id.

    `organisation_id` and `person_id` are whose it is: of an organisation its members read it, of a
    person without one he alone. `purpose` says of which matter, e.g. "qualification".
    """
    row = File(
        division=work.division,
        purpose=purpose,
        audience=audience,
        organisation_id=organisation_id,
        person_id=person_id,
        stored_at=work.now,
        **dataclasses.asdict(received),
    )
    work.session.add(row)
    work.session.flush()  # The id below.
    return row.id


def grant(work: Work, *, file_id: int, organisation_id: int) -> None:
    """Let an organisation read a file; once more changes nothing. Refuses `files.none`."""
    queries.file(work, file_id)
    work.session.merge(FileGrant(file_id=file_id, organisation_id=organisation_id))


def publish(work: Work, *, file_id: int) -> None:
    """Let everyone read a file: an attachment of a published notice. Refuses `files.none`."""
    queries.file(work, file_id)
    work.session.get_one(File, file_id).audience = Audience.PUBLIC


def remove(work: Work, *, file_ids: Collection[int]) -> list[str]:
    """Forget files whose matter is erased; returns the keys of their bytes, to be deleted once this
    is committed.

    Whoever calls has taken away what refers to them. Bytes that nobody deletes go with the clock's
    sweep of orphans.
    """
    keys = list(work.session.scalars(select(File.key).where(File.id.in_(file_ids))))
    work.session.execute(delete(FileGrant).where(FileGrant.file_id.in_(file_ids)))
    work.session.execute(delete(File).where(File.id.in_(file_ids)))
    return keys
