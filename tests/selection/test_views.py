"""The pages: every step by the right person, nothing shown too early, nothing typed lost."""

import dataclasses
import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.selection.notices import service as notice_service
from market.selection.notices.queries import Filters, listing
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do

QUOTE = "98765.43"
FORM = {
    "item_code": "301",
    "title": "桂林街道土地勘测定界服务",
    "fund": "fiscal",
    "method": "random",
    "ceiling_fen": "12万",
    "content": "完成测量。\n提交报告。",
    "service_days": "30",
    "entry_close": "2026-03-11 17:00",
    "draw_at": "2026-03-11 17:30",
    "contact_phone": "0792-4221111",
    "complaint_phone": "0792-4222222",
}


def inside(client, act, *args, **values):
    """Run something in an app context of its own, so that the client's requests do not share its
    session.
    """
    with client.application.app_context():
        return act(*args, **values)


def number_of(client):
    return inside(client, lambda: listing(reading(CLOCK), Filters()).rows[0].number)


def test_the_owner_writes_checks_submits_signs_and_the_office_publishes(client):
    buyer = inside(client, f.owner)
    people.sign_in(client, buyer.drafter)
    assert client.get("/notices/mine").status_code == 200
    to_check = people.submit(client, "/notices/new", FORM)
    assert to_check.status_code == 303, to_check.text
    check = client.get(to_check.location)
    assert "没有发现不合规定的内容" in check.text
    assert people.submit(client, to_check.location).status_code == 303
    people.sign_in(client, buyer.signatory)
    assert people.submit(client, to_check.location, to="/notices/1/send-back").status_code == 303
    people.sign_in(client, buyer.drafter)
    people.submit(client, to_check.location)
    people.sign_in(client, buyer.signatory)
    assert people.submit(client, to_check.location, to=to_check.location).status_code == 303
    reviewer = inside(client, f.reviewer)
    publisher = inside(client, f.publisher)
    people.sign_in(client, reviewer)
    assert FORM["title"] in client.get("/office/notices").text
    review = "/office/notices/1"
    assert people.submit(client, review, to=f"{review}/approve").status_code == 303
    people.sign_in(client, publisher)
    answer = people.submit(client, review, to=f"{review}/publish")
    assert answer.location == "/notices/GG-360481-2026-00001"
    page = client.get(answer.location)
    assert "报名中" in page.text
    assert "120,000.00 元" in page.text
    assert "发布选取公告，开始报名" in page.text


def test_what_breaks_a_rule_is_said_on_the_check_page_with_the_way_to_mend_it(client):
    buyer = inside(client, f.owner)
    people.sign_in(client, buyer.drafter)
    to_check = people.submit(client, "/notices/new", {**FORM, "content": "须在本市设有分支机构。"})
    page = client.get(to_check.location)
    assert "第 1 段“在本市设有分支机构”是地域条件" in page.text
    assert '/notices/1/edit#content">服务内容和要求：第 1 段' in page.text
    assert (
        '/notices/1/edit#content">Content and requirements of the service: '
        in client.get(f"{to_check.location}?lang=en").text
    )
    client.get("/?lang=zh")
    refused = client.post(
        to_check.location, data={"csrf_token": people.token(client, to_check.location)}
    )
    assert refused.status_code == 422
    edited = people.submit(client, "/notices/1/edit", {"content": "收到通知后完成现场踏勘。"})
    assert edited.status_code == 303
    assert "没有发现不合规定的内容" in client.get(to_check.location).text


def test_a_form_that_is_wrong_comes_back_with_everything_that_was_typed(client):
    people.sign_in(client, inside(client, f.owner).drafter)
    answer = people.submit(
        client, "/notices/new", {**FORM, "ceiling_fen": "很多", "exclusions": "某公司"}
    )
    assert answer.status_code == 422
    assert "很多" in answer.text
    assert "请每行填写一家" in answer.text
    assert FORM["title"] in answer.text


def test_an_agency_enters_gets_a_receipt_changes_its_quote_and_withdraws(client):
    number = inside(client, f.published_notice)
    who = inside(client, f.agency)
    people.sign_in(client, who.actor)
    assert "/entry" in client.get(f"/notices/{number}").text
    to_receipt = people.submit(
        client, f"/notices/{number}/entry", {"quote_fen": QUOTE, "pledge": "y"}
    )
    assert to_receipt.status_code == 303
    receipt = client.get(to_receipt.location)
    assert "报价已密封" in receipt.text
    assert "98,765.43" not in receipt.text
    assert to_receipt.location.removeprefix("/entries/") in client.get("/entries/mine").text
    changed = people.submit(
        client, f"/notices/{number}/entry", {"quote_fen": "90000", "pledge": "y"}
    )
    assert changed.location != to_receipt.location
    withdrawn = people.submit(
        client, f"/notices/{number}", {"sure": "1"}, to=f"/notices/{number}/entry/withdraw"
    )
    assert withdrawn.status_code == 303
    assert "报名已撤回" in client.get(changed.location).text


def test_an_agency_that_may_not_enter_reads_why_instead_of_a_form(client):
    number = inside(client, f.published_notice)
    who = inside(client, f.agency, "302")
    people.sign_in(client, who.actor)
    for page in (f"/notices/{number}", f"/notices/{number}/entry"):
        text = client.get(page).text
        assert str(fabric(client.application).words["agency.no_line"]) in text
        assert 'name="quote_fen"' not in text and f'href="/notices/{number}/entry"' not in text


def test_the_same_form_posted_twice_leads_to_the_same_receipt(client):
    number = inside(client, f.published_notice)
    who = inside(client, f.agency)
    people.sign_in(client, who.actor)
    url = f"/notices/{number}/entry"
    data = {**people.forms(client.get(url).text)[-1].fields, "quote_fen": QUOTE, "pledge": "y"}
    first = client.post(url, data=data)
    second = client.post(url, data=data)
    assert first.location == second.location


def test_a_late_entry_is_told_when_it_arrived_and_under_which_log_entry(client, clock):
    number = inside(client, f.published_notice)
    who = inside(client, f.agency)
    people.sign_in(client, who.actor)
    url = f"/notices/{number}/entry"
    data = {**people.forms(client.get(url).text)[-1].fields, "quote_fen": QUOTE, "pledge": "y"}
    clock.instant = dt.datetime(2026, 3, 11, 9, 0, 3, tzinfo=dt.UTC)
    people.sign_in(client, who.actor)
    late = client.post(url, data={**data, "csrf_token": people.token(client, url)})
    assert late.status_code == 409
    assert "报名已于 2026-03-11 17:00:00 截止。您的提交于 2026-03-11 17:00:03 到达" in late.text
    assert "到达时间已写入公开日志" in late.text
    assert "未计入（已截止）" in client.get("/entries/mine").text


def test_before_the_seal_every_role_reads_the_count_alone_and_the_same_bytes_whoever_entered(
    client, new_client
):
    pages = []
    number = inside(client, f.published_notice)
    for place in range(2):
        visitor = new_client()
        who = inside(client, f.agency)
        inside(client, f.enter, number, who, 9_876_543)
        staff = [
            inside(client, people.staff, "office", "publisher"),
            inside(client, people.staff, "inspection", "inspector"),
            inside(client, f.agency).actor,
        ]
        bodies = [visitor.get(f"/notices/{number}").text]
        for actor in staff:
            visitor = new_client()
            people.sign_in(visitor, actor)
            bodies.append(visitor.get(f"/notices/{number}").text)
        for body in bodies:
            assert "98,765.43" not in body
            assert who.name not in body
            assert who.ref not in body
        pages.append(f"目前 {place + 1} 家报名" in bodies[0])
    assert pages == [True, True]


def test_after_the_draw_the_list_the_quotes_and_the_order_are_public(client):
    number, made = inside(client, f.announced_notice)
    page = client.get(f"/notices/{number}").text
    for who in made:
        assert who.name in page
    assert "拟中选" in page
    assert "候补第 1 位" in page
    assert "ZX-360481-2026-00001" in page
    assert "2026-03-16 24:00" in page
    assert f"/notices/{number}/complaints/new" in page
    assert number in client.get("/results").text


def test_a_failed_selection_and_a_cancelled_notice_say_why_in_public(client):
    number = inside(client, f.published_notice)
    inside(client, f.sealed, number)
    assert "选取失败：没有机构报名" in client.get(f"/notices/{number}").text
    assert "没有机构报名" in client.get("/results").text
    buyer = inside(client, f.owner)
    second = inside(client, f.published_notice, buyer)
    people.sign_in(client, buyer.signatory)
    assert (
        people.submit(
            client, f"/notices/{second}/cancel", {"reason": "项目停建，不再需要"}
        ).status_code
        == 303
    )
    assert "项目停建，不再需要" in client.get(f"/notices/{second}").text


def test_the_owner_lists_again_in_one_click(client):
    buyer = inside(client, f.owner)
    number = inside(client, f.published_notice, buyer)
    inside(client, f.sealed, number)
    people.sign_in(client, buyer.drafter)
    again = people.submit(client, f"/notices/{number}", to=f"/notices/{number}/again")
    assert again.location == "/notices/2/check"
    page = client.get(again.location).text
    assert "桂林街道" in page and "没有发现不合规定的内容" in page  # times are proposed anew
    assert people.submit(client, again.location).status_code == 303


def test_the_office_amends_later_and_the_page_shows_the_change(client):
    number = inside(client, f.published_notice)
    people.sign_in(client, inside(client, f.publisher))
    url = f"/office/notices/{number}/amend"
    wrong = people.submit(
        client, url, {"entry_close": "2026-03-10 17:00", "reason": "提前一天截止"}
    )
    assert wrong.status_code == 422
    assert "不能提前" in wrong.text
    done = people.submit(
        client,
        url,
        {
            "entry_close": "2026-03-12 17:00",
            "draw_at": "2026-03-12 17:30",
            "reason": "因停电顺延一天",
        },
    )
    assert done.status_code == 303
    assert "报名中 · 已更正" in client.get(done.location).text


def test_the_office_returns_once_and_refuses_by_two(client):
    notice_id = inside(client, f.submitted_notice)
    people.sign_in(client, inside(client, people.staff, "office", "notice_reviewer"))
    url = f"/office/notices/{notice_id}"
    assert people.submit(client, url, {"reasons": ""}, to=f"{url}/return").status_code == 422
    assert (
        people.submit(
            client, url, {"reasons": "超限额", "channel": "政府采购"}, to=f"{url}/refuse"
        ).status_code
        == 303
    )
    people.sign_in(client, inside(client, people.staff, "office", "office_head"))
    assert people.submit(client, url, to=f"{url}/confirm-refusal").status_code == 303
    assert "不予发布" in client.get(url).text
    second = inside(client, f.submitted_notice)
    people.sign_in(client, inside(client, people.staff, "office", "notice_reviewer"))
    url = f"/office/notices/{second}"
    assert (
        people.submit(client, url, {"reasons": "写明份数"}, to=f"{url}/return").status_code == 303
    )
    again = client.post(
        f"{url}/return", data={**people.carried(client, url), "reasons": "再来一次"}
    )
    assert again.status_code == 409


def test_words_that_were_found_are_overridden_with_a_public_reason(client):
    notice_id = inside(
        client,
        f.submitted_notice,
        content="须在本市设有分支机构的监测点位测量。",
        plea="指水文站的分支机构",
    )
    people.sign_in(client, inside(client, people.staff, "office", "notice_reviewer", "publisher"))
    url = f"/office/notices/{notice_id}"
    assert "地域条件" in client.get(url).text
    assert people.submit(client, url, to=f"{url}/approve").status_code == 422
    assert (
        people.submit(
            client, url, {"override_reason": "指监测点位，不是报名条件"}, to=f"{url}/approve"
        ).status_code
        == 303
    )
    published = people.submit(client, url, to=f"{url}/publish")
    assert "指监测点位，不是报名条件" in client.get(published.location).text


def test_the_logged_text_of_a_notice_can_be_fetched(client):
    number = inside(client, f.published_notice)
    answer = client.get(f"/notices/{number}.json")
    assert answer.mimetype == "application/json"
    assert answer.json["number"] == number


@pytest.mark.parametrize(
    "url",
    [
        "/notices/GG-360481-2026-99999",
        "/notices/GG-360481-2026-99999.json",
        "/entries/BM-XXXX-XXXX",
        "/notices/9/edit",
        "/notices/9/check",
        f"/notices/{2**63}/edit",
        "/notices/GG-1",
        "/office/notices/9",
    ],
)
def test_what_is_not_there_is_a_404_and_never_a_500(client, url):
    buyer = inside(client, f.owner)
    who = inside(client, f.agency)
    for actor in (buyer.drafter, who.actor, inside(client, f.publisher)):
        people.sign_in(client, actor)
        assert client.get(url).status_code in (403, 404)


@pytest.mark.parametrize(
    "query",
    [
        "?tab=open",
        "?tab=today",
        "?tab=nonsense",
        "?category=工程测量&fund=fiscal",
        "?owner=3",
        "?owner=99999999999999999999",
        "?q=勘测",
        "?q=%25_%5C",
        "?q=%00",
        "?fund=x&owner=x",
    ],
)
def test_the_list_filters_by_its_address(client, query):
    inside(client, f.published_notice)
    answer = client.get(f"/notices{query}")
    assert answer.status_code == 200


def test_the_list_finds_what_it_is_asked_for_and_says_when_there_is_nothing(client, clock):
    number = inside(client, f.published_notice)
    assert number in client.get("/notices?tab=open&category=工程测量&fund=fiscal&q=勘测").text
    assert number not in client.get("/notices?tab=failed").text
    assert "没有符合条件的公告" in client.get("/notices?category=社会服务").text
    assert number not in client.get("/notices?tab=today").text
    clock.instant = dt.datetime(2026, 3, 11, 8, tzinfo=dt.UTC)
    assert number in client.get("/notices?tab=today").text
    clock.instant = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
    assert "等待封存" in client.get("/notices").text
    assert client.get("/notices?after=xx").status_code == 400


def test_the_list_goes_on_page_by_page(client):
    def publish_many():
        buyer = f.owner("firm")
        both = people.staff("office", "notice_reviewer", "publisher")
        for place in range(22):
            terms = dataclasses.replace(
                f.terms(), fund=f.Fund.SOCIAL, fiscal_percent=0, title=f"第{place}份公告"
            )
            notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=terms)
            do(notice_service.submit, buyer.drafter, notice_id=notice_id)
            do(notice_service.publish, both, notice_id=notice_id)

    inside(client, publish_many)
    first = client.get("/notices")
    assert first.text.count("mk-card__title") == 20
    cursor = inside(client, lambda: listing(reading(CLOCK), Filters()).next)
    second = client.get("/notices", query_string={"after": cursor})
    assert second.text.count("mk-card__title") == 2
    assert number_of(client) in first.text


def test_anothers_draft_is_not_shown_and_a_visitor_signs_in_first(client):
    buyer = inside(client, f.owner)
    other = inside(client, f.owner)
    people.sign_in(client, buyer.drafter)
    people.submit(client, "/notices/new", FORM)
    people.sign_in(client, other.drafter)
    assert client.get("/notices/1/check").status_code == 404
    fresh = client.application.test_client()
    assert fresh.get("/notices/new").status_code == 303
    assert fresh.post("/notices/GG-360481-2026-00001/entry").status_code in (303, 400)
