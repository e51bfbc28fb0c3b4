"""A third opinion on boxes: HPKE by `@hpke/core`, which neither Python's library nor WebCrypto made.

It opens the shares of every vector, and of boxes that Python and the browser's code seal now; what it seals,
both of them open.
"""

import json
import subprocess

import pytest

from tests.needs import missing
from tests.verify.boxing import KEYS, VECTORS, purpose, secrets, trustees
from tests.verify.node import ROOT, node, script
from verify.zjcs import boxes

HONEST = [each for each in VECTORS["boxes"] if not each.get("changed") and each["kind"] == "quote"]
TWO = ["op", "reg.test/w1"]
OWN = boxes.Purpose(VECTORS["draw"], "A000017", boxes.QUOTE, 2)
DATA = b'{"quote_fen":1}'
THIRD = """
import { readFileSync } from "node:fs";
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const unhex = (text) => Uint8Array.from(Buffer.from(text, "hex")).buffer;
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const out = [];
for (const job of JSON.parse(readFileSync(0, "utf8"))) {
  const info = unhex(job.info);
  if (job.plain !== undefined) {
    const recipientPublicKey = await suite.kem.importKey("raw", unhex(job.pk), true);
    const { ct, enc } = await suite.seal({ recipientPublicKey, info }, unhex(job.plain));
    out.push(hex(enc) + hex(ct));
    continue;
  }
  const recipientKey = await suite.kem.importKey("raw", unhex(job.sk), false);
  const enc = unhex(job.share.slice(0, 130));
  try {
    out.push(hex(await suite.open({ recipientKey, enc, info }, unhex(job.share.slice(130)))));
  } catch (error) {
    if (error.name !== "OpenError") throw error;
    out.push(null);
  }
}
console.log(JSON.stringify(out));
"""


def third(jobs):
    """What `@hpke/core` makes of these jobs."""
    if not (ROOT / "node_modules" / "@hpke" / "core").exists():
        missing("@hpke/core", "run `npm ci`")
    done = subprocess.run(
        [node(), "--input-type=module", "-e", THIRD],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def shares_of(data, ids):
    """Each share of a box as a job, and the bytes of pieces that it must give."""
    box = boxes.read(data, len(ids))
    return [
        {
            "sk": KEYS[name]["sk"],
            "info": boxes.share_info(name, box.head_bytes).hex(),
            "share": share.hex(),
        }
        for name, share in zip(ids, box.shares, strict=True)
    ]


def opened_by_it(data, ids, of):
    """The content of a box whose shares it has opened."""
    box = boxes.read(data, len(ids))
    given = [bytes.fromhex(plain) for plain in third(shares_of(data, ids))]
    pieces = {}
    for trustee, plain in enumerate(given):
        for place, number in enumerate(boxes.held_by(trustee, len(ids), of.t)):
            piece = plain[place * boxes.PIECE : (place + 1) * boxes.PIECE]
            assert pieces.setdefault(number, piece) == piece
            assert boxes.commitment_of(number, piece) == box.head["pieces"][number]
    return boxes._content(box, [pieces[number] for number in sorted(pieces)])


@pytest.mark.parametrize("vector", HONEST, ids=lambda vector: vector["name"])
def test_it_opens_each_vector(vector):
    data = bytes.fromhex(vector["box"])
    found = opened_by_it(data, vector["ids"], purpose(vector))
    assert found == vector["data_utf8"].encode()


def test_it_opens_what_python_seals():
    data = boxes.seal(DATA, OWN, trustees(TWO))
    assert opened_by_it(data, TWO, OWN) == DATA


def test_it_opens_what_the_browsers_code_seals():
    named = json.dumps([{"id": name, "pk": KEYS[name]["pk"]} for name in TWO])
    found = script(
        'import { seal } from "./boxes.js"; import { hex } from "./sha256.js";'
        f"const purpose = {json.dumps(OWN._asdict())}, data = {json.dumps(DATA.decode())};"
        f"const box = await seal(new TextEncoder().encode(data), purpose, {named});"
        "console.log(JSON.stringify(hex(box)));"
    )
    assert opened_by_it(bytes.fromhex(found), TWO, OWN) == DATA


def test_python_opens_what_it_seals():
    pieces = [bytes([number + 1]) * boxes.PIECE for number in range(2)]
    head = boxes.head_of(OWN, pieces)
    shares = third(
        [
            {
                "pk": KEYS[name]["pk"],
                "info": boxes.share_info(name, head).hex(),
                "plain": b"".join(pieces[number] for number in boxes.held_by(place, 2, 2)).hex(),
            }
            for place, name in enumerate(TWO)
        ]
    )
    payload = boxes.seal_payload(DATA, boxes.QUOTE, pieces, head)
    data = boxes.assembled(head, [bytes.fromhex(share) for share in shares], payload)
    logged = boxes.box_hash(data)
    assert boxes.open_box(data, logged, OWN, trustees(TWO), secrets(TWO)) == DATA


def test_a_share_of_another_head_or_trustee_is_opened_by_nobody():
    data = boxes.seal(DATA, OWN, trustees(TWO))
    first, second = shares_of(data, TWO)
    other = boxes.share_info("op", boxes.head_of(OWN._replace(agency="A000018"), [])).hex()
    jobs = [
        {**first, "info": other},
        {**first, "sk": second["sk"]},
        {**first, "share": first["share"][:-2] + ("00" if first["share"][-2:] != "00" else "01")},
    ]
    assert third(jobs) == [None, None, None]
