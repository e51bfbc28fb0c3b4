"""Forms that come late, twice, or twenty times at once: exactly one effect, and a sentence for the
others.
"""

import collections
import datetime as dt
import http.client
import threading
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from market.db import db, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.ledger import queries as ledger
from market.selection.results import queries as result_queries
from tests.access.world import World
from tests.conftest import LiveServer
from tests.factories import accounts as people

AT_ONCE = 20
WORDS = {
    "matters": "公告要求在本市设有分支机构，属于地域限制。",
    "request": "请求更正公告。",
    "about": "notice",
    "respondent": "owner",
    "door": "office",
    "complainant": "person",
    "phone": "13812345678",
}


def log_of(world: World) -> collections.Counter[str]:
    """How many facts of each kind are on the log."""
    with world.app.app_context():
        return collections.Counter(entry.type for entry in ledger.after(reading(CLOCK), 0, 100_000))


@pytest.fixture
def clock(world: World) -> Iterator[FixedClock]:
    """The world's clock, put back at the end."""
    clock = fabric(world.app).clock
    assert isinstance(clock, FixedClock)
    before = clock.instant
    yield clock
    clock.instant = before


# --- late ---------------------------------------------------------------------------------


def test_an_entry_form_opened_before_the_close_is_refused_after_it(world: World, clock):
    number = world.scene.things["notice"]["b"]
    with world.app.app_context():
        close = result_queries.notice(reading(CLOCK), number).entry_close
    clock.instant = close - dt.timedelta(minutes=5)
    client = world.app.test_client()
    people.sign_in(client, world.scene.actors["agency_a"])
    (form,) = [
        each
        for each in people.forms(client.get(f"/notices/{number}/entry").text)
        if "quote_fen" in each.fields
    ]
    clock.instant = close
    before = log_of(world)
    answer = client.post(
        f"/notices/{number}/entry", data={**form.fields, "quote_fen": "1000", "pledge": "y"}
    )
    assert answer.status_code == 409
    assert "1000" in answer.text  # What was typed stands there still.
    assert log_of(world) - before == {"entry.late": 1}
    assert (
        client.post(
            f"/notices/{number}/entry", data={**form.fields, "quote_fen": "1000", "pledge": "y"}
        ).status_code
        == 409
    )
    assert log_of(world) - before == {"entry.late": 1}


STALE = {
    "an application": ("checker", "/office/enrolments/{application}/pass", {}, "enrolment.passed"),
    "a registration": ("checker", "/office/owners/{registration}/approve", {}, "owner.approved"),
    "a rulebook": ("approver", "/office/rulebook/{proposal}/approve", {}, "rulebook.approved"),
    "a calendar": ("approver", "/office/calendar/{arrangement}/approve", {}, "calendar.approved"),
    "an objection": (
        "checker",
        "/office/objections/{objection}",
        {"answer": "经核实，证书有效，维持原核验结果。"},
        "agency.objection_decided",
    ),
    "a withdrawal": (
        "agency_a",
        "/notices/{notice}/entry/withdraw",
        {"sure": "1"},
        "entry.withdrawn",
    ),
    "a withdrawn complaint": (
        "person",
        "/complaints/{complaint}/withdraw",
        {"note": "已解决"},
        "complaint.withdrawn",
    ),
    "an acceptance": ("officer", "/complaints/{complaint}/accept", {"reasons": "符合条件"}, None),
    "a cancelled notice": (
        "owner_a",
        "/notices/{notice}/cancel",
        {"reason": "项目调整，不再实施。"},
        "notice.cancelled",
    ),
}


@pytest.mark.parametrize("case", STALE)
def test_what_is_done_is_not_done_again_from_an_old_page(world: World, case: str):
    who, path, fields, fact = STALE[case]
    path = path.format(
        **{kind: named["a"] for kind, named in world.scene.things.items() if "a" in named}
    )
    fields = {**world.shown(who, path), **fields}
    before = log_of(world)
    assert world.ask(who, "POST", path, fields).status_code == 303
    once = log_of(world)
    assert fact is None or (once - before)[fact] == 1, once - before
    again = world.ask(who, "POST", path, fields)
    assert again.status_code in (303, 404, 409, 422), again.status_code
    assert log_of(world) == once


# --- at once ------------------------------------------------------------------------------


def send(world: World, url: str, who: str, path: str, fields: dict[str, str]) -> list[int]:
    """The same POST twenty times at the same moment; the statuses."""
    host = urlsplit(url).netloc
    text = urlencode({"csrf_token": world.tokens[who], **fields})
    headers = {"Cookie": world.cookies[who], "Content-Type": "application/x-www-form-urlencoded"}
    start = threading.Barrier(AT_ONCE)
    statuses = []

    def one() -> None:
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.connect()
        start.wait()
        connection.request("POST", path, text, headers)
        statuses.append(connection.getresponse().status)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


AT_ONCE_CASES = {
    "an entry": (
        "agency_a",
        "/notices/{notice_b}/entry",
        {"quote_fen": "1000", "pledge": "y", "once": "a" * 32},
        "entry",
        "entry.received",
    ),
    "a complaint": (
        "person",
        "/complaints/drafts/{complaint_draft_a}/check",
        {"truth": "y"},
        "complaint",
        "complaint.filed",
    ),
    "a draft of a complaint": (
        "owner_b",
        "/notices/{notice_a}/complaints/new",
        {**WORDS, "once": "b" * 32},
        "complaint",
        None,
    ),
    "a tip": (
        "anonymous",
        "/tips/new",
        {"content": "反映一件事，请核查。", "once": "c" * 32},
        "tip",
        "tip.received",
    ),
    "an enrolment begun": (
        "person",
        "/enrolment/start",
        {"uscc": people.credit_code(777), "name": "瑞昌某某有限公司", "once": "d" * 32},
        "agency",
        None,
    ),
    "an application passed": (
        "checker",
        "/office/enrolments/{application_a}/pass",
        {},
        "agency",
        "enrolment.passed",
    ),
    "a notice reviewed": (
        "checker",
        "/office/notices/{waiting_notice_a}/approve",
        {},
        "notice",
        None,
    ),
    "an acceptance proposed": (
        "officer",
        "/complaints/{complaint_a}/accept",
        {"reasons": "符合条件"},
        "complaint_proposal",
        None,
    ),
    "a value": (
        "anonymous",
        "/draws/{draw_b}/sources/op-chain-1",
        {"value": "00" * 32},
        "source_value",
        None,
    ),
}


@pytest.mark.parametrize("case", AT_ONCE_CASES)
def test_twenty_at_once_are_one(world: World, case: str):
    who, path, fields, table, fact = AT_ONCE_CASES[case]
    path = path.format(
        **{
            f"{kind}_{name}": value
            for kind, named in world.scene.things.items()
            for name, value in named.items()
        }
    )
    fields = {**world.shown(who, path), **fields}
    before = world.counts()
    facts = log_of(world)
    server = LiveServer(world.app)
    try:
        statuses = send(world, server.url, who, path, fields)
    finally:
        server.stop()
    after = world.counts()
    assert len(statuses) == AT_ONCE
    assert max(statuses) < 500, statuses
    assert after[table] - before[table] <= 1
    new = log_of(world) - facts
    assert all(count == 1 for kind, count in new.items() if not kind.startswith("window.")), new
    if fact:
        assert new[fact] == 1
        assert statuses.count(303) >= 1
    with world.app.app_context():
        db.session.remove()
