"""What oversight does, as the log says it: that a selection was reviewed, by which body, with what
outcome. Names and words stay in the office.
"""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class SelectionReviewed(Event):
    """`subject` is the notice's number, `body` the name of the reviewing body, `round` counts its
    reviews of this notice from 1.
    """

    kind = "oversight.reviewed"
    body: str
    outcome: str
    round: int
