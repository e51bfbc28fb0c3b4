"""Auctions without a market: what the rules of bidding never allow, and what both verifiers refuse."""

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verify.forge import DRAW, LOG, REGULATOR, Forge, keys_json, make, number_hex
from tests.verify.node import batch
from tests.verify.tighter import token
from verify.zjcs import bidding, evidence, keys
from verify.zjcs import draw as protocol
from verify.zjcs.auction import Bid
from verify.zjcs.bidding import MS, Live, Own, Rounds
from verify.zjcs.faults import Fault

RANK = "zjcs-rank/2"
FLOOR = 40_000
STEP = 500
CEILING = 50_000
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 4000),
        st.sampled_from("abc"),
        st.integers(39_000, 51_000) | st.just(FLOOR) | st.integers(84, 100).map(lambda n: n * 500),
    ),
    max_size=40,
)
LIVE = Live(100, 1000, 300, 3000, STEP, FLOOR, CEILING)
IN_ROUNDS = Rounds(100, 3, 800, 200, 100, FLOOR, CEILING)


def run(terms, events):
    """Replay events; gives the course of states and the bids that counted."""
    state = terms.begins()
    own = {}
    taken = []
    for at, who, amount in events:
        bid = Bid(at, who, amount)
        if terms.refusal(state, bid, own.get(who)) is None:
            taken.append((state, bid, own.get(who)))
            state = terms.taken(state, bid)
            own[who] = Own(amount, at)
    return state, own, taken


@given(EVENTS)
def test_a_live_auction_only_falls_by_steps_and_ends_by_its_hard_stop(events):
    state, own, taken = run(LIVE, events)
    for before, bid, _ in taken:
        assert before.start <= bid.at < before.end <= LIVE.hard_stop
        assert FLOOR <= bid.amount <= CEILING
        assert before.low is None or bid.amount <= before.low - STEP or bid.amount == FLOOR
    assert LIVE.first_end <= state.end <= LIVE.hard_stop
    assert state.low == min((each.amount for each in own.values()), default=None)
    lowest = [who for who, each in own.items() if each.amount == state.low]
    assert len(lowest) <= 1 or state.low == FLOOR  # only at the floor is there a tie


@given(EVENTS)
def test_rounds_take_one_bid_of_each_and_end_as_promised(events):
    state, own, taken = run(IN_ROUNDS, events)
    seen = set()
    for before, bid, last in taken:
        number = IN_ROUNDS.round_at(before, bid.at)
        assert number is not None
        assert (bid.ref, number) not in seen
        seen.add((bid.ref, number))
        assert last is None or bid.amount * 100 <= last.amount * 99 or bid.amount == FLOOR
    assert state.end == 100 + 3 * 1000 - 200
    assert state.low == min((each.amount for each in own.values()), default=None)


@given(EVENTS, st.integers(100, 2999), st.sampled_from([LIVE, IN_ROUNDS]))
def test_what_was_received_in_a_freeze_never_counts_and_the_time_is_added(events, since, terms):
    before, _, _ = run(terms, [event for event in sorted(events) if event[0] < since])
    if before.end <= since:
        return
    frozen = before._replace(frozen_at=since)
    for at, who, amount in events:
        if at >= since:
            assert terms.refusal(frozen, Bid(at, who, amount), None) == "FROZEN"
    again = terms.resumed(frozen, 10_000)
    assert again.low == before.low
    assert terms.refusal(again, Bid(9_999, "z", FLOOR), None) == "EARLY"
    assert 10_000 < again.end <= again.hard_stop
    if terms is LIVE:
        assert again.hard_stop == before.hard_stop + 10_000 - since


# --- forged files -------------------------------------------------------------------------
ADMITTED = {1: "p3", 2: "p1", 3: "p2", 4: "p4"}
REFUSED = {5: "agency.suspended"}


def bare(forge: Forge, no: int) -> dict:
    return {key: value for key, value in forge.row(no).items() if key != "quote_fen"}


def held(forge: Forge, rule: str = "auction_live", bids=None) -> None:
    """An honest auction: four admitted, three bid, two of them meet at the floor."""
    start = forge.close + 40
    terms = {"ceiling": CEILING, "drain": 3, "floor": FLOOR, "start": start, "step": STEP}
    if rule == "auction_live":
        terms.update(first_end=start + 60, countdown=30, hard_stop=start + 200)
        bids = bids or [(10, 1, 49_000), (59, 2, 45_000), (60.5, 1, 40_000), (80, 2, 40_000)]
        end = start * MS + 90_500
    else:
        terms.update(rounds=3, length=30, pause=10, step=100)
        bids = bids or [(10, 1, 45_000), (11, 2, 46_000), (50, 1, 44_000), (99, 2, 44_000)]
        end = (start + 110) * MS
    forge.notice.update(
        alg=RANK,
        auction=terms,
        drain_max=300,
        project="P-1",
        rule=rule,
        rulebook={"version": 1, "sha256": number_hex("rulebook", 64)},
    )
    _enter(forge)
    forge.stages["parts"] = [
        forge.leaf(
            "auction.opened",
            at=forge.close + 3,
            admitted=[{"no": no, "pseudonym": name} for no, name in ADMITTED.items()],
            refused=[{"no": no, "reason": why} for no, why in REFUSED.items()],
        ),
        *(bid_of(forge, sequence, start, *each) for sequence, each in enumerate(bids, 1)),
        forge.leaf("auction.closed", at=end // MS + 4, bids=len(bids), end_ms=end),
    ]
    _seal(forge, end)
    forge.twist.append(lambda file: file.update(protocol=RANK))


def _enter(forge: Forge) -> None:
    """Entries without a quote, counted at the close."""
    for no, leaf in enumerate(forge.stages["entries"], 1):
        row = bare(forge, no)
        commit = protocol.commitment(row["salt"], protocol.opening(DRAW, row))
        leaf.update(received_at=leaf["at"], undo=token(no)[0], commit=commit)
    forge.stages["closed"] = [
        forge.leaf("entries.closed", at=forge.close + 2, count=forge.entrants)
    ]


def _seal(forge: Forge, end: int) -> None:
    """Who was who, behind the end."""
    forge.seal.update(
        at=end // MS + 5,
        received=forge.entrants,
        entrants=[bare(forge, 1), bare(forge, 2)],
        excluded=[
            {**bare(forge, 3), "by": "system", "reason": "auction.no_bid"},
            {**bare(forge, 4), "by": "system", "reason": "auction.no_bid"},
            {**bare(forge, 5), "by": "system", "reason": "agency.suspended"},
        ],
    )
    forge.seal_times = {REGULATOR: end // MS + 8}


def bid_of(forge: Forge, sequence: int, start: int, after: float, no: int, amount: int) -> dict:
    ms = start * MS + int(after * MS)
    fields = {"amount": amount, "at": ms // MS, "no": no, "received_ms": ms, "sequence": sequence}
    return forge.leaf("auction.bid", **fields)


def forged(change, rule="auction_live"):
    def apply(forge: Forge) -> None:
        held(forge, rule)
        change(forge, forge.stages["parts"])
        forge.fill_values()
        try:
            forge.stages["result"] = [forge.result()]
        except Fault:  # no order follows: something well-formed
            order = {"order": ["A000001", "A000002"], "seed": "0" * 64}
            told = forge.leaf("ranking.result", at=forge.draw_at, winners=1, **order)
            forge.stages["result"] = [told]

    return apply


def frozen(forge: Forge, leaves: list) -> None:
    """Frozen after the second bid, and on again half an hour later; the draw waits for it."""
    leaves[3:5] = []
    start = forge.notice["auction"]["start"]
    go_on = start + 62 + 1800
    leaves[3:3] = [
        forge.leaf(
            "auction.frozen", at=start + 61, by="office", reason="fault", since_ms=(start + 61) * MS
        ),
        forge.leaf("auction.resumed", at=start + 62, by="office", start=go_on),
        bid_of(forge, 3, go_on, 20, 1, 40_000),
    ]
    end = (go_on + 50) * MS
    leaves[-1].update(at=end // MS + 4, bids=3, end_ms=end)
    forge.seal.update(at=end // MS + 5)
    forge.seal_times = {REGULATOR: end // MS + 8}
    time = protocol.draw_time(forge.notice["draw_at"], forge.seal_times.values())
    forge.stages["between"].append(forge.leaf("draw.postponed", at=end // MS + 9, draw_at=time))
    forge.final_times = {REGULATOR: time + 60}


def soon(forge: Forge, leaves: list) -> None:
    frozen(forge, leaves)
    leaves[4]["start"] -= 60


def no_end(leaves: list) -> None:
    leaves.pop()


CASES = {  # name: change, verdict, code of the fault
    "live": (held, True, None),
    "rounds": (lambda f: held(f, "auction_rounds"), True, None),
    "frozen and resumed": (forged(frozen), True, None),
    "an amount changed": (forged(lambda f, x: x[2].update(amount=48_900)), False, "auction.bid"),
    "a bid dropped": (forged(lambda f, x: x.pop(2)), False, "auction.sequence"),
    "the last bid dropped": (forged(lambda f, x: x.pop(4)), False, "auction.closed"),
    "a late bid": (
        forged(lambda f, x: x[4].update(received_ms=x[5]["end_ms"], at=x[5]["end_ms"] // MS)),
        False,
        "auction.bid",
    ),
    "a bid less than a step below": (
        forged(lambda f, x: x[2].update(amount=48_501)), False, "auction.bid"),
    "a bid below the floor": (
        forged(lambda f, x: x[4].update(amount=FLOOR - 1)), False, "auction.bid"),
    "two bids in another order": (
        forged(lambda f, x: x.__setitem__(slice(1, 3), x[2:0:-1])), False, "auction.sequence"),
    "another end": (
        forged(lambda f, x: x[5].update(end_ms=x[5]["end_ms"] - 1)), False, "auction.end"),
    "never closed": (forged(lambda f, x: no_end(x)), False, "auction.closed"),
    "another number of bids": (forged(lambda f, x: x[5].update(bids=5)), False, "auction.closed"),
    "closed before its drain": (
        forged(lambda f, x: x[5].update(at=x[5]["at"] - 3)), False, "auction.closed"),
    "a bid of a stranger": (forged(lambda f, x: x[4].update(no=5)), False, "auction.bidder"),
    "a bid that waited too long": (
        forged(lambda f, x: x[1].update(at=x[1]["at"] + 400)), False, "auction.waited"),
    "a bidder called unopened": (
        forged(lambda f, x: f.seal.update(
            entrants=[bare(f, 2)],
            unopened=[{"no": 1, "reason": "box_hash", "ref": bare(f, 1)["ref"]}])),
        False,
        "quote.reason",
    ),
    "a bid that was in hand for long": (
        forged(lambda f, x: x[1].update(at=x[1]["at"] + 4)), True, None),
    "nobody said who bids": (forged(lambda f, x: x.pop(0)), False, "auction.opened"),
    "an entry that is nowhere": (
        forged(lambda f, x: x[0]["refused"].clear()), False, "auction.opened"),
    "two under one pseudonym": (
        forged(lambda f, x: x[0]["admitted"][1].update(pseudonym="p3")), False, "auction.opened"),
    "a bidder left out": (
        forged(lambda f, x: f.seal.update(
            entrants=[bare(f, 1)],
            excluded=[{**bare(f, 2), "by": "system", "reason": "auction.no_bid"},
                      *f.seal["excluded"]])),
        False,
        "auction.list",
    ),
    "a quote in the list": (
        forged(lambda f, x: f.seal["entrants"][0].update(quote_fen=1)), False, "quote.auction"),
    "the hard stop reaches into the draw": (
        forged(lambda f, x: f.notice["auction"].update(hard_stop=f.draw_at)),
        False,
        "auction.terms",
    ),
    "resumed too soon": (forged(soon), False, "auction.resume"),
    "the equals swapped": (
        forged(lambda f, x: f.twist_result.append(lambda leaf: leaf["order"].reverse())),
        False,
        "result.order",
    ),
    "an auction in a notice of another way": (
        forged(lambda f, x: f.notice.update(rule="lowest")), False, "quote.none"),
    "two bids in one round": (
        forged(lambda f, x: x[3].update(received_ms=x[1]["received_ms"] + 5, at=x[1]["at"]),
               "auction_rounds"),
        False,
        "auction.bid",
    ),
    "a bid between the rounds": (
        forged(lambda f, x: x[3].update(received_ms=x[3]["received_ms"] - 15_000), "auction_rounds"),
        False,
        "auction.bid",
    ),
}  # fmt: skip


@functools.cache
def text(name: str) -> str:
    return make(CASES[name][0]).text()


PINNED = keys_json(alg_from=[{"index": 0, "algs": [RANK], "t": 2}])


@functools.cache
def verdicts():
    told = [{"text": text(name), "keys": PINNED} for name in CASES]
    return dict(zip(CASES, batch(told), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_both_refuse_what_was_changed_and_nothing_else(name):
    _, verdict, code = CASES[name]
    answer = verdicts()[name]
    asks = name == "frozen and resumed"  # of a postponed draw the browser asks the witness's list
    assert (answer["ok"], answer.get("code")) == (None if asks else verdict, code), answer
    try:
        steps = list(evidence.check(text(name), keys.load(PINNED)))
    except Fault as fault:
        assert (verdict, code) == (False, fault.code)
        return
    assert verdict
    assert [step.fault for step in steps if step.fault] == []
    marked = {step.mark.code for step in steps if step.mark}
    assert set(answer["marks"]) == marked
    assert "auction.unsigned" in marked
    assert ("auction.frozen" in marked) == (name == "frozen and resumed")
    assert ("auction.slow" in marked) == (name == "a bid that was in hand for long")


def test_equals_at_the_floor_are_ordered_by_the_lot():
    forge = make(held)
    file = forge.evidence()
    assert [row["ref"] for row in file["order"]] and all("ticket" in row for row in file["order"])
    assert LOG.name == file["log"]["origin"]


def test_how_low_a_bid_must_be_is_said_as_it_is_judged():
    own = Own(45_000, 10)
    for terms, mine, at in ((LIVE, None, 950), (IN_ROUNDS, own, 1150)):
        state = terms.begins()._replace(low=45_000)
        most = terms.ceiling_now(state, mine)
        for amount, is_taken in ((most, True), (most + 1, False)):
            assert (terms.refusal(state, Bid(at, "a", amount), mine) is None) is is_taken
    assert bidding.NOTICE == 1800
