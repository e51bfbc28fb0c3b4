"""A copy while the market runs, put back; an older copy is found out by what was seen outside it."""

import datetime as dt
import pathlib
import shutil

import pytest
import sqlalchemy as sa

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger import jobs as checkpoints
from market.ledger import queries as ledger
from market.operations import backup
from market.operations import service as operations
from market.operations.rules import Mode
from market.workdays import service as workdays
from tests.conftest import build_app
from tests.factories import accounts
from tests.factories.selection import keys, witness


def run(app, folder: pathlib.Path) -> str:
    done = app.test_cli_runner().invoke(args=["backup", str(folder)])
    assert done.exit_code == 0, done.output
    return done.output


def grow(app) -> int:
    """One more fact on the log, signed and witnessed; returns the log's size."""
    with app.app_context():
        accounts.organisation("owner")
        checkpoints.witness_head()
        return ledger.size(reading(CLOCK))


@pytest.fixture
def market(app) -> pathlib.Path:
    """A market with some facts on its log, keys, and an upload; its instance folder."""
    folder = pathlib.Path(app.config["INSTANCE"])
    with app.app_context():
        keys()
        in_one_transaction(workdays.load_shipped, CLOCK)
    (folder / "uploads" / "ab").mkdir(parents=True)
    (folder / "uploads" / "ab" / "file").write_bytes(b"%PDF-1.7")
    grow(app)
    return folder


def restored(app, copy: pathlib.Path, clock):
    """The product on the copied database, in the same instance folder."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    target = pathlib.Path(app.config["INSTANCE"]) / "restored.sqlite"
    shutil.copyfile(copy, target)
    return build_app(f"sqlite:///{target}", pathlib.Path(app.config["INSTANCE"]), clock)


def test_a_copy_holds_everything_but_the_keys(app, market, tmp_path):
    said = run(app, tmp_path / "backup")
    assert "1 new uploads" in said
    names = sorted(
        path.relative_to(tmp_path / "backup").as_posix()
        for path in (tmp_path / "backup").rglob("*")
        if path.is_file()
    )
    assert names == ["manifest.json", "market.sqlite", "market.toml", "uploads/ab/file"]
    assert "0 new uploads" in run(app, tmp_path / "backup")


def test_the_newest_copy_put_back_goes_on_as_if_nothing_had_been(app, market, tmp_path, clock):
    run(app, tmp_path / "backup")
    again = restored(app, tmp_path / "backup" / "market.sqlite", clock)
    with again.app_context():
        before = ledger.size(reading(CLOCK))
        accounts.organisation("owner")
        assert ledger.size(reading(CLOCK)) == before + 1


def test_an_older_copy_put_back_only_reads_and_says_why(app, market, tmp_path, clock):
    run(app, tmp_path / "backup")
    size = grow(app)
    again = restored(app, tmp_path / "backup" / "market.sqlite", clock)
    answer = again.test_client().get("/healthz")
    assert (answer.status_code, answer.json["read_only"]) == (
        503,
        f"checkpoint: {size} > {size - 1}",
    )
    assert f"checkpoint: {size} &gt; {size - 1}" in again.test_client().get("/accessibility").text
    with again.app_context():
        with pytest.raises(Refusal, match=r"ledger\.read_only"):
            accounts.organisation("owner")
        assert ledger.size(reading(CLOCK)) == size - 1


def test_on_a_new_machine_the_witness_finds_an_older_copy_out(app, market, tmp_path, clock):
    with app.app_context():
        near = fabric(app).witness = witness()
    grow(app)
    run(app, tmp_path / "backup")
    grow(app)
    size = grow(app)
    (market / "checkpoint").unlink()  # a new machine has only the copy and the keys
    again = restored(app, tmp_path / "backup" / "market.sqlite", clock)
    fabric(again).witness = near
    clock.advance(dt.timedelta(hours=1))
    with again.app_context():
        before = ledger.size(reading(CLOCK))
        with pytest.raises(Refusal, match=r"ledger\.read_only"):
            accounts.organisation("owner")  # before another history begins
        assert ledger.size(reading(CLOCK)) == before
    assert again.test_client().get("/healthz").json["read_only"] == f"witness: {size} > {before}"
    assert near.inner.head()[0].size == size


@pytest.mark.databases
def test_either_database_is_copied_whole(app, market, tmp_path):
    run(app, tmp_path / "backup")
    with app.app_context():
        size = ledger.size(reading(CLOCK))
        is_sqlite = db.engine.dialect.name == "sqlite"
    if is_sqlite:
        copy = sa.create_engine(f"sqlite:///{tmp_path / 'backup' / backup.SQLITE}")
        with copy.connect() as connection:
            assert connection.scalar(sa.text("SELECT size FROM log_head")) == size
        copy.dispose()
    else:
        assert (tmp_path / "backup" / backup.POSTGRESQL).read_bytes().startswith(b"PGDMP")


def test_a_copy_is_its_owner_s_alone(app, market, tmp_path):
    target = tmp_path / "backup"
    target.mkdir(mode=0o755)
    (market / "market.toml").chmod(0o644)
    run(app, target)
    modes = {path.stat().st_mode & 0o777 for path in target.rglob("*") if path.is_file()}
    assert (target.stat().st_mode & 0o777, modes) == (0o700, {0o600})


def test_a_production_market_is_copied_plain_only_when_that_is_asked(app, market, tmp_path):
    with app.app_context():
        in_one_transaction(operations.install, CLOCK, mode=Mode.PRODUCTION)
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "a")])
    assert done.exit_code == 2 and "before its close" in done.output
    assert not (tmp_path / "a").exists()
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "a"), "--plain"])
    assert done.exit_code == 0 and "not enciphered" in done.output


def test_without_a_witness_it_is_said_that_nothing_guards(app, market, tmp_path):
    said = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "a")]).output
    assert "no witness is set" in said
    with app.app_context():
        fabric(app).witness = witness()
    said = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "a")]).output
    assert "no witness is set" not in said


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_pg_dump_the_backup_says_so(app, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "backup")])
    assert done.exit_code == 1
    assert "pg_dump is not on this machine" in done.output


def test_a_copy_that_cannot_be_made_is_said_and_leaves_the_old_one(app, market, tmp_path):
    run(app, tmp_path / "backup")
    old = (tmp_path / "backup" / "market.sqlite").read_bytes()
    (tmp_path / "backup" / "market.sqlite.new").mkdir()
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "backup")])
    assert done.exit_code == 1
    assert (tmp_path / "backup" / "market.sqlite").read_bytes() == old
