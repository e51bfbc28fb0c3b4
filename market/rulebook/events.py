"""What happens to the rulebook, as the log says it. `subject` is the version's number, e.g.
GZ-360481-2.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class RulebookProposed(Event):
    kind = "rulebook.proposed"
    version: int
    document_number: str
    digest: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class RulebookApproved(Event):
    """`changed` names the parameters that differ from the version before."""

    kind = "rulebook.approved"
    version: int
    document_number: str
    in_force_from: dt.date
    digest: str
    changed: list[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class RulebookRejected(Event):
    kind = "rulebook.rejected"
    version: int
