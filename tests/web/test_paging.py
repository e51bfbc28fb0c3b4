"""Keyset paging, on SQLite in memory."""

import base64
import datetime as dt
import json

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from market.db import Instant
from market.kernel.errors import Malformed
from market.web.paging import keyset

META = sa.MetaData()
NOTICE = sa.Table(
    "notice",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Instant),
    sa.Column("title", sa.String),
    sa.Column("on", sa.Date),
)
BEGIN = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)
NEWEST = [NOTICE.c.at.desc(), NOTICE.c.id]


@pytest.fixture(scope="module")
def connection():
    engine = sa.create_engine("sqlite://")
    META.create_all(engine)
    with engine.connect() as connection:
        rows = [
            {
                "id": n,
                "at": BEGIN + dt.timedelta(hours=n // 3),
                "title": f"公告{n:02d}",
                "on": BEGIN.date() + dt.timedelta(n // 5),
            }
            for n in range(1, 24)
        ]
        connection.execute(sa.insert(NOTICE), rows)
        yield connection


def ids(page) -> list[int]:
    return [row.id for row in page]


def walk(connection, columns, limit, direction="next", cursor=None):
    pages = []
    while True:
        page = keyset(connection, sa.select(NOTICE.c.id), columns, cursor, limit)
        pages.append(ids(page))
        cursor = getattr(page, direction)
        if cursor is None:
            return pages, page


@pytest.mark.parametrize(
    "columns",
    [
        NEWEST,
        [NOTICE.c.id],
        [NOTICE.c.id.desc()],
        [NOTICE.c.on, NOTICE.c.title.desc()],
        [NOTICE.c.on.desc(), NOTICE.c.at.desc(), NOTICE.c.id.desc()],
    ],
)
@pytest.mark.parametrize("limit", [1, 4, 23, 50])
def test_every_row_is_met_once_in_order_and_the_way_back_is_the_same(connection, columns, limit):
    whole = list(connection.execute(sa.select(NOTICE.c.id).order_by(*columns)).scalars())
    pages, last = walk(connection, columns, limit)
    assert [row for page in pages for row in page] == whole
    if last.previous:
        back, first = walk(connection, columns, limit, "previous", last.previous)
        assert [row for page in reversed(back) for row in page] == whole[
            : whole.index(pages[-1][0])
        ]
        assert first.previous is None
        assert first.next is not None


def test_the_first_page_has_nothing_before_it_and_a_single_page_nothing_after(connection):
    page = keyset(connection, sa.select(NOTICE), NEWEST, None, 30)
    assert (page.previous, page.next, len(page)) == (None, None, 23)


def test_an_empty_list_is_an_empty_page(connection):
    page = keyset(connection, sa.select(NOTICE).where(NOTICE.c.id > 99), NEWEST, None)
    assert (list(page), page.next, page.previous) == ([], None, None)


def test_rows_can_be_made_into_something_else(connection):
    page = keyset(connection, sa.select(NOTICE.c.title, NOTICE.c.id), [NOTICE.c.id], None, 2)
    assert page.map(lambda row: row[0]).rows == ["公告01", "公告02"]
    assert page.map(lambda row: row.id * 10).rows == [10, 20]


def cursor_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


AT = {"at": BEGIN.isoformat()}


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "!!!!",
        "中文",
        "a" * 700,
        cursor_of("n"),
        cursor_of("n", AT),
        cursor_of("n", AT, 1, 2),
        cursor_of("q", AT, 1),
        cursor_of("n", 1, 1),
        cursor_of("n", AT, "1"),
        cursor_of("n", AT, 2**63),
        cursor_of("n", AT, None),
        cursor_of("n", AT, True),
        cursor_of("n", {"at": "2026-01-01T00:00:00"}, 1),
        cursor_of("n", {"at": 5}, 1),
        cursor_of("n", {"x": 5}, 1),
        base64.urlsafe_b64encode(b"{}").decode(),
        base64.urlsafe_b64encode(b"5").decode(),
        base64.urlsafe_b64encode(b"[" * 400).decode(),
    ],
)
def test_a_malformed_cursor_is_refused(connection, cursor):
    with pytest.raises(Malformed) as refusal:
        keyset(connection, sa.select(NOTICE), NEWEST, cursor)
    assert refusal.value.code == "web.cursor"


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_text_that_no_database_takes_is_refused(connection, text):
    with pytest.raises(Malformed):
        keyset(connection, sa.select(NOTICE), [NOTICE.c.title], cursor_of("n", text))


@given(
    st.text(max_size=80)
    | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
)
def test_whatever_is_given_as_a_cursor_is_a_page_or_a_refusal(cursor):
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        META.create_all(connection)
        try:
            keyset(connection, sa.select(NOTICE), NEWEST, cursor)
        except Malformed as refusal:
            assert refusal.code == "web.cursor"
