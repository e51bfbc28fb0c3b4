"""A draw's evidence shown to both verifiers as programs, and the real rounds of drand that tests go
by.
"""

import json
import subprocess
import sys

from market.db import reading
from market.kernel.actor import VISITOR
from market.selection.sources import queries as source_queries
from tests.selection.test_evidence import card, file_of, keys_json
from tests.verify.node import ROOT, node
from tests.verify.vectors import shared


def real_rounds():
    """The four real rounds of drand quicknet: number -> the network's own answer."""
    return {each["round"]: each for each in shared("drand_quicknet.json")["rounds"]}


def shown_to_outsiders(tmp_path, number, *lottery, undecided=()):
    """Both programs with the regulator's keys and the witnesses' heads; exit 3 for those in
    `undecided`. Returns the file.
    """
    path = tmp_path / "evidence.json"
    pinned = tmp_path / "keys.json"
    listed = tmp_path / "cosignatures.json"
    path.write_text(file_of(number), encoding="utf-8")
    listed.write_text(
        json.dumps(source_queries.cosignatures_of(reading(VISITOR), card(number).draw_number)),
        encoding="utf-8",
    )
    pinned.write_text(keys_json(), encoding="utf-8")
    programs = {
        "python": [sys.executable, str(ROOT / "verify/verify_draw.py")],
        "node": [node(), str(ROOT / "static/verify/cli.mjs")],
    }
    for name, program in programs.items():
        run = subprocess.run(
            [*program, str(path), "--keys", str(pinned), "--cosignatures", str(listed), *lottery],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert run.returncode == (3 if name in undecided else 0), name + run.stdout + run.stderr
    return json.loads(path.read_text())


def leaves_of(data, kind):
    return [
        leaf
        for leaf in (json.loads(each["utf8"]) for each in data["leaves"])
        if leaf["type"] == kind
    ]
