"""drand quicknet: four real rounds hold; wrong, swapped, flipped ones and second spellings do not."""

import importlib
import json
import random
import subprocess
import sys

import pytest

from tests.verify.node import ROOT, script
from tests.verify.vectors import shared
from verify.zjcs import drand

# round 123's signature plus a point of small order: it pairs alike, but lies outside the subgroup
SECOND_SPELLING = (
    "809dde3f545ed5f3fd7839a1d80941f747a9117c844e2778a88f7a69d63bc69e"
    "29ce9dd0e5f3fb1be0802af85b01b1d7"
)
BACKENDS = {"pyblst": drand._pyblst, "py_ecc": drand._py_ecc}


@pytest.fixture(params=BACKENDS)
def backend(request):
    """Each of the libraries that the verifier may use."""
    return BACKENDS[request.param]()


def test_the_pinned_key_is_that_of_the_pinned_chain():
    data = shared("drand_quicknet.json")
    assert drand.PUBLIC_KEY.hex() == data["chain"]["public_key"]
    assert drand.DST.decode() == data["dst"]


def test_a_library_leaves_the_depth_of_what_is_read_as_it_is():
    """py_ecc asks for a hundred times the depth: a deeply nested file would end the process instead
    of being refused.
    """
    code = "import sys; from verify.zjcs import drand; old = sys.getrecursionlimit(); drand._py_ecc(); print(old == sys.getrecursionlimit())"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60
        ).stdout
        == "True\n"
    )


def test_real_rounds_hold(backend):
    for item in shared("drand_quicknet.json")["rounds"]:
        assert drand.value(item["signature"]) == item["randomness"]
        assert backend(drand.message(item["round"]), bytes.fromhex(item["signature"]))


def test_swapped_flipped_and_foreign_rounds_do_not(backend):
    data = shared("drand_quicknet.json")
    rounds = data["rounds"]
    chance = random.Random(3)
    for item, other in zip(rounds, rounds[1:] + rounds[:1], strict=True):
        assert not backend(drand.message(item["round"]), bytes.fromhex(other["signature"]))
    good = bytes.fromhex(rounds[0]["signature"])
    for _ in range(8):
        bit = chance.randrange(384)
        flipped = bytearray(good)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not backend(drand.message(rounds[0]["round"]), bytes(flipped))
    for item in data["other_networks_same_scheme"][0]["rounds"]:
        assert not backend(drand.message(item["round"]), bytes.fromhex(item["signature"]))


def test_a_second_spelling_of_a_signature_does_not_hold(backend):
    assert not backend(drand.message(123), bytes.fromhex(SECOND_SPELLING))
    assert not backend(drand.message(123), b"\xc0" + bytes(47))


def test_without_a_library_the_answer_is_undecided(monkeypatch):
    def nothing(name, *rest):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", nothing)
    assert drand.verify(123, SECOND_SPELLING) is None
    assert drand.verify(123, "xyz") is False
    assert drand.verify(0, SECOND_SPELLING) is False


def test_the_browsers_verifier_agrees_on_every_signature():
    data = shared("drand_quicknet.json")
    chance = random.Random(4)
    rounds = data["rounds"]
    asked = [(item["round"], item["signature"], True) for item in rounds]
    asked += [
        (item["round"], other["signature"], False)
        for item, other in zip(rounds, rounds[1:] + rounds[:1], strict=True)
    ]
    asked += [
        (item["round"], item["signature"], False)
        for item in data["other_networks_same_scheme"][0]["rounds"]
    ]
    asked += [
        (123, SECOND_SPELLING, False),
        (123, "c0" + "00" * 47, False),
        (123, rounds[0]["signature"].upper(), False),
        (0, rounds[0]["signature"], False),
        (123, "", False),
    ]
    for _ in range(8):
        flipped = bytearray.fromhex(rounds[0]["signature"])
        bit = chance.randrange(384)
        flipped[bit // 8] ^= 1 << bit % 8
        asked.append((rounds[0]["round"], flipped.hex(), False))
    found = script(f"""import {{ verifyRound }} from "./drand.js";
        const found = [];
        for (const [round, signature] of {json.dumps([pair[:2] for pair in asked])}) found.push(await verifyRound(round, signature));
        console.log(JSON.stringify(found));""")
    assert found == [expected for _, _, expected in asked]
