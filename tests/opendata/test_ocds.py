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
from market.contracts.rules.change import REASONS, Asked, Change, Reason
from market.db import reading, snapshot
from market.kernel.actor import VISITOR
from market.ledger import queries as ledger
from market.opendata import files, queries
from market.opendata.rules import Terms
from market.selection.kinds import Fund
from market.windows import queries as windows_queries
from tests.contracts.asking import letters, now, sweep_at, winner_of
from tests.factories import complaints, selection
from tests.factories import contracts as contract_factory
from tests.factories.contracts import registered
from tests.factories.deeds import do
from tests.needs import missing
from tests.selection import scoring

SCHEMA = pathlib.Path(__file__).parent / "data" / "ocds-release-schema-1.1.5.json"
PREFIX = "ocds-a1b2c3"
WORDS = "业主提供的地形资料晚了两周，双方已有记录。"


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


def tags(releases):
    return [each["tag"][0] for each in releases]


@pytest.mark.databases
def test_a_matter_of_public_money_is_told_to_its_close(opened, clock):
    deal = contract_factory.accepted()
    amount = contract_factory.of(deal).amount_fen
    contract_factory.pay(deal, amount)
    do(contracts_service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    contracts_jobs.follow()
    releases = [each for each in told() if "contracts" in each]
    check_valid(releases)
    assert tags(releases) == [
        "contract",
        "contractUpdate",  # both have confirmed it, with its days
        "contractUpdate",  # the service began
        "implementation",  # accepted
        "implementation",  # paid
        "contractTermination",
    ]
    assert {each["contracts"][0]["id"] for each in releases} == {deal.number}
    assert releases[0]["contracts"][0]["value"]["amount"] == amount / 100
    assert releases[1]["contracts"][0]["period"]["durationInDays"] == 30
    (paid,) = releases[4]["contracts"][0]["implementation"]["transactions"]
    assert paid["value"]["amount"] == amount / 100
    assert paid["payee"]["id"] == deal.winner.ref
    (payee,) = [each for each in releases[4]["parties"] if each["roles"] == ["payee"]]
    assert payee["id"] == deal.winner.ref


def test_of_private_money_neither_amount_nor_payment_is_told(opened):
    deal = contract_factory.accepted(fund=Fund.SOCIAL, fiscal_percent=0)
    contract_factory.pay(deal, contract_factory.of(deal).amount_fen)
    do(contracts_service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    releases = [each for each in told() if "contracts" in each]
    check_valid(releases)
    assert tags(releases).count("implementation") == 1  # accepted
    assert not [each for each in releases if "value" in each["contracts"][0]]


@pytest.mark.databases
def test_a_change_of_a_contract_is_an_amendment_and_its_end_a_termination(opened):
    deal = contract_factory.started()
    for kind, more in ((Change.EXTEND, {"days": 14}), (Change.END, {})):
        asked = Asked(change=kind, reason=sorted(REASONS[kind])[0], statement=WORDS, **more)
        do(contracts_service.ask_change, deal.winner.actor, number=deal.number, asked=asked)
        do(contracts_service.agree_change, deal.buyer.signatory, number=deal.number)
    releases = told()
    check_valid(releases)
    assert tags(releases)[-3:] == [
        "contractAmendment",
        "contractTermination",  # both agreed to end it
        "contractTermination",  # and nothing is open: two entries
    ]
    assert releases[-3]["contracts"][0]["amendments"][0]["description"] == "extend"
    assert releases[-1]["contracts"][0]["status"] == "terminated"
    assert WORDS not in json.dumps(releases, ensure_ascii=False)


@pytest.mark.databases
def test_what_is_settled_after_an_end_is_paid_and_the_contract_stays_terminated(opened):
    deal = contract_factory.started()
    both = (deal.buyer.signatory, deal.winner.actor)
    for who, answer, kind, reason in (
        (both[0], contracts_service.refuse_change, Change.CANCEL, Reason.AGENCY_FAULT),
        (both[0], contracts_service.agree_change, Change.SETTLE, Reason.AGREED),
    ):
        asked = Asked(change=kind, reason=reason, statement=WORDS, amount_fen=2_000_000)
        do(contracts_service.ask_change, who, number=deal.number, asked=asked)
        more = {"objection": WORDS} if kind is Change.CANCEL else {}
        do(answer, both[1], number=deal.number, **more)
    contract_factory.pay(deal, 2_000_000)
    do(contracts_service.confirm_receipt, both[1], number=deal.number, no=1)

    releases = [each for each in told() if "contracts" in each]
    check_valid(releases)
    ended = [each["contracts"][0] for each in releases if "amendments" in each["contracts"][0]]
    assert [each["status"] for each in ended] == ["terminated", "terminated"]
    assert ["rationale" in each["amendments"][0] for each in ended] == [False, True]
    assert tags(releases)[-4:] == [
        "contractTermination",
        "contractAmendment",  # what is paid for the work that was done
        "implementation",
        "contractTermination",
    ]
    (paid,) = releases[-2]["contracts"][0]["implementation"]["transactions"]
    assert paid["value"]["amount"] == 20_000
    work = reading(VISITOR)
    (portion,) = queries.whole(work, "payments_by_owner", ledger.size(work))
    assert [row[3] for row in portion] == [2_000_000]


@pytest.mark.databases
def test_a_complaint_is_told_by_its_steps_and_by_nobody_s_name(opened):
    desk = complaints.desk()
    early = selection.published_notice()
    first = complaints.filed(early, about=About.NOTICE)
    number, _ = selection.announced_notice()
    second = complaints.accepted(
        complaints.filed(number, about=About.RESULT, respondent=Respondent.AGENCY), desk
    )
    complaints.decided(second, desk, Outcome.DISMISSED)
    releases = [each for each in told() if "complaints" in each]
    check_valid(releases)
    said = [(each["tag"][0], each["complaints"][0]) for each in releases]
    assert [(tag, one["id"], one["status"]) for tag, one in said] == [
        ("tenderUpdate", first, "pending"),
        ("awardUpdate", second, "pending"),
        ("awardUpdate", second, "accepted"),
        ("awardUpdate", second, "declined"),
    ]
    assert "dateDecision" not in said[2][1] and said[3][1]["dateDecision"]
    assert {party["id"] for party in releases[-1]["parties"] if "reviewBody" in party["roles"]} == {
        said[3][1]["reviewBody"]["id"]
    }
    record = queries.record(reading(VISITOR), PREFIX, f"{PREFIX}-{number}")
    assert [each["id"] for each in record["releases"]] == [
        each["id"] for each in told() if each["ocid"] == record["ocid"]
    ]
    text = json.dumps(releases, ensure_ascii=False)
    statement = complaints.statement(number)
    for canary in ("王小民", statement.phone, statement.matters, statement.request):
        assert canary not in text


@pytest.mark.databases
def test_a_scored_selection_is_told_as_it_opens_and_never_anew(opened):
    number, _, panel = scoring.published()
    made = scoring.entered(number, [10_000_000, 9_876_543, 8_000_000])
    selection.sealed(number)
    shut = told()
    check_valid(shut)
    assert {bid["tenderers"][0]["id"] for bid in shut[-1]["bids"]["details"]} == {
        each.ref for each in made
    }
    assert "98765.43" not in json.dumps(shut)
    for juror in panel[:3]:
        scoring.judged(number, juror)
    scoring.opened(number)
    releases = told()
    check_valid(releases)
    assert releases[: len(shut)] == shut
    (opened_quotes,) = [each for each in releases[len(shut) :] if "bids" in each]
    assert [bid["value"]["amount"] for bid in opened_quotes["bids"]["details"]] == [
        100_000.0,
        98_765.43,
        80_000.0,
    ]
    assert {bid["id"] for bid in opened_quotes["bids"]["details"]} == {
        bid["id"] for bid in shut[-1]["bids"]["details"]
    }
