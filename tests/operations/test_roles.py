"""On PostgreSQL the log stands behind two walls: triggers, and privileges that not even its owner
keeps.
"""

import pathlib
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.rulebook import service as rulebook
from market.workdays import service as calendar
from tests.conftest import START, FixedClock, build_app, migrate
from tests.postgres import Databases, plain

OWNER = "log_test_owner"
CLERK = "log_test_clerk"
FORBIDDEN = [
    "UPDATE log_leaf SET subject = 'x'",
    "DELETE FROM log_leaf",
    "TRUNCATE log_leaf",
    "UPDATE log_node SET hash = ''",
    "DELETE FROM log_node",
    "DELETE FROM log_head",
    "TRUNCATE log_head",
]


@pytest.fixture
def url(postgresql_server: Databases) -> Iterator[sa.URL]:
    """An empty database that OWNER, an ordinary role, may fill."""
    url = postgresql_server.create()
    with psycopg.connect(plain(url), autocommit=True) as superuser:
        for role in (OWNER, CLERK):
            superuser.execute(f"CREATE ROLE {role}")
        superuser.execute(f"GRANT ALL ON SCHEMA public TO {OWNER}")
    yield url
    postgresql_server.drop(url)
    with psycopg.connect(plain(postgresql_server.url), autocommit=True) as superuser:
        for role in (OWNER, CLERK):
            superuser.execute(f"DROP ROLE {role}")


def as_role(url: sa.URL, role: str) -> str:
    return url.update_query_dict({"options": f"-crole={role}"}).render_as_string(
        hide_password=False
    )


def refused(statements: list[str]) -> None:
    for statement in statements:
        with (
            pytest.raises(sa.exc.ProgrammingError, match="permission denied|must be owner"),
            db.engine.begin() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_neither_the_owner_of_the_tables_nor_whom_he_lets_run_the_market_may_change_the_log(
    url: sa.URL, tmp_path: pathlib.Path
):
    migrate(as_role(url, OWNER), tmp_path / "instance")
    owners = build_app(as_role(url, OWNER), tmp_path / "instance", FixedClock(START))
    with owners.app_context():
        shipped = in_one_transaction(calendar.load_shipped, CLOCK)
        refused(FORBIDDEN)
        db.engine.dispose()
    run = owners.test_cli_runner()
    assert run.invoke(args=["grant", CLERK]).exit_code == 0
    unknown = run.invoke(args=["grant", 'no"body'])
    assert unknown.exit_code == 1
    assert 'role "no"body" does not exist' in unknown.output
    clerks = build_app(as_role(url, CLERK), tmp_path / "instance", FixedClock(START))
    with clerks.app_context():
        size = ledger.size(reading(CLOCK))
        in_one_transaction(rulebook.load_default, CLOCK)  # the market runs
        assert ledger.size(reading(CLOCK)) > size >= shipped
        refused(
            [
                *FORBIDDEN,
                "ALTER TABLE log_leaf DISABLE TRIGGER ALL",
                "DROP TABLE log_node",
                "DELETE FROM alembic_version",
            ]
        )
        db.session.remove()
        db.engine.dispose()
    with owners.app_context():
        db.session.remove()
        db.engine.dispose()


def test_only_postgresql_has_roles(app):
    done = app.test_cli_runner().invoke(args=["grant", "market_web"])
    assert done.exit_code == 1
    assert "only PostgreSQL has roles" in done.output
