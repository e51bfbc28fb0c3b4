"""The frame, the macros and the settings that every page stands on, shown on specimen pages."""

import re
import subprocess
import sys

import pytest
from flask import Flask, render_template_string
from flask_babel import lazy_gettext as _l

from tests.web.specimen import ROOT, create_specimen

PAGES = ["list", "object", "form", "done", "letter"]


@pytest.fixture(scope="module", autouse=True)
def vendor() -> None:
    subprocess.run([sys.executable, "scripts/assets.py"], cwd=ROOT, check=True)


@pytest.fixture
def app() -> Flask:
    return create_specimen()


def text(client, address: str, **options) -> str:
    return client.get(address, **options).get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
def test_the_policy_allows_our_own_files_alone(client, page):
    answer = client.get(f"/{page}")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
    for rule in (
        "style-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ):
        assert rule in policy
    html = answer.get_data(as_text=True)
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    scripts = re.findall(r"<script[^>]*>", html)
    assert scripts
    assert all(
        f'nonce="{nonce}"' in script and 'integrity="sha384-' in script for script in scripts
    )
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)


def test_each_answer_has_its_own_nonce(client):
    first, second = (client.get("/list").headers["Content-Security-Policy"] for _ in range(2))
    assert first != second


def test_the_fixed_headers(client):
    headers = client.get("/list").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert (
        headers["Cross-Origin-Opener-Policy"]
        == headers["Cross-Origin-Resource-Policy"]
        == "same-origin"
    )
    assert "Strict-Transport-Security" not in headers
    assert (
        "max-age=31536000"
        in client.get("/list", base_url="https://localhost").headers["Strict-Transport-Security"]
    )


def test_what_belongs_to_a_session_is_not_kept(client):
    assert client.get("/list").headers["Cache-Control"] == "no-cache"
    assert client.get("/form").headers["Cache-Control"] == "no-store"
    assert client.get("/list").headers["Cache-Control"] == "no-store"  # the form left a session
    sheet = re.search(r'href="(/static/[0-9a-f]+/css/[^"]+)"', text(client, "/list"))[1]
    assert "immutable" in client.get(sheet).headers["Cache-Control"]


def test_integrity_is_that_of_the_file(client):
    html = text(client, "/list")
    record = (ROOT / "static/vendor/vendor.json").read_text()
    digest = re.search(r'vendor/govuk-frontend.min.css[^>]*integrity="([^"]+)"', html)[1]
    assert digest in record


def test_chinese_first_and_english_when_chosen(client):
    assert '<html lang="zh-Hans-CN"' in text(client, "/list", headers={"Accept-Language": "en"})
    assert '<html lang="en"' in text(client, "/list?lang=en")
    assert '<html lang="en"' in text(client, "/list")  # remembered
    assert '<html lang="zh-Hans-CN"' in text(client, "/list?lang=zh")
    assert '<html lang="zh-Hans-CN"' in text(client, "/list?lang=tlh")


def test_large_text_and_contrast_are_remembered(client):
    assert "mk-large" not in text(client, "/list").split("<head>")[0]
    assert "mk-large" in text(client, "/list?large=1").split("<head>")[0]
    assert "mk-large mk-contrast" in text(client, "/list?contrast=1").split("<head>")[0]
    assert "mk-large" not in text(client, "/list?large=0").split("<head>")[0]


def test_a_demo_says_so_on_every_page():
    for demo, told in ((True, 1), (False, 0)):
        client = create_specimen(DEMO=demo).test_client()
        for page in (*PAGES, "broken/404"):
            assert text(client, f"/{page}").count("这是演示系统，数据均为虚构") == told


def test_links_to_rooms_not_built_are_left_out(client):
    html = text(client, "/list")
    assert 'href="/list" aria-current="page">选取公告</a>' in html
    assert "期限计算器" not in html


def test_who_is_signed_in_can_sign_out_by_a_form(client):
    assert "退出" not in text(client, "/list")
    client.set_cookie("signed-in", "1")
    html = text(client, "/list")
    assert "我的待办" in html
    assert re.search(
        r'action="/sign-out"><input type="hidden" name="csrf_token" value="[^"]{20,}"', html
    )


def test_a_title_of_a_form_with_errors_begins_with_error(client):
    assert "<title>发布选取公告 - 瑞昌市中介服务超市</title>" in text(client, "/form")
    client.application.config["WTF_CSRF_ENABLED"] = False
    html = client.post("/form", data={"title": "项目", "ceiling": "三十万"}).get_data(as_text=True)
    assert "<title>错误：发布选取公告 - " in html
    assert '<a href="#title">“项目名称”至少写 4 个字，现在有 2 个字</a>' in html
    assert '<a href="#fund-0">请选择“资金来源”</a>' in html
    assert 'aria-describedby="ceiling-hint ceiling-error"' in html
    assert 'value="三十万"' in html
    for target in re.findall(r'<li><a href="#([^"]+)">', html):
        assert f'id="{target}"' in html


def test_a_refusal_stands_in_the_summary(client):
    html = text(client, "/form?refusal=报名已于 17:00 截止")
    assert "没有提交成功" in html
    assert "<li>报名已于 17:00 截止</li>" in html


def test_optional_fields_say_so(client):
    html = text(client, "/form")
    assert re.search(r'for="valid">资质有效期至<span class="mk-optional">', html)
    assert not re.search(r'for="title">项目名称<span', html)


def test_what_people_wrote_is_escaped(client):
    html = text(client, "/list")
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_ends_and_states_are_words(client):
    html = text(client, "/list")
    assert "2026-03-04 24:00" in html
    assert "还剩 2 个工作日" in html
    assert "今天到期" in html
    assert '<strong class="mk-tag mk-tag--red">已超期</strong>' in html
    assert '<strong class="mk-tag mk-tag--yellow">暂定</strong>' in html


def test_the_pager_keeps_the_filter(client):
    html = text(client, "/list?title=%E5%8C%BB%E9%99%A2&after=old&lang=zh")
    assert 'href="/list?title=%E5%8C%BB%E9%99%A2&amp;after=next-cursor"' in html
    assert 'href="/list?title=%E5%8C%BB%E9%99%A2&amp;after=previous-cursor"' in html
    assert 'href="/list?title=%E5%8C%BB%E9%99%A2&amp;after=old&amp;lang=en"' in html


def test_a_changed_filter_forgets_the_cursor(app):
    with app.test_request_context("/list?after=old&title=a"):
        assert render_template_string("{{ url_with(title='b') }}") == "/list?title=b"
        assert render_template_string("{{ url_with(title=none) }}") == "/list"


@pytest.mark.parametrize(
    "status, says",
    [
        (404, "没有找到这一页"),
        (403, "没有权限"),
        (500, "a1b2c3d4"),
        (503, "系统正忙"),
        (502, "系统出了故障"),
        (418, "这个请求不完整"),
    ],
)
def test_each_error_says_what_to_do(client, status, says):
    answer = client.get(f"/broken/{status}")
    assert answer.status_code == status
    assert says in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address, status",
    [
        ("/bigid/1", 200),
        ("/bigid/0", 200),
        ("/bigid/-1", 404),
        (f"/bigid/{2**63 - 1}", 200),
        (f"/bigid/{2**63}", 404),
        ("/bigid/" + "9" * 400, 404),
        ("/number/GG-360481-2026-00012", 200),
        ("/number/GG-360481-2026-00012-2", 200),
        ("/number/GG-1-2026-00012", 404),
        ("/uscc/91360481MA35LK1X2Q", 200),
        ("/uscc/91360481MA35LK1X2I", 404),
        ("/receipt/BM-7K3Q-92XD", 200),
        ("/receipt/bm-7k3q", 404),
    ],
)
def test_what_does_not_look_like_an_identity_is_not_found(client, address, status):
    assert client.get(address).status_code == status


def test_the_style_sheet_has_no_web_font_and_no_mark_of_another_government():
    sheet = (ROOT / "static/vendor/govuk-frontend.min.css").read_text()
    assert "var(--font-ui)" in sheet
    assert sheet.count("{") == sheet.count("}")
    for word in ("@font-face", "GDS Transport", "crest", "crown", "url("):
        assert word not in sheet


def test_our_style_sheet_speaks_in_rem():
    sheet = (ROOT / "static/css/market.css").read_text()
    assert not re.findall(r"\d(?:px|pt)\b", sheet.split("@media print")[0])
    assert "!important" not in sheet.split("@media print")[0]


def test_a_text_that_is_not_translated_yet_is_one_text(app):
    late = _l("数量")
    with app.test_request_context():
        ui = app.jinja_env.get_template("macros/ui.html").make_module({})
        head = str(ui.table("表", [late, ("金额", True)], [["甲", "1"]]))
        lines = str(ui.summary_list([("标题", late)]))
    assert ">数量</th>" in head and ">金额</th>" in head
    assert head.count("__header--numeric") == 1
    assert "<div>数" not in lines and "数量" in lines
