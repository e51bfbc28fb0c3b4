"""The front pages: for visitors, for those with something to do, in both languages."""
import pytest

from market.agencies import service as enrolment
from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.operations import service as operations
from market.operations.rules import Mode
from market.portal.desks import PAGES
from market.portal.navigation import DESKS
from market.selection import service as notices
from market.windows.rules import Nature
from tests.factories import accounts as people
from tests.factories import agencies, complaints, selection


@pytest.mark.parametrize("path", ["/", "/search?q=测绘", "/search?q=", "/accessibility", "/sitemap"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_front_pages_open_for_anybody(app, client, path, lang):
    with app.app_context():
        agencies.town()
    joiner = "&" if "?" in path else "?"
    assert client.get(f"{path}{joiner}lang={lang}").status_code == 200


def test_home_shows_what_is_open_and_what_came_out(app, client):
    with app.app_context():
        done = selection.announced_notice()[0]
        open_now = selection.published_notice(title="赤湖水质检测服务")
    page = client.get("/").text
    assert open_now in page and done in page and "赤湖水质检测服务" in page


def test_search_finds_notices_agencies_and_items(app, client):
    with app.app_context():
        number = selection.published_notice(title="赤湖水质检测服务")
        made = agencies.active_agency(name="瑞昌赤湖测绘有限公司")
    page = client.get("/search?q=赤湖").text
    assert number in page and made.name in page
    assert "/catalogue/301" in client.get("/search?q=301").text
    assert "没有找到" in client.get("/search?q=没有这样的东西").text


def test_what_waits_for_me_comes_with_its_due(app, client):
    with app.app_context():
        number = complaints.filed(selection.announced_notice()[0])
        officer = people.staff("office", "complaint_officer")
    assert client.get("/todo").status_code == 303
    people.sign_in(client, officer)
    page = client.get("/todo").text
    assert number in page and "/office/complaints" in page


def test_every_desk_in_the_menu_exists(app):
    for endpoint, _ in DESKS:
        assert endpoint in app.view_functions, endpoint


def test_who_signs_for_a_body_sees_what_waits_for_his_signature(app, client):
    with app.app_context():
        buyer = selection.owner()
        notice_id = in_one_transaction(notices.draft, buyer.drafter, terms=selection.terms())
        in_one_transaction(notices.submit, buyer.drafter, notice_id=notice_id)
    people.sign_in(client, buyer.signatory)
    page = client.get("/todo").text
    assert f"/notices/{notice_id}/check" in page and "/notices/mine" in page


def test_nobody_is_shown_what_only_others_may_do(app, client):
    with app.app_context():
        made = agencies.submitted_agency()
        signatory, checker = people.staff("office", "complaint_signatory"), people.staff("office", "enrolment_checker")
    people.sign_in(client, signatory)
    page = client.get("/todo").text
    assert made.number not in page and "/office/complaints" in page
    other = app.test_client()
    people.sign_in(other, checker)
    assert f"/office/enrolments/{made.number}" in other.get("/todo").text


def test_an_agency_sees_that_its_correction_is_awaited(app, client):
    with app.app_context():
        made = agencies.submitted_agency()
        in_one_transaction(enrolment.send_back, agencies.checker(), number=made.number, corrections=[("basics", "请补充注册地址。")])
    people.sign_in(client, made.actor)
    assert "入驻补正" in client.get("/todo").text


def test_every_kind_of_duty_has_its_page(app):
    kinds = {name for name, kind in app.extensions["window_kinds"].items() if kind.nature is Nature.DUTY}
    assert kinds <= set(PAGES)


def test_a_demo_says_so_on_every_page(app, client):
    with app.app_context():
        agencies.town()
        in_one_transaction(operations.install, CLOCK, mode=Mode.DEMO)
    for path in ("/", "/notices", "/log", "/sign-in", "/nowhere"):
        assert "这是演示系统" in client.get(path).text, path
