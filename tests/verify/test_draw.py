"""The draw's arithmetic: the worked example byte for byte in two languages, boundaries of time,
chance itself.
"""

import collections
import hashlib
import json

import pytest

from tests.verify.node import script
from tests.verify.vectors import worked
from verify.zjcs import draw, leaves, merkle
from verify.zjcs.faults import Fault

EXAMPLE = json.loads(worked("example"))
SECRET = hashlib.sha256(b"a test secret").digest()


def sources():
    """The sources of the worked example as they stand in its transcript."""
    values = [json.loads(leaf) for leaf in EXAMPLE["leaves_utf8"][9:12]]
    return [
        {
            "id": leaf["source"],
            **{key: leaf[key] for key in ("slot", "round", "value") if key in leaf},
        }
        for leaf in values
    ]


def test_the_worked_example_byte_for_byte():
    digests = [merkle.leaf_hash(leaf.encode()).hex() for leaf in EXAMPLE["leaves_utf8"]]
    name = "ZJ-2023-000123"
    assert draw.seed_text(name, digests[2], digests[8], sources()) == EXAMPLE["seed_input_utf8"]
    assert draw.seed(name, digests[2], digests[8], sources()) == EXAMPLE["seed"]
    ranking = draw.order(EXAMPLE["seed"], sorted(EXAMPLE["tickets"]))
    assert ranking == [(ref, EXAMPLE["tickets"][ref]) for ref in EXAMPLE["order"]]
    for entry in EXAMPLE["entry_openings"]:
        assert draw.commitment(entry["salt"], entry["opening"]) == entry["commit"]
    for leaf in EXAMPLE["leaves_utf8"]:
        leaves.check_leaf(leaves.read_leaf(leaf.encode()))


def test_the_worked_example_in_javascript():
    answer = script(f"""
        import {{ commitment, order, seedText }} from "./case.js";
        import {{ leafHash }} from "./merkle.js";
        import {{ hashHex }} from "./sha256.js";
        const leaves = {json.dumps(EXAMPLE["leaves_utf8"])}, seal = JSON.parse(leaves[8]);
        const text = seedText(seal.draw, leafHash(leaves[2]), leafHash(leaves[8]), {json.dumps(sources())});
        console.log(JSON.stringify([text, hashHex(text), order(hashHex(text), seal.entrants.map((row) => row.ref)),
          seal.entrants.map((row) => commitment(seal.draw, row))]));""")
    assert answer == [
        EXAMPLE["seed_input_utf8"],
        EXAMPLE["seed"],
        [{"ref": ref, "ticket": EXAMPLE["tickets"][ref]} for ref in EXAMPLE["order"]],
        [entry["commit"] for entry in EXAMPLE["entry_openings"]],
    ]


def test_the_recipe_for_the_shell_gives_the_ticket():
    line = draw.recipe("ab" * 32, "A000311")
    assert line == f"printf 'zjcs-draw/1/ticket\\n%s\\n%s' {'ab' * 32} A000311 | sha256sum"
    assert (
        draw.ticket("ab" * 32, "A000311")
        == hashlib.sha256(b"zjcs-draw/1/ticket\n" + b"ab" * 32 + b"\nA000311").hexdigest()
    )


def test_every_entrant_wins_alike():
    """20,000 draws of seven: the winner's chi-square stays below the 99.9 % limit of 22.46 (six
    degrees of freedom).
    """
    refs = [f"A{number:06d}" for number in range(1, 8)]
    wins = collections.Counter(
        draw.order(hashlib.sha256(b"%d" % trial).hexdigest(), refs)[0][0] for trial in range(20_000)
    )
    expected = 20_000 / 7
    assert sum((wins[ref] - expected) ** 2 / expected for ref in refs) < 22.46


def test_another_order_of_names_gives_the_same_ranking():
    refs = [f"A{number:06d}" for number in range(1, 50)]
    assert draw.order("1" * 64, refs) == draw.order("1" * 64, refs[::-1])
    without = draw.order("1" * 64, refs[:-1])
    assert [pair for pair in draw.order("1" * 64, refs) if pair[0] != refs[-1]] == without


@pytest.mark.parametrize(
    "refs",
    [
        ["A000001", "A000001"],
        ["A00001"],
        ["A0000001"],
        ["a000001"],
        ["A000001\n"],
        ["A٠٠٠٠٠١"],
        [""],
        ["A000001", ""],
        ["A000001\nA000002"],
        ["\nA000001"],
        ["A000001", "A000002\n"],
    ],
)
def test_a_misspelt_or_repeated_ref_is_refused(refs):
    with pytest.raises(Fault):
        draw.order("1" * 64, refs)


def test_a_seed_has_one_spelling():
    with pytest.raises(Fault):
        draw.order("AB" * 32, ["A000001"])


@pytest.mark.parametrize("n", [1, 2, 1023, 1024, 1025, 5000])
def test_a_chain_hashes_down_to_its_anchor(n):
    anchor = draw.value_at(SECRET, n, 0)
    assert draw.value_at(SECRET, n, n) == SECRET.hex()
    for slot in {1, n // 2, n - 1, n} - {0}:
        value = draw.value_at(SECRET, n, slot)
        draw.check_chain_value(value, slot, anchor)
        assert hashlib.sha256(bytes.fromhex(value)).hexdigest() == draw.value_at(
            SECRET, n, slot - 1
        )
        draw.check_chain_value(value, slot, draw.value_at(SECRET, n, slot - 1), slot - 1)
        for wrong in (slot - 1, slot + 1):
            with pytest.raises(Fault, match=r"value\.anchor"):
                draw.check_chain_value(value, wrong, anchor)
    with pytest.raises(Fault, match=r"value\.anchor"):
        draw.check_chain_value(draw.value_at(SECRET, n, n).upper(), n, anchor)


def test_a_value_never_leaves_before_its_slot():
    chain = draw.Chain("op-chain-1", 100, 1_000_000, 60, SECRET)
    for slot in (1, 7, 100):
        due = 1_000_000 + slot * 60
        for early in (due - 0.001, due - 60, 0):
            with pytest.raises(Fault, match=r"chain\.not_due") as refusal:
                chain.due_value(slot, early)
            assert chain.secret.hex() not in str(refusal.value)
            assert draw.value_at(SECRET, 100, slot) not in str(refusal.value)
        assert chain.due_value(slot, due) == draw.value_at(SECRET, 100, slot)
    for outside in (0, -1, 101):
        with pytest.raises(Fault, match=r"chain\.slot"):
            chain.due_value(outside, 2_000_000)
    assert SECRET.hex() not in repr(chain)


def test_the_slot_is_the_first_at_or_after_the_time():
    assert [draw.slot_for(time, 1000, 60, 10) for time in (1001, 1060, 1061, 1600)] == [1, 1, 2, 10]
    for outside in (1000, 999, 1601):
        with pytest.raises(Fault, match=r"slot\.range"):
            draw.slot_for(outside, 1000, 60, 10)


def test_the_round_is_the_first_strictly_later():
    for time in range(1694775590, 1694775610):
        number = draw.drand_round(time)
        assert draw.drand_time(number - 1) <= time < draw.drand_time(number)
    assert draw.drand_round(1694775600) == 657413
    assert draw.drand_time(657413) == 1694775603


def test_a_late_cosignature_moves_the_draw():
    assert draw.draw_time(1000, []) == 1000
    assert draw.draw_time(1000, [940]) == 1000
    assert draw.draw_time(1000, [941]) == 1001
    assert draw.draw_time(1000, [900, 2000]) == 2060


def test_levels():
    assert [
        draw.level(*facts)
        for facts in (
            (1, True, True, 2),
            (2, False, True, 2),
            (2, True, False, 2),
            (2, True, True, 1),
            (2, True, True, 2),
        )
    ] == ["S0", "S0", "S1", "S2", "S3"]


def test_lottery_values_have_one_spelling():
    numbers = list(range(61, 81))
    value = draw.lottery_value("2026123", numbers[::-1])
    assert value == "kl8/2026123/" + ".".join(map(str, numbers)) + "/"
    for bad in (
        value.replace("61", "061"),
        value.replace("61", "81"),
        value.replace("61.62", "62.61"),
        value[:-1],
        value.replace("2026123", "2026124"),
        value.replace(".80", ""),
    ):
        with pytest.raises(Fault):
            draw.check_lottery_value("2026123", bad)
    with pytest.raises(Fault):
        draw.lottery_value("2026123", [1] * 20)


def test_a_salt_has_one_spelling():
    with pytest.raises(Fault):
        draw.commitment("AB" * 16, {})
    assert draw.quote_commitment("ab" * 16, {"quote_fen": 5}) != draw.commitment(
        "ab" * 16, {"quote_fen": 5}
    )
