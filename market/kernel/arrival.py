"""When something was here, and by what that is known."""

import dataclasses
import datetime as dt
import enum


class TakenBy(enum.StrEnum):
    """What took an instant of receipt, from the most exact to the least."""

    KERNEL = "kernel"  # the machine, when the last byte came to our socket
    PROXY = "proxy"  # a trusted proxy, when it had the whole form
    READING = "reading"  # our own program, when it had read the form


@dataclasses.dataclass(frozen=True)
class Arrival:
    """The instant of receipt (aware, UTC) and what took it."""

    at: dt.datetime
    by: TakenBy
