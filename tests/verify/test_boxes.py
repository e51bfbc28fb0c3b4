"""Sealed quotes: every vector byte for byte in Python, node and Chromium; each reason for not opening,
alike in both languages.
"""

import json

import pytest

from tests.verify import boxing
from tests.verify.boxing import KEYS, SEALED, VECTORS, purpose, secrets, trustees
from tests.verify.node import script
from verify.zjcs import boxes, note, openings, quote_keys
from verify.zjcs.faults import Fault

BIG = bytes((i * 7 + 3) % 256 for i in range(256)) * (10 * 1024 * 1024 // 256)
TWO = ["op", "reg.test/w1"]
DATA = SEALED["two_of_two"]["data_utf8"].encode()
PIECES = [bytes.fromhex(piece) for piece in SEALED["two_of_two"]["pieces"]]
EPHEMERAL = SEALED["two_of_two"]["ephemeral_sk"]
OWN = purpose(SEALED["two_of_two"])
OTHER_KEY = "11" * 32


def content_of(vector):
    return BIG if vector["kind"] == "proposal" else vector["data_utf8"].encode()


def rebuilt(vector):
    """The vector's box sealed again from its pieces and ephemeral keys."""
    pieces = [bytes.fromhex(piece) for piece in vector["pieces"]]
    return boxing.sealed(
        content_of(vector), purpose(vector), vector["ids"], pieces, vector["ephemeral_sk"]
    )


def reason(box, of=OWN, ids=TWO, keys=None, logged=None):
    """Why a box is not opened here, or None."""
    try:
        boxes.open_box(box, logged or boxes.box_hash(box), of, trustees(ids), keys or secrets(ids))
    except boxes.Unopened as unopened:
        return unopened.code
    return None


# --- vectors ------------------------------------------------------------------------------
@pytest.mark.parametrize("key", VECTORS["keys"], ids=lambda key: key["id"])
def test_a_draws_key_follows_from_the_root(key):
    root = bytes.fromhex(key["root"])
    found = quote_keys.derive(root, VECTORS["origin"], VECTORS["draw"], key["id"])
    assert (found, quote_keys.public_of(found)) == (key["sk"], key["pk"])


def test_the_witness_signs_its_key_of_the_draw_and_of_no_other():
    signer = note.parse_vkey(VECTORS["key_note"]["vkey"])
    named = trustees(["reg.test/w1"])[0]
    signed = VECTORS["key_note"]["note"]
    quote_keys.check_note(signed, signer, VECTORS["origin"], VECTORS["draw"], named)
    cosigner = note.Key(signer.name, note.COSIGNATURE, signer.public)
    quote_keys.check_note(signed, cosigner, VECTORS["origin"], VECTORS["draw"], named)
    for change in (
        {"draw": "XQ-360481-2026-00124"},
        {"named": named._replace(pk=KEYS["op"]["pk"])},
        {"signed": signed.replace("Ml4MNaV6", "Ml4MNaV7")},
    ):
        with pytest.raises(Fault):
            quote_keys.check_note(
                change.get("signed", signed),
                signer,
                VECTORS["origin"],
                change.get("draw", VECTORS["draw"]),
                change.get("named", named),
            )


@pytest.mark.parametrize("vector", VECTORS["boxes"], ids=lambda vector: vector["name"])
def test_each_vector_is_sealed_and_opened_byte_for_byte(vector):
    box = rebuilt(vector)
    if not vector.get("changed"):
        assert (len(box), boxes.box_hash(box)) == (vector["box_len"], vector["box_hash"])
    kept = bytes.fromhex(vector["box"]) if "box" in vector else box
    of = purpose(vector, agency=vector["opened_for"])
    keys = secrets(vector["opened_with"])
    assert reason(kept, of, vector["ids"], keys) == vector["reason"]
    if vector["reason"] is None and vector["kind"] == "quote":
        data = boxes.open_box(kept, vector["box_hash"], of, trustees(vector["ids"]), keys)
        expected = openings.Expected(vector["agency"], VECTORS["draw"], vector["commit"])
        assert openings.read(data, expected, "quote_fen")["quote_fen"] == 1234500


IN_NODE = """
import { readFileSync } from "node:fs";
import { boxHash, open, seal } from "./boxes.js";
import { hex, unhex } from "./sha256.js";
const V = JSON.parse(readFileSync("../../tests/verify/data/sealed_quotes.json", "utf8"));
const KEYS = Object.fromEntries(V.keys.map((key) => [key.id, key]));
const trustees = (ids) => ids.map((id) => ({ id, pk: KEYS[id].pk }));
const secrets = (ids) => Object.fromEntries(ids.map((id) => [id, KEYS[id].sk]));
const reason = async (box, logged, purpose, ids, keys) => {
  try {
    await open(box, logged ?? await boxHash(box), purpose, trustees(ids), keys);
    return null;
  } catch (error) {
    if (error.code === undefined || error instanceof DOMException) throw error;
    return error.code;
  }
};
"""


def test_node_seals_and_opens_each_vector_byte_for_byte():
    found = script(
        IN_NODE
        + """
const fixed = async (vector) => ({ pieces: vector.pieces.map(unhex), ephemeral: await Promise.all(vector.ephemeral_sk.map(async (sk, i) => {
  const pk = unhex(vector.ephemeral_pk[i]), url = (bytes) => Buffer.from(bytes).toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", x: url(pk.slice(1, 33)), y: url(pk.slice(33)) };
  const take = (key, uses) => crypto.subtle.importKey("jwk", key, { name: "ECDH", namedCurve: "P-256" }, true, uses);
  return { publicKey: await take(jwk, []), privateKey: await take({ ...jwk, d: url(unhex(sk)) }, ["deriveBits"]) };
})) });
const out = [];
for (const vector of V.boxes) {
  const data = vector.kind === "proposal" ? Uint8Array.from({ length: vector.data_len }, (_, i) => (i * 7 + 3) % 256)
    : new TextEncoder().encode(vector.data_utf8);
  const { agency, kind, t } = vector, purpose = { draw: V.draw, agency, kind, t };
  const box = await seal(data, purpose, trustees(vector.ids), await fixed(vector));
  const kept = vector.box ? unhex(vector.box) : box;
  out.push([vector.name, box.length, await boxHash(box),
    await reason(kept, undefined, { ...purpose, agency: vector.opened_for }, vector.ids, secrets(vector.opened_with))]);
}
console.log(JSON.stringify(out));
"""
    )
    assert [row[0] for row in found] == list(SEALED)
    for name, size, digest, code in found:
        vector = SEALED[name]
        assert code == vector["reason"], name
        if not vector.get("changed"):
            assert (size, digest) == (vector["box_len"], vector["box_hash"]), name


# --- every reason, alike in both languages ---------------------------------------------------
def forged(**change):
    """A box that its entrant, or somebody on the way, has built wrongly."""
    of = change.pop("of", OWN)
    return boxing.sealed(DATA, of, TWO, PIECES, EPHEMERAL, **change)


def plain(data=DATA, size=1024, fill=b"\0", length=None):
    """A content with a length and a padding of one's own."""
    head = (len(data) if length is None else length).to_bytes(4, "big")
    return boxing.payload_of((head + data).ljust(size, fill), PIECES, OWN)


def with_head(old, new):
    """The honest box with other bytes in its head, their length put right."""
    box = forged()
    size = int.from_bytes(box[13:15], "big")
    head = box[15 : 15 + size].replace(old, new)
    return box[:13] + len(head).to_bytes(2, "big") + head + box[15 + size :]


BAD = {
    "honest": (forged(), None),
    "nothing": (b"", "box_shape"),
    "other magic": (b"zjcs-quote/2\n" + forged()[13:], "box_shape"),
    "cut in the head": (forged()[:100], "box_shape"),
    "cut in a share": (forged()[:330], "box_shape"),
    "one byte more": (forged() + b"\0", "box_shape"),
    "one byte less": (forged()[:-1], "box_shape"),
    "a second spelling": (with_head(b'"t":2', b'"t": 2'), "box_shape"),
    "another key": (with_head(b'"v":1', b'"u":1,"v":1'), "box_shape"),
    "another version": (with_head(b'"v":1', b'"v":2'), "box_shape"),
    "an unknown kind": (with_head(b'"quote"', b'"quota"'), "box_shape"),
    "t of three": (with_head(b'"t":2', b'"t":3'), "box_shape"),
    "t of none": (with_head(b'"t":2', b'"t":0'), "box_shape"),
    "t as true": (with_head(b'"t":2', b'"t":true'), "box_shape"),
    "t of one": (with_head(b'"t":2', b'"t":1'), "box_shape"),
    "another suite": (with_head(b"0010-0001-0002", b"0010-0001-0003"), "box_other"),
    "another draw": (forged(of=OWN._replace(draw="XQ-360481-2026-00124")), "box_other"),
    "another agency": (forged(of=OWN._replace(agency="A000018")), "box_other"),
    "a flipped bit in a share": (forged()[:300] + b"\xff" + forged()[301:], "share_open"),
    "shares exchanged": (forged(shares=[PIECES[0], PIECES[1]]), "piece_commit"),
    "a bad piece": (forged(shares=[bytes(32), PIECES[0]]), "piece_commit"),
    "a flipped bit in the payload": (forged()[:-5] + b"\xff" + forged()[-4:], "payload_open"),
    "sealed to other pieces": (
        forged(payload=boxes.seal_payload(DATA, "quote", PIECES[::-1], boxes.head_of(OWN, PIECES))),
        "payload_open",
    ),
    "padding that says something": (forged(payload=plain(fill=b"\x01")), "padding"),
    "a length beyond the content": (forged(payload=plain(length=1021)), "padding"),
    "a length of four thousand million": (forged(payload=plain(length=2**32 - 1)), "padding"),
    "a length that is short": (forged(payload=plain(length=3)), "padding"),
    "a larger padding": (forged(payload=plain(size=2048)), "box_shape"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_each_fault_of_a_box_has_its_reason(name):
    box, code = BAD[name]
    assert reason(box) == code


def test_node_gives_the_same_reasons():
    rows = [[name, box.hex(), code] for name, (box, code) in BAD.items()]
    found = script(
        IN_NODE
        + f"const ROWS = {json.dumps(rows)};\n"
        + """
const purpose = { draw: V.draw, agency: "A000017", kind: "quote", t: 2 }, ids = ["op", "reg.test/w1"], out = {};
for (const [name, box] of ROWS) out[name] = await reason(unhex(box), undefined, purpose, ids, secrets(ids));
out["swapped after the receipt"] = await reason(unhex(ROWS[0][1]), "0".repeat(64), purpose, ids, secrets(ids));
console.log(JSON.stringify(out));
"""
    )
    assert found.pop("swapped after the receipt") == reason(forged(), logged="0" * 64) == "box_hash"
    assert found == {name: code for name, (_, code) in BAD.items()}


def test_what_node_seals_python_opens_and_a_key_belongs_to_its_point():
    found = script(
        IN_NODE
        + f"const DATA = {json.dumps(DATA.decode())}, OTHER = {json.dumps(OTHER_KEY)};\n"
        + """
import { belongsTo } from "./boxes.js";
const purpose = { draw: V.draw, agency: "A000017", kind: "quote", t: 2 };
const box = await seal(new TextEncoder().encode(DATA), purpose, trustees(["op", "reg.test/w1"]));
const { sk, pk } = KEYS.op;
console.log(JSON.stringify({ box: hex(box), belongs: await belongsTo(sk, pk), other: await belongsTo(OTHER, pk),
  junk: await belongsTo("00".repeat(32), pk) }));
"""
    )
    box = bytes.fromhex(found["box"])
    opened = boxes.open_box(box, boxes.box_hash(box), OWN, trustees(TWO), secrets(TWO))
    assert opened == DATA
    assert (found["belongs"], found["other"], found["junk"]) == (True, False, False)


@pytest.mark.parametrize(("t", "ids"), [(1, ["op"]), (1, TWO), (2, TWO), (2, list(KEYS))])
def test_any_t_trustees_open_and_fewer_do_not(t, ids):
    of = OWN._replace(t=t)
    box = boxes.seal(DATA, of, trustees(ids))
    for i in range(len(ids)):
        some = [ids[(i + k) % len(ids)] for k in range(t)]
        assert reason(box, of, ids, secrets(some)) is None
        fewer = secrets(some[1:]) or {"nobody": OTHER_KEY}
        assert reason(box, of, ids, fewer) == "too_few_keys"


@pytest.mark.parametrize(("t", "given"), [(0, TWO), (3, TWO), (1, []), (2, ["op", "op"])], ids=str)
def test_nothing_is_sealed_to_trustees_that_cannot_be(t, given):
    with pytest.raises(Fault, match=r"quote\.trustees"):
        boxes.seal(DATA, OWN._replace(t=t), trustees(given))


def test_what_is_too_long_is_refused_and_not_cut():
    with pytest.raises(Fault, match=r"quote\.size"):
        boxes.seal(bytes(1021), OWN, trustees(TWO))
    with pytest.raises(Fault, match=r"quote\.size"):
        boxes.seal(BIG + b"\0", OWN._replace(kind="proposal"), trustees(TWO))


# --- openings -----------------------------------------------------------------------------
OPENING = json.loads(DATA)
COMMIT = openings.commit_of(OPENING)
EXPECTED = openings.Expected("A000017", VECTORS["draw"], COMMIT)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"quote_fen": 0}, "opening_shape"),
        ({"quote_fen": "1"}, "opening_shape"),
        ({"quote_fen": True}, "opening_shape"),
        ({"rate_bp": 100}, "opening_shape"),
        ({"quote_fen": None, "rate_bp": 100}, "opening_other"),
        ({"quote_fen": None, "rate_bp": 10000}, "opening_shape"),
        ({"quote_fen": None}, "opening_shape"),
        ({"nonce": "AB" * 16}, "opening_shape"),
        ({"salt": "ab" * 15}, "opening_shape"),
        ({"more": 1}, "opening_shape"),
        ({"agency": "A000018"}, "opening_other"),
        ({"draw": "XQ-360481-2026-00124"}, "opening_other"),
        ({"proposal": "0" * 64}, "opening_other"),
        ({"response": 0}, "opening_shape"),
        ({"quote_fen": 1234501}, "commit"),
        ({"salt": "ab" * 16}, "commit"),
    ],
)
def test_each_fault_of_an_opening_has_its_reason(change, code):
    opening = {key: value for key, value in {**OPENING, **change}.items() if value is not None}
    try:
        openings.read(openings.data_of(opening), EXPECTED, "quote_fen")
    except boxes.Unopened as unopened:
        assert unopened.code == code
    else:
        assert code is None


@pytest.mark.parametrize("data", [b"", b"[]", b"{", DATA + b" ", DATA.replace(b":", b": ", 1)])
def test_an_opening_has_one_spelling(data):
    with pytest.raises(boxes.Unopened, match="opening_shape"):
        openings.read(data, EXPECTED, "quote_fen")


@pytest.mark.parametrize(
    ("opening", "rule", "code"),
    [
        ({"quote_fen": 100}, ("quote_fen", 100, 100), None),
        ({"quote_fen": 99}, ("quote_fen", 100, None), "below_floor"),
        ({"quote_fen": 101}, ("quote_fen", None, 100), "above_ceiling"),
        ({"rate_bp": 1250}, ("rate_bp", 23126250, 26430000), None),
        ({"rate_bp": 1251}, ("rate_bp", 23126250, 26430000), "below_floor"),
    ],
)
def test_a_quote_is_held_to_floor_and_ceiling(opening, rule, code):
    assert openings.outside(opening, openings.Rule(*rule)) == code


def test_a_rate_without_a_ceiling_is_no_rule():
    with pytest.raises(Fault, match=r"quote\.rule"):
        openings.outside({"rate_bp": 1}, openings.Rule("rate_bp", None, None))
