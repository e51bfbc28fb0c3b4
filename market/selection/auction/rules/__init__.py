"""The law of auctions: what an owner may ask, what a rulebook adds, when one is over. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

from market.kernel.clock import epoch
from market.kernel.errors import Invalid, Refusal
from market.kernel.plain import Json
from market.rulebook.rules import Rulebook
from market.selection.kinds import AUCTIONS, Method
from verify.zjcs import bidding

METHODS = AUCTIONS
LEAST = 2
"""With fewer admitted there is nothing to bid against, relisted or not (docs/rules.md#methods)."""
LEAST_STEP = 100
"""One yuan, in fen: the least step of a live auction."""
NOTICE = dt.timedelta(seconds=bidding.NOTICE)
"""How long before it goes on a frozen auction is announced."""
PATIENCE = dt.timedelta(seconds=30)
"""After so long without a word every web process counts as dead."""
RESUMED_WITHIN = dt.timedelta(days=15)
"""How far ahead a frozen auction may be resumed: until then nothing can be done about it."""
HELD_MOST = dt.timedelta(minutes=5)
"""How long after its end an auction is closed in any case."""
BY_OFFICE = "office"
BY_CLOCK = "clock"
FAULT = "system_fault"
NO_PROCESS = "no_process"
OPENED_LATE = "opened_late"
NO_BID = "auction.no_bid"
"""Why an admitted entry is left out of the list (verify/zjcs/exclusions.py)."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """What an owner asks of an auction: minutes from the close to its start, the floor (fen), the step
    (of a live one fen, of one in rounds hundredths of a percent; None: as the rulebook has it).
    """

    after: int
    floor_fen: int
    step: int | None

    @property
    def kept(self) -> Json:
        """As the notice keeps it."""
        return dataclasses.asdict(self)


def read(terms: Mapping[str, object]) -> Asked | None:
    """What a notice's terms keep; None where nothing was written."""
    after = terms.get("after")
    floor = terms.get("floor_fen")
    step = terms.get("step")
    if not isinstance(after, int) or not isinstance(floor, int):
        return None
    return Asked(after, floor, step if isinstance(step, int) else None)


def step_of(asked: Asked, method: Method, rulebook: Rulebook) -> int:
    """The step that holds: the notice's own, or the rulebook's share of the floor (live) or of one's own
    last bid (rounds).
    """
    if asked.step is not None:
        return asked.step
    if method is Method.AUCTION_ROUNDS:
        return int(rulebook.auction_round_step_percent) * 100
    share = asked.floor_fen * int(rulebook.auction_step_percent) // 100
    return max(share // 100 * 100, LEAST_STEP)


def problems(
    asked: Asked | None, method: Method, rulebook: Rulebook, ceiling_fen: int | None
) -> Iterator[Refusal]:
    """Everything that stands against what an owner asks."""
    if asked is None:
        yield Refusal("auction.no_terms", field="method")
        return
    least = int(rulebook.auction_lead_minutes)
    if not least <= asked.after <= 7 * 24 * 60:
        yield Invalid("auction.lead", field="after", least=least)
    if ceiling_fen is not None and not 0 < asked.floor_fen < ceiling_fen:
        yield Invalid("auction.floor", field="floor_fen")
        return
    step = step_of(asked, method, rulebook)
    if method is Method.AUCTION_ROUNDS:
        if not 1 <= step <= 50_00:
            yield Invalid("auction.step_percent", field="step_percent")
    elif step < LEAST_STEP or (ceiling_fen is not None and step > ceiling_fen - asked.floor_fen):
        yield Invalid("auction.step_bounds", field="step_fen")


def promised(
    asked: Asked, method: Method, rulebook: Rulebook, close: dt.datetime, ceiling_fen: int
) -> Json:
    """`auction` of the notice's leaf: times in epoch seconds, amounts in fen."""
    start = epoch(close) + asked.after * 60
    said: Json = {
        "ceiling": ceiling_fen,
        "drain": int(rulebook.auction_drain_seconds),
        "floor": asked.floor_fen,
        "start": start,
        "step": step_of(asked, method, rulebook),
    }
    if method is Method.AUCTION_ROUNDS:
        return {
            **said,
            "length": int(rulebook.auction_round_minutes) * 60,
            "pause": int(rulebook.auction_pause_minutes) * 60,
            "rounds": int(rulebook.auction_rounds),
        }
    first = int(rulebook.auction_first_minutes) * 60
    stop = max(int(rulebook.auction_hard_stop_minutes) * 60, first)
    return {
        **said,
        "countdown": int(rulebook.auction_countdown_minutes) * 60,
        "first_end": start + first,
        "hard_stop": start + stop,
    }


def latest_end(said: Mapping[str, int]) -> int:
    """The last instant (epoch seconds) at which a bid may come, its drain included."""
    return bidding.last_instant(bidding.terms_of(said)) + said["drain"]
