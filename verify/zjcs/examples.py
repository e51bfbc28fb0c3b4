"""Examples of every way of selecting, in the form of best_score.json: from `input` to `expected`.

The keys of each method stand in verify/README.md. Numbers are texts with at most two decimals. What
an input asks for is computed and shown; a fault names the key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from . import auction, score, ways
from .example_reader import Json, Reader, at, positive, shown
from .example_scores import amounts, criterion, ordered, proposal, valid, weighted
from .faults import Fault

SHOWN_TICKETS = 6
LEAST_ENTRANTS = {"credit_shortlist": 2}


def expected(method: object, given: object) -> Json:
    """What an input of this method must give. Raises Fault `rank.*`."""
    compute = METHODS.get(method) if isinstance(method, str) else None
    if compute is None:
        raise Fault("rank.method", value=str(method)[:40])
    return compute(Reader(given))


# --- prices alone -------------------------------------------------------------------------
def lowest(given: Reader) -> Json:
    """比价."""
    found: Json = {}
    quotes = amounts(given, found)
    if not valid(given, quotes, found):
        return found
    return {**found, **ordered(ways.lowest(quotes, given.text("seed")))}


def average(given: Reader) -> Json:
    """均价."""
    found: Json = {}
    quotes = amounts(given, found)
    if not valid(given, quotes, found):
        return found
    trim = given.whole("trim_from", score.TRIM_FROM)
    found["benchmark_shown"] = score.shown(score.mean(quotes.values(), trim))
    return {**found, **ordered(ways.average(quotes, given.text("seed"), trim))}


# --- credit shortlist ---------------------------------------------------------------------
def credit_shortlist(given: Reader) -> Json:
    """信用择优."""
    least = LEAST_ENTRANTS["credit_shortlist"]
    if "cases" in given:
        counts = [case.whole("valid") for case in given.cases()]
        return {"outcomes": ["run" if count >= least else "failed:TOO_FEW" for count in counts]}
    credit = criterion(given, "credit")
    if len(credit) < least:
        return {"outcome": "failed:TOO_FEW"}
    lottery = ways.shortlist(
        credit,
        longest=given.whole("longlist"),
        shortest=given.whole("shortlist"),
        seed=given.needed("seed", str),
        rule=given.text("balls") or ways.DIVISIONS,
    )
    first = lottery.tickets[:SHOWN_TICKETS]
    return {
        "longlist": lottery.longlist,
        "balls": lottery.balls,
        "total_balls": len(lottery.tickets),
        "first_tickets": [{"ticket": one, "ref": ref, "ball": ball} for one, ref, ball in first],
        "order": lottery.refs,
        "shortlist": lottery.shortlist,
        "silent_owner": lottery.refs[0],
    }


# --- auctions -----------------------------------------------------------------------------
def auction_rounds(given: Reader) -> Json:
    """竞价 in rounds."""
    quotes = {}
    for ref, row in given.needed("quotes", dict).items():
        if not isinstance(row, list):
            raise Fault("rank.shape", key=f"quotes.{ref}")
        quotes[ref] = [None if each is None else _amount(f"quotes.{ref}", each) for each in row]
    outcome = auction.rounds(
        quotes,
        ceiling=given.maybe("ceiling"),
        step=given.number("step_percent", 1),
        count=given.whole("rounds", 3),
    )
    order = ways.lowest(outcome.final, given.text("seed"))
    refused = [list(each) for each in outcome.refused]
    return {"final": shown(outcome.final), "refused": refused, **ordered(order)}


def _amount(key: str, value: object) -> int:
    amount = at(key, score.hundredths, value)
    positive(amount, key)
    return amount


def auction_live(given: Reader) -> Json:
    """竞价 with a countdown."""
    terms = auction.Terms(
        start=_clock("start", given.needed("start", str)),
        first_end=_clock("first_end", given.needed("first_end", str)),
        countdown=given.number("countdown_minutes", 5) * 600,
        hard_stop=_clock("hard_stop", given.needed("hard_stop", str)),
        step=given.number("step"),
        floor=given.maybe("floor"),
        ceiling=given.maybe("ceiling"),
    )
    bids = [_bid(i, event) for i, event in enumerate(given.needed("events", list))]
    outcome = auction.live(bids, terms)
    lows = sorted(outcome.last.values())
    is_tie = len(lows) > 1 and lows[0] == lows[1]
    found: Json = {
        "end": _time_of_day(outcome.end),
        "refused": [list(each) for each in outcome.refused],
        "at_floor": outcome.at_floor,
        "decided_by": "draw" if is_tie else "price",
    }
    if "seed" in given:
        found |= ordered(ways.lowest(outcome.last, given.text("seed")))
    return found


def _bid(place: int, event: object) -> auction.Bid:
    key = f"events.{place}"
    if not isinstance(event, list) or len(event) != 3 or not isinstance(event[1], str):
        raise Fault("rank.shape", key=key)
    return auction.Bid(_clock(key, event[0]), event[1], _amount(key, event[2]))


def _clock(key: str, text: object) -> int:
    """A time of day in ms since midnight."""
    try:
        time = dt.time.fromisoformat(str(text))
    except ValueError:
        raise Fault("rank.time", key=key, value=str(text)[:40]) from None
    seconds = (time.hour * 60 + time.minute) * 60 + time.second
    return seconds * 1000 + time.microsecond // 1000


def _time_of_day(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{time}.{rest:03}" if rest else time


# --- direct, rounding, credit -------------------------------------------------------------
def direct(given: Reader) -> Json:
    """直接选取: the recommender's scores and list."""
    records = {
        ref: _record(f"agencies.{ref}", row) for ref, row in given.needed("agencies", dict).items()
    }
    prior = ways.Prior(
        given.whole("prior_matters", 5),
        given.number("platform_mean_stars"),
        given.number("platform_on_time"),
    )
    weights = given.numbers("weights")
    cap = given.whole("completed_cap", 10)
    for key, number in (("completed_cap", cap), ("prior_matters", prior.matters)):
        if number == 0:
            raise Fault("rank.whole", key=key)
    if set(weights) != {"completed", "evaluation", "on_time"}:
        raise Fault("rank.shape", key="weights")
    scores = ways.recommended(records, prior, weights, cap)
    return {
        "scores": {ref: shown(row) for ref, row in scores.items()},
        "order": ways.recommendation_order(scores),
    }


def _record(key: str, row: object) -> ways.Record:
    reader = Reader(row)
    try:
        completed = reader.whole("completed")
        return ways.Record(completed, reader.maybe("stars"), reader.maybe("on_time"))
    except Fault as fault:
        raise fault.at(key) from None


def rounding(given: Reader) -> Json:
    """四舍五入."""
    values = given.needed("values", list)
    return {"rounded": [score.shown(at("values", score.rounded, value)) for value in values]}


def credit_score(given: Reader) -> Json:
    """履约记分: the points in force at a day."""
    at = _date("at", given.any("at"))
    total = given.number("base", 100)
    expired = []
    for i, event in enumerate(given.needed("events", list)):
        row = Reader(event)
        since = _date(f"events.{i}.date", row.any("date"))
        if since > at:
            continue
        if _months_later(since, row.whole("validity_months")) <= at:
            expired.append(row.needed("code", str))
            continue
        points = row.number("points")
        repaired = row.any("repaired", False)
        is_repaired = bool(repaired) and _date(f"events.{i}.repaired", repaired) <= at
        total += score.half_up(points, 2) if is_repaired else points
    credit = score.clamped(total)
    return {"score": score.shown(credit), "band": score.band(credit), "expired": expired}


def _date(key: str, text: object) -> dt.date:
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        raise Fault("rank.date", key=key, value=str(text)[:40]) from None


def _months_later(day: dt.date, months: int) -> dt.date:
    """The corresponding day of a later month, or its last day (民法典 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    month += 1
    if year > dt.MAXYEAR:
        return dt.date.max
    following = dt.date(year + month // 12, month % 12 + 1, 1) if year < dt.MAXYEAR else dt.date.max
    return min(
        dt.date(year, month, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(1)
    )


METHODS: dict[str, Callable[[Reader], Json]] = {
    "weighted": weighted,
    "proposal": proposal,
    "lowest": lowest,
    "average": average,
    "credit_shortlist": credit_shortlist,
    "auction_rounds": auction_rounds,
    "auction_live": auction_live,
    "direct": direct,
    "rounding": rounding,
    "credit_score": credit_score,
}
"""What each method of an example computes."""
