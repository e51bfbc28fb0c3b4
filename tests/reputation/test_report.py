"""One agency's report: marks that explain themselves, what is public, what is not."""

import dataclasses
import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound
from market.reputation import queries, service
from market.reputation.rules import Band
from market.rulebook import service as rulebook
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import reputation as made
from tests.factories.deeds import do

SERIOUS = "AG-N07"
MINOR = "AG-P02"


def switch_marks_on():
    """A version of the rulebook with marks, in force from tomorrow; it becomes tomorrow."""
    authority = people.body("authority", "营商环境办公室")
    editor = people.member(authority, "rule_editor")
    approver = people.member(authority, "rule_approver")
    tomorrow = reading(CLOCK).today + dt.timedelta(days=1)
    number = in_one_transaction(
        rulebook.propose,
        editor,
        values={"credit_marks": (True, "")},
        title="启用履约记分的通知",
        document_number="瑞府办发〔2026〕30号",
        in_force_from=tomorrow,
    )
    do(rulebook.approve, approver, version=number)
    fabric().clock.advance(dt.timedelta(days=1))


@pytest.mark.databases
def test_marks_are_off_as_shipped_and_explain_themselves_once_on(context):
    for code in (SERIOUS, MINOR):
        made.named_basis(code)
    at = made.bench()
    who = made.agency()
    for code in (SERIOUS, MINOR):
        made.recorded(code, who, at)
    assert queries.own_report(reading(who.actor)).score is None

    switch_marks_on()
    whole = queries.own_report(reading(who.actor))
    assert (whole.score.marks, whole.score.band) == (85_00, Band.B)
    assert sorted(entry.marks for entry in whole.entries) == [-10_00, -5_00]
    assert whole.hidden == 0
    everybody = queries.public_report(reading(CLOCK), who.uscc)
    assert [entry.record.behaviour.code for entry in everybody.entries] == [SERIOUS]
    assert (everybody.score.marks, everybody.hidden) == (85_00, -5_00)


def test_a_newcomer_is_given_the_mean_of_those_with_a_record(context):
    made.named_basis(SERIOUS)
    switch_marks_on()
    at = made.bench()
    known = made.agency()
    made.recorded(SERIOUS, known, at)
    new = agencies.active_agency()
    report = queries.own_report(reading(new.actor))
    assert (report.score.band, report.mean) == (Band.NEW, 90_00)
    assert queries.conducts(reading(CLOCK)) == {known.organisation_id: 90_00}


def test_an_appeal_of_six_and_more_holds_the_effect_and_a_repair_ends_it(context):
    made.named_basis(SERIOUS)
    switch_marks_on()
    at = made.bench()
    who = made.agency()
    number = made.recorded(SERIOUS, who, at)
    assert queries.own_report(reading(who.actor)).score.marks == 90_00
    do(service.appeal, who.actor, number=number, ground="没有接触过业主。")
    (entry,) = queries.own_report(reading(who.actor)).entries
    assert (entry.marks, entry.reason) == (0, "suspended")
    do(service.reject, at.other, number=number, reason="有来访登记为证。")
    fabric().clock.advance(dt.timedelta(days=90))
    do(service.ask_repair, who.actor, number=number, corrected="已整改。", has_committed=True)
    do(service.repair, at.other, number=number, reason="整改到位。")
    report = queries.own_report(reading(who.actor))
    assert (report.score.marks, report.entries) == (100_00, ())
    assert queries.public_report(reading(CLOCK), who.uscc).entries == ()


def test_who_is_not_enrolled_has_no_report(context):
    draft = agencies.started_agency()
    with pytest.raises(NotFound):
        queries.own_report(reading(draft.actor))
    with pytest.raises(NotFound):
        queries.public_report(reading(CLOCK), draft.uscc)


def test_the_page_is_one_paper_with_its_code_and_hides_what_is_minor(app, client):
    with app.app_context():
        at = made.bench()
        who = made.agency()
        made.recorded(SERIOUS, who, at)
        number = made.recorded(MINOR, who, at)
    everybody = client.get(f"/agencies/{who.uscc}/record")
    assert everybody.status_code == 200
    assert "mk-qr" in everybody.text and number not in everybody.text
    people.sign_in(client, who.actor)
    assert number in client.get("/credit/report").text
    assert dataclasses.is_dataclass(who)
