"""What the programs say of witnesses' heads: hidden ones, changed ones, those that saw a failure."""

import json

from tests.verify.cases import HONEST, late
from tests.verify.forge import DRAW_AT, LOG, REGULATOR, Forge, keys_json, make
from tests.verify.mirror import checkpoint, cosignatures, numbered
from tests.verify.programs import javascript, receipt, write


def test_the_witness_s_list_shows_a_hidden_cosignature(run, tmp_path):
    kind = make(late)
    data = kind.data()
    seal = [leaf["type"] for leaf in kind.leaves()].index("entries.sealed")
    evidence = write(tmp_path / "e.json", kind.text())
    code, said = run("verify_draw.py", evidence)
    assert code == 3 and "get the numbered list of regulator.test/w1" in said
    loose = [checkpoint(data[:seal], DRAW_AT - 500)]
    loose.append(checkpoint(data[: seal + 1], kind.seal_times[REGULATOR]))
    bare = write(tmp_path / "bare.json", json.dumps(loose))
    assert run("verify_draw.py", evidence, "--cosignatures", bare)[0] == 3  # anything may lack
    honest = write(tmp_path / "honest.json", numbered(kind))
    assert run("verify_draw.py", evidence, "--cosignatures", honest)[0] == 0
    hidden = write(
        tmp_path / "hidden.json", json.dumps([checkpoint(data[: seal + 1], DRAW_AT - 400)])
    )
    code, said = run("verify_draw.py", evidence, "--cosignatures", hidden)
    assert code == 1
    assert "rule 2" in said
    for other in (
        [],
        [checkpoint(data[:seal], DRAW_AT - 500)],
    ):  # a list that does not reach the seal shows nothing
        code, said = run(
            "verify_draw.py",
            evidence,
            "--cosignatures",
            write(tmp_path / "other.json", json.dumps(other)),
        )
        assert code == 3
        assert f"/cosignatures?over={seal}" in said


def test_a_failure_counts_from_when_a_witness_saw_it(run, tmp_path):
    """Who writes the instant of a loss afterwards chooses the round that takes its place."""
    change, settings = HONEST["chain lost, drand instead"]
    kind = make(change, **settings)
    seal, lost = (
        [leaf["type"] for leaf in kind.leaves()].index(each)
        for each in ("entries.sealed", "source.lost")
    )
    evidence = write(tmp_path / "e.json", kind.text())
    for program in (run, javascript):
        code, said = program("verify_draw.py", evidence)
        assert code == 0
        assert "the log's own word" in said
        for after, expected in ((3600, 0), (3601, 3)):
            listed = write(tmp_path / "list.json", cosignatures(kind, after))
            code, said = program("verify_draw.py", evidence, "--cosignatures", listed)
            assert code == expected, said
            assert "own word" not in said
        unseen = json.dumps(
            [
                checkpoint(kind.data()[: seal + 1], kind.seal_times[REGULATOR]),
                checkpoint(kind.data()[:lost], kind.leaves()[lost]["at"]),
            ]
        )
        code, said = program(
            "verify_draw.py", evidence, "--cosignatures", write(tmp_path / "list.json", unseen)
        )
        assert code == 3
        assert f"/cosignatures?over={lost}" in said or f'{{"index":{lost}}}' in said
        foreign = json.dumps([checkpoint(kind.data(), 0).replace(LOG.name, "another.log")])
        for wrong in ('{"a": 1}', "[1]", "not JSON", "[" * 200, foreign):
            assert (
                program(
                    "verify_draw.py",
                    evidence,
                    "--cosignatures",
                    write(tmp_path / "list.json", wrong),
                )[0]
                == 1
            ), wrong


def test_a_receipt_or_a_list_with_a_changed_witness_line_is_refused(run, tmp_path):
    def renamed(text):
        return text.replace(f"— {REGULATOR.name} ", f"— {REGULATOR.name[:-1]}2 ")

    kind = make(late)
    keys = write(tmp_path / "keys.json", keys_json())
    evidence = write(tmp_path / "e.json", kind.text())
    paper = receipt(kind, 3)
    code, said = run("verify_receipt.py", write(tmp_path / "r", renamed(paper)), "--keys", keys)
    assert code == 1
    assert "receipt: a signature by regulator.test/w2, who is not listed" in said
    whole = ("--cosignatures", write(tmp_path / "whole.json", numbered(kind)))
    given = ("--receipt", write(tmp_path / "r", paper), *whole)
    assert run("verify_draw.py", evidence, *given)[0] == 0
    for pinned in ((), ("--keys", keys)):
        code, said = run(
            "verify_draw.py", evidence, "--receipt", write(tmp_path / "r", renamed(paper)), *pinned
        )
        assert code == 1 and "not listed" in said
    heads = json.loads(cosignatures(kind))
    listed = write(
        tmp_path / "list.json",
        json.dumps([*heads, renamed(checkpoint(kind.data(), DRAW_AT + 999))]),
    )
    assert run("verify_draw.py", evidence, "--cosignatures", listed)[0] == 1
    assert javascript("", evidence, "--cosignatures", listed)[0] == 1


def test_without_keys_json_no_anchor_was_compared_and_both_say_so(run, tmp_path):
    evidence = write(tmp_path / "e.json", Forge().text())
    keys = write(tmp_path / "keys.json", keys_json())
    for program in (run, javascript):
        code, said = program("verify_draw.py", evidence)
        assert code == 0 and "compared with nothing: without keys.json" in said
        code, said = program("verify_draw.py", evidence, "--keys", keys)
        assert code == 0 and "compared with nothing" not in said and "as keys.json has them" in said


def test_the_javascript_too_finds_a_hidden_cosignature(tmp_path):
    kind = make(late)
    data = kind.data()
    seal = [leaf["type"] for leaf in kind.leaves()].index("entries.sealed")
    evidence = write(tmp_path / "e.json", kind.text())
    for over, time, expected in (
        (seal, kind.seal_times[REGULATOR], 3),
        (seal, DRAW_AT - 400, 1),
        (seal - 1, DRAW_AT - 500, 3),
    ):
        listed = write(tmp_path / "list.json", json.dumps([checkpoint(data[: over + 1], time)]))
        code, said = javascript("", evidence, "--cosignatures", listed)
        assert code == expected, said
        assert "[rule 2]" in said
    listed = write(tmp_path / "list.json", numbered(kind))
    assert javascript("", evidence, "--cosignatures", listed)[0] == 0
