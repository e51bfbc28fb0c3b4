"""Rows are held against the log: a row without its leaf and a leaf without its row are found."""

import datetime as dt
import tracemalloc

import pytest
from sqlalchemy import text

from market.complaints import service as complaints
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.ledger import service as ledger
from market.operations import audit, queries
from market.operations.service import hold_clock
from market.owners.events import OwnerRegistered
from market.windows import rules, service
from tests.factories import accounts, owners, selection
from tests.factories import complaints as complaints_filed

DUTY = rules.Kind("complaints.accept", rules.Nature.DUTY, "受理")


@pytest.fixture
def town(context):
    """A town with people, an owner, a duty and a tip, all made by the services."""
    accounts.rules_of_the_place()
    owners.approved()
    in_one_transaction(
        service.open_counted, CLOCK, DUTY, subject="TS-360481-2026-00001", span=(2, "working_day")
    )
    in_one_transaction(complaints.tip, VISITOR, content="有人在评审前打听谁报了名。")


def differences() -> list[tuple]:
    return [(one.kind, one.subject, one.rows, one.leaves) for one in audit.hold_against_log().first]


def plant(statement: str, **values: object) -> None:
    """Write past the services, as a bug or a hand in the database would."""
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)


@pytest.mark.databases
def test_what_the_services_wrote_has_its_leaves(town):
    assert differences() == []
    assert queries.last_integrity(reading(CLOCK)).rows > 10


PLANTED = {
    "a deadline": (
        "INSERT INTO window (division, kind, nature, subject, matter, state, trigger_at, due_at,"
        " certainty, arrangements, stops) VALUES ('360481', 'complaints.accept', 'duty',"
        " 'TS-360481-2026-00009', 'x', 'open', 0, 1, 'confirmed', '', '[]')",
        ("window.opened", "TS-360481-2026-00009", 1, 0),
    ),
    "a tip": (
        "INSERT INTO tip (division, number, content, contact, salt, received_at, note)"
        " VALUES ('360481', 'XS-360481-2026-00009', 'x', '', '', 0, '')",
        ("tip.received", "XS-360481-2026-00009", 1, 0),
    ),
    "an overdue mark": (
        "UPDATE window SET overdue_at = 1 WHERE subject LIKE 'TS-%'",
        ("window.overdue", "TS-360481-2026-00001", 1, 0),
    ),
    "a body": (
        "INSERT INTO organisation (division, kind, name, created_at)"
        " VALUES ('360481', 'regulator', 'x', 0)",
        ("organisation.created", None, 1, 0),
    ),
    "a tip that is gone": ("DELETE FROM tip", ("tip.received", "XS-360481-2026-00001", 0, 1)),
    "a deadline that is gone": (
        "DELETE FROM window WHERE subject LIKE 'TS-%'",
        ("window.opened", "TS-360481-2026-00001", 0, 1),
    ),
    "a refusal that nobody noted": (
        "UPDATE owner SET state = 'refused'",
        ("owner.refused", None, 1, 0),
    ),
}


@pytest.mark.databases
@pytest.mark.parametrize("what", PLANTED)
def test_what_was_written_past_the_services_is_found(town, what):
    statement, (kind, subject, rows, leaves) = PLANTED[what]
    statement = statement.replace("window ", '"window" ') if "window " in statement else statement
    plant(statement)
    found = differences()
    assert [(one[0], one[2], one[3]) for one in found] == [(kind, rows, leaves)]
    assert subject in (None, found[0][1])


@pytest.mark.databases
def test_a_leaf_that_no_row_stands_behind_is_found(town):
    """The service that records a fact and forgets its row."""
    in_one_transaction(
        ledger.record, CLOCK, OwnerRegistered(subject="YZ-360481-2026-00099", owner="firm")
    )
    assert differences() == [("owner.registered", "YZ-360481-2026-00099", 0, 1)]


MOVED = {
    "notice": "cancelled",
    "complaint": "closed",
    "agency": "removed",
}


def test_a_state_into_which_no_fact_brought_is_found(context):
    number, _ = selection.announced_notice()
    complaints_filed.filed(number)
    assert differences() == []
    for table, state in MOVED.items():
        plant(f"UPDATE {table} SET state = '{state}' WHERE id = (SELECT min(id) FROM {table})")
    found = {kind.split(".")[0] for kind, *_ in differences()}
    assert found >= {"notice", "complaint", "agency"}


@pytest.mark.databases
def test_the_command_says_what_differs_and_health_tells_how_much(app, town, client):
    runner = app.test_cli_runner()
    said = runner.invoke(args=["integrity"])
    assert said.exit_code == 0 and " 0 differences" in said.output
    plant("DELETE FROM tip")
    said = runner.invoke(args=["integrity"])
    assert said.exit_code == 1
    assert "tip.received XS-360481-2026-00001" in said.output and "0 rows, 1 leaves" in said.output
    answer = client.get("/healthz").json["integrity"]
    assert answer["differences"] == 1 and "XS-" not in str(answer)


def test_it_runs_once_a_night_and_at_once_when_a_night_was_left_out(town, clock):
    """02:00 in China is 18:00 UTC of the day before."""

    def runs() -> int:
        audit.nightly()
        return db.session.scalar(text("SELECT count(*) FROM integrity_run"))

    assert runs() == 1  # never done before
    assert runs() == 1
    clock.instant = dt.datetime(2026, 3, 4, 17, 59, tzinfo=dt.UTC)  # 5 March, 01:59 there
    assert runs() == 1
    clock.advance(dt.timedelta(minutes=1))
    assert runs() == 2
    assert runs() == 2
    clock.advance(dt.timedelta(days=2) - dt.timedelta(hours=1))
    assert runs() == 3


@pytest.mark.databases
def test_a_hundred_thousand_rows_are_counted_in_little_memory(town):
    plant(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        " INSERT INTO tip (division, number, content, contact, salt, received_at, note)"
        " SELECT '360481', 'XS-360481-2027-' || i, 'x', '', '', 0, '' FROM n"
    )
    tracemalloc.start()
    report = audit.hold_against_log()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.count == 100_000 and len(report.first) == 100
    assert peak < 16 * 2**20


def test_who_keeps_the_installation_reads_what_was_compared(app, client):
    with app.app_context():
        accounts.rules_of_the_place()
        accounts.sign_in(client, accounts.staff("office", "system_admin"))
    assert client.get("/operations").status_code == 200
    with app.app_context():
        lost = OwnerRegistered(subject="YZ-360481-2026-00099", owner="firm")
        in_one_transaction(ledger.record, CLOCK, lost)
        audit.nightly()
        now = reading(CLOCK).now
        in_one_transaction(hold_clock, CLOCK, expected_at=now, jumped_to=now)
    page = client.get("/operations")
    assert page.status_code == 200
    assert "YZ-360481-2026-00099" in page.text and "时间无误，继续办理" in page.text
