"""Where a form came from, as digests under this installation's key: never the address itself."""

import functools
from collections.abc import Callable

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app, request

from market.fabric import Memory
from market.kernel.likeness import Origin, digest
from market.kernel.networks import is_address, place_of

USE = b"zjcs/likeness"
DEVICE: Memory[Callable[[], str | None]] = Memory(lambda: _no_device)
"""Who knows the device of a request: the sessions, which stand above."""


def key() -> bytes:
    """The key of all likeness facts of this installation."""
    return _derived(str(current_app.config["SECRET_KEY"]))


@functools.lru_cache(maxsize=1)
def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=USE).derive(secret.encode())


def origin() -> Origin:
    """The origin of this request."""
    own = key()
    return Origin(
        own,
        digest(own, "device", DEVICE.of()()),
        digest(own, "network", _network(request.remote_addr)),
    )


def _network(address: str | None) -> str | None:
    """The network that an address belongs to; None of what is no address."""
    return place_of(address) if address and is_address(address) else None


def _no_device() -> str | None:
    return None
