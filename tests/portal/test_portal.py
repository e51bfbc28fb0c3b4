"""The front pages: for visitors, for those with something to do, in both languages."""

import datetime as dt

import pytest
from flask import url_for

from market.complaints import service as complaint_service
from market.complaints.rules import Complainant, ErasureGround, Outcome
from market.db import in_one_transaction
from market.enrolment import service as enrolment
from market.kernel.actor import CLOCK
from market.operations import service as operations
from market.operations.rules import Mode
from market.portal.navigation import DESKS
from market.selection.notices import service as notice_service
from tests.access.rows import EVERYBODY
from tests.access.table import TABLE
from tests.factories import accounts as people
from tests.factories import agencies, complaints, selection
from tests.factories import reputation as credit
from tests.factories.deeds import do


@pytest.mark.parametrize(
    "path", ["/", "/search?q=测绘", "/search?q=", "/accessibility", "/sitemap"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_front_pages_open_for_anybody(app, client, path, lang):
    with app.app_context():
        agencies.town()
    joiner = "&" if "?" in path else "?"
    assert client.get(f"{path}{joiner}lang={lang}").status_code == 200


def test_a_visitor_learns_whose_keys_to_check_with(app, client):
    assert client.get("/checking").status_code == client.get("/log/keys").status_code == 200
    with app.app_context():
        selection.published_notice()
    own = client.get("/log/keys").text.split()
    page = client.get("/checking").text
    assert own and all(key.replace("+", "&#43;") in page or key in page for key in own)
    app.config["SITE_KEYS"] = "https://jiandu.example.gov.cn/keys"
    assert 'href="https://jiandu.example.gov.cn/keys"' in client.get("/checking").text


ELSEWHERE = {
    # for programs, described in /openapi.json
    "api.take_order",
    # the head of every page leads there
    "portal.home",
    "portal.sitemap",
    "search.results",
    "accounts.register",
    "accounts.sign_in",
    "accounts.sign_out",
    # a page of a page
    "accounts.activation_again",
    "accounts.forgotten",
    "accounts.forget_typed",
    # for programs
    "agencies.directory_feed",
    "complaints.register_feed",
    "portal.map_for_programs",
    "portal.robots",
    "selection.notices_feed",
    "selection.results_feed",
    "api.description",
    "ledger.checkpoint",
    "ledger.verifier_keys",
    "operations.health",
    "selection.draws_json",
    "workdays.ics",
    # for the verifier in a page
    "selection.faults",
}


def test_the_map_of_the_site_leads_to_every_public_page(app, client):
    page = client.get("/sitemap").text
    with app.test_request_context():
        missing = [
            endpoint
            for endpoint, row in TABLE.items()
            if row.may == EVERYBODY and not row.of and 200 in row.get
            if endpoint not in ELSEWHERE and f'href="{url_for(endpoint)}"' not in page
        ]
    assert missing == []


def test_home_shows_what_is_open_and_what_came_out(app, client):
    with app.app_context():
        done = selection.announced_notice()[0]
        open_now = selection.published_notice(title="赤湖水质检测服务")
    page = client.get("/").text
    assert open_now in page and done in page and "赤湖水质检测服务" in page


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
        notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=selection.terms())
        do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    people.sign_in(client, buyer.signatory)
    page = client.get("/todo").text
    assert f"/notices/{notice_id}/check" in page and "/notices/mine" in page


def test_who_drafted_a_notice_is_not_asked_to_sign_it_himself(app, client):
    with app.app_context():
        buyer = selection.owner()
        both = people.member(buyer.drafter.organisation_id, "owner_drafter", "owner_signatory")
        notice_id = in_one_transaction(notice_service.draft, both, terms=selection.terms())
        do(notice_service.submit, both, notice_id=notice_id)
    people.sign_in(client, both)
    assert f"/notices/{notice_id}/check" not in client.get("/todo").text


def test_nobody_is_shown_what_only_others_may_do(app, client):
    with app.app_context():
        made = agencies.submitted_agency()
        signatory = people.staff("office", "complaint_signatory")
        checker = people.staff("office", "enrolment_checker")
    people.sign_in(client, signatory)
    page = client.get("/todo").text
    assert f"/office/enrolments/{made.number}" not in page and "/office/complaints" in page
    other = app.test_client()
    people.sign_in(other, checker)
    assert f"/office/enrolments/{made.number}" in other.get("/todo").text


def test_an_agency_sees_that_its_correction_is_awaited(app, client):
    with app.app_context():
        made = agencies.submitted_agency()
        do(
            enrolment.send_back,
            agencies.checker(),
            number=made.number,
            corrections=[("basics", "请补充注册地址。")],
        )
    people.sign_in(client, made.actor)
    assert "入驻补正" in client.get("/todo").text


def test_a_demo_says_so_on_every_page(app, client):
    with app.app_context():
        agencies.town()
        in_one_transaction(operations.install, CLOCK, mode=Mode.DEMO)
    for path in ("/", "/notices", "/log", "/sign-in", "/nowhere"):
        assert "这是演示系统" in client.get(path).text, path


def todo(app, who) -> str:
    """The page of what waits for somebody, in a browser of his own."""
    browser = app.test_client()
    people.sign_in(browser, who)
    return browser.get("/todo").text


def test_a_proposal_waits_for_the_signatory_of_its_body_and_for_nobody_else(app):
    with app.app_context():
        number = complaints.filed(selection.published_notice())
        desk = complaints.desk()
        other = complaints.desk("authority")
        both = people.member(desk.organisation_id, "complaint_officer", "complaint_signatory")
        do(complaint_service.propose_acceptance, both, number=number)
    link = f"/complaints/{number}/sign"
    assert link in todo(app, desk.signatory)
    for nobody in (desk.officer, both, other.signatory):  # who proposed it does not sign it
        assert link not in todo(app, nobody)


def test_after_the_decision_each_step_waits_for_whoever_may_take_it(app):
    with app.app_context():
        desk = complaints.desk()
        who = complaints.citizen()
        caller = people.staff("authority", "callback_officer")
        handled = people.member(desk.organisation_id, "callback_officer", "complaint_officer")
        number = complaints.accepted(complaints.filed(selection.published_notice(), who), desk)
        in_one_transaction(complaint_service.take_up, handled, number=number)
        complaints.decided(
            number, complaints.Desk(desk.organisation_id, handled, desk.signatory), Outcome.PARTLY
        )
    assert f"/complaints/{number}/publish" in todo(app, desk.officer)
    with app.app_context():
        complaints.published(number, desk)
    assert f"/complaints/{number}/remedied" in todo(app, desk.officer)
    assert f"/complaints/{number}/remedied" not in todo(app, desk.signatory)
    with app.app_context():
        in_one_transaction(
            complaint_service.finish_remedy, desk.officer, number=number, report="已改正"
        )
    link = f"/complaints/{number}/call-back"
    assert link in todo(app, caller)
    for nobody in (handled, desk.officer, who):  # docs/rules.md#separation-6
        assert link not in todo(app, nobody)


def test_a_completion_is_owed_by_the_complainant(app):
    with app.app_context():
        desk = complaints.desk()
        who = complaints.citizen()
        number = complaints.filed(selection.published_notice(), who)
        in_one_transaction(
            complaint_service.ask_completion, desk.officer, number=number, request="请补充公告截图"
        )
        firm = agencies.active_agency()
        colleague = people.member(firm.organisation_id, "agency_agent")
        theirs = complaints.filed(
            selection.published_notice(), firm.actor, complainant=Complainant.ORGANISATION
        )
        in_one_transaction(
            complaint_service.ask_completion, desk.officer, number=theirs, request="请补充公告截图"
        )
    assert "补充投诉材料" in (page := todo(app, who)) and number in page
    assert "补充投诉材料" not in todo(app, desk.officer)
    assert todo(app, firm.actor).count(f"/complaints/{theirs}") == 1
    assert f"/complaints/{theirs}" in todo(app, colleague)


def test_a_suspension_waits_for_the_head_and_its_answer_for_the_agency(app):
    with app.app_context():
        desk = complaints.desk()
        credit.named_before("AG-C02", 30)
        made = agencies.active_agency()
        head = agencies.head()
        number = complaints.filed(
            selection.published_notice(), made.actor, complainant=Complainant.ORGANISATION
        )
        complaints.decided(complaints.accepted(number, desk), desk, is_fabricated=True)
        checker = agencies.checker()
    assert f"/office/agencies/{made.ref}" in todo(app, head)
    assert f"/office/agencies/{made.ref}" not in todo(app, checker)
    assert "/enrolment/suspension" in todo(app, made.actor)
    browser = app.test_client()
    people.sign_in(browser, made.actor)
    page = browser.get("/enrolment/suspension").text
    assert number in page and "这是拟办意见，不是决定" in page
    assert "/enrolment/suspension" in browser.get("/enrolment").text
    assert (
        people.submit(
            browser, "/enrolment/suspension", {"statement": "所附照片拍摄有误。"}
        ).status_code
        == 303
    )
    assert "所附照片拍摄有误。" in browser.get("/enrolment/suspension").text
    office = app.test_client()
    people.sign_in(office, head)
    page = office.get(f"/office/agencies/{made.ref}").text
    assert number in page and "所附照片拍摄有误。" in page and "陈述申辩期至" not in page


def test_an_erasure_and_a_refused_notice_wait_for_their_second_person(app):
    with app.app_context():
        selection.town()
        desk = complaints.desk()
        tip = in_one_transaction(
            complaint_service.tip, complaints.citizen(), content="中介机构之间串通报价。"
        )
        in_one_transaction(
            complaint_service.propose_erasure,
            desk.officer,
            subject=tip,
            ground=ErasureGround.CONSENT_WITHDRAWN,
            basis="提供线索的人书面要求",
        )
        notice_id = selection.submitted_notice()
        reviewer = people.member(desk.organisation_id, "notice_reviewer", "office_head")
        do(
            notice_service.propose_refusal,
            reviewer,
            notice_id=notice_id,
            reasons=["达到限额"],
            channel="政府采购",
        )
        head = agencies.head()
    assert "删除个人信息待审签" in todo(app, desk.signatory)
    assert "删除个人信息待审签" not in todo(app, desk.officer)
    link = f"/office/notices/{notice_id}"
    page = todo(app, head)
    assert "不予发布的意见待复核：桂林街道土地勘测定界服务" in page and link in page
    mine, _, ours = todo(app, reviewer).partition('id="ours"')
    assert "不予发布的意见待复核" not in mine and "不予发布的意见待复核" in ours


def test_whoever_is_shown_a_suspension_to_sign_can_open_its_page(app):
    with app.app_context():
        made = agencies.active_agency()
        do(
            enrolment.propose_suspension,
            agencies.checker(),
            fact="abnormal",
            ref=made.ref,
            reason="配合调查",
            until=dt.date(2026, 3, 20),
        )
        signatory = people.member(people.body("regulator", "自然资源局"), "regulator_signatory")
    browser = app.test_client()
    people.sign_in(browser, signatory)
    link = f"/office/agencies/{made.ref}"
    assert link in browser.get("/todo").text
    assert "等待另一人签发" in browser.get(link).text
    assert people.submit(browser, link, to=f"{link}/standing/sign").status_code == 303
