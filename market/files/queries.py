"""Reading about files."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from market.db import Work
from market.files import rules
from market.files.models import File, FileGrant
from market.files.rules import Audience
from market.kernel.errors import NotFound


@dataclasses.dataclass(frozen=True)
class FileCard:
    """One file. `key` is where its bytes are and is shown to nobody."""

    id: int
    name: str
    mime: str
    size: int
    sha256: str
    purpose: str
    audience: Audience
    organisation_id: int | None
    person_id: int | None
    stored_at: dt.datetime
    key: str = dataclasses.field(repr=False)


def file(work: Work, file_id: int) -> FileCard:
    """One file, for services. Refuses `files.none`."""
    row = work.session.get(File, file_id)
    if row is None:
        raise NotFound("files.none")
    return _card(row)


def files(work: Work, ids: Collection[int]) -> dict[int, FileCard]:
    """Several files by id; one that is not there is left out."""
    rows = work.session.scalars(select(File).where(File.id.in_(ids)))
    return {row.id: _card(row) for row in rows}


def readable(work: Work, file_id: int) -> FileCard:
    """One file, when the actor may read it. Refuses `files.none`, whether there is none or it is
    not his.
    """
    card = file(work, file_id)
    granted = frozenset(
        work.session.scalars(select(FileGrant.organisation_id).where(FileGrant.file_id == file_id))
    )
    if not rules.may_read(
        work.actor, rules.Ownership(card.audience, card.organisation_id, card.person_id, granted)
    ):
        raise NotFound("files.none")
    return card


def readable_among(work: Work, ids: Collection[int]) -> set[int]:
    """Those of some files that the actor may read."""
    granted: dict[int, set[int]] = {}
    for file_id, organisation_id in work.session.execute(
        select(FileGrant.file_id, FileGrant.organisation_id).where(FileGrant.file_id.in_(ids))
    ):
        granted.setdefault(file_id, set()).add(organisation_id)
    return {
        card.id
        for card in files(work, ids).values()
        if rules.may_read(
            work.actor,
            rules.Ownership(
                card.audience,
                card.organisation_id,
                card.person_id,
                frozenset(granted.get(card.id, ())),
            ),
        )
    }


def unknown(work: Work, keys: Collection[str]) -> set[str]:
    """Those of the keys that no file has."""
    return set(keys) - set(work.session.scalars(select(File.key).where(File.key.in_(keys))))


def _card(row: File) -> FileCard:
    return FileCard(
        **{field.name: getattr(row, field.name) for field in dataclasses.fields(FileCard)}
    )
