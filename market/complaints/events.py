"""What happens to complaints, as the public log says it: codes, dates, digests. Who complains and
what about is not in it.

`body` and the like name public bodies as the log does (O000012). The subject is the complaint's
number, but for the two facts that a notice's page shows (OpenOnNotice, EndedOnNotice), which name
no complaint.
"""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintFiled(Event):
    """`commit` is a salted digest of what was filed: the receipt proves it, the log does not tell
    it.
    """

    kind = "complaint.filed"
    notice: str
    about: str
    channel: str
    body: str
    received: dt.datetime
    commit: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpenOnNotice(Event):
    """So many complaints about this notice are being handled now; one more than before."""

    kind = "complaint.open_on_notice"
    open: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class EndedOnNotice(Event):
    """One complaint about this notice has ended; so many are left."""

    kind = "complaint.ended_on_notice"
    open: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class HoldBegan(Event):
    """It waited for the check of who complains and holds the award in public from now on. `cause`:
    checked, overdue (the office did not look in time), accepted.
    """

    kind = "complaint.hold_began"
    cause: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class BodyReassigned(Event):
    """Another body hears it, because the first is concerned (owner, respondent, interest) or by the
    authority's order.
    """

    kind = "complaint.reassigned"
    from_body: str
    body: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintTransferred(Event):
    """It came to the wrong body and went on; the clock did not start again (decision 16)."""

    kind = "complaint.transferred"
    from_body: str
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class TransferTakenIn(Event):
    kind = "complaint.taken_in"
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class BodyJoined(Event):
    """Another body assists; the first leads. `due` is until when it is asked for its opinion."""

    kind = "complaint.joined"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpinionGiven(Event):
    """The assisting body has given its opinion to the one that leads; what it says is not public."""

    kind = "complaint.opinion_given"
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpinionOverdue(Event):
    """The assisting body did not give its opinion in time: noted once. The decision's own days run
    on.
    """

    kind = "complaint.opinion_overdue"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class CompletionAsked(Event):
    kind = "complaint.completion_asked"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintCompleted(Event):
    kind = "complaint.completed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CompletionLapsed(Event):
    kind = "complaint.completion_lapsed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintAccepted(Event):
    kind = "complaint.accepted"
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintNotAccepted(Event):
    kind = "complaint.not_accepted"
    body: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintWithdrawn(Event):
    kind = "complaint.withdrawn"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ViolationFound(Event):
    """The body has found what it must follow up whatever the complainant does. What it is, is not
    public before the decision: the respondent has yet to be judged.
    """

    kind = "complaint.violation_found"
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class WithdrawalNoted(Event):
    """The complainant is out; the body goes on to its decision because of what it has found."""

    kind = "complaint.withdrawal_noted"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AnswerAsked(Event):
    kind = "complaint.answer_asked"
    respondent: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AnswerGiven(Event):
    kind = "complaint.answered"
    respondent: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class AppraisalBegan(Event):
    kind = "complaint.paused"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AppraisalEnded(Event):
    kind = "complaint.resumed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AcceptanceOverdue(Event):
    """A fault of the body, noted once; silence decides nothing (decision 18)."""

    kind = "complaint.acceptance_overdue"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class DecisionOverdue(Event):
    """A fault of the body, noted once."""

    kind = "complaint.decision_overdue"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class TransferOverdue(Event):
    """The body to which it was passed on did not take it in in time: noted once."""

    kind = "complaint.transfer_overdue"
    body: str
    due: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintEscalated(Event):
    """The superior took over from a body that stayed late."""

    kind = "complaint.escalated"
    from_body: str
    body: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class HoldContinued(Event):
    """The body signed that the award stays held beyond the cap; its reasons are on the complaint's
    page.
    """

    kind = "complaint.hold_continued"
    reasons_digest: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class HoldLapsed(Event):
    """The cap on the hold was reached without a signed continuation (decision 17)."""

    kind = "complaint.hold_lapsed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintDecided(Event):
    kind = "complaint.decided"
    body: str
    outcome: str
    remedies: list[str]
    fabricated: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class RemedyActed(Event):
    """A remedy that had waited for the selection's result has been carried out."""

    kind = "complaint.remedy_acted"
    remedy: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FabricationFound(Event):
    """What follows from a fabrication: suspension (proposed; two persons and the agency's statement
    decide) or reminder.
    """

    kind = "complaint.fabrication_found"
    measure: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class DecisionPublished(Event):
    """`digest` is SHA-256 of the text as published, personal data blacked out."""

    kind = "complaint.decision_published"
    digest: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintRemedied(Event):
    kind = "complaint.remedied"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CalledBack(Event):
    kind = "complaint.called_back"
    result: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ComplaintClosed(Event):
    kind = "complaint.closed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class HandlingRated(Event):
    """1 very bad to 5 very good."""

    kind = "complaint.rated"
    level: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipReceived(Event):
    """The salted digest proves that it came."""

    kind = "tip.received"
    commit: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipAdded(Event):
    """Whoever gave it has added a file."""

    kind = "tip.added"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipLookedAt(Event):
    kind = "tip.looked_at"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipClosed(Event):
    """A second person of the body that reads it has closed it."""

    kind = "tip.closed"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipToHandOver(Event):
    """It goes to a discipline body on paper; which one, and who carries it, is told to these two."""

    kind = "tip.to_hand_over"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipHandedOver(Event):
    """The discipline body has signed for it."""

    kind = "tip.handed_over"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipAskDue(Event):
    """The sender may and shall ask once what has come of it."""

    kind = "tip.ask_due"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TipAskedAfter(Event):
    """The sender has asked, once."""

    kind = "tip.asked_after"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PayloadErased(Event):
    """What the salted digest in entry `index` stood for is deleted, with its salt; the entry itself
    stays (PIPL art. 47).
    """

    kind = "payload.erased"
    index: int
    reason: str
