"""Heads of a growing log, a clock that stands, and what a witness answers."""

import base64

from market_witness.witness import No
from tests.verify import forge
from tests.verify.forge import LOG
from verify.zjcs import merkle, note

LEAVES = tuple(merkle.leaf_hash(b"%d" % number) for number in range(300))


# slot 60 became due thirty seconds ago
GENESIS = 1_700_000_000


NOW = 1_700_003_630


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def head(size, leaves=LEAVES, origin=LOG.name, signer=LOG):
    """A signed checkpoint."""
    text = note.Checkpoint(origin, size, forge.root(leaves[:size])).text
    return note.format_note(text, [signer.sign(text)])


def body(old, new, leaves=LEAVES, proof=None, **options):
    """An add-checkpoint request."""
    if proof is None:
        proof = forge.consistency(leaves[:new], old) if 0 < old < new else []
    lines = "".join(base64.b64encode(part).decode() + "\n" for part in proof)
    return f"old {old}\n{lines}\n{head(new, leaves, **options)}"


def status(witness, text):
    """What a request is answered with: 200 or the refusal's status."""
    try:
        witness.add_checkpoint(text)
    except No as no:
        return no.status
    return 200
