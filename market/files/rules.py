"""What may be handed in and who may read it. Pure."""

import dataclasses
import enum
import unicodedata

from market.kernel.actor import Actor

LARGEST = 10 * 2**20  # bytes of one file (docs/rules.md#settings)
LONGEST_NAME = 100  # characters, its ending included
TYPES = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/ofd": "ofd",
}
"""What is accepted, by content (content.py), and the ending it is given back with: the one list."""

OVERSEERS = frozenset({"office", "regulator", "authority", "inspection"})
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})


class Audience(enum.StrEnum):
    """Who may read a file besides the one who handed it in and the organisations it was shown to."""

    # those who check and oversee: office, regulators, managing authority, inspectors
    OVERSIGHT = "oversight"
    GRANTED = "granted"  # nobody else: evidence, which the deciding body alone reads (docs/rules.md#personal-data)
    PUBLIC = "public"


@dataclasses.dataclass(frozen=True)
class Ownership:
    """Whose a file is, and whom it was shown to (ids of organisations)."""

    audience: Audience
    organisation_id: int | None
    person_id: int | None
    granted: frozenset[int] = frozenset()


def may_read(actor: Actor, file: Ownership) -> bool:
    """Whether the actor may read a file. Administrators run the platform and read no business."""
    if file.audience is Audience.PUBLIC:
        return True
    if not actor.is_signed_in:
        return False
    if file.person_id == actor.person_id and file.organisation_id in (None, actor.organisation_id):
        return True
    if not actor.duties - ADMINISTRATORS or actor.organisation_id is None:
        return False
    if actor.organisation_id == file.organisation_id or actor.organisation_id in file.granted:
        return True
    return file.audience is Audience.OVERSIGHT and actor.kind in OVERSEERS


def clean_name(typed: str | None, mime: str) -> str:
    """The file's name for people: no path, no control or invisible signs, the ending of its true
    type.
    """
    name = unicodedata.normalize("NFC", typed or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if sign.isprintable()).strip(" .")
    ending = "." + TYPES[mime]
    stem, dot, last = name.rpartition(".")
    if dot and len(last) <= 5:
        name = stem.strip(" .")
    return (name or "file")[: LONGEST_NAME - len(ending)] + ending
