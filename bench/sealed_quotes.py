"""Sealing a quote in a browser; and opening 10,000 boxes against the bare curve and cipher work.

Sealing is all that the entry page does between the button and the post: head, shares for two holders,
payload, the self-test, commitment and token. Opening is what the clock does for each box and what every
verifier does again: its hash, its head, both shares, the pieces, the content, the opening and its
commitment. The floor does for each box the two ECDH and the three AES-GCM that no way of opening can do
without, on points and keys that are parsed before.
"""

import contextlib
import functools
import http.server
import pathlib
import shutil
import statistics
import threading
from collections.abc import Iterator
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import sync_playwright

from bench.harness import Result, at_most, cpu, holds
from verify.zjcs import boxes, openings, quote_keys
from verify.zjcs.quote_keys import Trustee

BOXES = 10_000
QUICK_BOXES = 1_000
GOAL = 3.0
SEALED = 50.0  # ms
SEALS = 200
DRAW = "XQ-360481-2026-00012"
SCRIPTS = pathlib.Path(__file__).parents[1] / "static" / "verify"
CHROMIUM = "/usr/bin/chromium"
SEAL = """async ({ draw, trustees, many }) => {
  const { sealEntry } = await import("/sealing.js");
  const promise = { draw, t: 2, trustees, kind: "quote_fen", floor: null, ceiling: 1e9 };
  const took = [];
  for (let number = 0; number < many; number++) {
    const before = performance.now();
    await sealEntry(promise, "A000017", 100000 + number);
    took.push(performance.now() - before);
  }
  return took;
}"""


class Sealed(NamedTuple):
    """A box with what it is opened by."""

    box: bytes
    logged: str
    purpose: boxes.Purpose
    expected: openings.Expected


def run(quick: bool) -> Iterator[Result]:
    """Two rows."""
    secrets = {name: f"{number:064x}" for number, name in enumerate(("op", "reg/w1"), 7)}
    trustees = [Trustee(name, quote_keys.public_of(sk)) for name, sk in secrets.items()]
    yield in_browser(trustees)

    many = QUICK_BOXES if quick else BOXES
    found = [sealed(number, trustees) for number in range(1, many + 1)]
    yield at_most(
        f"opening {many:,} boxes",
        cpu(lambda: opened(found, trustees, secrets)),
        cpu(bare(found, secrets)),
        times=GOAL,
        quick=quick,
    )


def in_browser(trustees: list[Trustee]) -> Result:
    """How long the entry page takes for a quote."""
    took = seals(trustees)
    middle = statistics.median(took)
    return holds(
        "sealing a quote in the browser",
        f"{middle:.1f} ms, slowest of {len(took)} {max(took):.1f}",
        f"<= {SEALED:g} ms",
        middle <= SEALED,
    )


def seals(trustees: list[Trustee]) -> list[float]:
    """Milliseconds of each quote that a browser seals."""
    path = CHROMIUM if pathlib.Path(CHROMIUM).exists() else shutil.which("chromium")
    asked = {"draw": DRAW, "trustees": [each._asdict() for each in trustees], "many": SEALS}
    with served(SCRIPTS) as address, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path)
        page = browser.new_page()
        page.goto(f"{address}/package.json")
        took: list[float] = page.evaluate(SEAL, asked)
        browser.close()
    return took


@contextlib.contextmanager
def served(folder: pathlib.Path) -> Iterator[str]:
    """The folder at an address of this machine: a browser has WebCrypto there."""
    handler = functools.partial(Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


class Silent(http.server.SimpleHTTPRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, *said: Any) -> None:
        pass


def sealed(number: int, trustees: list[Trustee]) -> Sealed:
    """An entrant's box."""
    agency = f"A{number:06d}"
    opening = {
        "agency": agency,
        "draw": DRAW,
        "nonce": f"{number:032x}",
        "quote_fen": 1_000_000 + number,
        "salt": f"{number * 7:032x}",
    }
    purpose = boxes.Purpose(DRAW, agency, boxes.QUOTE, 2)
    box = boxes.seal(openings.data_of(opening), purpose, trustees)
    expected = openings.Expected(agency, DRAW, openings.commit_of(opening))
    return Sealed(box, boxes.box_hash(box), purpose, expected)


def opened(found: list[Sealed], trustees: list[Trustee], secrets: dict[str, str]) -> int:
    """The sum of what is quoted in the boxes, as clock and verifiers open them."""
    total = 0
    for each in found:
        data = boxes.open_box(each.box, each.logged, each.purpose, trustees, secrets)
        total += openings.read(data, each.expected, openings.FEN)[openings.FEN]
    return total


def bare(found: list[Sealed], secrets: dict[str, str]) -> Any:
    """The two ECDH and the three AES-GCM of every box."""
    keys = [quote_keys.private_key(sk) for sk in secrets.values()]
    cipher = AESGCM(bytes(32))
    share = cipher.encrypt(boxes.NONCE, bytes(boxes.PIECE), None)
    payload = cipher.encrypt(boxes.NONCE, bytes(boxes.QUOTE_SIZE), None)
    points = [
        [quote_keys.public_key(each[: boxes.POINT].hex()) for each in boxes.read(one.box, 2).shares]
        for one in found
    ]

    def work() -> None:
        for pair in points:
            for key, point in zip(keys, pair, strict=True):
                key.exchange(ec.ECDH(), point)
                cipher.decrypt(boxes.NONCE, share, None)
            cipher.decrypt(boxes.NONCE, payload, None)

    return work
