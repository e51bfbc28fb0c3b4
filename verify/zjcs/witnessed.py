"""What lists of cosignatures, as witnesses publish them, add to a draw's evidence.

Each line proves itself, whoever hands it over. A list says more when it is numbered: each cosignature
is chained to the one before it by hash, and the witness signs the number and the hash at its end.
Then nothing can be cut out of it, and it shows that no cosignature over the seal came earlier than
the one by which a draw was postponed (rule 2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import draw as protocol
from . import evidence, leaves, note, shapes
from . import keys as verifier_keys
from .canonical import parse_file
from .evidence import Step
from .faults import Fault, Undecided
from .keys import Keys

LABEL = "zjcs/cosignatures/1"
PAGE = 100  # cosignatures of one list
LISTED = shapes.Shape(
    {
        "v": shapes.equal(1),
        "witness": shapes.text(r"[^\n]{1,400}"),
        "first": shapes.whole(1),
        "before": shapes.HASH,
        "checkpoints": shapes.listed(shapes.text(r"(?s).{1,65536}"), 1, PAGE),
        "head": shapes.text(r"(?s).{1,4096}"),
    }
)


# --- a numbered list ----------------------------------------------------------------------
def start_of(origin: str, witness: str) -> str:
    """What stands before the first cosignature of a witness's list (hex)."""
    return hashlib.sha256(f"{LABEL}\n{origin}\n{witness}\n".encode()).hexdigest()


def link(before: str, checkpoint: str) -> str:
    """The hash of a list at one more cosigned checkpoint (hex)."""
    digest = hashlib.sha256(checkpoint.encode()).hexdigest()
    return hashlib.sha256(f"{LABEL}\n{before}\n{digest}\n".encode()).hexdigest()


def head_text(origin: str, witness: str, count: int, digest: str) -> str:
    """Text of the note that a witness signs over its list of `count` cosignatures."""
    return f"{LABEL}\n{origin}\n{witness}\n{count}\n{digest}\n"


@dataclass(frozen=True)
class Seen:
    """One cosignature: the size of its tree, by whom, when."""

    size: int
    witness: str
    time: int


@dataclass
class Lists:
    """All cosignatures that were handed over, and the numbered lists among them."""

    seen: list[Seen] = field(default_factory=list)
    numbered: list[tuple[str, bool, list[Seen]]] = field(
        default_factory=list
    )  # witness, whether the list begins with its first one, its cosignatures in order

    def complete_over(self, witness: str, index: int) -> bool:
        """Whether a numbered list of the witness shows its first cosignature over a leaf."""
        return any(
            name == witness
            and (is_first or found[0].size <= index)
            and any(each.size > index for each in found)
            for name, is_first, found in self.numbered
        )


def read(lists: Iterable[bytes | str], keys: Keys, also: Iterable[note.Key] = ()) -> Lists:
    """Read lists: arrays of cosigned checkpoints and of numbered lists, or one numbered list alone.
    Each line is proved. Raises Fault `evidence.shape`, `list.*`, `note.*`, `checkpoint.*`.
    """
    found = Lists()
    known = [*keys.witnesses, *also]
    for value in map(parse_file, lists):
        items = value if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, str):
                found.seen += _cosigned(item, keys, known)
            else:
                _numbered(item, found, keys, known)
    return found


def _cosigned(text: str, keys: Keys, known: Sequence[note.Key]) -> list[Seen]:
    checkpoint, signed = note.open_listed(text, keys.origin, keys.log, known)
    times = note.cosignature_times(signed, keys.witnesses)
    return [Seen(checkpoint.size, name, time) for name, time in times.items()]


def _numbered(value: Any, found: Lists, keys: Keys, known: Sequence[note.Key]) -> None:
    misfit = LISTED.misfit(value)
    if misfit:
        raise Fault("evidence.shape", where="cosignatures", key=misfit)
    witness = note.parse_vkey(value["witness"])
    if witness not in keys.witnesses:
        return  # a list of a witness that is not pinned counts for nothing
    digest = value["before"]
    own: list[Seen] = []
    for text in value["checkpoints"]:
        digest = link(digest, text)
        seen = [each for each in _cosigned(text, keys, known) if each.witness == witness.name]
        if not seen or (own and (seen[0].size < own[-1].size or seen[0].time < own[-1].time)):
            raise Fault("list.order", rule=2, where="cosignatures", witness=witness.name)
        own += seen
    count = value["first"] + len(own) - 1
    start = start_of(keys.origin, witness.name)
    if value["first"] == 1 and value["before"] != start:
        raise Fault("list.cut", rule=2, where="cosignatures", witness=witness.name)
    signed = note.parse_note(value["head"])
    key = note.Key(witness.name, note.ED25519, witness.public)
    if signed.text != head_text(keys.origin, witness.name, count, digest):
        raise Fault("list.cut", rule=2, where="cosignatures", witness=witness.name)
    if note.verify_signature(signed, key) is None:
        raise Fault("list.unsigned", rule=2, where="cosignatures", witness=witness.name)
    found.numbered.append((witness.name, value["first"] == 1, own))
    found.seen += own


# --- what they show of a draw -------------------------------------------------------------
def steps(lists: Iterable[bytes | str], data: bytes | str, pinned: Keys | None) -> Iterator[Step]:
    """Hold a draw's evidence to the lists: rule 2 of a postponed draw, or of the postponed lot of its
    experts, rule 10 of every failure.

    Without a list a draw that was postponed stays undecided, and so does one that went by a failure
    that the file does not show to have been seen in time.
    """
    value = evidence.load(data)
    keys = keys_of(value, pinned)
    given = list(lists)
    found = read(given, keys, listed_in(value))
    if _bound_at(value) is not None and (given or _postponed(value)):
        yield _nothing_hidden(found, value, keys, bool(given))
    yield from _failures_seen(found, value, keys)


def nothing_hidden(lists: Iterable[bytes | str], data: bytes | str, pinned: Keys | None) -> Step:
    """Hold a draw's sealed cosignature against the witness's published lists: none over the seal
    came earlier. Fault rule 2.

    Undecided when they do not hold that cosignature itself, and of a postponed draw when they are
    not numbered from before the seal on.
    """
    value = evidence.load(data)
    keys = keys_of(value, pinned)
    return _nothing_hidden(read(lists, keys, listed_in(value)), value, keys, True)


def _nothing_hidden(found: Lists, value: dict[str, Any], keys: Keys, given: bool) -> Step:
    seal = _bound_at(value) or 0
    shown = _shown(value, keys, seal)
    over = [each for each in found.seen if each.size > seal]
    for each in over:
        if each.time < shown.get(each.witness, 0):
            raise Fault(
                "witness.earlier",
                rule=2,
                where="cosignatures",
                witness=each.witness,
                time=each.time,
            )
    point = None
    if given and not any(each.time == shown.get(each.witness) for each in over):
        point = Undecided("witness.other_list", rule=2, where="cosignatures", seal=seal)
    elif _postponed(value):
        missing = [name for name in _owners(value, keys) if not found.complete_over(name, seal)]
        if missing:
            point = Undecided(
                "postponed.list", rule=2, where="cosignatures", witness=missing[0], seal=seal
            )
    return Step("witness", 2, "" if point else f"{len(found.seen)}", point)


def _bound_at(value: dict[str, Any]) -> int | None:
    """The leaf from whose first cosignature T follows: the seal, or of a scored selection what fixed the
    lot of its experts; None where there is neither.
    """
    kind = "entries.sealed" if "seal" in value else "lot.fixed"
    own = [leaf["index"] for leaf in value["leaves"] if f'"type":"{kind}"' in leaf["utf8"]]
    return (max(own) if "seal" in value else own[0]) if own else None


def _shown(value: dict[str, Any], keys: Keys, bound: int) -> dict[str, int]:
    """Who cosigned the file's first head over that leaf, and when."""
    own = [value["seal"]] if "seal" in value else [value, value["closed"], *value.get("heads", ())]
    signed = [note.parse_note(head["checkpoint"]) for head in own]
    views = [
        (note.parse_checkpoint(each.text).size, note.cosignature_times(each, keys.witnesses))
        for each in signed
    ]
    over = [(size, times) for size, times in views if times and size > bound]
    return min(over, key=lambda view: view[0])[1] if over else {}


def _owners(value: dict[str, Any], keys: Keys) -> list[str]:
    """Whose time decides T: the witnesses of the chain owners other than the operator."""
    shown = [leaves.read_leaf(leaf["utf8"].encode()) for leaf in value["leaves"]]
    chains = [leaf["source"] for leaf in shown if leaf["type"] == "source.anchor"]
    names = dict.fromkeys(keys.owner(source) for source in chains)
    return [name for name in names if name != keys.origin]


def _postponed(value: dict[str, Any]) -> bool:
    return _bound_at(value) is not None and any(
        '"type":"draw.postponed"' in leaf["utf8"] for leaf in value["leaves"]
    )


def is_asked_for(data: bytes | str) -> bool:
    """Whether a list says something of this draw that its file alone cannot."""
    value = evidence.load(data)
    return _postponed(value) or bool(_failed(value))


def is_seen(data: bytes | str, pinned: Keys | None) -> bool:
    """Whether the file itself shows who saw each failure in time."""
    value = evidence.load(data)
    return all(
        step.fault is None for step in _failures_seen(Lists(), value, keys_of(value, pinned))
    )


def failures(data: bytes | str) -> list[tuple[int, int]]:
    """(index, instant that the leaf names) of each source's loss or failure that a draw went by."""
    return _failed(evidence.load(data))


def _failed(value: dict[str, Any]) -> list[tuple[int, int]]:
    found = ((leaf["index"], leaves.read_leaf(leaf["utf8"].encode())) for leaf in value["leaves"])
    return [
        (index, leaf["at"])
        for index, leaf in found
        if leaf["type"] in ("source.lost", "source.failed")
    ]


def failures_seen(
    lists: Iterable[bytes | str], data: bytes | str, pinned: Keys | None
) -> Iterator[Step]:
    """Rule 10: a witness saw each failure on the log before its fallback's value was public.

    The instant in the leaf decides which round or issue takes the place; whoever could write it
    afterwards could choose the value. Undecided where neither the lists nor the file's own heads
    show a witness in time.
    """
    value = evidence.load(data)
    keys = keys_of(value, pinned)
    yield from _failures_seen(read(lists, keys, listed_in(value)), value, keys)


def _failures_seen(found: Lists, value: dict[str, Any], keys: Keys) -> Iterator[Step]:
    failed = _failed(value)
    if not failed:
        return
    known = [*keys.witnesses, *listed_in(value)]
    heads = [*found.seen]
    for head in value.get("heads", ()):
        heads += _cosigned(head["checkpoint"], keys, known)
    for index, at in failed:
        seen = min((each.time for each in heads if each.size > index), default=None)
        late = seen is None or seen > at + protocol.FALLBACK_DELAY
        yield Step(
            "failure_seen",
            10,
            f"leaf {index}",
            Undecided("failure.unseen", rule=10, where=f"leaf {index}", index=index)
            if late
            else None,
        )


def keys_of(value: dict[str, Any], pinned: Keys | None) -> Keys:
    """The keys that a file is held to: the pinned ones, else those that it claims."""
    log = value["log"]
    return pinned or verifier_keys.claimed(log["origin"], [log["vkey"]], log["witnesses"])


def listed_in(value: dict[str, Any]) -> list[note.Key]:
    """Witnesses that a file names."""
    return [note.parse_vkey(vkey) for vkey in value["log"]["witnesses"]]
