"""What happens to the log itself."""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class KeyRotated(Event):
    """From now on `new` signs the log's heads, and `old` beside it up to the instant `until`: both
    verifier keys.
    """

    kind = "key.rotated"
    old: str
    new: str
    until: dt.datetime
