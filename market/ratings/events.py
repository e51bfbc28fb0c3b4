"""What happens to ratings. The subject is the rating's own number, so that nobody reads from the log who was
not content; body and level are in the digest.
"""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class RatingGiven(Event):
    """`digest` binds step, matter, body and what was said; `channel` is how it came."""

    kind = "rating.given"
    digest: str
    channel: str
