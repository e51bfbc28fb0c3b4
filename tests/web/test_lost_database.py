"""PostgreSQL dying at any moment of a request: the answer already made, or 503 with Retry-After."""

import psycopg
import pytest
from flask import request
from flask_login import current_user
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from market.accounts import queries
from market.db import db, reading
from market.kernel.actor import CLOCK
from market.web.auth import current_actor
from tests.factories import accounts
from tests.postgres import plain

MOMENTS = ["before the view", "after the answer", "in the teardown"]


@pytest.fixture
def database(request):
    """PostgreSQL alone: SQLite is a file and has no server that could die."""
    reused = request.getfixturevalue("postgresql_reused")
    yield reused.url.render_as_string(hide_password=False)
    reused.clean()


@pytest.fixture
def person(app):
    with app.app_context():
        accounts.rules_of_the_place()
        return accounts.person("zhang@example.org")


def kill(url):
    """What a crash or a restart of the server is to its connections."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def die_at(app, moment):
    """Let every connection die once a request, at that moment of it, with a transaction open."""
    with app.app_context():
        url = db.engine.url

    def dies(answer=None):
        if request.headers.get("X-Dies"):
            db.session.connection().exec_driver_sql("SELECT 1")
            kill(url)
        return answer

    if moment == "before the view":
        app.before_request(dies)
    elif moment == "after the answer":
        app.after_request(dies)
    else:
        # flask runs these before the session's own, which was there first
        app.teardown_request(lambda error: dies(None))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_page_is_whole_or_says_when_to_come_again(app, client, person, moment):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    die_at(app, moment)
    accounts.sign_in(client, "zhang@example.org")
    for _ in range(3):
        answer = client.get("/account", headers={"X-Dies": "1"})
        if moment == "before the view":
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
            assert "系统正忙" in answer.text
        else:
            assert answer.status_code == 200
            assert "zhang@example.org" in answer.text
        assert client.get("/account").status_code == 200


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_was_committed_keeps_its_redirect(app, client, person, moment):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    die_at(app, moment)
    accounts.sign_in(client, "zhang@example.org")
    for language in ("en", "zh", "en"):
        token = accounts.token(client, "/account")
        answer = client.post(
            "/account/language",
            data={"csrf_token": token, "language": language},
            headers={"X-Dies": "1"},
        )
        assert answer.status_code == (503 if moment == "before the view" else 303)
        with app.app_context():
            card = queries.person(reading(CLOCK), person)
            assert moment == "before the view" or card.language == language


def test_a_view_that_swallows_the_loss_is_no_fault(app, client, person):
    """The next question of such a session is refused with PendingRollbackError."""

    @app.before_request
    def dies():
        if request.headers.get("X-Dies"):
            assert current_user.is_authenticated
            assert current_actor().person_id == person
            db.session.connection().exec_driver_sql("SELECT 1")
            kill(db.engine.url)
            with pytest.raises(Exception):  # noqa: B017 - whichever the driver says
                db.session.connection().exec_driver_sql("SELECT 1")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    accounts.sign_in(client, "zhang@example.org")
    assert client.get("/account", headers={"X-Dies": "1"}).status_code == 503
    assert client.get("/account").status_code == 200


AWAY = {
    "no connection to spare": lambda: PoolTimeout("QueuePool limit reached"),
    "a server that only reads": lambda: InternalError(
        "INSERT", {}, psycopg.errors.ReadOnlySqlTransaction("read-only transaction")
    ),
    "a full disk": lambda: OperationalError("INSERT", {}, psycopg.errors.DiskFull("full")),
    "too many connections": lambda: OperationalError(
        "SELECT", {}, psycopg.errors.TooManyConnections("too many")
    ),
}


@pytest.mark.parametrize("what", AWAY)
def test_a_database_that_takes_nothing_for_the_moment_is_no_fault(app, client, what):
    @app.before_request
    def fails():
        if request.headers.get("X-Dies"):
            raise AWAY[what]()

    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/help", headers={"X-Dies": "1"})
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == "5"
