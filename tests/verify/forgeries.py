"""Forged draws by name, properly signed with test keys: each says which rule must refuse it, and by
which code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.verify.cases import (
    FALLBACK_AT,
    again,
    also,
    amend,
    closed,
    fall_back,
    finish,
    in_parts,
    late,
    operator_alone,
    put,
    ranks,
)
from tests.verify.forge import (
    DRAND,
    DRAW_AT,
    INSPECTOR,
    LOG,
    REGULATOR,
    STRANGER,
    Change,
    Forge,
    number_hex,
    pinned_anchors,
)
from tests.verify.twists import (
    another_seed,
    beyond_the_chain,
    double_quote,
    drop_entry,
    early_value,
    failed_round,
    false_loss,
    false_signature,
    late_anchor,
    late_entry,
    lost_before_the_seal,
    no_result,
    note_on,
    off_boundary,
    other_chain_value,
    other_loss,
    other_network,
    other_round,
    other_shape,
    resign,
    same_commit,
    same_ref,
    shifted_chain,
    slot_shopping,
    spaced,
    swap_quote,
    swap_winner,
    too_soon,
    uppercase,
    withdrawn_first,
    wrong_slot_value,
    zeros,
)
from verify.zjcs.sources import lost_text


@dataclass(frozen=True)
class Forgery:
    """What is forged; `rule` None is plain log arithmetic. `keys` changes the pinned keys.json it
    is held to.
    """

    change: Change
    rule: int | None
    code: str
    settings: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] | None = None


FORGED: dict[str, Forgery] = {
    # 1: one spelling
    "a value in capitals": Forgery(uppercase, 1, "leaf.key"),
    "spaces in the seal": Forgery(spaced, 1, "canonical.spelling"),
    "a ref with leading zeros": Forgery(zeros, 1, "leaf.key"),
    "a list sorted at will": Forgery(lambda f: f.seal["entrants"].reverse(), 1, "entry.sorting"),
    # 2: the slot follows from the time
    "a slot that suits": Forgery(slot_shopping, 2, "slot.plan"),
    "draw_at between slots": Forgery(off_boundary, 2, "slot.boundary"),
    "an older value": Forgery(wrong_slot_value, 2, "slot.value"),
    "late and silent": Forgery(
        also(late, lambda f: f.stages["between"].clear()), 2, "slot.postponed"
    ),
    "postponed for nothing": Forgery(
        lambda f: f.stages["between"].append(
            f.leaf("draw.postponed", at=DRAW_AT, draw_at=DRAW_AT + 60)
        ),
        2,
        "slot.postponed",
    ),
    "too soon": Forgery(too_soon, 2, "slot.too_soon"),
    "beyond the chain": Forgery(beyond_the_chain, 2, "slot.range"),
    "a round that suits": Forgery(
        also(Forge.with_drand, lambda f: f.notice["sources"][-1].update(round=657414)),
        2,
        "round.plan",
    ),
    # 3: order in the log
    "a value before the witness saw the list": Forgery(early_value, 3, "order.value"),
    "an anchor after the notice": Forgery(late_anchor, 3, "anchor.late"),
    "an entry after the close": Forgery(
        lambda f: f.stages["entries"][0].update(at=f.close), 3, "order.after_close"
    ),
    "a second value": Forgery(
        also(Forge.fill_values, lambda f: f.stages["values"].append(f.value("op-chain-1", 101))),
        3,
        "value.twice",
    ),
    "one chain under two names": Forgery(
        lambda f: f.stages["anchors"][1].update(anchor=f.stages["anchors"][0]["anchor"]),
        3,
        "anchor.twice",
    ),
    "an entry before the notice": Forgery(
        lambda f: setattr(
            f, "arrange", lambda leaves: sorted(leaves, key=lambda leaf: leaf.get("no") != 1)
        ),
        3,
        "order.entry",
    ),
    "sealed too early without a witness": Forgery(
        also(operator_alone, lambda f: f.seal.update(at=f.close - 1)), 3, "order.seal_before_close"
    ),
    "a skip before the result": Forgery(
        lambda f: f.stages["between"].append(
            f.leaf("result.skip", at=DRAW_AT, by="owner", rank=1, reason="X", ref="A000001")
        ),
        3,
        "order.after_result",
    ),
    "a fallback with a source's name": Forgery(
        put("notice", fallback=[{**DRAND, "id": "op-chain-1"}]), 3, "source.twice"
    ),
    "one chain, shifted by a slot": Forgery(shifted_chain, 3, "value.equal"),
    "a chain without an anchor": Forgery(
        also(no_result, Forge.fill_values, lambda f: f.stages["anchors"].pop(0)),
        3,
        "anchor.missing",
    ),
    "a source without a value": Forgery(
        also(no_result, Forge.fill_values, lambda f: f.stages["values"].pop()), 3, "value.missing"
    ),
    "a value of another kind": Forgery(other_shape, 3, "value.kind"),
    # 4: who cosigned when
    "sealed before the close": Forgery(
        lambda f: f.seal.update(at=f.close - 1), 4, "cosignature.time"
    ),
    "cosigned before it was sealed": Forgery(
        lambda f: f.seal_times.update({REGULATOR: f.close + 4}), 4, "cosignature.time"
    ),
    "not cosigned by the regulator": Forgery(
        lambda f: f.seal_times.clear(), 4, "cosignature.missing"
    ),
    # 5: the first counts
    "a second notice": Forgery(again("notice"), 5, "leaf.second"),
    "a second seal": Forgery(again("seal"), 5, "leaf.second"),
    "a second result": Forgery(again("result"), 5, "leaf.second"),
    "no result": Forgery(
        lambda f: setattr(
            f, "arrange", lambda leaves: [leaf for leaf in leaves if leaf["type"] != "draw.result"]
        ),
        5,
        "leaf.missing",
    ),
    "another draw's entry": Forgery(
        lambda f: f.stages["entries"][0].update(draw="XQ-360481-2023-00009"), 5, "leaf.other_draw"
    ),
    # 6: nobody vanishes
    "one agency twice": Forgery(same_ref, 6, "entry.ref_twice"),
    "withdrawn before it came": Forgery(withdrawn_first, 6, "entry.withdrawn_first"),
    "an entry dropped": Forgery(drop_entry, 6, "entry.end"),
    "a number left out": Forgery(
        also(lambda f: f.stages["entries"].pop(1), lambda f: f.seal["entrants"].pop(1)),
        6,
        "entry.numbers",
    ),
    "another quote than committed": Forgery(swap_quote, 6, "entry.commitment"),
    "withdrawn and yet sealed": Forgery(
        lambda f: f.stages["entries"].append(f.leaf("entry.withdrawn", at=f.close - 50, no=2)),
        6,
        "entry.end",
    ),
    "an entrant out of nowhere": Forgery(
        lambda f: f.seal["entrants"].append(f.row(6)), 6, "entry.end"
    ),
    # 7: amendments
    "amended to an earlier close": Forgery(
        lambda f: amend(f, entry_close=f.close - 60), 7, "amendment.earlier"
    ),
    "amended after the close": Forgery(lambda f: amend(f, at=f.close), 7, "amendment.late"),
    "amended to other sources": Forgery(
        lambda f: amend(
            f, sources=[{**source, "id": source["id"]} for source in reversed(f.notice["sources"])]
        ),
        7,
        "amendment.sources",
    ),
    # 8: the level is computed
    "a label too high": Forgery(lambda f: setattr(f, "level", "S2"), 8, "level.label"),
    "a label too low": Forgery(lambda f: setattr(f, "level", "S0"), 8, "level.label"),
    "a notice that claims too much": Forgery(put("notice", level="S2"), 8, "level.plan"),
    # 9: drand
    "another round": Forgery(other_round, 9, "drand.round"),
    "another network": Forgery(other_network, 9, "drand.chain"),
    "a value that is not the signature's": Forgery(
        also(Forge.with_drand, lambda f: f.stages["values"][-1].update(value=number_hex("x", 64))),
        9,
        "drand.value",
    ),
    "a false BLS signature": Forgery(false_signature, 9, "drand.signature"),
    # 10: withholding
    "a chosen value": Forgery(other_chain_value, 10, "value.anchor"),
    "a fallback to a chain": Forgery(
        lambda f: f.notice.update(fallback=[{"id": "op-chain-2", "kind": "chain"}]),
        10,
        "fallback.kind",
    ),
    "lost by the operator's word alone": Forgery(
        lambda f: fall_back(f, LOG), 10, "lost.signers", FALLBACK_AT
    ),
    "lost by others than the owner": Forgery(
        lambda f: fall_back(f, REGULATOR), 10, "lost.signers", FALLBACK_AT
    ),
    "lost too soon": Forgery(
        lambda f: fall_back(f, wait=86_399),
        10,
        "failure.early",
        {"draw_at": FALLBACK_AT["draw_at"]},
    ),
    "lost, then found": Forgery(
        also(
            fall_back,
            lambda f: f.stages["values"].insert(2, f.value("op-chain-1", 100)),
            lambda f: f.stages.update(result=[f.leaf("draw.result", order=[], seed="0" * 64)]),
        ),
        10,
        "lost.final",
        FALLBACK_AT,
    ),
    "lost before the seal": Forgery(lost_before_the_seal, 10, "failure.order", FALLBACK_AT),
    "lost in a later slot": Forgery(
        other_loss(slot=101, note=note_on(lost_text("op-chain-1", 101))),
        10,
        "failure.slot",
        FALLBACK_AT,
    ),
    "a signed loss of another slot": Forgery(
        other_loss(note=note_on(lost_text("op-chain-1", 99))), 10, "lost.text", FALLBACK_AT
    ),
    "a loss with false signatures": Forgery(false_loss, 10, "note.signature", FALLBACK_AT),
    "another round failed": Forgery(failed_round, 10, "failure.round"),
    "no fallback left": Forgery(
        also(
            fall_back,
            lambda f: f.notice.pop("fallback"),
            lambda f: f.stages["values"].pop(),
            no_result,
        ),
        10,
        "fallback.exhausted",
        FALLBACK_AT,
    ),
    # 11: after the draw
    "the wrong winner": Forgery(swap_winner, 11, "result.order"),
    "another seed in the result": Forgery(another_seed, 11, "result.seed"),
    "a reserve before the winner": Forgery(
        lambda f: finish(f, 0, ranks(f)[1:2]), 11, "final.winners"
    ),
    "a skip of another rank": Forgery(
        also(lambda f: finish(f, 1), lambda f: f.stages["after"][0].update(rank=2)), 11, "skip.rank"
    ),
    "an unknown leaf of the draw": Forgery(
        lambda f: f.stages["after"].append(f.leaf("draw.redrawn", at=DRAW_AT)), 11, "leaf.type"
    ),
    "a final checkpoint without witness": Forgery(
        lambda f: f.final_times.clear(), 11, "final.uncosigned"
    ),
    "another digest of a long order": Forgery(
        also(
            in_parts,
            lambda f: f.twist_result.append(lambda leaf: leaf.update(order_sha256="0" * 64)),
        ),
        11,
        "result.order_sha256",
        {"entrants": 300},
    ),
    # 12: relisting
    "relisted without a project": Forgery(
        put("notice", predecessor="XQ-1"), 12, "notice.predecessor"
    ),
    "its own predecessor": Forgery(
        put("notice", project="P-1", predecessor="XQ-360481-2023-00001"), 12, "notice.predecessor"
    ),
    # 13: pinned keys
    "signed by a stranger": Forgery(resign, 13, "checkpoint.unsigned"),
    "a log key that nobody pinned": Forgery(
        lambda f: None, 13, "keys.log", keys={"log": [STRANGER.key().vkey]}
    ),
    "an anchor that nobody pinned": Forgery(
        lambda f: None,
        13,
        "keys.anchor",
        keys={"anchors": pinned_anchors(**{"reg-chain-1": {"anchor": number_hex("x", 64)}})},  # type: ignore[arg-type]
    ),
    "a chain of the operator's that nobody pinned": Forgery(
        lambda f: None, 13, "keys.no_anchor", keys={"anchors": pinned_anchors("op-chain-1")}
    ),
    "a chain of the regulator's that nobody pinned": Forgery(
        lambda f: None, 13, "keys.no_anchor", keys={"anchors": pinned_anchors("reg-chain-1")}
    ),
    "another log": Forgery(
        lambda f: None, 13, "keys.origin", keys={"origin": "zjcs.test/log/2024"}
    ),
    "a witness that nobody pinned": Forgery(
        lambda f: None, 4, "cosignature.missing", keys={"witnesses": [INSPECTOR.key(4).vkey]}
    ),
    "a signature of nobody listed": Forgery(
        lambda f: f.seal_times.update({STRANGER: f.close + 11}), 13, "note.unlisted"
    ),
    # 14: size
    "a part that is missing": Forgery(
        also(in_parts, no_result, lambda f: f.stages["parts"].pop()),
        14,
        "part.missing",
        {"entrants": 300},
    ),
    "a part too many": Forgery(
        also(in_parts, lambda f: f.stages["parts"].append(f.leaf("entries.part", part=3))),
        14,
        "part.extra",
        {"entrants": 300},
    ),
    "parts out of order": Forgery(
        also(in_parts, lambda f: f.stages["parts"].reverse()), 14, "part.order", {"entrants": 300}
    ),
    "a wrong count of rows": Forgery(
        also(in_parts, lambda f: f.seal.update(count=299)), 14, "part.count", {"entrants": 300}
    ),
    "three hundred rows in one leaf": Forgery(lambda f: None, 14, "part.needed", {"entrants": 300}),
    "a leaf too large": Forgery(lambda f: None, 14, "leaf.size", {"entrants": 500}),
    "no digest beside a long order": Forgery(
        also(in_parts, lambda f: f.twist_result.append(lambda leaf: leaf.pop("order_sha256"))),
        14,
        "result.digest_needed",
        {"entrants": 300},
    ),
    # 15: quotes
    "a quote both open and hidden": Forgery(double_quote, 15, "quote.twice"),
    "two hidden quotes without salt": Forgery(same_commit, 15, "quote.salt"),
    # 16: closed before opened
    "not closed first": Forgery(put("notice", price_decides=True), 16, "closed.missing"),
    "closed and cosigned late": Forgery(
        also(closed, lambda f: f.closed_times.update({REGULATOR: f.close + 121})), 16, "closed.time"
    ),
    "closed with another count": Forgery(lambda f: closed(f, count=4), 16, "closed.count"),
    "an entry after closing": Forgery(late_entry, 16, "entry.end"),
    "closed without its checkpoint": Forgery(
        also(closed, lambda f: f.twist.append(lambda file: file.pop("closed"))),
        16,
        "closed.uncosigned",
    ),
    # the file against its own leaves
    "a rank too many": Forgery(
        lambda f: f.twist.append(lambda file: file["order"].append(file["order"][0])),
        None,
        "evidence.order",
    ),
    "the file's own seed": Forgery(
        lambda f: f.twist.append(lambda file: file.update(seed=number_hex("x", 64))),
        None,
        "evidence.seed",
    ),
    "the file's own order": Forgery(
        lambda f: f.twist.append(lambda file: file["order"].reverse()), None, "evidence.order"
    ),
}
