"""The keys of `zjcs-quote/1`: of one draw, derived from a trustee's root and never stored.

Whoever holds a draw's private key opens that draw's boxes and learns nothing of another draw. Keys
are hex as they stand in leaves: `sk` 32 bytes, `pk` an uncompressed point of P-256, 65 bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .faults import Fault
from .note import ED25519, Key, parse_note, verify_signature

PROTOCOL = "zjcs-quote/1"
SUITE = "0010-0001-0002"
NOTE = "zjcs/quote.key/1"
PRICE = ".price"
"""What the id of the second stage of a draw ends in: `<draw>.price`, with keys of its own."""

CURVE = ec.SECP256R1()
CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
KEM_SUITE = b"KEM" + (0x0010).to_bytes(2, "big")

SK = re.compile(r"[0-9a-f]{64}")
PK = re.compile(r"04[0-9a-f]{128}")


class Trustee(NamedTuple):
    """Who holds one share of each box: a name of `keys.json`, and his public key of this draw."""

    id: str
    pk: str


def derive(root: bytes, origin: str, draw: str, trustee: str) -> str:
    """The private key (hex) of a trustee for one draw, by RFC 9180 7.1.3 from his root (32 bytes)."""
    if len(root) != 32:
        raise Fault("quote.root", size=len(root))
    info = f"{PROTOCOL}/key\n{origin}\n{draw}\n{trustee}".encode()
    ikm = hkdf(PROTOCOL.encode(), root, info, 32)
    prk = _labeled_extract("dkp_prk", ikm)
    for counter in range(256):
        candidate = _labeled_expand(prk, "candidate", bytes([counter]), 32)
        if 0 < int.from_bytes(candidate, "big") < CURVE_ORDER:
            return candidate.hex()
    raise Fault("quote.root", size=len(root))  # once in 2**8192 roots


def public_of(sk: str) -> str:
    """The public key (hex) of a private one. Raises Fault `quote.sk`."""
    point = private_key(sk).public_key()
    return point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()


def private_key(sk: str) -> ec.EllipticCurvePrivateKey:
    """A private key as the library takes it. Raises Fault `quote.sk`."""
    number = int(sk, 16) if SK.fullmatch(sk) else 0
    if not 0 < number < CURVE_ORDER:
        raise Fault("quote.sk")
    return ec.derive_private_key(number, CURVE)


def public_key(pk: str) -> ec.EllipticCurvePublicKey:
    """A public key as the library takes it. Raises Fault `quote.pk` for what is no point."""
    if not PK.fullmatch(pk):
        raise Fault("quote.pk", pk=pk[:80])
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes.fromhex(pk))
    except ValueError:
        raise Fault("quote.pk", pk=pk[:80]) from None


def note_text(origin: str, draw: str, trustee: Trustee) -> str:
    """The text that a trustee signs with his own key, so that nobody puts another key in its place."""
    return f"{NOTE}\n{origin}\n{draw}\n{trustee.id}\n{trustee.pk}\n"


def check_note(note: str, key: Key, origin: str, draw: str, trustee: Trustee) -> None:
    """Hold that a signed note names this key for this draw. `key`: the trustee's of `keys.json`.

    A witness signs with the public key of its cosignatures under the type of plain notes. Raises
    Fault `quote.note` and what `note` raises.
    """
    signed = parse_note(note)
    plain = Key(key.name, ED25519, key.public)
    if signed.text != note_text(origin, draw, trustee):
        raise Fault("quote.note", id=trustee.id)
    if verify_signature(signed, plain) is None:
        raise Fault("quote.note", id=trustee.id)
    public_key(trustee.pk)


# --- HKDF-SHA256 (RFC 5869), and its labels in RFC 9180 4 -----------------------------------
def hkdf(salt: bytes, ikm: bytes, info: bytes, size: int) -> bytes:
    """HKDF-SHA256."""
    return _expand(_extract(salt, ikm), info, size)


def _extract(salt: bytes, ikm: bytes) -> bytes:
    return hmac.new(salt or bytes(32), ikm, hashlib.sha256).digest()


def _expand(prk: bytes, info: bytes, size: int) -> bytes:
    block = b""
    done = b""
    for counter in range(1, -(-size // 32) + 1):
        block = hmac.new(prk, block + info + bytes([counter]), hashlib.sha256).digest()
        done += block
    return done[:size]


def _labeled_extract(label: str, ikm: bytes) -> bytes:
    return _extract(b"", b"HPKE-v1" + KEM_SUITE + label.encode() + ikm)


def _labeled_expand(prk: bytes, label: str, info: bytes, size: int) -> bytes:
    return _expand(
        prk, size.to_bytes(2, "big") + b"HPKE-v1" + KEM_SUITE + label.encode() + info, size
    )
