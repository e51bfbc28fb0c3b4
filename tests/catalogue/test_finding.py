"""Items are found by the initials of their pinyin, on the server and while one types."""

import pytest
from playwright.sync_api import expect

from market.catalogue import queries, shipped
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.initials import MOST_READINGS, initials
from tests.browser import PHONE, check_accessible, signed_in
from tests.factories import selection
from tests.factories.catalogue import shipped_catalogue


@pytest.mark.parametrize(
    "text, short",
    [
        ("环境影响评价", {"hjyxpj"}),
        ("银行", {"yx", "yh"}),
        ("重庆", {"zq", "cq"}),
        ("建设项目用地预审（表）", {"jsxmydysb"}),
        ("BIM 模型２", {"bimmx"}),
        ("", {""}),
        ("①㎡—", {""}),
    ],
)
def test_a_text_is_abbreviated_by_its_initials(text, short):
    assert set(initials(text)) == short


def test_every_sign_of_the_shipped_catalogue_has_an_initial():
    """No service is out of reach because one of its signs is rare."""
    for row in shipped.ruichang():
        signs = [sign for sign in row["name"] if "\u4e00" <= sign <= "\u9fff"]
        assert all(initials(sign) != ("",) for sign in signs), row["name"]


def test_a_text_of_many_readings_stays_bounded():
    assert len(initials("行" * 40)) == MOST_READINGS


@pytest.mark.parametrize(
    "typed", ["hjyx", "HJYX", "ｈｊｙｘ", "环境影响", "104", "项目咨询 环境影响"]
)
def test_the_catalogue_is_searched_by_what_people_type(context, typed):
    shipped_catalogue()
    found = [item.code for item in queries.items(reading(CLOCK), text=typed)]
    assert "104" in found and len(found) < 10


@pytest.mark.parametrize("typed", ["h", "zzzzzz", "1_4", "%"])
def test_what_abbreviates_nothing_finds_nothing_by_it(context, typed):
    shipped_catalogue()
    assert queries.items(reading(CLOCK), text=typed) == []


def test_a_long_list_is_narrowed_while_one_types(app, live_server, visitor):
    with app.app_context():
        selection.town()
        who = selection.owner().drafter
    page = signed_in(visitor(viewport=PHONE), app, live_server.url, who)
    page.goto("/notices/new")
    options = page.locator("#item_code option")
    everything = options.count()
    find = page.get_by_label("查找事项")
    find.fill("zzzz")
    expect(page.get_by_text("找到 0 项")).to_be_visible()
    find.fill("ＦＸ")
    few = options.count()
    assert 0 < few < everything
    find.fill("301")
    assert page.locator("#item_code").input_value() == "301"
    find.press("Enter")
    assert page.url.endswith("/notices/new")
    find.fill("")
    assert options.count() == everything and page.locator("#item_code").input_value() == "301"
    check_accessible(page)
