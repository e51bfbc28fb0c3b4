"""Writing the log: `record` queues a fact, `append` puts the queue on the log as the last act
before the commit.
"""

import datetime as dt
from collections.abc import Mapping

import rfc8785
from sqlalchemy import bindparam, insert, select, update

from market.db import Work
from market.kernel.events import Event
from market.ledger import guards, queries, rules
from market.ledger.events import KeyRotated
from market.ledger.models import Checkpoint, LogHead, LogLeaf, LogNode, Reader
from market.prepared import Prepared
from verify.zjcs.merkle import leaf_hash, node_hash

LEAF_LIMIT = 65_535  # bytes: C2SP tlog-tiles entry bundles carry the length in 16 bits
HEAD = Prepared(select(LogHead.size, LogHead.root).where(LogHead.id == 1).with_for_update())
ADD_LEAF = Prepared(insert(LogLeaf))
ADD_NODE = Prepared(insert(LogNode))
MOVE_HEAD = Prepared(
    update(LogHead)
    .where(LogHead.id == 1)
    .values(size=bindparam("new_size"), root=bindparam("new_root"))
)
_edges: list[tuple[int, bytes, dict[rules.Node, bytes]]] = []


def record(work: Work, event: Event) -> None:
    """Queue a fact; it reaches the log with the change that made it, or neither does."""
    work.events.append(event)


def _hash(known: Mapping[tuple[int, int], bytes], level: int, place: int, text: bytes) -> bytes:
    """The hash of a node that is complete: of the leaf `text` on level 0, of its two children above."""
    if level == 0:
        return leaf_hash(text)
    return node_hash(known[level - 1, 2 * place], known[level - 1, 2 * place + 1])


def append(work: Work) -> None:
    """Append the queued facts, of which there are some, under the head's lock. Called by the guard
    alone.

    Raises ValueError for a leaf of 65,535 bytes or more: longer lists go into parts.
    """
    head = HEAD.first(work)
    if head is None:  # the migrations write one and a trigger keeps it
        raise AssertionError("unreachable")
    size, root = head
    known = _right_edge(work, size, root)
    leaves = []
    nodes = []
    for index, event in enumerate(work.events, start=size):
        text = rfc8785.dumps(event.leaf(work.now))
        if len(text) >= LEAF_LIMIT:
            raise ValueError(f"leaf of {len(text)} bytes: {event.kind}")
        leaves.append(
            {
                "idx": index,
                "type": event.kind,
                "subject": event.subject,
                "at": work.now,
                "leaf": text,
            }
        )
        for level, place in rules.completed_by(index):
            known[level, place] = _hash(known, level, place, text)
            nodes.append({"key": rules.node_key(level, place), "hash": known[level, place]})
    size += len(leaves)
    edge = {peak: known[peak] for peak in rules.peaks(size)}
    root = rules.fold(list(edge.values()))
    ADD_LEAF.act(work, *leaves)
    ADD_NODE.act(work, *nodes)
    MOVE_HEAD.act(work, {"new_size": size, "new_root": root})
    _edges[:] = [(size, root, edge)]
    work.events.clear()


def _right_edge(work: Work, size: int, root: bytes) -> dict[rules.Node, bytes]:
    """The peaks of the present tree: all that appending needs to know.

    Those of the last append are remembered. They are the right ones exactly where size and root are
    those of the head, since the root is the hash over them: whatever became of that transaction, or
    was written by others since.
    """
    for known_size, known_root, edge in _edges[:1]:
        if (known_size, known_root) == (size, root):
            return dict(edge)
    keys = {rules.node_key(*peak): peak for peak in rules.peaks(size)}
    rows = work.session.execute(select(LogNode.key, LogNode.hash).where(LogNode.key.in_(keys)))
    return {keys[key]: digest for key, digest in rows}


def move_bookmark(work: Work, reader: str, position: int) -> None:
    """Note how far a reader has come, in the transaction in which it did its work."""
    work.session.merge(Reader(name=reader, position=position))


def publish_checkpoint(work: Work, *, size: int, note: str) -> None:
    """Keep a signed checkpoint of a size that is committed. A second one of the same size is the
    same and is dropped.
    """
    if work.session.get(Checkpoint, size) is None:
        work.session.add(Checkpoint(size=size, note=note, signed_at=work.now))


def add_cosignature(work: Work, *, size: int, lines: str, cosigned_at: dt.datetime | None) -> None:
    """Add a witness's signature lines to a checkpoint that it cosigned at that instant of its own
    clock.

    `cosigned_at` None: a further witness, whose time decides no draw's (rule 2 goes by the chain
    holder's).
    """
    checkpoint = work.session.get(Checkpoint, size, with_for_update=True)
    if checkpoint is None or lines in checkpoint.note:
        return
    checkpoint.note += lines
    if cosigned_at is not None:
        checkpoint.cosigned_at = min(cosigned_at, checkpoint.cosigned_at or cosigned_at)


def rotate_key(work: Work, *, origin: str, old: str, new: str, until: dt.datetime) -> bool:
    """Put on the log that verifier key `new` follows `old`, which signs beside it `until`; False
    when it is there already.
    """
    if any(entry.fields["new"] == new for entry in queries.latest(work, type=KeyRotated.kind)):
        return False
    record(work, KeyRotated(subject=origin, old=old, new=new, until=until))
    return True


def add_signatures(work: Work, *, lines: dict[int, str]) -> None:
    """Add the log's own further signature lines to kept checkpoints: size -> line."""
    for size, line in lines.items():
        checkpoint = work.session.get(Checkpoint, size, with_for_update=True)
        if checkpoint is not None and line not in checkpoint.note:
            checkpoint.note += line


def let_run(work: Work, *, role: str) -> None:
    """Let a PostgreSQL role run the market on tables that it does not own; the log's it may read
    and add to.
    """
    connection = work.session.connection()
    for statement in guards.grants(connection.dialect.identifier_preparer.quote_identifier(role)):
        connection.exec_driver_sql(statement)
