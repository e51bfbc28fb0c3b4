"""A trustee's root in escrow: sealed to a third body, which derives the key of one draw when the trustee
cannot, and of no other without being asked.

The file is JSON: who gave it (`id`), for which log (`origin`), to whom (`by`, `pk`), the sealed root. Its
digest stands on the log (`quote.escrowed`), so that nobody forgets that it exists.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag

from .boxes import HPKE
from .canonical import jcs, parse
from .faults import Fault
from .quote_keys import PROTOCOL, derive, private_key, public_key, public_of

KEYS = {"by", "id", "origin", "pk", "sealed", "v"}
VERSION = 1
MOST = 4096  # bytes of such a file


class Escrow(NamedTuple):
    """A sealed root as its file says it."""

    id: str
    origin: str
    by: str
    pk: str
    sealed: bytes


def _info(trustee: str) -> bytes:
    return f"{PROTOCOL}/escrow\n{trustee}".encode()


def deposit(root: bytes, *, trustee: str, origin: str, by: str, pk: str) -> bytes:
    """The file of a root (32 bytes), sealed to the public key (hex) of who keeps it. Raises Fault
    `quote.root`, `quote.pk`.
    """
    if len(root) != 32:
        raise Fault("quote.root", size=len(root))
    sealed = HPKE.encrypt(root, public_key(pk), info=_info(trustee))
    said = {
        "by": by,
        "id": trustee,
        "origin": origin,
        "pk": pk,
        "sealed": sealed.hex(),
        "v": VERSION,
    }
    return jcs(said)


def digest(file: bytes) -> str:
    """What the log says of such a file: SHA-256 in hex."""
    return hashlib.sha256(file).hexdigest()


def read(file: bytes) -> Escrow:
    """What such a file says. Raises Fault `escrow.shape`."""
    value: Any = None
    if len(file) <= MOST:
        value = parse(file)
    is_ours = (
        isinstance(value, dict)
        and value.keys() == KEYS
        and value["v"] == VERSION
        and all(isinstance(value[key], str) for key in KEYS - {"v"})
    )
    if not is_ours:
        raise Fault("escrow.shape")
    try:
        sealed = bytes.fromhex(value["sealed"])
    except ValueError:
        raise Fault("escrow.shape") from None
    return Escrow(value["id"], value["origin"], value["by"], value["pk"], sealed)


def key_of(escrow: Escrow, secret: str, draw: str, promised: str | None = None) -> str:
    """The trustee's private key (hex) of one draw, by the keeper's secret key (hex). `promised`: the
    public key that the notice has for it; then the answer is held to it, which is the drill.

    Raises Fault `escrow.not_opened`, `quote.sk`, `escrow.other_key`.
    """
    if public_of(secret) != escrow.pk:
        raise Fault("escrow.not_opened", by=escrow.by)
    try:
        root = HPKE.decrypt(escrow.sealed, private_key(secret), info=_info(escrow.id))
    except (InvalidTag, ValueError):
        raise Fault("escrow.not_opened", by=escrow.by) from None
    key = derive(root, escrow.origin, draw, escrow.id)
    if promised is not None and public_of(key) != promised:
        raise Fault("escrow.other_key", id=escrow.id, draw=draw)
    return key
