"""The line of a flag in the shipped table, what was found, and the states of a finding. Pure."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Mapping

from market.kernel.errors import Invalid, Refusal
from market.kernel.states import move
from market.kernel.visible import trimmed

Number = int | float | str
Numbers = Mapping[str, Number]
"""What a flag was computed from, by name: counts, shares, fen, minutes, numbers of notices."""


class Level(enum.StrEnum):
    """How urgent a question is; "nothing to it" about a high one needs a second reader."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class FlagStanding(enum.StrEnum):
    """What its readers have made of it."""

    OPEN = "open"
    EXPLAINED = "explained"
    CASE = "case"
    FALSE_POSITIVE = "false_positive"


NEXT = {FlagStanding.OPEN: {FlagStanding.EXPLAINED, FlagStanding.CASE, FlagStanding.FALSE_POSITIVE}}


def move_flag(old: FlagStanding, new: FlagStanding) -> FlagStanding:
    """The step, or the refusal `flag.closed`."""
    return move(NEXT, old, new, "flag.closed")


class Scope(enum.StrEnum):
    """What a flag is about."""

    NOTICE = "notice"
    OWNER = "owner"
    AGENCY = "agency"
    OWNER_AGENCY = "owner_agency"
    PAIR = "pair"
    BODY = "body"
    SYSTEM = "system"
    PERSON = "person"


INSPECTOR = "inspector"
NOTHING_TO_IT = frozenset({FlagStanding.EXPLAINED, FlagStanding.FALSE_POSITIVE})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Flag:
    """One line of the table. `least`: below so many observations nothing is said. `limits`: the
    thresholds by name. `not_computed`: why there is nothing to compute from; "" where there is.
    """

    code: str
    name: str
    english: str
    scope: Scope
    level: Level
    least: int
    limits: Mapping[str, float]
    routed: str
    hard_stop: str
    innocent: str
    innocent_english: str
    not_computed: str
    not_computed_english: str

    @property
    def is_computed(self) -> bool:
        return not self.not_computed


@dataclasses.dataclass(frozen=True, kw_only=True)
class Raised:
    """What a flag has found: about whom, in which period ("" of one selection), with what numbers.

    `sector` is the body that regulates; None of what only inspection and authority read. `number`
    is the selection that it is about, None of several.
    """

    code: str
    subject: str
    numbers: Numbers
    level: Level
    number: str | None = None
    sector: int | None = None
    period: str = ""


def read(line: Mapping[str, str]) -> Flag:
    """A line of the table."""
    said = {name: line[name] for name in Flag.__dataclass_fields__ if name in line}
    pairs = (pair.split("=") for pair in line["thresholds"].split(";") if pair)
    return Flag(
        **{  # type: ignore[arg-type]
            **said,
            "scope": Scope(line["scope"]),
            "level": Level(line["level"]),
            "least": int(line["least"]),
            "limits": {name: float(value) for name, value in pairs},
        }
    )


def switched_on(text: str, known: Collection[str]) -> frozenset[str]:
    """The codes that a rulebook switches on, of those known: `01 02 09` means RF-01, RF-02, RF-09 with
    its twin for agencies; nothing means all.
    """
    asked = {word.removeprefix("RF-") for word in text.split()}
    if not asked:
        return frozenset(known)
    return frozenset(code for code in known if code.removeprefix("RF-").rstrip("A") in asked)


def year_of(day: dt.date) -> str:
    """The period of what is looked at over a rolling year: it is asked about once in each."""
    return str(day.year)


def check_judgement(state: FlagStanding, to: FlagStanding, note: str) -> str:
    """What a reader says of an open flag, with his words. Refuses `flag.closed`, `flag.no_judgement`,
    at `note` `flag.no_note`.
    """
    if state is not FlagStanding.OPEN:
        raise Refusal("flag.closed")
    if to is FlagStanding.OPEN:
        raise Invalid("flag.no_judgement", field="to")
    said = trimmed(note)
    if not said:
        raise Invalid("flag.no_note", field="note")
    return said


def needs_second(level: Level, to: FlagStanding) -> bool:
    """Whether another reader must agree: that there is nothing to a high flag."""
    return level is Level.HIGH and to in NOTHING_TO_IT
