"""What happens to accounts, as the log says it: never who. People come under the one subject
`accounts`.
"""

import dataclasses

from market.kernel.events import Event

PEOPLE = "accounts"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountOpened(Event):
    kind = "account.opened"
    subject: str = PEOPLE


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountVerified(Event):
    """`how`: email+id (the link of the activation mail), staff (seen at the counter), setup, demo."""

    kind = "account.verified"
    subject: str = PEOPLE
    how: str


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
