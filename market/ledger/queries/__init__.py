"""Reading the log."""

import dataclasses
import datetime as dt
import functools
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from market.db import Work
from market.kernel.errors import Malformed, NotFound
from market.kernel.plain import Json
from market.ledger import rules
from market.ledger.models import Checkpoint, LogHead, LogLeaf, LogNode, Reader
from market.prepared import Prepared
from verify.zjcs.merkle import leaf_hash
from verify.zjcs.note import parse_note

PAGE = 50
ERASED = "payload.erased"
PORTION = 40
NEVER = 2**62  # an index that no entry has
AT_ONCE = 5000  # nodes in one statement


@dataclasses.dataclass(frozen=True)
class Entry:
    """One log entry: index, type, subject (public number), instant and the leaf's bytes."""

    index: int
    type: str
    subject: str
    at: dt.datetime
    leaf: bytes

    @property
    def fields(self) -> Json:
        """The leaf read as JSON."""
        fields: Json = json.loads(self.leaf)
        return fields

    @property
    def hash(self) -> str:
        """The leaf hash in lower-case hex."""
        return leaf_hash(self.leaf).hex()


COLUMNS = (LogLeaf.idx, LogLeaf.type, LogLeaf.subject, LogLeaf.at, LogLeaf.leaf)


def size(work: Work) -> int:
    """How many entries the log has."""
    return work.session.scalar(select(LogHead.size).where(LogHead.id == 1)) or 0


def head(work: Work) -> tuple[int, bytes]:
    """Size and root (32 bytes) of the log as it stands."""
    row = work.session.execute(select(LogHead.size, LogHead.root).where(LogHead.id == 1)).one()
    return row.size, row.root


def entry(work: Work, index: int) -> Entry:
    """One entry. Refuses `ledger.no_entry` beyond the log's end."""
    row = work.session.execute(select(*COLUMNS).where(LogLeaf.idx == index)).first()
    if row is None:
        raise NotFound("ledger.no_entry", index=index)
    return Entry(*row)


def after(work: Work, position: int, limit: int = 500) -> list[Entry]:
    """Entries from index `position` on, oldest first: what a reader has not seen yet."""
    rows = work.session.execute(
        select(*COLUMNS).where(LogLeaf.idx >= position).order_by(LogLeaf.idx).limit(limit)
    )
    return [Entry(*row) for row in rows]


def latest(
    work: Work,
    before: int | None = None,
    limit: int = PAGE,
    *,
    type: str | None = None,
    subject: str | None = None,
) -> list[Entry]:
    """Entries newest first, below index `before`, of one type or subject when given: the log's
    pages.
    """
    asked = select(*COLUMNS).order_by(LogLeaf.idx.desc()).limit(limit)
    if before is not None:
        asked = asked.where(LogLeaf.idx < before)
    if type:
        asked = asked.where(LogLeaf.type == type)
    if subject:
        asked = asked.where(LogLeaf.subject == subject)
    return [Entry(*row) for row in work.session.execute(asked)]


BACKWARDS = Prepared(
    select(LogLeaf.idx, LogLeaf.leaf)
    .where(
        LogLeaf.type == bindparam("type"),
        LogLeaf.subject == bindparam("subject"),
        LogLeaf.idx < bindparam("before"),
    )
    .order_by(LogLeaf.idx.desc())
    .limit(PORTION)
)


def backwards(work: Work, type: str, subject: str) -> Iterator[tuple[int, Json]]:
    """Index and fields of what the log says of one subject, the newest first: as many are read as
    are asked for.
    """
    before = NEVER
    while rows := BACKWARDS.rows(work, type=type, subject=subject, before=before):
        for index, leaf in rows:
            yield index, json.loads(leaf)
        before = rows[-1][0]


def of_subject(work: Work, *subjects: str) -> list[Entry]:
    """Everything that happened to these public numbers, oldest first: the timeline of a page."""
    rows = work.session.execute(
        select(*COLUMNS).where(LogLeaf.subject.in_(subjects)).order_by(LogLeaf.idx)
    )
    return [Entry(*row) for row in rows]


def between(work: Work, subjects: Sequence[str], first: int, end: int) -> list[Entry]:
    """Entries `first` <= index < `end` about these subjects, oldest first."""
    rows = work.session.execute(
        select(*COLUMNS)
        .where(LogLeaf.subject.in_(subjects), LogLeaf.idx >= first, LogLeaf.idx < end)
        .order_by(LogLeaf.idx)
    )
    return [Entry(*row) for row in rows]


BEHIND = Prepared(
    select(*COLUMNS)
    .where(LogLeaf.subject == bindparam("subject"), LogLeaf.idx > bindparam("after"))
    .order_by(LogLeaf.idx)
)


def behind(work: Work, subject: str, index: int) -> list[Entry]:
    """Entries about a subject behind an index, oldest first."""
    return [Entry(*row) for row in BEHIND.rows(work, subject=subject, after=index)]


def position(work: Work, reader: str) -> int:
    """How far a reader has come."""
    return work.session.scalar(select(Reader.position).where(Reader.name == reader)) or 0


def root_at(work: Work, tree_size: int) -> bytes:
    """The root (32 bytes) over the first `tree_size` entries."""
    nodes = rules.peaks(tree_size)
    found = _fetch(work, nodes)
    return rules.fold([found[node] for node in nodes])


def inclusion_proof(work: Work, index: int, tree_size: int) -> list[bytes]:
    """The audit path of an entry. Refuses `ledger.proof_range` unless 0 <= index < tree_size <=
    size of the log.
    """
    if not 0 <= index < tree_size <= rules.MOST:
        raise Malformed("ledger.proof_range", index=index, size=tree_size)
    path = rules.inclusion(index, tree_size)
    asked = [
        (0, index),
        *itertools.chain.from_iterable(path),
    ]  # Together they cover the tree: all are there, or it is larger
    found = _few(work, asked)  # than the log.
    if len(found) < len(asked):
        raise Malformed("ledger.proof_range", index=index, size=tree_size)
    return rules.resolve(path, lambda nodes: found)


def inclusion_proofs(work: Work, indexes: Iterable[int], tree_size: int) -> dict[int, list[bytes]]:
    """The audit paths of many entries, their nodes fetched together. Refuses as `inclusion_proof`."""
    steps = {index: rules.inclusion(index, tree_size) for index in indexes}
    if not steps or not 0 <= min(steps) <= max(steps) < tree_size <= size(work):
        raise Malformed("ledger.proof_range", index=max(steps, default=0), size=tree_size)
    asked = sorted({node for path in steps.values() for step in path for node in step})
    found = {}
    for start in range(0, len(asked), AT_ONCE):
        found.update(_fetch(work, asked[start : start + AT_ONCE]))
    return {index: rules.resolve(path, lambda nodes: found) for index, path in steps.items()}


def consistency_proof(work: Work, old: int, new: int) -> list[bytes]:
    """The proof that the log only grew. Refuses `ledger.proof_range` unless 0 < old <= new <= size
    of the log.
    """
    if not 0 < old <= new <= size(work):
        raise Malformed("ledger.proof_range", index=old, size=new)
    return rules.resolve(rules.consistency(old, new), lambda nodes: _fetch(work, nodes))


def _few(work: Work, nodes: list[rules.Node]) -> dict[rules.Node, bytes]:
    """As `_fetch`, for the few nodes of one proof: a statement for each number of them stays
    prepared.
    """
    keys = {rules.node_key(*node): node for node in nodes}
    rows = _by_keys(len(keys)).rows(work, **{f"key_{place}": key for place, key in enumerate(keys)})
    return {keys[key]: digest for key, digest in rows}


@functools.cache
def _by_keys(count: int) -> Prepared:
    return Prepared(
        select(LogNode.key, LogNode.hash).where(
            LogNode.key.in_([bindparam(f"key_{n}") for n in range(count)])
        )
    )


def _fetch(work: Work, nodes: list[rules.Node]) -> dict[rules.Node, bytes]:
    keys = {rules.node_key(*node): node for node in nodes}
    rows = work.session.execute(select(LogNode.key, LogNode.hash).where(LogNode.key.in_(keys)))
    return {keys[key]: digest for key, digest in rows}


@dataclasses.dataclass(frozen=True)
class SignedHead:
    """A signed checkpoint: tree size, the note with every cosignature so far, and when the chain
    holder's witness cosigned.
    """

    size: int
    note: str
    cosigned_at: dt.datetime | None

    def cosigned_between(self, first: int, last: int) -> int:
        """How many witnesses cosigned it in that time (epoch seconds, both included); each was
        proved when it was kept.
        """
        lines = parse_note(self.note).signatures
        origin = self.note.split("\n", 1)[0]
        return len(
            {
                line.name
                for line in lines
                if line.name != origin and first <= int.from_bytes(line.body[:8], "big") <= last
            }
        )


SIGNED = (Checkpoint.size, Checkpoint.note, Checkpoint.cosigned_at)


def checkpoint(work: Work) -> SignedHead | None:
    """The newest signed checkpoint."""
    row = work.session.execute(select(*SIGNED).order_by(Checkpoint.size.desc()).limit(1)).first()
    return SignedHead(*row) if row else None


def cosigned(work: Work) -> SignedHead | None:
    """The newest checkpoint that a witness cosigned."""
    row = work.session.execute(
        select(*SIGNED)
        .where(Checkpoint.cosigned_at.is_not(None))
        .order_by(Checkpoint.size.desc())
        .limit(1)
    ).first()
    return SignedHead(*row) if row else None


def cosigned_beyond(work: Work, tree_size: int, limit: int) -> list[SignedHead]:
    """The cosigned checkpoints of more than so many entries, smallest first: what a further witness
    has not seen yet.
    """
    rows = work.session.execute(
        select(*SIGNED)
        .where(Checkpoint.cosigned_at.is_not(None), Checkpoint.size > tree_size)
        .order_by(Checkpoint.size)
        .limit(limit)
    )
    return [SignedHead(*row) for row in rows]


def signed_beyond(work: Work, tree_size: int, limit: int) -> list[SignedHead]:
    """The signed checkpoints of more than so many entries, smallest first."""
    rows = work.session.execute(
        select(*SIGNED).where(Checkpoint.size > tree_size).order_by(Checkpoint.size).limit(limit)
    )
    return [SignedHead(*row) for row in rows]


def signed(work: Work, tree_size: int) -> SignedHead | None:
    """The signed checkpoint of exactly this size."""
    row = work.session.execute(select(*SIGNED).where(Checkpoint.size == tree_size)).first()
    return SignedHead(*row) if row else None


def first_cosigned_over(work: Work, index: int) -> SignedHead | None:
    """The smallest cosigned checkpoint that covers entry `index`: what proves when the witness had
    seen it.
    """
    row = work.session.execute(
        select(*SIGNED)
        .where(Checkpoint.size > index, Checkpoint.cosigned_at.is_not(None))
        .order_by(Checkpoint.size)
        .limit(1)
    ).first()
    return SignedHead(*row) if row else None


def first_signed_over(work: Work, index: int) -> SignedHead | None:
    """The smallest signed checkpoint that covers entry `index`, cosigned or not: where there is no
    witness (S0).
    """
    row = work.session.execute(
        select(*SIGNED).where(Checkpoint.size > index).order_by(Checkpoint.size).limit(1)
    ).first()
    return SignedHead(*row) if row else None


def cosigned_at(work: Work, index: int) -> dt.datetime | None:
    """When a witness first cosigned a checkpoint over entry `index`; None while none has."""
    found = first_cosigned_over(work, index)
    return found.cosigned_at if found else None


FIRST = Prepared(
    select(*COLUMNS)
    .where(LogLeaf.subject == bindparam("subject"), LogLeaf.type == bindparam("type"))
    .order_by(LogLeaf.idx)
    .limit(1)
)


def find(work: Work, type: str, subject: str) -> Entry | None:
    """The first entry of a type about a subject: of a draw's notice, seal and result the first
    counts (rule 5).
    """
    row = FIRST.first(work, subject=subject, type=type)
    return Entry(*row) if row else None


def erasure(work: Work, entry: Entry) -> Entry | None:
    """The entry that says that what a digest in this one stood for is deleted; None while it is
    kept.
    """
    rows = work.session.execute(
        select(*COLUMNS)
        .where(LogLeaf.subject == entry.subject, LogLeaf.type == ERASED, LogLeaf.idx > entry.index)
        .order_by(LogLeaf.idx)
    )
    return next(
        (found for found in (Entry(*row) for row in rows) if found.fields["index"] == entry.index),
        None,
    )


def tile(work: Work, level: int, index: int, width: int) -> bytes:
    """A C2SP hash tile: `width` (1..256) hashes of 32 bytes at tree level 8 * `level`, from place
    256
    * `index`.

    Refuses `ledger.no_tile` where the log has not grown that far. Read from the rows; immutable, so
    caches keep it.
    """
    first = rules.node_key(level * 8, index * rules.TILE)
    if index * rules.TILE + width > size(work) >> level * 8:
        raise NotFound("ledger.no_tile")
    rows = work.session.scalars(
        select(LogNode.hash)
        .where(LogNode.key.between(first, first + width - 1))
        .order_by(LogNode.key)
    )
    return b"".join(rows)


def bundle(work: Work, index: int, width: int) -> bytes:
    """A C2SP entry bundle: `width` (1..256) leaves from index 256 * `index`, each behind its length
    in two bytes.
    """
    first = index * rules.TILE
    if first + width > size(work):
        raise NotFound("ledger.no_tile")
    rows = work.session.scalars(
        select(LogLeaf.leaf)
        .where(LogLeaf.idx.between(first, first + width - 1))
        .order_by(LogLeaf.idx)
    )
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in rows)
