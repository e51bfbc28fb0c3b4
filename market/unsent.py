"""What was typed into a form and not taken: sealed, for its writer alone, for a short while (ADR 0037).

A row tells nobody who wrote what: its name is a keyed digest of the writer and the page, and what
was typed is sealed to that name. Whoever holds the database without the installation's secret
learns when a row ends, and no more.
"""

import dataclasses
import datetime as dt
import hmac
import json
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, Work

NONCE = 12  # bytes
MOST = 256 * 2**10  # bytes of one form's texts; more than any form takes


class Unsent(Model):
    """The texts of one page of one writer, sealed."""

    __tablename__ = "unsent"
    name: Mapped[str] = mapped_column(primary_key=True)  # HMAC of writer and page, hex
    box: Mapped[bytes]
    ends_at: Mapped[dt.datetime] = mapped_column(index=True)


@dataclasses.dataclass(frozen=True)
class Place:
    """Whose text it is, and on which page it stood."""

    writer: str
    page: str


@dataclasses.dataclass(frozen=True)
class Typed:
    """What a form brought: names with their texts in their order, and what is never kept, by name.

    `action` is the address that the form was sent to, `files` the files' names by their fields;
    `posted` says whether the person had sent it, or it was only saved meanwhile.
    """

    action: str
    texts: list[tuple[str, str]]
    files: list[tuple[str, str]]
    dropped: list[str]
    at: dt.datetime
    posted: bool
    organisation_id: int | None = None


def keep(work: Work, secret: bytes, place: Place, typed: Typed, *, lasts: dt.timedelta) -> bool:
    """Keep what was typed in the place of what was kept for that page; False when it is too much."""
    spelled = json.dumps({**dataclasses.asdict(typed), "at": typed.at.isoformat()}).encode()
    if len(spelled) > MOST:
        return False
    name = _name(secret, place)
    nonce = work.entropy(NONCE)
    box = nonce + ChaCha20Poly1305(_key(secret)).encrypt(nonce, spelled, name.encode())
    row = work.session.get(Unsent, name, with_for_update=True)
    if row is None:
        row = Unsent(name=name)
        work.session.add(row)
    row.box = box
    row.ends_at = work.now + lasts
    return True


def kept(work: Work, secret: bytes, place: Place) -> Typed | None:
    """What is kept for a page, or None: nothing was, its time is over, or the secret is another."""
    row = work.session.get(Unsent, _name(secret, place))
    if row is None or row.ends_at <= work.now:
        return None
    try:
        spelled = ChaCha20Poly1305(_key(secret)).decrypt(
            row.box[:NONCE], row.box[NONCE:], row.name.encode()
        )
    except InvalidTag:
        return None
    told = json.loads(spelled)
    return Typed(
        action=told["action"],
        texts=[(name, text) for name, text in told["texts"]],
        files=[(name, file) for name, file in told["files"]],
        dropped=told["dropped"],
        at=dt.datetime.fromisoformat(told["at"]),
        posted=told["posted"],
        organisation_id=told["organisation_id"],
    )


def drop(work: Work, secret: bytes, place: Place) -> None:
    """Forget what is kept for a page."""
    work.session.execute(delete(Unsent).where(Unsent.name == _name(secret, place)))


def sweep(work: Work) -> None:
    """Forget whatever is over."""
    work.session.execute(delete(Unsent).where(Unsent.ends_at <= work.now))


def _name(secret: bytes, place: Place) -> str:
    spelled = json.dumps(["unsent", place.writer, place.page]).encode()
    return hmac.new(_derived(secret, b"zjcs/unsent/name"), spelled, sha256).hexdigest()


def _key(secret: bytes) -> bytes:
    return _derived(secret, b"zjcs/unsent/box")


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=use).derive(secret)
