"""The table of every deadline, and a person's own in his calendar program."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.windows import jobs, queries, service
from market.windows.rules import Kind, Nature
from tests.factories import accounts
from tests.factories.workdays import shipped_calendar
from tests.windows.calendars import correct_2026
from tests.workdays.shipped import local

DUTY = Kind("test.duty", Nature.DUTY, "受理测试")
RIGHT = Kind("test.right", Nature.RIGHT, "异议测试")


@pytest.fixture
def bodies(app, clock):
    """Two bodies with windows, and the office's head; it is Wednesday 1 April 2026."""
    with app.app_context():
        shipped_calendar()
        clock.instant = local("2026-04-01 10:00")
        jobs.follow_calendar()
        fabric(app).window_kinds = {kind.name: kind for kind in (DUTY, RIGHT)}
        fabric(app).window_handlers = {}
        first = accounts.organisation("regulator", "水利局")
        second = accounts.organisation("regulator", "住建局")
        for number, (days, body) in enumerate([(1, first), (2, second), (8, first)]):
            open_duty(f"TS-360481-2026-0000{number}", days, body)
        in_one_transaction(
            service.open_at,
            CLOCK,
            RIGHT,
            subject="GG-360481-2026-00009",
            due_at=local("2026-04-20 09:30"),
            person_id=accounts.person(),
        )
        return first, second, accounts.staff("office", "office_head")


def open_duty(subject: str, days: int, body: int) -> None:
    in_one_transaction(
        lambda work: service.open_counted(
            work, DUTY, subject=subject, span=(days, "working_day"), responsible_id=body
        ),
        CLOCK,
    )


def numbers(page: str) -> list[str]:
    """The subjects shown, in order."""
    return [
        part.split("</", 1)[0]
        for part in page.split('mk-number"')[1:]
        for part in [part.split(">", 1)[1]]
    ]


def test_the_board_shows_every_deadline_soonest_first(bodies, client):
    accounts.sign_in(client, bodies[2])
    page = client.get("/office/windows").text
    assert numbers(page) == [
        "TS-360481-2026-00000",
        "TS-360481-2026-00001",
        "TS-360481-2026-00002",
        "GG-360481-2026-00009",
    ]
    assert "受理测试" in page and "水利局" in page
    assert "2026-04-02 24:00" in page and "还剩 1 个工作日" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("show=soon", 2),
        ("show=overdue", 0),
        ("show=provisional", 0),
        ("show=ended", 0),
        ("kind=test.right", 1),
        ("show=live", 4),
        ("show=nonsense", 4),
        ("kind=nonsense", 4),
        ("body=99", 4),
        ("body=x", 4),
    ],
)
def test_the_filters_of_the_board(bodies, client, query, shown):
    accounts.sign_in(client, bodies[2])
    assert len(numbers(client.get(f"/office/windows?{query}").text)) == shown


def test_the_boards_filter_by_body_and_by_lateness(bodies, client, app, clock):
    accounts.sign_in(client, bodies[2])
    assert len(numbers(client.get(f"/office/windows?body={bodies[0]}").text)) == 2
    clock.instant = local("2026-04-03 10:00")
    with app.app_context():
        jobs.sweep()
    accounts.sign_in(client, bodies[2])
    late = client.get("/office/windows?show=overdue").text
    assert numbers(late) == ["TS-360481-2026-00000"]
    assert "已超期" in late


def test_the_board_goes_on_page_by_page(bodies, app):
    with app.app_context():
        work = reading(CLOCK)
        first = queries.board(work, queries.Filter(), limit=3)
        rest = queries.board(work, queries.Filter(), first.next, limit=3)
        assert [due.subject[-1] for due in [*first, *rest]] == ["0", "1", "2", "9"]
        assert rest.next is None
        assert queries.board(work, queries.Filter(show=queries.Show.ENDED)).rows == []


def test_the_board_is_not_for_everybody(bodies, client, new_client, app):
    assert client.get("/office/windows").status_code == 303
    with app.app_context():
        agent = accounts.staff("agency", "agency_agent")
        inspector = accounts.staff("inspection", "inspector")
    accounts.sign_in(client, agent)
    assert client.get("/office/windows").status_code == 403
    other = new_client()
    accounts.sign_in(other, inspector)
    assert other.get("/office/windows").status_code == 200
    assert client.get("/office/windows?after=nonsense").status_code == 403
    assert other.get("/office/windows?after=nonsense").status_code == 400


def test_a_window_in_doubt_is_settled_on_the_board(bodies, client, app, clock):
    clock.instant = local("2026-04-08 10:00")
    with app.app_context():
        jobs.sweep()
        correct_2026(off=(("清明节", "2026-04-07"),))
        open_duty("TS-360481-2026-00007", 1, bodies[0])
        jobs.sweep()
        assert queries.doubts(reading(CLOCK)) == []  # both were over before the changed day
    clock.instant = local("2026-04-14 10:00")
    with app.app_context():
        jobs.sweep()
        correct_2026(
            off=(("清明节", "2026-04-07"), ("清明节", "2026-04-08"), ("清明节", "2026-04-09"))
        )
        jobs.sweep()
        doubt = queries.doubts(reading(CLOCK))[0]
    accounts.sign_in(client, bodies[2])
    page = client.get("/office/windows").text
    assert "需要人工核对" in page and "当时的截止：2026-04-09 24:00" in page
    action = f"/office/windows/doubts/{doubt.id}"
    assert accounts.submit(client, "/office/windows", {"finding": ""}, to=action).status_code == 303
    assert "请写明核对结果" in client.get("/office/windows").text
    assert (
        accounts.submit(
            client, "/office/windows", {"finding": "当天已电话告知"}, to=action
        ).status_code
        == 303
    )
    assert "需要人工核对" not in client.get("/office/windows").text


def feed_address(client) -> str:
    page = client.get("/todo/feed").text
    parts = urlsplit(page.split('id="feed-address">')[1].split("<")[0])
    return f"{parts.path}?{parts.query}"


def test_a_persons_feed_holds_what_waits_for_him_and_his_body(bodies, client, new_client, app):
    with app.app_context():
        officer = accounts.member(bodies[0], "complaint_officer")
    accounts.sign_in(client, officer)
    assert "生成订阅地址" in client.get("/todo/feed").text
    accounts.submit(client, "/todo/feed", to="/todo/feed")
    answer = new_client().get(feed_address(client))
    assert answer.mimetype == "text/calendar"
    events = {
        str(event["summary"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")
    }
    assert sorted(events) == ["受理测试 TS-360481-2026-00000", "受理测试 TS-360481-2026-00002"]
    first = events["受理测试 TS-360481-2026-00000"]
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (
        dt.date(2026, 4, 2),
        dt.date(2026, 4, 3),
    )
    assert {str(event["uid"]) for event in events.values()} == {
        str(event["uid"])
        for event in Calendar.from_ical(new_client().get(feed_address(client)).data).walk("VEVENT")
    }


def test_an_end_within_a_day_is_an_event_at_its_instant(bodies, app):
    with app.app_context():
        work = reading(CLOCK)
        due = queries.live(work, RIGHT, "GG-360481-2026-00009")
        address = in_one_transaction(service.renew_feed, accounts.actor_of(due.person_id))
        assert address == 1
        mine = queries.live_for(work, due.person_id, [])
        assert [one.subject for one in mine] == ["GG-360481-2026-00009"]
    client = app.test_client()
    accounts.sign_in(client, due.person_id)
    (event,) = Calendar.from_ical(client.get(feed_address(client)).data).walk("VEVENT")
    assert event.decoded("dtstart") == local("2026-04-20 09:30")
    assert str(event["description"]) == "到期不再受理。"


def test_a_new_address_ends_the_old_one_and_ending_it_ends_all(bodies, client, new_client):
    accounts.sign_in(client, bodies[2])
    accounts.submit(client, "/todo/feed", to="/todo/feed")
    old = feed_address(client)
    assert new_client().get(old).status_code == 200
    accounts.submit(client, "/todo/feed", to="/todo/feed")
    new = feed_address(client)
    assert new_client().get(old).status_code == 404
    assert new_client().get(new).status_code == 200
    accounts.submit(client, "/todo/feed", {"sure": "1"}, to="/todo/feed/end")
    assert new_client().get(new).status_code == 404
    with client.application.app_context():
        in_one_transaction(service.end_feed, bodies[2])  # there is none any more: nothing happens
        assert queries.feed(reading(CLOCK), bodies[2].person_id) is None


@pytest.mark.parametrize("key", ["", "nonsense", "x" * 5000, "WzEsMV0.aaaa", "\0"])
def test_a_key_that_we_did_not_make_opens_nothing(bodies, client, key):
    assert client.get("/todo.ics", query_string={"key": key}).status_code == 404
