"""What is known of one selection when it is reviewed. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """What the log and the rows say of a selection, for the checks of the system.

    `document_sha256` (hex) of the text as it is kept, `logged_sha256` as the newest leaf says.
    `first_close` is the close of the publication (None where nobody enters), `earliest_close` the
    least then. `numbers` are
    the entries' numbers that ended somewhere, of `given` ones in all. `instants` are those of the
    draw's leaves in the order of the log.
    """

    document_sha256: str
    logged_sha256: str | None
    first_close: dt.datetime | None
    earliest_close: dt.datetime
    is_within_catalogue: bool
    findings: int
    is_cleared: bool
    amendments: Sequence[tuple[dt.datetime, dt.datetime]]
    is_opened: bool
    given: int
    numbers: Sequence[int]
    unreasoned: int
    instants: Sequence[dt.datetime]
    promised: str | None
    reached: str | None
