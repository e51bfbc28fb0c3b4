"""Appending: in the business transaction, in commit order, and never undone."""

import dataclasses
import json
import threading

import pytest
import sqlalchemy as sa

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Malformed, NotFound, Refusal
from market.kernel.events import DrawEvent, Event
from market.ledger import queries, service
from verify.zjcs.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion


@dataclasses.dataclass(frozen=True, kw_only=True)
class Happened(Event):
    kind = "test.happened"
    number: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sealed(DrawEvent):
    kind = "test.sealed"
    draw: str


def note(work, *numbers, fail=False):
    for number in numbers:
        service.record(work, Happened(subject=f"S{number % 3}", number=number))
    if fail:
        raise Refusal("test.no")


def whole_log():
    return queries.after(reading(CLOCK), 0, 10_000)


@pytest.mark.databases
def test_the_tree_over_the_table_is_the_tree_over_the_leaves(context):
    for start in range(0, 40, 4):
        in_one_transaction(note, CLOCK, *range(start, start + start % 5 + 1))
    entries = whole_log()
    assert [entry.index for entry in entries] == list(range(len(entries)))
    size, root = queries.head(reading(CLOCK))
    assert size == len(entries)
    assert root == root_of(leaf_hash(entry.leaf) for entry in entries)
    for tree in range(1, size + 1):
        assert queries.root_at(reading(CLOCK), tree) == root_of(
            leaf_hash(entry.leaf) for entry in entries[:tree]
        )


@pytest.mark.databases
def test_proofs_hold_for_outsiders(context):
    in_one_transaction(note, CLOCK, *range(21))
    work = reading(CLOCK)
    for index in range(21):
        proof = queries.inclusion_proof(work, index, 21)
        verify_inclusion(
            leaf_hash(queries.entry(work, index).leaf), index, 21, proof, queries.root_at(work, 21)
        )
    for old in range(1, 22):
        proof = queries.consistency_proof(work, old, 21)
        verify_consistency(old, 21, queries.root_at(work, old), queries.root_at(work, 21), proof)


@pytest.mark.databases
def test_a_refused_use_case_leaves_no_entry(context):
    with pytest.raises(Refusal):
        in_one_transaction(note, CLOCK, 1, 2, fail=True)
    assert queries.size(reading(CLOCK)) == 0


@pytest.mark.databases
def test_what_was_appended_and_then_lost_leaves_no_trace_in_the_tree(context, monkeypatch):
    in_one_transaction(note, CLOCK, 1, 2, 3)
    with monkeypatch.context() as broken:
        broken.setattr(
            db.session, "commit", lambda: db.session.execute(sa.text("no such statement"))
        )
        with pytest.raises(sa.exc.DBAPIError):
            in_one_transaction(note, CLOCK, 99)  # appended, but the commit fails
    in_one_transaction(note, CLOCK, 4)
    log = whole_log()
    assert [entry.fields["number"] for entry in log] == [1, 2, 3, 4]
    assert queries.head(reading(CLOCK)) == (4, root_of([leaf_hash(entry.leaf) for entry in log]))


@pytest.mark.databases
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_leaf SET subject = 'x'",
        "DELETE FROM log_leaf",
        "UPDATE log_node SET key = key + 1000",
        "DELETE FROM log_node",
        "DELETE FROM log_head",
        "UPDATE log_head SET size = 0",
        "INSERT INTO log_leaf (idx, type, subject, at, leaf) SELECT 0, type, subject, at, leaf FROM log_leaf WHERE idx = 1",
        "INSERT INTO log_leaf (idx, type, subject, at, leaf) SELECT 7, type, subject, at, leaf FROM log_leaf WHERE idx = 1",
    ],
)
def test_the_database_refuses_to_rewrite_the_log(context, statement):
    in_one_transaction(note, CLOCK, 1, 2, 3)
    with pytest.raises(sa.exc.DBAPIError):
        db.session.execute(sa.text(statement))
    db.session.rollback()
    assert [entry.fields["number"] for entry in whole_log()] == [1, 2, 3]


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO log_leaf (idx, type, subject, at, leaf) VALUES (0, 'x', 'x', 0, x'00')",
        "REPLACE INTO log_node SELECT * FROM log_node LIMIT 1",
        "REPLACE INTO log_head (id, size, root) VALUES (1, 0, x'00')",
        "INSERT INTO log_head (id, size, root) VALUES (2, 0, x'00')",
    ],
)
def test_sqlite_cannot_replace_a_row_of_the_log_either(context, statement):
    in_one_transaction(note, CLOCK, 1, 2)
    with pytest.raises(sa.exc.DBAPIError):
        db.session.execute(sa.text(statement))
    db.session.rollback()


@pytest.mark.databases
def test_writers_at_once_make_one_gapless_log(app):
    def write(first):
        with app.app_context():
            for number in range(first, first + 10):
                in_one_transaction(note, CLOCK, number)

    threads = [threading.Thread(target=write, args=(100 * turn,)) for turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        entries = whole_log()
        assert [entry.index for entry in entries] == list(range(60))
        assert sorted(entry.fields["number"] for entry in entries) == sorted(
            100 * turn + n for turn in range(6) for n in range(10)
        )
        for turn in range(6):
            mine = [
                entry.fields["number"] for entry in entries if entry.fields["number"] // 100 == turn
            ]
            assert mine == sorted(
                mine
            )  # each writer's commits stand in the order in which it made them
        assert queries.head(reading(CLOCK))[1] == root_of(
            leaf_hash(entry.leaf) for entry in entries
        )


def test_leaves_are_canonical_and_say_when(context, clock):
    in_one_transaction(note, CLOCK, 7)
    [entry] = whole_log()
    assert (
        entry.leaf
        == json.dumps(
            {
                "at": int(clock.instant.timestamp()),
                "number": 7,
                "subject": "S1",
                "type": "test.happened",
                "v": 1,
            },
            separators=(",", ":"),
        ).encode()
    )


def test_a_draws_leaf_has_the_protocols_keys_alone(context):
    in_one_transaction(
        lambda work: service.record(work, Sealed(subject="GG-1", draw="XQ-1")), CLOCK
    )
    [entry] = whole_log()
    assert entry.fields == {"v": 1, "type": "test.sealed", "draw": "XQ-1"}
    assert entry.subject == "GG-1"


def test_a_leaf_that_outsiders_could_not_read_is_refused(context):
    huge = Happened(subject="x" * service.LEAF_LIMIT, number=1)
    with pytest.raises(ValueError, match="leaf of"):
        in_one_transaction(lambda work: service.record(work, huge), CLOCK)


@pytest.mark.parametrize("index, size", [(0, 0), (3, 3), (5, 4), (-1, 2), (0, 9)])
def test_proofs_outside_the_log_are_refused(context, index, size):
    in_one_transaction(note, CLOCK, 1, 2, 3)
    with pytest.raises(Malformed):
        queries.inclusion_proof(reading(CLOCK), index, size)
    with pytest.raises(NotFound):
        queries.entry(reading(CLOCK), 99)


def test_readers_remember_how_far_they_came(context):
    in_one_transaction(note, CLOCK, *range(5))
    assert queries.position(reading(CLOCK), "letters") == 0
    in_one_transaction(service.move_bookmark, CLOCK, "letters", 3)
    work = reading(CLOCK)
    assert [entry.index for entry in queries.after(work, queries.position(work, "letters"))] == [
        3,
        4,
    ]


def test_the_pages_of_the_log_filter_by_type_and_subject(context):
    in_one_transaction(note, CLOCK, *range(9))
    work = reading(CLOCK)
    assert [entry.index for entry in queries.latest(work, 8, 3)] == [7, 6, 5]
    assert [entry.index for entry in queries.latest(work, subject="S0")] == [6, 3, 0]
    assert queries.latest(work, type="other") == []
    assert [entry.index for entry in queries.of_subject(work, "S0", "S1")] == [0, 1, 3, 4, 6, 7]
    assert queries.find(work, "test.happened", "S2").index == 2


def test_a_head_of_one_size_is_kept_once(context):
    for text in ("first", "second"):
        in_one_transaction(service.publish_checkpoint, CLOCK, size=3, note=text)
    assert queries.checkpoint(reading(CLOCK)).note == "first"
