"""The catalogue's pages and its command."""

import pathlib
import re

import pytest

from market.catalogue import shipped
from market.demo.names import OWNERS
from market.demo.people import OFFICE
from market.web.naming import in_english
from tests.factories import accounts as people
from tests.factories.catalogue import shipped_catalogue


@pytest.fixture
def loaded(app):
    with app.app_context():
        shipped_catalogue()
    return app


def test_the_catalogue_marks_the_20_that_an_approval_needs(client, loaded):
    page = client.get("/catalogue").text
    assert "共 78 个事项，其中 20 个是行政审批的必要条件" in page
    assert page.count("审批必要条件</strong>") == 20
    assert [page.index(name) for name in ("项目建议书", "岩土工程勘察", "财务审计")] == sorted(
        page.index(name) for name in ("项目建议书", "岩土工程勘察", "财务审计")
    )


def test_the_filter_lives_in_the_address(client, loaded):
    page = client.get("/catalogue?category=工程测量&q=不动产").text
    assert "不动产权籍调查" in page and "地形图测绘" not in page
    assert "没有符合条件的事项" in client.get("/catalogue?q=不存在的词").text


def test_a_guide_says_what_is_needed_and_keeps_the_doubts_for_the_office(
    client, new_client, loaded
):
    public = client.get("/catalogue/405").text
    assert (
        "雷电防护装置检测资质甲级、乙级" in public
        and "《气象灾害防御条例》" in public
        and "乙级" in public
    )
    assert "国发〔2015〕58号" not in public
    with loaded.app_context():
        checker = people.staff("office", "enrolment_checker")
    office = new_client()
    people.sign_in(office, checker)
    assert "国发〔2015〕58号" in office.get("/catalogue/405").text
    assert client.get("/catalogue/999").status_code == 404


def test_the_command_loads_the_shipped_catalogue_or_a_file(loaded, tmp_path):
    run = loaded.test_cli_runner().invoke
    assert "78 items, 0 changed" in run(args=["catalogue", "load"]).output
    path = tmp_path / "other.tsv"
    path.write_text("code\tname\n1\tx\n")
    bad = run(args=["catalogue", "load", str(path)])
    assert bad.exit_code == 1 and "编号为 1 的一行，category 一列" in bad.output


def test_the_list_of_documents_that_may_come_later_is_public(client, loaded, tmp_path):
    assert "目前没有可以容缺的材料" in client.get("/catalogue/deferrable").text
    assert "容缺时限" not in client.get("/catalogue/301").text
    run = loaded.test_cli_runner().invoke
    path = tmp_path / "list.tsv"
    path.write_text("item\tname\tdays\n301\t授权代表社会保险缴纳记录\t10\n", encoding="utf-8")
    assert "1 documents, 1 items changed" in run(args=["catalogue", "deferrable", str(path)]).output
    page = client.get("/catalogue/deferrable").text
    assert "授权代表社会保险缴纳记录" in page and "10 个工作日" in page and "地形图测绘" in page
    assert "核验通过后 10 个工作日内" in client.get("/catalogue/301").text
    path.write_text("item\tname\tdays\n301\t营业执照\t10\n", encoding="utf-8")
    bad = run(args=["catalogue", "deferrable", str(path)])
    assert bad.exit_code == 1 and "核心材料" in bad.output


def test_a_reader_of_english_reads_names_in_english(loaded, client):
    loaded.config |= {"SITE_JURISDICTION": "瑞昌市", "SITE_JURISDICTION_EN": "Ruichang"}
    page = client.get("/catalogue?lang=en").text
    names = {line["name"] for line in shipped.ruichang()}
    assert not [name for name in names if name in page]
    assert "Setting-out and verification surveys" in page and "Engineering survey" in page
    assert "Topographic mapping" in client.get("/catalogue/301?lang=en").text
    assert "Project consulting" in client.get("/agencies?lang=en").text  # among the filters
    assert "地形图测绘" in client.get("/catalogue/301?lang=zh").text


def test_every_shipped_name_has_its_english():
    columns = ("name", "category", "regulator")
    named = {line[column] for line in shipped.ruichang() for column in columns}
    assert named == shipped.english().keys()
    assert all(text.isascii() for text in shipped.english().values())


def test_a_body_is_named_by_what_it_is_and_its_place():
    table = {**shipped.bodies(), **shipped.english()}
    for place, english in (("瑞昌市", "Ruichang"), ("示范县", "Shifan")):
        for name in ("水利局", "自然资源局", "中介超市协管办", "行政审批局"):
            assert in_english(name, table) == table[name]
            told = in_english(place + name, table, place, english)
            assert told == f"{table[name]} of {english}"
    for unknown in ("武宁县水利局", "瑞昌市某办", "某某有限公司", ""):
        assert in_english(unknown, table, "瑞昌市", "Ruichang") == unknown
    assert in_english("瑞昌市水利局", table, "瑞昌市", "") == "瑞昌市水利局"  # never half


def test_every_body_of_the_shipped_place_and_of_its_demo_town_has_its_english():
    table = {**shipped.bodies(), **shipped.english()}
    assert all(text.isascii() for text in table.values())
    told = [
        in_english(name, table, "瑞昌市", "Ruichang")
        for name in (*(name for name, kind in OWNERS if kind == "public"), OFFICE)
    ]
    assert [name for name in told if not name.isascii()] == []


BODY_OF = re.compile(r"\b(?:body_name|body\.name|to_name|regulator_name|item\.holder)\b(?!\|named)")


def test_a_page_shows_the_name_of_a_body_in_the_reader_s_language():
    for page in (pathlib.Path(__file__).parents[2] / "templates").rglob("*.html"):
        assert not BODY_OF.search(page.read_text("utf-8")), page
