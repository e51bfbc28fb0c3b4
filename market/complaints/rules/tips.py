"""Who reads a tip (举报线索): never whom it concerns (docs/rules.md#separation-11). Pure."""

import dataclasses
import enum
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from market.kernel import visible
from market.kernel.entropy import ALPHABET
from market.windows.rules import Kind, Nature

TIP = Kind("complaint.tip", Nature.DUTY, "阅处举报线索")
HAND_OVER = Kind("complaint.hand_over", Nature.DUTY, "移交问题线索")
ASK_FROM = Kind("complaint.hand_over_waits", Nature.ACT, "移交后可以询问一次")
ASK = Kind("complaint.hand_over_ask", Nature.DUTY, "询问移交线索的办理情况")
DISCIPLINE = "inspection"
"""The kind of the bodies that get a sealed hand-over and no clock (docs/rules.md#separation-11)."""
LONGEST_CODE = 12
PLACE = re.compile(
    r"^.{2,4}?(?:省|(?<!超)市|县|区|州|盟|旗)(?:.{2,4}?(?:(?<!超)市|县|区|旗))*(?=..)"
)
SHORTEST = 3  # signs of a name without its place: 水利局
SIMPLE = str.maketrans(
    "協辦資規監審紀務財場檔發員會農業衛環應氣數據縣區鎮鄉廳處設運輸廣電遊體儲備準檢驗專車軍統計築",
    "协办资规监审纪务财场档发员会农业卫环应气数据县区镇乡厅处设运输广电游体储备准检验专车军统计筑",
)
"""Traditional signs of the names that bodies have."""


class TipStanding(enum.StrEnum):
    """How a tip stands for the body that has it."""

    NEW = "new"
    READ = "read"
    HANDED_ON = "handed_on"
    RECEIVED = "received"  # handed over by another, which owes what there is to do
    CLOSED = "closed"
    ERASED = "erased"


@dataclasses.dataclass(frozen=True)
class Reader:
    """A public body that could read a tip. `is_able`: somebody there may read tips."""

    id: int
    kind: str
    name: str
    superior_id: int | None
    is_able: bool


def named_in(text: str, names: Mapping[int, Iterable[str]]) -> set[int]:
    """The bodies whose name stands in a text, with or without its place (瑞昌市自然资源局,
    自然资源局), however it is spaced, parted, or written in width and in traditional characters.
    """
    said = _plain(text)
    return {
        body
        for body, called in names.items()
        if any(short in said for name in called for short in _shorter(_plain(name)))
    }


def _shorter(name: str) -> Iterable[str]:
    """A plain name, and what people call it: without its place, without 行政."""
    without = PLACE.sub("", name)
    called = (name, without, without.removeprefix("行政"))
    return (each for each in called if each == name or len(each) >= SHORTEST)


def _plain(text: str) -> str:
    """The letters and digits alone."""
    folded = unicodedata.normalize("NFKC", visible.compared(text)).casefold()
    plain = folded.translate(SIMPLE)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LN")


def route(concerned: Collection[int], bodies: Sequence[Reader], office: int | None) -> int | None:
    """The body that reads a tip: the office, or where a public body is concerned the nearest
    superior that is not; then the managing authority, then inspection. None where nobody is left.
    """
    known = {body.id: body for body in bodies}
    if not concerned and office is not None and office in known:
        return office
    ladder: list[int] = []
    for body in sorted(concerned):
        above = known[body].superior_id if body in known else None
        while above is not None and above in known and above not in ladder:
            ladder.append(above)
            above = known[above].superior_id
    ladder += [
        body.id for kind in ("authority", "inspection") for body in bodies if body.kind == kind
    ]
    left = [body for body in ladder if body not in concerned]
    able = [body for body in left if known[body].is_able]
    return next(iter(able or left), None)


def has_clock(concerned: Collection[int], reader: Reader | None) -> bool:
    """Whether reading it is a duty with days: of a superior; discipline bodies have none."""
    return bool(concerned) and reader is not None and reader.kind != DISCIPLINE


def sender(concerned: Collection[int], bodies: Sequence[Reader]) -> int | None:
    """The body that carries a tip to a discipline body without reading it: the office, else the
    managing authority, else a regulator, whichever is not concerned and has somebody to do it.
    None: nobody is left; the discipline body reads it by its own account.
    """
    carriers = [
        body.id
        for kind in ("office", "authority", "regulator")
        for body in bodies
        if body.kind == kind and body.is_able and body.id not in concerned
    ]
    return next(iter(carriers), None)


def status_code(salt: bytes) -> str:
    """The code with which whoever gave a tip asks how it stands: from the salt, kept nowhere else."""
    digest = hmac.new(salt, b"tip status", hashlib.sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LONGEST_CODE])


def is_code(typed: str, salt: bytes) -> bool:
    """Whether that is the code, however it was spaced."""
    return hmac.compare_digest(visible.bare(typed).encode(), status_code(salt).encode())
