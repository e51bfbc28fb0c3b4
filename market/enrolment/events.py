"""What happens to agencies, as the log says it.

The subject is the enrolment's number (RZ-…) until the agency has passed, its platform number
(A000017) from then on: never the 统一社会信用代码, which for a sole trader leads to a person. What
is filled in before submission is nobody's business and not on the log.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class EnrolmentSubmitted(Event):
    """Round 1 is the application, round 2 its correction."""

    kind = "enrolment.submitted"
    round: int
    items: list[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class EnrolmentReturned(Event):
    """One complete correction list of so many points (一次性告知)."""

    kind = "enrolment.returned"
    corrections: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class EnrolmentLapsed(Event):
    """Not corrected in time."""

    kind = "enrolment.lapsed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class EnrolmentPassed(Event):
    kind = "enrolment.passed"
    agency: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class RefusalProposed(Event):
    kind = "enrolment.refusal_proposed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CaseStated(Event):
    """The agency has answered what is intended against it."""

    kind = "agency.case_stated"


@dataclasses.dataclass(frozen=True, kw_only=True)
class EnrolmentRefused(Event):
    kind = "enrolment.refused"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencyActivated(Event):
    """Enrolled: may enter for these items from now on; the others were asked for and have nothing
    valid behind them.
    """

    kind = "agency.activated"
    enrolment: str
    items: list[str]
    refused: list[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class AdditionRequested(Event):
    """An enrolled agency asks for further items; none are named when it only renews certificates."""

    kind = "agency.addition_requested"
    items: list[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinesOpened(Event):
    """The addition was checked: entries for these items are open; the others have nothing valid
    behind them.
    """

    kind = "agency.lines_opened"
    items: list[str]
    refused: list[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class AdditionReturned(Event):
    kind = "agency.addition_returned"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RepresentativeTold(Event):
    """An enrolled agency says who its legal representative is, with his identity number; neither
    stands in the leaf. `is_other`: another name than the one that is registered.
    """

    kind = "agency.representative_told"
    is_other: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class RepresentativeConfirmed(Event):
    kind = "agency.representative_confirmed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RepresentativeReturned(Event):
    kind = "agency.representative_returned"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ObjectionFiled(Event):
    kind = "agency.objection_filed"
    objection: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ObjectionDecided(Event):
    """The outcome is kept or revocation (opened)."""

    kind = "agency.objection_decided"
    objection: int
    outcome: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencyRevoked(Event):
    kind = "agency.revoked"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencyKept(Event):
    """The procedure of revocation ended without it."""

    kind = "agency.kept"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionProposed(Event):
    """An intention, no decision. `ground` is the number of the decision that it follows from, "" of
    one by the office.
    """

    kind = "agency.suspension_proposed"
    ground: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionDropped(Event):
    """The suspension was not signed."""

    kind = "agency.suspension_dropped"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencySuspended(Event):
    """No new entries, until the end of a day or until a decision."""

    kind = "agency.suspended"
    until: dt.date | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencyReinstated(Event):
    kind = "agency.reinstated"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExitAsked(Event):
    """The agency itself wants to leave; no new entries from now on."""

    kind = "agency.exit_asked"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExitWithdrawn(Event):
    """It stays after all."""

    kind = "agency.exit_withdrawn"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencyExited(Event):
    kind = "agency.exited"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RemovalProposed(Event):
    """An intention, no decision: the agency states its case first, another person signs."""

    kind = "agency.removal_proposed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RemovalDropped(Event):
    """The removal was not signed."""

    kind = "agency.removal_dropped"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AgencyRemoved(Event):
    """Until the end of that day no new application is taken."""

    kind = "agency.removed"
    until: dt.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class DocumentsDeferred(Event):
    """Enrolled with so many documents still to come (容缺入驻); which ones is not public."""

    kind = "enrolment.documents_deferred"
    documents: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class DocumentSubmitted(Event):
    """The agency has handed in one of them."""

    kind = "enrolment.document_submitted"
    document: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class DocumentReturned(Event):
    """The office has looked at it and it will not do."""

    kind = "enrolment.document_returned"
    document: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class DocumentAccepted(Event):
    kind = "enrolment.document_accepted"
    document: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class DocumentsCompleted(Event):
    """Nothing is outstanding any more: the agency may be confirmed as winner."""

    kind = "enrolment.documents_completed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RevocationOpened(Event):
    """A document did not come in time: the clock has stopped new entries and opened the procedure.
    Two persons end it.
    """

    kind = "agency.revocation_opened"


@dataclasses.dataclass(frozen=True, kw_only=True)
class RevocationProposed(Event):
    """What the first of the two persons proposes: `days` working days more, or (None) to revoke."""

    kind = "agency.revocation_proposed"
    days: int | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class DueRenewed(Event):
    """Two persons gave the agency a new due for what is missing, of so many working days."""

    kind = "agency.due_renewed"
    days: int
