"""The conditions that no notice may set, as sentences; no app, no database."""

import pytest

from market.selection.notices.rules import conditions, publication
from market.selection.notices.rules.conditions import Condition
from tests.selection.lawful import case, codes, terms

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
