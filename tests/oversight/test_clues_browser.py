"""An inspector's clue in a real browser: from a selection's file to the receipt."""

from playwright.sync_api import expect

from market.db import reading
from market.kernel.actor import CLOCK
from tests.browser import PHONE, follow, look, signed_in
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as made


def test_a_clue_goes_from_a_file_to_its_receipt(app, live_server, visitor, tmp_path):
    with app.app_context():
        number, _entrants = made.announced_notice()
        made.tick()
        inspector = people.staff("inspection", "inspector")
        today = reading(CLOCK).today.isoformat()
    page = signed_in(visitor(), app, live_server.url, inspector)
    page.goto(f"/office/selections/{number}")
    follow(page, page.get_by_role("button", name="移交问题线索"))
    follow(page, page.get_by_role("button", name="成文"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, "clue-refused")
    page.get_by_label("移交给（机关全称）").fill("瑞昌市纪律检查委员会")
    page.get_by_label("涉及的单位和编号").fill("A000001")
    page.get_by_label("事实（按日期写）").fill("两家机构用同一台电脑报名。")
    page.get_by_label("已核实的").fill("报名记录。")
    page.get_by_label("没有核实的").fill("往来款项。")
    follow(page, page.get_by_role("button", name="成文"))
    look(page, "clue")
    with page.expect_download() as export:
        page.get_by_role("button", name="导出密封件").click()
    assert export.value.suggested_filename.endswith(".zip")
    page.goto("/office/clues")
    look(page, "clues")
    page.goto("/todo")
    expect(page.locator("main")).to_contain_text("移交问题线索")
    page.goto("/office/clues")
    follow(page, page.locator("main table a").first)
    expect(page.locator("main")).to_contain_text("导出记录")
    scan = tmp_path / "receipt.pdf"
    scan.write_bytes(agencies.PDF)
    page.get_by_label("签收日期").fill(today)
    page.locator("input[type=file]").set_input_files(scan)
    follow(page, page.get_by_role("button", name="登记签收回执"))
    expect(page.locator("main")).to_contain_text("对方没有期限")
    page.set_viewport_size(PHONE)
    look(page, "clue-signed")
