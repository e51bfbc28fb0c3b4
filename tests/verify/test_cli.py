"""The scripts as an outsider runs them: the folder copied away, nothing of the product beside it,
exit codes.
"""

import subprocess

import pytest

from tests.verify import forge
from tests.verify.cases import closed, draw_by_lottery, exclude, lottery, withdraw
from tests.verify.forge import STRANGER, Forge, keys_json, make
from tests.verify.forgeries import FORGED, late_entry
from tests.verify.mirror import checkpoint, mirror, write_log
from tests.verify.node import ROOT, node
from tests.verify.programs import AT_THE_TIME, receipt, write
from tests.verify.vectors import worked
from verify.zjcs import note
from verify.zjcs.canonical import jcs


def test_the_worked_draw(run, tmp_path):
    code, said = run("verify_draw.py", write(tmp_path / "e.json", worked("evidence")))
    assert code == 0
    assert "VERIFIED" in said
    assert "complete only as of a whole-log check" in said
    assert "keys as claimed by the file itself" in said
    assert "A000311" in said


def test_pinned_keys(run, tmp_path):
    evidence = write(tmp_path / "e.json", Forge().text())
    keys = write(tmp_path / "keys.json", keys_json())
    code, said = run("verify_draw.py", evidence, "--keys", keys)
    assert code == 0
    assert "keys as claimed" not in said
    other = write(tmp_path / "other.json", keys_json(log=[STRANGER.key().vkey]))
    code, said = run("verify_draw.py", evidence, "--keys", other)
    assert code == 1
    assert "rule 13" in said


def test_a_changed_byte_is_named_with_its_place(run, tmp_path):
    code, said = run(
        "verify_draw.py",
        write(tmp_path / "e.json", worked("evidence").replace("A000311", "A000312")),
    )
    assert code == 1
    assert "leaf 8" in said
    assert "REFUSED" in said


def test_chinese(run, tmp_path):
    text = make(FORGED["the wrong winner"].change).text()
    code, said = run("verify_draw.py", write(tmp_path / "e.json", text), "--lang", "zh")
    assert code == 1
    assert "日志中的顺序与计算结果" in said
    assert "核对不通过" in said


def test_undecided_has_a_code_of_its_own(run, tmp_path):
    evidence = write(tmp_path / "e.json", make(draw_by_lottery).text())
    code, said = run("verify_draw.py", evidence)
    assert code == 3
    assert "UNDECIDED" in said
    assert run("verify_draw.py", evidence, "--lottery", lottery()["value"])[0] == 0


def test_wrong_usage_and_missing_files(run, tmp_path):
    assert run("verify_draw.py")[0] == 2
    assert run("verify_draw.py", tmp_path / "nothing.json")[0] == 2
    assert run("verify_draw.py", write(tmp_path / "x", "{"))[0] == 1
    assert run("verify_log.py", tmp_path / "nothing")[0] == 1
    assert (
        run(
            "verify_draw.py",
            write(tmp_path / "e.json", worked("evidence")),
            "--keys",
            tmp_path / "nothing",
        )[0]
        == 2
    )
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert run("verify_draw.py", tmp_path / "binary")[0] == 1


@pytest.mark.parametrize(
    ("change", "no", "end"),
    [
        (lambda f: None, 2, "entrants A000002"),
        (lambda f: withdraw(f, 2), 2, "withdrawn"),
        (lambda f: exclude(f, 2), 2, "excluded A000002 NOT_QUALIFIED"),
    ],
)
def test_an_entrant_s_receipt_is_joined(run, tmp_path, change, no, end):
    kind = make(change)
    evidence = write(tmp_path / "e.json", kind.text())
    paper = write(tmp_path / "r.tlog-proof", receipt(kind, 2 + no, 3 + no))
    code, said = run("verify_draw.py", evidence, "--receipt", paper)
    assert code == 0
    assert f"entry {no}: {end}" in said


def test_a_receipt_of_a_void_entry_says_so(run, tmp_path):
    def void(kind):
        late_entry(kind)
        kind.seal["entrants"].pop()

    kind = make(void)
    evidence = write(tmp_path / "e.json", kind.text())
    index = [leaf.get("no") for leaf in kind.leaves()].index(5)
    code, said = run(
        "verify_draw.py", evidence, "--receipt", write(tmp_path / "r", receipt(kind, index))
    )
    assert code == 0
    assert "entry 5: void" in said


def test_a_receipt_that_the_evidence_does_not_know(run, tmp_path):
    """An entry that its file leaves out: the receipt proves that it was in the log."""
    short = make(lambda f: (f.stages["entries"].pop(), f.seal["entrants"].pop()))
    evidence = write(tmp_path / "e.json", short.text())
    code, said = run(
        "verify_draw.py", evidence, "--receipt", write(tmp_path / "r", receipt(Forge(), 7))
    )
    assert code == 1
    assert "rule 6" in said


def test_an_order_that_is_not_published_stands_out(run, tmp_path):
    kind = Forge()
    keys = write(tmp_path / "keys.json", keys_json())
    data = [
        *kind.data()[:-3],
        jcs(kind.value("reg-chain-1", 100)),
        jcs(kind.value("op-chain-1", 101)),
    ]
    code, said = run("verify_log.py", write_log(tmp_path, data), "--keys", keys, *AT_THE_TIME)
    assert code == 0
    shown = next(line for line in said.splitlines() if forge.DRAW in line)
    assert shown.startswith("! sealed, without a result, although the log determines its order")
    assert "op-chain-1 101" in shown and "since leaf 10" in shown


def test_a_waiting_draw_is_explained_in_words(run, tmp_path):
    keys = write(tmp_path / "keys.json", keys_json())
    code, said = run(
        "verify_log.py",
        write_log(tmp_path, Forge().data()[:-3]),
        "--keys",
        keys,
        "--lang",
        "zh",
        *AT_THE_TIME,
    )
    assert code == 0
    assert "尚不能定序" in said and "既无数值也无失败记录" in said


def test_the_whole_log(run, tmp_path):
    log = mirror(tmp_path / "mirror", make(closed))
    keys = write(tmp_path / "keys.json", keys_json())
    kept = write(tmp_path / "kept", checkpoint(Forge().data()[:2]))
    code, said = run(
        "verify_log.py",
        log,
        "--keys",
        keys,
        "--tiles",
        "--receipt",
        write(tmp_path / "r", receipt(make(closed), 3)),
        *AT_THE_TIME,
    )
    assert code == 0
    assert "VERIFIED" in said
    code, said = run("verify_log.py", log, "--keys", keys, "--since", kept)
    assert code == 3 and "more than 24 h before" in said
    code, said = run("verify_log.py", log, "--keys", keys, "--since", kept, *AT_THE_TIME)
    assert code == 0
    bundle = next(path for path in (log / "tile" / "entries").rglob("*") if path.is_file())
    bundle.write_bytes(bundle.read_bytes().replace(b"A000003", b"A000004"))
    code, said = run("verify_log.py", log, "--keys", keys)
    assert code == 1
    assert "REFUSED" in said


def test_a_complainant_s_receipt_offline(run, tmp_path):
    keys = write(tmp_path / "keys.json", keys_json())
    paper = receipt(Forge(), 3)
    code, said = run("verify_receipt.py", write(tmp_path / "r", paper), "--keys", keys)
    assert code == 0
    assert '"type":"entry.received"' in said
    assert (
        run(
            "verify_receipt.py",
            write(tmp_path / "r2", paper.replace("index 3", "index 4")),
            "--keys",
            keys,
        )[0]
        == 1
    )
    spaced = Forge().data()[3].replace(b'"draw":', b'"draw" :')
    one = note.format_proof(
        note.Proof(0, (), checkpoint([spaced]), spaced)
    )  # in a log, and yet nobody's entry
    assert run("verify_receipt.py", write(tmp_path / "r3", one), "--keys", keys)[0] == 1
    leaf = write(tmp_path / "leaf", Forge().data()[4].decode())
    assert run("verify_receipt.py", tmp_path / "r", "--keys", keys, "--leaf", leaf)[0] == 1
    assert run("verify_receipt.py", tmp_path / "r")[0] == 2


def test_node_too_tells_wrong_usage_from_a_refusal(tmp_path):
    evidence = write(tmp_path / "e.json", Forge().text())
    for wrong in (
        (),
        (tmp_path / "nope.json",),
        (evidence, "--keys"),
        (evidence, "--keys", "--lottery", "x"),
        (evidence, "--keys", tmp_path / "nope.json"),
        (evidence, "--cosignatures", tmp_path),
        (evidence, "--other", "x"),
        (evidence, evidence),
    ):
        done = subprocess.run(
            [node(), str(ROOT / "static/verify/cli.mjs"), *map(str, wrong)],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 2, wrong
        assert "usage:" in done.stderr and "    at " not in done.stderr, done.stderr


def test_node_gives_the_same_exit_codes(tmp_path):
    def code(text, *more):
        path = write(tmp_path / "e.json", text)
        words = [node(), str(ROOT / "static/verify/cli.mjs"), str(path), *map(str, more)]
        return subprocess.run(words, capture_output=True, timeout=60).returncode

    assert code(Forge().text()) == 0
    assert code(Forge().text(), "--keys", write(tmp_path / "k", keys_json())) == 0
    assert code(worked("evidence")) == 0
    assert code(make(draw_by_lottery).text()) == 3
    assert code(worked("evidence").replace("A000311", "A000312")) == 1
    assert code("{") == 1
