"""What people hold in their hands: a receipt (`.tlog-proof`) of an act, and the witness's own list
of cosignatures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from . import draw as protocol
from . import evidence, leaves, merkle, note
from . import keys as verifier_keys
from .canonical import parse
from .evidence import Step
from .faults import Fault, Undecided
from .keys import Keys


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
    keys = _keys(value, pinned)
    index = note.parse_proof(_text(data)).index
    found = [leaf["utf8"].encode() for leaf in value["leaves"] if leaf["index"] == index]
    try:
        if not found or leaves.read_leaf(found[0])["type"] != "entry.received":
            raise Fault("receipt.other", index=index)
        verify(data, found[0], keys, _listed(value))
    except Fault as fault:
        raise fault.at("receipt", rule=6) from None
    number = leaves.read_leaf(found[0])["no"]
    return Step("receipt", 6, f"entry {number}: {_end(value, number)}")


def _end(value: dict[str, Any], number: int) -> str:
    for leaf in evidence.read_leaves(
        ((item["index"], item["utf8"].encode()) for item in value["leaves"]), value["draw"]
    ):
        for key in ("entrants", "excluded"):
            for row in leaf.value.get(key, ()):
                if row["no"] == number:
                    return f"{key} {row['ref']} {row.get('reason', '')}".strip()
        if leaf["type"] == "entry.withdrawn" and leaf["no"] == number:
            return "withdrawn"
    return "void"


def of_act(data: bytes, leaf: bytes | None, keys: Keys) -> Step:
    """Verify the receipt of any act (a complaint, an entry) offline: what the leaf says and since
    when it is witnessed.
    """
    try:
        proof, checkpoint, times = verify(data, leaf, keys)
        said = leaves.read_leaf(
            proof.extra if leaf is None else leaf
        )  # A second spelling is nobody's entry: rule 1.
        if leaves.is_known(said):
            leaves.check_leaf(said)
    except Fault as fault:
        raise fault.at("receipt") from None
    shown = (leaf or proof.extra).decode(errors="replace")
    witnessed = "".join(f"; {name} {time}" for name, time in times.items())
    return Step("receipt", None, f"leaf {proof.index} of {checkpoint.size}{witnessed}: {shown}")


def nothing_hidden(lists: Iterable[bytes], evidence_data: bytes, pinned: Keys | None) -> Step:
    """Hold a draw's sealed cosignature against the witness's published lists: none over the seal
    came earlier. Fault rule 2.

    Undecided when they do not hold that cosignature itself: then they are not what the witness
    published over the seal.
    """
    value = evidence.load(evidence_data)
    keys = _keys(value, pinned)
    seal_note = note.parse_note(value["seal"]["checkpoint"])
    shown = note.cosignature_times(seal_note, keys.witnesses)
    seal = max(
        leaf["index"] for leaf in value["leaves"] if '"type":"entries.sealed"' in leaf["utf8"]
    )
    heads = _published(lists, keys, _listed(value))
    over = [(name, time) for size, name, time in heads if size > seal]
    for name, time in over:
        if time < shown.get(name, 0):
            raise Fault("witness.earlier", rule=2, where="cosignatures", witness=name, time=time)
    if not any(time == shown.get(name) for name, time in over):
        return Step(
            "witness",
            2,
            "",
            Undecided("witness.other_list", rule=2, where="cosignatures", seal=seal),
        )
    return Step("witness", 2, f"{len(heads)}")


def failures(evidence_data: bytes) -> list[tuple[int, int]]:
    """(index, instant that the leaf names) of each source's loss or failure that a draw went by."""
    found = (
        (leaf["index"], leaves.read_leaf(leaf["utf8"].encode()))
        for leaf in evidence.load(evidence_data)["leaves"]
    )
    return [
        (index, value["at"])
        for index, value in found
        if value["type"] in ("source.lost", "source.failed")
    ]


def failures_seen(
    lists: Iterable[bytes], evidence_data: bytes, pinned: Keys | None
) -> Iterator[Step]:
    """Rule 10: a witness saw each failure on the log before its fallback's value was public.

    The instant in the leaf decides which round or issue takes the place; whoever could write it
    afterwards could choose the value. Undecided where the lists show no witness in time.
    """
    value = evidence.load(evidence_data)
    heads = _published(lists, _keys(value, pinned), _listed(value))
    for index, at in failures(evidence_data):
        seen = min((time for size, _, time in heads if size > index), default=None)
        late = seen is None or seen > at + protocol.FALLBACK_DELAY
        yield Step(
            "failure_seen",
            10,
            f"leaf {index}",
            Undecided("failure.unseen", rule=10, where=f"leaf {index}", index=index)
            if late
            else None,
        )


def _published(
    lists: Iterable[bytes], keys: Keys, also: Iterable[note.Key]
) -> list[tuple[int, str, int]]:
    """(size, witness, time) of every cosignature in the lists that witnesses publish, each proved."""
    found = []
    known = [*keys.witnesses, *also]
    for listed in map(parse, lists):
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise Fault("evidence.shape", where="cosignatures", key="list")
        for text in listed:
            checkpoint, signed = note.open_listed(text, keys.origin, keys.log, known)
            found += [
                (checkpoint.size, *each)
                for each in note.cosignature_times(signed, keys.witnesses).items()
            ]
    return found


def _keys(value: dict[str, Any], pinned: Keys | None) -> Keys:
    log = value["log"]
    return pinned or verifier_keys.claimed(log["origin"], [log["vkey"]], log["witnesses"])


def _listed(value: dict[str, Any]) -> list[note.Key]:
    return [note.parse_vkey(vkey) for vkey in value["log"]["witnesses"]]


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Fault("proof.shape") from None
