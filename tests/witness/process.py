"""Witnesses as processes of their own, spoken to over HTTP; their clock is a file that the test
writes.
"""

import pathlib
import subprocess
import sys
import urllib.request

from market.kernel.clock import Clock, epoch
from market_witness import folder as store
from tests.verify.node import ROOT

PROGRAM = """
import pathlib, sys
from market_witness.server import serve
from market_witness.witness import Witness
clock = pathlib.Path(sys.argv[2])
server = serve(Witness(pathlib.Path(sys.argv[1]), lambda: float(clock.read_text())), "127.0.0.1", int(sys.argv[3]))
print(server.server_port, flush=True)
server.serve_forever()
"""


class WitnessProcess:
    """A witness's own program over a folder, on a port of this machine."""

    def __init__(self, folder: pathlib.Path, clock: Clock) -> None:
        self.folder = folder
        self._clock = clock
        self._time = folder / "now"
        self.process: subprocess.Popen[str] | None = None
        self.port = 0

    def start(self) -> "WitnessProcess":
        """Run it; after a stop on the same port."""
        self.keep_time()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(self.folder), str(self._time), str(self.port)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        return self

    def keep_time(self) -> None:
        """Tell it what time it is on the test's clock."""
        fresh = self._time.with_suffix(".new")
        fresh.write_text(str(epoch(self._clock.now())))
        fresh.replace(self._time)

    def stop(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def vkey(self) -> str:
        """Its verifier key."""
        return store.signer(self.folder).key(0x04).vkey

    def keys(self) -> str:
        """Its keys.json, as it answers."""
        with urllib.request.urlopen(f"{self.url}/keys.json") as answer:
            return str(answer.read().decode())


def make(folder: pathlib.Path, clock: Clock, **settings: object) -> WitnessProcess:
    """A fresh witness."""
    store.create(folder, **{"anchors": {}, **settings})  # type: ignore[arg-type]
    return WitnessProcess(folder, clock)
