"""The whole log read from a server."""

import functools
import hashlib
import http.server
import threading

import pytest
import tlog_scales.reader
from tlog_scales import backend, signing

from tests.verify import forge
from tests.verify.cases import finish
from tests.verify.forge import LOG, REGULATOR, Forge, make
from tests.verify.mirror import mirror, write_log
from tests.verify.test_log import OTHER, faults
from verify.zjcs import logcheck, merkle, note
from verify.zjcs.faults import Fault


@pytest.fixture
def server(tmp_path):
    """A static web server over a mirrored log."""
    mirror(tmp_path, make(finish), more=tuple(OTHER))
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files, without a line on the terminal for each."""

    def log_message(self, format, *arguments):
        pass


def test_a_live_log_is_read_over_http(server):
    source = logcheck.open_source(f"{server}/log/")
    seen = []
    steps = list(logcheck.check(source, progress=lambda done, size: seen.append((done, size))))
    assert faults(steps) == []
    assert seen[-1] == (seen[-1][1],) * 2
    assert isinstance(logcheck.open_source("folder"), logcheck.Folder)


def test_an_address_without_a_log_is_said():
    with pytest.raises(Fault, match=r"log\.missing"):
        list(logcheck.check(logcheck.open_source("http://127.0.0.1:1/log")))


def test_an_independent_client_reads_the_same_log(tmp_path):
    """tlog-scales over our tiles: signature, cosignature, root, inclusion and consistency."""
    data = [*Forge().data(), *OTHER[:700]]
    log = write_log(tmp_path, data)
    reader = tlog_scales.reader.TilesReader(backend.LocalBackend(log))
    head = reader.get_checkpoint()
    for key in (LOG.key(), REGULATOR.key(note.COSIGNATURE)):
        head.verify(signing.Vkey.from_string(key.vkey))
    assert reader.calculate_root_hash() == head.root_hash
    hashes = tuple(map(merkle.leaf_hash, data))
    for index in (0, 255, 256, 699, len(data) - 1):
        proof = reader.get_inclusion_proof(index, len(data))
        assert reader.get_entry(index) == data[index]
        assert proof.node_hashes == forge.inclusion(hashes, index)
        merkle.verify_inclusion(hashes[index], index, len(data), proof.node_hashes, head.root_hash)
    for old in (1, 255, 256, 512, 700):
        proof = reader.get_consistency_proof(old, len(data))
        assert proof.node_hashes == forge.consistency(hashes, old)
        proof.check(forge.root(hashes[:old]), head.root_hash)
    assert hashlib.sha256(b"\0" + data[0]).digest() == hashes[0]
