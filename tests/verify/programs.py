"""Papers that the programs are given, and the programs in JavaScript."""

import subprocess

from tests.verify import forge
from tests.verify.forge import Forge
from tests.verify.mirror import checkpoint
from tests.verify.node import ROOT, node
from verify.zjcs import merkle, note


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def receipt(kind: Forge, index: int, size: int | None = None) -> str:
    """A `.tlog-proof` for one leaf, in a tree of `size`."""
    data = kind.data()[:size]
    hashes = tuple(map(merkle.leaf_hash, data))
    return note.format_proof(
        note.Proof(index, tuple(forge.inclusion(hashes, index)), checkpoint(data), data[index])
    )


AT_THE_TIME = ("--as-of", "2023-09-15T13:00")


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
