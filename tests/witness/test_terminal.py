"""The witness from the terminal."""

import json
import os
import subprocess
import sys

import pytest

from market_witness.__main__ import main
from tests.verify.forge import LOG
from tests.verify.node import ROOT
from tests.witness.test_witness import GENESIS
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


WRONG_PINS = ("op-chain-3", "op-chain-3=AB", f"={'ab' * 32}")


def test_from_init_to_a_value_on_the_terminal(tmp_path, capsys):
    base = ["--folder", str(tmp_path / "w")]
    settings = {
        "--origin": LOG.name,
        "--log-vkey": LOG.key().vkey,
        "--name": "regulator.test/w1",
        "--genesis": str(GENESIS),
        "--period": "60",
        "--slots": "100",
    }
    words = [word for setting in settings.items() for word in setting]
    code, said, _ = command(*base, "init", *words)
    assert code == 0
    assert json.loads(said)["origin"] == LOG.name
    code, _, no = command(*base, "init", *words)
    assert code == 1
    assert "exists" in no
    assert main([*base, "anchor"]) == 0
    anchor = json.loads(capsys.readouterr().out)["anchor"]
    assert main([*base, "value", "--at", str(GENESIS + 120)]) == 0
    draw.check_chain_value(capsys.readouterr().out.strip(), 2, anchor)
    assert main([*base, "value", "--slot", "101"]) == 1
    assert main([*base, "value", "--at", str(GENESIS - 1)]) == 1
    capsys.readouterr()
    assert main([*base, "status"]) == 0
    assert json.loads(capsys.readouterr().out)["size"] == 0
    assert main(["--folder", str(tmp_path / "none"), "status"]) == 1
    assert main([*base, "pin", f"op-chain-2={'ab' * 32}"]) == 0
    assert json.loads(capsys.readouterr().out)["anchors"] == {
        "reg-chain-1": anchor,
        "op-chain-2": "ab" * 32,
    }
    for wrong in (*WRONG_PINS, f"op-chain-2={'cd' * 32}", f"reg-chain-1={'ab' * 32}"):
        assert main([*base, "pin", wrong]) == 1, wrong
    assert main([*base, "pin", f"op-chain-2={'ab' * 32}"]) == 0  # twice changes nothing


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX systems")
def test_the_program_imports_nothing_of_the_product():
    code = (
        "import sys, market_witness.__main__\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('market', 'flask', 'sqlalchemy')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.stdout.strip() == "[]"
