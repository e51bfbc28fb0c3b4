"""`python -m tests.storm [--rounds 60] [--postgresql]`: so many rounds, each told as it ends; an
AssertionError says what did not hold.
"""

import argparse
import contextlib
import pathlib
import random
import tempfile
from collections.abc import Iterator

from market.kernel.clock import FixedClock
from tests.conftest import START, build_app, migrate
from tests.postgres import Databases, private_server
from tests.storm.rounds import storm
from tests.storm.town import Town


@contextlib.contextmanager
def place(folder: pathlib.Path, *, postgresql: bool) -> Iterator[str]:
    """The URL of an empty database that waits for the disk."""
    if not postgresql:
        yield f"sqlite:///{folder / 'market.sqlite'}"
        return
    with private_server(fsync="on", synchronous_commit="on", full_page_writes="on") as server:
        yield Databases(server, "storm").create().render_as_string(hide_password=False)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--agencies", type=int, default=16)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, not SQLite")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        place(pathlib.Path(name), postgresql=asked.postgresql) as url,
    ):
        folder = pathlib.Path(name) / "instance"
        migrate(url, folder)
        app = build_app(url, folder, FixedClock(START))
        with Town(app, url, asked.agencies).running() as town:
            storm(
                town, asked.rounds, random.Random(asked.seed), lambda said: print(said, flush=True)
            )


if __name__ == "__main__":
    main()
