"""What happens to accounts, as the log says it: never who. People come under the one subject
`accounts`.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event

PEOPLE = "accounts"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountOpened(Event):
    kind = "account.opened"
    subject: str = PEOPLE


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountVerified(Event):
    """A claim was checked. `how`: staff (seen at the counter), document (a scan of it), register,
    setup, demo; in leaves of before the levels also email+id, which is but a claim.
    """

    kind = "account.verified"
    subject: str = PEOPLE
    how: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountClaimed(Event):
    """Somebody has said who he is: a number and the link of a mail. Nobody has checked it."""

    kind = "account.claimed"
    subject: str = PEOPLE


@dataclasses.dataclass(frozen=True, kw_only=True)
class IdentityAsked(Event):
    """A claim waits for its check by a body. `subject` is the check's number: it names nobody."""

    kind = "identity.asked"
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class IdentityPassedOn(Event):
    """Another body checks it: the first is concerned by what the person complains of."""

    kind = "identity.passed_on"
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class IdentityChecked(Event):
    """`how` as in AccountVerified."""

    kind = "identity.checked"
    how: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class IdentityRefused(Event):
    kind = "identity.refused"
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class IdentityOverdue(Event):
    """The body did not check in time: its fault. What waits for the check no longer does."""

    kind = "identity.overdue"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountDisabled(Event):
    kind = "account.disabled"
    subject: str = PEOPLE


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountEnabled(Event):
    kind = "account.enabled"
    subject: str = PEOPLE


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccessRestored(Event):
    """A lost password or second factor was reset. `how`: email, staff or setup."""

    kind = "account.restored"
    subject: str = PEOPLE
    how: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OrganisationCreated(Event):
    """`subject` is O000012; `organisation` its kind."""

    kind = "organisation.created"
    organisation: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OrganisationAmended(Event):
    """Its name, credit code or telephone was corrected."""

    kind = "organisation.amended"


@dataclasses.dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    kind = "member.added"
    duties: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class MemberChanged(Event):
    """A member's duties were changed: all that he holds now."""

    kind = "member.changed"
    duties: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class MemberEnded(Event):
    kind = "member.ended"
