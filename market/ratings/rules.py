"""Which finished steps are rated, in what words, and what a month's figures are. Pure.

Source: docs/rules.md#decision-24, docs/rules.md#ratings (Ruichang (七)).
"""

import base64
import dataclasses
import enum
import hashlib
import hmac
import json
from collections.abc import Iterable

from market.kernel.errors import Invalid, all_told

MOST_TEXT = 1000
BAD = 2
FULL = 10000  # hundredths of a percent


class Level(enum.IntEnum):
    """The five levels."""

    VERY_BAD = 1
    BAD = 2
    FAIR = 3
    GOOD = 4
    VERY_GOOD = 5


class Channel(enum.StrEnum):
    """How a rating came. All but online are entered by staff, with a scan of what is on paper."""

    ONLINE = "online"
    COUNTER = "counter"
    PHONE = "phone"
    HOTLINE = "hotline"
    PAPER = "paper"


class Tick(enum.StrEnum):
    """What was not as it should be; asked below good alone."""

    PROCESS = "process"
    PAPERS = "papers"
    SPEED = "speed"
    ERRANDS = "errands"
    ONE_STOP = "one_stop"
    CHARGES = "charges"
    ATTITUDE = "attitude"
    SKILL = "skill"
    PLATFORM = "platform"


class Step(enum.StrEnum):
    """A finished step, by the fact that finishes it."""

    ENROLLED = "enrolment.passed"
    OWNER_APPROVED = "owner.approved"
    NOTICE_OPENED = "notice.opened"
    AWARD_ISSUED = "award.issued"
    COMPLAINT_CLOSED = "complaint.closed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody says. `level` is of the body that served, the others of the person who did and
    of the platform; None: not rated.
    """

    level: int
    staff_level: int | None = None
    platform_level: int | None = None
    ticks: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether one of them opens a case."""
        known = (self.level, self.staff_level, self.platform_level)
        return any(each is not None and each <= BAD for each in known)


def check_said(said: Said) -> None:
    """Refuse each that is so: `rating.level` at its field, `rating.tick` (field ticks),
    `rating.text_long` (field text).
    """
    all_told(
        lambda: _check_level("level", said.level),
        lambda: _check_level("staff_level", said.staff_level or Level.VERY_GOOD),
        lambda: _check_level("platform_level", said.platform_level or Level.VERY_GOOD),
        lambda: _check_ticks(said.ticks),
        lambda: _check_text(said.text),
    )


def _check_level(field: str, level: int) -> None:
    if level not in set(Level):
        raise Invalid("rating.level", field=field)


def _check_ticks(ticks: Iterable[str]) -> None:
    if not set(ticks) <= set(Tick):
        raise Invalid("rating.tick", field="ticks")


def _check_text(text: str) -> None:
    if len(text) > MOST_TEXT:
        raise Invalid("rating.text_long", field="text", most=MOST_TEXT)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Month:
    """A month's figures of one body.

    `finished` steps whose month it is, `rated` of them; `good`: the body was rated 3 to 5; `bad`:
    body, person or platform was rated 1 or 2; `rectified` of the bad, `in_time` and `called` back;
    `days` on the mean from the case to its rectification, in hundredths, None without one.
    """

    month: str  # 2026-03
    finished: int
    rated: int
    good: int
    bad: int
    rectified: int
    in_time: int
    called: int
    days: int | None

    @property
    def rated_share(self) -> int | None:
        """In hundredths of a percent; who did not rate is never counted as content."""
        return share(self.rated, self.finished)

    @property
    def good_share(self) -> int | None:
        """Of those who rated, in hundredths of a percent."""
        return share(self.good, self.rated)


def share(part: int, whole: int) -> int | None:
    """Hundredths of a percent, half up; None of nothing."""
    return (2 * FULL * part + whole) // (2 * whole) if whole else None


def link(secret: str, subject: str, step: Step) -> str:
    """The address where a step is rated: whoever has it may, and nobody can guess it."""
    said = base64.urlsafe_b64encode(json.dumps([subject, step.value]).encode()).decode().rstrip("=")
    return f"/rate/{said}.{_seal(secret, said)}"


def named(secret: str, token: str) -> tuple[str, str] | None:
    """Subject and step of a link's last part; None of one that is not ours."""
    said, _, seal = token.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(secret, said).encode()):
        return None
    subject, step = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    return str(subject), str(step)


def _seal(secret: str, said: str) -> str:
    return hmac.new(secret.encode(), f"zjcs/rating {said}".encode(), hashlib.sha256).hexdigest()[
        :32
    ]
