"""What people call a matter: a notice's title, an agency's or owner's name."""

from market.agencies import queries as agencies
from market.cards import queries as cards
from market.complaints import queries as complaints
from market.db import Work
from market.enrolment import queries as enrolments
from market.kernel.errors import Refusal
from market.kernel.ids import NUMBER, Prefix, sibling
from market.owners import queries as owners
from market.reputation import queries as reputation
from market.selection.notices import queries as notice_queries
from market.tasks.rules import N_

OF_A_NOTICE = frozenset({Prefix.NOTICE, Prefix.DRAW, Prefix.RESULT, Prefix.AWARD, Prefix.CONTRACT})

CONDUCT = N_("对办事行为的投诉")
TIP = N_("举报线索")


def name_of(work: Work, subject: str, matter: str = "") -> str:
    """The name of what a public number stands for, to be shown through the catalogue; "" where there
    is none.

    `matter` is a window's key, which says which notice is meant before it has a number. What a
    complaint about conduct is about is its complainant's words, and a tip has no name.
    """
    before, _, row = matter.partition(":")
    if before == "notice" and row.isdecimal():
        return notice_queries.title_of(work, int(row))
    try:
        return _named(work, subject)
    except Refusal:
        return ""


def _named(work: Work, subject: str) -> str:
    prefix = subject[:2]
    if NUMBER.fullmatch(subject) is None:
        ref = subject.partition("/")[0]
        return agencies.by_ref(work, ref).name if ref.startswith("A") else ""
    if prefix in OF_A_NOTICE:
        return notice_queries.notice(work, sibling(subject, Prefix.NOTICE)).title
    if prefix == Prefix.ENROLMENT:
        return enrolments.name_by_number(work, subject)
    if prefix == Prefix.OWNER:
        return owners.by_number(work, subject).card.name
    if prefix == Prefix.COMPLAINT:
        notice = complaints.parties(work, subject).notice_number
        return notice_queries.notice(work, notice).title if notice else CONDUCT
    if prefix == Prefix.CREDIT:
        return reputation.party_name(work, subject)
    if prefix == Prefix.CARD:
        return cards.body_name(work, subject)
    return TIP if prefix == Prefix.TIP else ""
