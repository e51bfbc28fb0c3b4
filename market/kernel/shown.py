"""Signing what was shown: a page hands out a token of what it shows, the deed hands it back, and the
service refuses where the two differ.

Three rules keep it true (ADR 0019):

- one function of the room says what is shown of an object, for the page and for the service;
- the page takes the token before it reads what it shows, so that the token is never the younger;
- the service compares inside the transaction, after the row is locked.
"""

import base64
import binascii
import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from market.kernel.errors import Refusal
from market.kernel.plain import Json

Parts = Mapping[str, object]
"""What is shown of an object, by the parts that people tell apart: `notice.ceiling_fen` -> 24300000."""
LEGIBLE = 80
"""Characters of canonical JSON up to which a token carries a value itself; beyond it, its digest."""
DIGEST = "#"  # no JSON text begins with it
Act = TypeVar("Act", bound=Callable[..., object])


class Difference(NamedTuple):
    """A part that is no longer what was shown; JSON texts, None where the value was not carried."""

    part: str
    before: str | None
    now: str | None


class Changed(Refusal):
    """What is to be signed is not what was shown. `differences` is empty where the token says
    nothing, or only that another object of the same content has taken the place.
    """

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__("shown.changed")
        self.differences = differences


@dataclasses.dataclass(frozen=True)
class Sight:
    """What a deed is about: `of(work, key)` says what is shown, `key` is the deed's argument that
    names the object.
    """

    of: Callable[..., Parts]
    key: str


def signs(of: Callable[..., Parts], key: str) -> Callable[[Act], Act]:
    """Mark a deed that must carry what was shown; it takes it as `shown` and asks `check_shown`."""

    def mark(act: Act) -> Act:
        act.sight = Sight(of, key)  # type: ignore[attr-defined]  # tests/house reads it
        return act

    return mark


def sight_of(act: Callable[..., object]) -> Sight | None:
    """What a deed is about, None of one that signs nothing."""
    return getattr(act, "sight", None)


def seen(act: Callable[..., object], work: object, key: object) -> str:
    """The token of what `act` is about as it is now, "" of a deed that signs nothing."""
    sight = sight_of(act)
    return "" if sight is None else token(sight.of(work, key))


def looking(act: Callable[..., object], work: object, given: Mapping[str, object]) -> Json:
    """The arguments of a deed by one who has the object before him as it is now: for the demo town
    and other callers without a page.
    """
    sight = sight_of(act)
    if sight is None or "shown" in given:
        return dict(given)
    return {**given, "shown": token(sight.of(work, given[sight.key]))}


def token(parts: Parts) -> str:
    """What a page hands out: each part with its value, or the value's digest where it is long."""
    plain = {part: _carried(_canonical(value)) for part, value in parts.items()}
    return base64.urlsafe_b64encode(_canonical(plain).encode()).decode()


def check_shown(shown: str, parts: Parts) -> None:
    """Refuse `shown.changed` unless `shown` is the token of these parts."""
    if shown != token(parts):
        raise Changed(_differences(_read(shown), parts))


def another_person(person_id: int | None, *earlier: int | None, code: str) -> None:
    """Refuse `code` to one of those who had a hand in it before: the second person is another.

    Who asks this signs something, so he carries what he was shown (tests/house/test_shown.py).
    """
    if person_id is not None and person_id in earlier:
        raise Refusal(code)


def _differences(before: Mapping[str, str], parts: Parts) -> tuple[Difference, ...]:
    now = {part: _carried(_canonical(value)) for part, value in parts.items()}
    return tuple(
        Difference(part, _legible(before.get(part)), _legible(now.get(part)))
        for part in {**now, **before}
        if before and before.get(part) != now.get(part)
    )


def _read(shown: str) -> dict[str, str]:
    """What a token says; nothing where no page of ours has written it."""
    try:
        found = json.loads(base64.urlsafe_b64decode(shown.encode()))
    except (binascii.Error, UnicodeError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {part: text for part, text in found.items() if isinstance(text, str)}


def _legible(carried: str | None) -> str | None:
    return None if carried is None or carried.startswith(DIGEST) else carried


def _carried(text: str) -> str:
    if len(text) <= LEGIBLE:
        return text
    return DIGEST + hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> object:
    """Days and instants as ISO 8601; whatever else has no one way to be written is a fault of the
    room's.
    """
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown")
