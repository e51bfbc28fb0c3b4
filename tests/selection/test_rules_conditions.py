"""The conditions that no notice may set, as sentences; no app, no database."""

import unicodedata

import pytest

from market.agencies.rules import place_names
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
    (Condition.REGION, "外地企业须办理备案后方可参加"),
    (Condition.REGION, "项目负责人社保须在瑞昌缴纳"),
    (Condition.REGION, "需提供九江市住建局备案证明"),
    (Condition.REGION, "优先选择本区域内中介机构"),
    (Condition.REGION, "应在本县登记"),
    (Condition.REGION, "须在我市范围内有固定办公场所"),
    (Condition.REGION, "需提供瑞昌市社保缴纳证明"),
    (Condition.REGION, "提供本地社会保险参保凭证"),
    (Condition.REGION, "人员须在瑞昌缴纳社保"),
    (Condition.REGION, "须提交我县完税证明"),
    (Condition.REGION, "需在赣注册"),
    (Condition.REGION, "仅限赣籍企业"),
    (Condition.REGION, "须在南昌市设有分公司"),
    (Condition.REGION, "常驻服务团队"),
    (Condition.REGION, "须配备常驻本地的技术负责人"),
    (Condition.REGION, "须安排人员驻场办公"),
    (Condition.REGION, "接到通知后24小时内到达现场"),
    (Condition.REGION, "2小时内到达现场"),
    (Condition.REGION, "接通知后两个小时内赶到项目所在地"),
    (Condition.REGION, "一个半小时以内到场"),
    (Condition.REGION, "接电话后30分钟之内抵达我市"),
    (Condition.REGION, "半小时内响应"),
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
    (Condition.AGE, "成立满三年"),
    (Condition.AGE, "公司成立时间不少于5年"),
    (Condition.AGE, "注册满36个月的机构"),
    (Condition.AGE, "须经营10年以上"),
    (Condition.AGE, "须在2020年1月1日前成立"),
    (Condition.AGE, "成立于2018年以前的机构方可报名"),
    (Condition.AGE, "成立不足两年的机构不得报名"),
    (Condition.OWNERSHIP, "国有企业优先"),
    (Condition.OWNERSHIP, "仅限国有控股公司报名"),
    (Condition.OWNERSHIP, "必须为央企或国企"),
    (Condition.OWNERSHIP, "民营企业不得参加"),
    (Condition.OWNERSHIP, "企业性质须为国有"),
    (Condition.OWNERSHIP, "具有国资背景"),
    (Condition.OWNERSHIP, "上市公司加分"),
    (Condition.OWNERSHIP, "国有持股比例不低于51%"),
    (Condition.STANDING, "驻场服务人员不少于3名"),
    (Condition.STANDING, "不少于2名技术人员驻场"),
    (Condition.STANDING, "驻点工程师2人以上"),
    (Condition.STANDING, "须配备驻场技术人员"),
    (Condition.STANDING, "派2人驻点服务"),
]
ALSO = [
    (Condition.REGION, "不接受外地机构"),
    (Condition.REGION, "谢绝省外单位报名"),
    (Condition.REGION, "须持有进赣备案证"),
    (Condition.REGION, "入赣企业须登记备案"),
    (Condition.REGION, "机构须在本市公共资源交易中心备案"),
    (Condition.REGION, "须为本市中介库内机构"),
    (Condition.REGION, "限列入市预选库的单位"),
    (Condition.REGION, "须缴纳本地税收"),
    (Condition.REGION, "在本市依法纳税"),
    (Condition.REGION, "办公地点须设在市区"),
    (Condition.REGION, "企业总部须位于江西"),
    (Condition.REGION, "驻地在瑞昌"),
    (Condition.REGION, "须具有项目所在地人员"),
    (Condition.REGION, "须在当地银行开户"),
    (Condition.REGION, "须有完善的本地化服务能力"),
    (Condition.REGION, "本土机构优先"),
    (Condition.REGION, "市属企业优先"),
    (Condition.REGION, "须有瑞昌市内办公场地"),
    (Condition.REGION, "须在项目所在地有常设机构"),
    (Condition.REGION, "30分钟内到达"),
    (Condition.REGION, "接到通知后当天到达现场"),
    (Condition.REGION, "本地（企业）优先"),
    (Condition.REGION, "本-地/企业优先"),
    (Condition.REGION, "本.地企业优先"),
    (Condition.PERFORMANCE, "须曾为瑞昌市政府服务"),
    (Condition.PERFORMANCE, "须有政府部门服务经验"),
    (Condition.PERFORMANCE, "具有丰富经验"),
    (Condition.PERFORMANCE, "有本地项目经验者优先"),
    (Condition.PERFORMANCE, "须获鲁班奖"),
    (Condition.PERFORMANCE, "获得过省级优秀奖"),
    (Condition.PERFORMANCE, "优先选择长期合作单位"),
    (Condition.PERFORMANCE, "须与业主有过合作"),
    (Condition.PERFORMANCE, "原服务单位优先"),
    (Condition.PERFORMANCE, "三年内无业绩者不得报名"),
    (Condition.HEADCOUNT, "人员不少于20人"),
    (Condition.HEADCOUNT, "拥有一级造价师不少于5名"),
    (Condition.HEADCOUNT, "企业规模须为中型以上"),
    (Condition.HEADCOUNT, "限中小企业"),
    (Condition.BRAND, "限用某某品牌"),
    (Condition.BRAND, "指定使用广联达软件"),
    (Condition.OWNERSHIP, "不接受民营企业"),
    (Condition.STANDING, "服务人员须常驻"),
    (Condition.STANDING, "团队须驻场"),
    (Condition.STANDING, "须派驻专人"),
]
"""Plain wordings that say the same, each seen as typed."""
HARMLESS = [
    "瑞昌市人民路道路改造工程勘察",
    "地点：瑞昌市桂林街道",
    "收到书面通知后3个工作日内完成现场踏勘",
    "项目位于瑞昌市",
    "服务地点：瑞昌市",
    "采样后4小时内送达实验室，2小时内到达实验室",
    "对本市社保缴纳情况进行专项审计",
    "应对本市社保基金缴费记录进行核查",
    "对个税在我市缴纳情况进行审计",
    "须提交瑞昌市投资项目备案证明复印件",
    "对本区域内企业开展调查，优先采用问卷",
    "常驻人口调查",
    "对常驻团队工作情况进行评估",
    "本项目常驻人口约3万人",
    "沿赣江、赣州港布设监测断面",
    "在赣州市采集样品",
    "在西湖区域内登记苗木",
    "须在建筑市场监管公共服务平台登记成果",
    "地点：瑞昌市\n企业须遵守保密规定",
    "一、项目位于本市\n二、企业优先使用电子签名",
    "应急响应：按规定时间响应",
    "完成时间：收到资料后30日内",
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
    "对成立满三年的合作社进行绩效评价",
    "统计成立满五年的企业名单",
    "编制公司成立三十周年纪念册",
    "核查商标注册满五年的续展材料",
    "项目负责人须为注册测绘师",
    "经营期限5年的租赁合同评估",
    "水库建成满十年后的安全鉴定",
    "本项目不设成立年限要求",
    "对国有企业开展财务审计",
    "国有企业改制的资产评估",
    "国有建设用地优先安排测绘",
    "核查国有股权比例",
    "不限企业所有制，国有、民营均可报名",
    "应对事业单位资产进行清查",
    "监理单位对驻场人员考勤情况进行检查",
    "须对驻场人员进行安全培训",
    "常驻人口不少于3万人的社区",
    "提供施工期驻场监理服务",
    "项目建设单位所在地为瑞昌市桂林街道",
    "总部经济在本市的发展研究",
    "对本市重点企业在瑞昌市纳税情况进行专项审计",
    "编制本地化服务体系规划",
    "统计获得省级奖励的项目",
    "不可移动文物须列入保护名录",
    "成果须在本市自然资源局备案",
    "提供本市人员培训服务",
    "需对本市户籍人口进行抽样调查",
    "调查进赣企业登记情况",
    "采样人员不少于2人",
    "高级中学教师培训不少于30人",
    "使用国家规定的软件成果格式（含软件版本说明）",
    "对中小企业发展情况进行评估",
    "与建设单位合作完成资料收集",
    "项目经验教训总结报告",
    "调查须覆盖本市（含县区）企业",
    "对瑞昌市政府办公用房在本市范围内的登记情况进行测绘",
    "需核查在本市开户的单位账户",
    "本土树种优先",
    "为市属企业提供审计服务",
    "机构名录库建设",
    "成立三年以上企业的名录须在报告中列出",
]


@pytest.mark.parametrize(("condition", "text"), FORBIDDEN + ALSO)
def test_no_notice_sets_a_forbidden_condition(condition, text):
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


# --- disguises ------------------------------------------------------------------------------

SIMPLE = conditions.LEXICON["same"]
TRADITIONAL = {ord(usual): typed for typed, usual in zip(SIMPLE[::2], SIMPLE[1::2], strict=True)}
KANGXI = {
    ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0x2F00, 0x2FD6)
}


def between(sign):
    return lambda text: sign.join(text)


DISGUISES = {
    "zero-width blank": between("\u200b"),
    "joiner": between("\u200d"),
    "soft hyphen": between("\u00ad"),
    "byte order mark": between("\ufeff"),
    "variation selector": between("\ufe00"),
    "a shape of an ideograph": between("\U000e0100"),
    "direction mark": between("\u202c"),
    "filler": between("\u3164"),
    "blanks": between("  "),
    "wide blank": between("\u3000"),
    "line ends": between("\n"),
    "line separator": between("\u2028"),
    "an empty line": between("\r\n\r\n"),
    "middle dots": between("·"),
    "stars": between("**"),
    "quotation marks": between("”"),
    "radicals": lambda text: text.translate(KANGXI),
    "traditional signs": lambda text: text.translate(TRADITIONAL),
    "full width": lambda text: text.translate({each: each + 0xFEE0 for each in range(0x21, 0x7F)}),
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize(("condition", "text"), FORBIDDEN)
def test_no_disguise_hides_a_condition_and_the_words_are_shown_as_typed(condition, text, disguise):
    typed = DISGUISES[disguise](text)
    found = conditions.scan({"title": f"完成测量。{typed}。"})
    assert found, typed
    assert condition in {each.condition for each in found}
    assert all(each.words in typed for each in found)


@pytest.mark.parametrize("disguise", [name for name in DISGUISES if "line" not in name])
@pytest.mark.parametrize("text", HARMLESS)
def test_no_disguise_makes_a_condition(text, disguise):
    assert conditions.scan({"content": DISGUISES[disguise](text)}) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("本\u200b地企业优先", "本\u200b地企业优先"),
        ("优先选择⽊地企业", None),
        ("仅限本市⼈员所在机构；须由本地\n企业优先承担", "本地\n企业优先"),
        ("仅限省\u00ad內機構報名", "仅限省\u00ad內機構"),
    ],
)
def test_the_words_are_shown_as_they_were_typed(title, words):
    found = [each.words for each in conditions.scan({"title": title})]
    assert found == ([words] if words else [])


def test_a_phrase_over_the_end_of_a_line_stands_in_the_paragraph_where_it_begins():
    (found,) = conditions.scan({"content": "一、完成测量。\n\n二、须在本市设有分\n支机构。"})
    assert (found.paragraph, found.words) == (2, "在本市设有分\n支机构")


def test_another_place_has_its_own_names():
    of_ganzhou = ("江西省", "赣州市", "章贡区")
    assert conditions.scan({"content": "须在章贡设有分支机构"}, of_ganzhou)
    assert conditions.scan({"content": "仅限湓城企业报名"}, of_ganzhou) == []
    assert conditions.scan({"content": "须在瑞昌设有分支机构"}, of_ganzhou) == []
    assert place_names("360481") == conditions.SHIPPED
    for code in ("110105", "540102", "650104", "152201", "469021"):
        assert conditions.scan(
            {"title": f"须在{place_names(code)[-1]}设有分支机构"}, place_names(code)
        )


def test_every_forbidden_kind_has_its_law():
    law = conditions.LEXICON["law"]
    assert all(each["document"] and each["clause"] for each in law)
    assert {kind for each in law for kind in each["conditions"]} == set(Condition)
    assert {kind for kind, _pattern in conditions.LEXICON["patterns"]} == set(Condition)
