"""Prepared statements: the same as the session's own, without its ceremony, on both databases."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy import bindparam

from market.db import db, reading
from market.kernel.actor import CLOCK
from market.kernel.ids import Prefix, sibling
from market.operations.models import Heartbeat
from market.prepared import Prepared
from market.selection.sources.models import Draw
from tests.factories import selection

AT = dt.datetime(2026, 3, 4, 2, 0, 0, 250_000, tzinfo=dt.UTC)
ADD = Prepared(sa.insert(Heartbeat))
SINCE = Prepared(
    sa.select(Heartbeat.job, Heartbeat.at)
    .where(Heartbeat.at >= bindparam("since"))
    .order_by(Heartbeat.job)
)
MOVE = Prepared(
    sa.update(Heartbeat)
    .where(Heartbeat.job == "a")
    .values(at=bindparam("to"))
    .returning(Heartbeat.at)
)
pytestmark = pytest.mark.databases


def test_values_go_in_and_come_out_as_the_columns_say(context):
    work = reading(CLOCK)
    ADD.act(
        work, {"job": "a", "at": AT, "trouble": None}, {"job": "b", "at": AT - dt.timedelta(days=1)}
    )
    assert SINCE.rows(work, since=AT) == [("a", AT)]
    assert MOVE.first(work, to=AT - dt.timedelta(days=9)) == (AT - dt.timedelta(days=9),)
    assert SINCE.first(work, since=AT) is None


def test_a_class_that_shares_its_table_is_asked_for_its_own_rows_alone(context):
    asked = Prepared(sa.select(Draw.number).where(Draw.number == bindparam("number")))
    assert asked.rows(reading(CLOCK), number="XQ-360481-2026-00001") == []
    number = sibling(selection.published_notice(), Prefix.DRAW)
    assert asked.rows(reading(CLOCK), number=number) == [(number,)]
    assert asked.first(reading(CLOCK), number="x") is None
    db.session.execute(sa.text("UPDATE draw SET kind = 'fixed'"))
    assert asked.rows(reading(CLOCK), number=number) == []


def test_what_the_session_has_pending_is_seen_and_a_rollback_takes_all(context):
    work = reading(CLOCK)
    db.session.add(Heartbeat(job="c", at=AT))
    assert SINCE.rows(work, since=AT) == [("c", AT)]
    db.session.rollback()
    assert SINCE.rows(work, since=AT) == []


def test_the_databases_refusal_has_sqlalchemys_name(context):
    work = reading(CLOCK)
    ADD.act(work, {"job": "a", "at": AT})
    with pytest.raises(sa.exc.IntegrityError):
        ADD.act(work, {"job": "a", "at": AT})


def test_a_misspelt_value_is_not_dropped(context):
    with pytest.raises(TypeError, match="sinse"):
        SINCE.rows(reading(CLOCK), sinse=AT)
