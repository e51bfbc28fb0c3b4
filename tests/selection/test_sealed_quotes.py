"""Quotes that are sealed to two keys: what is promised, entered, withdrawn, closed, opened; and that both
verifiers open them again.
"""

import datetime as dt
import json

import pytest
from sqlalchemy import delete, select

from market.db import db, in_one_transaction, new_work, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger import jobs as ledger
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.models import Entry
from market.selection.entries.rules import boxing
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.quotes import service as quote_service
from market.selection.quotes.models import QuoteOffer
from market.windows import jobs as windows
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import sealing as s
from tests.selection.entering import enter_at
from tests.verify.node import batch
from verify.zjcs import openings

pytestmark = pytest.mark.databases


def test_a_notice_promises_two_keys_that_their_holders_sign(context):
    witness = s.sealing_town()
    number = f.published_notice()
    told = s.leaf(number, "notice.published")
    assert (told["alg"], told["rule"]) == ("zjcs-draw/2", "random")
    assert told["quote_rule"] == {"kind": "quote_fen", "floor": 0, "ceiling": 12_000_000}
    keys = told["sealed_quotes"]["keys"]
    assert [each["id"] for each in keys] == ["zjcs.example.org/log", f.WITNESS_NAME]
    assert keys[1]["pk"] == witness.quote_key(s.draw_of(number))["pk"]


def test_without_a_witness_that_gives_keys_notices_are_as_before(context):
    f.town()
    assert entry_jobs.prepare_keys() == 0
    assert s.leaf(f.published_notice(), "notice.published")["alg"] == "zjcs-draw/1"


def test_sealed_entries_are_closed_opened_drawn_and_verified(context):
    s.sealing_town()
    number = f.published_notice()
    made = [f.agency() for _ in range(4)]
    kept = [s.sealed(number, who, 10_000_000 + place) for place, who in enumerate(made[:3])]
    for who, one in zip(made, kept, strict=False):
        s.enter_sealed(number, who, one)
    f.enter(number, made[3], 11_000_000)  # sealed by the server
    assert entry_queries.makers(reading(CLOCK), number) == {}

    f.drawn(number)

    assert [each.amount_fen for each in entry_queries.opened_quotes(reading(CLOCK), number)] == [
        10_000_000,
        10_000_001,
        10_000_002,
        11_000_000,
    ]
    assert s.leaf(number, "entries.closed")["count"] == 4
    shown = s.verified(number)
    assert shown["sealed_quotes"] == "browser 3, tool 0, server 1"
    page = context.test_client().get(f"/draws/{number.replace('GG', 'XQ')}").text
    assert "浏览器 3 家，由离线工具 0 家，由服务器代为加密 1 家" in page
    opened = json.loads(s.file_of(number))
    assert sorted(opened["boxes"]) == ["1", "2", "3", "4"]


def test_the_javascript_verifier_agrees(context):
    s.sealing_town()
    number = f.published_notice()
    made = [f.agency() for _ in range(3)]
    for who in made:
        s.enter_sealed(number, who, s.sealed(number, who))
    f.drawn(number)
    pinned = json.dumps(fabric().witness.inner.keys())
    answer = batch([{"text": s.file_of(number), "keys": pinned}])[0]
    assert answer["ok"] is True, answer


def test_the_entrant_alone_withdraws_and_enters_anew(context):
    s.sealing_town()
    number = f.published_notice()
    who = f.agency()
    first = s.sealed(number, who)
    s.enter_sealed(number, who, first)
    for wrong in ("", "0" * 64, first.posted["undo"]):
        with pytest.raises(Refusal, match=r"entry\.wrong_token"):
            in_one_transaction(entry_service.withdraw, who.actor, number=number, token=wrong)

    second = s.sealed(number, who, 9_000_000)
    in_one_transaction(
        entry_service.enter_anew,
        who.actor,
        number=number,
        quote_fen=0,
        sealing_key=b"",
        sealed=boxing.sealed_of(json.dumps(second.posted), boxing.TOOL),
        token=first.kept["token"].upper(),
    )
    withdrawn = reading(CLOCK).session.scalar(select(Entry).where(Entry.no == 1))
    assert withdrawn.sealed == b""
    told = s.leaf(number, "entry.withdrawn")
    assert openings.undo_of(bytes.fromhex(told["token"])) == first.posted["undo"]

    in_one_transaction(entry_service.withdraw, who.actor, number=number, token=second.kept["token"])
    others = [f.agency() for _ in range(3)]
    for other in others:
        f.enter(number, other)
    f.drawn(number)
    assert s.verified(number)["entries"].startswith("5 received, 3 sealed")


def test_a_box_is_taken_from_its_own_agency_for_this_draw_and_once(context):
    s.sealing_town()
    number = f.published_notice()
    other = f.published_notice()
    mine = f.agency()
    rival = f.agency()
    ours = s.sealed(number, mine)
    with pytest.raises(Refusal, match=r"entry\.box_other"):
        s.enter_sealed(number, rival, ours)
    with pytest.raises(Refusal, match=r"entry\.box_other"):
        s.enter_sealed(number, mine, s.sealed(other, mine))
    s.enter_sealed(number, mine, ours)
    theirs = s.sealed(number, rival)
    theirs.posted["undo"] = ours.posted["undo"]
    with pytest.raises(Refusal, match=r"entry\.token_used"):
        s.enter_sealed(number, rival, theirs)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "x" * 9000, '{"v": 1', '{"box": 3}'],
    ids=["none", "empty", "long", "cut", "odd"],
)
def test_what_is_no_sealed_quote_is_refused(text):
    with pytest.raises(Refusal, match=r"entry\.sealed_unread"):
        boxing.sealed_of(text, boxing.TOOL)


def test_a_notice_of_before_takes_no_box(context):
    f.town()
    number = f.published_notice()
    who = f.agency()
    sealed = boxing.Sealed(b"x", "0" * 64, "1" * 64, boxing.TOOL)
    with pytest.raises(Refusal, match=r"entry\.not_sealed_here"):
        in_one_transaction(
            entry_service.enter,
            who.actor,
            number=number,
            quote_fen=0,
            sealing_key=b"",
            sealed=sealed,
        )


def test_a_bad_share_takes_one_entry_out_and_says_why(context):
    s.sealing_town()
    number = f.published_notice()
    made = [f.agency() for _ in range(4)]
    for who in made[:3]:
        s.enter_sealed(number, who, s.sealed(number, who))
    s.enter_sealed(number, made[3], s.torn(s.sealed(number, made[3])))

    f.drawn(number)

    sealed = s.leaf(number, "entries.sealed")
    assert sealed["unopened"] == [{"no": 4, "reason": "share_open", "ref": made[3].ref}]
    assert len(entry_queries.opened_quotes(reading(CLOCK), number)) == 3
    s.verified(number)


def test_a_witness_that_is_down_across_the_close_is_waited_for(context):
    witness = s.sealing_town()
    number = f.published_notice()
    for who in [f.agency() for _ in range(3)]:
        s.enter_sealed(number, who, s.sealed(number, who))
    witness.answers = False
    f.sealed(number)
    waits = entry_queries.awaited_keys(reading(CLOCK), number)
    assert waits == ["zjcs.example.org/log", f.WITNESS_NAME]
    assert entry_queries.opened_quotes(reading(CLOCK), number) == ()

    witness.answers = True
    f.move_to(fabric().clock.now() + dt.timedelta(minutes=1))

    assert entry_queries.awaited_keys(reading(CLOCK), number) == []
    assert len(entry_queries.opened_quotes(reading(CLOCK), number)) == 3
    f.drawn(number)
    s.verified(number)


def test_the_witnesss_key_may_be_handed_in_by_hand(context):
    """Where no network leads to it: the key proves itself."""
    witness = s.sealing_town()
    number = f.published_notice()
    for who in [f.agency() for _ in range(3)]:
        s.enter_sealed(number, who, s.sealed(number, who))
    own = {"number": number, "holder": f.WITNESS_NAME}
    with pytest.raises(Refusal, match=r"quote\.not_closed"):
        in_one_transaction(entry_service.give_key, f.publisher(), **own, sk="0" * 64)

    close = notice_queries.notice(reading(CLOCK), number).entry_close
    fabric().clock.instant = close + dt.timedelta(seconds=60)
    windows.sweep()
    entry_jobs.seal_due()
    ledger.witness_head()
    key = witness.inner.release(s.draw_of(number))["sk"]
    with pytest.raises(Refusal, match=r"quote\.not_the_key"):
        in_one_transaction(entry_service.give_key, f.publisher(), **own, sk="1" * 64)
    with pytest.raises(Refusal, match=r"quote\.no_key"):
        in_one_transaction(
            entry_service.give_key, f.publisher(), number=number, holder="nobody", sk=key
        )
    assert in_one_transaction(entry_service.give_key, f.publisher(), **own, sk=f" {key.upper()}\n")
    assert not in_one_transaction(entry_service.give_key, f.publisher(), **own, sk=key)
    witness.answers = False
    entry_jobs.seal_due()
    assert len(entry_queries.opened_quotes(reading(CLOCK), number)) == 3


def test_nothing_is_entered_or_withdrawn_behind_the_count(context):
    """A form of before the close that a hanging process holds comes too late for the count."""
    s.sealing_town()
    number = f.published_notice()
    who = f.agency()
    made = s.sealed(number, who)
    s.enter_sealed(number, who, made)
    late = f.agency()
    close = notice_queries.notice(reading(CLOCK), number).entry_close
    fabric().witness.answers = False
    f.sealed(number)
    with pytest.raises(Refusal, match=r"entry\.(not_open|closed)"):
        enter_at(number, late, close - dt.timedelta(seconds=1))
    with pytest.raises(Refusal, match=r"entry\.closed"):
        work = new_work(who.actor, close - dt.timedelta(seconds=1))
        entry_service.withdraw(work, number=number, token=made.kept["token"])
    db.session.rollback()


def test_before_its_keys_are_prepared_a_notice_is_not_published(context):
    s.sealing_town()
    notice_id = f.submitted_notice()
    do(notice_service.approve, f.reviewer(), notice_id=notice_id)
    reading(CLOCK).session.execute(delete(QuoteOffer).where(QuoteOffer.draw.like("%00001")))
    reading(CLOCK).session.commit()
    with pytest.raises(Refusal, match=r"notice\.keys_soon"):
        do(notice_service.publish, f.publisher(), notice_id=notice_id)
    assert entry_jobs.prepare_keys() == 1
    do(notice_service.publish, f.publisher(), notice_id=notice_id)


def test_a_next_listing_has_its_keys_too(context):
    s.sealing_town()
    buyer = f.owner()
    number = f.published_notice(buyer)
    f.drawn(number)  # nobody entered
    draft = in_one_transaction(notice_service.draft_again, buyer.drafter, number=number)
    do(notice_service.save, buyer.drafter, notice_id=draft, terms=f.terms())
    do(notice_service.submit, buyer.drafter, notice_id=draft)
    do(notice_service.sign, buyer.signatory, notice_id=draft)
    assert entry_jobs.prepare_keys() > 0
    both = people.staff("office", "notice_reviewer", "publisher")
    again = do(notice_service.publish, both, notice_id=draft)
    assert again == f"{number}-2"
    assert s.leaf(again, "notice.published")["predecessor"] == s.draw_of(number)


def test_no_quote_is_found_anywhere_before_the_close(context):
    """A quote of a browser, looked for in the database with its log, in files and in what was said."""
    s.sealing_town()
    number = f.published_notice()
    who = f.agency()
    canary = 7_654_321
    made = s.sealed(number, who, canary)
    s.enter_sealed(number, who, made)
    salt = made.kept["opening"]["salt"]
    places = s.everything_kept()
    assert any(made.posted["commit"].encode() in each for each in places)  # it looks
    for hidden in (str(canary), "7654.32", "76543.21", salt, made.kept["token"]):
        assert not any(hidden.encode() in each for each in places)


def test_where_a_price_decides_government_money_asks_for_two_keys(context):
    f.town()
    work = reading(CLOCK)
    assert [no.code for no in quote_service.unsealed(work, has_fiscal_money=True)] == [
        "notice.quotes_unsealed"
    ]
    assert not list(quote_service.unsealed(work, has_fiscal_money=False))
    s.sealing_town()
    assert not list(quote_service.unsealed(work, has_fiscal_money=True))


def test_a_decision_may_lower_the_ceiling_and_not_raise_it(context):
    s.sealing_town()
    number = f.published_notice()
    below = f.agency()
    above = f.agency()
    typed = f.agency()
    s.enter_sealed(number, below, s.sealed(number, below, 9_000_000))
    s.enter_sealed(number, above, s.sealed(number, above, 11_000_000))

    def change(ceiling: int) -> None:
        before = notice_queries.notice(reading(CLOCK), number).ceiling_fen
        changes = {"ceiling_fen": (before, ceiling)}
        in_one_transaction(
            notice_service.correct, f.publisher(), number=number, changes=changes, reason="x"
        )

    with pytest.raises(Refusal, match=r"notice\.ceiling_promised"):
        change(12_000_001)
    change(10_000_000)
    ledger.witness_head()  # a witness sees it before the close
    told = s.leaf(number, "notice.amended")
    assert told["quote_rule"]["ceiling"] == 12_000_000
    sealing = entry_queries.sealing(reading(CLOCK), number)
    assert sealing.leaf["quote_rule"]["ceiling"] == 10_000_000
    f.enter(number, typed, 9_500_000)
    f.enter(number, f.agency(), 9_600_000)

    f.drawn(number)

    (left_out,) = s.leaf(number, "entries.sealed")["excluded"]
    assert (left_out["no"], left_out["reason"]) == (2, "entry.above_new_ceiling")
    s.verified(number)
