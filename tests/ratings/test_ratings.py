"""A finished step is rated once, by whoever has the link; a bad one is contacted, rectified, called back."""

import datetime as dt
import itertools

import pytest
from sqlalchemy import select

from market.cases import queries as cases
from market.cases import service as case_service
from market.cases.rules import CONTACT, NEXT, RECTIFY, CaseState, Result, after_call_back, move_case
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, Refusal, each_of
from market.ledger import queries as ledger
from market.ledger.queries.integrity import compare
from market.letters import jobs as letters
from market.letters.models import Letter
from market.ratings import jobs, queries, service
from market.ratings.rules import Channel, Said, Step, check_said, link, named, share
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import agencies, selection
from tests.factories.accounts import sign_in
from tests.factories.deeds import Tab, do

DAY = dt.timedelta(days=1)
BAD = Said(level=4, platform_level=1, ticks=("platform",), text="CANARY 系统打不开")


def published():
    """A notice is out, and its step may be rated."""
    number = selection.published_notice()
    jobs.follow()
    return number


def rated(number, said, step=Step.NOTICE_OPENED):
    given = {"subject": number, "step": step.value, "said": said}
    return in_one_transaction(service.rate, VISITOR, **given)


def bad_case():
    number = published()
    rated(number, BAD)
    return queries.row(reading(CLOCK), number, Step.NOTICE_OPENED.value).case_number


def refused(code, act, who, **given):
    with pytest.raises(Refusal) as no:
        do(act, who, **given)
    assert no.value.code == code


def test_a_link_names_its_step_and_cannot_be_made_up():
    address = link("secret", "GG-360481-2026-00001", Step.NOTICE_OPENED)
    token = address.removeprefix("/rate/")
    assert named("secret", token) == ("GG-360481-2026-00001", "notice.opened")
    assert named("other", token) is None
    assert named("secret", token[:-1] + ("0" if token[-1] != "0" else "1")) is None
    assert named("secret", "x") is named("secret", "好.评") is None


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Said(level=3), []),
        (Said(level=0), ["level"]),
        (Said(level=5, staff_level=6, ticks=("x",)), ["staff_level", "ticks"]),
        (Said(level=5, text="一" * 1001), ["text"]),
    ],
)
def test_everything_that_is_wrong_is_told_at_once(said, fields):
    found = []
    try:
        check_said(said)
    except Refusal as no:
        found = [each.field for each in each_of(no)]
    assert found == fields


def test_states_of_a_case_move_by_their_table_and_shares_of_nothing_are_none():
    for old, new in itertools.product(CaseState, CaseState):
        if new not in NEXT.get(old, ()):
            with pytest.raises(Refusal):
                move_case(old, new)
    assert after_call_back(Result.UNSOLVED) is CaseState.CONTACTED
    assert (share(0, 0), share(1, 3), share(2, 3)) == (None, 3333, 6667)


@pytest.mark.databases
def test_a_step_is_rated_once_and_the_log_does_not_say_by_whom(context):
    number = published()
    jobs.follow()  # what was read is read once
    given = rated(number, BAD)
    refused(
        "rating.given_before",
        service.rate,
        VISITOR,
        subject=number,
        step="notice.opened",
        said=BAD,
    )
    entries = ledger.latest(reading(CLOCK), limit=50)
    entry = next(each for each in entries if each.type == "rating.given")
    assert entry.subject == given
    assert number not in str(entry.fields)
    assert not any("CANARY" in str(each.fields) for each in entries)
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_the_time_for_rating_ends_and_unrated_is_unrated(context, clock):
    number = published()
    clock.advance(15 * DAY)
    refused("rating.over", service.rate, VISITOR, subject=number, step="notice.opened", said=BAD)
    months = queries.figures(reading(CLOCK))[0].months
    assert sum(month.rated for month in months) == 0
    assert all(month.good_share is None for month in months)
    assert sum(month.finished for month in months) >= 1


@pytest.mark.databases
def test_a_bad_one_is_contacted_rectified_and_called_back_by_another(context, clock):
    number = bad_case()
    office = people.staff("office", "case_officer", "callback_officer")
    in_one_transaction(case_service.contact, office, number=number, note="已通话，打不开报名页")
    in_one_transaction(case_service.extend, office, number=number, reason="要改程序")
    refused("case.extended", case_service.extend, office, number=number, reason="再")
    in_one_transaction(case_service.rectify, office, number=number, answer="已修好并电话答复")
    call = {"number": number, "said": "评价人确认"}
    refused("case.handled_it", case_service.call_back, office, result=Result.SOLVED, **call)
    caller = people.staff("authority", "callback_officer")
    do(case_service.call_back, caller, result=Result.UNSOLVED, **call)
    again = cases.case(reading(caller), number)
    assert (again.state, again.again) == (CaseState.CONTACTED, 1)
    in_one_transaction(case_service.rectify, office, number=number, answer="又改了一次")
    do(case_service.call_back, caller, result=Result.SOLVED, **call)
    assert cases.case(reading(caller), number).state is CaseState.CLOSED
    month = queries.figures(reading(CLOCK))[0].months[0]
    assert (month.bad, month.rectified, month.in_time, month.called) == (1, 1, 1, 1)
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_a_clock_that_stood_still_notes_each_lateness_once_and_ends_nothing(context, clock):
    number = bad_case()
    clock.advance(60 * DAY)
    windows_jobs.sweep()
    windows_jobs.sweep()
    late = windows.live(reading(CLOCK), CONTACT, number)
    assert late.overdue_at is not None
    kinds = [each.type for each in ledger.of_subject(reading(CLOCK), number)]
    assert kinds.count("window.overdue") == 1
    office = people.staff("office", "case_officer")
    in_one_transaction(case_service.contact, office, number=number, note="迟到的联系")
    assert windows.live(reading(CLOCK), RECTIFY, number) is not None


def test_another_body_does_not_reach_a_case(context):
    number = bad_case()
    other = people.staff("regulator", "complaint_officer")
    with pytest.raises(NotFound):
        cases.case(reading(other), number)
    with pytest.raises(NotFound):
        in_one_transaction(case_service.contact, other, number=number, note="x")


def test_staff_enter_paper_with_its_scan_and_never_about_themselves(context):
    number = published()
    clerk = people.staff("office", "intake_clerk")
    given = {"subject": number, "step": "notice.opened", "said": Said(level=5)}
    refused("rating.scan", service.enter, clerk, channel=Channel.PAPER, received=None, **given)
    row = queries.row(reading(CLOCK), number, "notice.opened")
    served = people.actor_of(row.staff_id, clerk.organisation_id)
    with pytest.raises(Refusal):
        in_one_transaction(service.enter, served, channel=Channel.PHONE, received=None, **given)
    scan = agencies.paper("评价表.pdf")
    in_one_transaction(service.enter, clerk, channel=Channel.PAPER, received=scan, **given)
    assert queries.row(reading(CLOCK), number, "notice.opened").scan_id is not None


def test_the_letter_has_the_link_that_works_without_signing_in(app, client, new_client):
    with app.app_context():
        number = published()
        letters.write()
        work = reading(CLOCK)
        told = [row for row in work.session.scalars(select(Letter)) if row.subject == number]
        address = next(
            line.partition("：")[2]
            for row in told
            for line in row.body.splitlines()
            if "/rate/" in line
        )
        office = people.staff("office", "case_officer")
    page = client.get(address)
    assert page.status_code == 200
    assert "checked" not in page.text
    assert Tab(client, address).send(level="").status_code == 422
    answer = Tab(client, address).send(level="1", text="来回跑了三趟")
    assert answer.status_code == 303
    assert "已收到您的评价" in client.get(address).text
    assert client.get("/rate/x.y").status_code == 404
    assert "100.00%" not in client.get("/ratings").text
    staff = new_client()
    sign_in(staff, office)
    with app.app_context():
        case = queries.row(reading(CLOCK), number, "notice.opened").case_number
    assert case in staff.get("/office/cases").text
    page = staff.get(f"/office/cases/{case}").text
    assert "来回跑了三趟" in page
    assert "非常不满意" in page
    sent = Tab(staff, f"/office/cases/{case}", f"/office/cases/{case}/contact").send(
        note="已电话联系"
    )
    assert sent.status_code == 303
