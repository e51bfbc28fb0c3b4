"""Sealing with chosen randomness, for vectors and forgeries: HPKE of RFC 9180 by hand."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.verify.vectors import HERE
from verify.zjcs import boxes
from verify.zjcs.quote_keys import Trustee, private_key, public_key, public_of

VECTORS: dict[str, Any] = json.loads((HERE / "sealed_quotes.json").read_text(encoding="utf-8"))
KEYS = {key["id"]: key for key in VECTORS["keys"]}
SEALED = {box["name"]: box for box in VECTORS["boxes"]}

KEM = b"KEM" + (0x0010).to_bytes(2, "big")
HPKE = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x0010, 0x0001, 0x0002))


def trustees(ids: Sequence[str]) -> list[Trustee]:
    """The trustees of a vector with their public keys."""
    return [Trustee(name, KEYS[name]["pk"]) for name in ids]


def secrets(ids: Sequence[str]) -> dict[str, str]:
    """The private keys of these trustees."""
    return {name: KEYS[name]["sk"] for name in ids}


def purpose(box: dict[str, Any], **other: Any) -> boxes.Purpose:
    """What a vector's box is for."""
    same = boxes.Purpose(VECTORS["draw"], box["agency"], box["kind"], box["t"])
    return same._replace(**other)


def sealed(
    data: bytes,
    of: boxes.Purpose,
    ids: Sequence[str],
    pieces: Sequence[bytes],
    ephemeral: Sequence[str],
    shares: Sequence[bytes] | None = None,
    payload: bytes | None = None,
) -> bytes:
    """A box from chosen pieces and ephemeral keys; a forger puts his own shares or payload in it."""
    head = boxes.head_of(of, pieces)
    n = len(ids)
    held = [b"".join(pieces[j] for j in boxes.held_by(i, n, of.t)) for i in range(n)]
    made = [
        hpke_seal(KEYS[name]["pk"], boxes.share_info(name, head), plain, sk)
        for name, plain, sk in zip(ids, shares or held, ephemeral, strict=True)
    ]
    content = payload or boxes.seal_payload(data, of.kind, pieces, head)
    return boxes.assembled(head, made, content)


def payload_of(plain: bytes, pieces: Sequence[bytes], of: boxes.Purpose) -> bytes:
    """The payload of a content that is padded as a forger likes."""
    head = boxes.head_of(of, pieces)
    key = boxes._content_key(pieces, head)
    return key.encrypt(boxes.NONCE, plain, boxes.MAGIC + head)


def hpke_seal(pk: str, info: bytes, plain: bytes, ephemeral: str) -> bytes:
    """HPKE base mode, one message, with a chosen ephemeral key (hex)."""
    enc = bytes.fromhex(public_of(ephemeral))
    dh = private_key(ephemeral).exchange(ec.ECDH(), public_key(pk))
    prk = _extract(KEM, b"", "eae_prk", dh)
    secret = _expand(KEM, prk, "shared_secret", enc + bytes.fromhex(pk), 32)
    hashed = [_extract(HPKE, b"", "psk_id_hash", b""), _extract(HPKE, b"", "info_hash", info)]
    context = b"\0" + b"".join(hashed)
    prk = _extract(HPKE, secret, "secret", b"")
    key = _expand(HPKE, prk, "key", context, 32)
    nonce = _expand(HPKE, prk, "base_nonce", context, 12)
    return enc + AESGCM(key).encrypt(nonce, plain, b"")


def _extract(suite: bytes, salt: bytes, label: str, ikm: bytes) -> bytes:
    return hmac.new(
        salt or bytes(32), b"HPKE-v1" + suite + label.encode() + ikm, hashlib.sha256
    ).digest()


def _expand(suite: bytes, prk: bytes, label: str, info: bytes, size: int) -> bytes:
    labeled = size.to_bytes(2, "big") + b"HPKE-v1" + suite + label.encode() + info
    return hmac.new(prk, labeled + b"\x01", hashlib.sha256).digest()[:size]
