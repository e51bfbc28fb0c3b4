"""The page of the search."""

from tests.factories import agencies, complaints, selection


def test_what_is_found_is_marked_and_leads_to_its_page(app, client):
    with app.app_context():
        number = selection.published_notice(title="桂林街道办公楼规划放线")
        selection.published_notice(title="桂林街道道路检测")
        made = agencies.active_agency(name="瑞昌桂林街道放线测绘有限公司")
    page = client.get("/search?q=桂林街道+放线").text
    assert f"/notices/{number}" in page and f"/agencies/{made.uscc}" in page
    assert '<mark class="mk-mark">桂林街道</mark>' in page and "道路检测" not in page
    assert "/catalogue/301" in client.get("/search?q=301").text


def test_a_number_leads_to_its_page(app, client):
    with app.app_context():
        number = selection.published_notice()
        complaint = complaints.filed(number)
    draw = number.replace("GG", "XQ")
    page = client.get("/search", query_string={"q": draw.replace("-", "－") + "。"}).text
    assert f'href="/draws/{draw}"' in page
    page = client.get("/search", query_string={"q": complaint.replace("-", "")}).text
    assert f'href="/complaints/{complaint}"' in page


def test_a_hint_helps_where_nothing_is_found(client):
    for asked in ("没有这样的东西", "", "  。", '"', "a" * 300, "* AND (", "%_\\"):
        page = client.get("/search", query_string={"q": asked})
        assert page.status_code == 200 and "没有找到" in page.text, asked
    assert "减少几个词" in client.get("/search?q=没有这样的东西").text
    assert client.get("/search?q=测绘&kind=x&before=²").status_code == 200
    assert client.get(f"/search?q=测绘&kind=notice&before={'9' * 18}").status_code == 200
