"""What people hold in their hands: a receipt (`.tlog-proof`) of an act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from . import evidence, leaves, merkle, note
from .evidence import Step
from .faults import Fault, Undecided
from .keys import Keys
from .witnessed import failures as failures
from .witnessed import failures_seen as failures_seen
from .witnessed import keys_of, listed_in
from .witnessed import nothing_hidden as nothing_hidden


def verify(
    data: bytes, leaf: bytes | None, keys: Keys, listed: Iterable[note.Key] = ()
) -> tuple[note.Proof, note.Checkpoint, dict[str, int]]:
    """Hold a receipt to its log. `leaf` None: the leaf is taken from the receipt's own `extra`
    line.

    `listed`: further witnesses whose lines may stand in it, beside those of `keys`, who alone
    count.

    Gives the proof, the checkpoint and witness name -> time. Raises Fault.
    """
    proof = note.parse_proof(_text(data))
    checkpoint, signed = note.open_listed(
        proof.checkpoint, keys.origin, keys.log, [*keys.witnesses, *listed]
    )
    shown = proof.extra if leaf is None else leaf
    merkle.verify_inclusion(
        merkle.leaf_hash(shown), proof.index, checkpoint.size, proof.hashes, checkpoint.root
    )
    return proof, checkpoint, note.cosignature_times(signed, keys.witnesses)


def of_entry(data: bytes, evidence_data: bytes, pinned: Keys | None) -> Step:
    """Join one entrant's receipt to the evidence: his entry is in it, and what became of it. Fault
    rule 6.
    """
    value = evidence.load(evidence_data)
    keys = keys_of(value, pinned)
    index = note.parse_proof(_text(data)).index
    found = [leaf["utf8"].encode() for leaf in value["leaves"] if leaf["index"] == index]
    try:
        if not found or leaves.read_leaf(found[0])["type"] != "entry.received":
            raise Fault("receipt.other", index=index)
        _, _, times = verify(data, found[0], keys, listed_in(value))
    except Fault as fault:
        raise fault.at("receipt", rule=6) from None
    number = leaves.read_leaf(found[0])["no"]
    detail = f"entry {number}: {_end(value, number)}"
    return Step("receipt", 6, detail, _unseen(keys, times))


def _end(value: dict[str, Any], number: int) -> str:
    for leaf in evidence.read_leaves(
        ((item["index"], item["utf8"].encode()) for item in value["leaves"]),
        value["draw"],
        value["protocol"],
    ):
        for key in ("entrants", "excluded", "unopened"):
            for row in leaf.value.get(key, ()):
                if row["no"] == number:
                    return f"{key} {row['ref']} {row.get('reason', '')}".strip()
        if leaf["type"] == "entry.withdrawn" and leaf["no"] == number:
            return "withdrawn"
    return "void"


def of_act(data: bytes, leaf: bytes | None, keys: Keys, listed: Iterable[note.Key] = ()) -> Step:
    """Verify the receipt of any act (a complaint, an entry) offline: what the leaf says and since
    when it is witnessed.
    """
    try:
        proof, checkpoint, times = verify(data, leaf, keys, listed)
        said = leaves.read_leaf(
            proof.extra if leaf is None else leaf
        )  # A second spelling is nobody's entry: rule 1.
        if leaves.is_known(said):
            _check(said)
    except Fault as fault:
        raise fault.at("receipt") from None
    shown = (leaf or proof.extra).decode(errors="replace")
    witnessed = "".join(f"; {name} {time}" for name, time in times.items())
    detail = f"leaf {proof.index} of {checkpoint.size}{witnessed}: {shown}"
    return Step("receipt", None, detail, _unseen(keys, times))


def _check(said: dict[str, Any]) -> None:
    """Hold a leaf alone to the tables: its notice, whose alg says which, is not at hand."""
    faults = []
    for alg in leaves.TABLES:
        try:
            return leaves.check_leaf(said, alg)
        except Fault as fault:
            faults.append(fault)
    raise faults[0]


def _unseen(keys: Keys, times: dict[str, int]) -> Undecided | None:
    """Why nobody but the log vouches for a receipt; None where the policy's witnesses do."""
    try:
        keys.require_witness()
        keys.require_seen(times, "receipt")
    except Undecided as point:
        return point
    return None


def joined(
    data: bytes, size: int, root_of: Callable[[int], bytes], leaf_at: Callable[[int], str]
) -> None:
    """Hold a receipt to a whole log that was just read: the same leaf at its place, its checkpoint a
    head of this log. Raises Fault `receipt.other_leaf`, `log.fork`, Undecided `log.newer`.
    """
    proof = note.parse_proof(_text(data))
    head = note.parse_checkpoint(note.parse_note(proof.checkpoint).text)
    if proof.index < size and leaf_at(proof.index) != merkle.leaf_hash(proof.extra).hex():
        raise Fault("receipt.other_leaf", where="receipt", index=proof.index)
    if head.size > size:
        raise Undecided("log.newer", where="receipt", size=head.size)
    if head.root != root_of(head.size):
        raise Fault("log.fork", where="receipt", size=head.size)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Fault("proof.shape") from None
