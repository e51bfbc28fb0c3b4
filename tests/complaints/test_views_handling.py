"""Complaints in the browser: the register, each reader's page, the desks."""

import io
import re

import pytest

from market.complaints import queries
from market.db import reading
from market.kernel.actor import CLOCK
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def town(app):
    """A notice that is open for entries, the office's desk, a citizen."""
    with app.app_context():
        notice = selection.published_notice()
        desk = complaints.desk()
        return notice, desk, complaints.citizen()


def test_the_public_sees_that_and_when_and_never_who_or_what(app, client, town):
    notice, desk, who = town
    with app.app_context():
        number = complaints.accepted(complaints.filed(notice, who), desk)
    for path in (
        f"/complaints/{number}",
        "/complaints",
        f"/complaints?q={number}",
        f"/notices/{notice}",
    ):
        page = client.get(path).text
        assert "王小民" not in page
        assert "13812345678" not in page
        assert "地域限制" not in page
    assert "已受理，办理中" in client.get(f"/complaints/{number}").text
    assert "有 1 件投诉处理中" in client.get(f"/notices/{notice}").text
    assert client.get(f"/complaints/{number}/receipt").status_code == 303
    assert client.get("/complaints/TS-360481-2026-99999").status_code == 404


def test_the_register_is_searched_filtered_and_paged(app, client, town):
    notice, desk, _ = town
    with app.app_context():
        numbers = [complaints.filed(notice) for _ in range(25)]
        complaints.published(complaints.decided(complaints.accepted(numbers[0], desk), desk), desk)
    first = client.get("/complaints").text
    assert numbers[-1] in first
    assert numbers[0] not in first
    following = re.search(r'href="([^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")
    assert numbers[0] in client.get(following).text
    only = client.get("/complaints?state=callback").text
    assert numbers[0] in only
    assert numbers[1] not in only
    assert numbers[0] in client.get("/complaints?q=理由见决定书").text
    assert "没有符合条件的投诉" in client.get("/complaints?q=%25_无此内容").text
    assert "没有符合条件的投诉" in client.get("/complaints?about=result").text
    assert client.get(f"/complaints?body={desk.organisation_id}&state=nonsense").status_code == 200
    assert client.get("/complaints?after=garbage").status_code == 400
    assert "<td" in client.get("/complaints/bodies").text


def are_accepted(officer, signatory, number: str) -> None:
    """Proposed once, signed by another."""
    url = f"/complaints/{number}/accept"
    assert submit(officer, url, {"reasons": "符合受理条件"}).status_code == 303
    twice = submit(officer, url, {"reasons": "符合受理条件"})
    assert (twice.status_code, "等待审签" in twice.text) == (409, True)
    assert "符合受理条件" in signatory.get(f"/complaints/{number}/sign").text
    assert submit(signatory, f"/complaints/{number}/sign").status_code == 303


def are_dismissed(officer, signatory, number: str) -> None:
    """Upheld only with a remedy; dismissed, signed by another."""
    url = f"/complaints/{number}/decide"
    grounds = {
        "reasons": "经核查，公告没有地域条件。",
        "legal_basis": "《办法》第三条",
        "remedy_note": "六十日内可申请行政复议。",
    }
    bare = submit(officer, url, {**grounds, "outcome": "upheld"})
    assert (bare.status_code, "至少选择一项纠正措施" in bare.text) == (422, True)
    assert submit(officer, url, {**grounds, "outcome": "dismissed"}).status_code == 303
    assert submit(signatory, f"/complaints/{number}/sign").status_code == 303


def is_published(officer, number: str, text: str) -> None:
    """The reasons are proposed as the text, which names nobody."""
    url = f"/complaints/{number}/publish"
    assert "经核查，公告没有地域条件。" in officer.get(url).text
    left = submit(officer, url, {"text": "投诉人王小民所述不属实，投诉不成立。"})
    assert (left.status_code, "公开文本中还有" in left.text) == (422, True)
    assert submit(officer, url, {"text": text}).status_code == 303


def test_the_officer_proposes_the_signatory_signs_and_the_page_follows(
    app, client, new_client, town
):
    notice, desk, who = town
    with app.app_context():
        number = complaints.filed(notice, who)
        stranger = people.staff("inspection", "inspector")
    officer = client
    signatory = new_client()
    inspector = new_client()
    for browser, actor in (
        (officer, desk.officer),
        (signatory, desk.signatory),
        (inspector, stranger),
    ):
        sign_in(browser, actor)
    assert number in officer.get("/office/complaints").text
    page = officer.get(f"/complaints/{number}").text
    assert "拟受理" in page
    assert "13812345678" in page
    assert "审签" not in re.search("现在可以.*", page, re.S)[0]
    are_accepted(officer, signatory, number)
    assert "王小民" in inspector.get(f"/complaints/{number}").text
    assert inspector.get("/office/complaints").status_code == 200
    are_dismissed(officer, signatory, number)
    text = "经核查，公告没有地域条件，投诉不成立。"
    is_published(officer, number, text)
    assert text in new_client().get(f"/complaints/{number}").text


def test_the_complainant_completes_withdraws_and_rates_on_the_page(app, client, town):
    notice, desk, who = town
    with app.app_context():
        one = complaints.filed(notice, who)
        other = complaints.filed(notice, who, matters="另一件事：公告有业绩条件要求。")
        complaints.in_one_transaction(
            complaints.service.ask_completion, desk.officer, number=one, request="请补充公告截图"
        )
    sign_in(client, who)
    assert "请补充公告截图" in client.get(f"/complaints/{one}").text
    upload = f"/complaints/{one}/files"
    assert (
        submit(client, upload, files={"file": (io.BytesIO(PDF), "截图.pdf")}, to=upload).status_code
        == 303
    )
    assert (
        submit(
            client, upload, files={"file": (io.BytesIO(b"x"), "截图.txt")}, to=upload
        ).status_code
        == 422
    )
    assert submit(client, f"/complaints/{one}/complete", {"text": "截图已上传"}).status_code == 303
    with app.app_context():
        complaints.refused(one, desk)
    page = client.get(f"/complaints/{one}").text
    assert f"您的投诉（{one}）不予受理" in page
    assert "作为线索提交" in page
    assert submit(client, f"/complaints/{one}/rate", {"level": "2"}).status_code == 303
    page = client.get(f"/complaints/{one}").text
    assert "不满意" in page
    assert submit(client, f"/complaints/{other}/withdraw", {"note": "误会"}).status_code == 303
    assert "已撤回" in client.get(f"/complaints/{other}").text


def test_pages_of_deeds_are_for_those_whose_they_are(app, client, new_client, town):
    notice, desk, who = town
    with app.app_context():
        number = complaints.filed(notice, who)
        other = complaints.citizen()
        concerned = people.member(desk.organisation_id, "complaint_officer")
        complaints.in_one_transaction(
            complaints.service.declare_interest, concerned, number=number, note="亲属"
        )
    sign_in(client, other)
    assert client.get(f"/complaints/{number}/withdraw").status_code == 404
    assert client.get(f"/complaints/{number}/accept").status_code == 403
    assert client.get(f"/complaints/{number}/files").status_code == 404
    assert client.get(f"/complaints/{number}/receipt").status_code == 404
    assert client.get("/office/complaints").status_code == 403
    recused = new_client()
    sign_in(recused, concerned)
    assert recused.get(f"/complaints/{number}/accept").status_code == 404
    assert "王小民" not in recused.get(f"/complaints/{number}").text


def test_whoever_handles_a_later_complaint_sees_that_facts_were_made_up_before(client, app, town):
    notice, desk, who = town
    with app.app_context():
        number = complaints.accepted(complaints.filed(notice, who), desk)
        complaints.decided(number, desk, is_fabricated=True)
        later = complaints.filed(notice, who, matters="另一件事：公告里的服务期限过短。")
        stranger = complaints.filed(notice, matters="又一件事：公告里的咨询电话打不通。")
    sign_in(client, desk.officer)
    assert "待处置" not in client.get("/office/complaints").text
    page = client.get(f"/complaints/{later}").text
    assert "曾被认定捏造事实" in page and number in page
    assert "曾被认定捏造事实" not in client.get(f"/complaints/{stranger}").text
    sign_in(client, who)
    assert "曾被认定捏造事实" not in client.get(f"/complaints/{later}").text


def test_the_officer_words_the_notice_anew_beside_what_it_says_and_the_machine_amends_it(
    app, client, new_client, town
):
    notice, desk, who = town
    with app.app_context():
        number = complaints.accepted(complaints.filed(notice, who), desk)
    sign_in(client, desk.officer)
    page = client.get(f"/complaints/{number}/decide").text
    url = f"/complaints/{number}/decide"
    assert "公告的内容" in page and "完成勘测定界并提交报告。" in page
    grounds = {
        "reasons": "经核查，公告的表述会限制竞争。",
        "legal_basis": "《办法》第三条",
        "remedy_note": "六十日内可申请行政复议。",
        "outcome": "upheld",
    }
    none = submit(client, url, {**grounds, "remedies": ["amend"]})
    assert (none.status_code, "请在下面写出更正后的内容" in none.text) == (422, True)
    without = submit(client, url, {**grounds, "remedies": ["rectify"], "scale": "约 100 亩"})
    assert (
        without.status_code,
        "没有选择“更正公告”" in without.text,
        "约 100 亩" in without.text,
    ) == (422, True, True)
    region = submit(
        client, url, {**grounds, "remedies": ["amend"], "content": "仅限在瑞昌市注册的机构。"}
    )
    assert (region.status_code, 'id="content-error"' in region.text) == (422, True)
    assert (
        submit(client, url, {**grounds, "remedies": ["amend"], "scale": "约 100 亩"}).status_code
        == 303
    )
    signatory = new_client()
    sign_in(signatory, desk.signatory)
    shown = signatory.get(f"/complaints/{number}/sign").text
    assert "约 120 亩" in shown and "约 100 亩" in shown
    assert submit(signatory, f"/complaints/{number}/sign").status_code == 303
    public = new_client().get(f"/notices/{notice}").text
    assert "约 100 亩" in public and "投诉经调查成立，责令更正公告" in public and "更正前" in public


def test_a_notice_that_has_closed_offers_no_words_to_correct(app, client, town):
    notice, desk, who = town
    with app.app_context():
        number = complaints.accepted(complaints.filed(notice, who), desk)
        selection.entered(notice)
        selection.drawn(notice)
    sign_in(client, desk.officer)
    assert "公告的内容" not in client.get(f"/complaints/{number}/decide").text


def test_a_clock_that_stands_shows_no_day_and_files_are_asked_only_of_whom_they_are_taken(
    app, client, new_client, town
):
    notice, desk, who = town
    with app.app_context():
        number = complaints.filed(notice, who)
    sign_in(client, who)
    assert f"/complaints/{number}/files" not in client.get(f"/complaints/{number}").text
    officer = new_client()
    sign_in(officer, desk.officer)
    assert f"/complaints/{number}/files" in officer.get(f"/complaints/{number}").text
    assert (
        submit(
            officer, f"/complaints/{number}/ask-completion", {"request": "请补充身份证明"}
        ).status_code
        == 303
    )
    for page in (officer.get(f"/complaints/{number}").text, officer.get("/office/complaints").text):
        assert "计时暂停，恢复后顺延" in page
    assert f"/complaints/{number}/files" in client.get(f"/complaints/{number}").text


def test_what_happened_names_the_body_and_only_measures_that_are_possible_are_offered(
    app, client, town
):
    notice, desk, who = town
    with app.app_context():
        number = complaints.accepted(complaints.filed(notice, who), desk)
        body = queries.view(reading(CLOCK), number).body.name
    sign_in(client, desk.officer)
    assert f"· {body} ·" in client.get(f"/complaints/{number}").text
    page = client.get(f"/complaints/{number}/decide").text
    assert 'value="amend"' in page and 'value="annul_to_next"' not in page
    with app.app_context():
        selection.entered(notice)
        selection.drawn(notice)
    sign_in(client, desk.officer)
    page = client.get(f"/complaints/{number}/decide").text
    assert (
        'value="amend"' not in page
        and 'value="annul_to_next"' in page
        and 'value="rectify"' in page
    )
    again = submit(
        client, f"/complaints/{number}/decide", {}
    )  # sent back for what is missing: the same are offered
    assert (
        again.status_code == 422
        and 'value="amend"' not in again.text
        and 'value="rectify"' in again.text
    )
