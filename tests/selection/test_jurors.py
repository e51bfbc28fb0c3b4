"""评审专家: from the application to the result of a notice of public money, by the real services."""

import concurrent.futures
import copy
import datetime as dt
import json
import threading

import pytest

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries.integrity import compare
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import service as pool_service
from market.selection.jurors.rules import Step
from market.selection.notices.queries import against
from market.selection.notices.queries import rows as notice_rows
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules import Channel
from market.selection.scored.service import Told
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import jurying as j
from tests.selection import scoring as s
from tests.selection.deeds import check_refused, log_of
from verify.zjcs import jurors_file
from verify.zjcs.faults import Fault


@pytest.mark.databases
def test_from_the_pool_to_the_result(context):
    j.town()
    j.pool(j.body())
    number, _ = j.published()
    made = s.entered(number, [10_000_000, 9_876_543, 8_000_000])
    j.drawn(number)
    assert len(log_of(number, "jurors.drawn")) == 1
    seated = j.seated(number)
    assert len(seated) == 3
    in_one_transaction(scored_service.decline, seated[1], number=number)
    assert len(j.seated(number)) == 3 and j.seated(number)[1] != seated[1]
    j.finished(number, {"0": 100, "1": 60, "2": 60})

    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.winner.ref) == ("announced", made[0].ref)
    said = s.verified(number)
    assert (said["scored_experts"], said["scored_jurors"]) == ("15; 0", "3; 1")
    assert scored_queries.result(reading(CLOCK), number).lines[0].rank == 1
    assert compare(reading(CLOCK), fabric().held).first == ()


def asked(body: j.Body) -> dict:
    """What an application says."""
    return {
        "body_id": body.organisation_id,
        "categories": [j.category()],
        "employer": "学会",
        "codes": [],
        "grounds": "高级工程师",
    }


WRONG = (
    ({"body_id": 1}, "pool.no_body"),
    ({"categories": ["没有这一类"]}, "pool.no_category"),
    ({"employer": " "}, "pool.text"),
    ({"codes": ["12345"]}, "pool.code"),
)


def test_what_an_application_may_not_say(context):
    j.town()
    body = j.body()
    who = j.applied(body)
    for change, code in WRONG:
        check_refused(code, pool_service.apply, who, **{**asked(body), **change})
    newcomer = people.actor_of(people.person(verified=False))
    check_refused("not_permitted", pool_service.apply, newcomer, **asked(body))


def test_how_one_comes_into_the_pool(context):
    j.town()
    body = j.body()
    who = j.applied(body)
    number = j.number_of(who)
    step = {"number": number, "reason": "符合条件。"}
    sign = {"number": number, "followed": True}
    check_refused("pool.none", pool_service.propose_step, j.body().officer, **step, step=Step.ADMIT)
    check_refused(
        "pool.wrong_state", pool_service.propose_step, body.officer, **step, step=Step.RENEW
    )
    check_refused("pool.not_proposed", pool_service.sign_step, body.signatory, **sign)
    do(pool_service.propose_step, body.officer, **step, step=Step.ADMIT)
    check_refused(
        "pool.proposed", pool_service.propose_step, body.officer, **step, step=Step.REFUSE
    )
    check_refused("pool.proposed", pool_service.apply, who, **asked(body))
    do(pool_service.sign_step, body.signatory, number=number, followed=False)
    both = people.member(body.organisation_id, "regulator_officer", "regulator_signatory")
    do(pool_service.propose_step, both, **step, step=Step.ADMIT)
    check_refused("pool.same_person", pool_service.sign_step, both, **sign)
    do(pool_service.sign_step, body.signatory, **sign)
    assert pool_queries.pool(reading(CLOCK)).count == 1
    check_refused("pool.wrong_state", pool_service.apply, who, **asked(body))


def test_how_one_is_suspended_comes_back_and_leaves(context):
    j.town()
    body = j.body()
    (who,) = j.pool(body, 1)
    for step, state in ((Step.SUSPEND, "suspended"), (Step.RESTORE, "admitted")):
        j.stepped(body, who, step)
        card = pool_queries.own(reading(who))
        assert card is not None and card.state == state
    j.stepped(body, who, Step.SUSPEND)
    assert sum(each.count for each in pool_queries.pool(reading(CLOCK)).categories) == 0
    in_one_transaction(pool_service.leave, who)
    check_refused("pool.wrong_state", pool_service.leave, who)
    assert pool_queries.pool(reading(CLOCK)).count == 0
    check_refused("pool.other_body", pool_service.apply, who, **asked(j.body()))
    in_one_transaction(pool_service.apply, who, **asked(body))
    check_refused("pool.wrong_state", pool_service.leave, who)
    in_one_transaction(pool_service.withdraw, who)
    assert compare(reading(CLOCK), fabric().held).first == ()


@pytest.mark.databases
def test_two_who_sign_at_once_are_both_in_the_pool(app, context):
    j.town()
    body = j.body()
    numbers = [j.number_of(j.applied(body)) for _ in range(2)]
    for number in numbers:
        step = {"number": number, "step": Step.ADMIT, "reason": "符合条件。"}
        do(pool_service.propose_step, body.officer, **step)
    gate = threading.Barrier(2)
    db.session.commit()

    def sign(number):
        with app.app_context():
            gate.wait()
            do(pool_service.sign_step, body.signatory, number=number, followed=True)

    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        list(threads.map(sign, numbers))
    assert pool_queries.pool(reading(CLOCK)).count == 2


def test_who_is_tied_to_a_party_is_not_in_the_lot(context):
    j.town()
    body = j.body()
    made = [f.agency() for _ in range(3)]
    tied = j.pool(body, 1, codes=[made[0].uscc])
    j.pool(body, 1, categories=[j.another_category()])
    experts = j.pool(body, 17)
    people.join(made[1].organisation_id, experts[0].person_id, "agency_agent")
    number, _ = j.published()
    j.stepped(body, experts[1], Step.SUSPEND)
    in_one_transaction(pool_service.leave, experts[2])
    for place, who in enumerate(made):
        s.propose(number, who, f"方案内容{place}")
        f.enter(number, who, 10_000_000 + place)
    j.drawn(number)
    (listed,) = log_of(number, "jurors.listed")
    reasons = sorted(row["reason"] for row in listed.fields["excluded"])
    assert reasons == ["category", "employer", "interest", "left", "suspended"]
    assert len(listed.fields["refs"]) == 14 and listed.fields["pool"]["count"] == 19
    assert tied[0].person_id not in {each.person_id for each in j.seated(number)}
    j.finished(number)
    said = s.verified(number)
    assert said["scored_experts"] == "14; 5"
    held_member_by_member(number)


def held_member_by_member(number: str) -> None:
    """Who has the list checks each member once; a changed one is refused."""
    evidence = s.evidence_of(number)
    opened = scored_queries.jurors_opened(reading(CLOCK), number)
    assert jurors_file.step(json.dumps(opened), evidence).detail == "19"
    for forge in (
        lambda file: file["members"].pop(),
        lambda file: file["members"][0].update(salt="00" * 16),
        lambda file: file["members"].append(file["members"][0]),
        lambda file: file["members"][0].update(number="PS-360481-2026-09999"),
        lambda file: file.update(draw="XQ-360481-2026-09999"),
    ):
        changed = copy.deepcopy(opened)
        forge(changed)
        with pytest.raises(Fault, match=r"experts\.file"):
            jurors_file.step(json.dumps(changed), evidence)


def test_a_notice_that_cannot_be_judged_is_told_before(context):
    j.town()
    body = j.body()
    j.pool(body, j.LEAST - 1)
    assert problems(j.draft()) == ["scored.pool_small"]
    j.pool(body, 1)
    assert problems(j.draft()) == []
    assert problems(j.draft(ceiling_fen=9_999_999)) == ["scored.too_small"]
    assert problems(j.draft(ceiling_fen=20_000_000)) == ["scored.five"]
    assert problems(j.draft(ceiling_fen=20_000_000, seats=5, own=1)) == []
    assert problems(j.draft(own=2)) == ["scored.too_many_own"]


def test_when_nobody_is_left_it_has_failed(context):
    j.town()
    body = j.body()
    experts = j.pool(body)
    number, _ = j.published()
    s.entered(number, [10_000_000, 9_000_000, 8_000_000])
    for who in experts[:13]:
        in_one_transaction(pool_service.leave, who)
    f.sealed(number)
    assert result_queries.notice(reading(CLOCK), number).failure == "NO_JURORS"
    assert log_of(number, "jurors.listed") == []

    j.pool(body, 13)
    other, _ = j.published()
    s.entered(other, [10_000_000, 9_000_000, 8_000_000])
    j.drawn(other)
    for _ in range(12):
        in_one_transaction(scored_service.decline, j.seated(other)[0], number=other)
    assert len(j.seated(other)) == 3
    in_one_transaction(scored_service.recuse, j.seated(other)[0], number=other)
    assert result_queries.notice(reading(CLOCK), other).failure == "NO_JURORS"
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_silence_counts_only_of_who_was_told_twice(context):
    j.town()
    j.pool(j.body())
    number, buyer = j.published()
    s.entered(number, [10_000_000, 9_000_000, 8_000_000])
    j.drawn(number)
    drawn_at = fabric().clock.now()
    told = [Told(Channel.SITE, drawn_at), Told(Channel.CALL, drawn_at)]
    seat = {"number": number, "seat": 1}
    office = f.publisher()
    check_refused("scored.not_overdue", scored_service.replace_silent, office, **seat, told=told)
    f.move_to(drawn_at + dt.timedelta(days=5))
    check_refused(
        "scored.two_ways", scored_service.replace_silent, office, **seat, told=told[:1] * 2
    )
    early = [told[0], Told(Channel.CALL, drawn_at - dt.timedelta(days=1))]
    check_refused("scored.told_at", scored_service.replace_silent, office, **seat, told=early)
    check_refused(
        "not_permitted", scored_service.replace_silent, buyer.signatory, **seat, told=told
    )
    check_refused("scored.office_replaces", scored_service.replace, buyer.signatory, **seat)
    before = j.seated(number)
    in_one_transaction(scored_service.replace_silent, office, **seat, told=told)
    assert j.seated(number)[0] != before[0] and j.seated(number)[1:] == before[1:]
    (leaf,) = log_of(number, "juror.replaced")
    assert leaf.fields["reason"] == "silent" and len(leaf.fields["delivery"]) == 64
    j.finished(number)
    assert s.verified(number)["scored_jurors"] == "3; 1"
    assert compare(reading(CLOCK), fabric().held).first == ()


def problems(notice_id: int) -> list[str]:
    work = reading(CLOCK)
    return [no.code for no in against.problems(work, notice_rows.by_id(work, notice_id))]
