"""A new or corrected calendar and the windows that are open: longer moves at once, a party's
shorter does not.
"""

import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted
from market.ledger import queries as ledger
from market.windows import jobs, queries, service
from market.windows.rules import Kind, Nature, State
from market.workdays import queries as workdays
from tests.factories import accounts
from tests.factories.workdays import shipped_calendar
from tests.windows.calendars import correct_2026, publish_2027
from tests.workdays.shipped import local

pytestmark = pytest.mark.databases
RIGHT = Kind("test.right", Nature.RIGHT, "异议期")
DUTY = Kind("test.duty", Nature.DUTY, "受理")
ACT = Kind("test.act", Nature.ACT, "公示期")
KINDS = (RIGHT, DUTY, ACT)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def installed(context, clock):
    """The shipped calendar is in force and followed; it is Wednesday 1 April 2026."""
    shipped_calendar()
    clock.instant = local("2026-04-01 10:00")
    jobs.follow_calendar()
    fabric(context).window_handlers = {}
    fabric(context).window_kinds = {kind.name: kind for kind in KINDS}


def open_all(n: int = 3, unit: str = "working_day") -> dict[str, queries.Due]:
    """One window of each nature, of the same span."""
    return {
        kind.nature.value: in_one_transaction(
            lambda work: service.open_counted(
                work, kind, subject=f"TS-{kind.nature}", span=(n, unit), responsible_id=7
            ),
            CLOCK,
        )
        for kind in KINDS
    }


def now_due(kind: Kind) -> queries.Due:
    return next(iter(queries.of_subject(reading(CLOCK), f"TS-{kind.nature}")))


def facts(*types: str) -> list[tuple[str, str]]:
    """(type, window) of what the log says of windows."""
    return [
        (entry.type, entry.fields["window"])
        for entry in ledger.after(reading(CLOCK), 0)
        if entry.type in types
    ]


def test_a_longer_calendar_moves_every_open_window_at_once(clock):
    before = open_all()  # 2, 3 and 7 April: 4 to 6 April are 清明节
    assert {due.last_day for due in before.values()} == {dt.date(2026, 4, 7)}
    correct_2026(off=(("清明节", "2026-04-07"),))
    assert jobs.follow_calendar()
    assert {now_due(kind).last_day for kind in KINDS} == {dt.date(2026, 4, 8)}
    assert sorted(facts("window.moved")) == [
        ("window.moved", kind.name) for kind in sorted(KINDS, key=lambda kind: kind.name)
    ]
    moved = next(entry for entry in ledger.after(reading(CLOCK), 0) if entry.type == "window.moved")
    assert (moved.fields["old_due"], moved.fields["due"]) == tuple(
        int(local(f"2026-04-{day} 00:00").timestamp()) for day in ("08", "09")
    )


def test_following_twice_changes_nothing(clock):
    open_all()
    correct_2026(off=(("清明节", "2026-04-07"),))
    assert jobs.follow_calendar()
    size = ledger.size(reading(CLOCK))
    assert not jobs.follow_calendar()
    in_one_transaction(service.recount, CLOCK, after=0, changed=None, out_of_time=lambda: False)
    assert ledger.size(reading(CLOCK)) == size


def test_a_shorter_calendar_moves_the_bodys_duty_and_leaves_the_party_what_was_announced(clock):
    clock.instant = local("2026-04-30 10:00")
    before = open_all()  # 6, 7 and 8 May: 1 to 5 May are 劳动节
    correct_2026(without=("2026-05-05",))
    jobs.follow_calendar()
    assert now_due(DUTY).last_day == dt.date(2026, 5, 7)
    assert now_due(RIGHT).due_at == before["right"].due_at == now_due(ACT).due_at
    assert facts("window.moved") == [("window.moved", "test.duty")]


def test_no_due_is_moved_into_the_past(clock):
    clock.instant = local("2026-04-30 10:00")
    before = open_all(n=1)  # Wednesday 6 May
    clock.instant = local("2026-05-06 10:00")
    correct_2026(without=("2026-05-05",))
    jobs.follow_calendar()
    assert {now_due(kind).due_at for kind in KINDS} == {before["duty"].due_at}
    assert facts("window.moved") == []


def test_a_change_elsewhere_moves_nothing(clock):
    open_all()
    correct_2026(without=("2026-05-05",))
    jobs.follow_calendar()
    assert facts("window.moved", "window.confirmed") == []


def test_hours_and_absolute_instants_are_not_counted_again(clock):
    open_all(n=200, unit="hour")
    due = in_one_transaction(
        service.open_at, CLOCK, ACT, subject="GG-1", due_at=local("2026-04-09 10:00")
    )
    correct_2026(off=(("清明节", "2026-04-07"),))
    jobs.follow_calendar()
    assert facts("window.moved") == []
    assert queries.live(reading(CLOCK), ACT, "GG-1").due_at == due.due_at


def test_a_provisional_window_is_counted_again_and_confirmed(clock):
    clock.instant = local("2026-12-30 10:00")
    assert {due.certainty for due in open_all().values()} == {
        "provisional"
    }  # 31 December, 4 and 5 January
    publish_2027(made_up=("2027-01-03",))  # a Sunday to be worked
    jobs.follow_calendar()
    assert {now_due(kind).certainty for kind in KINDS} == {"confirmed"}
    assert {now_due(kind).last_day for kind in KINDS} == {dt.date(2027, 1, 4)}
    assert len(facts("window.moved")) == 3


def test_a_provisional_window_whose_due_stays_is_said_to_be_confirmed(clock):
    clock.instant = local("2026-12-30 10:00")
    open_all()
    publish_2027()
    jobs.follow_calendar()
    assert len(facts("window.confirmed")) == 3
    assert facts("window.moved") == []


def test_a_provisional_right_is_held_at_its_due_and_goes_on_when_the_calendar_comes(clock):
    clock.instant = local("2026-12-30 10:00")
    due = open_all()["right"]
    clock.instant = due.due_at
    jobs.sweep()
    assert {now_due(kind).state for kind in KINDS} == {State.HELD}
    assert len(facts("window.held")) == 3
    publish_2027()
    clock.advance(HOUR)
    jobs.sweep()  # follows the calendar first: confirmed, and therefore over
    assert now_due(RIGHT).state is State.EXPIRED
    assert now_due(DUTY).state is State.OPEN and now_due(DUTY).overdue_at == clock.instant
    assert facts("window.overdue") == [("window.overdue", "test.duty")]


def test_a_held_right_that_became_longer_runs_on(clock):
    clock.instant = local("2026-12-30 10:00")
    clock.instant = open_all()["right"].due_at  # the end of 5 January
    jobs.sweep()
    publish_2027(off=tuple(("元旦", f"2027-01-0{day}") for day in (2, 3, 4)))
    jobs.sweep()
    assert (now_due(RIGHT).state, now_due(RIGHT).last_day) == (State.OPEN, dt.date(2027, 1, 6))
    clock.instant = now_due(RIGHT).due_at
    jobs.sweep()
    assert now_due(RIGHT).state is State.EXPIRED


def test_after_a_downtime_the_calendar_is_followed_before_anything_ends(clock):
    open_all()
    correct_2026(off=(("清明节", "2026-04-07"),))
    clock.instant = local("2026-04-08 12:00")  # the old due has passed, the new one has not
    jobs.sweep()
    assert {now_due(kind).state for kind in KINDS} == {State.OPEN}
    assert facts("window.overdue", "window.closed") == []


def test_a_stopped_window_is_counted_by_the_new_calendar_when_it_goes_on(clock):
    open_all()
    clock.instant = local("2026-04-02 10:00")
    assert in_one_transaction(service.pause, CLOCK, DUTY, "TS-duty")
    correct_2026(off=(("清明节", "2026-04-07"),))
    jobs.follow_calendar()
    clock.instant = local(
        "2026-04-03 10:00"
    )  # no day was counted before the stop: 8, 9 and 10 April
    assert in_one_transaction(service.resume_counting, CLOCK, DUTY, "TS-duty").last_day == dt.date(
        2026, 4, 10
    )


def test_what_had_ended_is_listed_for_a_person_and_never_opened_again(clock):
    due = open_all()["right"]
    clock.instant = due.due_at
    jobs.sweep()
    clock.instant = local("2026-04-08 15:00")
    correct_2026(off=(("清明节", "2026-04-07"),))
    jobs.sweep()
    assert now_due(RIGHT).state is State.EXPIRED
    listed = queries.doubts(reading(CLOCK))
    assert {(one.due.kind, one.due_at) for one in listed} == {
        (kind.name, due.due_at + dt.timedelta(days=1)) for kind in KINDS
    }
    assert len(facts("window.doubted")) == 3
    correct_2026(off=(("清明节", "2026-04-07"), ("清明节", "2026-04-08")))
    jobs.sweep()
    assert len(queries.doubts(reading(CLOCK))) == 3


def test_a_person_settles_what_is_in_doubt_once(clock):
    clock.instant = open_all()["right"].due_at
    jobs.sweep()
    correct_2026(off=(("清明节", "2026-04-07"),))
    jobs.sweep()
    head = accounts.staff("office", "office_head")
    doubt = queries.doubts(reading(CLOCK))[0]
    with pytest.raises(NotPermitted):
        in_one_transaction(
            service.settle,
            accounts.staff("inspection", "inspector"),
            doubt_id=doubt.id,
            finding="无影响",
        )
    in_one_transaction(service.settle, head, doubt_id=doubt.id, finding="无人因此来不及")
    assert len(queries.doubts(reading(CLOCK))) == 2
    assert facts("window.settled") == [("window.settled", doubt.due.kind)]
    with pytest.raises(NotFound, match=r"windows\.no_doubt"):
        in_one_transaction(service.settle, head, doubt_id=doubt.id, finding="再看一次")


def test_many_windows_are_followed_in_parts(clock):
    for number in range(5):
        in_one_transaction(
            lambda work: service.open_counted(
                work, RIGHT, subject=f"GG-{number}", span=(3, "working_day")
            ),
            CLOCK,
        )
    correct_2026(off=(("清明节", "2026-04-07"),))
    news = queries.calendar_news(reading(CLOCK))
    last = 0
    parts = 0
    while last is not None:
        last = in_one_transaction(
            service.recount, CLOCK, after=last, changed=news.changed, out_of_time=lambda: True
        )
        parts += 1
    assert parts == 6
    assert len(facts("window.moved")) == 5
    in_one_transaction(service.calendar_followed, CLOCK, position=news.position)
    assert queries.calendar_news(reading(CLOCK)) is None


def test_what_ended_and_would_have_ended_sooner_is_nobodys_doubt(clock):
    clock.instant = local("2026-04-30 10:00")
    clock.instant = open_all()["right"].due_at
    jobs.sweep()
    correct_2026(without=("2026-05-05",))
    news = queries.calendar_news(reading(CLOCK))
    last = 0
    parts = 0
    while last is not None:
        last = in_one_transaction(
            service.doubt, CLOCK, after=last, changed=news.changed, out_of_time=lambda: True
        )
        parts += 1
    assert parts == len(KINDS) + 1
    assert queries.doubts(reading(CLOCK)) == []


def test_the_preview_of_an_import_lists_what_it_would_move(context, clock):
    open_all()
    in_one_transaction(
        lambda work: service.open_counted(
            work, Kind("gone", Nature.DUTY, ""), subject="TS-9", span=(3, "working_day")
        ),
        CLOCK,
    )
    key = correct_2026(off=(("清明节", "2026-04-07"),), approve=False)
    work = reading(CLOCK)
    before, after = workdays.with_proposal(work, workdays.imported(work, key).arrangement)
    moves = workdays.MOVED.of(context)(work, before, after)
    assert [(move.subject, move.title) for move in moves] == [
        ("TS-9", "gone"),
        ("TS-act", "公示期"),
        ("TS-duty", "受理"),
        ("TS-right", "异议期"),
    ]
    assert {move.due - move.old_due for move in moves} == {dt.timedelta(days=1)}
    assert now_due(RIGHT).last_day == dt.date(2026, 4, 7)
