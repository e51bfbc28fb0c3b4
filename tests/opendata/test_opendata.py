"""The public file holds what the public pages show, and nothing that is sealed."""

import contextlib
import sqlite3

import pytest

from market.db import in_one_transaction, reading
from market.kernel.actor import VISITOR
from market.ledger import queries as ledger
from market.opendata import service
from market.selection.results import service as result_service
from tests.factories import complaints, selection


def test_everything_public_is_in_the_file(context, tmp_path):
    number = selection.announced_notice()[0]
    complaint = complaints.filed(number)
    counts = service.export(reading(VISITOR), tmp_path / "open.sqlite")
    file = sqlite3.connect(tmp_path / "open.sqlite")
    assert (
        counts["log"]
        == ledger.size(reading(VISITOR))
        == file.execute("SELECT count(*) FROM log").fetchone()[0]
    )
    assert (
        file.execute("SELECT state FROM notice WHERE number = ?", [number]).fetchone()[0] == "held"
    )
    assert file.execute("SELECT number FROM complaint").fetchall() == [(complaint,)]
    assert counts["service_item"] == 78 and counts["agency"] == 3
    file.close()


def test_no_quote_leaves_before_the_seal(context, tmp_path):
    number = selection.published_notice()
    selection.enter(number, selection.agency(), quote_fen=9_876_543)
    service.export(reading(VISITOR), tmp_path / "open.sqlite")
    assert b"9876543" not in (tmp_path / "open.sqlite").read_bytes()


def test_two_exports_are_not_mixed(context, tmp_path):
    (tmp_path / "open.sqlite").touch()
    with pytest.raises(FileExistsError):
        service.export(reading(VISITOR), tmp_path / "open.sqlite")


def test_the_terminal_writes_the_file(app, tmp_path):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["opendata", str(tmp_path / "x.sqlite")]).exit_code == 0
    again = runner.invoke(args=["opendata", str(tmp_path / "x.sqlite")])
    assert again.exit_code == 1 and "exists already" in again.output


def test_an_agency_that_only_asked_to_leave_is_shown_as_one_that_may_not_enter(context, tmp_path):
    made = selection.agency()
    in_one_transaction(result_service.ask_exit, made.actor)
    service.export(reading(VISITOR), tmp_path / "open.sqlite")
    with contextlib.closing(sqlite3.connect(tmp_path / "open.sqlite")) as file:
        assert file.execute("SELECT ref, state FROM agency").fetchall() == [(made.ref, "suspended")]


def test_what_fills_more_than_a_page_is_there_whole(context, tmp_path, monkeypatch):
    monkeypatch.setattr(service, "PAGE", 2)
    selection.announced_notice(5)
    counts = service.export(reading(VISITOR), tmp_path / "open.sqlite")
    assert counts["agency"] == 5
    assert counts["log"] == ledger.size(reading(VISITOR))
