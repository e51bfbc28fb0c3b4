"""Signed notes, checkpoints, cosignatures and tlog proofs as the C2SP specifications write them.
Ed25519 alone.

c2sp.org/signed-note, /tlog-checkpoint, /tlog-cosignature (cosignature/v1), /tlog-proof. Base64 has
one spelling here: what does not re-encode to itself is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .faults import Fault

ED25519 = 0x01
COSIGNATURE = 0x04
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
MAX_NOTE = 64 * 1024
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_NAME = re.compile(r"[^\s+]+")


@dataclass(frozen=True)
class Key:
    """A verifier key: `name+keyid+base64(type || 32-byte public key)`."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """First four bytes of SHA-256(name || LF || type || public key)."""
        return hashlib.sha256(
            self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        ).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as text, ready to be published."""
        return f"{self.name}+{self.id.hex()}+{_encode(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True)
class Signature:
    """One signature line; `body` is what follows the four bytes of the key id."""

    name: str
    key_id: bytes
    body: bytes

    @property
    def line(self) -> str:
        return f"— {self.name} {_encode(self.key_id + self.body)}\n"


@dataclass(frozen=True)
class Note:
    """A text that ends in a newline, and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)


@dataclass(frozen=True)
class Checkpoint:
    """Head of a log: origin, number of leaves, 32-byte root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"


@dataclass(frozen=True)
class Proof:
    """A tlog proof: index, inclusion proof, the signed checkpoint verbatim, opaque extra data
    (here: the leaf itself).
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


class Signer:
    """A named Ed25519 key that signs notes (type 0x01) and cosigns checkpoints (type 0x04)."""

    def __init__(self, name: str, private_key: Ed25519PrivateKey) -> None:
        self.name = name
        self._private = private_key
        self.public = private_key.public_key().public_bytes_raw()

    @classmethod
    def from_skey(cls, text: str) -> Signer:
        """Read `PRIVATE+KEY+name+keyid+base64(0x01 || 32-byte seed)`. Raises Fault `note.skey`."""
        parts = text.strip().split("+")
        if len(parts) < 5 or parts[:2] != ["PRIVATE", "KEY"]:
            raise Fault("note.skey")
        data = decode_base64("+".join(parts[4:]))
        if len(data) != 33 or data[0] != ED25519:
            raise Fault("note.skey")
        signer = cls(parts[2], Ed25519PrivateKey.from_private_bytes(data[1:]))
        if signer.key().id.hex() != parts[3]:
            raise Fault("note.skey")
        return signer

    def key(self, kind: int = ED25519) -> Key:
        """The verifier key for notes (0x01) or for cosignatures (0x04)."""
        return Key(self.name, kind, self.public)

    def sign(self, text: str) -> Signature:
        """Sign a note's text."""
        return Signature(self.name, self.key().id, self._private.sign(text.encode()))

    def cosign(self, text: str, time: int) -> Signature:
        """Cosign a checkpoint's text as seen at `time` (epoch seconds)."""
        signed = self._private.sign(_cosigned(text, time))
        return Signature(self.name, self.key(COSIGNATURE).id, time.to_bytes(8, "big") + signed)


def new_key(name: str) -> tuple[str, str]:
    """Make a fresh key: its secret text (Go's `PRIVATE+KEY+...`) and its note vkey (type 0x01)."""
    if not _NAME.fullmatch(name):
        raise Fault("note.name", name=name)
    private = Ed25519PrivateKey.generate()
    key = Signer(name, private).key()
    seed = private.private_bytes_raw()
    return f"PRIVATE+KEY+{name}+{key.id.hex()}+{_encode(bytes([ED25519]) + seed)}", key.vkey


def decode_base64(text: str) -> bytes:
    """Standard base64 with padding, one spelling only. Raises Fault `note.base64`."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise Fault("note.base64", text=text[:80]) from None
    if _encode(data) != text:
        raise Fault("note.base64", text=text[:80])
    return data


def parse_vkey(text: str) -> Key:
    """Read a verifier key and hold its id against its bytes. Raises Fault `note.vkey`."""
    name, plus, rest = text.partition("+")
    identity, second, data = rest.partition("+")
    if not plus or not second or not _NAME.fullmatch(name):
        raise Fault("note.vkey", vkey=text[:120])
    raw = decode_base64(data)
    if len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE):
        raise Fault("note.vkey", vkey=text[:120])
    key = Key(name, raw[0], raw[1:])
    if key.id.hex() != identity:
        raise Fault("note.vkey_id", vkey=text[:120])
    return key


def parse_note(text: str) -> Note:
    """Split a signed note into text and signatures. Raises Fault `note.shape`."""
    body, separator, tail = text.rpartition("\n\n")
    if (
        not separator
        or not tail.endswith("\n")
        or len(text) > MAX_NOTE
        or re.search(r"[\x00-\x09\x0b-\x1f]", text)
    ):
        raise Fault("note.shape")
    return Note(body + "\n", tuple(parse_signature(line) for line in tail[:-1].split("\n")))


def parse_signature(line: str) -> Signature:
    """Read one `— name base64` line (without its newline). Raises Fault `note.signature_line`."""
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not _NAME.fullmatch(parts[1]):
        raise Fault("note.signature_line", line=line[:120])
    data = decode_base64(parts[2])
    if len(data) < 5:
        raise Fault("note.signature_line", line=line[:120])
    return Signature(parts[1], data[:4], data[4:])


def verify_signature(note: Note, key: Key) -> int | None:
    """Time of the cosignature by `key` (the earliest of several), 0 for a plain signature, None
    when absent.

    Raises Fault `note.signature` when a line claims to be by `key` and is not: the whole note is
    then worthless.
    """
    times = [
        _verify_line(note.text, line, key)
        for line in note.signatures
        if (line.name, line.key_id) == (key.name, key.id)
    ]
    return min(times, default=None)


def _verify_line(text: str, line: Signature, key: Key) -> int:
    time = 0
    signature = line.body
    message = text.encode()
    if key.kind == COSIGNATURE:
        time = int.from_bytes(line.body[:8], "big")
        signature = line.body[8:]
        message = _cosigned(text, time)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Fault("note.signature", name=key.name, key_id=key.id.hex()) from None
    return time


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text (three lines, no extensions). Raises Fault `checkpoint.shape`."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0] or not _DECIMAL.fullmatch(lines[1]):
        raise Fault("checkpoint.shape", text=text[:120])
    root = decode_base64(lines[2])
    if len(root) != 32:
        raise Fault("checkpoint.shape", text=text[:120])
    return Checkpoint(lines[0], int(lines[1]), root)


def open_checkpoint(text: str, origin: str, log_keys: Iterable[Key]) -> tuple[Checkpoint, Note]:
    """Read a signed checkpoint of `origin` that at least one of `log_keys` signed.

    Raises Fault `checkpoint.origin`, `checkpoint.unsigned` or `note.*`.
    """
    note = parse_note(text)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != origin:
        raise Fault("checkpoint.origin", expected=origin, found=checkpoint.origin)
    if not [key for key in log_keys if verify_signature(note, key) is not None]:
        raise Fault("checkpoint.unsigned", origin=origin)
    return checkpoint, note


def open_listed(
    text: str, origin: str, log_keys: Iterable[Key], listed: Iterable[Key]
) -> tuple[Checkpoint, Note]:
    """Read a checkpoint below which, besides lines of the log's own name, only lines of `listed`
    witnesses stand.

    A line of nobody known proves nothing: it may be a witness's with a changed byte. Raises as
    open_checkpoint, and Fault `note.unlisted`.
    """
    checkpoint, note = open_checkpoint(text, origin, log_keys)
    known = {(key.name, key.id) for key in listed}
    for line in note.signatures:
        if line.name != origin and (line.name, line.key_id) not in known:
            raise Fault("note.unlisted", name=line.name)
    return checkpoint, note


def cosignature_times(note: Note, witnesses: Iterable[Key]) -> dict[str, int]:
    """Witness name -> time (epoch seconds) of its cosignature on this note; absent witnesses are
    left out.
    """
    times = {key.name: verify_signature(note, key) for key in witnesses}
    return {name: time for name, time in times.items() if time is not None}


def format_proof(proof: Proof) -> str:
    """Write a `.tlog-proof` file."""
    extra = f"extra {_encode(proof.extra)}\n" if proof.extra else ""
    hashes = "".join(_encode(value) + "\n" for value in proof.hashes)
    return f"{PROOF_HEADER}\n{extra}index {proof.index}\n{hashes}\n{proof.checkpoint}"


def parse_proof(text: str) -> Proof:
    """Read a `.tlog-proof` file. Raises Fault `proof.shape`."""
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    extra = b""
    if not separator or lines.pop(0) != PROOF_HEADER or not lines:
        raise Fault("proof.shape")
    if lines[0].startswith("extra "):
        extra = decode_base64(lines.pop(0)[6:])
    index = lines.pop(0)[6:] if lines and lines[0].startswith("index ") else ""
    if not _DECIMAL.fullmatch(index) or len(lines) > 63:
        raise Fault("proof.shape")
    return Proof(int(index), tuple(_hash(line) for line in lines), checkpoint, extra)


def _hash(line: str) -> bytes:
    value = decode_base64(line)
    if len(value) != 32:
        raise Fault("proof.shape")
    return value


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def format_note(text: str, signatures: Sequence[Signature]) -> str:
    """Write a signed note."""
    return str(Note(text, tuple(signatures)))
