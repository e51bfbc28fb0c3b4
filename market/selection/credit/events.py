"""The credit of a selection, as the log says it: exactly the keys of zjcs-rank/2
(verify/zjcs/leaves_2.py).
"""

import dataclasses
import datetime as dt

from market.kernel.events import DrawEvent
from market.kernel.plain import Json


@dataclasses.dataclass(frozen=True, kw_only=True)
class CreditFrozen(DrawEvent):
    """The rows of the entries that stand at the close, each with its proof in the tree of the notice; a
    long list is several leaves.
    """

    kind = "credit.frozen"
    at: dt.datetime
    draw: str
    rows: list[Json]
