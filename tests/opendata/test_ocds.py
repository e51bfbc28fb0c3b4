"""Releases of the Open Contracting Data Standard: valid, one an entry, never changed."""

import functools
import importlib
import importlib.util
import json
import pathlib

import pytest

from market.complaints.rules import About, Outcome, Remedy, Respondent
from market.contracts import jobs as contracts_jobs
from market.contracts import service as contracts_service
from market.contracts.rules import Decline
from market.db import reading, snapshot
from market.kernel.actor import VISITOR
from market.ledger import queries as ledger
from market.opendata import files, queries
from market.opendata.rules import Terms
from market.windows import queries as windows_queries
from tests.contracts.asking import letters, now, sweep_at, winner_of
from tests.factories import complaints, selection
from tests.factories.contracts import registered
from tests.factories.deeds import do
from tests.needs import missing

SCHEMA = pathlib.Path(__file__).parent / "data" / "ocds-release-schema-1.1.5.json"
PREFIX = "ocds-a1b2c3"


@functools.cache
def validator():
    if importlib.util.find_spec("jsonschema_rs") is None:
        missing("jsonschema_rs", "pip install -r requirements-dev.txt")
    return importlib.import_module("jsonschema_rs").Draft4Validator(json.loads(SCHEMA.read_text()))


def told(prefix=PREFIX):
    work = reading(VISITOR)
    return list(queries.every_release(work, prefix, ledger.size(work)))


def check_valid(releases):
    assert releases
    for each in releases:
        faults = [fault.message for fault in validator().iter_errors(each)]
        assert faults == [], each
    ids = [each["id"] for each in releases]
    assert len(set(ids)) == len(ids)


@pytest.mark.databases
def test_a_selection_from_notice_to_award_is_valid(opened):
    number, made = selection.announced_notice()
    releases = told()
    check_valid(releases)
    assert [each["tag"] for each in releases] == [["tender"], ["tenderUpdate"], ["award"]]
    tender, sealed, award = releases
    assert tender["ocid"] == f"{PREFIX}-{number}"
    assert tender["tender"]["value"] == {"amount": 120000.0, "currency": "CNY"}
    assert "tenderers" not in tender["tender"]
    assert sealed["tender"]["numberOfTenderers"] == 3
    assert {bid["tenderers"][0]["id"] for bid in sealed["bids"]["details"]} == {
        each.ref for each in made
    }
    assert award["awards"][0]["status"] == "pending"
    assert award["awards"][0]["id"] == number.replace("GG", "TZ")


def test_what_was_said_stays_word_for_word(opened):
    number = selection.published_notice()
    before = told()
    selection.entered(number)
    selection.drawn(number)
    complaints.filed(number)
    after = told()
    assert after[: len(before)] == before
    selection.published_notice()
    assert told()[: len(after)] == after


def test_a_failed_and_a_cancelled_selection_are_valid(opened):
    number = selection.published_notice()
    selection.sealed(number)
    releases = told()
    check_valid(releases)
    assert releases[-1]["tender"]["status"] == "unsuccessful"
    assert releases[-1]["tender"]["statusDetails"] == "NO_ENTRANT"


def test_who_gives_up_and_who_follows_to_the_contract_are_valid(opened, clock):
    buyer = selection.owner()
    number, made = selection.announced_notice(buyer=buyer)
    sweep_at(clock, now(number).standstill_due)
    do(
        contracts_service.decline,
        winner_of(number, made).actor,
        number=letters(number)[0].number,
        reason=Decline.CAPACITY,
        statement="设备不能按期到位",
    )
    contracts_jobs.follow()
    sweep_at(clock, now(number).standstill_due)
    contract = registered(letters(number)[-1], buyer.signatory)
    do(contracts_service.confirm_contract, winner_of(number, made).actor, number=contract)
    releases = told()
    check_valid(releases)
    awards = [
        (each["tag"][0], each["awards"][0]["id"][2:], each["awards"][0]["status"])
        for each in releases
        if "awards" in each
    ]
    own = number[2:]
    assert awards == [
        ("award", own, "pending"),
        ("awardUpdate", own, "active"),
        ("awardCancellation", own, "cancelled"),  # the result is annulled
        ("awardCancellation", own, "cancelled"),  # and the letter declined: two entries
        ("award", f"{own}-r2", "pending"),
        ("awardUpdate", f"{own}-r2", "active"),
    ]
    (contract,) = releases[-1]["contracts"]
    assert contract["awardID"][2:] == f"{own}-r2"


def test_an_annulled_award_is_cancelled_by_its_own_id(opened, clock):
    desk = complaints.desk()
    number, _ = selection.announced_notice()
    complaint = complaints.accepted(
        complaints.filed(number, about=About.RESULT, respondent=Respondent.AGENCY), desk
    )
    (cap,) = [
        due
        for due in windows_queries.of_subject(reading(VISITOR), complaint)
        if due.kind == "complaint.hold_cap"
    ]
    sweep_at(clock, cap.due_at)
    sweep_at(clock, cap.due_at)
    complaints.decided(complaint, desk, Outcome.UPHELD, {Remedy.ANNUL_TO_NEXT: ""})
    contracts_jobs.follow()
    contracts_jobs.follow()
    releases = told()
    check_valid(releases)
    cancelled = [
        each["awards"][0]["id"] for each in releases if each["tag"] == ["awardCancellation"]
    ]
    assert set(cancelled) == {number.replace("GG", "TZ")}


def test_before_the_seal_no_release_names_an_entrant(opened):
    number = selection.published_notice()
    made = selection.agency()
    selection.enter(number, made, quote_fen=9_876_543)
    said = json.dumps(told(), ensure_ascii=False)
    assert number in said
    assert made.ref not in said
    assert "98765" not in said


def test_without_a_registered_prefix_it_says_so(opened):
    number = selection.published_notice()
    (release,) = told(None)
    assert release["x_unregistered"] is True
    assert release["ocid"] == f"x-zjcs-{number}"


def test_a_portion_at_a_time_gives_the_same(opened):
    selection.announced_notice()
    work = reading(VISITOR)
    end = ledger.size(work)
    found = []
    first = 0
    while first is not None:
        some = queries.releases(work, PREFIX, first, end, 1)
        found += some.rows
        first = some.next
    assert found == told()


def test_a_record_has_every_release_of_its_process(opened):
    number = selection.announced_notice()[0]
    selection.published_notice()
    work = reading(VISITOR)
    record = queries.record(work, PREFIX, f"{PREFIX}-{number}")
    assert record == {
        "ocid": f"{PREFIX}-{number}",
        "releases": [each for each in told() if each["ocid"] == f"{PREFIX}-{number}"],
    }
    for absent in ("x", f"{PREFIX}-", f"{PREFIX}-GG-360481-2026-09999", f"{PREFIX}-TS-1"):
        assert queries.record(work, PREFIX, absent) is None


def test_the_days_files_have_them(opened, tmp_path):
    selection.announced_notice()
    terms = Terms("瑞昌市公共数据开放目录 RC-001", "无条件开放", "CC BY 4.0")
    with snapshot(VISITOR) as work:
        files.write(work, tmp_path / "day", work.today, terms, PREFIX)
    lines = (tmp_path / "day" / files.RELEASES).read_text().splitlines()
    assert [json.loads(line) for line in lines] == told()
