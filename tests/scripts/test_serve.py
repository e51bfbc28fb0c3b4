"""The supervisor of `make demo`: what it starts ends with it, and a child's death is noticed."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from scripts import serve

WAITS = "import signal; signal.pause()"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True)\nwhile True: signal.pause()"


@pytest.fixture
def crew():
    made = serve.Crew()
    yield made
    made.stop()


def wait_for(condition, seconds=60):
    """Poll until it holds; the deadline is a failure."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        os.sched_yield()


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_all_end_together_and_quickly(crew):
    for name in ("web", "clock"):
        crew.start(name, [sys.executable, "-c", WAITS], signal.SIGTERM)
    pids = list(crew.running)
    before = time.monotonic()
    assert crew.stop()
    assert time.monotonic() - before < serve.GRACE
    assert not any(is_alive(pid) for pid in pids)


def test_one_that_will_not_end_is_ended_by_force(crew, capfd, monkeypatch):
    monkeypatch.setattr(serve, "GRACE", 0.3)
    crew.start("stubborn", [sys.executable, "-c", STUBBORN], signal.SIGTERM)
    (pid,) = crew.running
    heard = []
    wait_for(lambda: heard.append(capfd.readouterr().out) or "ready" in "".join(heard))
    assert not crew.stop()
    assert not is_alive(pid)
    assert "stubborn" in capfd.readouterr().err


def test_a_child_that_dies_is_named_with_its_status(crew):
    crew.start("web", [sys.executable, "-c", "raise SystemExit(3)"], signal.SIGTERM)
    found = []
    wait_for(lambda: found.append(crew.died()) or found[-1])
    assert found[-1] == "web ended with status 3"
    assert not crew.running


def test_a_taken_port_is_said_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "scripts/serve.py"],
            cwd=serve.ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "HOST": "127.0.0.1", "PORT": str(taken.getsockname()[1])},
        )
    assert done.returncode == 1
    assert "make demo PORT=" in done.stderr
