"""When a request on the wire is here whole, seen from its first bytes alone.

Only the head's end and its Content-Length are looked at, to know when a thread may be taken. What
a request means is said by the server's parser alone: whatever is unusual here is handed to it as
it is, so that there is no second reading of a request that could differ from the first.
"""

import dataclasses
import re

HEAD_LIMIT = 64 * 2**10  # bytes of a request line with its headers; longer ones are refused
BODY_LIMIT = 12 * 2**20  # bytes of a body that is awaited: a file of 10 MiB with its form
END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*(?=\r\n)", re.IGNORECASE)
UNUSUAL = re.compile(
    rb"\r\n(transfer-encoding|expect|upgrade|http2-settings|content-length)[ \t]*:", re.IGNORECASE
)


@dataclasses.dataclass(frozen=True)
class Extent:
    """How far a request reaches.

    `bytes` is its whole length, head included, or None while the head's end is not here.
    `is_sure` says that a thread which takes these bytes waits for nothing more.
    """

    bytes: int | None
    is_sure: bool = True
    is_form: bool = False


UNKNOWN = Extent(None)
TOO_LONG = Extent(0, is_sure=False)  # a head without an end


def extent(begun: bytes) -> Extent:
    """How far the request reaches that begins with these bytes."""
    end = begun.find(END_OF_HEAD, 0, HEAD_LIMIT)
    if end < 0:
        return TOO_LONG if len(begun) >= HEAD_LIMIT else UNKNOWN

    head = begun[: end + 2]
    is_form = not head.startswith((b"GET ", b"HEAD "))
    lengths = LENGTH.findall(head)
    unusual = len(UNUSUAL.findall(head)) > len(lengths)
    if end == 0 or unusual or len(lengths) > 1:
        return Extent(len(begun), is_sure=False, is_form=is_form)

    body = int(lengths[0]) if lengths else 0
    if body > BODY_LIMIT:
        return Extent(len(begun), is_sure=False, is_form=is_form)
    return Extent(end + len(END_OF_HEAD) + body, is_form=is_form)
