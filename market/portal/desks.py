"""Where what is owed is done: for each kind of window the page and the permission. One table."""

from market.kernel.actor import Actor
from market.kernel.permits import SIGNED_IN, Permits, holds
from market.windows.queries import Due

PAGES: dict[str, tuple[str, str]] = {
    "accounts.identity": ("/office/people/{row}", "person.verify"),
    "agencies.check": ("/office/enrolments/{subject}", "enrolment.check"),
    "agencies.decide": ("/office/enrolments", "enrolment.sign"),
    "agencies.objection": ("/office/enrolments", "agency.decide_objection"),
    "agencies.addition": ("/office/agencies/{subject}", "enrolment.check"),
    "agencies.exit": ("/office/agencies/{subject}", "exit.confirm"),
    "agencies.deferred": ("/enrolment/outstanding/{row}", "enrolment.fill"),
    "agencies.deferred_check": ("/office/agencies/{subject}", "agency.check_document"),
    "agencies.correct": ("/enrolment", SIGNED_IN),
    "agencies.state_case": ("/enrolment", SIGNED_IN),
    "agencies.suspension_case": ("/enrolment/suspension", SIGNED_IN),
    "owners.check": ("/office/owners/{subject}", "owner.check"),
    "notice.review": ("/office/notices/{row}", "notice.review"),
    "complaint.accept": ("/complaints/{subject}", "complaint.handle"),
    "complaint.decide": ("/complaints/{subject}", "complaint.handle"),
    "complaint.transfer": ("/complaints/{subject}", "complaint.handle"),
    "complaint.opinion": ("/complaints/{subject}", "complaint.handle"),
    "complaint.tip": ("/office/tips", "tip.read"),
    "complaint.answer": ("/complaints/{subject}", SIGNED_IN),
    "complaint.complete": ("/complaints/{subject}", SIGNED_IN),
    "contracts.confirm": ("/awards/{subject}", "award.confirm"),
    "contracts.sign": ("/awards", "award.read"),
}
"""Kind of window -> the page where it is met ({subject} a public number, {row} the id behind the matter's colon), and who may."""


def N_(text: str) -> str:  # noqa: N802  (the mark that the message catalogue looks for)
    """A text that is shown through the catalogue."""
    return text


def page_of(due: Due) -> str:
    """The address where a window is met."""
    path = PAGES.get(due.kind, ("/todo", SIGNED_IN))[0]
    return path.format(subject=due.subject, row=due.matter.rpartition(":")[2])


def may_act(kind: str, actor: Actor, permissions: Permits) -> bool:
    """Whether the actor is one who may meet a window of this kind."""
    may = PAGES.get(kind, ("", SIGNED_IN))[1]
    return actor.is_signed_in and (may == SIGNED_IN or holds(actor, permissions.get(may, ())))
