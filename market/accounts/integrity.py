"""Which rows of accounts stand on the log. People come under one subject, so they are counted."""

from sqlalchemy import Select, literal, select
from sqlalchemy.sql.elements import ColumnElement

from market.accounts.events import (
    PEOPLE,
    AccessRestored,
    AccountClaimed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountVerified,
    IdentityAsked,
    IdentityChecked,
    IdentityOverdue,
    IdentityPassedOn,
    IdentityRefused,
    MemberAdded,
    MemberChanged,
    MemberEnded,
    OrganisationAmended,
    OrganisationCreated,
)
from market.accounts.models import (
    IdentityCheck,
    Link,
    Membership,
    Organisation,
    OutgoingMail,
    Person,
    SignIn,
    WrongAnswer,
)
from market.accounts.rules import CheckState
from market.ledger.queries.integrity import Held, padded
from market.submissions import Submission
from market.unsent import Unsent

REF = literal("O") + padded(Organisation.id, 6)
THEIRS = literal("O") + padded(Membership.organisation_id, 6)


def _people(*which: ColumnElement[bool]) -> Select[str]:
    return select(literal(PEOPLE)).select_from(Person).where(*which)


HELD = (
    Held(events=(AccountOpened,), rows=_people()),
    Held(events=(AccountVerified,), rows=_people(Person.verified_at.is_not(None)), both_ways=False),
    # Whose claim came with its check has but the one fact.
    Held(
        events=(AccountClaimed, AccountVerified),
        rows=_people(Person.claimed_at.is_not(None)),
        both_ways=False,
    ),
    Held(events=(IdentityAsked,), rows=select(IdentityCheck.number)),
    Held(
        events=(IdentityChecked,),
        rows=select(IdentityCheck.number, IdentityCheck.how).where(
            IdentityCheck.state == CheckState.CONFIRMED
        ),
        fields=("how",),
    ),
    Held(
        events=(IdentityRefused,),
        rows=select(IdentityCheck.number, IdentityCheck.reason).where(
            IdentityCheck.state == CheckState.REFUSED
        ),
        fields=("reason",),
    ),
    Held(
        events=(IdentityOverdue,),
        rows=select(IdentityCheck.number).where(IdentityCheck.overdue_at.is_not(None)),
        both_ways=False,
    ),
    Held(events=(AccountDisabled,), rows=_people(Person.disabled_at.is_not(None)), both_ways=False),
    Held(
        events=(OrganisationCreated,),
        rows=select(REF, Organisation.kind),
        fields=("organisation",),
    ),
    Held(events=(MemberAdded,), rows=select(THEIRS), both_ways=False),
    Held(
        events=(MemberEnded,),
        rows=select(THEIRS).where(Membership.ended_at.is_not(None)),
        both_ways=False,
    ),
)
WITHOUT: dict[type, str] = {
    IdentityPassedOn: "leaves nothing on the row but the body that has it",
    AccountEnabled: "leaves nothing on the row",
    AccessRestored: "leaves nothing on the row",
    OrganisationAmended: "leaves nothing on the row but the new words",
    MemberChanged: "leaves nothing on the row but the new duties",
    Link: "a secret on its way to one person",
    SignIn: "sessions are nobody's business",
    WrongAnswer: "counted for a quarter of an hour",
    OutgoingMail: "follows from the log",
    Unsent: "typed and not sent: nothing has happened yet",
    Submission: "whose a form is that was taken; what it did has its own entry",
}
