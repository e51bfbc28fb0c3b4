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


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuoteEscrowed(DrawEvent):
    """A holder's root lies with a third body, sealed: `by` is whose, `sha256` the file's digest. The
    holder's name is the subject, under which our index files it.
    """

    kind = "quote.escrowed"
    at: dt.datetime
    by: str
    id: str
    sha256: str
