"""The witness's commands on a terminal."""

import json
import os
import stat
import subprocess
import sys

import pytest

from market_witness.__main__ import main
from tests.verify.forge import LOG
from tests.verify.node import ROOT
from tests.witness.heads import GENESIS
from verify.zjcs import draw


def command(*words):
    """Run the program as a regulator does."""
    done = subprocess.run(
        [sys.executable, "-m", "market_witness", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def base(tmp_path):
    """The words of every command, and a witness that `init` has made."""
    words = ["--folder", str(tmp_path / "w")]
    assert command(*words, *INIT)[0] == 0
    return words


INIT = (
    "init",
    "--origin",
    LOG.name,
    "--log-vkey",
    LOG.key().vkey,
    "--name",
    "regulator.test/w1",
    "--genesis",
    str(GENESIS),
    "--period",
    "60",
    "--slots",
    "100",
)


def test_init_says_what_it_made_and_makes_it_once(tmp_path):
    words = ["--folder", str(tmp_path / "w")]
    code, said, _ = command(*words, *INIT)
    assert code == 0
    assert json.loads(said)["origin"] == LOG.name

    code, _, no = command(*words, *INIT)
    assert code == 1
    assert "exists" in no


def test_a_value_of_the_chain_on_the_terminal(base, capsys):
    assert main([*base, "anchor"]) == 0
    anchor = json.loads(capsys.readouterr().out)["anchor"]

    assert main([*base, "value", "--at", str(GENESIS + 120)]) == 0
    draw.check_chain_value(capsys.readouterr().out.strip(), 2, anchor)

    assert main([*base, "value", "--slot", "101"]) == 1
    assert main([*base, "value", "--at", str(GENESIS - 1)]) == 1


def test_its_state_on_the_terminal(base, tmp_path, capsys):
    assert main([*base, "status"]) == 0
    assert json.loads(capsys.readouterr().out)["size"] == 0
    assert main(["--folder", str(tmp_path / "none"), "status"]) == 1


def test_a_foreign_anchor_is_pinned_once_and_never_another_in_its_place(base, capsys):
    bare = f"op-chain-2={'ab' * 32}"
    assert main([*base, "pin", bare]) == 0
    assert json.loads(capsys.readouterr().out)["anchors"]["op-chain-2"] == "ab" * 32

    assert main([*base, "pin", f"{bare}:{GENESIS}:600:99"]) == 0
    whole = json.loads(capsys.readouterr().out)["anchors"]["op-chain-2"]
    assert (whole["genesis"], whole["period"], whole["n"]) == (GENESIS, 600, 99)

    assert main([*base, "pin", f"{bare}:{GENESIS}:60:99"]) == 1
    assert main([*base, "pin", bare]) == 0  # twice changes nothing


@pytest.mark.parametrize(
    "wrong",
    [
        f"op-chain-2={'cd' * 32}",
        f"reg-chain-1={'ab' * 32}",
        "op-chain-3",
        "op-chain-3=AB",
        f"={'ab' * 32}",
    ],
)
def test_what_is_no_anchor_or_another_one_is_not_pinned(base, wrong):
    assert main([*base, "pin", f"op-chain-2={'ab' * 32}"]) == 0
    assert main([*base, "pin", wrong]) == 1


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX systems")
def test_secrets_are_for_their_owner_alone(folder):
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes["witness.skey"] == modes["chain.secret"] == 0o600


def test_the_program_imports_nothing_of_the_product():
    code = (
        "import sys, market_witness.__main__\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('market', 'flask', 'sqlalchemy')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.stdout.strip() == "[]"
