"""Enciphering the files of a backup with a passphrase (ADR 0036).

scrypt makes a key of the passphrase, HKDF-SHA-256 one of it for each file, bound to the file's name.
A file is its magic, 16 random bytes for its key, then chunks under ChaCha20-Poly1305 whose nonce is
their number and whether they are the last: none can be left out, added, moved or taken from another
file without being found.
"""

import json
import pathlib
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from market.kernel.entropy import system_entropy

MAGIC = b"zjcs-backup/1\n"
CHUNK = 2**20
TAG = 16
SALT = 16
WORK = {"n": 2**17, "r": 8, "p": 1}  # 128 MiB and some tenths of a second for each guess
HEADER = "sealing.json"
LEAST = 12
PROOF = b"zjcs-backup/1 the passphrase is right"


class Unopened(Exception):
    """The passphrase is wrong, or a file is not what was written."""


def passphrase_of(path: pathlib.Path) -> str:
    """The first line of a file. Raises Unopened for fewer than 12 signs: whoever finds the copy can
    try as long as he likes.
    """
    lines = path.read_text("utf-8").splitlines()
    found = unicodedata.normalize("NFC", lines[0].strip()) if lines else ""
    if len(found) < LEAST:
        raise Unopened(f"a passphrase has at least {LEAST} signs")
    return found


def new_key(passphrase: str) -> tuple[bytes, bytes]:
    """A fresh key of a passphrase, with the header that lets it be made again."""
    salt = system_entropy(SALT)
    key = _stretched(passphrase, salt)
    proof = ChaCha20Poly1305(key).encrypt(bytes(12), PROOF, None)
    header = {"kdf": "scrypt", **WORK, "salt": salt.hex(), "proof": proof.hex()}
    return key, json.dumps(header, indent=1).encode()


def known_key(passphrase: str, header: bytes) -> bytes:
    """The key of a passphrase that a header was made with. Raises Unopened for another one, and for
    a header that asks for more work than ours.
    """
    try:
        said = json.loads(header)
        salt = bytes.fromhex(said["salt"])
        proof = bytes.fromhex(said["proof"])
        is_ours = all(said[name] == amount for name, amount in WORK.items())
    except (ValueError, KeyError, TypeError) as no:
        raise Unopened(f"{HEADER} is damaged") from no
    if not is_ours:
        raise Unopened(f"{HEADER} is of another version")
    key = _stretched(passphrase, salt)
    try:
        ChaCha20Poly1305(key).decrypt(bytes(12), proof, None)
    except InvalidTag as no:
        raise Unopened("the passphrase is wrong") from no
    return key


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **WORK).derive(passphrase.encode())


def _of_file(key: bytes, salt: bytes, name: str) -> ChaCha20Poly1305:
    info = MAGIC + name.encode()
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, info).derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def sealed(source: BinaryIO, key: bytes, name: str) -> Iterator[bytes]:
    """The bytes of an enciphered file."""
    salt = system_entropy(SALT)
    cipher = _of_file(key, salt, name)
    yield MAGIC + salt
    for number, (chunk, is_last) in enumerate(_with_end(_chunks(source, CHUNK))):
        yield cipher.encrypt(_nonce(number, is_last=is_last), chunk, None)


def opened(source: BinaryIO, key: bytes, name: str) -> Iterator[bytes]:
    """The bytes of the file that was enciphered under this name. Raises Unopened where one of them
    is not as it was written.
    """
    head = source.read(len(MAGIC) + SALT)
    if len(head) != len(MAGIC) + SALT or not head.startswith(MAGIC):
        raise Unopened(f"{name} is no enciphered file")
    cipher = _of_file(key, head[len(MAGIC) :], name)
    for number, (chunk, is_last) in enumerate(_with_end(_chunks(source, CHUNK + TAG))):
        try:
            yield cipher.decrypt(_nonce(number, is_last=is_last), chunk, None)
        except InvalidTag as no:
            raise Unopened(f"{name} is not what was written") from no


def _chunks(source: BinaryIO, size: int) -> Iterator[bytes]:
    """At least one, which is empty for an empty file."""
    chunk = source.read(size)
    yield chunk
    while chunk := source.read(size):
        yield chunk


def _with_end(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk, and whether it is the last."""
    several = iter(chunks)
    held = next(several)
    for chunk in several:
        yield held, False
        held = chunk
    yield held, True
