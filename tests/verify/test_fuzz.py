"""One bit changed anywhere in the worked evidence: both verifiers refuse, and neither falls over."""

import random

from tests.verify.node import batch
from tests.verify.vectors import worked
from verify.zjcs import evidence
from verify.zjcs.faults import Fault

DATA = worked("evidence").encode()


def flipped(seed, number):
    """Some single-bit changes of the file that are still UTF-8, and some that are not."""
    chance = random.Random(seed)
    for _ in range(number):
        bit = chance.randrange(len(DATA) * 8)
        changed = bytearray(DATA)
        changed[bit // 8] ^= 1 << bit % 8
        yield bit, bytes(changed)


def test_python_refuses_every_flip():
    passed = []
    for bit, data in flipped(7, 1500):
        try:
            list(evidence.check(data))
        except Fault as fault:
            assert str(fault)
        else:
            passed.append((bit, DATA[bit // 8 - 20 : bit // 8 + 20]))
    assert passed == []


def test_javascript_refuses_every_flip():
    texts = [(bit, data.decode("utf-8", "replace")) for bit, data in flipped(11, 600)]
    answers = batch([{"text": text} for _, text in texts])
    assert [
        bit for (bit, _), answer in zip(texts, answers, strict=True) if answer["ok"] is not False
    ] == []


def test_dropped_and_doubled_pieces_are_refused():
    text = worked("evidence")
    chance = random.Random(5)
    jobs = []
    for _ in range(200):
        start = chance.randrange(len(text) - 40)
        cut = text[:start] + text[start + chance.randrange(1, 40) :]
        if cut.replace(" ", "") == text.replace(" ", ""):
            continue  # only a space between tokens is gone: the same file
        jobs.append({"text": cut})
        try:
            list(evidence.check(cut))
        except Fault:
            continue
        raise AssertionError(f"passed with a piece cut out at {start}")
    assert [answer for answer in batch(jobs) if answer["ok"] is not False] == []
