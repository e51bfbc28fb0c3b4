"""A journalist, at a desk and on a phone: from the home page to a table, and a number that is the
page's.
"""

import csv
import pathlib

import pytest

from market.opendata import jobs
from market.oversight import jobs as oversight_jobs
from tests.factories import rulebook, selection

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_a_journalist_finds_a_table_and_computes_what_the_page_says(
    app, live_server, visitor, width
):
    with app.app_context():
        rulebook.open_data()
        number, _ = selection.announced_notice()
        oversight_jobs.daily_figures()
        jobs.daily()
    page = visitor(viewport={"width": width, "height": 900})
    page.goto(live_server.url)
    page.get_by_role("link", name="数据开放").click()
    page.get_by_role("heading", name="数据开放").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV 中选公告（含已被替代的）").click()
    text = pathlib.Path(waiting.value.path()).read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert row["notice"] == number

    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV 月度统计").click()
    text = pathlib.Path(waiting.value.path()).read_text("utf-8-sig")
    of = [each for each in csv.DictReader(text.splitlines()) if each["measure"] == "entrants"]
    entered = sum(int(each["numerator"]) for each in of)
    selections = sum(int(each["denominator"]) for each in of)
    page.goto(f"{live_server.url}/statistics")
    line = page.locator("tr", has_text="平均有效报名").first.inner_text()
    assert f"{entered} ÷ {selections}" in line and f"{entered / selections:.1f}" in line

    page.goto(f"{live_server.url}/results")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator(".mk-card__meta").inner_text()
    assert f"{int(row['amount_fen']) / 100:,.2f}" in shown

    page.goto(f"{live_server.url}/opendata")
    page.get_by_role("link", name="每一列是什么（数据字典）").click()
    page.get_by_role("heading", name="数据字典").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
