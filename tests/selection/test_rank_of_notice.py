"""The order belongs to its notice: the migration keeps what was there, both ways."""

import flask_migrate
import pytest
import sqlalchemy as sa

from market.db import db
from tests.factories import selection as f

KEPT = "SELECT rank, entry_id, ref, ticket, state, reason, draw_id FROM ranking ORDER BY rank"


@pytest.mark.databases
def test_a_published_order_comes_through_the_migration_both_ways(context):
    f.announced_notice(4)
    before = rows(KEPT)
    of = rows("SELECT notice_id FROM draw")
    assert len(before) == 4

    db.session.rollback()
    flask_migrate.downgrade(revision="0031")
    assert rows(KEPT) == before
    assert "notice_id" not in columns("ranking")
    assert not {"rate_bp", "opened_at"} & columns("entry")

    flask_migrate.upgrade()
    assert rows(KEPT) == before
    assert rows("SELECT DISTINCT notice_id FROM ranking") == of
    assert rows("SELECT DISTINCT CAST(way AS VARCHAR) FROM notice") == [("{}",)]


def rows(text):
    """What a statement finds; its transaction is over, so that the migration need not wait for it."""
    with db.engine.begin() as connection:
        return [tuple(row) for row in connection.execute(sa.text(text))]


def columns(table):
    return {column["name"] for column in sa.inspect(db.engine).get_columns(table)}
