"""Signed notes, checkpoints, cosignatures and proofs: published vectors, and an independent C2SP
client as oracle.
"""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tlog_scales import signing, tlog

from tests.verify.forge import INSPECTOR, LOG, REGULATOR
from tests.verify.vectors import shared
from verify.zjcs import merkle, note, tiles
from verify.zjcs.faults import Fault


def test_the_note_of_the_specification():
    data = shared("c2sp_signed_note.json")
    key = note.parse_vkey(data["vkey"])
    signed = note.parse_note(data["note"])
    assert note.verify_signature(signed, key) == 0
    assert str(signed) == data["note"]
    with pytest.raises(Fault, match=r"note\.signature"):
        note.verify_signature(
            note.parse_note(data["note"].replace("example message", "exemple message")), key
        )


def test_a_real_small_log():
    data = shared("c2sp_tessera_tlog_tiles_15.json")
    key = note.parse_vkey(data["vkey"])
    for size, text in data["checkpoints"].items():
        head, _ = note.open_checkpoint(text, key.name, [key])
        bundle = data["entries_000_partial_hex"].get(size)
        entries = tiles.parse_bundle(bytes.fromhex(bundle), int(size)) if bundle else []
        assert head.size == int(size) == len(entries)
        leaves = [merkle.leaf_hash(entry) for entry in entries]
        assert merkle.root_of(leaves) == head.root
        if entries:
            assert tiles.format_tile(leaves).hex() == data["tile_0_000_partial_hex"][size]
            assert tiles.format_bundle(entries).hex() == bundle


def test_a_key_goes_out_as_text_and_comes_back():
    secret, vkey = note.new_key("log.example/2026")
    signer = note.Signer.from_skey(secret)
    signed = note.Note("text\n", (signer.sign("text\n"),))
    assert note.verify_signature(note.parse_note(str(signed)), note.parse_vkey(vkey)) == 0
    for broken in (secret[:-4], secret.replace("KEY", "KEX"), secret.replace("2026", "2027")):
        with pytest.raises(Fault):
            note.Signer.from_skey(broken)


def test_an_independent_client_accepts_our_signatures():
    text = note.Checkpoint(LOG.name, 3, bytes(range(32))).text
    signed = note.format_note(text, [LOG.sign(text), REGULATOR.cosign(text, 1700000000)])
    checkpoint = tlog.Checkpoint.from_text(signed)
    for key in (LOG.key(), REGULATOR.key(note.COSIGNATURE)):
        checkpoint.verify(signing.Vkey.from_string(key.vkey))
    assert (checkpoint.size, checkpoint.root_hash) == (3, bytes(range(32)))


def test_we_accept_an_independent_client_s_signatures():
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signers = [signing.PlainEd25519Signer("log.example", private)]
    text = tlog.Checkpoint.make_signed("log.example", 5, bytes(32), signers).serialize()
    key = note.Signer("log.example", private).key()
    assert note.open_checkpoint(text, "log.example", [key])[0].size == 5


def test_the_earliest_of_two_cosignatures_counts():
    text = note.Checkpoint(LOG.name, 3, bytes(32)).text
    signed = note.Note(
        text, (LOG.sign(text), REGULATOR.cosign(text, 200), REGULATOR.cosign(text, 100))
    )
    keys = [REGULATOR.key(note.COSIGNATURE), INSPECTOR.key(note.COSIGNATURE)]
    assert note.cosignature_times(note.parse_note(str(signed)), keys) == {REGULATOR.name: 100}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n- name AAAAAAAA\n",
        "te\txt\n\n— name AAAAAAAA\n",
        "text\n\n— name AAAA\n",
        "text\n\n— na+me AAAAAAAA\n",
    ],
)
def test_a_misshapen_note_is_refused(text):
    with pytest.raises(Fault):
        note.parse_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "origin\n03\n" + "A" * 43 + "=\n",
        "origin\n3\nAAAA\n",
        "\n3\n" + "A" * 43 + "=\n",
        "origin\n-3\n" + "A" * 43 + "=\n",
        "origin\n3\n" + "A" * 43 + "=\nmore\n",
        "origin\n3\n" + "A" * 42 + "B=\n",
    ],
)
def test_a_misshapen_checkpoint_is_refused(text):
    with pytest.raises(Fault):
        note.parse_checkpoint(text)


def test_a_proof_is_written_and_read():
    proof = note.Proof(7, (bytes(32), b"\1" * 32), "origin\n8\n...\n\n— x y\n", b"{}")
    assert note.parse_proof(note.format_proof(proof)) == proof
    bare = note.Proof(0, (), "origin\n1\n\n— x y\n")
    assert note.parse_proof(note.format_proof(bare)) == bare
    for broken in (
        "",
        "c2sp.org/tlog-proof@v1\n",
        "c2sp.org/tlog-proof@v1\nindex 01\n\nx",
        "c2sp.org/tlog-proof@v1\n\nx",
        "c2sp.org/tlog-proof@v2\nindex 1\n\nx",
        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
    ):
        with pytest.raises(Fault):
            note.parse_proof(broken)


def test_tile_paths_have_one_spelling():
    assert tiles.number_path(1234067) == "x001/x234/067"
    assert tiles.tile_path("entries", 0, 13) == "tile/entries/000.p/13"
    for number in (0, 9, 255, 999, 1000, 1001, 999_999, 1_000_000, 1_234_067):
        assert tiles.parse_tile_path(tiles.tile_path(2, number)) == (2, number, 256)
        assert tiles.parse_tile_path(tiles.tile_path("entries", number, 7)) == (None, number, 7)
    for path in (
        "tile/0/1",
        "tile/0/0001",
        "tile/0/x000/001",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/64/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/0/000/",
        "tile/0/" + "x999/" * 9 + "999",
        "tile/0/٠٠٠",
    ):
        with pytest.raises(Fault):
            tiles.parse_tile_path(path)
    assert list(tiles.tiles_of(600)) == [(0, 256), (1, 256), (2, 88)]
    assert list(tiles.tiles_of(600, 1)) == [(0, 2)]


@pytest.mark.parametrize("data", [b"\0", b"\0\5abc", b"\0\1a\0"])
def test_a_misshapen_bundle_is_refused(data):
    with pytest.raises(Fault):
        tiles.parse_bundle(data, 1)
