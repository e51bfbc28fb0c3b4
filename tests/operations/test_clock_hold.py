"""After a jump ahead nothing is done by the clock until somebody agrees; a set-back says how far."""

import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import WallClock
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.operations import jobs, queries, rules, service
from market.operations.rules import Alarm
from market.windows import jobs as windows
from market.windows import service as deadlines
from market.windows.rules import Kind, Nature
from tests.factories import accounts
from tests.factories import selection as selections
from tests.operations.test_jobs import Steady, health

DUTY = Kind("complaints.accept", Nature.DUTY, "受理")
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


class Machine:
    """A machine's clock that a test sets, and seconds that nobody can set."""

    def __init__(self) -> None:
        self.wall = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)
        self.steady = Steady()

    def __call__(self) -> dt.datetime:
        return self.wall

    def wait(self, seconds: int) -> None:
        self.wall += seconds * SECOND
        self.steady.now += seconds


@pytest.fixture
def machine(app):
    made = Machine()
    fabric(app).clock = WallClock(made)
    return made


@pytest.fixture
def crew(app, machine):
    """A clock process that leads, and a duty that is due in an hour."""
    with app.app_context():
        accounts.rules_of_the_place()
        in_one_transaction(
            deadlines.open_at, CLOCK, DUTY, subject="TS-1", due_at=machine.wall + HOUR
        )
    return jobs.Crew(app, watch=jobs.Watch(app, machine.steady))


def overdue(app) -> int:
    with app.app_context():
        return len([e for e in ledger.after(reading(CLOCK), 0) if e.type == "window.overdue"])


def tick(crew) -> None:
    """What the process does at its interval; the heads and letters never wait."""
    crew.run("windows.sweep", windows.sweep)
    crew.watch.look()


@pytest.mark.databases
def test_no_duty_is_overdue_because_the_clock_jumped(app, crew, machine):
    tick(crew)
    machine.wait(1)
    machine.wall += 26 * HOUR
    tick(crew)  # the sweep is asked before the watch had its own look
    assert overdue(app) == 0
    state = health(app)
    assert (state["ok"], state["clock_held_seconds"]) == (False, 26 * 3600)
    assert state["troubles"]["clock.jumped"] == "+93600 s"
    ran = []
    assert crew.run("ledger.checkpoint", lambda: ran.append(1)) is None and ran

    again = jobs.Crew(app, watch=jobs.Watch(app, machine.steady))  # the process was started anew
    tick(again)
    assert overdue(app) == 0


@pytest.mark.databases
def test_it_goes_on_when_a_person_agrees(app, crew, machine, client):
    machine.wall += 26 * HOUR
    tick(crew)
    with app.app_context():
        outsider = accounts.actor_of(accounts.person())
        with pytest.raises(Refusal, match="not_permitted"):
            in_one_transaction(service.agree_to_clock, outsider)
        assert in_one_transaction(service.agree_to_clock, accounts.staff("office", "system_admin"))
        assert not in_one_transaction(service.agree_to_clock, CLOCK)
    machine.wait(1)
    tick(crew)
    tick(crew)
    assert overdue(app) == 1
    assert health(app)["clock_held_seconds"] is None


def test_the_command_agrees_too(app, crew, machine):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["clock", "agree"]).exit_code == 1
    machine.wall += 26 * HOUR
    tick(crew)
    assert runner.invoke(args=["clock", "agree"]).exit_code == 0
    tick(crew)
    tick(crew)
    assert overdue(app) == 1


@pytest.mark.databases
def test_a_clock_that_is_put_right_goes_on_by_itself_with_nothing_noted(app, crew, machine):
    machine.wall += 26 * HOUR
    tick(crew)
    machine.wait(600)
    machine.wall -= 26 * HOUR
    assert crew.watch.look() is Alarm.SET_RIGHT
    tick(crew)
    assert overdue(app) == 0
    assert fabric(app).clock.now() == machine.wall
    assert health(app)["clock_held_seconds"] is None
    machine.wait(3600)
    tick(crew)
    assert overdue(app) == 1


def test_a_witness_whose_clock_agrees_lets_it_go_on_and_one_that_does_not_does_not(
    app, crew, machine
):
    told = [machine.wall]
    fabric(app).witness_time = lambda: told[0]
    machine.wall += 26 * HOUR
    tick(crew)
    machine.wait(10)
    tick(crew)
    assert health(app)["clock_held_seconds"] == 26 * 3600  # the witness sees no jump
    told[0] = machine.wall + 20 * SECOND
    machine.wait(10)
    tick(crew)
    tick(crew)
    assert health(app)["clock_held_seconds"] is None
    assert overdue(app) == 1


@pytest.mark.databases
def test_the_witness_is_asked_for_its_time_over_a_head_that_it_knows(context, clock):
    ask = fabric(context).witness_time
    assert ask() is None  # nobody is asked before there is a cosigned head
    selections.town()
    selections.owner()
    clock.advance(HOUR)
    for name, _, job in fabric(context).jobs:
        if name in ("ledger.checkpoint", "ledger.witness"):
            job()
    clock.advance(HOUR)
    assert ask() == clock.instant
    fabric(context).witness.answers = False
    assert ask() is None


def test_a_clock_set_back_by_two_hours_says_two_hours(app, machine):
    watch = jobs.Watch(app, machine.steady)
    machine.wait(1)
    assert watch.look() is None
    machine.wall -= 2 * HOUR
    seen = []
    for _ in range(8):
        machine.wait(1)
        seen.append(watch.look())
    assert seen.count(Alarm.SET_BACK) == 1
    assert health(app)["troubles"] == {"clock.set_back": "-7200 s"}


@pytest.mark.parametrize("back", [0, 30, 89, 90, 91, 7200, 93_600])
def test_no_age_is_negative(app, clock, back):
    jobs.Crew(app).run("any", lambda: None)
    clock.advance(-back * SECOND)
    age = health(app)["clock_age_seconds"]
    assert age is None if back > 90 else age == 0


def test_an_old_job_from_the_future_does_not_hide_a_living_clock():
    now = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    assert rules.age(now, [now + 26 * HOUR, now - 3 * SECOND]) == 3 * SECOND
    assert rules.age(now, [now + 26 * HOUR]) is None


def test_the_hold_is_told_in_whole_seconds():
    now = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    assert queries.Held(now, now + 26 * HOUR).seconds == 93_600
