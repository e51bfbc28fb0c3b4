"""A copy is enciphered, put back into an empty place by a command, verified, and tried by a drill."""

import json
import pathlib

import pytest
import sqlalchemy as sa

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.operations import sealing
from market.workdays import service as workdays
from tests.factories import accounts

CANARY = "欧阳修文"


@pytest.fixture
def market(app) -> pathlib.Path:
    """A market with facts, a person's name and an upload; its instance folder."""
    folder = pathlib.Path(app.config["INSTANCE"])
    with app.app_context():
        in_one_transaction(workdays.load_shipped, CLOCK)
        accounts.person(name=CANARY)
    (folder / "uploads" / "ab").mkdir(parents=True)
    (folder / "uploads" / "ab" / "file").write_bytes(b"%PDF-1.7 " + CANARY.encode())
    return folder


@pytest.fixture
def words(tmp_path) -> str:
    path = tmp_path / "passphrase"
    path.write_text("correct horse battery\n", "utf-8")
    return str(path)


def run(app, *args, fails=False) -> str:
    done = app.test_cli_runner().invoke(args=[str(arg) for arg in args])
    assert (done.exit_code == 1) == fails, done.output
    return done.output


def copied(app, folder, *more):
    run(app, "backup", folder, *more)
    return folder


def sealed_with(words):
    return "--passphrase-file", words


def test_an_enciphered_copy_shows_nothing_and_comes_back_whole(app, market, tmp_path, words):
    folder = copied(app, tmp_path / "copy", *sealed_with(words))
    for path in (path for path in folder.rglob("*") if path.is_file()):
        assert CANARY.encode() not in path.read_bytes()
        assert b"SQLite format" not in path.read_bytes()
    said = run(app, "restore", folder, tmp_path / "new", *sealed_with(words))
    with app.app_context():
        size, root = ledger.head(reading(CLOCK))
    assert f"a log of {size} entries, root {root.hex()}; 0 differences" in said
    assert (tmp_path / "new" / "uploads" / "ab" / "file").read_bytes().endswith(CANARY.encode())
    copy = sa.create_engine(f"sqlite:///{tmp_path / 'new' / 'market.sqlite'}")
    with copy.connect() as connection:
        assert connection.scalar(sa.text("SELECT name FROM person")) == CANARY
    copy.dispose()
    assert "0 new uploads" in run(app, "backup", folder, *sealed_with(words))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder, new: (new / "market.toml").write_text("x"), "is not empty"),
        (
            lambda folder, new: (folder / "uploads/ab/file").write_bytes(b"y"),
            "is not what was copied",
        ),
        (lambda folder, new: (folder / "uploads/ab/file").unlink(), "is missing"),
        (lambda folder, new: (folder / "manifest.json").write_text("{}"), "is damaged"),
        (lambda folder, new: (folder / "manifest.json").unlink(), "there is no copy"),
        (
            lambda folder, new: renamed(folder / "manifest.json", "uploads/ab/file", "../../file"),
            "points out of the folder",
        ),
    ],
)
def test_what_is_not_as_it_was_copied_is_not_put_back(app, market, tmp_path, spoil, said):
    folder = copied(app, tmp_path / "copy")
    new = tmp_path / "new"
    new.mkdir()
    spoil(folder, new)
    assert said in run(app, "restore", folder, new, fails=True)
    assert not (tmp_path / "file").exists()


def renamed(manifest: pathlib.Path, old: str, new: str) -> None:
    said = json.loads(manifest.read_text())
    said["files"][new] = said["files"].pop(old)
    manifest.write_text(json.dumps(said))


def test_a_copy_whose_log_was_changed_is_found_out(app, market, tmp_path):
    folder = copied(app, tmp_path / "copy")
    said = json.loads((folder / "manifest.json").read_text())
    said["log_root"] = "00" * 32
    (folder / "manifest.json").write_text(json.dumps(said))
    assert "the log is another one" in run(app, "restore", folder, tmp_path / "new", fails=True)


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ("correct horse battery", "another passphrase", "the passphrase is wrong"),
        ("correct horse battery", None, "give its passphrase"),
        (None, "correct horse battery", "holds a plain copy"),
        (None, "short", "at least 12 signs"),
    ],
)
def test_a_folder_holds_copies_of_one_kind_and_passphrase(
    app, market, tmp_path, words, first, then, said
):
    def with_words(passphrase):
        if passphrase is None:
            return ()
        pathlib.Path(words).write_text(passphrase, "utf-8")
        return sealed_with(words)

    folder = copied(app, tmp_path / "copy", *with_words(first))
    assert said in run(app, "backup", folder, *with_words(then), fails=True)


@pytest.mark.parametrize("more", [(), ("sealed",)])
def test_a_drill_copies_puts_back_verifies_and_leaves_nothing(
    app, market, tmp_path, words, more, monkeypatch
):
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(desk))
    said = run(app, "drill", *(sealed_with(words) if more else ()))
    assert "put back in" in said
    assert ("enciphered" in said) == bool(more)
    assert list(desk.iterdir()) == []
    assert not list(market.glob("backup-*"))


def test_a_drill_of_a_copy_that_would_not_serve_fails(app, market, tmp_path):
    folder = copied(app, tmp_path / "copy")
    (folder / "uploads" / "ab" / "file").unlink()
    assert "is missing" in run(app, "drill", "--folder", folder, fails=True)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_postgresql_copy_is_tried_in_a_database_of_its_own(app, market):
    assert "0 differences" in run(app, "drill")
    with app.app_context():
        names = db.session.scalars(sa.text("SELECT datname FROM pg_database")).all()
    assert not [name for name in names if name.startswith("market_drill")]


# --- the cipher ---------------------------------------------------------------------------


class Bytes:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int = -1) -> bytes:
        part = self.data[:size] if size >= 0 else self.data
        self.data = self.data[len(part) :]
        return part


KEY = bytes(range(32))


def sealed(data: bytes, name: str = "a") -> bytes:
    return b"".join(sealing.sealed(Bytes(data), KEY, name))  # type: ignore[arg-type]


def opened(data: bytes, name: str = "a") -> bytes:
    return b"".join(sealing.opened(Bytes(data), KEY, name))  # type: ignore[arg-type]


SIZES = (0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 2 * sealing.CHUNK)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_enciphered_comes_back(size):
    data = bytes(size)
    assert opened(sealed(data)) == data


WHOLE = len(sealing.MAGIC) + sealing.SALT
FULL = sealing.CHUNK + sealing.TAG


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[: WHOLE + FULL],  # cut at the end of a chunk
        lambda data: data + b"\0",
        lambda data: data[: WHOLE + 5] + bytes([data[WHOLE + 5] ^ 1]) + data[WHOLE + 6 :],
        lambda data: (
            data[:WHOLE] + data[WHOLE + FULL : WHOLE + 2 * FULL] + data[WHOLE : WHOLE + FULL]
        ),
        lambda data: data[:10],
        lambda data: b"x" + data[1:],
        lambda data: b"",
    ],
)
def test_what_was_touched_is_not_opened(spoil):
    with pytest.raises(sealing.Unopened):
        opened(spoil(sealed(bytes(2 * sealing.CHUNK))))


def test_a_file_under_another_s_name_is_not_opened():
    with pytest.raises(sealing.Unopened):
        opened(sealed(b"data", "a"), "b")
