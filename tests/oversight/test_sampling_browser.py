"""Samples in a real browser: what everybody sees, a call-back typed in on a phone, results told."""

from playwright.sync_api import expect

from market.oversight.rules.sampling import Label
from tests.browser import PHONE, follow, look, signed_in
from tests.factories import accounts as people
from tests.oversight.test_sampling import drawn, work_of_a_month


def test_a_sample_is_worked_on_and_told(app, live_server, visitor):
    with app.app_context():
        caller = people.staff("authority", "callback_officer")
        work_of_a_month()
        number = drawn()[Label.CALLBACK].number
    desk = signed_in(visitor(viewport=PHONE), app, live_server.url, caller)
    desk.goto("/todo")
    expect(desk.locator("main")).to_contain_text("公布抽查结果")
    desk.goto("/office/samples")
    look(desk, "sample-desk")
    follow(desk, desk.get_by_role("link", name=number))
    look(desk, "sample-work")
    follow(desk, desk.get_by_role("button", name="公布结果"))
    expect(desk.locator(".govuk-error-summary")).to_contain_text("没有办")
    while desk.get_by_role("link", name="登记回访").count():
        follow(desk, desk.get_by_role("link", name="登记回访").first)
        desk.get_by_label("满意", exact=True).check()
        follow(desk, desk.get_by_role("button", name="提交"))
        expect(desk.locator(".govuk-error-summary")).to_contain_text("请写明当事人怎么说")
        look(desk, "sample-call")
        desk.get_by_label("回访记录").fill("办得顺利。")
        follow(desk, desk.get_by_role("button", name="提交"))
    follow(desk, desk.get_by_role("button", name="公布结果"))
    expect(desk.locator("main")).to_contain_text("已公布结果")
    for options in ({}, {"viewport": PHONE}, {"locale": "en-GB"}):
        everybody = visitor(**options)
        everybody.goto("/samples")
        look(everybody, f"samples-{options.get('locale', 'zh')}")
        follow(everybody, everybody.get_by_role("link", name=number))
        look(everybody, f"sample-{options.get('locale', 'zh')}")
