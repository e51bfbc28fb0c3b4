"""A record from its proposal to the archive: who may, when, and what the log has of it."""

import datetime as dt

import pytest

from market.accounts.rules import DUTIES_OF, Kind
from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, Actor
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.kernel.shown import seen
from market.ledger import queries as ledger
from market.ledger.queries.integrity import compare
from market.reputation import queries, service
from market.reputation.integrity import HELD
from market.reputation.models import CreditEvent, CreditStep
from market.reputation.rules import KINDS_OF, CreditState, Party
from market.reputation.shipped import behaviours
from market.windows import jobs as windows_jobs
from market.windows import queries as windows_queries
from tests.factories import accounts as people
from tests.factories import agencies, owners
from tests.factories import reputation as made
from tests.factories.deeds import do

GRAVE = "AG-E03"
SERIOUS = "AG-N07"
MINOR = "AG-P02"


def state(number):
    return queries.row(reading(CLOCK), number).state


def refused(code, act, *args, **given):
    with pytest.raises(Refusal) as no:
        act(*args, **given)
    assert no.value.code == code, no.value.code
    return no.value


def sound():
    """Every row stands on the log, and every leaf has its row."""
    assert compare(reading(CLOCK), HELD).count == 0


def later(**span):
    fabric().clock.advance(dt.timedelta(**span))
    windows_jobs.sweep()


@pytest.mark.databases
def test_a_record_is_heard_decided_by_another_and_stands_on_the_log_without_a_name(context):
    at = made.bench()
    who = made.agency()
    number = made.proposed(MINOR, at.officer, who.uscc)
    assert state(number) is CreditState.PROPOSED

    early = refused("credit.may_still_state", do, service.confirm, at.signatory, number=number,
                    reason="事实清楚。")  # fmt: skip
    assert early.facts["due"] is not None
    do(service.state_case, who.actor, number=number, statement="情况有出入。")
    refused("credit.nothing_to_state", do, service.state_case, who.actor, number=number,
            statement="再说一次。")  # fmt: skip
    do(service.confirm, at.signatory, number=number, reason="事实清楚。")
    found = queries.record(reading(who.actor), number)
    assert found.state is CreditState.IN_FORCE
    assert (found.points, found.measure, found.article) == (0, "提醒", "")
    assert found.counts_until == dt.date(2027, 3, 4)
    assert [step.act.value for step in found.steps] == ["proposed", "stated", "confirmed"]

    leaves = [each.leaf.decode() for each in ledger.of_subject(reading(CLOCK), number)]
    assert len(leaves) >= 3
    assert not any(secret in leaf for leaf in leaves for secret in (who.ref, who.uscc, who.name))
    sound()


@pytest.mark.parametrize("code", list(behaviours()))
def test_whom_the_table_names_may_propose_and_nobody_else(context, code):
    behaviour = behaviours()[code]
    uscc = party(behaviour)
    for kind in Kind:
        for duty in DUTIES_OF[kind] - {behaviour.proposes}:
            other = Actor(1, 1, kind.value, frozenset({duty.value}))
            with pytest.raises(NotPermitted):
                made.proposed(code, other, uscc)
    if behaviour.proposes != "clock":
        with pytest.raises(NotPermitted):
            made.proposed(code, CLOCK, uscc)

    people.member(body_of(behaviour.decides), behaviour.decides)
    who = CLOCK
    if behaviour.proposes != "clock":
        who = people.member(body_of(behaviour.proposes), behaviour.proposes)
    assert state(made.proposed(code, who, uscc)) is CreditState.PROPOSED


def body_of(duty):
    """A body that may have such a duty, and is no party of the test's."""
    kind = next(kind for kind in Kind if duty in DUTIES_OF[kind])
    return people.body(kind.value) if kind is Kind.OFFICE else people.organisation(kind.value)


def party(behaviour):
    """The code of an organisation of whom such a behaviour is recorded."""
    agencies.town()
    if behaviour.party is Party.OWNER:
        actor = owners.approved("public")
        return people.queries.organisation(reading(CLOCK), actor.organisation_id).uscc
    kind = sorted(KINDS_OF[behaviour.party])[-1]
    if behaviour.party in (Party.REGULATOR, Party.WITNESS, Party.JUROR):
        kind = "regulator"
    number = people.organisation(kind)
    return people.queries.organisation(reading(CLOCK), number).uscc


def test_the_one_who_proposed_does_not_decide(context):
    at = made.bench()
    who = made.agency()
    both = people.member(at.officer.organisation_id, "regulator_officer", "regulator_signatory")
    number = made.proposed(MINOR, both, who.uscc)
    do(service.state_case, who.actor, number=number, statement="情况属实。")
    refused("credit.same_person", do, service.confirm, both, number=number, reason="事实清楚。")
    with pytest.raises(NotPermitted):
        do(service.confirm, at.officer, number=number, reason="事实清楚。")
    stranger = people.member(people.organisation("regulator"), "regulator_signatory")
    with pytest.raises(NotFound):
        do(service.confirm, stranger, number=number, reason="事实清楚。")
    do(service.drop, at.signatory, number=number, reason="证据不足。")
    assert state(number) is CreditState.DROPPED
    sound()


def test_what_was_shown_is_what_is_signed(context):
    at = made.bench()
    who = made.agency()
    number = made.proposed(MINOR, at.officer, who.uscc)
    shown = seen(service.confirm, reading(at.signatory), number)
    do(service.state_case, who.actor, number=number, statement="当日已书面延期，附函件。")
    with pytest.raises(Refusal) as no:
        in_one_transaction(
            service.confirm, at.signatory, number=number, reason="事实清楚。", shown=shown
        )
    assert no.value.code == "shown.changed"


def test_one_act_is_recorded_once_and_nobody_records_himself(context):
    at = made.bench()
    who = made.agency()
    number = made.proposed(MINOR, at.officer, who.uscc)
    again = refused("credit.twice", made.proposed, MINOR, at.officer, who.uscc)
    assert again.facts["number"] == number
    refused("credit.no_party", made.proposed, MINOR, at.officer, people.credit_code())
    refused("credit.no_matter", made.proposed, SERIOUS, at.officer, who.uscc,
            matter="GG-360481-2026-00001")  # fmt: skip
    firm = owners.approved("firm")
    code = people.queries.organisation(reading(CLOCK), firm.organisation_id).uscc
    refused("credit.public_bodies_only", made.proposed, "OW-F03", at.officer, code)


@pytest.mark.databases
def test_under_a_named_article_the_points_count_and_an_appeal_is_heard_by_an_uninvolved(context):
    made.named_basis(GRAVE, 180)
    at = made.bench()
    who = made.agency()
    number = made.recorded(GRAVE, who, at)
    found = queries.record(reading(who.actor), number)
    assert (found.points, found.measure) == (-20, "清退；移送主管部门")
    assert "第三十条" in found.article

    do(service.appeal, who.actor, number=number, ground="材料由前任代理人提供。")
    assert state(number) is CreditState.APPEALED
    for hand in (at.officer, at.signatory):
        refused("credit.had_a_hand", do, service.uphold, hand, number=number, reason="理由成立。")
    do(service.reject, at.other, number=number, reason="理由不成立。")
    assert state(number) is CreditState.IN_FORCE
    refused("credit.appeal_over", do, service.appeal, who.actor, number=number, ground="再申诉。")
    sound()


def test_an_appeal_that_is_upheld_voids_the_record(context):
    at = made.bench()
    who = made.agency()
    number = made.recorded(MINOR, who, at)
    do(service.appeal, who.actor, number=number, ground="不是本机构的成果。")
    do(service.uphold, at.other, number=number, reason="经核对，成果属另一机构。")
    assert state(number) is CreditState.VOID
    live = [due for due in windows_queries.of_subject(reading(CLOCK), number) if not due.closed_at]
    assert live == []
    sound()


def test_an_appeal_is_too_late_after_its_days(context):
    at = made.bench()
    who = made.agency()
    number = made.recorded(MINOR, who, at)
    later(days=20)
    refused("credit.appeal_over", do, service.appeal, who.actor, number=number, ground="迟了。")


@pytest.mark.databases
def test_a_repaired_record_leaves_and_only_the_archive_keeps_it(context):
    at = made.bench()
    who = made.agency()
    number = made.recorded(SERIOUS, who, at)
    asked = {"number": number, "corrected": "已书面检讨并整改。", "has_committed": True}
    refused("credit.repair_early", do, service.ask_repair, who.actor, **asked)
    later(days=90)
    refused("credit.no_commitment", do, service.ask_repair, who.actor,
            **{**asked, "has_committed": False})  # fmt: skip
    do(service.ask_repair, who.actor, **asked)
    refused("credit.same_person", do, service.repair, at.officer, number=number, reason="属实。")
    do(service.refuse_repair, at.signatory, number=number, reason="整改报告未盖章。")
    do(service.ask_repair, who.actor, **asked)
    do(service.repair, at.other, number=number, reason="整改到位。")
    assert state(number) is CreditState.REPAIRED
    later(days=400)
    assert state(number) is CreditState.REPAIRED
    sound()


def test_a_grave_record_is_repaired_by_a_signatory_alone(context):
    at = made.bench()
    who = made.agency()
    number = made.recorded(GRAVE, who, at)
    later(days=365)
    do(service.ask_repair, who.actor, number=number, corrected="已整改。", has_committed=True)
    officer = people.member(at.officer.organisation_id, "regulator_officer")
    with pytest.raises(NotPermitted):
        do(service.repair, officer, number=number, reason="整改到位。")
    do(service.repair, at.signatory, number=number, reason="整改到位。")
    assert state(number) is CreditState.REPAIRED


def test_no_repair_after_another_record_of_the_same_grade(context):
    at = made.bench()
    who = made.agency()
    number = made.recorded(MINOR, who, at)
    later(days=3)
    made.proposed("AG-P07", at.officer, who.uscc)
    refused("credit.repair_again", do, service.ask_repair, who.actor, number=number,
            corrected="已整改。", has_committed=True)  # fmt: skip


@pytest.mark.databases
def test_a_record_ends_with_its_last_day_once(context, clock):
    at = made.bench()
    who = made.agency()
    number = made.recorded(MINOR, who, at)
    until = queries.record(reading(who.actor), number).counts_until
    clock.instant = dt.datetime.combine(until, dt.time(), dt.timezone(dt.timedelta(hours=8)))
    clock.advance(dt.timedelta(seconds=-1))
    windows_jobs.sweep()
    assert state(number) is CreditState.IN_FORCE
    clock.advance(dt.timedelta(seconds=1))
    windows_jobs.sweep()
    windows_jobs.sweep()
    assert state(number) is CreditState.EXPIRED
    acts = db.session.query(CreditStep).filter_by(act="expired").count()
    assert acts == 1
    sound()


def test_others_do_not_see_it_and_its_people_do(context):
    at = made.bench()
    who = made.agency()
    number = made.proposed(MINOR, at.officer, who.uscc)
    for reader in (who.actor, at.officer, at.signatory, people.staff("inspection", "inspector")):
        assert queries.record(reading(reader), number).number == number
    stranger = people.member(people.organisation("regulator"), "regulator_signatory")
    for reader in (stranger, agencies.active_agency().actor):
        with pytest.raises(NotFound):
            queries.record(reading(reader), number)


def test_the_appeal_goes_to_the_body_that_the_place_has_named(context):
    at = made.bench()
    who = made.agency()
    number = made.recorded(MINOR, who, at)
    row = db.session.query(CreditEvent).one()
    assert queries.hearing(reading(CLOCK), row) is None
    assert not queries.PARAMETERS["appeal_body"](reading(CLOCK), "没有这个单位")
    authority = people.body("authority", "营商环境办公室")
    assert queries.PARAMETERS["appeal_body"](reading(CLOCK), "营商环境办公室")
    assert authority and number


def test_a_form_sent_twice_proposes_once(context):
    at = made.bench()
    who = made.agency()
    asked = {"found": made.found(MINOR, who.uscc), "submission_key": "the same"}
    first = in_one_transaction(service.propose, at.officer, **asked)
    assert in_one_transaction(service.propose, at.officer, **asked) == first
    assert db.session.query(CreditEvent).count() == 1
