"""Importing and approving arrangements, on the database."""

import datetime as dt
import json
from typing import Any

import pytest
import sqlalchemy as sa

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.kernel.shown import Changed, seen
from market.ledger import queries as ledger
from market.workdays import jobs, queries, service, shipped
from market.workdays.rules import Certainty, State, Unit, deadline
from tests.factories.deeds import do
from tests.factories.workdays import APPROVER, EDITOR, shipped_calendar
from tests.workdays.shipped import local, official

pytestmark = pytest.mark.databases
NEW_YEAR = {"name": "元旦", "isOffDay": True}
NOTICE: dict[str, Any] = {
    "document_number": "国办发明电〔2026〕9号",
    "title": "国务院办公厅关于2027年部分节假日安排的通知",
    "issued_on": dt.date(2026, 3, 3),
}
HOLIDAYS_2027 = {
    "元旦": ["2027-01-01"],
    "春节": [f"2027-02-{day:02}" for day in range(5, 12)],
    "清明节": ["2027-04-05"],
    "劳动节": ["2027-05-01", "2027-05-02", "2027-05-03"],
    "端午节": ["2027-06-09"],
    "中秋节": ["2027-09-15"],
    "国庆节": [f"2027-10-{day:02}" for day in range(1, 8)],
}
MADE_UP_2027 = {"春节": ["2027-02-13"], "国庆节": ["2027-09-26", "2027-10-09"], "元旦": []}


def notice_2027(*without: str, made_up: tuple[str, ...] = ()) -> str:
    """A plausible file for 2027."""
    days = [
        {"name": name, "date": date, "isOffDay": True}
        for name, dates in HOLIDAYS_2027.items()
        for date in dates
    ]
    days += [
        {"name": name, "date": date, "isOffDay": False}
        for name, dates in MADE_UP_2027.items()
        for date in dates
    ]
    days += [{"name": "元旦", "date": date, "isOffDay": False} for date in made_up]
    return json.dumps(
        {
            "year": 2027,
            "papers": ["https://www.gov.cn/zhengce/2027.htm"],
            "days": [day for day in days if day["date"] not in without],
        }
    )


def propose(text: str | None = None, by: Actor = EDITOR, **notice: Any) -> str:
    return in_one_transaction(
        service.import_arrangement, by, text=text or notice_2027(), **(NOTICE | notice)
    )


@pytest.fixture
def installed(context):
    """The shipped calendar is in force."""
    shipped_calendar()


def test_the_shipped_arrangements_are_in_force_at_installation(context):
    assert shipped_calendar() == 11
    assert shipped_calendar() == 0
    calendar = queries.calendar(reading(VISITOR))
    assert calendar.region == "360481"
    assert calendar.confirmed_through == dt.date(2026, 12, 28)
    assert calendar.changes(official()) == ()
    assert {one.state for one in queries.imports(reading(VISITOR))} == {State.APPROVED}
    assert len(ledger.latest(reading(VISITOR), type="calendar.approved")) == 11


def test_what_a_later_release_brings_waits_for_a_person(installed, monkeypatch):
    head = {
        "region": "CN",
        "version": 1,
        "document_number": NOTICE["document_number"],
        "title": NOTICE["title"],
        "issued_on": "2026-03-03",
    }
    text = json.dumps(head | json.loads(notice_2027()))
    monkeypatch.setattr(shipped, "texts", lambda: (text,))
    assert shipped_calendar() == 1
    assert queries.imported(reading(VISITOR), "CN-2027-1").state is State.PROPOSED
    do(service.approve_arrangement, APPROVER, key="CN-2027-1")
    assert queries.imported(reading(VISITOR), "CN-2027-1").approved_by == APPROVER.person_id


def test_a_calendar_is_built_once_for_each_set_of_versions(installed, monkeypatch):
    first = queries.calendar(reading(VISITOR))
    assert queries.calendar(reading(VISITOR)) is first
    monkeypatch.setattr(queries, "MOST_BUILT", 0)
    assert queries.calendar(reading(VISITOR), "36") is not first
    assert queries.calendar(reading(VISITOR)) is not first


def test_an_imported_year_counts_for_nothing_until_a_second_person_approves_it(installed):
    before = queries.calendar(reading(VISITOR))
    assert propose() == "CN-2027-1"
    assert queries.calendar(reading(VISITOR)) is before
    changes = queries.preview(reading(VISITOR), "CN-2027-1")
    assert "2027-02-13" in [str(change.date) for change in changes]
    assert do(service.approve_arrangement, APPROVER, key="CN-2027-1") == changes
    after = queries.calendar(reading(VISITOR))
    assert after.confirmed_through == dt.date(2027, 12, 28)
    due = deadline(local("2026-12-29 09:00"), 3, Unit.WORKING_DAY, after)
    assert (due.certainty, due.arrangements) == (Certainty.CONFIRMED, ("CN-2026-1", "CN-2027-1"))
    (fact,) = ledger.latest(reading(VISITOR), type="calendar.approved", subject="CN-2027-1")
    assert fact.fields["changed"] == [str(change.date) for change in changes]
    assert queries.imported(reading(VISITOR), "CN-2027-1").approved_by == APPROVER.person_id


def test_a_version_in_force_shows_what_it_changed_also_when_a_later_one_has_taken_its_place(
    installed,
):
    propose()
    changes = do(service.approve_arrangement, APPROVER, key="CN-2027-1")
    assert queries.preview(reading(VISITOR), "CN-2027-1") == changes
    propose(notice_2027("2027-09-26"))
    assert [str(change.date) for change in queries.preview(reading(VISITOR), "CN-2027-2")] == [
        "2027-09-26"
    ]
    later = do(service.approve_arrangement, APPROVER, key="CN-2027-2")
    assert queries.preview(reading(VISITOR), "CN-2027-2") == later
    assert queries.preview(reading(VISITOR), "CN-2027-1") == changes
    shipped_one = queries.preview(
        reading(VISITOR), "CN-2026-1"
    )  # all shipped ones came at one instant: in their order
    assert dt.date(2026, 2, 14) in [change.date for change in shipped_one]


def test_nobody_approves_what_he_imported(installed):
    both = Actor(person_id=EDITOR.person_id, duties=EDITOR.duties | APPROVER.duties)
    propose(by=both)
    with pytest.raises(Refusal, match=r"workdays\.same_person"):
        do(service.approve_arrangement, both, key="CN-2027-1")
    assert queries.imported(reading(VISITOR), "CN-2027-1").state is State.PROPOSED


@pytest.mark.parametrize(
    ("act", "by", "values"),
    [
        (service.import_arrangement, APPROVER, {"text": "{}", **NOTICE}),
        (service.import_arrangement, VISITOR, {"text": "{}", **NOTICE}),
        (service.approve_arrangement, EDITOR, {"key": "CN-2026-1"}),
        (service.reject_arrangement, EDITOR, {"key": "CN-2026-1", "reason": ""}),
        (service.load_shipped, EDITOR, {}),
    ],
)
def test_each_act_is_for_its_duty_alone(installed, act, by, values):
    with pytest.raises(NotPermitted):
        do(act, by, **values)


def test_every_fault_is_told_at_once_and_nothing_is_kept(installed):
    with pytest.raises(Invalid, match=r"workdays\.faulty") as no:
        propose(
            notice_2027("2027-05-01", "2027-10-03", made_up=("2027-01-05",)), document_number="九号"
        )
    assert [(finding.code.split(".")[1], finding.at) for finding in no.value.findings] == [
        ("no_document_number", "九号"),
        ("statutory_day_missing", "2027-05-01"),
        ("statutory_day_missing", "2027-10-03"),
        ("make_up_on_weekday", "2027-01-05"),
    ]
    assert len(queries.imports(reading(VISITOR))) == 11


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issued_on": dt.date(2026, 3, 5)}, "workdays.issued_in_future"),
        ({"region": "US"}, "workdays.unknown_region"),
        ({"text": "{"}, "workdays.not_json"),
        ({"source_url": "javascript:alert(1)"}, "workdays.faulty"),
    ],
)
def test_an_import_that_cannot_be_is_refused(installed, change, code):
    with pytest.raises(Invalid) as no:
        propose(**change)
    assert no.value.code == code


def test_the_same_file_is_not_imported_twice_in_a_row_and_one_submission_makes_one_row(installed):
    key = propose(submission_key="a" * 32)
    assert propose(submission_key="a" * 32) == key
    with pytest.raises(Refusal, match=r"once\.changed"):
        propose(notice_2027("2027-09-26"), submission_key="a" * 32)
    with pytest.raises(Refusal, match=r"workdays\.already_imported"):
        propose()
    assert propose(notice_2027("2027-09-26"), submission_key="b" * 32) == "CN-2027-2"


def test_a_correction_is_a_new_version_and_an_older_one_can_no_longer_be_approved(installed):
    propose()
    propose(
        notice_2027("2027-09-26"),
        document_number="国办发明电〔2026〕10号",
        source_url="https://www.gov.cn/b",
    )
    do(service.approve_arrangement, APPROVER, key="CN-2027-2")
    assert not queries.calendar(reading(VISITOR)).is_working(dt.date(2027, 9, 26))
    with pytest.raises(Refusal, match=r"workdays\.superseded"):
        do(service.approve_arrangement, APPROVER, key="CN-2027-1")
    with pytest.raises(Refusal, match=r"workdays\.wrong_state"):
        do(service.approve_arrangement, APPROVER, key="CN-2027-2")


def test_a_proposal_is_turned_down_with_its_reason_once(installed):
    propose()
    do(service.reject_arrangement, APPROVER, key="CN-2027-1", reason="日期与通知不符")
    turned_down = queries.imported(reading(VISITOR), "CN-2027-1")
    assert (turned_down.state, turned_down.reason) == (State.REJECTED, "日期与通知不符")
    assert turned_down.rejected_by == APPROVER.person_id
    with pytest.raises(Refusal, match=r"workdays\.wrong_state"):
        do(service.reject_arrangement, APPROVER, key="CN-2027-1", reason="再退一次")
    assert len(ledger.latest(reading(VISITOR), type="calendar.rejected")) == 1


@pytest.mark.parametrize(
    "key",
    [
        "CN-2030-1",
        "CN-2026-9",
        "CN",
        "CN-2026",
        "-2026-1",
        "CN-２０２６-1",
        "CN-2026-1-1",
        "x" * 99,
        "CN-2026-99999999999999999999",
    ],
)
def test_an_unknown_key_is_not_found(installed, key):
    with pytest.raises(NotFound, match=r"workdays\.no_arrangement"):
        queries.imported(reading(VISITOR), key)


def test_a_county_s_own_day_holds_in_the_county_alone(installed):
    text = json.dumps(
        {"year": 2026, "days": [{"name": "建县日", "date": "2026-04-17", "isOffDay": True}]}
    )
    key = propose(text, region="360481", document_number="瑞府发〔2026〕3号")
    assert key == "360481-2026-1"
    do(service.approve_arrangement, APPROVER, key=key)
    day = dt.date(2026, 4, 17)
    assert not queries.calendar(reading(VISITOR)).is_working(day)
    assert queries.calendar(reading(VISITOR), "3604").is_working(day)
    assert queries.imported(reading(VISITOR), key).arrangement.source_url == ""


def test_a_missing_year_is_on_the_log_once_from_15_november(installed, clock):
    for instant, missing in (
        ("2026-11-14 23:59", None),
        ("2026-11-15 00:00", 2027),
        ("2026-12-31 12:00", 2027),
    ):
        clock.instant = local(instant)
        assert queries.missing_year(reading(VISITOR)) == missing
        jobs.note_missing_year()
    jobs.note_missing_year()
    (fact,) = ledger.latest(reading(VISITOR), type="calendar.missing")
    assert (fact.subject, fact.fields["year"]) == ("CN-2027", 2027)


def test_a_published_year_is_not_missing(installed, clock):
    clock.instant = local("2026-11-20 12:00")
    propose()
    assert in_one_transaction(service.note_missing_year, CLOCK) == 2027
    do(service.approve_arrangement, APPROVER, key="CN-2027-1")
    assert queries.missing_year(reading(VISITOR)) is None


def test_the_database_itself_keeps_who_and_when_together(installed):
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.text("UPDATE arrangement SET approved_by = NULL"))
    db.session.rollback()
    assert queries.imported(reading(VISITOR), "CN-2026-1").approved_by == service.INSTALLATION


@pytest.mark.databases
@pytest.mark.parametrize(
    ("act", "more"),
    [(service.approve_arrangement, {}), (service.reject_arrangement, {"reason": "与原文不符"})],
)
def test_days_that_would_change_otherwise_by_now_are_looked_at_again(installed, act, more):
    first = propose()
    second = propose(notice_2027(made_up=("2027-01-03",)))
    shown = seen(act, reading(APPROVER), second)
    do(service.approve_arrangement, APPROVER, key=first)

    with pytest.raises(Changed) as no:
        do(act, APPROVER, key=second, shown=shown, **more)

    assert [each.part for each in no.value.differences] == ["arrangement.changes"]
    assert queries.imported(reading(CLOCK), second).state is State.PROPOSED
    do(act, APPROVER, key=second, **more)


def test_a_documents_number_is_kept_in_its_official_form(installed):
    key = propose(notice_2027(), document_number="国办发明电[2026]９号")
    one = next(
        row.arrangement for row in queries.imports(reading(VISITOR)) if row.arrangement.key == key
    )
    assert one.document_number == "国办发明电〔2026〕9号"
