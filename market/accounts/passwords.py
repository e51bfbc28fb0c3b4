"""Hashes of passwords: Argon2id, RFC 9106's low-memory profile (64 MiB).

A few are made at a time, so that a flood of sign-ins cannot eat the memory.
"""

import contextlib
import dataclasses
import functools
import threading
from collections.abc import Iterator

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

from market.accounts.rules import check_password, plain_password
from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal

# hashes, seconds
AT_ONCE = 4
WAIT = 10
hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclasses.dataclass(frozen=True)
class Hashed:
    """A password that was checked and hashed. Views make one before the transaction, so that no
    lock waits for it. `plain` is what was typed, for the comparison with a form sent before.
    """

    text: str = dataclasses.field(repr=False)
    plain: str = dataclasses.field(default="", repr=False)


def hashed(password: str, *, login: str, second_factor: bool = False) -> Hashed:
    """Check a new password by the rules and hash it. Refuses `accounts.password_*`,
    `accounts.busy`.
    """
    check_password(password, login=login, second_factor=second_factor)
    with _turn():
        return Hashed(hasher.hash(plain_password(password), salt=system_entropy(16)), password)


def matches(text: str | None, password: str) -> bool:
    """Whether the password is the one of the hash; as slow for an unknown login (None) as for a
    known one.
    """
    with _turn():
        try:
            return hasher.verify(text or _nobody(), plain_password(password)) and text is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=WAIT):
        raise Refusal("accounts.busy")
    try:
        yield
    finally:
        _turns.release()


@functools.cache
def _nobody() -> str:
    """The hash of a password that nobody has, made at the first need."""
    return hasher.hash(system_entropy(16).hex(), salt=system_entropy(16))
