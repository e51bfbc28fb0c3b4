"""Random bytes, by one door, so that the demo town can be repeatable and nothing else is."""

import hashlib
import os
from collections.abc import Callable

Entropy = Callable[[int], bytes]
"""Takes a number of bytes, gives that many."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without the signs that are read for one another


def system_entropy(count: int) -> bytes:
    """Bytes from the operating system: salts, nonces, tokens, receipts."""
    return os.urandom(count)


def seeded_entropy(seed: str) -> Entropy:
    """A repeatable stream for demo data, never for a real record."""
    counter = 0

    def take(count: int) -> bytes:
        nonlocal counter
        out = b""
        while len(out) < count:
            out += hashlib.sha256(f"{seed}/{counter}".encode()).digest()
            counter += 1
        return out[:count]

    return take


def receipt(prefix: str, entropy: Entropy) -> str:
    """A receipt such as BM-7K3Q-92XD: random, because a sequence would show the order of entries."""
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in entropy(8))
    return f"{prefix}-{signs[:4]}-{signs[4:]}"
