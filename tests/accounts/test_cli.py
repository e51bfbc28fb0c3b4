"""The terminal: the first bodies and people of an installation."""

import pytest

from market.accounts import queries
from market.db import reading
from market.kernel.actor import CLOCK
from tests.factories import accounts

OFFICE = [
    "admin",
    "create",
    "--kind",
    "office",
    "--organisation",
    "瑞昌市中介超市协管办",
    "--login",
    "head@example.org",
]


@pytest.fixture
def run(app):
    return lambda *words, typed="": app.test_cli_runner().invoke(args=list(words), input=typed)


def office_of(app):
    with app.app_context():
        work = reading(CLOCK)
        return queries.office(work), queries.member_list(work, queries.office(work).id)


def test_the_first_office_and_its_head_by_options(app, run):
    done = run(
        *OFFICE,
        "--uscc",
        accounts.credit_code(),
        "--organisation-phone",
        "0792-4222222",
        "--name",
        "张三",
        "--duty",
        "office_head",
        "--duty",
        "publisher",
        "--password",
        accounts.PASSWORD,
    )
    assert done.exit_code == 0, done.output
    office, (head,) = office_of(app)
    assert office.name == "瑞昌市中介超市协管办"
    assert head.duties == {"office_head", "publisher"}
    assert "head@example.org" in run("admin", "list").output
    client = app.test_client()
    assert (
        accounts.submit(
            client, "/sign-in", {"login": "head@example.org", "password": accounts.PASSWORD}
        ).status_code
        == 303
    )


def test_what_is_missing_is_asked(app, run):
    typed = "\n".join(
        [
            accounts.credit_code(),
            "0792-4222222",
            "张三",
            accounts.PASSWORD,
            accounts.PASSWORD,
            "security_admin system_admin",
            "",
        ]
    )
    done = run(*OFFICE, typed=typed)
    assert done.exit_code == 0, done.output
    assert accounts.PASSWORD not in done.output
    _office, (admin,) = office_of(app)
    assert admin.duties == {"security_admin", "system_admin"}


def test_a_second_member_joins_the_same_office(app, run):
    test_the_first_office_and_its_head_by_options(app, run)
    words = [word.replace("head@", "clerk@") for word in OFFICE]
    done = run(*words, "--name", "李四", "--duty", "intake_clerk", "--password", accounts.PASSWORD)
    assert done.exit_code == 0, done.output
    office, members = office_of(app)
    assert [member.login for member in members] == ["head@example.org", "clerk@example.org"]
    again = run(*words, "--duty", "intake_clerk")
    assert again.exit_code == 1
    assert "已经是本单位成员" in again.output


def test_duties_that_lie_apart_make_nothing(app, run):
    done = run(
        *OFFICE,
        "--uscc",
        accounts.credit_code(),
        "--organisation-phone",
        "0792-4222222",
        "--name",
        "张三",
        "--duty",
        "system_admin",
        "--duty",
        "audit_admin",
        "--password",
        accounts.PASSWORD,
    )
    assert done.exit_code == 1
    assert "不能由同一人兼任" in done.output
    with app.app_context():
        assert queries.organisations(reading(CLOCK), "office") == []


def test_a_lost_password_is_reset_by_a_printed_link(app, run):
    with app.app_context():
        accounts.rules_of_the_place()
        accounts.person("a@example.org")
    assert run("admin", "reset", "nobody@example.org").exit_code == 1
    link = run("admin", "reset", "a@example.org").output.strip()
    client = app.test_client()
    fields = {"password": "another long password", "again": "another long password"}
    assert accounts.submit(client, link, fields).status_code == 303
