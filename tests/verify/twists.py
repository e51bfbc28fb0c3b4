"""What a forger does to a draw: each a change that some rule must see."""

from __future__ import annotations

from typing import Any

from tests.verify.cases import (
    closed,
    exclude,
    fail_drand,
    fall_back,
    late,
    withdraw,
)
from tests.verify.forge import (
    DRAW_AT,
    LOG,
    PERIOD,
    REGULATOR,
    STRANGER,
    Change,
    Forge,
    number_hex,
)
from verify.zjcs import draw as protocol
from verify.zjcs import note
from verify.zjcs.canonical import jcs
from verify.zjcs.sources import lost_text


def early_value(forge: Forge) -> None:
    """A value stands before the size that the witness cosigned."""
    forge.leaves()
    forge.stages["between"] = forge.stages["values"]
    forge.stages["values"] = []
    forge.sealed_size = len(forge.stages["anchors"]) + 1 + forge.entrants + 1 + 2
    forge.leaves = lambda: [leaf for stage in forge.stages.values() for leaf in stage]  # type: ignore[method-assign]


def uppercase(forge: Forge) -> None:
    forge.fill_values()
    forge.stages["values"][0]["value"] = forge.stages["values"][0]["value"].upper()
    forge.stages["result"] = [forge.leaf("draw.result", order=[], seed="0" * 64)]


def zeros(forge: Forge) -> None:
    exclude(forge, 1)
    forge.seal["excluded"][0]["ref"] = "A0000001"


def too_soon(forge: Forge) -> None:
    """Everything in its order, but the close lies 59 s before the draw."""
    forge.notice.update(entry_close=DRAW_AT - 59)
    forge.seal.update(at=DRAW_AT - 59)
    late(forge, 1)


def beyond_the_chain(forge: Forge) -> None:
    plan = [{"id": source, "kind": "chain", "slot": 5100} for source in forge.chains]
    forge.notice.update(draw_at=DRAW_AT + 5000 * PERIOD, sources=plan)
    forge.stages["values"] = [forge.value(source, 5000) for source in forge.chains]
    forge.stages["result"] = [forge.leaf("draw.result", order=[], seed="0" * 64)]


def spaced(forge: Forge) -> None:
    forge.spell = lambda leaf: (
        jcs(leaf).replace(b",", b", ") if leaf["type"] == "entries.sealed" else jcs(leaf)
    )


def slot_shopping(forge: Forge) -> None:
    for source in forge.notice["sources"]:
        source["slot"] = 101
    forge.stages["values"] = [forge.value(source, 101) for source in forge.chains]


def off_boundary(forge: Forge) -> None:
    forge.notice.update(draw_at=DRAW_AT + 7)
    for source in forge.notice["sources"]:
        source["slot"] = 101


def wrong_slot_value(forge: Forge) -> None:
    forge.stages["values"] = [forge.value(source, 99) for source in forge.chains]


def other_chain_value(forge: Forge) -> None:
    forge.fill_values()
    forge.stages["values"][0]["value"] = number_hex("chosen", 64)


def other_round(forge: Forge) -> None:
    forge.with_drand()
    forge.stages["values"][-1] = forge.drand(1000)


def false_signature(forge: Forge) -> None:
    forge.with_drand()
    forge.stages["values"][-1] = {**forge.drand(1000), "round": protocol.drand_round(forge.draw_at)}


def other_network(forge: Forge) -> None:
    forge.with_drand()
    forge.notice["sources"][-1]["chain"] = number_hex("fastnet", 64)


def drop_entry(forge: Forge) -> None:
    forge.seal["entrants"].pop(2)


def swap_quote(forge: Forge) -> None:
    forge.seal["entrants"][0]["quote_fen"] += 1


def double_quote(forge: Forge) -> None:
    forge.requote(1, quote_fen=5, quote_commit=number_hex("x", 64))


def same_commit(forge: Forge) -> None:
    for no in (1, 2):
        forge.requote(no, quote_commit=number_hex("x", 64))


def late_entry(forge: Forge) -> None:
    forge.entrants = 4
    closed(forge)
    forge.stages["parts"].append(forge.stages["entries"].pop())


def resign(forge: Forge) -> None:
    forge.log = STRANGER


def swap_winner(forge: Forge) -> None:
    def swap(leaf: dict[str, Any]) -> None:
        leaf["order"][0], leaf["order"][1] = leaf["order"][1], leaf["order"][0]

    forge.twist_result.append(swap)


def another_seed(forge: Forge) -> None:
    forge.twist_result.append(lambda leaf: leaf.update(seed=number_hex("my seed", 64)))


def late_anchor(forge: Forge) -> None:
    forge.arrange = lambda leaves: sorted(
        leaves, key=lambda leaf: leaf["type"] != "notice.published"
    )


def shifted_chain(forge: Forge) -> None:
    """The regulator's chain is the operator's, one slot on: two names, two anchors, one secret."""
    one = forge.chains["op-chain-1"]
    forge.chains["reg-chain-1"] = protocol.Chain(
        "reg-chain-1", one.n - 1, one.genesis + PERIOD, PERIOD, one.secret
    )
    forge.stages["anchors"] = [chain.anchor_leaf() for chain in forge.chains.values()]
    forge.notice["sources"][1]["slot"] = 99


def no_result(forge: Forge) -> None:
    """Leaves that allow no result get a well-formed one, so that the file can be written."""
    forge.stages["result"] = [forge.leaf("draw.result", order=[], seed="0" * 64)]


def same_ref(forge: Forge) -> None:
    row = {**forge.row(2), "ref": "A000001"}
    forge.seal["entrants"][1] = row
    forge.stages["entries"][1]["commit"] = protocol.commitment(
        row["salt"], protocol.opening(forge.notice["draw"], row)
    )
    no_result(forge)


def withdrawn_first(forge: Forge) -> None:
    withdraw(forge, 2)
    forge.stages["entries"].insert(0, forge.stages["entries"].pop())


def other_shape(forge: Forge) -> None:
    forge.fill_values()
    forge.stages["values"][0] = forge.drand(657413, "op-chain-1")
    no_result(forge)


def other_loss(**changes: Any) -> Change:
    """A loss of the operator's chain with other fields than it should have."""

    def apply(forge: Forge) -> None:
        fall_back(forge)
        forge.stages["values"][1].update(changes)

    return apply


def note_on(text: str) -> str:
    return note.format_note(text, [LOG.sign(text), REGULATOR.cosign(text, 1)])


def lost_before_the_seal(forge: Forge) -> None:
    fall_back(forge)
    forge.stages["parts"].append(forge.stages["values"].pop(1))


def false_loss(forge: Forge) -> None:
    fall_back(forge)
    text = note_on(lost_text("op-chain-1", 99)).replace("\n99\n", "\n100\n")
    forge.stages["values"][1]["note"] = text


def failed_round(forge: Forge) -> None:
    fail_drand(forge)
    forge.stages["values"][2]["round"] += 1
