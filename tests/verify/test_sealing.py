"""Sealing a quote outside the market: the command, the modules, the saved page. Each is opened here."""

import base64
import json
import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import expect

from scripts import seal_page
from tests.verify.boxing import KEYS, VECTORS, secrets
from tests.verify.node import ROOT, script
from verify.zjcs import boxes, note, openings, sealing
from verify.zjcs.faults import Fault
from verify.zjcs.quote_keys import note_text

TWO = ["op", "reg.test/w1"]
SIGNERS = {
    name: note.Signer(name, Ed25519PrivateKey.from_private_bytes(seed * 32))
    for name, seed in (("op", b"\x01"), ("reg.test/w1", b"\x02"))
}


def signed(name):
    """A trustee's key of the draw with its holder's signature."""
    trustee = sealing.Trustee(name, KEYS[name]["pk"])
    text = note_text(VECTORS["origin"], VECTORS["draw"], trustee)
    return {
        "id": name,
        "note": note.format_note(text, [SIGNERS[name].sign(text)]),
        "pk": trustee.pk,
    }


def leaf(**change):
    """A notice's leaf as far as sealing reads it."""
    return {
        "v": 1,
        "type": "notice.published",
        "draw": VECTORS["draw"],
        "sealed_quotes": {
            "keys": [signed(name) for name in TWO],
            "suite": "0010-0001-0002",
            "t": 2,
        },
        "quote_rule": {"kind": "quote_fen", "floor": 100000, "ceiling": 2000000},
        **change,
    }


def opened(posted):
    """The opening inside a posted entry, by the two released keys."""
    box = base64.b64decode(posted["box"])
    of = boxes.Purpose(VECTORS["draw"], posted["agency"], "quote", 2)
    trustees = [sealing.Trustee(name, KEYS[name]["pk"]) for name in TWO]
    data = boxes.open_box(box, posted["box_sha256"], of, trustees, secrets(TWO))
    expected = openings.Expected(posted["agency"], VECTORS["draw"], posted["commit"])
    kind = next(key for key in openings.MOST if f'"{key}"'.encode() in data)
    return openings.read(data, expected, kind)


def run(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "verify" / "seal.py", "--lang", "en", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.json"
    path.write_text(json.dumps(leaf()))
    return path


def keys_file(path, names=TWO):
    log = note.Key("op", note.ED25519, SIGNERS["op"].public)
    witnesses = [
        note.Key(name, note.COSIGNATURE, SIGNERS[name].public).vkey
        for name in names
        if name != "op"
    ]
    value = {
        "origin": VECTORS["origin"],
        "log": [log.vkey],
        "witnesses": witnesses,
        "anchors": {},
        "owner_of": {},
    }
    path.write_text(json.dumps(value))
    return path


# --- the command --------------------------------------------------------------------------
def test_the_command_gives_an_entry_to_post_and_a_token_to_keep(notice, tmp_path):
    keys = keys_file(tmp_path / "keys.json")
    done = run(
        notice, "--agency", "A000017", "--quote", "12345.00", "--out", tmp_path, "--keys", keys
    )
    assert (done.returncode, done.stderr) == (0, "")
    name = f"{VECTORS['draw']}-A000017"
    posted = json.loads((tmp_path / f"{name}.sealed.json").read_text())
    kept = tmp_path / f"{name}.token.json"
    assert opened(posted)["quote_fen"] == 1234500
    assert "12345" not in json.dumps({**posted, "box": ""})
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert openings.undo_of(bytes.fromhex(json.loads(kept.read_text())["token"])) == posted["undo"]
    again = run(notice, "--agency", "A000017", "--quote", "12345.00", "--out", tmp_path)
    assert again.returncode == 2
    assert json.loads((tmp_path / f"{name}.sealed.json").read_text()) == posted


@pytest.mark.parametrize(
    ("agency", "quote", "word"),
    [
        ("A17", "12345", "A17"),
        ("A000017", "999.99", "below_floor"),
        ("A000017", "20000.01", "above_ceiling"),
        ("A000017", "0", "0"),
        ("A000017", "1.005", "1.005"),
        ("A000017", "abc", "abc"),
    ],
)
def test_what_cannot_be_sealed_is_said_and_no_file_is_left(notice, tmp_path, agency, quote, word):
    done = run(notice, "--agency", agency, "--quote", quote, "--out", tmp_path)
    assert done.returncode == 1
    assert word in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["notice.json"]


def test_a_key_that_its_holder_did_not_sign_is_refused(notice, tmp_path):
    forged = leaf()
    forged["sealed_quotes"]["keys"][1]["note"] = signed("op")["note"]
    notice.write_text(json.dumps(forged))
    keys = keys_file(tmp_path / "keys.json")
    done = run(notice, "--agency", "A000017", "--quote", "12345", "--keys", keys)
    assert (done.returncode, "reg.test/w1" in done.stdout) == (1, True)
    stranger = keys_file(tmp_path / "other.json", names=["op"])
    notice.write_text(json.dumps(leaf()))
    done = run(notice, "--agency", "A000017", "--quote", "12345", "--keys", stranger)
    assert (done.returncode, "does not name" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    "change",
    [
        {"sealed_quotes": None},
        {"sealed_quotes": {"keys": 7, "suite": "0010-0001-0002", "t": 2}},
        {"sealed_quotes": {"keys": [], "suite": "0020-0001-0002", "t": 2}},
        {"quote_rule": {"kind": "vote", "floor": None, "ceiling": None}},
        {"quote_rule": {"kind": "quote_fen", "floor": "1", "ceiling": None}},
        {"draw": "../../etc"},
        {"draw": 7},
    ],
    ids=str,
)
def test_another_leaf_is_no_promise(change):
    with pytest.raises(Fault, match=r"quote\.promise"):
        sealing.promise_of(leaf(**change))


# --- the modules --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "quote", "key", "value"),
    [
        ({"kind": "quote_fen", "floor": None, "ceiling": None}, "12345.6", "quote_fen", 1234560),
        ({"kind": "rate_bp", "floor": 1, "ceiling": 26430000}, "12.5", "rate_bp", 1250),
    ],
)
def test_what_the_browser_s_modules_seal_is_opened_here(rule, quote, key, value):
    found = script(
        f"""
import {{ hundredths, promiseOf, sealEntry, undoOf }} from "./sealing.js";
const promise = promiseOf({json.dumps(leaf(quote_rule=rule))});
const {{ posted, kept }} = await sealEntry(promise, "A000017", hundredths("{quote}"));
console.log(JSON.stringify({{ posted, kept, undo: undoOf(kept.token) }}));
"""
    )
    assert opened(found["posted"])[key] == value
    assert opened(found["posted"]) == found["kept"]["opening"]
    assert found["undo"] == found["posted"]["undo"]
    assert openings.undo_of(bytes.fromhex(found["kept"]["token"])) == found["undo"]


# --- the saved page -----------------------------------------------------------------------
def test_the_page_is_written_anew_when_a_part_has_changed(tmp_path, monkeypatch):
    page_file = tmp_path / "seal.html"
    monkeypatch.setattr(seal_page, "TARGET", page_file)
    seal_page.write()
    written = page_file.stat().st_mtime_ns
    seal_page.write()
    assert page_file.stat().st_mtime_ns == written
    page_file.write_text("of yesterday")
    seal_page.write()
    assert page_file.read_text(encoding="utf-8") == seal_page.build()


@pytest.mark.browser
def test_the_saved_page_seals_from_a_disk_and_connects_nowhere(browser, notice, tmp_path):
    page_file = tmp_path / "seal.html"
    page_file.write_text(seal_page.build(), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(page_file.as_uri())
    page.get_by_label("公告记录文件").set_input_files(notice)
    page.get_by_label("平台编号").fill("A000017")
    page.get_by_label("报价").fill("999.99")
    page.get_by_role("button", name="封装").click()
    expect(page.get_by_role("alert")).to_contain_text("限价")
    page.get_by_label("报价").fill("12345.00")
    page.get_by_role("button", name="封装").click()
    expect(page.get_by_role("status")).to_be_visible()
    with page.expect_download() as download:
        page.locator("#posted").click()
    posted = json.loads(download.value.path().read_text())
    assert opened(posted)["quote_fen"] == 1234500
    assert page.locator("#hash").text_content() == posted["box_sha256"]
    assert [url for url in requests if not url.startswith(("file:", "blob:"))] == []
    assert faults == []
    refused = page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    context.close()
