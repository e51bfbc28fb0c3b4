"""What happens to recorded acts, as the log says it: a number and what was done with it. Whose it is
and what he did stays in the register: the log keeps a salted digest of it.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class CreditProposed(Event):
    """`subject` is the record's number, `digest` the salted SHA-256 of party, behaviour and fact."""

    kind = "credit.proposed"
    digest: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CreditStated(Event):
    """The party has stated its case."""

    kind = "credit.stated"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CreditDecided(Event):
    """`outcome` is confirmed or dropped."""

    kind = "credit.decided"
    outcome: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CreditAppealed(Event):
    """The party has appealed."""

    kind = "credit.appealed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CreditAppealDecided(Event):
    """`outcome` is upheld (the record is void) or rejected."""

    kind = "credit.appeal_decided"
    outcome: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class RepairAsked(Event):
    """The agency has corrected what it did and asks that the record be closed."""

    kind = "credit.repair_asked"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RepairDecided(Event):
    """`outcome` is repaired or repair_refused."""

    kind = "credit.repair_decided"
    outcome: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class CreditExpired(Event):
    """The record counts and is shown no more."""

    kind = "credit.expired"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionProposed(Event):
    """A suspension of entries is proposed on a record; `subject` is the record's number."""

    kind = "credit.suspension_proposed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionStated(Event):
    """The agency has stated its case against it."""

    kind = "credit.suspension_stated"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionDecided(Event):
    """`outcome` is in_force or dropped, `until` the last day of one that is in force."""

    kind = "credit.suspension_decided"
    outcome: str
    until: dt.date | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionEnded(Event):
    """The agency may enter again."""

    kind = "credit.suspension_ended"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RemovalInForce(Event):
    """An agency was removed on a record; `until` is the last day without a new application."""

    kind = "credit.removal_in_force"
    until: dt.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class RemovalEnded(Event):
    """It may apply again: the last day is over, or the record has ended."""

    kind = "credit.removal_ended"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TalkCalled(Event):
    """The agency of a record is called to a talk on a day; `subject` is the record's number."""

    kind = "credit.talk_called"
    on: dt.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class TalkHeld(Event):
    """The talk was held and its record written; the agency may sign it."""

    kind = "credit.talk_held"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TalkEnded(Event):
    """`outcome` is signed by both, unsigned by the agency, or cancelled with its record."""

    kind = "credit.talk_ended"
    outcome: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class BasisProposed(Event):
    """`subject` is the behaviour's code; `article` the text in law that is to give it effect."""

    kind = "behaviour.basis_proposed"
    source: str
    article: str
    cap_days: int | None
    in_force_from: dt.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class BasisDecided(Event):
    """`outcome` is approved or rejected."""

    kind = "behaviour.basis_decided"
    outcome: str
    article: str
