"""What the front pages gather from the rooms."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from market.agencies import queries as agencies
from market.agencies.queries import Filter as AgencyFilter
from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.db import Work
from market.enrolment import queries as enrolments
from market.enrolment.rules import DEFERRED
from market.kernel.permits import Permits, holds
from market.owners import queries as owners
from market.portal import desks
from market.portal.desks import N_
from market.selection.notices import queries as notice_queries
from market.selection.notices.queries import Filters, Tab
from market.selection.results import queries as result_queries
from market.windows import queries as windows
from market.windows.queries import Due
from market.windows.rules import Kind
from market.workdays import queries as workdays
from market.workdays.rules import working_days_left

SHOWN = 5


@dataclasses.dataclass(frozen=True)
class Figures:
    """Counts on the home page."""

    agencies: int
    owners: int
    items: int
    notices: int


@dataclasses.dataclass(frozen=True)
class Front:
    """Everything on the home page."""

    figures: Figures
    open: list[notice_queries.Listed]
    soon: list[notice_queries.Listed]
    results: list[Any]


@dataclasses.dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody: what, about which number, the page where it is done, until
    when.

    `due` is None where no clock runs; `days_left` are working days. `document` is what a deferred
    document's own sentence is about, `entries` how many entries hang on it.
    """

    title: str
    subject: str
    path: str
    due: Due | None = None
    days_left: int | None = None
    document: enrolments.DocumentCard | None = None
    entries: int = 0


def front(work: Work) -> Front:
    """The home page."""
    return Front(
        figures(work),
        list(notice_queries.listing(work, Filters(tab=Tab.OPEN), limit=SHOWN)),
        list(notice_queries.listing(work, Filters(tab=Tab.SOON), limit=SHOWN)),
        list(result_queries.results(work, limit=SHOWN)),
    )


def figures(work: Work) -> Figures:
    """Counts: agencies that may enter, approved owners, items, notices published."""
    return Figures(
        agencies=agencies.count(work, AgencyFilter()),
        owners=owners.count_approved(work),
        items=len(catalogue.items(work)),
        notices=notice_queries.count_published(work),
    )


def waiting(work: Work, permissions: Permits, titles: Mapping[str, Kind]) -> list[Waiting]:
    """What waits for the actor, soonest due first: windows that he may act on, then what waits for
    his signature.
    """
    calendar = workdays.calendar(work)
    found = [
        Waiting(
            titles[due.kind].title if due.kind in titles else due.kind,
            due.subject,
            desks.page_of(due),
            due,
            working_days_left(work.now, due.due_at, calendar),
        )
        for due in _dues(work)
        if desks.may_act(due.kind, work.actor, permissions)
    ]
    return _with_documents(work, found) + _unclocked(work, permissions)


def _with_documents(work: Work, found: list[Waiting]) -> list[Waiting]:
    """The same, each deferred document named to the agency that owes it."""
    if not any(each.due and each.due.kind == DEFERRED.name for each in found):
        return found
    owed = {
        each.due.id: each
        for each in enrolments.outstanding_documents(work, work.actor.organisation_id or 0)
        if each.due
    }
    entries = len(result_queries.unfinished(work, work.actor.organisation_id))
    return [
        dataclasses.replace(each, document=owed[each.due.id], entries=entries)
        if each.due and each.due.id in owed
        else each
        for each in found
    ]


def _dues(work: Work) -> list[Due]:
    own = windows.waiting_for(work, None, work.actor.person_id) if work.actor.person_id else []
    if work.actor.organisation_id is not None:
        own += windows.waiting_for(work, work.actor.organisation_id)
    return sorted(own, key=lambda due: due.due_at)


def _unclocked(work: Work, permissions: Permits) -> list[Waiting]:
    """What waits for the actor though no clock runs on it: signatures of a second person,
    publications, call-backs.
    """
    found = _signatures(work) if work.actor.has("owner_signatory") else []
    for action, title, asked, page in WITHOUT_CLOCK:
        if holds(work.actor, permissions[action]):
            found += [Waiting(title, row.number, page.format(row.number)) for row in asked(work)]
    if holds(work.actor, permissions["agency.sign_standing"]):
        found += [
            Waiting(N_("暂停报名或恢复报名待签发"), str(card.ref), f"/office/agencies/{card.ref}")
            for card in enrolments.to_sign(work)
        ]
    if holds(work.actor, permissions["agency.propose_revocation"]):
        found += [
            Waiting(
                N_("容缺材料逾期，撤销程序待提出意见"),
                str(card.ref),
                f"/office/agencies/{card.ref}",
            )
            for card in enrolments.to_propose(work)
        ]
    if holds(work.actor, permissions["erasure.sign"]):
        found += [
            Waiting(N_("删除个人信息待审签"), subject, "/office/erasures")
            for subject in complaints.erasures_to_sign(work)
        ]
    if holds(work.actor, permissions["notice.refuse"]):
        found += [
            Waiting(N_("不予发布的意见待复核"), card.title, f"/office/notices/{card.id}")
            for card in notice_queries.desk(work)
            if _is_refusal_of_another(work, card.id)
        ]
    return found


def _is_refusal_of_another(work: Work, notice_id: int) -> bool:
    said = notice_queries.reviews(work, notice_id)
    return (
        bool(said) and said[-1].outcome == "proposed" and said[-1].given_by != work.actor.person_id
    )


WITHOUT_CLOCK = (
    ("complaint.sign", N_("投诉拟办意见待审签"), complaints.to_sign, "/complaints/{}/sign"),
    ("complaint.handle", N_("处理决定待公开"), complaints.to_publish, "/complaints/{}/publish"),
    ("complaint.handle", N_("待报告已纠正"), complaints.to_remedy, "/complaints/{}/remedied"),
    ("complaint.call_back", N_("待回访"), complaints.to_call_back, "/complaints/{}/call-back"),
)
"""Action, what it is called, which complaints, the page where it is done."""


def _signatures(work: Work) -> list[Waiting]:
    return [
        Waiting(N_("公告待审签"), card.title, f"/notices/{card.id}/check")
        for card in notice_queries.to_sign(work)
    ]
