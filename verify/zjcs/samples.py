"""双随机抽查: which matters a sample is drawn from, how many, and which, as pure functions of the log.

A sample is planned before its period (`sample.planned`), its list is every matter that the log has closed
in it (`sample.listed`), and its lot has a seed of its own (`lot.fixed`, `lot.drawn`; ADR 0072). Nobody
chooses anything: not the list, not the number, not the order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import jcs
from .faults import Fault

ENDED = frozenset({"award.issued", "selection.failed", "notice.cancelled"})
SERVED = frozenset(
    {"enrolment.passed", "owner.approved", "notice.opened", "award.issued", "complaint.closed"}
)
POOLS = {"review": ENDED, "callback": SERVED}
"""Label of a sample -> the kinds of leaf that close a matter of its list."""
CLOSINGS = ENDED | SERVED
SEED = b"zjcs-draw/2/lot\n"
HUNDRED = 10_000  # `share` is in hundredths of a percent
CHINA = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True)
class Closing:
    """A leaf that closes a matter."""

    index: int
    kind: str
    subject: str
    at: int


def is_of_a_sample(leaf: dict[str, Any]) -> bool:
    """Whether a leaf of the protocol is a sample's: its plan, its list, its lot."""
    if "subject" in leaf:
        return False
    kind = leaf.get("type")
    if kind in ("sample.planned", "sample.listed"):
        return True
    label = leaf.get("label") if kind == "lot.fixed" else str(leaf.get("lot")).rpartition("/")[2]
    return kind in ("lot.fixed", "lot.drawn") and isinstance(label, str) and label in POOLS


def bounds(period: str) -> tuple[int, int]:
    """First and one past the last second of a month (2026-11), a quarter (2026-Q4) or a year, in China.

    Raises Fault `sample.period` for anything else.
    """
    year, _, part = period.partition("-")
    months = 12 if not part else 3 if part.startswith("Q") else 1
    first = 1 if not part else 3 * int(part[1:]) - 2 if months == 3 else _month(part, period)
    end = first + months
    start = dt.datetime(int(year), first, 1, tzinfo=CHINA)
    over = dt.datetime(int(year) + (end > 12), (end - 1) % 12 + 1, 1, tzinfo=CHINA)
    return int(start.timestamp()), int(over.timestamp())


def _month(part: str, period: str) -> int:
    if not (part.isdigit() and 1 <= int(part) <= 12):
        raise Fault("sample.period", period=period)
    return int(part)


def period_of(time: int, like: str = "2026-01") -> str:
    """The month, quarter or year (as `like` is one) that an instant lies in, in China."""
    day = dt.datetime.fromtimestamp(time, CHINA)
    if "-" not in like:
        return f"{day:%Y}"
    return f"{day:%Y}-Q{(day.month + 2) // 3}" if "Q" in like else f"{day:%Y-%m}"


def following(period: str) -> str:
    """The period after one."""
    return period_of(bounds(period)[1], period)


def since(first: str, now: int) -> Iterator[str]:
    """The periods from `first` on that are over at an instant."""
    while bounds(first)[1] <= now:
        yield first
        first = following(first)


def listed(closings: Iterable[Closing], label: str, period: str, before: int) -> list[str]:
    """The list of a sample: every matter that a leaf with an index below `before` has closed in the
    period, each once, sorted.
    """
    start, end = bounds(period)
    kinds = POOLS[label]
    found = {
        each.subject
        for each in closings
        if each.kind in kinds and start <= each.at < end and each.index < before
    }
    return sorted(found)


def digest(refs: Sequence[str]) -> str:
    """`sha256` of `sample.listed` and `list_sha256` of its lot: over the JCS array of the list."""
    return hashlib.sha256(jcs(list(refs))).hexdigest()


def how_many(count: int, share: int, least: int = 0, most: int = HUNDRED * 10) -> int:
    """How many of `count` are drawn: the share of them (hundredths of a percent), rounded up, within
    `least` and `most`, and never more than there are.
    """
    return min(count, most, max(least, -(-count * share // HUNDRED)))


def lot_seed(
    *, fixed_leaf: str, label: str, lot: str, notice_leaf: str, sources: Sequence[dict[str, Any]]
) -> str:
    """The seed (hex) of a lot with a list of its own. `fixed_leaf` and `notice_leaf` are leaf hashes: of
    `lot.fixed`, and of the promise, which of a sample is `sample.planned`. `sources` as in a draw.
    """
    transcript = {
        "fixed_leaf": fixed_leaf,
        "label": label,
        "lot": lot,
        "notice_leaf": notice_leaf,
        "sources": list(sources),
    }
    return hashlib.sha256(SEED + jcs(transcript)).hexdigest()


def ranked(seed: str, label: str, refs: Iterable[str]) -> list[str]:
    """A list in the order of its tickets SHA-256("zjcs-draw/1/<label>\\n" seed "\\n" ref), ascending."""
    start = f"zjcs-draw/1/{label}\n{seed}\n".encode()
    return sorted(refs, key=lambda ref: hashlib.sha256(start + ref.encode()).hexdigest())
