"""The place where journeys happen: bodies with their people, the product's own jobs, a post office."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from market.fabric import fabric
from market.kernel.actor import Actor
from market.kernel.clock import FixedClock
from tests.factories import accounts as people
from tests.factories import selection
from tests.journeys.walker import Walker
from tests.mail import MailServer


@pytest.fixture
def app_config(mail_server: MailServer) -> dict[str, object]:
    """Mail leaves to the test's own post office."""
    return {
        "SMTP_URL": f"smtp://{mail_server.host}:{mail_server.port}",
        "MAIL_FROM": "zjcs@example.org",
    }


STAFF = {
    "checker": ("office", ("enrolment_checker", "notice_reviewer")),
    "head": ("office", ("office_head", "publisher")),
    "officer": ("regulator", ("complaint_officer",)),
    "signatory": ("regulator", ("complaint_signatory",)),
    "inspector": ("inspection", ("inspector",)),
}


@dataclasses.dataclass
class Place:
    """A county's bodies and their people; time moves by `until`, and with it what the clock's
    process does.
    """

    app: Flask
    clock: FixedClock

    def found(self) -> None:
        """The bodies, their people (login: their duty), the rules, the keys, the witness."""
        with self.app.app_context():
            regulator = people.organisation("regulator", "自然资源局")
            selection.town()
            for name, (kind, duties) in STAFF.items():
                body = regulator if kind == "regulator" else people.body(kind)
                people.member(body, *duties, login=login(name), name=name)

    def person(self, name: str) -> Actor:
        """A person with a verified identity, who has not done anything yet."""
        with self.app.app_context():
            return people.actor_of(people.person(login(name), name=name))

    def work(self) -> None:
        """Everything that the clock's process would have done by now: the product's own jobs, until
        nothing is left.
        """
        with self.app.app_context():
            for _ in range(3):
                for _name, _every, job in fabric(self.app).jobs:
                    job()

    def until(self, instant: dt.datetime) -> None:
        """Let time pass."""
        self.clock.instant = instant
        self.work()


def login(name: str) -> str:
    """The address by which somebody of the place signs in."""
    return f"{name}@example.org"


@pytest.fixture
def place(app: Flask, clock: FixedClock) -> Place:
    """The place, founded."""
    made = Place(app, clock)
    made.found()
    return made


@pytest.fixture(scope="session")
def looked() -> set[str]:
    """Pages that axe has already seen in this run."""
    return set()


@pytest.fixture
def walker(visitor: Callable[..., Page], looked: set[str]) -> Callable[..., Walker]:
    """Gives a person a browser: walker("checker"), walker("agency", viewport=PHONE)."""

    def begin(name: str, **options: object) -> Walker:
        return Walker(
            visitor(**options),
            name,
            looked,
            has_scripts=bool(options.get("java_script_enabled", True)),
        )

    return begin
