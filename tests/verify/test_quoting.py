"""Rule 17: what is forged of sealed quotes gets its verdict from Python and from JavaScript alike, and so
does what honestly does not open.
"""

import functools
import os

import pytest

from tests.verify.boxed import HOLDERS, Boxed, key_of, second, secret_of, signed
from tests.verify.cases import amend, exclude
from tests.verify.forge import LOG, REGULATOR, STRANGER, Forge, keys_json, make
from tests.verify.node import batch
from verify.zjcs import boxes, evidence, keys, openings
from verify.zjcs.faults import Fault

SINCE = [{"index": 0, "algs": ["zjcs-draw/2"], "t": 2}]


def boxed(change):
    """A change to an honest draw of sealed quotes."""
    return lambda forge: change(second(forge))


def refilled(made: Boxed, box: bytes, reason: str | None, no: int = 2) -> None:
    """Entry 2 had this box all along; with `reason` it stands among the unopened."""
    made.put(no, box)
    if reason:
        made.unopened(no, reason)


def copied(reason: str | None):
    return boxed(lambda made: refilled(made, made.boxes[1], reason))


def lowered(reason: str | None):
    return boxed(lambda made: refilled(made, made.seal(2, t=1), reason))


def torn(reason: str | None):
    """The operator's share of entry 2 is noise: it opens for nobody."""

    def change(made: Boxed) -> None:
        box = bytearray(made.boxes[2])
        head = int.from_bytes(box[13:15], "big")
        box[13 + 2 + head + 2 + 70] ^= 1
        refilled(made, bytes(box), reason)

    return boxed(change)


def two_keys(reason: str | None):
    """The holders got pieces that the head does not commit to: the box would open to another quote."""

    def change(made: Boxed) -> None:
        box = boxes.read(made.boxes[2], 2)
        other = os.urandom(boxes.PIECE)
        trustee = made.trustees[0]
        share = boxes.HPKE.encrypt(
            other,
            boxes.public_key(trustee.pk),
            info=boxes.share_info(trustee.id, box.head_bytes),
        )
        refilled(made, boxes.assembled(box.head_bytes, [share, box.shares[1]], box.payload), reason)

    return boxed(change)


def content(reason: str | None, **changes):
    def change(made: Boxed) -> None:
        data = openings.data_of(made.opening(2, **changes))
        refilled(made, made.seal(2, data), reason)

    return boxed(change)


def key(change):
    """A change to the leaves of the close: the count, then both keys."""
    return boxed(lambda made: change(made.forge, made.forge.stages["closed"]))


def early(forge: Forge, stage: list) -> None:
    stage.insert(0, stage.pop())


def late(forge: Forge, stage: list) -> None:
    forge.stages["between"].append(stage.pop())


def other_draw(forge: Forge, stage: list) -> None:
    stage[-1]["sk"] = secret_of("another draw")


def promised(**changes):
    return boxed(lambda made: made.forge.notice["sealed_quotes"].update(changes))


def holders(*made):
    return promised(keys=list(made))


def honest_key(name=None):
    return signed(LOG, "XQ-360481-2023-00001", name)


def amended(made: Boxed) -> None:
    amend(made.forge, draw_at=made.forge.draw_at)
    sealed = made.forge.notice["sealed_quotes"]
    made.forge.notice["sealed_quotes"] = {**sealed, "t": 1}


def above(made: Boxed, is_listed: bool) -> None:
    """The ceiling was lower than what entry 2 quoted."""
    made.forge.notice["quote_rule"]["ceiling"] = 1_000_001 if is_listed else 12_000_000
    if not is_listed:
        exclude(made.forge, 2)
        made.forge.seal["excluded"][0]["reason"] = "above_ceiling"


def hidden(made: Boxed) -> None:
    made.forge.twist.append(lambda file: file.pop("boxes"))


def not_promised(made: Boxed, *, with_boxes: bool) -> None:
    for name in ("sealed_quotes", "quote_rule"):
        made.forge.notice.pop(name)
    made.forge.stages["closed"][1:] = []
    hidden(made)
    for leaf in [] if with_boxes else made.forge.stages["entries"]:
        leaf.pop("box")
        leaf.pop("sealed_by")


CASES = {  # name: change, verdict, code of the fault or the open point
    "honest": (second, True, None),
    "a box of another agency, not opened": (copied("box_other"), True, None),
    "a box that one holder opens, not opened": (lowered("box_other"), True, None),
    "a torn share, not opened": (torn("share_open"), True, None),
    "two payload keys, not opened": (two_keys("piece_commit"), True, None),
    "another quote than committed, not opened": (content("commit", quote_fen=1), True, None),
    "a promise of days, not opened": (content("opening_other", response=5), True, None),
    "no quote at all, not opened": (content("opening_shape", quote_fen=0), True, None),
    "a box of another agency, listed": (copied(None), False, "quote.result"),
    "a head with another t, listed": (lowered(None), False, "quote.result"),
    "a torn share, listed": (torn(None), False, "quote.result"),
    "two payload keys, listed": (two_keys(None), False, "quote.result"),
    "a good box called torn": (
        boxed(lambda made: made.unopened(2, "share_open")),
        False,
        "quote.result",
    ),
    "a torn share called padding": (torn("padding"), False, "quote.result"),
    "an invented reason": (boxed(lambda made: made.unopened(2, "whim")), False, "quote.reason"),
    "a box that the operator lost": (
        boxed(lambda made: made.unopened(2, "box_hash")),
        False,
        "quote.reason",
    ),
    "a box swapped after the receipt": (
        boxed(lambda made: made.boxes.update({2: made.seal(2)})),
        False,
        "quote.other_box",
    ),
    "no boxes shown": (boxed(hidden), None, "quote.no_boxes"),
    "a box not shown": (boxed(lambda made: made.boxes.pop(2)), None, "quote.no_box"),
    "a key before the close": (key(early), False, "quote.key_place"),
    "a key behind the opening": (key(late), False, "quote.key_place"),
    "a key of another draw": (key(other_draw), False, "quote.key_other"),
    "a key twice": (
        key(lambda forge, stage: stage.append(key_of(forge, HOLDERS[0]))),
        False,
        "quote.key_twice",
    ),
    "a key of a stranger": (
        key(lambda forge, stage: stage.append(key_of(forge, STRANGER))),
        False,
        "quote.key_twice",
    ),
    "a key that never came": (key(lambda forge, stage: stage.pop()), False, "quote.keys"),
    "one holder twice": (holders(honest_key(), honest_key()), False, "quote.trustees"),
    "more holders needed than there are": (promised(t=3), False, "quote.trustees"),
    "fewer holders than keys.json asks": (promised(t=1), False, "quote.least"),
    "a note by another hand": (
        holders(honest_key(), signed(LOG, "XQ-360481-2023-00001", REGULATOR.name)),
        False,
        "quote.note",
    ),
    "a note for another draw": (
        holders(honest_key(), signed(REGULATOR, "XQ-360481-2023-00002")),
        False,
        "quote.note",
    ),
    "a holder that nobody knows": (
        holders(honest_key(), signed(STRANGER, "XQ-360481-2023-00001")),
        False,
        "quote.unknown",
    ),
    "other holders by amendment": (boxed(amended), False, "amendment.terms"),
    "an entry without a box": (
        boxed(lambda made: made.received(2).pop("box")),
        False,
        "quote.unboxed",
    ),
    "above the ceiling, listed": (boxed(lambda made: above(made, True)), False, "quote.outside"),
    "within the bounds, left out": (boxed(lambda made: above(made, False)), False, "quote.inside"),
    "nothing promised": (
        boxed(lambda made: not_promised(made, with_boxes=False)),
        False,
        "quote.not_sealed",
    ),
    "boxes that nobody promised": (
        boxed(lambda made: not_promised(made, with_boxes=True)),
        False,
        "quote.unpromised",
    ),
}


@functools.cache
def text(name):
    return make(CASES[name][0]).text()


@functools.cache
def in_javascript():
    pinned = keys_json(alg_from=SINCE)
    return dict(
        zip(CASES, batch([{"text": text(name), "keys": pinned} for name in CASES]), strict=True)
    )


@pytest.mark.parametrize("name", CASES)
def test_both_give_the_verdict(name):
    _, verdict, code = CASES[name]
    answer = in_javascript()[name]
    assert answer["ok"] is verdict, answer
    try:
        steps = list(evidence.check(text(name), keys.load(keys_json(alg_from=SINCE))))
    except Fault as fault:
        assert (verdict, code) == (False, fault.code)
        assert (answer["code"], answer["rule"]) == (fault.code, fault.rule)
        return
    said = [step.fault.code for step in steps if step.fault]
    assert said == ([code] if code else []) == answer["open"]


def test_it_says_who_sealed():
    seen = {step.name: step.detail for step in evidence.check(text("honest"))}
    assert seen["sealed_quotes"] == "browser 5, tool 0, server 0"
