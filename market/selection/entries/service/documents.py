"""Opening proposals that are files: their bytes before the transaction, their rows within it.

The clock's process has the private keys of a stage only once both holders have handed them in. What is
opened lies in the store of uploads under a name that says nothing, readable by nobody but through the
pages of the scoring.
"""

from collections.abc import Mapping, Sequence

from market.adapters import blobs
from market.adapters.blobs import BlobStore
from market.db import Work
from market.files import queries as file_queries
from market.files import service as files
from market.files.rules import Audience
from market.files.service import Received
from market.kernel.errors import Invalid, Refusal
from market.selection.entries.models import Entry, EntryBox
from market.selection.entries.queries import uploads
from market.selection.entries.queries.uploads import ToOpen
from verify.zjcs import boxes
from verify.zjcs.boxes import Unopened

PURPOSE = "entry.proposal"
PDF = "application/pdf"
KIND = "kind"
DAMAGED = "box_hash"

Documents = Mapping[int, Received | str]
"""What was in each box, by its id: a file whose bytes are kept, or why it does not open, as a code."""


def open_documents(asked: Sequence[ToOpen], instance: str) -> Documents:
    """Open boxes and keep what is in them, in the app's instance folder. While one of them lies damaged,
    which is ours to answer for, nothing goes on, so nothing is opened: refuses `draw.box_damaged`.
    """
    store = blobs.of(instance)
    for each in asked:
        if _is_damaged(each, store):
            raise Refusal("draw.box_damaged", no=each.no)
    return {each.box_id: _opened(each, instance) for each in asked}


def forget_unknown(work: Work, documents: Documents, instance: str) -> None:
    """Delete the bytes that were kept and that no row knows once the transaction is over: it was refused,
    or has left their entry out. Nothing lies open without need.
    """
    kept = [each.key for each in documents.values() if isinstance(each, Received)]
    store = blobs.of(instance)
    for key in file_queries.unknown(work, kept):
        store.delete(key)


def _is_damaged(of: ToOpen, store: BlobStore) -> bool:
    try:
        with store.get(of.key) as file:
            return boxes.box_hash(file.read()) != of.sha256
    except FileNotFoundError:
        return True


def _opened(of: ToOpen, instance: str) -> Received | str:
    document = _content(of, blobs.of(instance))
    if isinstance(document, str):
        return document
    try:
        return files.keep(document, instance, mime=PDF, name="proposal")
    except Invalid:
        return KIND


def why_unopened(of: ToOpen, store: BlobStore) -> str | None:
    """Why a box does not open, or holds no PDF, as a code; None where it does. Nothing is kept."""
    document = _content(of, store)
    if isinstance(document, str):
        return document
    return None if files.is_of(document, PDF) else KIND


def _content(of: ToOpen, store: BlobStore) -> bytes | str:
    try:
        with store.get(of.key) as file:
            box = file.read()
    except FileNotFoundError:
        return DAMAGED
    purpose = boxes.Purpose(of.draw, of.ref, of.kind, of.keys.t)
    try:
        return boxes.open_box(box, of.sha256, purpose, of.keys.trustees, of.given)
    except Unopened as no:
        return no.code


def keep_document(
    work: Work, entry: Entry, kind: str, documents: Documents, *, is_needed: bool = True
) -> str | None:
    """Write down what was in the box that an entry names; returns why it does not open, None where it
    does. Opened before, it stays so.

    Refuses `draw.seal_too_early` where it was not opened yet, `draw.box_damaged` where the bytes are not
    those that came.
    """
    row: EntryBox | None = uploads.box_of(work, entry, kind)
    if row is None:
        if is_needed:
            raise Refusal("draw.box_damaged", no=entry.no)
        return None
    if row.opened_at is not None:
        return row.unopened

    found = documents.get(row.id)
    if found is None:
        raise Refusal("draw.seal_too_early")
    if found == DAMAGED:
        raise Refusal("draw.box_damaged", no=entry.no)
    if isinstance(found, str):
        row.opened_at = work.now
        row.unopened = found
        return found
    file_id = files.store(
        work, found, purpose=PURPOSE, organisation_id=None, audience=Audience.GRANTED
    )
    row.opened_at = work.now
    row.opened_file_id = file_id
    return None
