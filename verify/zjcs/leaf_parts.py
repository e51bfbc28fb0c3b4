"""What the leaf types of `zjcs-draw/2` and `zjcs-rank/2` are made of (`leaves_2`)."""

from __future__ import annotations

from . import draw as protocol
from .shapes import HASH, ID, TIME, Check, Shape, any_of, equal, listed, text, whole

HOLDER = text(r"[^\n]{1,200}")  # of a quote key: the log's origin, or a witness's name
POINT = text(r"04[0-9a-f]{128}")  # an uncompressed point of P-256
SALT = text(protocol.HEX32)
PSEUDONYM = text(r"[a-z0-9][a-z0-9-]{0,31}")
LABEL = text(r"[a-z0-9][a-z0-9-]{0,31}")
LOT = text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}/[a-z0-9][a-z0-9-]{0,31}")
PERIOD = text(r"[0-9]{4}(-[0-9]{2}){0,2}|[0-9]{4}-Q[1-4]")
DAY = text(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COUNT = whole(0, 100_000)
ROUND = whole(1, 2)
SEAT = whole(1, 99)
MARKS = whole(0, 10_000)  # hundredths of a point
POINTS = whole(0, 100)
TRUTH = equal(True, False)
BOX = equal("browser", "tool", "server")
QUOTE = {"quote_fen": whole(0), "rate_bp": whole(0, 9999)}


def some(**required: Check) -> Shape:
    """A shape of required keys alone."""
    return Shape(required)


def rows(*shapes: Shape) -> Check:
    """Up to 256 rows, the most that one leaf carries."""
    return listed(any_of(*shapes), 0, protocol.PART_ROWS)


KEY = some(id=HOLDER, note=text(r"(?s).{1,1000}"), pk=POINT)
SEALED = some(keys=listed(KEY, 1, 9), suite=text(r"[0-9a-f]{4}(-[0-9a-f]{4}){2}"), t=whole(1, 9))
LOTTERY_SOURCE = some(
    id=ID, kind=equal("lottery"), game=equal("kl8"), issue=equal("first-after")
)  # of all issues the first that is drawn after T (rule 2)
PLANNED = any_of(
    LOTTERY_SOURCE,
    Shape({"id": ID, "kind": equal("chain"), "slot": whole(1, 10_000_000)}),
    Shape({"id": ID, "kind": equal("drand"), "chain": HASH, "round": whole(1)}),
)
SPARE = any_of(LOTTERY_SOURCE, Shape({"id": ID, "kind": equal("drand"), "chain": HASH}))
DRAW = text(r"(?!.*\.price$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
PRICE_DRAW = text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,69}")  # <draw> or <draw>.price

MS = whole(0, 2**43)  # an instant in milliseconds
SECONDS = whole(0, 86_400)
AUCTION = {
    "ceiling": whole(1, 10**15),
    "drain": SECONDS,
    "floor": whole(0, 10**15),
    "start": TIME,
    "step": whole(1, 10**15),
}
AUCTIONED = any_of(
    some(**AUCTION, first_end=TIME, countdown=SECONDS, hard_stop=TIME),
    some(**AUCTION, rounds=whole(1, 99), length=SECONDS, pause=SECONDS),
)
"""What a notice promises of its auction: with a countdown, or in rounds."""
