"""What happens to quote keys, as the log says it (verify/zjcs/leaves_2.py)."""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuoteKeyGiven(DrawEvent):
    """A holder's private key of one draw: from now on everybody can open that draw's boxes."""

    kind = "quote.key"
    at: dt.datetime
    draw: str
    id: str
    sk: str
