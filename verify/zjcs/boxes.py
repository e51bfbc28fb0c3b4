"""Boxes of `zjcs-quote/1`: what an entrant seals and nobody can read before enough trustees say so.

The content key comes from random pieces, one for each set of t - 1 trustees, kept from exactly that
set: any t trustees have all pieces, t - 1 lack one. Each piece is committed in the head, so that a
box opens to one content or to none. HPKE is the library's (RFC 9180, P-256, HKDF-SHA256,
AES-256-GCM); docs/draws.md says what this promises and against whom.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from .canonical import jcs, parse_canonical
from .draw import HEX64
from .faults import Fault
from .quote_keys import PROTOCOL, SUITE, Trustee, hkdf, private_key, public_key

MAGIC = f"{PROTOCOL}\n".encode()
QUOTE = "quote"
KINDS = (QUOTE, "proposal", "proposal_b")
HEAD_KEYS = {"agency", "draw", "kind", "pieces", "suite", "t", "v"}

QUOTE_SIZE = 1024
STEP = 65536
MOST_DATA = 10 * 1024 * 1024
TAG = 16
POINT = 65
PIECE = 32
MOST_HEAD = 8192
MOST_TRUSTEES = 5
NONCE = bytes(12)
"""A content key is used once, so its nonce may stand still."""

HPKE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Unopened(Exception):
    """Why a box is not opened: one of the codes that the seal publishes."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Purpose(NamedTuple):
    """What a box is for. All of it stands in the head, which is authenticated."""

    draw: str
    agency: str
    kind: str
    t: int


@dataclass(frozen=True)
class Box:
    """A box taken apart, not opened yet."""

    head: dict[str, Any]
    head_bytes: bytes
    shares: tuple[bytes, ...]
    payload: bytes

    @property
    def purpose(self) -> Purpose:
        """What its head says that it is for."""
        return Purpose(*(self.head[key] for key in ("draw", "agency", "kind", "t")))


def box_hash(box: bytes) -> str:
    """The hash (hex) by which `entry.received` names a box."""
    return hashlib.sha256(f"{PROTOCOL}/box\n".encode() + box).hexdigest()


# --- pieces -------------------------------------------------------------------------------
def kept_from(n: int, t: int) -> list[tuple[int, ...]]:
    """For each piece the trustees (from 0) from whom it is kept, in the order of the pieces."""
    return list(itertools.combinations(range(n), t - 1))


def held_by(trustee: int, n: int, t: int) -> list[int]:
    """The pieces (from 0) that a trustee (from 0) holds."""
    return [j for j, without in enumerate(kept_from(n, t)) if trustee not in without]


def commitment_of(number: int, piece: bytes) -> str:
    """The commitment (hex) of a piece, by its number from 0."""
    return hashlib.sha256(f"{PROTOCOL}/piece\n".encode() + bytes([number]) + piece).hexdigest()


def share_info(trustee: str, head: bytes) -> bytes:
    """What HPKE binds a share to: whose it is and the whole head."""
    return f"{PROTOCOL}/share\n{trustee}\n{hashlib.sha256(head).hexdigest()}".encode()


def _content_key(pieces: Sequence[bytes], head: bytes) -> AESGCM:
    info = f"{PROTOCOL}/payload\n".encode() + hashlib.sha256(head).digest()
    return AESGCM(hkdf(b"", b"".join(pieces), info, 32))


# --- sealing ------------------------------------------------------------------------------
def seal(data: bytes, purpose: Purpose, trustees: Sequence[Trustee]) -> bytes:
    """Seal data to the trustees of a draw. Raises Fault `quote.size`, `quote.trustees`, `quote.pk`."""
    n = len(trustees)
    if not 1 <= purpose.t <= n <= MOST_TRUSTEES or len({each.pk for each in trustees}) != n:
        raise Fault("quote.trustees", t=purpose.t, n=n)
    pieces = [os.urandom(PIECE) for _ in kept_from(n, purpose.t)]
    head = head_of(purpose, pieces)
    shares = [
        HPKE.encrypt(
            b"".join(pieces[j] for j in held_by(i, n, purpose.t)),
            public_key(trustee.pk),
            info=share_info(trustee.id, head),
        )
        for i, trustee in enumerate(trustees)
    ]
    return assembled(head, shares, seal_payload(data, purpose.kind, pieces, head))


def head_of(purpose: Purpose, pieces: Sequence[bytes]) -> bytes:
    """The head of a box in its one spelling."""
    return jcs(
        {
            "agency": purpose.agency,
            "draw": purpose.draw,
            "kind": purpose.kind,
            "pieces": [commitment_of(j, piece) for j, piece in enumerate(pieces)],
            "suite": SUITE,
            "t": purpose.t,
            "v": 1,
        }
    )


def seal_payload(data: bytes, kind: str, pieces: Sequence[bytes], head: bytes) -> bytes:
    """The enciphered content, padded so that its size says little."""
    size = padded_size(len(data), kind)
    plain = len(data).to_bytes(4, "big") + data
    return _content_key(pieces, head).encrypt(NONCE, plain.ljust(size, b"\0"), MAGIC + head)


def padded_size(size: int, kind: str) -> int:
    """The size of a content of `size` bytes with its length and its zeros. Raises `quote.size`."""
    whole = size + 4
    if kind == QUOTE:
        if whole > QUOTE_SIZE:
            raise Fault("quote.size", size=size)
        return QUOTE_SIZE
    if size > MOST_DATA:
        raise Fault("quote.size", size=size)
    return -(-whole // STEP) * STEP


def assembled(head: bytes, shares: Sequence[bytes], payload: bytes) -> bytes:
    """The bytes of a box."""
    parts = [len(part).to_bytes(2, "big") + part for part in (head, *shares)]
    return MAGIC + b"".join(parts) + payload


# --- reading ------------------------------------------------------------------------------
def read(box: bytes, n: int) -> Box:
    """Take a box for `n` trustees apart. Raises Unopened `box_shape`."""
    if not box.startswith(MAGIC):
        raise Unopened("box_shape")
    head_bytes, at = _part(box, len(MAGIC))
    head = _head(head_bytes)
    t = head["t"]
    if not 1 <= t <= n or len(head["pieces"]) != len(kept_from(n, t)):
        raise Unopened("box_shape")
    shares = []
    for trustee in range(n):
        share, at = _part(box, at)
        if len(share) != POINT + PIECE * len(held_by(trustee, n, t)) + TAG:
            raise Unopened("box_shape")
        shares.append(share)
    payload = box[at:]
    if not _is_size(len(payload) - TAG, head["kind"]):
        raise Unopened("box_shape")
    return Box(head, head_bytes, tuple(shares), payload)


def _part(box: bytes, at: int) -> tuple[bytes, int]:
    end = at + 2 + int.from_bytes(box[at : at + 2], "big")
    if len(box) < max(at + 2, end):
        raise Unopened("box_shape")
    return box[at + 2 : end], end


def _head(data: bytes) -> dict[str, Any]:
    """A head that is its own canonical spelling, with its keys alone and each of its kind."""
    try:
        head = parse_canonical(data) if len(data) <= MOST_HEAD else None
    except Fault:
        raise Unopened("box_shape") from None
    if not isinstance(head, dict) or set(head) != HEAD_KEYS:
        raise Unopened("box_shape")
    is_text = all(isinstance(head[key], str) for key in ("agency", "draw", "kind", "suite"))
    is_list = isinstance(head["pieces"], list) and all(
        isinstance(piece, str) and HEX64.fullmatch(piece) for piece in head["pieces"]
    )
    is_whole = all(type(head[key]) is int for key in ("t", "v"))
    if not (is_text and is_list and is_whole) or head["v"] != 1 or head["kind"] not in KINDS:
        raise Unopened("box_shape")
    return head


def _is_size(size: int, kind: str) -> bool:
    if kind == QUOTE:
        return size == QUOTE_SIZE
    return 0 < size <= padded_size(MOST_DATA, kind) and size % STEP == 0


def check_purpose(box: Box, purpose: Purpose) -> None:
    """Hold that a box is for this entry. Raises Unopened `box_other`."""
    if box.purpose != purpose or box.head["suite"] != SUITE:
        raise Unopened("box_other")


# --- opening ------------------------------------------------------------------------------
def open_box(
    data: bytes,
    logged: str,
    purpose: Purpose,
    trustees: Sequence[Trustee],
    keys: Mapping[str, str],
) -> bytes:
    """The content of a box, or Unopened with the first step that fails.

    `logged`: its hash in `entry.received`; `keys`: released private keys (hex) by trustee, each
    held to its public key before. Fewer than t of them are Unopened `too_few_keys`, which is no
    reason but waiting.
    """
    if box_hash(data) != logged:
        raise Unopened("box_hash")
    n = len(trustees)
    box = read(data, n)
    check_purpose(box, purpose)
    holders = [i for i, trustee in enumerate(trustees) if trustee.id in keys]
    if len(holders) < purpose.t:
        raise Unopened("too_few_keys")
    opened = {i: _share(box, i, trustees[i], keys[trustees[i].id]) for i in holders}
    pieces = _pieces(box, opened, n, purpose.t)
    return _content(box, [pieces[j] for j in sorted(pieces)])


@functools.lru_cache(maxsize=16)
def _released(sk: str) -> ec.EllipticCurvePrivateKey:
    """A released key, which is public by then, made ready once for all boxes of a draw."""
    return private_key(sk)


def _share(box: Box, trustee: int, of: Trustee, sk: str) -> bytes:
    try:
        return HPKE.decrypt(
            box.shares[trustee], _released(sk), info=share_info(of.id, box.head_bytes)
        )
    except (InvalidTag, ValueError):
        raise Unopened("share_open") from None


def _pieces(box: Box, opened: Mapping[int, bytes], n: int, t: int) -> dict[int, bytes]:
    """The pieces out of the opened shares, each held to its commitment."""
    pieces: dict[int, bytes] = {}
    for trustee, share in opened.items():
        for place, j in enumerate(held_by(trustee, n, t)):
            piece = share[place * PIECE : (place + 1) * PIECE]
            if commitment_of(j, piece) != box.head["pieces"][j]:
                raise Unopened("piece_commit")
            pieces[j] = piece
    return pieces


def _content(box: Box, pieces: Sequence[bytes]) -> bytes:
    try:
        plain = _content_key(pieces, box.head_bytes).decrypt(
            NONCE, box.payload, MAGIC + box.head_bytes
        )
    except InvalidTag:
        raise Unopened("payload_open") from None
    size = int.from_bytes(plain[:4], "big")
    data = plain[4 : 4 + size]
    most = QUOTE_SIZE - 4 if box.head["kind"] == QUOTE else MOST_DATA
    if len(data) != size or size > most or plain[4 + size :].strip(b"\0"):
        raise Unopened("padding")
    if len(plain) != padded_size(size, box.head["kind"]):
        raise Unopened("padding")
    return data
