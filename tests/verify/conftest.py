"""The scripts as an outsider runs them: the folder copied away, nothing of the product beside it."""

import shutil
import subprocess
import sys

import pytest

from tests.verify.node import ROOT


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """verify/ copied somewhere else, as a citizen would keep it."""
    return shutil.copytree(
        ROOT / "verify",
        tmp_path_factory.mktemp("away") / "verify",
        ignore=shutil.ignore_patterns("__pycache__"),
    )


@pytest.fixture
def run(scripts, tmp_path):
    """Run a script in an empty folder: (exit code, what it said)."""

    def call(name, *arguments):
        words = [sys.executable, str(scripts / name), *map(str, arguments)]
        done = subprocess.run(
            words, capture_output=True, cwd=tmp_path, timeout=60, env={"PYTHONIOENCODING": "utf-8"}
        )
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stdout.decode("utf-8", "replace")

    return call
