"""The whole log: from a folder and over HTTP, every kind of tampering found, every draw joined."""

import functools
import hashlib
import http.server
import json
import threading

import pytest
import tlog_scales.reader
from tlog_scales import backend, signing

from tests.verify import forge
from tests.verify.cases import HONEST, finish
from tests.verify.forge import DRAW, DRAW_AT, LOG, REGULATOR, Forge, make
from tests.verify.forgeries import FORGED, drop_entry
from tests.verify.logs import OTHER, faults, verdicts
from tests.verify.mirror import checkpoint, mirror, put, write_log
from verify.zjcs import logcheck, merkle, note, tiles
from verify.zjcs.canonical import jcs
from verify.zjcs.faults import Fault, Undecided


@pytest.mark.parametrize("name", HONEST)
def test_honest_draws_are_joined(tmp_path, name):
    change, settings = HONEST[name]
    log = mirror(tmp_path, make(change, **settings), more=tuple(OTHER))
    steps = verdicts(log, settings.get("draw_at", DRAW_AT), every_tile=True)
    assert faults(steps) == []
    assert [step.detail.split()[0] for step in steps if step.name == "draw"] == [DRAW]


def test_without_an_evidence_file_the_times_are_undecided(tmp_path):
    steps = verdicts(mirror(tmp_path, Forge(), evidence=False))
    assert faults(steps) == [(4, "log.no_evidence")]
    assert all(isinstance(step.fault, Undecided) for step in steps if step.fault)


@pytest.mark.parametrize(
    "name",
    [
        "an entry dropped",
        "a second seal",
        "a second notice",
        "a second result",
        "the wrong winner",
        "a chosen value",
        "another quote than committed",
        "a label too high",
        "late and silent",
        "an entry after the close",
        "a reserve before the winner",
        "its own predecessor",
        "a quote both open and hidden",
        "an anchor after the notice",
        "lost too soon",
    ],
)
def test_a_forged_draw_is_found_by_its_rule(tmp_path, name):
    forgery = FORGED[name]
    draw_at = forgery.settings.get("draw_at", DRAW_AT)
    steps = verdicts(mirror(tmp_path, make(forgery.change, **forgery.settings)), draw_at)
    assert faults(steps) == [(forgery.rule, forgery.code)]


def test_a_file_that_hides_a_second_seal_is_found(tmp_path):
    """The file is honest in itself; only the whole log shows what it leaves out."""
    honest = Forge()
    data = honest.data()
    put(tmp_path / "draws" / DRAW / "evidence.json", honest.text().encode())
    second = jcs({**json.loads(data[8]), "at": 1694775006})
    log = write_log(tmp_path, [*data, second])
    assert faults(verdicts(log)) == [(5, "leaf.second")]


def test_a_file_that_hides_an_entry_is_found(tmp_path):
    short = make(lambda f: (f.stages["entries"].pop(), f.seal["entrants"].pop()))
    put(tmp_path / "draws" / DRAW / "evidence.json", short.text().encode())
    log = write_log(tmp_path, Forge().data())
    assert faults(verdicts(log)) == [(None, "log.evidence")]


def test_a_sealed_draw_without_a_result_is_listed_with_its_order(tmp_path):
    data = Forge().data()[:-1]
    steps = verdicts(write_log(tmp_path, data))
    assert [step.name for step in steps if step.rule == 12] == ["open"]
    assert json.loads(Forge().data()[-1])["order"][0] in next(
        step.detail for step in steps if step.name == "open"
    )


def test_a_sealed_draw_that_waits_for_values_is_listed(tmp_path):
    steps = verdicts(write_log(tmp_path, Forge().data()[:-3]))
    assert [step.why.code for step in steps if step.name == "open_waiting"] == ["value.missing"]


def open_draw(*values):
    """The leaves of a sealed draw without a result, with these instead of its chains' values, by
    (source, slot).
    """
    kind = Forge()
    return kind, [*kind.data()[:-3], *(jcs(kind.value(*value)) for value in values)]


def test_a_withheld_value_does_not_hide_the_order_of_a_draw_without_a_result(tmp_path):
    """The operator's chain went on: its next value, hashed down, gives the one that was never
    published.
    """
    expected = ",".join(ref for ref, _ in Forge().ranking(Forge().leaves())[1])
    for slots in (
        (101,),
        (160, 103, 101),
    ):  # whichever came first: it determines the order from then on
        kind, data = open_draw(("reg-chain-1", 100), *(("op-chain-1", slot) for slot in slots))
        steps = verdicts(write_log(tmp_path / str(slots[0]), data))
        assert faults(steps) == []
        assert [(step.name, step.detail) for step in steps if step.rule == 12] == [
            ("open_derived", f"{DRAW}: {expected}")
        ]
        why = next(step.why for step in steps if step.why)
        later = kind.chains["op-chain-1"].due_at(slots[0])
        assert (why.where, why.facts["slots"], why.facts["due"]) == (
            "leaf 10",
            f"op-chain-1 {slots[0]}",
            later,
        )


def test_both_values_of_a_draw_without_a_result_are_derived(tmp_path):
    _, data = open_draw(("op-chain-1", 105), ("reg-chain-1", 101))
    steps = verdicts(write_log(tmp_path, data))
    assert [step.name for step in steps if step.rule == 12] == ["open_derived"]
    assert Forge().ranking(Forge().leaves())[1][0][0] in next(
        step.detail for step in steps if step.rule == 12
    )


def test_what_determines_nothing_leaves_a_draw_waiting(tmp_path):
    """An earlier slot; the value of one chain alone; a later value that does not fit its anchor, or
    that came after the loss.
    """
    kind, data = open_draw()
    false = jcs({**kind.value("op-chain-1", 101), "value": "ab" * 32})
    lost = jcs(kind.lost("op-chain-1", 100, kind.draw_at + 86_400, LOG, REGULATOR))
    one = jcs(kind.value("reg-chain-1", 100))
    later = jcs(kind.value("op-chain-1", 101))
    for name, more in {
        "earlier": (one, jcs(kind.value("op-chain-1", 99))),
        "alone": (later,),
        "false": (one, false),
        "lost": (one, lost, later),
    }.items():
        steps = verdicts(write_log(tmp_path / name, [*data, *more]))
        assert [step.name for step in steps if step.rule == 12] == ["open_waiting"], name
        assert faults(steps) == []
    steps = verdicts(write_log(tmp_path / "true", [*data, one, false, later]))
    assert [step.name for step in steps if step.rule == 12] == ["open_derived"]


@pytest.mark.parametrize("gone", ["entries.sealed", "draw.result"])
def test_what_follows_a_seal_or_a_result_does_not_stand_without_one(tmp_path, gone):
    data = [leaf for leaf in make(finish).data() if json.loads(leaf)["type"] != gone]
    assert faults(verdicts(write_log(tmp_path, data))) == [(5, "leaf.missing")]


def test_who_entered_and_was_never_sealed_is_shown_when_the_time_is_over(tmp_path):
    data = [
        leaf
        for leaf in Forge().data()
        if json.loads(leaf)["type"] not in ("entries.sealed", "draw.result")
    ]
    steps = verdicts(write_log(tmp_path, data))
    assert [(step.rule, step.detail) for step in steps if step.name == "unsealed"] == [
        (6, f"{DRAW}: 5")
    ]
    put(tmp_path / "log" / "checkpoint", checkpoint(data, time=forge.DRAW_AT - 1).encode())
    assert [step for step in verdicts(tmp_path / "log") if step.name == "unsealed"] == []


def test_an_evidence_file_from_another_history_is_found(tmp_path):
    """The draw is the same in both; a head that the log's key signed is not one of this log."""

    def signed_over(more):
        kind = Forge()
        data = [*kind.data(), *more]
        hashes = tuple(map(merkle.leaf_hash, data))
        file = kind.evidence()
        size = note.parse_checkpoint(note.parse_note(file["seal"]["checkpoint"]).text).size
        file["checkpoint"] = checkpoint(data)
        file["proofs"] = {
            index: [part.hex() for part in forge.inclusion(hashes, int(index))]
            for index in file["proofs"]
        }
        file["seal"]["consistency"] = [part.hex() for part in forge.consistency(hashes, size)]
        return json.dumps(file, ensure_ascii=False).encode()

    log = write_log(tmp_path, [*Forge().data(), *OTHER[:600]])
    for count in (0, 1, 256 - 12, 257 - 12, 600):
        put(tmp_path / "draws" / DRAW / "evidence.json", signed_over(OTHER[:count]))
        assert faults(verdicts(log)) == []
    put(tmp_path / "draws" / DRAW / "evidence.json", signed_over(OTHER[1:3]))
    assert faults(verdicts(log)) == [(None, "log.fork")]
    put(
        tmp_path / "draws" / DRAW / "evidence.json", signed_over(OTHER[:601])
    )  # longer than the log that was read
    steps = verdicts(log)
    assert faults(steps) == [(None, "log.newer")]
    assert all(isinstance(step.fault, Undecided) for step in steps if step.fault)


@pytest.mark.parametrize(
    "spelling",
    [
        (b'"draw":', b'"draw" :'),
        (b'"draw":', b'"dr\\u0061w":'),
        (b'"type":"entries', b'"type": "entries'),
    ],
)
def test_a_leaf_that_hides_behind_a_second_spelling_is_refused(tmp_path, spelling):
    hidden = Forge().data()[8].replace(*spelling)
    with pytest.raises(Fault, match=r"canonical\.spelling at leaf 12"):
        verdicts(write_log(tmp_path, [*Forge().data(), hidden]))


def test_an_open_draw_that_lost_an_entry_is_found(tmp_path):
    data = make(drop_entry).data()[:-1]
    assert faults(verdicts(write_log(tmp_path, data))) == [(6, "entry.end")]


def test_a_relisting_that_does_not_say_so_is_found(tmp_path):
    first = Forge().data()
    again = {**json.loads(first[2]), "draw": "XQ-360481-2023-00002", "project": "P-7"}
    one = jcs({**json.loads(first[2]), "project": "P-7"})
    silent = write_log(tmp_path / "silent", [*first[:2], one, jcs(again)])
    assert faults(verdicts(silent)) == [(12, "log.relisted")]
    said = write_log(tmp_path / "said", [*first[:2], one, jcs({**again, "predecessor": DRAW})])
    assert faults(verdicts(said)) == []


def test_an_unknown_leaf_of_a_draw_is_refused(tmp_path):
    log = write_log(
        tmp_path, [*Forge().data(), jcs({"v": 1, "type": "draw.redrawn", "draw": DRAW, "at": 1})]
    )
    with pytest.raises(Fault, match=r"leaf\.type at leaf"):
        verdicts(log)


@pytest.mark.parametrize(
    "spoil", ["leaf", "swap", "cut", "root", "signature", "cosignature", "missing", "tile"]
)
def test_every_tampering_with_the_log_is_found(tmp_path, spoil):
    data = [*Forge().data(), *OTHER[:600]]
    log = write_log(tmp_path, data)
    bundle = log / tiles.tile_path("entries", 1)
    if spoil == "leaf":
        bundle.write_bytes(bundle.read_bytes().replace(b"TS-300", b"TS-3O0"))
    elif spoil == "swap":
        entries = tiles.parse_bundle(bundle.read_bytes(), 256)
        bundle.write_bytes(tiles.format_bundle([entries[1], entries[0], *entries[2:]]))
    elif spoil == "cut":
        bundle.write_bytes(bundle.read_bytes()[:-1])
    elif spoil == "root":
        put(
            log / "checkpoint",
            checkpoint(data[:-1]).replace(f"\n{len(data) - 1}\n", f"\n{len(data)}\n").encode(),
        )
    elif spoil == "signature":
        lines = checkpoint(data).split("\n")
        put(
            log / "checkpoint",
            "\n".join([*lines[:4], lines[4][:60] + "AAAA" + lines[4][64:], *lines[5:]]).encode(),
        )
    elif spoil == "cosignature":
        text = checkpoint(data).rsplit(" ", 1)
        put(log / "checkpoint", f"{text[0]} {text[1][:40]}AAAA{text[1][44:]}".encode())
    elif spoil == "missing":
        bundle.unlink()
    else:
        tile = log / tiles.tile_path(0, 0)
        tile.write_bytes(tile.read_bytes()[::-1])
    with pytest.raises(Fault) as refusal:
        verdicts(log, every_tile=True)
    assert refusal.value.where


def test_a_kept_checkpoint_finds_a_rewritten_history(tmp_path):
    data = [*OTHER[:300]]
    kept = checkpoint(data[:100])
    log = write_log(tmp_path / "log1", data)
    assert [step.detail for step in verdicts(log, since=kept) if step.name == "since"] == ["100"]
    rewritten = write_log(tmp_path / "log2", [*data[:50], OTHER[999], *data[51:]])
    with pytest.raises(Fault, match=r"log\.since"):
        verdicts(rewritten, since=kept)
    with pytest.raises(Fault, match=r"log\.shrunk"):
        verdicts(write_log(tmp_path / "log3", data[:99]), since=kept)


def test_an_empty_log_is_a_log(tmp_path):
    assert [step.name for step in verdicts(write_log(tmp_path, []))] == ["keys", "log", "leaves"]


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
