"""Every transition of a complaint as one table: who may take it in which state; everybody else,
everywhere else, is refused. And what a page offers is what the services take.

Each state is reached by the real services. An attempt is made in a transaction that is always
undone, so that one complaint serves the whole table.
"""

import dataclasses
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import CallbackResult, Outcome, Reason, Remedy, State
from market.complaints.views.offers import DEEDS, offered
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import Refusal
from market.kernel.shown import looking
from market.selection.results import queries as result_queries
from market.windows import jobs as windows_jobs
from tests.complaints.deeds import due_of
from tests.factories import accounts as people
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS
OFFICER = "officer"
SIGNATORY = "signatory"
COMPLAINANT = "complainant"
RESPONDENT = "respondent"
ASSIGNER = "assigner"
CALLER = "caller"
INSPECTOR = "inspector"
CLERK = "clerk"
ELSEWHERE = "elsewhere"
STRANGER = "stranger"
NOBODY = "nobody"
THE_CLOCK = "clock"
ROLES = (
    OFFICER,
    SIGNATORY,
    COMPLAINANT,
    RESPONDENT,
    ASSIGNER,
    CALLER,
    INSPECTOR,
    CLERK,
    ELSEWHERE,
    STRANGER,
    NOBODY,
    THE_CLOCK,
)
S = State
FILED_PROPOSED = "filed, with a proposal"
STATES = [*(state for state in S if state is not S.DRAFT), FILED_PROPOSED]
WHILE_FILED = (S.FILED, FILED_PROPOSED)
UNDER_WAY = (*rules.HANDLED, FILED_PROPOSED)


@dataclasses.dataclass(frozen=True)
class Verb:
    """A use case, its arguments besides the number, who may, and in which states."""

    act: Callable[..., object]
    values: dict[str, Any]
    who: tuple[str, ...]
    states: tuple[object, ...]


def verbs(town: "Town", is_registered: bool) -> dict[str, Verb]:
    """The table. `is_registered`: of a complaint that staff registered, whose complainant has no
    account.
    """
    own = () if is_registered else (COMPLAINANT,)
    return {
        **of_filing(town, (OFFICER,) if is_registered else own),
        **of_handling(town),
        **of_withdrawing(own, (OFFICER,) if is_registered else ()),
        **of_closing(own),
    }


def of_filing(town: "Town", completing: tuple[str, ...]) -> dict[str, Verb]:
    """Before a complaint is accepted, or not."""
    return {
        "propose_acceptance": Verb(
            service.propose_acceptance, {}, (OFFICER,), (S.FILED, S.ESCALATED)
        ),
        "propose_non_acceptance": Verb(
            service.propose_non_acceptance,
            {"reason": Reason.NO_FACTS, **GROUNDS},
            (OFFICER,),
            (S.FILED, S.ESCALATED),
        ),
        "sign": Verb(service.sign, {}, (SIGNATORY,), (FILED_PROPOSED,)),
        "return_proposal": Verb(
            service.return_proposal, {"note": "请补充"}, (SIGNATORY,), (FILED_PROPOSED,)
        ),
        "ask_completion": Verb(
            service.ask_completion, {"request": "请补充"}, (OFFICER,), WHILE_FILED
        ),
        "complete": Verb(
            service.complete,
            {"text": "已补充"},
            completing,
            (S.COMPLETING,),
        ),
        "transfer": Verb(
            service.transfer,
            {"organisation_id": town.bureau.organisation_id, "reason": "不归我们"},
            (OFFICER,),
            WHILE_FILED,
        ),
    }


def of_handling(town: "Town") -> dict[str, Verb]:
    """Whose it is, and the investigation."""
    decision = {"outcome": Outcome.DISMISSED, "remedies": {}, **GROUNDS}
    return {
        "take_in": Verb(service.take_in, {}, (OFFICER,), (S.TRANSFERRED,)),
        "take_up": Verb(service.take_up, {}, (OFFICER,), UNDER_WAY),
        "reassign": Verb(
            service.reassign,
            {"organisation_id": town.spare, "reason": "指定办理"},
            (ASSIGNER,),
            UNDER_WAY,
        ),
        "declare_interest": Verb(
            service.declare_interest, {"note": "亲属"}, (OFFICER, SIGNATORY), UNDER_WAY
        ),
        "propose_decision": Verb(service.propose_decision, decision, (OFFICER,), (S.ACCEPTED,)),
        "pause": Verb(service.pause, {"reason": "鉴定"}, (OFFICER,), (S.ACCEPTED,)),
        "find_violation": Verb(
            service.find_violation,
            {"violation": rules.Violation.FORGERY, "reasons": "盖章系伪造，已经鉴定。"},
            (OFFICER,),
            (S.ACCEPTED, S.PAUSED),
        ),
        "resume": Verb(service.resume, {}, (OFFICER,), (S.PAUSED,)),
        "answer": Verb(
            service.answer, {"text": "没有地域条件"}, (RESPONDENT,), (S.ACCEPTED, S.PAUSED)
        ),
        "continue_hold": Verb(
            service.continue_hold, {"reasons": "等待鉴定结果"}, (SIGNATORY,), (S.ACCEPTED, S.PAUSED)
        ),
    }


def of_withdrawing(own: tuple[str, ...], proposing: tuple[str, ...]) -> dict[str, Verb]:
    """By whoever complains; for one without an account by two persons of the body."""
    return {
        "withdraw": Verb(service.withdraw, {"note": "误会"}, own, UNDER_WAY),
        "propose_withdrawal": Verb(
            service.propose_withdrawal,
            {"reasons": "来电要求撤回"},
            proposing,
            tuple(rules.HANDLED),
        ),
    }


def of_closing(own: tuple[str, ...]) -> dict[str, Verb]:
    """After the decision."""
    text = "投诉事项不成立，理由见决定书。"
    return {
        "publish_decision": Verb(
            service.publish_decision, {"text": text}, (OFFICER,), (S.UPHELD, S.PARTLY, S.DISMISSED)
        ),
        "finish_remedy": Verb(
            service.finish_remedy, {"report": "已改"}, (OFFICER,), (S.REMEDYING,)
        ),
        "call_back": Verb(
            service.call_back,
            {"result": CallbackResult.SATISFIED, "note": "满意"},
            (CALLER,),
            (S.CALLBACK,),
        ),
        "rate": Verb(
            service.rate,
            {"level": 4},
            own,
            (S.NOT_ACCEPTED, S.UPHELD, S.PARTLY, S.DISMISSED, S.REMEDYING, S.CALLBACK, S.CLOSED),
        ),
    }


class Town:
    """A notice, three bodies, and one person for each role."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self.bureau = complaints.regulator_desk()
        complaints.appraisals_stop_the_clock(clock)
        self.buyer = selection.owner()
        self.notice = selection.published_notice(self.buyer)
        self.office = complaints.desk()
        self.authority = complaints.desk("authority")
        self.assisting = complaints.desk("regulator", people.organisation("regulator", "水利局"))
        self.spare = self.assisting.organisation_id
        self.who = complaints.citizen()
        self.people = {
            COMPLAINANT: self.who,
            RESPONDENT: self.buyer.drafter,
            ASSIGNER: people.staff("authority", "authority_assigner"),
            CALLER: people.staff("authority", "callback_officer"),
            INSPECTOR: people.staff("inspection", "inspector"),
            CLERK: people.staff("office", "intake_clerk"),
            STRANGER: complaints.citizen(),
            NOBODY: VISITOR,
            THE_CLOCK: CLOCK,
        }

    def accept(self, number: str) -> None:
        """Accepted by the office, with whom it asks for an answer and an opinion."""
        officer = self.office.officer
        complaints.accepted(number, self.office)
        do(service.ask_answer, officer, number=number, hides_complainant=True)
        joined = {"organisation_id": self.spare, "due_on": reading(CLOCK).today}
        do(service.join, officer, number=number, **joined)

    def reach(self, state: object, is_registered: bool) -> tuple[str, dict[str, Actor]]:
        """A complaint in this state, and who is who for it."""
        desk = self.office
        number = (
            complaints.registered(self.notice, self.people[CLERK], complaints.by_hotline())
            if is_registered
            else (complaints.filed(self.notice, self.who))
        )
        if state == FILED_PROPOSED:
            do(service.propose_acceptance, desk.officer, number=number)
        if state is S.COMPLETING:
            do(service.ask_completion, desk.officer, number=number, request="请补充")
        if state is S.TRANSFERRED:
            to = {"organisation_id": self.bureau.organisation_id, "reason": "不归我们"}
            do(service.transfer, desk.officer, number=number, **to)
            desk = self.bureau
        if state is S.ESCALATED:
            for kind in (rules.ACCEPT, rules.TAKEOVER):
                self.clock.instant = due_of(number, kind)
                windows_jobs.sweep()
            desk = self.authority
        if state is S.NOT_ACCEPTED:
            complaints.refused(number, desk)
        if state is S.WITHDRAWN:
            complaints.taken_back(number, desk) if is_registered else do(
                service.withdraw, self.who, number=number, note="误会"
            )
        if state in AFTER_ACCEPTANCE:
            self.accept(number)
            AFTER_ACCEPTANCE[state](self, number)
        elsewhere = self.office.officer if desk is not self.office else self.bureau.officer
        return number, {
            **self.people,
            OFFICER: desk.officer,
            SIGNATORY: desk.signatory,
            ELSEWHERE: elsewhere,
        }

    def decided(self, number: str, outcome: Outcome) -> None:
        complaints.decided(
            number,
            self.office,
            outcome,
            {} if outcome is Outcome.DISMISSED else {Remedy.RECTIFY: ""},
        )

    def called_back(self, number: str, *, until: S) -> None:
        self.decided(number, Outcome.UPHELD)
        complaints.published(number, self.office)
        if until is S.REMEDYING:
            return
        do(service.finish_remedy, self.office.officer, number=number, report="已改")
        if until is S.CLOSED:
            do(
                service.call_back,
                self.people[CALLER],
                number=number,
                result=CallbackResult.SATISFIED,
                note="满意",
            )


AFTER_ACCEPTANCE: dict[object, Callable[[Town, str], None]] = {
    S.ACCEPTED: lambda town, number: None,
    S.PAUSED: lambda town, number: do(
        service.pause, town.office.officer, number=number, reason="鉴定"
    ),
    S.UPHELD: lambda town, number: town.decided(number, Outcome.UPHELD),
    S.PARTLY: lambda town, number: town.decided(number, Outcome.PARTLY),
    S.DISMISSED: lambda town, number: town.decided(number, Outcome.DISMISSED),
    S.REMEDYING: lambda town, number: town.called_back(number, until=S.REMEDYING),
    S.CALLBACK: lambda town, number: town.called_back(number, until=S.CALLBACK),
    S.CLOSED: lambda town, number: town.called_back(number, until=S.CLOSED),
}


class Undone(Exception):
    """Thrown at the end of an attempt: nothing of it stays."""


def do(act: Callable[..., object], who: Actor, **values: object) -> Any:
    return in_one_transaction(lambda work: act(work, **looking(act, work, values)), who)


def attempt(verb: Verb, who: Actor, number: str) -> bool:
    """Whether the use case goes through for this actor; whatever it did is undone."""

    def tried(work: Any) -> None:
        verb.act(work, **looking(verb.act, work, {"number": number, **verb.values}))
        work.session.flush()
        raise Undone

    try:
        in_one_transaction(tried, who)
    except Undone:
        return True
    except Refusal:
        return False
    raise AssertionError("unreachable")


@pytest.mark.parametrize("is_registered", [False, True], ids=["online", "registered"])
@pytest.mark.parametrize("state", STATES)
def test_each_step_is_taken_by_whom_the_table_names_and_by_nobody_else(
    context, clock, state, is_registered
):
    town = Town(clock)
    number, cast = town.reach(state, is_registered)
    row = queries.by_key(reading(CLOCK), number)
    assert row.state is (S.FILED if state == FILED_PROPOSED else state)
    assert (
        result_queries.notice(reading(CLOCK), town.notice).state == "entry_open"
        or state is S.ESCALATED
    )
    found = set()
    expected = set()
    for (name, verb), role in itertools.product(verbs(town, is_registered).items(), ROLES):
        if state in verb.states and role in verb.who:
            expected.add((name, role))
        if attempt(verb, cast[role], number):
            found.add((name, role))
    assert found == expected
    assert queries.by_key(reading(CLOCK), number).state is row.state


# --- what a page offers -------------------------------------------------------------------

AGAIN = frozenset({"take-up"})
"""What is accepted of a colleague and offered only while nobody has done it."""


def given(
    town: Town, desk: complaints.Desk, is_registered: bool
) -> dict[Callable[..., object], dict[str, Any]]:
    """What each use case takes besides the number."""
    more: dict[Callable[..., object], dict[str, Any]] = {
        service.ask_answer: {"hides_complainant": True},
        service.join: {
            "organisation_id": town.bureau.organisation_id,
            "due_on": reading(CLOCK).today,
        },
        service.give_opinion: {"text": "没有地域条件"},
        service.assign: {"person_id": desk.officer.person_id},
    }
    return {verb.act: verb.values for verb in verbs(town, is_registered).values()} | more


@pytest.mark.parametrize("is_registered", [False, True], ids=["online", "registered"])
@pytest.mark.parametrize("state", STATES)
def test_a_page_offers_its_reader_what_the_services_take_of_him_and_nothing_else(
    context, clock, state, is_registered
):
    town = Town(clock)
    number, cast = town.reach(state, is_registered)
    desks = {desk.organisation_id: desk for desk in (town.office, town.bureau, town.authority)}
    row = queries.by_key(reading(CLOCK), number)
    values = given(town, desks[row.body_id], is_registered)
    cast |= {
        "assisting officer": town.assisting.officer,
        "assisting head": town.assisting.signatory,
    }
    for role, who in cast.items():
        card = queries.view(reading(who), number)
        offers = {deed.name for deed in offered(card, who)}
        taken = {
            deed.name
            for deed in DEEDS
            if attempt(Verb(deed.act, values[deed.act], (), ()), who, number)
        }
        assert (role, taken - offers - AGAIN, offers - taken) == (role, set(), set())
