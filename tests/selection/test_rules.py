"""The law of selection as sentences; no app, no database."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, Refusal
from market.selection.rules import conditions, entering, outcome, plan, publication, spoken, states
from market.selection.rules.conditions import Condition
from market.selection.rules.outcome import Failure
from market.selection.rules.plan import Chain
from market.selection.rules.states import Notice, Rank
from market.selection.rules.terms import Exclusion, Fund, Method, Terms, fixed
from tests.workdays.shipped import official

NOW = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)
CLOSE = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
GENESIS = int(dt.datetime(2026, 3, 1, tzinfo=dt.UTC).timestamp())
CHAINS = (
    Chain("op", "00" * 32, GENESIS, 600, 8000, 1),
    Chain("reg", "11" * 32, GENESIS, 600, 8000, 2),
)


def terms(**changes):
    lawful = Terms(
        item_code="301",
        title="土地勘测",
        fund=Fund.FISCAL,
        fiscal_percent=100,
        ceiling_fen=12_000_000,
        content="完成测量。",
        service_days=30,
        entry_close=CLOSE,
        draw_at=CLOSE + dt.timedelta(minutes=30),
        contact_phone="1",
        complaint_phone="2",
    )
    return dataclasses.replace(lawful, **changes)


def case(of=None, **changes):
    whole = publication.Case(
        terms=of or terms(),
        now=NOW,
        item_found=True,
        item_qualification="测绘资质（工程测量）；乙级及以上",
        earliest_close=dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC),
        least_period=(3, "working_day"),
        drain=dt.timedelta(seconds=60),
        gap=dt.timedelta(minutes=10),
        chains=CHAINS,
        fiscal_limit_fen=30_000_000,
        year_total_fen=0,
        known_agencies={},
    )
    return dataclasses.replace(whole, **changes)


def codes(of):
    return [refusal.code for refusal in publication.problems(of)]


def facts(of, code):
    return next(refusal.facts for refusal in publication.problems(of) if refusal.code == code)


def test_a_lawful_notice_may_be_published():
    assert codes(case()) == []


def test_fiscal_money_is_never_selected_directly_however_small_its_share():
    mixed = terms(fund=Fund.SOCIAL, fiscal_percent=60, method=Method.DIRECT)
    assert "notice.fiscal_direct" in codes(case(mixed))
    assert facts(case(mixed), "notice.fiscal_direct") == {"percent": 60, "limit": "30 万元"}


def test_social_money_may_be_selected_directly_once_that_method_is_offered():
    social = terms(fund=Fund.SOCIAL, fiscal_percent=0, method=Method.DIRECT)
    assert codes(case(social)) == ["notice.method_not_offered"]


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
    assert facts(odd, "notice.above_limit")["limit"] == "300000.50 元"


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
    off = case(terms(draw_at=CLOSE + dt.timedelta(minutes=31)))
    assert facts(off, "notice.off_slot") == {
        "next": "2026-03-11 17:40",
        "following": "2026-03-11 17:50",
    }
    assert "notice.off_slot" in codes(
        case(terms(draw_at=CLOSE + dt.timedelta(minutes=30, microseconds=1)))
    )


def test_no_slot_lies_beyond_the_end_of_a_chain_or_before_its_beginning():
    short = dataclasses.replace(CHAINS[1], n=10)
    assert "notice.beyond_chain" in codes(case(chains=(CHAINS[0], short)))


def test_without_a_chain_nothing_can_be_drawn():
    social = terms(fund=Fund.SOCIAL, fiscal_percent=0)
    assert codes(case(social, chains=())) == ["notice.no_source"]


def test_fiscal_money_is_not_drawn_with_one_independent_source():
    assert codes(case(chains=CHAINS[:1])) == ["notice.below_s1"]
    same_owner = dataclasses.replace(CHAINS[1], owner_id=1)
    assert codes(case(chains=(CHAINS[0], same_owner))) == ["notice.below_s1"]
    assert codes(case(terms(fund=Fund.SOCIAL, fiscal_percent=0), chains=CHAINS[:1])) == []


def test_a_chain_held_by_the_notices_owner_is_no_independent_source_for_fiscal_money():
    holder = frozenset({CHAINS[1].owner_id})
    assert codes(case(owner_ids=holder)) == ["notice.below_s1"]
    assert codes(case(terms(fund=Fund.SOCIAL, fiscal_percent=0), owner_ids=holder)) == []


# --- conditions ---------------------------------------------------------------------------

FORBIDDEN = [
    (Condition.REGION, "须在本市设有分支机构"),
    (Condition.REGION, "在瑞昌设有固定场所的机构"),
    (Condition.REGION, "注册地址须在九江市"),
    (Condition.REGION, "优先选择本地企业"),
    (Condition.REGION, "仅限省内机构报名"),
    (Condition.REGION, "本市企业优先"),
    (Condition.REGION, "外地机构不得报名"),
    (Condition.REGION, "应在本县登记"),
    (Condition.PERFORMANCE, "近三年完成过类似项目不少于2个"),
    (Condition.PERFORMANCE, "具有同类业绩"),
    (Condition.PERFORMANCE, "须提供三个以上业绩证明"),
    (Condition.PERFORMANCE, "业绩不少于2个"),
    (Condition.PERFORMANCE, "须承担过国家级项目"),
    (Condition.PERFORMANCE, "同类项目经验丰富"),
    (Condition.CAPITAL, "注册资本不低于500万元"),
    (Condition.CAPITAL, "要求净资产1000万元以上"),
    (Condition.HEADCOUNT, "员工不少于20人"),
    (Condition.HEADCOUNT, "不少于10名注册造价工程师"),
    (Condition.HEADCOUNT, "专业技术人员10人以上"),
    (Condition.HEADCOUNT, "公司人数达到50人"),
    (Condition.BRAND, "须使用某某品牌全站仪"),
    (Condition.BRAND, "仪器品牌为南方"),
    (Condition.BRAND, "指定生产厂家"),
]
HARMLESS = [
    "瑞昌市人民路道路改造工程勘察",
    "地点：瑞昌市桂林街道",
    "接到通知后24小时内到达现场",
    "本项目不得设置地域、业绩条件",
    "对项目所在地水土流失现状进行调查",
    "派驻现场人员不少于2人",
    "成果须通过江西省自然资源厅审查",
    "根据近三年地下水监测数据编制报告",
    "对瑞昌市辖区内企业开展安全评价",
    "完成本市企业碳排放核查工作",
    "应符合本省技术规程",
    "具备工程测量乙级资质",
    "对近三年的财务报表进行审计",
    "报名机构无需提供业绩证明",
    "核实企业注册资本变更情况",
    "服务机构须遵守保密规定",
    "提交纸质成果不少于6份",
    "测量范围约120亩，位于本市赤湖片区",
    "检测样品不少于30组",
    "仪器须经检定合格",
    "对全县职工宿舍进行房屋安全鉴定",
]


@pytest.mark.parametrize(("condition", "text"), FORBIDDEN)
def test_no_notice_sets_a_condition_of_region_performance_capital_headcount_or_brand(
    condition, text
):
    found = conditions.scan({"content": f"完成测量。\n{text}。"})
    assert [(each.condition, each.paragraph) for each in found][:1] == [(condition, 2)]
    assert found[0].words in text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_text_that_only_mentions_a_place_or_a_project_is_left_alone(text):
    assert conditions.scan({"content": text}) == []


def test_the_refusal_names_paragraph_and_words_and_the_field():
    (refusal,) = publication.problems(case(terms(content="第一段。\n\n须在本市设有分支机构。")))
    assert (refusal.code, refusal.field) == ("notice.condition.region", "content")
    assert refusal.facts == {"paragraph": 2, "words": "在本市设有分支机构"}


def test_a_plea_sends_the_words_to_the_reviewer_instead():
    pleaded = terms(content="须在本市设有分支机构。", plea="引用的是规程原文")
    assert codes(case(pleaded)) == []
    assert len(publication.findings(pleaded)) == 1


def test_one_sentence_gives_one_finding_of_a_kind():
    found = conditions.scan({"content": "近三年完成过类似业绩且具有同类业绩；员工不少于9人"})
    assert [each.condition for each in found] == [Condition.PERFORMANCE, Condition.HEADCOUNT]


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


# --- the plan -----------------------------------------------------------------------------


def test_the_plan_names_each_chains_slot_and_the_round_of_a_beacon():
    at = GENESIS + 6000
    assert plan.sources(CHAINS, at, beacon=False) == [
        {"id": "op", "kind": "chain", "slot": 10},
        {"id": "reg", "kind": "chain", "slot": 10},
    ]
    with_beacon = plan.sources(CHAINS[:1], at, beacon=True)[1]
    assert (with_beacon["id"], with_beacon["kind"]) == ("drand-quicknet", "drand")
    assert with_beacon["round"] == (at - 1692803367) // 3 + 2


def test_the_level_follows_from_independent_chains_and_a_beacon():
    assert [
        plan.level(CHAINS[:1], beacon=False),
        plan.level(CHAINS, beacon=False),
        plan.level(CHAINS, beacon=True),
    ] == ["S0", "S1", "S2"]


def test_a_seal_that_was_witnessed_late_moves_the_draw_to_a_minute_after():
    assert plan.drawn_at(1000, 940) == 1000
    assert plan.drawn_at(1000, 941) == 1001
    assert plan.drawn_at(1000, None) == 1000


def test_a_common_boundary_of_two_chains_is_found_and_none_where_there_is_none():
    odd = dataclasses.replace(CHAINS[1], period=900)
    assert plan.next_boundary((CHAINS[0], odd), GENESIS + 1) == GENESIS + 1800
    never = dataclasses.replace(CHAINS[1], genesis=GENESIS + 1)
    assert plan.next_boundary((CHAINS[0], never), GENESIS + 1) is None


# --- the outcome --------------------------------------------------------------------------

LEAST = {Fund.FISCAL: 3, Fund.STATE: 3, Fund.SOCIAL: 1}


@pytest.mark.parametrize(
    ("fund", "listing", "least"),
    [
        (Fund.FISCAL, 1, 3),
        (Fund.STATE, 1, 3),
        (Fund.SOCIAL, 1, 1),
        (Fund.FISCAL, 2, 2),
        (Fund.SOCIAL, 2, 1),
    ],
)
def test_fiscal_and_state_money_need_three_entrants_social_one_and_a_relisting_two(
    fund, listing, least
):
    assert outcome.least_entrants(fund, listing, LEAST, 2) == least


@pytest.mark.parametrize(
    ("received", "listed", "failure"),
    [
        (0, 0, Failure.NO_ENTRANT),
        (3, 0, Failure.ALL_INELIGIBLE),
        (3, 2, Failure.TOO_FEW),
        (3, 3, None),
    ],
)
def test_a_failed_selection_has_its_reason(received, listed, failure):
    assert outcome.failure(received, listed, 3) is failure


def test_rank_one_is_proposed_two_are_in_reserve_and_the_rest_still_follow_in_order():
    assert [outcome.standing_of(rank, 1, 2) for rank in range(1, 5)] == [
        Rank.PROPOSED,
        Rank.RESERVE,
        Rank.RESERVE,
        Rank.NOT_SELECTED,
    ]
    gone = [Rank.DISQUALIFIED, Rank.DECLINED]
    assert outcome.next_in_order([*gone, Rank.NOT_SELECTED]) == 2
    assert outcome.next_in_order(gone) is None


def test_there_is_no_way_back_from_a_seal_and_no_second_draw():
    with pytest.raises(Refusal, match=r"notice\.wrong_state"):
        states.move_notice(Notice.SEALED, Notice.ENTRY_OPEN)
    with pytest.raises(Refusal, match=r"draw\.wrong_state"):
        states.move_draw(states.Draw.DRAWN, states.Draw.WAITING_VALUE)
    with pytest.raises(Refusal, match=r"entry\.wrong_state"):
        states.move_entry(states.Entry.WITHDRAWN, states.Entry.RECEIVED)
    with pytest.raises(Refusal, match=r"result\.wrong_state"):
        states.move_rank(Rank.DECLINED, Rank.PROPOSED)


def test_a_published_notice_has_its_times():
    assert fixed(CLOSE) == CLOSE
    with pytest.raises(ValueError, match="has its times"):
        fixed(None)


def test_midnight_belongs_to_the_day_before():
    assert spoken.end(dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)) == "2026-03-09 24:00"
    assert spoken.end(CLOSE) == "2026-03-11 17:00"


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
