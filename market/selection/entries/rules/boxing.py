"""What a sealed entry must look like before it is taken: nobody here can open it. Pure.

Sealed quotes of `zjcs-quote/1` (docs/draws.md#sealed-quotes, ADR 0041).
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from market.kernel.errors import Invalid
from market.kernel.plain import Json
from market.kernel.visible import bare
from verify.zjcs import boxes, canonical, openings
from verify.zjcs.boxes import Purpose, Unopened
from verify.zjcs.faults import Fault

BROWSER = "browser"
TOOL = "tool"
SERVER = "server"
HEX = re.compile(r"[0-9a-f]{64}")
POSTED = {"agency", "box", "box_sha256", "commit", "draw", "undo", "v"}
MOST_BOX = 10 * 2**20 + 2**17  # bytes of a box: its file, filled up, with head and shares
MOST_UPLOADS = 5
"""Boxes of one kind that an agency may have uploaded for a notice; nobody fills the disk."""
MOST = 8 * 1024  # characters of a sealed quote as text: one has some 2,500


@dataclass(frozen=True)
class Sealed:
    """A quote that was sealed before it came: the box, the commitment (hex), the hash (hex) of the
    token that withdraws it, and by what it was sealed (the page's word).
    """

    box: bytes = field(repr=False)
    commit: str
    undo: str
    by: str

    @property
    def digest(self) -> str:
        """The hash (hex) of the box."""
        return boxes.box_hash(self.box)


def sealed_of(text: str, by: str) -> Sealed:
    """What `seal.html`, `seal.py` and the page's script give, read strictly.

    Refuses `entry.sealed_unread`.
    """
    unread = Invalid("entry.sealed_unread", field="sealed")
    if len(text) > MOST:
        raise unread
    try:
        posted = canonical.parse(text)
        if not isinstance(posted, dict) or set(posted) != POSTED:
            raise unread
        box = base64.b64decode(str(posted["box"]), validate=True)
    except (Fault, binascii.Error, ValueError):
        raise unread from None
    if not _is_true(posted, box):
        raise unread
    return Sealed(box, posted["commit"], posted["undo"], by)


def _is_true(posted: Json, box: bytes) -> bool:
    names = ("box_sha256", "commit", "undo")
    spelt = all(isinstance(posted[name], str) and HEX.fullmatch(posted[name]) for name in names)
    return spelt and posted["box_sha256"] == boxes.box_hash(box)


def check_box(sealed: Sealed, draw: str, ref: str, n: int, t: int) -> None:
    """Hold that a quote's box is one of this agency for this draw, for `t` of `n` keys.

    Refuses `entry.box_shape`, `entry.box_other`.
    """
    check_purpose(sealed.box, Purpose(draw, ref, boxes.QUOTE, t), n, field="sealed")


def check_purpose(box: bytes, purpose: Purpose, holders: int, *, field: str) -> None:
    """Hold that a box of any kind is for this purpose, sealed to so many holders.

    Refuses `entry.box_shape`, `entry.box_other`.
    """
    try:
        boxes.check_purpose(boxes.read(box, holders), purpose)
    except Unopened as no:
        raise Invalid(f"entry.{no.code}", field=field) from None


def token_of(submission_key: str, number: str) -> bytes:
    """The token of a quote that the server seals: it follows from the form's own key, so that the same
    form sent again is shown the same token, and the server keeps none.
    """
    return hashlib.sha256(f"zjcs/token/1\n{number}\n{submission_key}".encode()).digest()


def plain_token(typed: str) -> str:
    """A token in its own spelling, however it was copied: blanks, dashes, full width do not count."""
    return bare(typed).lower()


def check_token(token: str, undo: str | None) -> None:
    """Hold that a token (hex) opens the hash that its entry carries. Refuses `entry.wrong_token`."""
    plain = plain_token(token)
    if not HEX.fullmatch(plain) or openings.undo_of(bytes.fromhex(plain)) != undo:
        raise Invalid("entry.wrong_token", field="token")
