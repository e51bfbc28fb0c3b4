"""The public file holds what the public pages show, and nothing that is sealed."""
import sqlite3

import pytest

from market.db import reading
from market.kernel.actor import VISITOR
from market.ledger import queries as ledger
from market.opendata import service
from tests.factories import complaints, selection


def test_everything_public_is_in_the_file(context, tmp_path):
    number = selection.announced_notice()[0]
    complaint = complaints.filed(number)
    counts = service.export(reading(VISITOR), tmp_path / "open.sqlite")
    file = sqlite3.connect(tmp_path / "open.sqlite")
    assert counts["log"] == ledger.size(reading(VISITOR)) == file.execute("SELECT count(*) FROM log").fetchone()[0]
    assert file.execute("SELECT state FROM notice WHERE number = ?", [number]).fetchone()[0] == "held"
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
