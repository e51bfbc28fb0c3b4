"""What only the database knows is told with what the form itself finds, at the first press."""

import re

import pytest

from tests.factories import accounts as people
from tests.factories import agencies as factory
from tests.factories.accounts import sign_in, submit

TAKEN = "zhang@example.org"


def wrong(page: str) -> set[str]:
    """The fields that a page names as wrong."""
    return set(re.findall(r'id="([\w-]+)-error"', page))


def test_a_taken_login_is_told_with_the_first_round(app, client):
    with app.app_context():
        people.rules_of_the_place()
        people.person(TAKEN)

    answer = submit(client, "/register", {"login": TAKEN.upper(), "name": "", "id_number": "1"})

    assert answer.status_code == 422
    assert "这个电子邮箱已经注册" in answer.text
    assert {"login", "name", "id_number"} <= wrong(answer.text)


def test_nobody_asks_for_logins_without_end(app, client):
    with app.app_context():
        people.rules_of_the_place()
        people.person(TAKEN)
    told = [
        "这个电子邮箱已经注册" in submit(client, "/register", {"login": TAKEN, "name": ""}).text
        for _ in range(22)
    ]
    assert told == [True] * 20 + [False] * 2


@pytest.mark.parametrize("kind", ["firm", "person"])
def test_a_registered_code_is_told_with_the_first_round(app, client, kind):
    with app.app_context():
        factory.town()
        code = people.credit_code()
        people.organisation("owner", uscc=code)
        who = people.actor_of(people.person())
    sign_in(client, who)

    answer = submit(client, "/owners/register", {"kind": kind, "uscc": code, "address": ""})

    assert answer.status_code == 422
    assert "address" in wrong(answer.text)
    assert ("uscc" in wrong(answer.text)) is (kind != "person")


def test_an_enrolled_code_is_told_with_the_first_round(app, client):
    with app.app_context():
        factory.town()
        made = factory.started_agency()
        code = made.uscc
        who = people.actor_of(people.person())
    sign_in(client, who)

    answer = submit(client, "/enrolment/start", {"uscc": code, "name": ""})

    assert answer.status_code == 422
    assert {"uscc", "name"} <= wrong(answer.text)
