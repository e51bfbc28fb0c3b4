"""`make demo`: prepare the demo town, then run web, clock and witness until Ctrl-C or until one of
them dies.
"""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType

ROOT = pathlib.Path(__file__).parent.parent
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
FLASK = [sys.executable, "-m", "flask", "--app", "app"]
GRACE = 4.0  # seconds that the processes have to end by themselves
READY = 60.0  # seconds that the first page may take
INSTANCE = pathlib.Path(os.environ.get("MARKET_INSTANCE") or ROOT / "instance")
WITNESS_PORT = int(os.environ.get("WITNESS_PORT", PORT + 11))
SETTINGS = {
    "HOST": HOST,
    "PORT": str(PORT),
    "WEB_GRACE": "3",
    "WEB_LOG_LEVEL": "warning",
    "PYTHONUNBUFFERED": "1",
}
WITNESSED = {
    **SETTINGS,
    "MARKET_WITNESS_URL": f"http://127.0.0.1:{WITNESS_PORT}",
}  # from when the witness runs
CHILDREN = {
    # The town's regulator, whose folder the loader makes, on this machine only because it is a
    # demo.
    "witness": (
        [
            sys.executable,
            "-m",
            "market_witness",
            "--folder",
            str(INSTANCE / "witness"),
            "serve",
            "--port",
            str(WITNESS_PORT),
        ],
        signal.SIGTERM,
    ),
    "web": ([sys.executable, "-m", "gunicorn"], signal.SIGINT),  # SIGINT is gunicorn's quick stop
    "clock": ([*FLASK, "clock", "run"], signal.SIGTERM),
}


class Stop(Exception):
    """A signal asked this process to end."""


class Crew:
    """The child processes: each in a session of its own, so that Ctrl-C reaches this process alone."""

    def __init__(self) -> None:
        self.running: dict[int, tuple[str, subprocess.Popen[bytes], signal.Signals]] = {}

    def start(self, name: str, words: Sequence[str], stop_with: signal.Signals) -> None:
        with (
            open(INSTANCE / f"{name}.log", "ab")
            if name == "witness"
            else contextlib.nullcontext() as log
        ):  # a line a request
            child = subprocess.Popen(
                words,
                cwd=ROOT,
                env={**os.environ, **WITNESSED},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self.running[child.pid] = (name, child, stop_with)

    def died(self) -> str | None:
        """The name of one that has ended, with its exit status; None while all run."""
        for pid, (name, child, _) in list(self.running.items()):
            status = child.poll()
            if status is not None:
                del self.running[pid]
                return f"{name} ended with status {status}"
        return None

    def stop(self) -> bool:
        """Ask all to end, wait GRACE, then end the rest by force; whether none had to be forced."""
        for _, child, stop_with in self.running.values():
            child.send_signal(stop_with)
        deadline = time.monotonic() + GRACE
        forced = []
        for name, child, _ in self.running.values():
            try:
                child.wait(timeout=max(0.05, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
                forced.append(name)
        if forced:
            print(f"ended by force: {', '.join(forced)}", file=sys.stderr)
        self.running.clear()
        return not forced


def main() -> int:
    """Run the demo; the exit status is 0 after Ctrl-C and 1 when something went wrong."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    crew = Crew()
    try:
        if not _port_is_free():
            print(
                f"{HOST}:{PORT} is taken; choose another: make demo PORT={PORT + 1}",
                file=sys.stderr,
            )
            return 1
        if not _prepare("--reset" in sys.argv[1:]):
            return 1
        for name, (words, stop_with) in CHILDREN.items():
            crew.start(name, words, stop_with)
        return _watch(crew)
    except Stop:
        print("\nEnding ...", flush=True)
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(
                number, signal.SIG_IGN
            )  # A second Ctrl-C must not orphan what is being ended.
        crew.stop()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _port_is_free() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            return False
    return True


def _prepare(reset: bool) -> bool:
    """Migrate and load; both change nothing when there is nothing to do."""
    for words in (["migrate"], ["demo", "load", *(["--reset"] if reset else [])]):
        if subprocess.run(
            [*FLASK, *words], cwd=ROOT, env={**os.environ, **SETTINGS}, check=False
        ).returncode:
            print(f"flask {' '.join(words)} failed", file=sys.stderr)
            return False
    return True


def _watch(crew: Crew) -> int:
    """Say hello once the first page answers, then wait; returns when a child has died."""
    greeted = False
    started = time.monotonic()
    while True:
        if fallen := crew.died():
            print(fallen, file=sys.stderr)
            return 1
        if not greeted and _answers():
            subprocess.run(
                [*FLASK, "demo", "hello", "--address", f"http://{HOST}:{PORT}"],
                cwd=ROOT,
                check=False,
            )
            greeted = True
        if not greeted and time.monotonic() - started > READY:
            print("the web process does not answer", file=sys.stderr)
            return 1
        time.sleep(0.2)


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://{_reachable()}:{PORT}/healthz", timeout=1):
            return True
    except urllib.error.HTTPError:
        return True  # It answers, even if the clock's first beat is still to come.
    except OSError:
        return False


def _reachable() -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(HOST, HOST)  # noqa: S104


if __name__ == "__main__":
    sys.exit(main())
