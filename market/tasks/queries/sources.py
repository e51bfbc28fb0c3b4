"""What waits though no window of it runs: one query for each name of `WITHOUT_CLOCK`."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from market.agencies import queries as agencies
from market.cards import queries as cards
from market.cases import queries as cases
from market.complaints import queries as complaints
from market.db import Work
from market.enrolment import queries as enrolments
from market.fabric import fabric
from market.kernel.permits import Permits, holds
from market.owners import queries as owners
from market.owners.rules import State as OwnerState
from market.reputation import queries as reputation
from market.rulebook import queries as rulebooks
from market.rulebook.rules import State as RulebookState
from market.selection.auction import queries as auction_queries
from market.selection.notices import queries as notice_queries
from market.selection.notices.queries import DraftCard
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.tasks import rules
from market.windows import queries as windows_queries
from market.workdays import queries as workdays
from market.workdays.rules import State as ArrangementState


@dataclasses.dataclass(frozen=True)
class Item:
    """One thing that waits: its public number, the id its page needs, its name where no number leads
    to it.
    """

    subject: str
    row: str = ""
    name: str | None = None


def _notices(found: Iterable[DraftCard]) -> list[Item]:
    return [Item(card.number or "", str(card.id), card.title) for card in found]


def _complaints(asked: Callable[[Work], Iterable[complaints.Row]]) -> Callable[[Work], list[Item]]:
    return lambda work: [Item(row.number) for row in asked(work)]


def _agencies(
    asked: Callable[[Work], Iterable[agencies.AgencyCard]],
) -> Callable[[Work], list[Item]]:
    return lambda work: [Item(str(card.ref), name=card.name) for card in asked(work)]


def _accused(work: Work) -> list[Item]:
    """Public files that somebody wants withdrawn: of one's own notices, at the office of all."""
    of_owner = work.actor.organisation_id if work.actor.kind == "owner" else None
    return [
        Item(number, str(card.id), title)
        for card, number, title in notice_queries.accused(work, of_owner)
    ]


def _owner(work: Work) -> list[Item]:
    card = owners.of_actor(work)
    is_back = card is not None and card.state is OwnerState.RETURNED
    return [Item(card.number, name=card.name)] if card and is_back else []


def _calendars(work: Work) -> list[Item]:
    return [
        Item(found.arrangement.key, name=found.arrangement.title)
        for found in workdays.imports(work)
        if found.state is ArrangementState.PROPOSED and found.imported_by != work.actor.person_id
    ]


def _rulebooks(work: Work) -> list[Item]:
    return [
        Item(str(found.number), name=rules.N_("办法参数"))
        for found in rulebooks.history(work)
        if found.state is RulebookState.PROPOSED and found.proposed_by != work.actor.person_id
    ]


ASKED: Mapping[str, Callable[[Work], list[Item]]] = {
    "notice.sign": lambda work: _notices(notice_queries.to_sign(work)),
    "notice.mend": lambda work: _notices(notice_queries.to_mend(work)),
    "attachment.decide": _accused,
    "change.sign": lambda work: [
        Item(card.number, str(card.id), card.title) for card in notice_queries.to_sign_changes(work)
    ],
    "owner.mend": _owner,
    "representative.tell": _agencies(enrolments.owing_representative),
    "proposal.sign": _complaints(complaints.to_sign),
    "answer.publish": lambda work: [Item(no) for no in cases.answers_to_publish(work)],
    "decision.publish": _complaints(complaints.to_publish),
    "decision.remedy": _complaints(complaints.to_remedy),
    "decision.call_back": _complaints(complaints.to_call_back),
    "tip.read": lambda work: [Item(no) for no in complaints.tips_waiting(work, is_read=False)],
    "tip.close": lambda work: [Item(no) for no in complaints.tips_waiting(work, is_read=True)],
    "standing.sign": _agencies(enrolments.to_sign),
    "revocation.propose": _agencies(enrolments.to_propose),
    "erasure.sign": lambda work: [Item(no) for no in complaints.erasures_to_sign(work)],
    "source.lose": lambda work: [Item(source) for source in source_queries.chains_to_lose(work)],
    "lottery.report": lambda work: [Item(draw) for draw, _day in source_queries.days_waited(work)],
    "calendar.approve": _calendars,
    "rulebook.approve": _rulebooks,
    "credit.decide": lambda work: [Item(no) for no in reputation.to_decide(work)],
    "suspension.sign": lambda work: [Item(no) for no in reputation.measures_to_sign(work)],
    "card.propose": lambda work: [
        Item(each.due.trigger.number, name=each.body) for each in cards.due(work)
    ],
    "card.issue": lambda work: [Item(no) for no in cards.to_issue(work)],
    "talk.hold": lambda work: [Item(no) for no in reputation.talks_to_hold(work)],
    "talk.sign": lambda work: [Item(no) for no in reputation.talks_to_sign(work)],
    "auction.resume": lambda work: [Item(no) for no in auction_queries.frozen(work)],
    "pause.sign": lambda work: [Item(no) for no in result_queries.pauses_to_sign(work)],
    "order.sign": lambda work: [Item(no) for no in result_queries.suspensions_to_sign(work)],
    "basis.decide": lambda work: [
        Item(card.behaviour.code, str(card.id), card.behaviour.text)
        for card in reputation.bases_to_decide(work)
    ],
    "windows.settle": lambda work: [Item(one.due.subject) for one in windows_queries.doubts(work)],
}
"""What of each name waits for the actor, the second person's share alone where there are two."""


def _of_rooms_above() -> Mapping[str, Callable[[Work], Iterable[Item]]]:
    return cast(Mapping[str, Callable[[Work], Iterable[Item]]], fabric().waiting)


def items(work: Work, permissions: Permits) -> Iterable[tuple[str, Item]]:
    """What waits for the actor without a clock, by the order of the tables."""
    for name, asked in (*ASKED.items(), *_of_rooms_above().items()):
        if holds(work.actor, permissions[rules.WITHOUT_CLOCK[name].may]):
            for item in asked(work):
                yield name, item
