"""Running the JavaScript verifier in node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.needs import missing

ROOT = Path(__file__).parents[2]
BATCH = Path(__file__).parent / "batch.mjs"


def node() -> str:
    """Path of node; without it the test is skipped, under CI=true it fails."""
    return shutil.which("node") or missing(
        "node", "install Node.js 20 or later to test the browser's verifier"
    )


def batch(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Verify many files in one run of node: [{text, keys?, lottery?}] -> [{ok, code, rule, where}]."""
    answer = subprocess.run(
        [node(), str(BATCH)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return [json.loads(line) for line in answer.stdout.splitlines()]


def script(source: str) -> Any:
    """Run a module of a few lines against static/verify and give its JSON answer."""
    answer = subprocess.run(
        [node(), "--input-type=module", "-e", source],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT / "static" / "verify",
        timeout=300,
    )
    return json.loads(answer.stdout)


def javascript(name, *arguments):
    """The same in JavaScript: (exit code, what it said)."""
    done = subprocess.run(
        [node(), str(ROOT / "static/verify/cli.mjs"), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Error" not in done.stderr, done.stderr
    return done.returncode, done.stdout
