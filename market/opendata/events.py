"""What happens to open data, as the log says it."""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpenDataPublished(Event):
    """A day's files, over the first `size` entries of the log; `sha256` is that of their list of
    digests (SHA256SUMS), so that it is over every byte of them.
    """

    kind = "opendata.published"
    day: dt.date
    size: int
    sha256: str
