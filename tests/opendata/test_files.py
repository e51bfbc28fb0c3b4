"""A day's files: everything public and nothing else, in three forms, the same twice."""

import contextlib
import csv
import datetime as dt
import hashlib
import json
import sqlite3

import pytest
from sqlalchemy import event

from market.db import db, in_one_transaction, reading, snapshot
from market.kernel.actor import VISITOR
from market.ledger import queries as ledger
from market.ledger.queries import along
from market.opendata import files, jobs, queries
from market.opendata.rules import TABLES, Terms
from market.rulebook import service as rulebooks
from market.selection.kinds import Fund
from market.selection.notices import service as notice_service
from market.selection.results import service as result_service
from tests.factories import accounts as people
from tests.factories import complaints, owners, rulebook, selection
from tests.factories.deeds import do
from verify.zjcs import draw as protocol

TERMS = Terms("瑞昌市公共数据开放目录 RC-001", "无条件开放", "CC BY 4.0")


def written(folder, day=dt.date(2026, 3, 5)):
    with snapshot(VISITOR) as work:
        files.write(work, folder, day, TERMS)
    return folder


def asked(folder, question, *values):
    with contextlib.closing(sqlite3.connect(folder / files.DATABASE)) as file:
        return file.execute(question, values).fetchall()


@pytest.mark.databases
def test_everything_public_is_there_in_three_forms(opened, tmp_path):
    number, made = selection.announced_notice()
    complaint = complaints.filed(number)
    folder = written(tmp_path / "day")
    size = ledger.size(reading(VISITOR))

    assert asked(folder, "SELECT count(*) FROM log_leaves") == [(size,)]
    assert asked(folder, "SELECT state, entries FROM notices") == [("held", 3)]
    assert asked(folder, "SELECT number, notice, body FROM complaints") == [
        (complaint, number, asked(folder, "SELECT number FROM bodies WHERE kind = 'office'")[0][0])
    ]
    assert asked(folder, "SELECT count(*) FROM items") == [(78,)]
    assert {ref for (ref,) in asked(folder, "SELECT agency FROM entries")} == {
        each.ref for each in made
    }
    assert asked(folder, "SELECT rank, rank_state FROM entries ORDER BY rank") == [
        (1, "proposed"),
        (2, "reserve"),
        (3, "reserve"),
    ]
    for name, table in TABLES.items():
        in_file = asked(folder, f"SELECT * FROM {name}")
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as text:
            head, *lines = csv.reader(text)
        objects = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]
        assert tuple(head) == table.names, name
        assert len(in_file) == len(lines) == len(objects), name
        assert [tuple(each.values()) for each in objects] == [
            tuple(
                bool(cell) if isinstance(one, bool) else cell
                for cell, one in zip(row, each.values(), strict=True)
            )
            for row, each in zip(in_file, objects, strict=True)
        ], name
        keys = [tuple(each[column] for column in table.key) for each in objects]
        assert len(set(keys)) == len(keys), name


@pytest.mark.databases
def test_two_of_one_moment_are_equal_byte_for_byte(opened, tmp_path):
    number = selection.announced_notice()[0]
    complaints.filed(number)
    first = written(tmp_path / "a")
    second = written(tmp_path / "b")
    names = sorted(each.name for each in first.iterdir())
    assert names == sorted(each.name for each in second.iterdir())
    assert [n for n in names if (first / n).read_bytes() != (second / n).read_bytes()] == []


def test_the_digests_are_over_every_byte(opened, tmp_path):
    folder = written(tmp_path / "day")
    listed = dict(
        reversed(line.split("  ")) for line in (folder / files.DIGESTS).read_text().splitlines()
    )
    there = {each.name for each in folder.iterdir()} - {files.DIGESTS}
    assert listed.keys() == there
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_package_describes_every_column(opened, tmp_path):
    package = json.loads((written(tmp_path / "day") / files.PACKAGE).read_text())
    assert package["licenses"] == [{"title": "CC BY 4.0"}]
    described = {
        resource["name"]: tuple(field["name"] for field in resource["schema"]["fields"])
        for resource in package["resources"]
    }
    assert described == {name: table.names for name, table in TABLES.items()}


def test_what_fills_more_than_a_portion_is_there_whole(opened, tmp_path, monkeypatch):
    selection.announced_notice(5)
    once = written(tmp_path / "a")
    for name, source in list(queries.portions.SOURCES.items()):
        if isinstance(source, queries.portions.FromLog):
            small = type(source)(source.types, source.rows, source.is_once, at_once=2)
            monkeypatch.setitem(queries.portions.SOURCES, name, small)
    again = written(tmp_path / "b")
    texts = [each.name for each in once.glob("*.csv")]
    assert [n for n in texts if (once / n).read_bytes() != (again / n).read_bytes()] == []


def test_a_draw_of_more_than_a_leaf_says_counts_all(opened, monkeypatch):
    monkeypatch.setattr(protocol, "PART_ROWS", 2)  # 256 for the world; three here are more
    number = selection.published_notice(title="长名单")  # a scene that no other test is given
    selection.entered(number)
    selection.drawn(number)
    work = reading(VISITOR)
    ((_, notice, _, entrants, *_),) = queries.portion(work, "draws", 0, ledger.size(work)).rows
    assert (notice, entrants) == (number, 3)


def test_an_agency_that_comes_back_has_one_row(opened):
    """Enrolled anew it has a second entry on the log; its row stays where it was."""
    selection.agency()
    work = reading(VISITOR)
    size = ledger.size(work)
    (birth,) = along.of_types(work, ("agency.activated",), 0, size)
    behind = queries.portion(work, "agencies", birth.index + 1, size)
    assert behind.rows == []
    assert len(queries.portion(work, "agencies", 0, size).rows) == 1


# --- what must not be public (docs/rules.md#open-data) -------------------------------------
def everything(folder) -> bytes:
    return b"\n".join(each.read_bytes() for each in sorted(folder.iterdir()))


def test_nobody_who_entered_shows_before_the_seal(opened, tmp_path):
    number = selection.published_notice()
    made = selection.agency()
    selection.enter(number, made, quote_fen=9_876_543)
    folder = written(tmp_path / "day")
    assert asked(folder, "SELECT entries FROM notices") == [(1,)]
    assert asked(folder, "SELECT count(*) FROM entries") == [(0,)]
    assert b"9876543" not in everything(folder)


def test_who_complains_and_what_was_written_show_nowhere(opened, tmp_path):
    number = selection.announced_notice()[0]
    complaints.filed(number)
    said = everything(written(tmp_path / "day")).decode(errors="replace")
    statement = complaints.statement(number)
    assert number in said
    for canary in ("王小民", statement.phone, statement.matters, statement.request):
        assert canary not in said


def test_a_natural_person_who_buys_is_not_named(opened, tmp_path):
    actor = owners.approved("person", uscc=None)
    selection.town()
    terms = selection.terms(fund=Fund.SOCIAL, fiscal_percent=0)
    notice_id = in_one_transaction(notice_service.draft, actor, terms=terms)
    do(notice_service.submit, actor, notice_id=notice_id)
    do(notice_service.approve, selection.reviewer(), notice_id=notice_id)
    number = do(notice_service.publish, selection.publisher(), notice_id=notice_id)
    folder = written(tmp_path / "day")
    assert asked(
        folder,
        "SELECT owner, owner_kind, owner_code, owner_name FROM notices WHERE number = ?",
        number,
    ) == [(None, "person", None, None)]
    assert asked(folder, "SELECT count(*) FROM owners") == [(0,)]


def test_a_sole_traders_credit_code_is_not_given_in_bulk(opened, tmp_path):
    made = selection.agency()
    folder = written(tmp_path / "a")
    ((code,),) = asked(folder, "SELECT credit_code FROM agencies")
    assert code
    db.session.execute(db.text("UPDATE agency SET type = 'individual'"))
    db.session.commit()
    folder = written(tmp_path / "b")
    assert asked(folder, "SELECT number, credit_code FROM agencies") == [(made.ref, None)]
    assert code.encode() not in everything(folder)


def test_an_agency_that_only_asked_to_leave_is_shown_as_one_that_may_not_enter(opened, tmp_path):
    made = selection.agency()
    in_one_transaction(result_service.ask_exit, made.actor)
    folder = written(tmp_path / "day")
    assert asked(folder, "SELECT number, state FROM agencies") == [(made.ref, "suspended")]


def test_a_formula_is_no_formula_in_csv(opened, tmp_path):
    number = selection.published_notice(title="=HYPERLINK(1)")
    folder = written(tmp_path / "day")
    with (folder / "notices.csv").open(encoding="utf-8-sig", newline="") as text:
        (row,) = csv.DictReader(text)
    assert row["number"] == number
    assert row["title"] == "'=HYPERLINK(1)"
    assert asked(folder, "SELECT title FROM notices") == [("=HYPERLINK(1)",)]


# --- each night ---------------------------------------------------------------------------
@pytest.mark.databases
def test_each_night_the_days_files_are_published_and_on_the_log(opened, clock):
    selection.published_notice()
    assert jobs.daily() == dt.date(2026, 3, 4)
    assert jobs.daily() is None
    clock.instant = dt.datetime(2026, 3, 4, 18, 59, tzinfo=dt.UTC)  # 02:59 in China
    assert jobs.daily() is None
    clock.instant = dt.datetime(2026, 3, 4, 19, 0, tzinfo=dt.UTC)
    assert jobs.daily() == dt.date(2026, 3, 5)
    said = queries.newest(reading(VISITOR))
    shown = jobs.folder() / "2026-03-05" / files.DIGESTS
    assert said is not None
    assert (said.day, said.sha256) == (dt.date(2026, 3, 5), files.digest(shown))
    package = json.loads((shown.parent / files.PACKAGE).read_text())
    assert package["x_log_size"] == said.size == said.index


def closed(clock):
    """A rulebook that closes the data, in force: it is two days later."""
    editor = people.staff("authority", "rule_editor")
    version = in_one_transaction(
        rulebooks.propose,
        editor,
        values={"open_data": (False, "")},
        title="停止开放",
        document_number="瑞数〔2026〕3号",
        in_force_from=reading(VISITOR).today + dt.timedelta(days=1),
    )
    do(rulebooks.approve, people.staff("authority", "rule_approver"), version=version)
    clock.advance(dt.timedelta(days=2))


def test_old_files_go_and_closed_data_lie_nowhere(opened, clock):
    jobs.daily()
    for _ in range(33):
        clock.advance(dt.timedelta(days=1))
        jobs.daily()
    there = files.days(jobs.folder())
    assert len(there) == 32
    closed(clock)
    assert jobs.daily() is None
    assert not jobs.folder().exists()


def test_what_was_broken_off_is_begun_anew(opened):
    (jobs.folder() / jobs.UNFINISHED).mkdir(parents=True)
    (jobs.folder() / jobs.UNFINISHED / "half.csv").write_text("half")
    assert jobs.daily() is not None
    assert not list(jobs.folder().rglob("half.csv"))


def test_as_shipped_nothing_is_written(context):
    rulebook.default_rulebook()
    assert jobs.daily() is None
    assert not jobs.folder().exists()


# --- pages --------------------------------------------------------------------------------
def test_the_page_says_what_is_closed_and_what_is_open_all_the_same(app):
    with app.app_context():
        rulebook.default_rulebook()
    text = app.test_client().get("/opendata").text
    assert "还没有开放" in text
    assert 'href="/log"' in text


def test_the_page_leads_to_every_file_and_to_the_log(app):
    with app.app_context():
        rulebook.open_data()
        jobs.daily()
        said = queries.newest(reading(VISITOR))
        names = {each.name for each in (jobs.folder() / "2026-03-04").iterdir()}
    client = app.test_client()
    text = client.get("/opendata").text
    for name in names:
        address = f"/opendata/2026-03-04/{name}"
        assert address in text
        answer = client.get(address)
        assert answer.status_code == 200
        latest = client.get(f"/opendata/latest/{name}")
        assert latest.data == answer.data
    assert said.sha256 in text
    assert f"/log/entries/{said.index}" in text
    dictionary = client.get("/opendata/dictionary").text
    assert all(f'id="{name}"' in dictionary for name in TABLES)


def test_files_are_served_without_the_database(app):
    with app.app_context():
        rulebook.open_data()
        jobs.daily()
        statements: list[str] = []
        event.listen(
            db.engine,
            "before_cursor_execute",
            lambda conn, cursor, statement, *rest: statements.append(statement),
        )
    client = app.test_client()
    answer = client.get("/opendata/latest/notices.csv")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(
        "/opendata/latest/notices.csv", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert statements == []


@pytest.mark.parametrize(
    "place",
    ["latest/notices.csv", "2026-03-04/notices.csv", "unfinished/x", "2026-13-99/x"],
)
def test_a_file_that_is_not_there_is_said_to_be_absent(app, place):
    answer = app.test_client().get(f"/opendata/{place}")
    assert answer.status_code == 404


# --- from the terminal --------------------------------------------------------------------
def test_the_terminal_writes_the_files(app, tmp_path):
    with app.app_context():
        rulebook.open_data()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["opendata", str(tmp_path / "x")]).exit_code == 0
    assert (tmp_path / "x" / files.DATABASE).is_file()
    again = runner.invoke(args=["opendata", str(tmp_path / "x")])
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_the_terminal_writes_nothing_while_data_are_closed(app, tmp_path):
    with app.app_context():
        rulebook.default_rulebook()
    answer = app.test_cli_runner().invoke(args=["opendata", str(tmp_path / "x")])
    assert answer.exit_code == 1
    assert "open_data is off" in answer.output
