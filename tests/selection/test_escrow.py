"""A holder's root in escrow: sealed to a third body, told on the log, and good for the one draw that waits."""

import datetime as dt
import json
import pathlib
import subprocess
import sys

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import jobs as ledger
from market.ledger import queries as log
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.notices import queries as notice_queries
from market.windows import jobs as windows
from market_witness.__main__ import main as witness_program
from tests.factories import selection as f
from tests.factories import witness as near
from tests.gunicorn import ROOT
from tests.selection import filing, scoring
from tests.selection import sealing as s
from verify.zjcs import escrow, logcheck, quote_keys
from verify.zjcs.faults import Fault

BY = "inspector.example.org"


def program(*arguments) -> subprocess.CompletedProcess[str]:
    """`verify/escrow.py`, as the third body runs it."""
    return subprocess.run(
        [sys.executable, str(ROOT / "verify" / "escrow.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def keeper(tmp_path) -> tuple[pathlib.Path, str]:
    """The third body's secret key, and its public one."""
    made = program("new", "--out", tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    secret = tmp_path / "escrow.secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert program("new", "--out", tmp_path).returncode == 2  # never written over
    return secret, made.stdout.strip()


def closed(witness, number):
    """The notice is closed and a witness has seen it; it gives no key."""
    close = notice_queries.notice(reading(CLOCK), number).entry_close
    fabric().clock.instant = close + dt.timedelta(seconds=60)
    windows.sweep()
    entry_jobs.seal_due()
    ledger.witness_head()
    witness.answers = False
    entry_jobs.seal_due()


def test_a_lost_witness_is_helped_by_who_keeps_its_root_and_no_other_draw_is_opened(
    app, client, keeper, tmp_path, capsys
):
    secret, pk = keeper
    with app.app_context():
        witness = s.sealing_town()
        number = f.published_notice()
        for who in [f.agency() for _ in range(3)]:
            s.enter_sealed(number, who, s.sealed(number, who))
        notice = tmp_path / "notice.json"
        notice.write_text(json.dumps(s.leaf(number, "notice.published")))
        folder = near.folder(app)
    capsys.readouterr()
    assert witness_program(["--folder", str(folder), "escrow", "--by", BY, "--pk", pk]) == 0
    deposited = tmp_path / "root.json"
    deposited.write_text(capsys.readouterr().out)
    assert near_root(folder) not in deposited.read_text()

    run = app.test_cli_runner()
    told = run.invoke(args=["quotes", "escrowed", str(deposited)])
    assert told.output.strip() == escrow.digest(deposited.read_bytes()), told.output
    again = run.invoke(args=["quotes", "escrowed", str(deposited)])
    assert again.output == told.output
    with app.app_context():
        noted = [each for each in everything() if each.type == "quote.escrowed"]
        assert [(each.fields["by"], each.fields["id"]) for each in noted] == [(BY, f.WITNESS_NAME)]
        closed(witness, number)

    done = program("derive", deposited, "--secret", secret, "--notice", notice)
    assert done.returncode == 0, done.stdout
    key = done.stdout.strip()
    handed = run.invoke(args=["quotes", "hand-in", s.draw_of(number), key])
    assert handed.output == "handed in\n"
    with app.app_context():
        entry_jobs.seal_due()
        assert len(entry_queries.opened_quotes(reading(CLOCK), number)) == 3


@pytest.mark.parametrize("way", [scoring, filing])
def test_of_a_scored_way_each_promise_has_its_key(way, app, keeper, tmp_path):
    secret, pk = keeper
    with app.app_context():
        number, _, _ = way.published()
        leaf = s.leaf(number, "notice.published")
    notice = tmp_path / "notice.json"
    notice.write_text(json.dumps(leaf))
    out = tmp_path / "operator.json"
    args = ["quotes", "escrow", "--by", BY, "--pk", pk, "--out", str(out)]
    assert app.test_cli_runner().invoke(args=args).exit_code == 0
    drill = program("derive", out, "--secret", secret, "--notice", notice)
    assert drill.returncode == 0, drill.stdout + drill.stderr

    told = dict(line.split() for line in drill.stdout.strip().splitlines())
    of_prices = {f"{leaf['draw']}.price"}
    assert told.keys() == of_prices | ({leaf["draw"]} if "sealed_proposals" in leaf else set())
    public = {
        each["pk"]
        for name in ("sealed_prices", "sealed_proposals")
        for each in leaf.get(name, {}).get("keys", ())
    }
    assert {quote_keys.public_of(key) for key in told.values()} <= public


def near_root(folder) -> str:
    return (folder / "quote.root").read_text().strip()


def everything():
    return log.after(reading(CLOCK), 0, 1000)


def test_the_operators_root_lies_there_too_and_the_whole_log_verifies(
    app, live_server, keeper, tmp_path
):
    secret, pk = keeper
    with app.app_context():
        s.sealing_town()
        number = f.published_notice()
        notice = tmp_path / "notice.json"
        notice.write_text(json.dumps(s.leaf(number, "notice.published")))
    out = tmp_path / "operator.json"
    args = ["quotes", "escrow", "--by", BY, "--pk", pk, "--out", str(out)]
    assert app.test_cli_runner().invoke(args=args).exit_code == 0
    drill = program("derive", out, "--secret", secret, "--notice", notice)
    assert drill.returncode == 0 and len(drill.stdout.strip()) == 64
    with app.app_context():
        ledger.witness_head()
        assert any(each.type == "quote.escrowed" for each in everything())
    steps = list(logcheck.check(logcheck.open_source(f"{live_server.url}/log")))
    assert [step.fault.code for step in steps if step.fault and step.rule is None] == []


def test_what_the_log_says_lies_with_a_third_body_lies_there(app, keeper, tmp_path):
    """The file first, for its owner alone and never over another; then the log."""
    _, pk = keeper
    with app.app_context():
        s.sealing_town()
        f.published_notice()
    there = tmp_path / "there.json"
    there.write_text("mine")
    asked = ["quotes", "escrow", "--by", BY, "--pk", pk, "--out"]
    for out in (tmp_path / "no such folder" / "x.json", there):
        done = app.test_cli_runner().invoke(args=[*asked, str(out)])
        assert done.exit_code == 1 and done.output.startswith("Error: "), done.output
    assert there.read_text() == "mine"
    with app.app_context():
        assert not any(each.type == "quote.escrowed" for each in everything())
    new = tmp_path / "new.json"
    assert app.test_cli_runner().invoke(args=[*asked, str(new)]).exit_code == 0
    assert new.stat().st_mode & 0o777 == 0o600


SEALED = escrow.deposit(
    b"r" * 32,
    trustee="w",
    origin="o",
    by=BY,
    pk=quote_keys.public_of("1" * 64),
)


@pytest.mark.parametrize(
    ("secret", "promised", "code"),
    [
        ("2" * 64, None, "escrow.not_opened"),
        ("x", None, "quote.sk"),
        ("1" * 64, quote_keys.public_of("3" * 64), "escrow.other_key"),
    ],
)
def test_who_has_another_key_or_meets_another_notice_gets_nothing(secret, promised, code):
    with pytest.raises(Fault) as no:
        escrow.key_of(escrow.read(SEALED), secret, "XQ-360481-2026-00001", promised)
    assert no.value.code == code


def test_a_file_that_was_changed_opens_for_nobody():
    own = escrow.read(SEALED)
    for other in (own._replace(id="v"), own._replace(sealed=own.sealed[:-1] + b"\0")):
        with pytest.raises(Fault, match="escrow"):
            escrow.key_of(other, "1" * 64, "XQ-360481-2026-00001")


@pytest.mark.parametrize(
    "file",
    [b"", b"[]", b"{}", b"\xff", SEALED[:-1], SEALED.replace(b'"v":1', b'"v":2'), b"1" * 5000],
)
def test_what_is_no_such_file_is_refused(file):
    with pytest.raises(Fault):
        escrow.read(file)
