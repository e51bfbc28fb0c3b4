"""The law of notices and entries as sentences; no app, no database."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, Refusal
from market.rulebook import ways as rulebook_ways
from market.selection.entries.rules import entering
from market.selection.kinds import Fund, Method
from market.selection.notices import words as notice_words
from market.selection.notices.rules import publication, ways
from market.selection.notices.rules.terms import Exclusion
from tests.selection.lawful import CHAINS, CLOSE, against_draw, case, codes, facts, promise, terms
from tests.workdays.shipped import official


def test_a_lawful_notice_may_be_published():
    assert codes(case()) == []
    assert against_draw(promise()) == {}


def test_fiscal_money_is_never_selected_directly_however_small_its_share():
    mixed = terms(fund=Fund.SOCIAL, fiscal_percent=60, method=Method.DIRECT)
    assert "notice.fiscal_direct" in codes(case(mixed))
    assert facts(case(mixed), "notice.fiscal_direct") == {"percent": 60, "limit": 30_000_000}


def test_social_money_may_be_selected_directly():
    assert codes(case(terms(fund=Fund.SOCIAL, fiscal_percent=0, method=Method.DIRECT))) == []


def test_a_state_firm_may_not_hand_its_money_to_whom_it_likes():
    state = terms(fund=Fund.STATE, fiscal_percent=0, method=Method.DIRECT)
    assert codes(case(state)) == ["notice.way_never"]


@pytest.mark.parametrize("fund", Fund)
@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("is_built", [True, False])
def test_a_way_runs_where_it_is_allowed_switched_on_and_built(fund, method, is_on, is_built):
    """Table 1.1: direct for social funds alone; all others where the place's rulebook says so."""
    money = terms(fund=fund, fiscal_percent=100 if fund is Fund.FISCAL else 0, method=method)
    on = {each: frozenset({method}) if is_on and each is fund else frozenset() for each in Fund}
    found = codes(case(money, switched_on=on, built=frozenset({method} if is_built else ())))
    if method is Method.DIRECT and fund is not Fund.SOCIAL:
        never = "notice.fiscal_direct" if fund is Fund.FISCAL else "notice.way_never"
        assert found == [never]
    elif not is_on:
        assert found == ["notice.way_not_on"]
    else:
        assert found == ([] if is_built else ["notice.way_not_built"])


@pytest.mark.parametrize("fund", Fund)
@pytest.mark.parametrize("method", sorted(ways.SCORED))
@pytest.mark.parametrize("has_pool", [True, False])
def test_public_money_is_judged_by_people_where_there_is_a_pool_of_them(fund, method, has_pool):
    money = terms(fund=fund, fiscal_percent=100 if fund is Fund.FISCAL else 0, method=method)
    shut = ways.by_jurors(has_pool=has_pool)
    every = {each: frozenset(Method) for each in Fund}
    found = codes(case(money, switched_on=every, built=frozenset(Method), shut=shut))
    is_shut = fund is not Fund.SOCIAL and not has_pool
    assert found == (["notice.way_no_pool"] if is_shut else [])


def test_a_form_offers_what_some_money_may_take():
    on = {Fund.FISCAL: {Method.DIRECT, Method.RANDOM}, Fund.SOCIAL: {Method.LOWEST}}
    every = frozenset(Method)
    assert ways.open_to_some(on, every) == [Method.RANDOM, Method.LOWEST]
    assert ways.open_to_some(on, {Method.RANDOM}) == [Method.RANDOM]
    assert set(ways.table(on, every)) == set(Method)


def test_the_rulebook_and_the_notices_know_the_same_ways():
    assert list(rulebook_ways.WAYS) == [method.value for method in Method]
    for method in Method:
        assert rulebook_ways.WAYS[method] == notice_words.METHODS[method]._args[0]


def test_mixed_money_counts_as_fiscal():
    assert terms(fund=Fund.STATE, fiscal_percent=1).governing_fund is Fund.FISCAL
    assert terms(fund=Fund.STATE, fiscal_percent=0).governing_fund is Fund.STATE


@pytest.mark.parametrize(
    ("fund", "percent"), [(Fund.FISCAL, 0), (Fund.SOCIAL, 101), (Fund.SOCIAL, -1)]
)
def test_the_fiscal_share_is_a_percentage_and_fits_the_kind_of_funds(fund, percent):
    assert "notice.fiscal_percent" in codes(case(terms(fund=fund, fiscal_percent=percent)))


def test_fiscal_money_at_the_limit_belongs_to_government_procurement():
    assert "notice.above_limit" in codes(case(terms(ceiling_fen=30_000_000)))
    assert codes(case(terms(ceiling_fen=29_999_999))) == []


def test_a_project_is_not_split_below_the_limit():
    assert "notice.split" in codes(case(year_total_fen=18_000_000))
    assert codes(case(year_total_fen=17_999_999)) == []


def test_social_money_knows_no_procurement_limit_nor_does_a_place_that_set_none():
    assert codes(case(terms(fund=Fund.SOCIAL, fiscal_percent=0, ceiling_fen=90_000_000))) == []
    assert codes(case(terms(ceiling_fen=90_000_000), fiscal_limit_fen=None)) == []
    assert (
        facts(case(terms(method=Method.DIRECT), fiscal_limit_fen=None), "notice.fiscal_direct")[
            "limit"
        ]
        == "—"
    )
    odd = case(terms(ceiling_fen=30_000_050), fiscal_limit_fen=30_000_050)
    assert facts(odd, "notice.above_limit")["limit"] == 30_000_050


@pytest.mark.parametrize("ceiling", [None, 0, -1, 10**12 + 1])
def test_every_notice_has_a_ceiling_above_nothing(ceiling):
    assert "notice.no_ceiling" in codes(case(terms(ceiling_fen=ceiling)))


@pytest.mark.parametrize(
    "name",
    [
        "title",
        "content",
        "contact_phone",
        "complaint_phone",
        "service_days",
        "entry_close",
        "draw_at",
    ],
)
def test_what_the_public_must_read_is_filled_in(name):
    empty = None if name in ("service_days", "entry_close", "draw_at") else " "
    found = [
        refusal.field
        for refusal in publication.problems(case(terms(**{name: empty})))
        if refusal.code == "notice.missing"
    ]
    assert found == [name]


def test_only_an_item_of_the_catalogue_may_be_bought():
    assert codes(case(item_found=False)) == ["notice.item_not_in_catalogue"]


def test_a_requirement_beyond_the_catalogue_item_is_refused():
    assert codes(case(terms(requirement="测绘资质、乙级及以上"))) == []
    beyond = case(terms(requirement="测绘资质、甲级"))
    assert facts(beyond, "notice.beyond_catalogue")["words"] == "甲级"


def test_an_urgent_notice_says_why():
    assert codes(case(terms(urgent=True))) == ["notice.urgent_without_reason"]
    assert codes(case(terms(urgent=True, urgent_reason="汛期前须完成"))) == []


def test_whoever_must_stay_away_is_named_with_a_reason():
    known = Exclusion("91360481MA35LK1X2Q", "")
    unknown = Exclusion("91360481MA35LK1X2Q", "同一控股股东")
    assert codes(case(terms(exclusions=(known,)))) == ["notice.exclusion_without_reason"]
    assert codes(case(terms(exclusions=(unknown,)))) == ["notice.exclusion_unknown"]
    assert codes(case(terms(exclusions=(unknown,)), known_agencies={unknown.uscc: True})) == []


def test_a_project_code_can_stand_in_the_log():
    assert codes(case(terms(project_code="2603-360481-04-01-123456"))) == []
    assert codes(case(terms(project_code="项目一"))) == ["notice.project_code"]


def test_entries_are_open_for_the_rulebooks_least_period():
    early = case(terms(entry_close=dt.datetime(2026, 3, 9, 15, 59, tzinfo=dt.UTC)))
    assert facts(early, "notice.entry_period.working_day") == {
        "n": 3,
        "earliest": "2026-03-09 24:00",
    }
    exact = dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)
    assert codes(case(terms(entry_close=exact, draw_at=exact + dt.timedelta(minutes=20)))) == []


def test_the_draw_comes_after_close_drain_and_gap():
    assert "notice.draw_before_close" in codes(case(terms(draw_at=CLOSE)))
    soon = case(terms(draw_at=CLOSE + dt.timedelta(minutes=10)))
    assert facts(soon, "notice.draw_too_soon") == {"minutes": 11}


def test_the_draw_lies_on_a_slot_and_the_refusal_names_the_next_ones():
    off = promise(draw_at=CLOSE + dt.timedelta(minutes=31))
    assert against_draw(off) == {
        "notice.off_slot": {"next": "2026-03-11 17:40", "following": "2026-03-11 17:50"}
    }
    hair = promise(draw_at=CLOSE + dt.timedelta(minutes=30, microseconds=1))
    assert "notice.off_slot" in against_draw(hair)


def test_a_notice_without_a_time_is_told_of_it_elsewhere():
    assert against_draw(promise(draw_at=None)) == {}


def test_no_slot_lies_beyond_the_end_of_a_chain_or_before_its_beginning():
    short = dataclasses.replace(CHAINS[1], n=10)
    assert "notice.beyond_chain" in against_draw(promise(chains=(CHAINS[0], short)))


def test_without_a_chain_nothing_can_be_drawn():
    social = terms(fund=Fund.SOCIAL, fiscal_percent=0)
    assert list(against_draw(promise(social, chains=()))) == ["notice.no_source"]


def test_fiscal_money_is_not_drawn_with_one_independent_source():
    assert list(against_draw(promise(chains=CHAINS[:1]))) == ["notice.below_s1"]
    same_owner = dataclasses.replace(CHAINS[1], owner_id=1)
    assert list(against_draw(promise(chains=(CHAINS[0], same_owner)))) == ["notice.below_s1"]
    social = terms(fund=Fund.SOCIAL, fiscal_percent=0)
    assert against_draw(promise(social, chains=CHAINS[:1])) == {}


def test_a_chain_held_by_the_notices_owner_is_no_independent_source_for_fiscal_money():
    holder = frozenset({CHAINS[1].owner_id})
    assert list(against_draw(promise(owner_ids=holder))) == ["notice.below_s1"]
    social = terms(fund=Fund.SOCIAL, fiscal_percent=0)
    assert against_draw(promise(social, owner_ids=holder)) == {}


def test_a_beacon_is_promised_only_where_its_signatures_can_be_checked():
    beacon = terms(beacon=True)
    assert against_draw(promise(beacon)) == {}
    assert list(against_draw(promise(beacon, can_check_drand=False))) == ["notice.no_bls"]


# --- entering -----------------------------------------------------------------------------


@given(st.integers(-(10**6), 10**6))
def test_an_entry_is_in_time_if_and_only_if_it_was_received_before_the_close(milliseconds):
    received = CLOSE + dt.timedelta(milliseconds=milliseconds)
    assert entering.is_in_time(received, CLOSE) is (milliseconds < 0)


def test_a_late_entry_is_told_both_instants():
    with pytest.raises(Refusal) as late:
        entering.check_in_time(CLOSE, CLOSE)
    assert late.value.facts == {"close": "2026-03-11 17:00:00", "received": "2026-03-11 17:00:00"}
    entering.check_in_time(CLOSE - dt.timedelta(microseconds=1), CLOSE)


@pytest.mark.parametrize(
    ("reason", "in_business", "barred"),
    [
        (None, True, False),
        ("agency.suspended", True, False),
        ("agency.not_active", True, False),
        ("agency.not_active", False, True),
        ("agency.qualification_expired", True, True),
    ],
)
def test_what_is_not_decided_takes_nobody_out_of_the_list(reason, in_business, barred):
    assert entering.bars_at_the_seal(reason, in_business=in_business) is barred


def test_a_quote_is_above_nothing_and_not_above_the_ceiling():
    entering.check_quote(100, 100)
    with pytest.raises(Invalid, match=r"entry\.above_ceiling"):
        entering.check_quote(101, 100)
    with pytest.raises(Invalid, match=r"entry\.quote_not_positive"):
        entering.check_quote(0, 100)


def test_a_rate_leaves_at_least_a_fen():
    entering.check_rate(99_99, 50_00)
    with pytest.raises(Invalid, match=r"entry\.rate_nothing"):
        entering.check_rate(99_99, 49_99)


# --- an amendment by decision -------------------------------------------------------------


@pytest.mark.parametrize(
    ("close", "least", "later"),
    [
        ("2026-03-11T17:00", 3, "2026-03-11T17:00"),  # enough is left: as before
        ("2026-03-10T00:00", 3, "2026-03-10T00:00"),  # exactly enough
        (
            "2026-03-09T17:00",
            3,
            "2026-03-10T17:00",
        ),  # the same hour of the first day after the period
        ("2026-03-06T09:30", 5, "2026-03-12T09:30"),
    ],
)
def test_an_amended_notice_closes_no_earlier_and_never_before_the_least_period_is_over(
    close, least, later
):
    earliest = {3: "2026-03-10T00:00", 5: "2026-03-12T00:00"}[least]
    judged = case(earliest_close=beijing(earliest), least_period=(least, "working_day"))
    assert publication.later_close(beijing(close), judged, official()) == beijing(later)


def test_it_does_not_close_on_a_rest_day_that_follows_and_a_demonstration_counts_minutes():
    judged = case(earliest_close=beijing("2026-03-14T00:00"))  # Friday 24:00
    assert publication.later_close(beijing("2026-03-12T17:00"), judged, official()) == beijing(
        "2026-03-16T17:00"
    )
    quick = case(
        earliest_close=beijing("2026-03-12T10:03") + dt.timedelta(seconds=7),
        least_period=(3, "minute"),
    )
    assert publication.later_close(beijing("2026-03-12T10:01"), quick, official()) == beijing(
        "2026-03-12T10:04"
    )


def beijing(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(dt.UTC)


def test_new_words_are_judged_by_what_an_amendment_may_touch_and_without_the_plea():
    ok = case()
    assert publication.against_amendment(ok, ["scale"]) == []
    rich = dataclasses.replace(
        ok, year_total_fen=10**12
    )  # what was settled at publication is not opened again
    assert publication.against_amendment(rich, ["scale"]) == []
    pleaded = case(
        dataclasses.replace(terms(), content="仅限在瑞昌市注册的机构。", plea="转述上级文件。")
    )
    assert publication.against_amendment(pleaded, ["scale"]) == []
    assert [no.code for no in publication.against_amendment(pleaded, ["content"])] == [
        "notice.condition.region"
    ]
    late = dataclasses.replace(ok, earliest_close=ok.terms.entry_close + dt.timedelta(days=1))
    assert [no.code for no in publication.against_amendment(late, ["scale"])] == [
        "notice.entry_period.working_day"
    ]
