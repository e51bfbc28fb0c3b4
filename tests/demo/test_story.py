"""The story is told of every way of selecting, and ends with its order recomputed from the log alone."""

import dataclasses

import pytest

from market.db import reading
from market.demo import retold, tales
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.selection.kinds import Method
from tests.factories import selection as f
from tests.selection import choosing, scoring, shortlisting

COMMON = (
    "enrolment.passed",
    "notice.published",
    "complaint.filed",
    "complaint.decided",
    "award.issued",
)
ENTERED = ("entry.received", "entry.withdrawn")
BID = ("entries.closed", "auction.opened", "auction.bid", "auction.closed", "ranking.result")
TOLD = {
    Method.RANDOM: (*ENTERED, "entries.sealed", "source.value", "draw.result", "/1/ticket"),
    Method.LOWEST: (*ENTERED, "entries.closed", "quote.key", "ranking.result", "zjcs-draw/1/tie"),
    Method.WEIGHTED: (
        *ENTERED,
        "jurors.named",
        "sheet.sealed",
        "sheets.closed",
        "quotes.opened",
        "/tie",
    ),
    Method.PROPOSAL: (
        *ENTERED,
        "jurors.named",
        "quote.key",
        "sheet.sealed",
        "sheets.closed",
        "quotes.opened",
        "/tie",
    ),
    Method.CREDIT_SHORTLIST: (
        *ENTERED,
        "credit.decided",
        "credit.frozen",
        "shortlist.drawn",
        "owner.chose",
        "zjcs-draw/1/ball",
    ),
    Method.AUCTION_LIVE: (*ENTERED, *BID, "次出价逐次重算", "zjcs-draw/1/tie"),
    Method.AUCTION_ROUNDS: (*ENTERED, *BID, "次出价逐次重算"),
    Method.DIRECT: ("direct.listed", "direct.offered", "direct.answered", "谢绝", "ranking.result"),
}
"""What stands in each: 均价 is told like 比价."""


@pytest.mark.parametrize("way", TOLD)
def test_the_story_ends_with_the_same_order_from_the_log_alone(way):
    said = []
    assert tales.tell(create_app, said.append, way) == 0
    told = "\n".join(said)
    assert [fact for fact in (*COMMON, *TOLD[way]) if fact not in told] == []
    assert "与日志上的结果一致" in told and ("sha256sum" in told) == (way is not Method.DIRECT)


def changed(case, kind, **fields):
    """The case with other words in the first leaf of a kind."""
    leaves = list(case.leaves)
    place = next(place for place, leaf in enumerate(leaves) if leaf["type"] == kind)
    value = leaves[place].value | fields
    leaves[place] = dataclasses.replace(leaves[place], value=value)
    return dataclasses.replace(case, leaves=leaves)


def test_another_choice_than_the_logs_is_found_out(context):
    number, buyer, signs = choosing.published()
    first, second, _ = choosing.refs(number)
    choosing.offered(number, buyer, first)
    choosing.answered(number, signs[first], accepts=True)
    case = retold.case_of(reading(CLOCK), number)
    assert retold.choice(case, print)
    assert not retold.choice(changed(case, "ranking.result", order=[second]), print)


def test_another_choice_than_the_shortlist_allows_is_found_out(context):
    marked = shortlisting.town()
    buyer = f.owner()
    number = shortlisting.published(buyer)
    shortlisting.entered(number, marked, *[f.agency() for _ in range(3)])
    f.drawn(number)
    places = shortlisting.course(number).places
    shortlisting.chosen(number, buyer, places[1].ref)
    work = reading(CLOCK)
    case = retold.case_of(work, number)
    assert retold.shortlist(work, case, print)
    outside = changed(case, "owner.chose", ref=places[3].ref)
    assert not retold.shortlist(work, outside, print)
    rows = case.the("credit.frozen")["rows"]
    better = [{**rows[0], "marks": 10_000}, *rows[1:]]
    assert not retold.shortlist(work, changed(case, "credit.frozen", rows=better), print)


def test_another_order_than_the_sheets_give_is_found_out(context):
    case = retold.case_of(reading(CLOCK), scoring.finished())
    assert retold.sheets(case, print)
    order = case.the("ranking.result")["order"]
    assert not retold.sheets(changed(case, "ranking.result", order=order[::-1]), print)
