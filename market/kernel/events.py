"""What every domain event has in common, and how it becomes a leaf of the public log."""

import dataclasses
import datetime as dt
from typing import ClassVar

from market.kernel.clock import epoch
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. Every field is public: no names, no telephone numbers, no free
    text, no account id.

    `subject` is the public number of the thing it happened to; the log is read by it.
    """

    kind: ClassVar[str]
    subject: str

    def leaf(self, at: dt.datetime) -> Json:
        """The leaf's fields: version, type, subject, the instant (epoch seconds) and the event's
        own.
        """
        return {"v": 1, "type": self.kind, "at": epoch(at), **plain_fields(self)}


def every_kind(of: type[Event] = Event) -> frozenset[str]:
    """The kinds of all facts that the rooms put on the log, by the classes that are loaded."""
    own = {of.kind} if "kind" in vars(of) else set()
    return frozenset(own.union(*(every_kind(each) for each in of.__subclasses__())))


@dataclasses.dataclass(frozen=True, kw_only=True)
class DrawEvent(Event):
    """A fact of protocol zjcs-draw/1, whose leaf has exactly the keys that the protocol fixes.

    `subject` files it under the notice in our index and is not in the leaf.
    """

    def leaf(self, at: dt.datetime) -> Json:
        fields = plain_fields(self)
        del fields["subject"]
        return {"v": 1, "type": self.kind, **fields}


def plain_fields(event: Event) -> Json:
    """An event's fields as canonical JSON takes them: dates as ISO strings, instants as epoch
    seconds, no nulls.
    """
    own = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    return {name: plain(value) for name, value in own.items() if value is not None}


def plain(value: object) -> object:
    """A value as canonical JSON takes it: dates as ISO strings, instants as epoch seconds."""
    if isinstance(value, dt.datetime):
        return epoch(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item is not None}
    return str(value) if isinstance(value, str) else value
