"""The demo town lives on real services; nothing of it outside a demo database."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute
from stdnum.cn import ric, uscc

from market.accounts import queries as accounts
from market.accounts.models import Organisation
from market.agencies import queries as agencies
from market.agencies.models import Agency
from market.agencies.rules import Type
from market.cards.models import Card
from market.cards.rules import CardState, Colour
from market.cases.models import Case
from market.cases.rules import CaseState
from market.complaints import queries as complaints
from market.complaints.models import Complaint, Evidence, Tip
from market.complaints.rules import State
from market.contracts.models import Contract
from market.contracts.rules.matter import ContractState
from market.db import Work, db, in_one_transaction, reading
from market.demo import cli, live, names, priced, town, year
from market.demo.choices import Dice
from market.enrolment import queries as enrolments
from market.enrolment.models import Objection
from market.evaluations.models import Evaluation
from market.evaluations.rules import EvaluationState
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.letters import jobs as letters
from market.letters.models import Letter
from market.operations import audit
from market.operations import service as operations
from market.operations.rules import Mode
from market.owners.models import Owner
from market.reputation import queries as reputation
from market.reputation.models import CreditTalk
from market.reputation.rules import MeasureKind, TalkState
from market.search import service as searching
from market.search.models import SearchText
from market.selection.auction import queries as auction_queries
from market.selection.entries.models import Entry
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices.models import Notice
from market.selection.notices.queries import Filters
from market.selection.results import queries as result_queries
from market.selection.results.models import Ranking
from market.selection.scored import queries as scored_queries
from market.selection.shortlist import queries as shortlist_queries
from tests.factories import accounts as people
from tests.factories import selection as made


def test_the_town_has_the_shape_of_the_source():
    assert sum(count for _, count in names.TIERS) == 348
    assert [count for _, count in names.TIERS] == [66, 113, 113, 56]
    assert [kind for _, kind in names.OWNERS].count("public") == 70 and len(names.OWNERS) == 73


def test_invented_numbers_are_valid_and_differ():
    people = {names.id_number(sequence) for sequence in range(900)}
    assert len(people) == 900 and all(ric.is_valid(number) for number in people)
    assert uscc.is_valid(names.credit_code("91", "420106", 7))


def test_dice_repeat_themselves():
    one = Dice("x")
    other = Dice("x")
    assert [one.below(100) for _ in range(20)] == [other.below(100) for _ in range(20)]
    assert sorted(one.some(range(5), 9)) == [0, 1, 2, 3, 4]
    assert all(2 <= one.between(2, 4) <= 4 for _ in range(50))


def test_the_greeting_names_nobody_who_cannot_sign_in(app):
    said = app.test_cli_runner().invoke(
        args=["demo", "hello", "--address", "http://127.0.0.1:9000"]
    )
    assert said.exit_code == 0 and "http://127.0.0.1:9000/draws" in said.output
    assert "agency@demo.example" not in said.output


def test_outside_a_demo_database_nothing_is_posted(context):
    in_one_transaction(operations.install, CLOCK, mode=Mode.PRODUCTION)
    live.keep_going()
    assert list(notice_queries.listing(reading(CLOCK), Filters())) == []


@pytest.fixture
def small_town(context, monkeypatch):
    """A town of the same making with fewer people and notices."""
    monkeypatch.setattr(
        names,
        "TIERS",
        ((names.HOME, 30), (names.CITY, 30), (names.PROVINCE, 30), (names.OUTSIDE, 30)),
    )
    monkeypatch.setattr(names, "OWNERS", [*names.OWNERS[:4], *names.OWNERS[-3:]])
    monkeypatch.setattr(year, "FINISHED", 4)
    monkeypatch.setattr(town, "ENOUGH", 5)
    fabric(context).clock.instant = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
    year.load(context, lambda what, done, of: None)
    return context


def check_the_agencies(work):
    """Two enrolled with documents still to come, one is being revoked."""
    states = [card.state for card in agencies.directory(work, agencies.Filter(), limit=500)]
    assert (states.count("provisional"), states.count("revoking")) == (2, 1)
    waits = [
        (document.is_late, document.submitted_at is not None)
        for _, document in enrolments.desk_documents(work)
    ]
    assert sorted(waits) == [(False, False)] * 3 + [(False, True)] + [(True, False)] * 2


def of(column: InstrumentedAttribute[Any], *where: ColumnElement[bool]) -> set[str]:
    """What stands in a column of the town."""
    return {str(value) for value in db.session.scalars(select(column).where(*where))}


def check_what_is_rare(work: Work) -> None:
    """What no finished year shows: who is suspended, leaves or is removed, objections, tips, haste, money of
    state firms, owners that are neither bodies nor firms, complaints about notices and bodies.
    """
    gone = {"suspended", "refusing", "refused", "returned", "exiting", "exited", "removing"}
    assert gone | {"removed", "revoked"} <= of(Agency.state)
    assert of(Agency.type) == {kind.value for kind in Type}
    assert of(Objection.outcome) == {"None", "kept", "revocation"}
    assert of(Owner.kind) == {"public", "firm", "person"}
    assert of(Owner.state) == {"approved", "refused", "returned", "submitted"}
    bought = work.session.execute(select(Notice.fund, Notice.urgent).distinct()).all()
    assert {(Fund.STATE, False), (Fund.FISCAL, True)} <= set(bought)
    heads = {code[:2] for code in of(Organisation.uscc, Organisation.kind == "owner")}
    assert heads == {"11", "51", "91", "No"}  # of the whole town's institutions none is among four
    assert str(names.owner_code("瑞昌市人民医院", "public", 1)).startswith("12")

    assert "withdrawn" in of(Entry.state)
    assert of(Complaint.about) == {"notice", "process", "result", "conduct"}
    assert of(Complaint.respondent) == {"owner", "agency", "office", "regulator"}
    assert of(Evidence.part) == {"complaint"}
    tips = list(work.session.scalars(select(Tip).order_by(Tip.number)))
    assert len({tip.body_id for tip in tips}) == 3 and len(tips) == 5
    assert (tips[0].closed_at is not None, tips[-1].looked_at) == (True, None)


def check_letters(app: Flask) -> None:
    """Every letter leads to a page that its reader may open."""
    letters.write()
    found = list(db.session.scalars(select(Letter)))
    assert len(found) > 50
    with app.test_request_context("/"):
        addresses = app.url_map.bind("localhost")
        for letter in found:
            endpoint, _ = addresses.match(letter.path.partition("?")[0].partition("#")[0])
            may = vars(app.view_functions[endpoint])["may"]
            who = {may} if may in ("public", "signed_in") else set(fabric(app).permissions[may])
            duties = {
                duty
                for each in accounts.memberships(reading(CLOCK), letter.person_id)
                for duty in each.duties
            }
            assert who & (duties | {"public", "signed_in"}), (letter.title, letter.path, duties)


def test_the_town_shows_notices_and_complaints_in_every_state(small_town):
    check_letters(small_town)
    work = reading(CLOCK)
    states = {listed.state for listed in notice_queries.listing(work, Filters(), limit=500)}
    assert {
        "entry_open",
        "sealed",
        "announced",
        "held",
        "awarded",
        "cancelled",
        "annulled",
        "relisted",
    } <= states

    found = {row.state.value for row in complaints.register(work, limit=100)}
    # All that people see but paused: the shipped rulebook lets no clock stop for an appraisal.
    assert found == {state.value for state in State} - {"draft", "paused"}
    assert (
        db.session.scalar(
            select(func.count()).select_from(Complaint).where(Complaint.state == State.DRAFT)
        )
        == 1
    )
    check_the_agencies(work)
    check_the_prices(work)
    check_what_is_rare(work)
    assert ContractState.CLOSED in set(db.session.scalars(select(Contract.state)))
    check_what_is_said()
    check_what_conduct_leads_to(work)
    said = small_town.test_cli_runner().invoke(args=["demo", "hello"]).output
    assert [login for login, _ in cli.PEOPLE if f"{login}@demo.example " not in said] == []
    assert audit.hold_against_log().first == ()  # every row of the town has its leaf
    live.keep_going()
    live.keep_going()
    (posted,) = notice_queries.listing(reading(CLOCK), Filters(text=live.TITLE), limit=5)
    assert posted.entries == 1
    check_the_search(work)
    check_the_extras()
    check_a_live_auction()


def check_a_live_auction() -> None:
    """An auction takes its turn: extras enter without a quote, then bid lower and lower."""
    clock = fabric().clock
    assert isinstance(clock, FixedClock)
    clock.advance(dt.timedelta(minutes=30))
    live.post(reading(CLOCK), Method.AUCTION_LIVE)
    for _ in range(4):
        live.keep_going()
        clock.advance(dt.timedelta(seconds=1))  # who enters is picked by the second
    (posted,) = notice_queries.listing(reading(CLOCK), Filters(text=live.TITLE), limit=1)
    assert posted.entries > 1
    course = auction_queries.course(reading(CLOCK), posted.number)
    made.move_to(posted.entry_close + dt.timedelta(seconds=30))
    made.move_to(course.start_at + dt.timedelta(seconds=1))
    for turn in range(1, 4):
        live.keep_going()
        clock.advance(dt.timedelta(seconds=5))
        now = auction_queries.course(reading(CLOCK), posted.number)
        assert now.count == turn and now.floor_fen <= (now.low_fen or 0) < now.ceiling_fen


def check_the_extras() -> None:
    """The live demo enters for its own extras alone, not for an agency that a visitor has joined."""
    work = reading(CLOCK)
    (posted,) = notice_queries.listing(work, Filters(text=live.TITLE), limit=5)
    items = result_queries.notice(work, posted.number).items
    visitors = {
        one
        for one in agencies.eligible_organisations(work, items)
        if not live._is_an_extra(work, one)
    }
    assert visitors  # the agency that the greeting names, at least
    before = entrants(posted.number)
    others = set(agencies.eligible_organisations(work, items)) - visitors - before
    extra = min(others)
    people.member(extra, "agency_agent")  # a visitor joins it
    assert not live._is_an_extra(reading(CLOCK), extra)
    for _ in range(12):
        live.keep_going()
    entered = entrants(posted.number)
    assert entered > before and not entered & (visitors | {extra})


def entrants(number: str) -> set[int]:
    """Who has entered a notice."""
    asked = select(Entry.agency_id).join(Notice, Notice.id == Entry.notice_id)
    return set(db.session.scalars(asked.where(Notice.number == number)))


def check_what_is_said() -> None:
    """Both sides evaluate; a bad rating was put right."""
    assert EvaluationState.OPEN in set(db.session.scalars(select(Evaluation.state)))
    assert CaseState.CLOSED in set(db.session.scalars(select(Case.state)))


def check_what_conduct_leads_to(work: Work) -> None:
    """One agency is suspended on a record, one removed, one was talked with; a yellow and a red card."""
    assert {each.kind for each in reputation.register(work)} == set(MeasureKind)
    assert db.session.scalars(select(CreditTalk.state)).all() == [TalkState.SIGNED]
    issued = db.session.execute(select(Card.colour, Card.state)).all()
    assert {tuple(each) for each in issued} == {(of, CardState.PLANNED) for of in Colour}


def check_the_prices(work: Work) -> None:
    """Both ways by price have run, with equals that the lot has placed, and one is too few."""
    found = list(
        work.session.execute(
            select(Notice.method, Notice.state, Notice.failure).where(
                Notice.method.in_((Method.LOWEST, Method.AVERAGE))
            )
        )
    )
    assert {method for method, state, _ in found if state == "entry_open"} == set(priced.BY_PRICE)
    assert {method for method, _, failure in found if failure is None} == set(priced.BY_PRICE)
    assert (Method.AVERAGE, "failed", "TOO_FEW") in found
    ranked = select(Ranking).join(Notice, Notice.id == Ranking.notice_id)
    equals = ranked.where(Notice.method == Method.LOWEST, Ranking.ticket.is_not(None))
    assert len(list(work.session.scalars(equals))) >= 2


def check_the_scores(work: Work) -> None:
    """One scored selection has its result, which the log gives again; of another one sheet is in."""
    found = work.session.execute(
        select(Notice.number, Notice.state)
        .where(
            Notice.method == Method.WEIGHTED,
            Notice.number.is_not(None),
            Notice.fund == Fund.SOCIAL,  # public money is judged by experts who are drawn
        )
        .order_by(Notice.id)
    ).all()
    (finished, _), (running, state) = found
    result = scored_queries.result(work, str(finished))
    assert result.lines[0].rank == 1 and result.lines[0].total is not None
    assert state == "scoring" and scored_queries.course(work, str(running)).handed_in == 1


def check_the_proposals(work: Work) -> None:
    """One selection by sealed files has its result, one is judged, one failed: nobody reached the mark."""
    found = work.session.execute(
        select(Notice.number, Notice.state, Notice.failure)
        .where(Notice.method == Method.PROPOSAL, Notice.number.is_not(None))
        .order_by(Notice.id)
    ).all()
    by_state = {str(state): (str(number), failure) for number, state, failure in found}
    assert len(found) == 3 and by_state["failed"][1] == "ALL_BELOW_MARK"
    assert scored_queries.course(work, by_state["scoring"][0]).handed_in == 1
    (finished,) = [number for number, state, _ in found if state not in ("failed", "scoring")]
    result = scored_queries.result(work, str(finished))
    assert result.formula is None and result.lines[0].rank == 1


def check_the_shortlists(work: Work) -> None:
    """One owner has chosen, one was silent, one is choosing."""
    found = work.session.execute(
        select(Notice.number, Notice.state, Notice.failure)
        .where(Notice.method == Method.CREDIT_SHORTLIST, Notice.number.is_not(None))
        .order_by(Notice.id)
    ).all()
    (finished, _, _), (_, silent, why), (_, running, _) = found
    course = shortlist_queries.course(work, str(finished))
    assert course.choice is not None and course.choice.ref in {each.ref for each in course.short}
    assert (silent, why, running) == ("failed", "OWNER_NO_CHOICE", "shortlisted")


def check_the_auctions(work: Work) -> None:
    """One of each kind has ended, one had a single entrant, one runs, one is open."""
    found = work.session.execute(
        select(Notice.method, Notice.state, Notice.failure)
        .where(
            Notice.method.in_((Method.AUCTION_LIVE, Method.AUCTION_ROUNDS)),
            Notice.number.is_not(None),
        )
        .order_by(Notice.id)
    ).all()
    live, rounds, failed, running, coming = found
    assert (live.method, rounds.method) == (Method.AUCTION_LIVE, Method.AUCTION_ROUNDS)
    assert {live.state, rounds.state} <= {"announced", "awarded"}
    assert (failed.state, failed.failure) == ("failed", "TOO_FEW")
    assert (running.state, coming.state) == ("auction_running", "entry_open")


def check_the_search(work: Work) -> None:
    """No writer of the town has forgotten the index of the search, scored selections among them."""
    assert (db.session.scalar(select(func.count()).select_from(SearchText)) or 0) > 100
    assert searching.differences(work) == []
    check_the_scores(work)
    check_the_proposals(work)
    check_the_shortlists(work)
    check_the_auctions(work)
