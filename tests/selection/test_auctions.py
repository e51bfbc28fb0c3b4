"""竞价 by the real services: from the owner's terms to a stranger's recomputation."""

import datetime as dt
import json

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import compare
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.tasks import queries as tasks
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import auctioning as a
from tests.selection import pricing as p
from tests.selection import sealing as s
from tests.verify.node import batch


def state_of(number: str) -> str:
    return result_queries.notice(reading(CLOCK), number).state.value


def held(number: str) -> list:
    """Three bid, and two of them meet at the floor."""
    made = a.entered(number)
    a.opened(number)
    a.to(a.after(number, minutes=1))
    a.tick()
    a.bid(number, made[0], 110_000)
    a.to(a.after(number, minutes=14, seconds=59))
    a.bid(number, made[1], 100_000)
    a.bid(number, made[2], 80_000)
    a.to(a.after(number, minutes=19, seconds=58))
    a.bid(number, made[0], 80_000)
    return made


@pytest.mark.databases
def test_an_auction_from_its_terms_to_a_stranger_s_recomputation(context):
    number = a.published()
    made = held(number)
    assert state_of(number) == "auction_running"
    shown = a.course(number)
    assert [row.amount_fen // a.YUAN for row in shown.bids] == [80_000, 80_000, 100_000, 110_000]
    assert shown.end_at == a.after(number, minutes=19, seconds=59)
    assert {one.name for one in shown.bidders} == {None}
    a.over(number)
    assert state_of(number) == "sealed"
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)

    ranks = p.ranks(number)
    assert [row.quote_fen // a.YUAN for row in ranks] == [80_000, 80_000, 100_000]
    assert str(ranks[0].ticket) < str(ranks[1].ticket)
    assert {row.ref for row in ranks} == {str(who.ref) for who in made}
    assert s.verified(number)["auction"].startswith("3 / 4; 80000.00; ")
    assert s.leaf(number, "auction.closed")["bids"] == 4
    assert compare(reading(CLOCK), fabric().held).first == ()
    pinned = json.dumps(fabric().witness.inner.keys())
    answer = batch([{"text": s.file_of(number), "keys": pinned}])[0]
    assert answer["ok"] is True, answer
    assert answer["marks"] == ["auction.unsigned"]
    assert {one.name for one in a.course(number).bidders} != {None}
    assert result_queries.scores(reading(VISITOR), s.draw_of(number))["method"] == "lowest"


def test_three_rounds_end_with_the_lowest(context):
    number = a.published(Method.AUCTION_ROUNDS)
    made = a.entered(number)
    a.opened(number)
    told = ((0, (110, 115, 112)), (5, (None, 113, 110)), (10, (108, None, 101)))
    for minute, bids in told:
        a.to(a.after(number, minutes=minute, seconds=30))
        for who, thousand in zip(made, bids, strict=True):
            if thousand is not None:
                a.bid(number, who, thousand * 1000)
    with pytest.raises(Refusal, match=r"auction\.once"):
        a.bid(number, made[0], 90_000)
    a.to(a.after(number, minutes=8, seconds=30))
    with pytest.raises(Refusal, match=r"auction\.break"):
        a.bid(number, made[1], 90_000)
    a.over(number)
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)
    assert [row.quote_fen // (1000 * a.YUAN) for row in p.ranks(number)] == [101, 108, 113]
    assert s.verified(number)["auction"].startswith("3 / 7; 101000.00; ")


def test_what_does_not_count_is_refused_and_says_how_low_it_must_be(context):
    number = a.published()
    made = a.entered(number)
    with pytest.raises(Refusal, match=r"auction\.not_open"):
        a.bid(number, made[0], 100_000)
    a.opened(number)
    with pytest.raises(Refusal, match=r"auction\.early"):
        a.bid(number, made[0], 100_000)
    a.to(a.after(number, minutes=1))
    with pytest.raises(Refusal, match=r"auction\.not_admitted"):
        a.bid(number, f.agency(), 100_000)
    with pytest.raises(Refusal, match=r"auction\.above_ceiling"):
        a.bid(number, made[0], 120_001)
    a.bid(number, made[0], 100_000)
    with pytest.raises(Refusal, match=r"auction\.step") as refused:
        a.bid(number, made[1], 98_401)
    assert refused.value.facts["most"] == 98_400 * a.YUAN
    with pytest.raises(Refusal, match=r"auction\.below_floor"):
        a.bid(number, made[1], 79_999)
    a.to(a.course(number).end_at)
    with pytest.raises(Refusal, match=r"auction\.late"):
        a.bid(number, made[1], 98_000)
    assert a.course(number).count == 1


def test_the_same_form_twice_counts_once(context):
    number = a.published()
    made = a.entered(number)
    a.opened(number)
    a.to(a.after(number, minutes=1))
    assert a.bid(number, made[0], 100_000, "once") == a.bid(number, made[0], 100_000, "once") == 1
    with pytest.raises(Refusal, match=r"once\.changed"):
        a.bid(number, made[0], 90_000, "once")
    with pytest.raises(Refusal, match=r"once\.not_yours"):
        a.bid(number, made[1], 100_000, "once")
    assert a.course(number).count == 1


def test_the_clock_stopped_across_the_whole_auction_does_each_thing_once(context):
    number = a.published()
    made = a.entered(number)
    a.opened(number)
    a.to(a.after(number, minutes=2))
    a.bid(number, made[0], 100_000)  # bids are taken though nobody has begun it
    assert state_of(number) == "auction_ready"
    a.to(a.after(number, minutes=50))
    for _ in range(3):
        a.tick()
    kinds = [each.type for each in s.log.of_subject(reading(CLOCK), number)]
    assert kinds.count("auction.closed") == kinds.count("entries.sealed") == 1
    assert state_of(number) == "sealed"


def test_pseudonyms_that_come_after_the_start_leave_it_frozen_and_the_office_is_asked(context):
    number = a.published()
    made = a.entered(number)
    a.to(a.after(number, minutes=70))  # the clock stood still across the whole auction
    for _ in range(3):
        a.tick()
    assert state_of(number) == "auction_frozen"
    told = s.leaf(number, "auction.frozen")
    assert (told["by"], told["reason"]) == ("clock", "opened_late")
    office = f.publisher()
    woven = fabric()
    waiting = tasks.tasks(reading(office), woven.permissions, woven.window_kinds).mine
    assert [task.path for task in waiting] == [f"/notices/{number}/auction"]

    now = fabric().clock.now()
    with pytest.raises(Refusal, match=r"auction\.too_far"):
        far = now + dt.timedelta(days=15, minutes=1)
        do(auction_service.resume, office, number=number, start_at=far)
    do(auction_service.resume, office, number=number, start_at=now + dt.timedelta(minutes=31))
    a.to(a.course(number).start_at)
    a.tick()
    a.bid(number, made[0], 100_000)
    a.over(number)
    f.move_to(fabric().clock.now() + dt.timedelta(hours=1))  # postponed with the seal
    assert s.verified(number)["auction"].startswith("1 / 1; 100000.00; ")
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_with_one_admitted_and_with_no_bid_the_selection_fails(context):
    number = a.published()
    a.entered(number, 1)
    a.opened(number)
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state.value, card.failure) == ("failed", "TOO_FEW")

    silent = a.published()
    a.entered(silent, 3)
    a.opened(silent)
    a.to(a.course(silent).start_at)
    a.tick()
    a.over(silent)
    card = result_queries.notice(reading(CLOCK), silent)
    assert (card.state.value, card.failure) == ("failed", "ALL_QUOTES_INVALID")
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_frozen_at_its_lowest_bid_and_on_again_after_notice(context):
    number = a.published()
    made = a.entered(number)
    a.opened(number)
    a.to(a.after(number, minutes=2))
    a.tick()
    a.bid(number, made[0], 100_000)
    a.to(a.after(number, minutes=3))
    office = f.publisher()
    do(auction_service.freeze, office, number=number, note="机房断电，出价页面打不开")
    with pytest.raises(Refusal, match=r"auction\.frozen"):
        a.bid(number, made[1], 90_000)
    soon = fabric().clock.now() + dt.timedelta(minutes=29)
    with pytest.raises(Refusal, match=r"auction\.too_soon"):
        do(auction_service.resume, office, number=number, start_at=soon)
    start = soon + dt.timedelta(minutes=2)
    do(auction_service.resume, office, number=number, start_at=start)
    shown = a.course(number)
    assert shown.low_fen == 100_000 * a.YUAN
    assert shown.end_at == shown.start_at + dt.timedelta(minutes=5)
    assert state_of(number) == "auction_ready"
    a.to(shown.start_at)
    a.tick()
    a.bid(number, made[1], 98_000)
    a.over(number)
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)
    seen = s.verified(number)
    assert seen["auction"].startswith("2 / 2; 98000.00; ")
    assert p.ranks(number)[0].ref == str(made[1].ref)
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_an_auction_moves_with_its_close_and_its_numbers_stay(context):
    number = a.published()
    a.entered(number)
    f.tick()
    before = a.course(number)
    later = {"entry_close": f.at(9), "draw_at": f.at(9, 19)}
    with pytest.raises(Refusal, match=r"auction\.draw_too_soon"):
        do(notice_service.amend, f.publisher(), number=number, reason="节假日顺延", **later)
    later["draw_at"] = f.at(9, 19, 30)
    do(notice_service.amend, f.publisher(), number=number, reason="节假日顺延", **later)
    f.tick()
    after = a.course(number)
    assert after.start_at - before.start_at == dt.timedelta(days=2)
    assert (after.floor_fen, after.step) == (before.floor_fen, before.step)
    a.opened(number)
    made = a.after(number, minutes=1)
    a.to(made)
    a.tick()
    assert state_of(number) == "auction_running"
    said = s.leaf(number, "notice.amended")["auction"]
    assert said["start"] == int(after.start_at.timestamp())


def test_who_is_refused_is_said_why_to_itself_alone_and_left_out_with_that_code(context):
    number = a.published()
    made = a.entered(number, 3)
    twin = {"representative_digest": "a" * 64}
    for name in ("甲一", "甲二"):
        who = agencies.active_agency([f.ITEM], legal_representative=name, **twin)
        f.enter(number, who, 0)
        made.append(who)
    a.opened(number)
    assert s.leaf(number, "auction.opened")["refused"] == [
        {"no": 5, "reason": "entry.same_representative"}
    ]
    told = [auction_queries.course(reading(each.actor), number).refused for each in made]
    assert told == [None, None, None, None, "entry.same_representative"]
    a.to(a.after(number, minutes=1))
    a.tick()
    with pytest.raises(Refusal, match=r"auction\.not_admitted"):
        a.bid(number, made[4], 100_000)
    a.bid(number, made[3], 100_000)
    a.over(number)
    left_out = {row["no"]: row["reason"] for row in s.leaf(number, "entries.sealed")["excluded"]}
    assert left_out == {
        **dict.fromkeys((1, 2, 3), "auction.no_bid"),
        5: "entry.same_representative",
    }
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)
    assert s.verified(number)["auction"].startswith("1 / 1; 100000.00; ")
