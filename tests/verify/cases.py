"""Honest and forged draws by name. Each forgery says which rule must refuse it, and by which code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.verify.forge import DRAND, DRAW_AT, INSPECTOR, LOG, PERIOD, REGULATOR, STRANGER, Change, Forge, number_hex
from verify.zjcs import draw as protocol
from verify.zjcs.canonical import jcs


@dataclass(frozen=True)
class Forgery:
    """What is forged; `rule` None is plain log arithmetic. `keys` changes the pinned keys.json it is held to."""

    change: Change
    rule: int | None
    code: str
    settings: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] | None = None
    python_only: bool = False  # a BLS signature, which the browser leaves undecided


def late(forge: Forge, by: int = 100) -> None:
    """The regulator cosigned the seal so late that the draw moves."""
    forge.seal_times[REGULATOR] = forge.draw_at - 60 + by
    forge.stages["between"].append(forge.leaf("draw.postponed", at=forge.draw_at - 60 + by, draw_at=forge.draw_at + by))


def amend(forge: Forge, **changes: Any) -> None:
    notice = {**forge.notice, "type": "notice.amended", "at": forge.close - 2000, **changes}
    forge.stages["amended"].append(notice)


def withdraw(forge: Forge, no: int) -> None:
    forge.seal["entrants"] = [row for row in forge.seal["entrants"] if row["no"] != no]
    forge.stages["entries"].append(forge.leaf("entry.withdrawn", at=forge.close - 50, no=no))


def exclude(forge: Forge, no: int) -> None:
    row = next(row for row in forge.seal["entrants"] if row["no"] == no)
    forge.seal["entrants"].remove(row)
    forge.seal.setdefault("excluded", []).append({**row, "by": "office", "reason": "NOT_QUALIFIED"})


def in_parts(forge: Forge) -> None:
    rows = forge.seal.pop("entrants")
    forge.stages["parts"] = [forge.leaf("entries.part", part=number + 1, entrants=rows[start:start + 256])
                             for number, start in enumerate(range(0, len(rows), 256))]
    forge.seal.update(count=len(rows), parts=part_hashes(forge))


def part_hashes(forge: Forge) -> list[str]:
    return [forge.case([leaf]).leaves[0].hash for leaf in forge.stages["parts"]]


def ranks(forge: Forge) -> list[str]:
    forge.leaves()
    return list(forge.stages["result"][0]["order"])


def finish(forge: Forge, skipped: int = 1, winners: list[str] | None = None) -> None:
    refs = ranks(forge)
    for rank in range(1, skipped + 1):
        forge.stages["after"].append(forge.leaf("result.skip", at=DRAW_AT + 900, by="owner", rank=rank, reason="REFUSED",
                                                ref=refs[rank - 1]))
    forge.stages["after"].append(forge.leaf("result.final", at=DRAW_AT + 999, winners=winners or refs[skipped:skipped + 1]))


def closed(forge: Forge, **changes: Any) -> None:
    forge.notice["price_decides"] = True
    leaf = forge.leaf("entries.closed", at=forge.close + 2, count=forge.entrants)
    forge.stages["closed"].append({**leaf, **changes})


def fall_back(forge: Forge, *signers: Any, wait: int = 86_400, kind: str = "drand", number: int = 10024141) -> None:
    """The operator's chain is lost, so that quicknet's round an hour after the loss takes its place."""
    forge.notice["fallback"] = [{**DRAND, "id": "fallback-1"} if kind == "drand" else {"id": "op-chain-2", "kind": kind}]
    due = forge.chains["op-chain-1"].due_at(100)
    forge.fill_values()
    forge.stages["values"] = [forge.value("reg-chain-1", 100),
                              forge.lost("op-chain-1", 100, due + wait, *(signers or (LOG, REGULATOR))),
                              forge.drand(number, "fallback-1")]
    forge.level = "S0"


# the loss is logged 24 h after the slot; the fallback's round is the first one an hour later: 10024141 is a real round
FALLBACK_AT = {"draw_at": 1722875784 - 3600 - 86_400}


def fail_drand(forge: Forge) -> None:
    forge.with_drand()
    forge.notice["fallback"] = [{"id": "lottery-kl8", "kind": "lottery", "game": "kl8"}]
    number = protocol.drand_round(forge.draw_at)
    forge.stages["values"][-1] = {"v": 1, "type": "source.failed", "source": "drand-quicknet", "round": number,
                                  "at": protocol.drand_time(number) + 86_400, "by": "operator", "reason": "NO_ANSWER"}
    forge.stages["values"].append(lottery())


def lottery(numbers: tuple[int, ...] = tuple(range(3, 63, 3)), issue: str = "2023258") -> dict[str, Any]:
    return {"v": 1, "type": "source.value", "source": "lottery-kl8", "issue": issue,
            "value": protocol.lottery_value(issue, numbers)}


def draw_by_lottery(forge: Forge) -> None:
    forge.notice["sources"].append({"id": "lottery-kl8", "kind": "lottery", "game": "kl8"})
    forge.fill_values()
    forge.stages["values"].append(lottery())
    forge.level = "S2"


def operator_alone(forge: Forge) -> None:
    forge.notice["sources"].pop()
    forge.stages["anchors"].pop()
    forge.seal_times, forge.level = {}, "S0"


def hidden_quotes(forge: Forge) -> None:
    forge.requote(1, quote_commit=protocol.quote_commitment(number_hex("own salt", 32), {"quote_fen": 99}))
    forge.requote(2, rate_bp=8500)


def three_witnesses(forge: Forge) -> None:
    forge.with_drand()
    forge.level = "S3"
    forge.witnesses.append(INSPECTOR)
    forge.seal_times[INSPECTOR] = forge.close + 20


def also(*changes: Change) -> Change:
    """Several changes, one after another."""
    def apply(forge: Forge) -> None:
        for change in changes:
            change(forge)
    return apply


def put(stage: str, **fields: Any) -> Change:
    """Change fields of a stage's first leaf."""
    return lambda forge: forge.stages[stage][0].update(fields)


def again(stage: str, into: str = "after") -> Change:
    """Log a stage's first leaf a second time."""
    def apply(forge: Forge) -> None:
        forge.leaves()
        forge.stages[into].append(dict(forge.stages[stage][0]))
    return apply


HONEST: dict[str, tuple[Change, dict[str, Any]]] = {
    "S1": (lambda forge: None, {}),
    "S0, the operator alone": (operator_alone, {}),
    "S2 with drand": (lambda forge: forge.with_drand(), {}),
    "S3 with drand and two witnesses": (three_witnesses, {}),
    "postponed": (late, {}),
    "amended": (lambda forge: amend(forge), {}),
    "withdrawn and excluded": (also(lambda f: withdraw(f, 2), lambda f: exclude(f, 4)), {}),
    "hidden quotes": (hidden_quotes, {}),
    "in parts": (in_parts, {"entrants": 300}),
    "skipped and final": (finish, {}),
    "closed first": (closed, {}),
    "chain lost, drand instead": (fall_back, FALLBACK_AT),
    "relisted": (put("notice", project="P-1", predecessor="XQ-360481-2023-00000"), {}),
    "nobody entered": (lambda forge: None, {"entrants": 0}),
}


def early_value(forge: Forge) -> None:
    """A value stands before the size that the witness cosigned."""
    forge.leaves()
    forge.stages["between"], forge.stages["values"] = forge.stages["values"], []
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
    forge.spell = lambda leaf: jcs(leaf).replace(b",", b", ") if leaf["type"] == "entries.sealed" else jcs(leaf)


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
    forge.arrange = lambda leaves: sorted(leaves, key=lambda leaf: leaf["type"] != "notice.published")


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
    "late and silent": Forgery(lambda f: (late(f), f.stages["between"].clear()), 2, "slot.postponed"),
    "postponed for nothing": Forgery(
        lambda f: f.stages["between"].append(f.leaf("draw.postponed", at=DRAW_AT, draw_at=DRAW_AT + 60)), 2, "slot.postponed"),
    "too soon": Forgery(too_soon, 2, "slot.too_soon"),
    "beyond the chain": Forgery(beyond_the_chain, 2, "slot.range"),
    # 3: order in the log
    "a value before the witness saw the list": Forgery(early_value, 3, "order.value"),
    "an anchor after the notice": Forgery(late_anchor, 3, "anchor.late"),
    "an entry after the close": Forgery(lambda f: f.stages["entries"][0].update(at=f.close), 3, "order.after_close"),
    "a second value": Forgery(lambda f: (f.fill_values(), f.stages["values"].append(f.value("op-chain-1", 101))), 3,
                              "value.twice"),
    "one chain under two names": Forgery(lambda f: f.stages["anchors"][1].update(
        anchor=f.stages["anchors"][0]["anchor"]), 3, "anchor.twice"),
    # 4: who cosigned when
    "sealed before the close": Forgery(lambda f: f.seal.update(at=f.close - 1), 4, "cosignature.time"),
    "cosigned before it was sealed": Forgery(lambda f: f.seal_times.update({REGULATOR: f.close + 4}), 4, "cosignature.time"),
    "not cosigned by the regulator": Forgery(lambda f: f.seal_times.clear(), 4, "cosignature.missing"),
    # 5: the first counts
    "a second notice": Forgery(again("notice"), 5, "leaf.second"),
    "a second seal": Forgery(again("seal"), 5, "leaf.second"),
    "a second result": Forgery(again("result"), 5, "leaf.second"),
    # 6: nobody vanishes
    "an entry dropped": Forgery(drop_entry, 6, "entry.end"),
    "a number left out": Forgery(lambda f: (f.stages["entries"].pop(1), f.seal["entrants"].pop(1)), 6, "entry.numbers"),
    "another quote than committed": Forgery(swap_quote, 6, "entry.commitment"),
    "withdrawn and yet sealed": Forgery(
        lambda f: f.stages["entries"].append(f.leaf("entry.withdrawn", at=f.close - 50, no=2)), 6, "entry.end"),
    "an entrant out of nowhere": Forgery(lambda f: f.seal["entrants"].append(f.row(6)), 6, "entry.end"),
    # 7: amendments
    "amended to an earlier close": Forgery(lambda f: amend(f, entry_close=f.close - 60), 7, "amendment.earlier"),
    "amended after the close": Forgery(lambda f: amend(f, at=f.close), 7, "amendment.late"),
    "amended to other sources": Forgery(
        lambda f: amend(f, sources=[{**source, "id": source["id"]} for source in reversed(f.notice["sources"])]), 7,
        "amendment.sources"),
    # 8: the level is computed
    "a label too high": Forgery(lambda f: setattr(f, "level", "S2"), 8, "level.label"),
    "a label too low": Forgery(lambda f: setattr(f, "level", "S0"), 8, "level.label"),
    "a notice that claims too much": Forgery(put("notice", level="S2"), 8, "level.plan"),
    # 9: drand
    "another round": Forgery(other_round, 9, "drand.round"),
    "another network": Forgery(other_network, 9, "drand.chain"),
    "a value that is not the signature's": Forgery(
        lambda f: (f.with_drand(), f.stages["values"][-1].update(value=number_hex("x", 64))), 9, "drand.value"),
    "a false BLS signature": Forgery(false_signature, 9, "drand.signature", python_only=True),
    # 10: withholding
    "a chosen value": Forgery(other_chain_value, 10, "value.anchor"),
    "a fallback to a chain": Forgery(lambda f: f.notice.update(fallback=[{"id": "op-chain-2", "kind": "chain"}]), 10,
                                     "fallback.kind"),
    "lost by the operator's word alone": Forgery(lambda f: fall_back(f, LOG), 10, "lost.signers", FALLBACK_AT),
    "lost by others than the owner": Forgery(lambda f: fall_back(f, REGULATOR), 10, "lost.signers", FALLBACK_AT),
    "lost too soon": Forgery(lambda f: fall_back(f, wait=86_399), 10, "failure.early", {"draw_at": FALLBACK_AT["draw_at"]}),
    "lost, then found": Forgery(lambda f: (fall_back(f), f.stages["values"].insert(2, f.value("op-chain-1", 100)),
                                           f.stages.update(result=[f.leaf("draw.result", order=[], seed="0" * 64)])),
                                10, "lost.final", FALLBACK_AT),
    # 11: after the draw
    "the wrong winner": Forgery(swap_winner, 11, "result.order"),
    "another seed in the result": Forgery(another_seed, 11, "result.seed"),
    "a reserve before the winner": Forgery(lambda f: finish(f, 0, ranks(f)[1:2]), 11, "final.winners"),
    "a skip of another rank": Forgery(lambda f: (finish(f, 1), f.stages["after"][0].update(rank=2)), 11, "skip.rank"),
    "an unknown leaf of the draw": Forgery(lambda f: f.stages["after"].append(f.leaf("draw.redrawn", at=DRAW_AT)), 11,
                                           "leaf.type"),
    "a final checkpoint without witness": Forgery(lambda f: f.final_times.clear(), 11, "final.uncosigned"),
    # 12: relisting
    "relisted without a project": Forgery(put("notice", predecessor="XQ-1"), 12, "notice.predecessor"),
    "its own predecessor": Forgery(put("notice", project="P-1", predecessor="XQ-360481-2023-00001"), 12, "notice.predecessor"),
    # 13: pinned keys
    "signed by a stranger": Forgery(resign, 13, "checkpoint.unsigned"),
    "a log key that nobody pinned": Forgery(lambda f: None, 13, "keys.log", keys={"log": [STRANGER.key().vkey]}),
    "an anchor that nobody pinned": Forgery(lambda f: None, 13, "keys.anchor",
                                            keys={"anchors": {"reg-chain-1": number_hex("x", 64)}}),
    "another log": Forgery(lambda f: None, 13, "keys.origin", keys={"origin": "zjcs.test/log/2024"}),
    "a witness that nobody pinned": Forgery(lambda f: None, 4, "cosignature.missing",
                                            keys={"witnesses": [INSPECTOR.key(4).vkey]}),
    # 14: size
    "three hundred rows in one leaf": Forgery(lambda f: None, 14, "part.needed", {"entrants": 300}),
    "a leaf too large": Forgery(lambda f: None, 14, "leaf.size", {"entrants": 500}),
    "no digest beside a long order": Forgery(
        lambda f: (in_parts(f), f.twist_result.append(lambda leaf: leaf.pop("order_sha256"))), 14, "result.digest_needed",
        {"entrants": 300}),
    # 15: quotes
    "a quote both open and hidden": Forgery(double_quote, 15, "quote.twice"),
    "two hidden quotes without salt": Forgery(same_commit, 15, "quote.salt"),
    # 16: closed before opened
    "not closed first": Forgery(put("notice", price_decides=True), 16, "closed.missing"),
    "closed and cosigned late": Forgery(lambda f: (closed(f), f.closed_times.update({REGULATOR: f.close + 121})), 16,
                                        "closed.time"),
    "closed with another count": Forgery(lambda f: closed(f, count=4), 16, "closed.count"),
    "an entry after closing": Forgery(late_entry, 16, "entry.end"),
    # the file against its own leaves
    "the file's own seed": Forgery(lambda f: f.twist.append(lambda file: file.update(seed=number_hex("x", 64))), None,
                                   "evidence.seed"),
    "the file's own order": Forgery(lambda f: f.twist.append(lambda file: file["order"].reverse()), None, "evidence.order"),
}
