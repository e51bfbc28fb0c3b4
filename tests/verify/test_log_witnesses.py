"""The whole log: heads that no witness cosigned, and lines of those who are not listed."""

import json

import pytest

from tests.verify import forge
from tests.verify.cases import HONEST
from tests.verify.forge import DRAW, REGULATOR, Forge, keys_json, make
from tests.verify.logs import faults, verdicts
from tests.verify.mirror import checkpoint, cosignatures, mirror, put, write_log
from verify.zjcs import keys, logcheck, note
from verify.zjcs.canonical import jcs
from verify.zjcs.faults import Fault, Undecided


def test_when_a_failure_was_seen_is_undecided_without_a_witness_s_word(tmp_path):
    change, settings = HONEST["chain lost, drand instead"]
    log = mirror(tmp_path, make(change, **settings))
    listed = tmp_path / "draws" / DRAW / "cosignatures.json"
    draw_at = settings["draw_at"]
    assert faults(verdicts(log, draw_at)) == []
    listed.write_text(cosignatures(make(change, **settings), after=3601))
    assert faults(verdicts(log, draw_at)) == [(10, "failure.unseen")]
    listed.unlink()
    steps = verdicts(log, draw_at)
    assert faults(steps) == [(10, "failure.unseen")]
    assert all(isinstance(step.fault, Undecided) for step in steps if step.fault)


def without_witness(text):
    """A head whose cosignature was cut off."""
    return "\n".join(line for line in text.split("\n") if REGULATOR.name not in line)


def renamed(text):
    """A head whose witness's name has one changed byte."""
    return text.replace(f"— {REGULATOR.name} ", f"— {REGULATOR.name[:-1]}2 ")


@pytest.mark.parametrize("pinned", [True, False])
def test_a_head_that_no_witness_cosigned_is_undecided_and_its_time_is_known_all_the_same(
    tmp_path, pinned
):
    data = [
        leaf
        for leaf in Forge().data()
        if json.loads(leaf)["type"] not in ("entries.sealed", "draw.result")
    ]
    data.append(
        jcs({"v": 1, "type": "complaint.filed", "subject": "TS-1", "at": forge.DRAW_AT + 1})
    )
    log = write_log(tmp_path, data)
    put(log / "checkpoint", without_witness(checkpoint(data)).encode())
    steps = list(logcheck.check(logcheck.Folder(log), keys.load(keys_json()) if pinned else None))
    assert faults(steps) == [(11, "log.uncosigned")]
    assert all(isinstance(step.fault, Undecided) for step in steps if step.fault)
    assert [step.detail for step in steps if step.name == "unsealed"] == [f"{DRAW}: 5"]


def test_a_line_of_nobody_listed_below_a_head_is_refused(tmp_path):
    data = Forge().data()
    log = mirror(tmp_path, Forge())
    with pytest.raises(Fault, match=r"note\.unlisted at --since"):
        verdicts(log, since=renamed(checkpoint(data[:5])))
    assert (
        faults(verdicts(log, since=without_witness(checkpoint(data[:5])))) == []
    )  # kept before a witness had seen it
    put(log / "checkpoint", renamed(checkpoint(data)).encode())
    for pinned in (keys.load(keys_json()), None):
        with pytest.raises(Fault, match=r"note\.unlisted at checkpoint"):
            list(logcheck.check(logcheck.Folder(log), pinned))


def test_a_witness_that_the_log_lists_and_keys_json_does_not_may_sign_too(tmp_path):
    """It counts for nothing, as in an evidence file."""
    log = mirror(tmp_path, Forge())
    head = checkpoint(Forge().data())
    put(
        log / "checkpoint",
        f"{head}{forge.STRANGER.cosign(note.parse_note(head).text, 1694779300).line}".encode(),
    )
    with pytest.raises(Fault, match=r"note\.unlisted"):
        verdicts(log)
    listed = (log / "keys").read_text() + forge.STRANGER.key(note.COSIGNATURE).vkey + "\n"
    put(log / "keys", listed.encode())
    assert faults(verdicts(log)) == []
