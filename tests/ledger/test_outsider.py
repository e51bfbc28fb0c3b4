"""An independent C2SP client (tlog-scales, which shares no line with us) reads the live log over
HTTP and believes it.
"""

import dataclasses
import urllib.request

import pytest
import requests
from tlog_scales.backend import HttpBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import (
    ConsistencyProof,
    ConsistencyProofInvalid,
    InclusionProof,
    InclusionProofInvalid,
)

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.events import Event
from market.ledger import jobs, queries, service
from tests.factories import selection as made

MORE = 300  # with what the town has logged: more than two tiles, and a tile of the second level


@dataclasses.dataclass(frozen=True, kw_only=True)
class Happened(Event):
    kind = "test.happened"
    number: int


def happen(work, first, end):
    for number in range(first, end):
        service.record(work, Happened(subject="S1", number=number))


@pytest.fixture
def log(app, live_server):
    """Address of a log with two cosigned heads; the older head's size is `old`."""
    with app.app_context():
        made.town()
        in_one_transaction(happen, CLOCK, 0, MORE)
        jobs.witness_head()
        old = queries.size(reading(CLOCK))
        in_one_transaction(happen, CLOCK, MORE, 2 * MORE)
        jobs.witness_head()
    return f"{live_server.url}/log", old


def keys(url):
    with urllib.request.urlopen(f"{url}/keys") as answer:
        return [Vkey.from_string(line) for line in answer.read().decode().splitlines()]


def test_the_checkpoint_is_signed_by_the_log_and_cosigned_by_the_witness(log):
    url, _ = log
    head = TilesReader(HttpBackend(url)).get_checkpoint()
    log_key, witness_key = keys(url)
    assert (log_key.sig_type, witness_key.sig_type) == (1, 4)
    assert head.origin == log_key.name
    for key in (log_key, witness_key):
        head.verify(key)
    assert len(VkeySet(log_key, witness_key).verify(head.signatures, head)) == 2
    false = dataclasses.replace(head, size=head.size + 1)
    assert VkeySet(log_key, witness_key).verify(false.signatures, false) == set()


def test_the_tiles_hash_to_the_signed_root(log):
    url, _ = log
    reader = TilesReader(HttpBackend(url))
    head = reader.get_checkpoint()
    assert head.size > 2 * 256
    assert reader.calculate_root_hash() == head.root_hash


def test_every_entry_is_in_the_tree_that_the_tiles_show(app, log):
    url, _ = log
    reader = TilesReader(HttpBackend(url))
    head = reader.get_checkpoint()
    with app.app_context():
        leaves = [entry.leaf for entry in queries.after(reading(CLOCK), 0, 5000)]
    assert len(leaves) == head.size
    for index in (0, 1, 255, 256, 257, 511, 512, head.size - 1):
        entry = reader.get_entry(index)
        assert entry == leaves[index]
        reader.get_inclusion_proof(index, head.size).check(leaf_hash(entry), head.root_hash)


def test_the_proofs_that_we_hand_out_are_the_ones_that_it_computes(log):
    url, old = log
    reader = TilesReader(HttpBackend(url))
    head = reader.get_checkpoint()
    for index in (0, 3, 255, 300, head.size - 1):
        given = requests.get(
            f"{url}/proof/inclusion", params={"index": index, "size": head.size}, timeout=60
        ).json()
        proof = InclusionProof(
            given["index"], given["size"], [bytes.fromhex(part) for part in given["hashes"]]
        )
        assert proof == reader.get_inclusion_proof(index, head.size)
        with pytest.raises(InclusionProofInvalid):
            proof.check(leaf_hash(b"another"), head.root_hash)
    given = requests.get(
        f"{url}/proof/consistency", params={"from": old, "to": head.size}, timeout=60
    ).json()
    proof = ConsistencyProof(
        given["from"], given["to"], [bytes.fromhex(part) for part in given["hashes"]]
    )
    assert proof == reader.get_consistency_proof(old, head.size)
    before = reader.mth(0, old)
    proof.check(before, head.root_hash)
    with pytest.raises(ConsistencyProofInvalid):
        proof.check(bytes(32), head.root_hash)
