"""Who was drawn and may not judge any more: suspended, left, lapsed; and what the owner sees of who was drawn."""

import dataclasses
import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries.integrity import compare
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import service as pool_service
from market.selection.jurors.rules import Step
from market.selection.results import queries as result_queries
from market.selection.scored import jobs as scored_jobs
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import JurorState
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection import jurying as j
from tests.selection import scoring as s
from tests.selection.deeds import check_refused, log_of


def drawn_notice(own: int = 0, many: int = j.LEAST) -> tuple[str, f.Buyer, j.Body]:
    j.town()
    body = j.body()
    j.pool(body, many)
    number, buyer = j.published(own)
    s.entered(number, [10_000_000, 9_000_000, 8_000_000])
    j.drawn(number)
    return number, buyer, body


def reserves(number: str) -> list[int]:
    """The persons who follow, in turn."""
    work = reading(CLOCK)
    notice = scored_rows.scored_notice(work, number)
    named = scored_rows.jurors(work, notice.id)
    return [row.person_id for row in named if row.state is JurorState.RESERVE]


def reasons(number: str) -> list[str]:
    return [leaf.fields["reason"] for leaf in log_of(number, "juror.replaced")]


@pytest.mark.databases
def test_a_reserve_who_was_suspended_or_left_sits_for_no_moment(context):
    number, _, body = drawn_notice()
    first, second, third = reserves(number)[:3]
    j.stepped(body, people.actor_of(first), Step.SUSPEND)
    in_one_transaction(pool_service.leave, people.actor_of(second))
    in_one_transaction(scored_service.decline, j.seated(number)[0], number=number)

    assert j.seated(number)[0].person_id == third
    assert reasons(number) == ["declined", "barred", "barred"]
    j.finished(number)
    assert s.verified(number)["scored_jurors"] == "3; 3"
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_who_sits_and_is_suspended_or_leaves_is_followed_by_the_next(context):
    number, _, body = drawn_notice()
    suspended, left, stays = j.seated(number)
    in_one_transaction(scored_service.declare, left, number=number)
    j.stepped(body, suspended, Step.SUSPEND)
    in_one_transaction(pool_service.leave, left)
    expected = reserves(number)[:2]
    check_refused("scored.no_longer", scored_service.declare, suspended, number=number)
    check_refused("scored.no_longer", scored_service.hand_in, left, number=number)

    assert scored_jobs.bar_gone() == 2
    assert scored_jobs.bar_gone() == 0
    seated = [each.person_id for each in j.seated(number)]
    assert seated == [*expected, stays.person_id]
    assert reasons(number) == ["barred", "barred"]
    j.finished(number)
    assert s.verified(number)["scored_jurors"] == "3; 2"
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_who_has_declared_a_tie_to_an_entrant_since_the_lot_does_not_begin(context):
    number, _, _ = drawn_notice()
    seated = j.seated(number)[0]
    people.join(
        scored_rows.letters(reading(CLOCK), scored_rows.scored_notice(reading(CLOCK), number).id)[
            0
        ][1].agency_id,
        seated.person_id,
        "agency_agent",
    )
    check_refused("scored.own_interest", scored_service.declare, seated, number=number)


def test_a_sheet_that_is_in_stands_when_its_juror_leaves_the_pool(context):
    number, _, _ = drawn_notice()
    first = j.seated(number)[0]
    s.judged(number, first)
    in_one_transaction(pool_service.leave, first)
    assert scored_jobs.bar_gone() == 0
    assert j.seated(number)[0] == first


def test_when_everybody_who_follows_is_barred_it_has_failed(context):
    number, _, _ = drawn_notice()
    for person_id in reserves(number):
        in_one_transaction(pool_service.leave, people.actor_of(person_id))
    in_one_transaction(scored_service.decline, j.seated(number)[0], number=number)
    assert result_queries.notice(reading(CLOCK), number).failure == "NO_JURORS"
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_in_what_an_expert_judges_is_what_the_pool_said_when_the_notice_was_published(context):
    j.town()
    body = j.body()
    experts = j.pool(body, j.LEAST + 1)
    number, _ = j.published()
    s.entered(number, [10_000_000, 9_000_000, 8_000_000])
    (changed,) = experts[:1]
    in_one_transaction(pool_service.leave, changed)
    in_one_transaction(
        pool_service.apply,
        changed,
        body_id=body.organisation_id,
        categories=[j.another_category()],
        employer="学会",
        codes=[],
        grounds="高级工程师",
    )
    j.stepped(body, changed)
    j.drawn(number)

    (listed,) = log_of(number, "jurors.listed")
    assert listed.fields["excluded"] == []
    j.finished(number)
    assert s.verified(number)["scored_experts"] == f"{j.LEAST + 1}; 0"


def test_nobody_proposes_his_own_admission(context):
    j.town()
    body = j.body()
    who = j.applied(body)
    people.join(body.organisation_id, who.person_id, "regulator_officer")
    himself = dataclasses.replace(body.officer, person_id=who.person_id)
    check_refused(
        "pool.own",
        pool_service.propose_step,
        himself,
        number=j.number_of(who),
        step=Step.ADMIT,
        reason="符合条件。",
    )
    assert pool_queries.pool(reading(CLOCK)).count == 0


def test_the_owner_reads_who_was_drawn_only_once_the_quotes_are_open(app, client):
    with app.app_context():
        number, buyer, _ = drawn_notice(own=1)
        people.sign_in(client, buyer.signatory)
    page = client.get(f"/notices/{number}/scores").text
    assert page.count("张三") == 1, "its own representative alone"
    assert "备选</" not in page

    with app.app_context():
        j.finished(number)
    page = client.get(f"/notices/{number}/scores").text
    assert page.count("张三") == j.LEAST + 1


def test_an_admission_that_is_over_does_not_sit(context):
    number, _, _ = drawn_notice()
    work = reading(CLOCK)
    lapsed = pool_queries.row_of_person(work, reserves(number)[0])
    assert lapsed is not None and lapsed.until is not None

    def over(work) -> None:
        row = pool_queries.member_row(work, lapsed.number)
        row.until = work.now.date() - dt.timedelta(days=2)

    in_one_transaction(over, CLOCK)
    in_one_transaction(scored_service.decline, j.seated(number)[0], number=number)
    assert reasons(number) == ["declined", "barred"]


def test_a_course_says_whom_the_owner_named(context):
    number, _, _ = drawn_notice(own=1)
    seats = scored_queries.course(reading(CLOCK), number).seats
    assert sum(each.is_own for each in seats) == 1
