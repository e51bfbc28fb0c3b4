"""What an item asks for, and what meets it, as sentences of the catalogue."""

import pytest

from market.catalogue import rules, shipped
from market.catalogue.rules import Kind, Requirement
from market.kernel.errors import Invalid

SURVEY = Requirement(Kind.CERTIFICATE, ("测绘资质",), (("工程测量",), ("界线与不动产测绘",)), None)
LIGHTNING = Requirement(Kind.CERTIFICATE, ("雷电防护装置检测资质",), (), "乙级")
FARMLAND = Requirement(Kind.CERTIFICATE, ("工程设计资质",), (("水利行业", "农林行业"),), None)


@pytest.mark.parametrize(
    "held, enough",
    [
        (("工程测量", "界线与不动产测绘"), True),
        (("工程测量",), False),
        ((), False),
        (("地理信息系统工程", "界线与不动产测绘", "工程测量"), True),
    ],
)
def test_every_speciality_that_the_item_names_is_needed(held, enough):
    assert rules.meets(SURVEY, "测绘资质", None, held) is enough


@pytest.mark.parametrize(
    "held, enough", [(("水利行业",), True), (("农林行业",), True), (("市政行业",), False)]
)
def test_one_of_two_alternatives_will_do(held, enough):
    assert rules.meets(FARMLAND, "工程设计资质", "甲级", held) is enough


@pytest.mark.parametrize(
    "grade, enough",
    [
        ("甲级", True),
        ("乙级", True),
        ("一级", True),
        ("二级", True),
        ("综合", True),
        ("丙级", False),
        (None, False),
        ("特", False),
    ],
)
def test_a_grade_below_the_one_asked_for_will_not_do(grade, enough):
    assert rules.meets(LIGHTNING, "雷电防护装置检测资质", grade, ()) is enough


def test_where_no_grade_is_asked_for_none_is_needed():
    assert rules.reaches(None, None)
    assert rules.reaches("丁级", None)


@pytest.mark.parametrize(
    "typed",
    [
        "检验检测机构资质认定（CMA）",
        "检验检测机构资质认定\uff08CMA\uff09",
        " 检验检测机构 资质认定（CMA）",
    ],
)
def test_brackets_and_spaces_do_not_make_another_certificate(typed):
    asked = Requirement(Kind.CERTIFICATE, ("检验检测机构资质认定（CMA）",))
    assert rules.meets(asked, typed, None, ())
    assert not rules.meets(asked, "检验检测机构资质认定", None, ())


def test_the_shipped_catalogue_has_78_items_of_6_categories_20_tied_to_an_approval():
    rows = [rules.read(line) for line in shipped.ruichang()]
    assert len(rows) == len({row.code for row in rows}) == 78
    assert list(dict.fromkeys(row.category for row in rows)) == [
        "项目咨询评估",
        "工程勘察(设计)",
        "工程测量",
        "工程检测",
        "工程监理(代理)",
        "社会服务",
    ]
    assert len([row for row in rows if row.approval]) == 20


def test_no_shipped_item_asks_for_a_certificate_that_its_text_says_there_is_none_of():
    for line in shipped.ruichang():
        row = rules.read(line)
        without = row.qualification.startswith("无") or "已取消" in row.qualification
        assert not (without and row.requirement.kind is Kind.CERTIFICATE), row.code
        assert (
            row.requirement.least_grade is None or row.requirement.least_grade in row.qualification
        ), row.code


@pytest.mark.parametrize(
    "column, value",
    [
        ("name", " "),
        ("category", ""),
        ("time_limit_days", "二十"),
        ("time_limit_days", ""),
        ("time_limit_days", "²"),
        ("kind", "licence"),
        ("names", ""),
        ("least_grade", "特级"),
    ],
)
def test_a_line_that_lacks_something_is_refused_naming_item_and_column(column, value):
    line = {**shipped.ruichang()[3], column: value}
    with pytest.raises(Invalid, match=r"catalogue.bad_row") as no:
        rules.read(line)
    assert no.value.facts["item"] == "104"


def test_a_commitment_asks_for_no_certificate():
    line = {**shipped.ruichang()[2], "names": "某证书"}
    with pytest.raises(Invalid, match=r"catalogue.bad_row"):
        rules.read(line)


def test_a_missing_column_is_named():
    line = shipped.ruichang()[0]
    del line["legal_basis"]
    with pytest.raises(Invalid) as no:
        rules.read(line)
    assert no.value.facts["column"] == "legal_basis"


def test_groups_are_written_as_they_are_read():
    assert rules.joined(rules.groups("甲|乙；丙")) == "甲|乙；丙"
    assert rules.groups("") == ()
