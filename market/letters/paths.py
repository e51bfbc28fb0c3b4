"""Which page a letter leads to: the object itself, or the desk where it is handled. Tables. Pure."""

import re

from market.kernel.ids import Prefix, sibling
from market.letters.rules import To

PATHS = {
    Prefix.NOTICE: "/notices/{}",
    Prefix.COMPLAINT: "/complaints/{}",
    Prefix.AWARD: "/awards/{}",
    Prefix.CONTRACT: "/contracts/{}",
    Prefix.ENROLMENT: "/enrolment",
    Prefix.OWNER: "/owners/mine",
    Prefix.TIP: "/office/tips",
    Prefix.IDENTITY: "/account/identity",
    Prefix.CREDIT: "/credit/{}",
    Prefix.CARD: "/cards/{}",
    Prefix.CASE: "/office/cases/{}",
    Prefix.PAIN: "/pain-points/{}",
    Prefix.CLUE: "/office/clues/{}",
    Prefix.SAMPLE: "/office/samples/{}",
}
OF_OVERSIGHT = {
    "oversight.reviewed": "/oversight/received",
    "oversight.asked": "/oversight/received",
    "oversight.answered": "/office/selections/{}",
}
UNCONFIRMED = frozenset({"contract.proposed", "contract.questioned", "contract.dropped"})
"""Of a contract that has no public page yet: its letter's page asks to sign in and leads there."""
AGENCY = re.compile(r"A\d{6,}")
ABOUT_AGENCIES = {
    To.AGENCY: "/enrolment",
    To.CHECKERS: "/office/agencies/{}",
    To.HEADS: "/office/agencies/{}",
    To.SECTOR: "/office/agencies/{}",
}
STAFF_PATHS = {
    Prefix.IDENTITY: "/office/people",
    Prefix.ENROLMENT: "/office/enrolments/{}",
    Prefix.OWNER: "/office/owners/{}",
}
STAFF = frozenset(
    {
        To.CHECKERS,
        To.HEADS,
        To.EDITORS,
        To.REVIEWERS,
        To.BODY,
        To.FINDERS,
        To.TIP_READERS,
        To.TIP_SENDERS,
        To.IDENTITY_CHECKERS,
        To.ASSISTING,
        To.SUPERIOR,
        To.REGULATOR,
        To.INSPECTORS,
        To.DECIDERS,
        To.HEARERS,
        To.SUSPENDERS,
        To.ASKER,
        To.EVALUATION_BODY,
        To.CASE_HANDLERS,
        To.CASE_CALLERS,
        To.CASE_KEEPER,
        To.CASE_ORDERER,
        To.RESPONSIBLE,
    }
)


def path(kind: str, subject: str, to: To) -> str:
    """The page that a letter links: the object itself, or the desk where it is handled."""
    if kind == "notice.submitted":
        return "/office/notices"
    if kind in OF_OVERSIGHT:
        return OF_OVERSIGHT[kind].format(subject)
    if kind.startswith("behaviour."):
        return "/office/behaviours"
    if kind.startswith("notice.") and not subject.startswith(Prefix.NOTICE):
        return "/notices/mine"
    if kind.startswith("award.") or kind in UNCONFIRMED:
        return PATHS[Prefix.AWARD].format(sibling(subject, Prefix.AWARD))
    if kind.startswith("evaluation."):
        desk = "/office/evaluations"
        matter = f"/contracts/{sibling(subject, Prefix.CONTRACT)}/evaluation"
        return desk if to is To.EVALUATION_BODY else matter
    if kind.startswith("contract."):
        return PATHS[Prefix.CONTRACT].format(sibling(subject, Prefix.CONTRACT))
    if AGENCY.fullmatch(subject) and to in ABOUT_AGENCIES:
        return ABOUT_AGENCIES[to].format(subject)
    prefix = subject[:2]
    if to in STAFF and prefix in STAFF_PATHS:
        return STAFF_PATHS[Prefix(prefix)].format(subject)
    known = prefix in PATHS and "-" in subject
    return PATHS[Prefix(prefix)].format(subject) if known else "/todo"
