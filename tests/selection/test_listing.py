"""The public list: filters, order, pages forth and back, on both databases."""

import datetime as dt

import pytest
from sqlalchemy import insert, select, text

from market.db import db, reading
from market.kernel.actor import VISITOR
from market.kernel.errors import Malformed
from market.selection.kinds import Fund
from market.selection.notices import queries as notice_queries
from market.selection.notices.models import Notice
from market.selection.notices.queries import Filters, Tab
from market.selection.notices.rules.states import UNPUBLISHED, NoticeState
from tests.factories import accounts as people

NOON = dt.datetime(2026, 3, 4, 4, tzinfo=dt.UTC)
STATES = list(NoticeState)


def fill(count=60):
    """So many notices in every state, four of a kind published at the same instant; drafts among
    them.
    """
    owners = [people.organisation("owner") for _ in range(2)]
    db.session.execute(
        insert(Notice.__table__), [row(number, owners[number % 2]) for number in range(count)]
    )
    db.session.commit()
    return owners


def row(number, owner):
    state = STATES[number % len(STATES)]
    public = state not in UNPUBLISHED
    at = NOON + dt.timedelta(minutes=number // 4)
    return {
        "division": "360481",
        "number": f"GG-360481-2026-{number:05d}" if public else None,
        "state": state,
        "owner_id": owner,
        "listing": 1,
        "rulebook": 1,
        "item_code": "301",
        "category": "工程测量" if number % 3 else "社会服务",
        "fiscal_percent": 0,
        "title": f"第{number}份 100%_测量",
        "fund": list(Fund)[number % 3],
        "method": "random",
        "ceiling_fen": number,
        "price_note": "",
        "scale": "",
        "location": "",
        "content": "",
        "requirement": "",
        "exclusions": [],
        "urgent": False,
        "urgent_reason": "",
        "entry_close": NOON + dt.timedelta(hours=number),
        "draw_at": NOON + dt.timedelta(hours=number + 1),
        "beacon": False,
        "contact_phone": "",
        "complaint_phone": "",
        "project_code": "",
        "plea": "",
        "entries_given": 0,
        "entries_live": 0,
        "drafted_at": NOON,
        "drafted_by": 1,
        "published_at": at if public else None,
        "published_by": 1 if public else None,
    }


def expected(keep=lambda row: True):
    found = db.session.scalars(select(Notice).where(Notice.number.is_not(None))).all()
    return [
        row.number
        for row in sorted(found, key=lambda row: (row.published_at, row.id), reverse=True)
        if keep(row)
    ]


def pages(filters, limit):
    """Every number of the list, page after page; each page is the same when one comes back to it."""
    numbers = []
    after = None
    before = None
    while True:
        page = notice_queries.listing(reading(VISITOR), filters, after, limit)
        shown = [row.number for row in page]
        numbers += shown
        if before is not None:
            back = notice_queries.listing(reading(VISITOR), filters, page.previous, limit)
            assert [row.number for row in back] == before
        before = shown
        after = page.next
        if after is None:
            return numbers


@pytest.mark.databases
def test_the_list_is_whole_newest_first_and_pages_forth_and_back(context):
    owners = fill()
    assert pages(Filters(), 7) == expected()
    assert pages(Filters(category="社会服务", fund=Fund.FISCAL), 3) == expected(
        lambda row: row.category == "社会服务" and row.fund is Fund.FISCAL
    )
    assert pages(Filters(owner_id=owners[0]), 50) == expected(lambda row: row.owner_id == owners[0])
    assert pages(Filters(text="第4"), 5) == expected(lambda row: "第4" in row.title)
    assert pages(Filters(text="100%_"), 50) == expected()
    assert pages(Filters(text="0%0"), 5) == []


@pytest.mark.databases
def test_each_heading_holds_its_states_and_every_published_notice_has_one(context):
    fill()
    under = {tab: pages(Filters(tab=tab), 50) for tab in Tab if tab is not Tab.TODAY}
    assert sorted(number for numbers in under.values() for number in numbers) == sorted(expected())
    assert under[Tab.OPEN] == expected(lambda row: row.state in ("entry_open", "paused"))
    assert under[Tab.FAILED] == expected(
        lambda row: row.state in ("failed", "cancelled", "annulled", "terminated", "relisted")
    )


def test_what_closes_today_comes_soonest_first_and_only_while_it_is_open(context, clock):
    fill(200)
    clock.instant = NOON
    shown = list(notice_queries.listing(reading(VISITOR), Filters(tab=Tab.TODAY)))
    tonight = dt.datetime(2026, 3, 4, 16, tzinfo=dt.UTC)
    assert [row.entry_close for row in shown] == sorted(row.entry_close for row in shown)
    assert all(row.state == "entry_open" and NOON < row.entry_close <= tonight for row in shown)
    assert len(shown) == 1
    assert (shown[0].draw_at, shown[0].published_at, shown[0].is_amended) == (
        shown[0].entry_close + dt.timedelta(hours=1),
        NOON + dt.timedelta(minutes=1),
        False,
    )


@pytest.mark.parametrize(
    "cursor", ["", "x", "n1", "n1-", "n-1-1", "n1-1x", "n" + "9" * 16 + "-1", "n١-١"]
)
def test_a_malformed_cursor_is_refused(context, cursor):
    with pytest.raises(Malformed):
        notice_queries.listing(reading(VISITOR), Filters(), cursor)


def test_no_combination_of_filters_reads_the_whole_table(context):
    fill()
    for filters in (
        Filters(),
        Filters(tab=Tab.OPEN),
        Filters(tab=Tab.AWARDED, category="工程测量"),
        Filters(tab=Tab.TODAY),
        Filters(fund=Fund.STATE, category="社会服务"),
        Filters(owner_id=1),
        Filters(tab=Tab.FAILED, fund=Fund.STATE),
    ):
        seen = []
        db.session.connection().connection.set_trace_callback(seen.append)
        page = notice_queries.listing(reading(VISITOR), filters, None, 2)
        if page.next:
            notice_queries.listing(reading(VISITOR), filters, page.next, 2)
        db.session.connection().connection.set_trace_callback(None)
        for statement in [each for each in seen if each.startswith("SELECT notice.number")]:
            plan = " ".join(
                row[3]
                for row in db.session.execute(
                    text(f"EXPLAIN QUERY PLAN {statement}".replace(":", "\\:"))
                )
            )
            assert "SCAN" not in plan
            assert "TEMP B-TREE" not in plan, (filters, plan)
