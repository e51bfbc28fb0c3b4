"""Facts by which entries of several agencies may be like one another, as keyed digests: equal facts have
equal digests, and without the key nobody finds a fact by trying all (docs/rules.md#flags).
"""

import dataclasses
import hashlib
import hmac

LENGTH = 32  # hex digits that are kept: 128 bits


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where a form came from: the digests (hex) of its device and its network, None where unknown,
    and the key under which more facts of the same sender are made digests.
    """

    key: bytes = dataclasses.field(repr=False)
    device: str | None = None
    network: str | None = None


def digest(key: bytes, kind: str, fact: str | None) -> str | None:
    """The digest of a fact of a kind ("phone", "address", "device", "network"); None of nothing."""
    plain = "".join((fact or "").split()).lower()
    if not plain:
        return None
    return hmac.new(key, f"{kind}\n{plain}".encode(), hashlib.sha256).hexdigest()[:LENGTH]
