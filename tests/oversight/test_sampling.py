"""Samples by the verifiable draw: promised, listed from the log, drawn, worked on, told; and what the
outsiders' program says of them.
"""

import concurrent.futures
import contextlib
import datetime as dt
import json
import threading
from types import SimpleNamespace

import pytest

from market.cases import queries as cases
from market.cases.rules import Source
from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, Refusal
from market.ledger import queries as ledger
from market.oversight import jobs, queries, service
from market.oversight.rules import BY_READER, Mark, Outcome
from market.oversight.rules.sampling import Called, Label, SampleStanding
from market.ratings import jobs as ratings_jobs
from market.selection.sources import jobs as source_jobs
from market.selection.sources import service as source_service
from market.selection.sources.service import carried
from tests.factories import accounts as people
from tests.factories import contracts as matters
from tests.factories import selection as made
from tests.factories.deeds import do
from tests.selection.test_lost_chains import keys_of, signatures
from verify.zjcs import draw as protocol
from verify.zjcs import keys, logcheck, samples

FEBRUARY = dt.datetime(2026, 2, 26, 2, tzinfo=dt.UTC)
MARCH = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)
APRIL = dt.datetime(2026, 3, 31, 18, tzinfo=dt.UTC)  # 02:00 of the first of April in China


class Served:
    """A log as its server gives it."""

    def __init__(self, client):
        self.client = client

    def read(self, path):
        base = "" if path.startswith("../") else "/log/"
        answer = self.client.get(base + path.replace("../", "/"))
        return answer.data if answer.status_code == 200 else None


def promised():
    """Samples of March are promised."""
    fabric().clock.instant = FEBRUARY
    made.town()
    jobs.keep_samples()
    made.move_to(MARCH)


def work_of_a_month():
    """Two selections get their letters in March, of which samples are promised, and the month ends."""
    promised()
    deals = [matters.awarded(), matters.awarded()]
    ratings_jobs.follow()
    made.move_to(APRIL)
    return deals


def drawn():
    """The lists are fixed, seen by the witness, and the lots drawn; the samples by what they are of."""
    jobs.keep_samples()
    made.tick()
    lot = next(each.lot for each in queries.sample_cards(reading(CLOCK)) if each.lot)
    made.move_to(lot.draw_at)
    source_jobs.bring_lots()
    made.tick()
    return {each.label: each for each in queries.sample_cards(reading(CLOCK)) if each.rows}


def checked(app):
    """What verify_log.py says of the samples, with the regulator's keys."""
    with app.app_context():
        pinned = keys.load(json.dumps(fabric().witness.inner.keys()))
    steps = list(logcheck.check(Served(app.test_client()), pinned))
    faults = [step.fault for step in steps if step.fault]
    marks = [step.mark.code for step in steps if step.mark]
    return [step.detail for step in steps if step.name == "sample"], faults, marks


@pytest.mark.databases
def test_a_sample_follows_from_the_log_and_outsiders_find_the_same(app):
    with app.app_context():
        deals = work_of_a_month()
        found = drawn()
        review = found[Label.REVIEW]
        assert review.count == 2
        assert review.state is SampleStanding.DRAWN
        refs = [row.ref for row in review.rows]
        ended = [deal.notice for deal in deals]
        assert refs == samples.ranked(review.lot.seed, "review", ended)[:1]  # a county's share
        kinds = [each.type for each in ledger.of_subject(reading(CLOCK), review.number)]
        assert kinds[:4] == ["sample.planned", "sample.listed", "lot.fixed", "lot.drawn"]
        assert review.due is not None
    details, faults, marks = checked(app)
    assert not faults
    assert not [code for code in marks if code.startswith("sample.")]
    assert f"review 2026-03: 2, {refs[0]}" in details
    with app.app_context():
        assert not jobs.keep_samples()  # twice changes nothing
        source_jobs.bring_lots()
        assert queries.sample(reading(CLOCK), review.number).lot.seed == review.lot.seed


def lost_by_two(context, capsys, lot):
    """A day later the operator and the regulator give the operator's chain up."""
    (slot,) = {each["slot"] for each in lot.sources if each["id"] == made.OPERATOR_CHAIN}
    fabric().clock.instant = lot.draw_at + dt.timedelta(hours=25)
    lost = {"source": made.OPERATOR_CHAIN, "slot": slot}
    in_one_transaction(
        source_service.lose_chain,
        people.staff("inspection", "inspector"),
        **lost,
        reason="SECRET_LOST",
        signed=signatures(context, capsys, **lost),
        vkeys=keys_of(context),
    )


def given_by_the_regulator(lot):
    """The other chain gives its value of the instant that is in force now."""
    fabric().clock.instant += dt.timedelta(hours=26)
    slots = {each["id"]: each["slot"] for each in lot.sources}
    of_the_lost = protocol.value_at(
        made.keys().chain().secret, made.SLOTS, slots[made.OPERATOR_CHAIN]
    )
    given = {"source": made.OPERATOR_CHAIN, "value": of_the_lost}
    with pytest.raises(Refusal, match=r"draw.source_lost"):
        in_one_transaction(source_service.give_lot_value, CLOCK, lot=lot.name, **given)
    source_jobs.bring_lots()


@pytest.mark.parametrize("is_late", [False, True])
def test_a_sample_goes_on_by_the_other_chain_when_one_is_lost(app, context, capsys, is_late):
    work_of_a_month()
    jobs.keep_samples()
    before = next(each for each in queries.sample_cards(reading(CLOCK)) if each.lot)
    if not is_late:
        made.tick()
    lost_by_two(context, capsys, before.lot)
    made.tick()
    in_one_transaction(source_service.advance_lot, CLOCK, lot=before.lot.name)
    lot = queries.sample(reading(CLOCK), before.number).lot
    assert len(lot.sources) == len(before.lot.sources)
    assert (lot.draw_at > before.lot.draw_at) is is_late
    given_by_the_regulator(lot)
    made.tick()
    assert queries.sample(reading(CLOCK), before.number).state is SampleStanding.DRAWN
    _details, faults, _marks = checked(app)
    assert not faults


def test_a_lot_waits_for_a_value_of_another_body_than_the_operator(context):
    """The operator knows its own values, and writes when another chain is lost."""
    made.town()
    row = SimpleNamespace(level="S1")
    own = {"id": made.OPERATOR_CHAIN, "slot": 7, "value": "00" * 32}
    lost = {"id": made.REGULATOR_CHAIN, "failed_leaf": "00" * 32}
    other = {**own, "id": made.REGULATOR_CHAIN}
    known = [
        carried._gives_what_nobody_knew(reading(CLOCK), row, used)
        for used in ([own, lost], [own, other], [other])
    ]
    assert known == [False, True, True]


def told_or_waited(app, authority, review, notice, said):
    """A review and who tells the results at the same time: one waits for the other."""
    gate = threading.Barrier(2)
    db.session.commit()

    def reviewed():
        with app.app_context():
            gate.wait()
            in_one_transaction(service.review, authority, number=notice, **said)

    def told():
        with app.app_context():
            gate.wait()
            with contextlib.suppress(Refusal):  # it came first, and one is unfinished
                do(service.publish_sample, authority, number=review.number)

    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(reviewed), threads.submit(told)]:
            done.result()
    if queries.sample(reading(CLOCK), review.number).published_at is None:
        do(service.publish_sample, authority, number=review.number)


@pytest.mark.databases
def test_results_are_told_whole_when_the_authority_has_reviewed_each(app, context):
    fabric().clock.instant = FEBRUARY
    regulator = people.staff("regulator", "regulator_officer", name="自然资源局")
    work_of_a_month()
    review = drawn()[Label.REVIEW]
    authority = people.staff("authority", "authority_assigner")
    marks = dict.fromkeys(BY_READER, Mark.GOOD)
    (row,) = review.rows
    said = {"outcome": Outcome.REMARK, "marks": marks, "remark": "起算日没有写明。"}
    in_one_transaction(service.review, regulator, number=row.notice, **said)  # answers no sample
    with pytest.raises(Refusal, match=r"sample.unfinished"):
        do(service.publish_sample, authority, number=review.number)
    with pytest.raises(NotFound, match=r"sample.not_yet"):
        queries.public_list(reading(CLOCK), review.number)
    told_or_waited(app, authority, review, row.notice, said)
    told = queries.sample(reading(CLOCK), review.number)
    assert told.results == {"otherwise": 1}
    assert told.due is None
    published = ledger.find(reading(CLOCK), "oversight.sampled", review.number)
    assert published.fields["results"] == told.results
    listed = queries.public_list(reading(CLOCK), review.number)
    assert samples.digest(listed) == told.sha256
    with pytest.raises(Refusal, match=r"sample.published"):
        do(service.publish_sample, authority, number=review.number)


@pytest.mark.databases
def test_who_is_not_satisfied_at_a_call_back_gets_a_case(app, context):
    work_of_a_month()
    sample = drawn()[Label.CALLBACK]
    caller = people.staff("authority", "callback_officer")
    seen = queries.sample(reading(caller), sample.number)
    assert all(row.party for row in seen.rows)
    assert not any(row.party for row in sample.rows)  # the clock does not call
    call = {"number": sample.number, "rank": 1}
    with pytest.raises(Invalid, match=r"sample.no_words"):
        in_one_transaction(service.call_sample, caller, **call, result=Called.UNSATISFIED, said=" ")
    said = {"result": Called.UNSATISFIED, "said": "等了三天没有人答复。"}
    number = in_one_transaction(service.call_sample, caller, **call, **said)
    opened = cases.row(reading(CLOCK), number)
    assert (opened.source, opened.matter) == (Source.CALLBACK, seen.rows[0].ref)
    with pytest.raises(Refusal, match=r"sample.called"):
        in_one_transaction(service.call_sample, caller, **call, **said)


@pytest.mark.parametrize("outcome", [Outcome.REMARK, Outcome.CLUE])
def test_nobody_reads_out_of_a_sample_which_matter_a_clue_was_made_of(app, client, outcome):
    with app.app_context():
        work_of_a_month()
        number = drawn()[Label.REVIEW].number
        authority = people.staff("authority", "authority_assigner")
        caller = people.member(authority.organisation_id, "callback_officer")
        (row,) = queries.sample(reading(authority), number).rows
        said = {
            "outcome": outcome,
            "marks": dict.fromkeys(BY_READER, Mark.GOOD),
            "remark": "有疑问。",
        }
        in_one_transaction(service.review, authority, number=row.notice, **said)
        seen = [queries.sample(reading(each), number).rows for each in (CLOCK, caller)]
        assert [(each.outcome, each.is_done) for (each,) in seen] == [(None, True)] * 2
        do(service.publish_sample, caller, number=number)
        assert queries.sample(reading(CLOCK), number).results == {"otherwise": 1}
        kinds = [each.type for each in ledger.of_subject(reading(CLOCK), row.notice)]
        assert "oversight.reviewed" not in kinds  # the one without it would be the clue
        in_one_transaction(service.review, authority, number=row.notice, **said)
        assert queries.sample(reading(CLOCK), number).results == {"otherwise": 1}
    page = client.get(f"/samples/{number}").text
    assert "有意见、有问题或另行办理 1" in page
    assert page.count("有意见") == 1
    assert row.ref in page


def test_what_somebody_answered_at_a_call_back_is_told_as_a_count_alone(app, client):
    with app.app_context():
        work_of_a_month()
        number = drawn()[Label.CALLBACK].number
        caller = people.staff("authority", "callback_officer")
        rows = queries.sample(reading(caller), number).rows
        said = {"result": Called.SATISFIED, "said": "办得顺利。"}
        for row in rows:
            in_one_transaction(service.call_sample, caller, number=number, rank=row.rank, **said)
        do(service.publish_sample, caller, number=number)
        told = queries.sample(reading(CLOCK), number)
        assert told.results == {"satisfied": len(rows)}
        assert {(each.outcome, each.is_done) for each in told.rows} == {(None, True)}
    page = client.get(f"/samples/{number}").text
    assert page.count("满意") == 1
    assert all(row.ref in page for row in rows)


@pytest.mark.parametrize(
    ("duty", "name", "owes"),
    [("inspector", "监察单位", "inspection"), ("regulator_officer", "自然资源局", "office")],
)
def test_a_place_without_an_authority_can_meet_the_duty_as_well(app, context, duty, name, owes):
    fabric().clock.instant = FEBRUARY
    reader = people.staff("inspection" if owes == "inspection" else "regulator", duty, name=name)
    work_of_a_month()
    review = drawn()[Label.REVIEW]
    office = people.staff("office", "callback_officer")
    owing = {"inspection": reader.organisation_id, "office": office.organisation_id}
    assert review.due.responsible_id == owing[owes]
    (row,) = review.rows
    marks = dict.fromkeys(BY_READER, Mark.GOOD)
    said = {"outcome": Outcome.REMARK, "marks": marks, "remark": "起算日没有写明。"}
    in_one_transaction(service.review, reader, number=row.notice, **said)
    do(service.publish_sample, office, number=review.number)
    assert queries.sample(reading(CLOCK), review.number).results == {"otherwise": 1}


def test_a_month_without_matters_has_no_lot_and_its_neighbours_none_missing(app):
    with app.app_context():
        promised()
        jobs.keep_samples()
        made.move_to(APRIL)
        jobs.keep_samples()
        made.tick()
        card = next(
            each for each in queries.sample_cards(reading(CLOCK)) if each.period == "2026-03"
        )
        assert (card.count, card.lot, card.state) == (0, None, SampleStanding.EMPTY)
    page = app.test_client().get(f"/samples/{card.number}").text
    assert "没有可抽查的事项" in page
    assert app.test_client().get(f"/samples/{card.number}/list.json").json == []
    details, faults, marks = checked(app)
    assert not faults
    assert len(details) == 2
    assert not [code for code in marks if code.startswith("sample.")]


def test_a_sample_that_is_missing_or_never_listed_is_told_by_outsiders(app):
    with app.app_context():
        promised()
        made.move_to(APRIL + dt.timedelta(days=31))
        jobs.keep_samples()  # plans June; nobody has planned April
        made.tick()
    _details, faults, marks = checked(app)
    assert not faults
    assert "sample.listed_late" in marks
    assert "sample.missing" in marks
