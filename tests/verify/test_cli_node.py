"""The command line in JavaScript says what the one in Python says."""

import json
import subprocess

from tests.verify.cases import draw_by_lottery, late
from tests.verify.forge import DRAW_AT, REGULATOR, Forge, keys_json, make
from tests.verify.mirror import checkpoint
from tests.verify.node import ROOT, javascript, node
from tests.verify.test_cli import write
from tests.verify.vectors import worked


def test_the_javascript_too_finds_a_hidden_cosignature(tmp_path):
    kind = make(late)
    data = kind.data()
    seal = [leaf["type"] for leaf in kind.leaves()].index("entries.sealed")
    evidence = write(tmp_path / "e.json", kind.text())
    for over, time, expected in (
        (seal, kind.seal_times[REGULATOR], 0),
        (seal, DRAW_AT - 400, 1),
        (seal - 1, DRAW_AT - 500, 3),
    ):
        listed = write(tmp_path / "list.json", json.dumps([checkpoint(data[: over + 1], time)]))
        code, said = javascript("", evidence, "--cosignatures", listed)
        assert code == expected, said
        assert expected == 0 or "[rule 2]" in said


def test_node_too_tells_wrong_usage_from_a_refusal(tmp_path):
    evidence = write(tmp_path / "e.json", Forge().text())
    for wrong in (
        (),
        (tmp_path / "nope.json",),
        (evidence, "--keys"),
        (evidence, "--keys", "--lottery", "x"),
        (evidence, "--keys", tmp_path / "nope.json"),
        (evidence, "--cosignatures", tmp_path),
        (evidence, "--other", "x"),
        (evidence, evidence),
    ):
        done = subprocess.run(
            [node(), str(ROOT / "static/verify/cli.mjs"), *map(str, wrong)],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 2, wrong
        assert "usage:" in done.stderr and "    at " not in done.stderr, done.stderr


def test_node_gives_the_same_exit_codes(tmp_path):
    def code(text, *more):
        path = write(tmp_path / "e.json", text)
        words = [node(), str(ROOT / "static/verify/cli.mjs"), str(path), *map(str, more)]
        return subprocess.run(words, capture_output=True, timeout=60).returncode

    assert code(Forge().text()) == 0
    assert code(Forge().text(), "--keys", write(tmp_path / "k", keys_json())) == 0
    assert code(worked("evidence")) == 0
    assert code(make(draw_by_lottery).text()) == 3
    assert code(worked("evidence").replace("A000311", "A000312")) == 1
    assert code("{") == 1
