"""The regulator's witness: cosigns only what extends what it saw, remembers over a crash, keeps its
values until due.
"""

import base64
import concurrent.futures
import http.client
import json
import os
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest
from tlog_scales import signing, tlog

from market_witness import folder as store
from market_witness.__main__ import main
from market_witness.server import serve
from market_witness.witness import No, Witness
from tests.verify import forge
from tests.verify.forge import LOG, STRANGER
from tests.verify.node import ROOT
from verify.zjcs import draw, merkle, note
from verify.zjcs import keys as verifier_keys

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


@pytest.fixture
def folder(tmp_path):
    """A witness's folder with a chain of 1,000 slots of a minute."""
    store.create(
        tmp_path / "w",
        name="regulator.test/w1",
        origin=LOG.name,
        log=[LOG.key().vkey],
        source="reg-chain-1",
        genesis=GENESIS,
        period=60,
        slots=1000,
        anchors={"op-chain-1": "ab" * 32},
        secret=b"s" * 32,
    )
    return tmp_path / "w"


@pytest.fixture
def witness(folder):
    """A witness at a standing clock."""
    return Witness(folder, Clock())


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


def test_it_cosigns_a_growing_log(witness):
    for old, new in ((0, 1), (1, 2), (2, 7), (7, 7), (7, 256), (256, 300)):
        line = witness.add_checkpoint(body(old, new))
        signed = note.parse_note(head(new) + line)
        assert note.verify_signature(signed, witness.vkey) == NOW
        checkpoint = tlog.Checkpoint.from_text(head(new) + line)
        checkpoint.verify(signing.Vkey.from_string(witness.vkey.vkey))


def test_it_says_its_size_when_the_caller_is_behind_or_ahead(witness):
    witness.add_checkpoint(body(0, 100))
    for old, new in ((0, 120), (50, 120), (110, 120)):
        with pytest.raises(No) as refusal:
            witness.add_checkpoint(body(old, new))
        assert (refusal.value.status, refusal.value.text, refusal.value.kind) == (
            409,
            "100\n",
            "text/x.tlog.size",
        )


def test_it_refuses_a_second_history(witness):
    witness.add_checkpoint(body(0, 100))
    other = (*LEAVES[:50], LEAVES[299], *LEAVES[51:])
    assert status(witness, body(100, 120, other)) == 422
    assert status(witness, body(100, 100, other)) == 409
    assert status(witness, body(100, 120, proof=[])) == 422
    assert status(witness, body(100, 120, proof=forge.consistency(LEAVES[:120], 100)[::-1])) == 422
    assert witness.head()[0].size == 100
    assert status(witness, body(100, 120)) == 200


def test_it_refuses_a_proof_from_nothing(witness):
    assert status(witness, body(0, 5, proof=[LEAVES[0]])) == 422


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (body(0, 5, signer=STRANGER), 403),
        (body(0, 5).replace("\n5\n", "\n6\n"), 403),
        (body(0, 5, origin="zjcs.test/other"), 404),
        (body(6, 5, proof=[]), 400),
        ("", 400),
        ("old 0\n", 400),
        ("old 00\n\nx", 400),
        ("old -1\n\nx", 400),
        ("old 1 \n\nx", 400),
        ("old 0\n\nx", 400),
        ("old 0\nAAA\n\n" + head(5), 400),
        ("old 0\n" + "AAAA\n" * 64 + "\n" + head(5), 400),
        ("old 9999999999999999999999\n\n" + head(5), 400),
    ],
)
def test_bad_requests_are_refused_with_their_status(witness, text, expected):
    assert status(witness, text) == expected
    assert witness.newest is None


def test_it_remembers_over_a_restart(folder):
    Witness(folder, Clock()).add_checkpoint(body(0, 100))
    again = Witness(folder, Clock())
    assert again.head()[0].size == 100
    assert status(again, body(0, 50)) == 409


def test_a_half_written_line_is_forgotten(folder):
    """A power cut in the middle of a write: that cosignature had left to nobody."""
    Witness(folder, Clock()).add_checkpoint(body(0, 100))
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'"zjcs.test/log/2023\\n200\\nAAAA')
    assert Witness(folder, Clock()).head()[0].size == 100
    assert journal.read_bytes() == whole


def test_the_line_is_on_the_disk_before_the_answer(witness, monkeypatch):
    def broken(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(No) as refusal:
        witness.add_checkpoint(body(0, 5))
    assert refusal.value.status == 503
    monkeypatch.undo()
    assert status(witness, body(witness.head()[0].size, 9)) == 200
    assert [note.parse_checkpoint(note.parse_note(text).text).size for text in witness.journal][
        -1
    ] == 9


def test_a_write_that_stopped_half_way_leaves_no_trace(witness, monkeypatch):
    def half(journal, signed):
        journal.path.write_bytes(json.dumps(signed).encode()[:50])
        raise OSError("disk full")

    monkeypatch.setattr(store.Journal, "append", half)
    assert status(witness, body(0, 5)) == 503
    monkeypatch.undo()
    assert witness.newest is None
    assert status(witness, body(0, 5)) == 200
    assert len(witness.cosignatures()) == 1


def test_it_publishes_every_cosignature(witness):
    for old, new in ((0, 5), (5, 9), (9, 9), (9, 200)):
        witness.add_checkpoint(body(old, new))
        witness.clock.now += 10
    listed = [note.parse_note(text) for text in witness.cosignatures()]
    assert [note.parse_checkpoint(each.text).size for each in listed] == [5, 9, 9, 200]
    assert [note.verify_signature(each, witness.vkey) for each in listed] == [
        NOW,
        NOW + 10,
        NOW + 20,
        NOW + 30,
    ]
    assert all(note.verify_signature(each, LOG.key()) == 0 for each in listed)
    assert len(witness.cosignatures(over=8)) == 3
    assert len(witness.cosignatures(since=3)) == 1


def test_a_clock_set_back_does_not_make_a_later_cosignature_look_earlier(witness):
    witness.add_checkpoint(body(0, 5))
    witness.clock.now -= 5000
    signed = note.parse_note(head(9) + witness.add_checkpoint(body(5, 9)))
    assert note.verify_signature(signed, witness.vkey) == NOW


def test_a_value_never_leaves_before_its_slot(witness):
    secret = witness.chain.secret
    for slot in (61, 62, 1000):
        with pytest.raises(No) as refusal:
            witness.value(slot)
        assert refusal.value.status == 403
        assert str(GENESIS + slot * 60) in refusal.value.text
        assert draw.value_at(secret, 1000, slot) not in refusal.value.text
    anchor = witness.chain_facts()["anchor"]
    for slot in (1, 59, 60):
        draw.check_chain_value(witness.value(slot)["value"], slot, anchor)
    witness.clock.now = GENESIS + 61 * 60 - 0.001
    with pytest.raises(No):
        witness.value(61)
    witness.clock.now = GENESIS + 61 * 60
    assert witness.value(61)["value"]
    for outside in (0, 1001, 2**40):
        with pytest.raises(No) as refusal:
            witness.value(outside)
        assert refusal.value.status == 404


def test_keys_json_is_what_the_verifiers_read(witness):
    keys = verifier_keys.load(json.dumps(witness.keys()))
    assert keys.owner("reg-chain-1") == "regulator.test/w1"
    assert keys.owner("op-chain-1") == LOG.name
    assert keys.anchors == {
        "op-chain-1": "ab" * 32,
        "reg-chain-1": store.whole(witness.chain_facts()),
    }
    assert keys.needed == (1, {"regulator.test/w1"})


def test_parallel_callers_make_one_history(witness):
    """Twenty callers race from the same old size with two histories: one line, the rest refused."""
    other = (*LEAVES[:50], LEAVES[299], *LEAVES[51:])
    witness.add_checkpoint(body(0, 10))
    requests = [body(10, 60 + turn, LEAVES if turn % 2 else other) for turn in range(20)]
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda text: status(witness, text), requests))
    assert sorted(answers) == [200, *[409] * 19]
    assert len(witness.cosignatures()) == 2


# --- over HTTP ----------------------------------------------------------------------------
@pytest.fixture
def url(witness):
    """A witness served on a free port."""
    server = serve(witness, "127.0.0.1", 0)
    server.RequestHandlerClass.log_message = lambda *arguments: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(address, data=None, **headers):
    """(status, content type, text) of a request."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, data, headers), timeout=60
        ) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as no:
        return no.code, no.headers["Content-Type"], no.read().decode()


def test_the_protocol_over_http(url, witness):
    code, _, line = ask(f"{url}/add-checkpoint", body(0, 5).encode())
    assert (code, line[:2]) == (200, "— ")
    assert note.verify_signature(note.parse_note(head(5) + line), witness.vkey) == NOW
    assert ask(f"{url}/add-checkpoint", body(0, 9).encode()) == (409, "text/x.tlog.size", "5\n")
    assert len(json.loads(ask(f"{url}/cosignatures")[2])) == 1
    assert json.loads(ask(f"{url}/cosignatures?over=5")[2]) == []
    assert json.loads(ask(f"{url}/keys.json")[2]) == witness.keys()
    assert json.loads(ask(f"{url}/checkpoint")[2])["size"] == 5
    assert json.loads(ask(f"{url}/chain")[2])["n"] == 1000
    assert json.loads(ask(f"{url}/chain/value?slot=60")[2])["value"] == witness.value(60)["value"]
    code, _, text = ask(f"{url}/chain/value?slot=61")
    assert code == 403
    assert "is due at" in text


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("/nothing", None, 404),
        ("/nothing", b"x", 404),
        ("/chain/value", None, 400),
        ("/chain/value?slot=x", None, 400),
        ("/chain/value?slot=-1", None, 400),
        ("/chain/value?slot=1e9", None, 400),
        ("/chain/value?slot=0", None, 404),
        ("/chain/value?slot=99999999999999999999", None, 400),
        ("/cosignatures?over=%00", None, 400),
        ("/cosignatures?from=999", None, 200),
        ("/add-checkpoint", b"\xff", 400),
        ("/add-checkpoint", b"x" * 200_000, 413),
        ("/../chain.secret", None, 404),
        ("/witness.skey", None, 404),
    ],
)
def test_bad_input_over_http_is_a_sentence(url, path, data, expected):
    code, _, text = ask(url + path, data)
    assert code == expected
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("method", "status", "text"), [("HEAD", 200, ""), ("PUT", 501, "Unsupported method ('PUT')\n")]
)
def test_other_methods_are_answered_in_plain_text(url, method, status, text):
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
    connection.request(method, "/keys.json")
    answer = connection.getresponse()
    assert (answer.status, answer.read().decode()) == (status, text)
    assert "text/html" not in answer.headers["Content-Type"]
    connection.close()


def test_a_refusal_says_what_is_wrong_in_words(url):
    code, _, text = ask(f"{url}/add-checkpoint", b"old 0\n\nno note at all")
    assert (code, text) == (400, "the signed note is misshapen (note.shape)\n")


def test_no_page_shows_a_secret(url, witness):
    secrets = [witness.chain.secret.hex(), draw.value_at(witness.chain.secret, 1000, 61)]
    for path in (
        "/",
        "/keys.json",
        "/checkpoint",
        "/cosignatures",
        "/chain",
        "/chain/value?slot=60",
        "/chain/value?slot=61",
    ):
        text = ask(url + path)[2]
        assert not [each for each in secrets if each in text]


# --- the terminal -------------------------------------------------------------------------
def command(*words):
    """Run the program as a regulator does."""
    done = subprocess.run(
        [sys.executable, "-m", "market_witness", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_from_init_to_a_value_on_the_terminal(tmp_path, capsys):
    base = ["--folder", str(tmp_path / "w")]
    words = [
        "--origin",
        LOG.name,
        "--log-vkey",
        LOG.key().vkey,
        "--name",
        "regulator.test/w1",
        "--genesis",
        str(GENESIS),
        "--period",
        "60",
        "--slots",
        "100",
    ]
    code, said, _ = command(*base, "init", *words)
    assert code == 0
    assert json.loads(said)["origin"] == LOG.name
    code, _, no = command(*base, "init", *words)
    assert code == 1
    assert "exists" in no
    assert main([*base, "anchor"]) == 0
    anchor = json.loads(capsys.readouterr().out)["anchor"]
    assert main([*base, "value", "--at", str(GENESIS + 120)]) == 0
    draw.check_chain_value(capsys.readouterr().out.strip(), 2, anchor)
    assert main([*base, "value", "--slot", "101"]) == 1
    assert main([*base, "value", "--at", str(GENESIS - 1)]) == 1
    capsys.readouterr()
    assert main([*base, "status"]) == 0
    assert json.loads(capsys.readouterr().out)["size"] == 0
    assert main(["--folder", str(tmp_path / "none"), "status"]) == 1
    assert main([*base, "pin", f"op-chain-2={'ab' * 32}"]) == 0
    said = json.loads(capsys.readouterr().out)["anchors"]
    assert (said["reg-chain-1"]["anchor"], said["op-chain-2"]) == (anchor, "ab" * 32)
    assert main([*base, "pin", f"op-chain-2={'ab' * 32}:{GENESIS}:600:99"]) == 0
    whole = json.loads(capsys.readouterr().out)["anchors"]["op-chain-2"]
    assert (whole["genesis"], whole["period"], whole["n"]) == (GENESIS, 600, 99)
    assert main([*base, "pin", f"op-chain-2={'ab' * 32}:{GENESIS}:60:99"]) == 1
    for wrong in (
        f"op-chain-2={'cd' * 32}",
        f"reg-chain-1={'ab' * 32}",
        "op-chain-3",
        "op-chain-3=AB",
        f"={'ab' * 32}",
    ):
        assert main([*base, "pin", wrong]) == 1, wrong
    assert main([*base, "pin", f"op-chain-2={'ab' * 32}"]) == 0  # twice changes nothing


@pytest.mark.skipif(os.name != "posix", reason="file modes are a matter of POSIX systems")
def test_secrets_are_for_their_owner_alone(folder):
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes["witness.skey"] == modes["chain.secret"] == 0o600


def test_the_program_imports_nothing_of_the_product():
    code = (
        "import sys, market_witness.__main__\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('market', 'flask', 'sqlalchemy')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.stdout.strip() == "[]"
