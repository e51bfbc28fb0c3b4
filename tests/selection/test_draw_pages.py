"""The hall and the page of a draw through its whole course, over HTTP and without scripts."""

import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from tests.factories import selection as made
from tests.factories.deeds import do
from tests.selection.promised import in_context


def test_before_the_seal_the_page_knows_the_count_alone(client, app, notice):
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "目前 3 家报名" in page
    assert "A00000" not in page
    assert "测绘有限公司" not in page
    fabric(app).clock.instant = notice.entry_close + dt.timedelta(seconds=1)
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "正在开启并封存名单" in page
    assert "A00000" not in page


def test_the_course_can_be_followed_by_reloading(client, app, notice):
    address = f"/draws/{notice.draw_number}"
    with app.app_context():
        fabric(app).witness.answers = False
        made.sealed(notice.number)
    assert "正在等见证单位联署" in client.get(address).text
    with app.app_context():
        fabric(app).witness.answers = True
        made.tick()
    page = client.get(address).text
    assert "到约定时刻见证值公布" in page
    assert page.count("data-no=") == 3
    assert "data-value=" not in page
    with app.app_context():
        fabric(app).witness.answers = False
        made.move_to(notice.draw_at + dt.timedelta(minutes=4, seconds=30))
    page = client.get(address).text
    assert "应于 2026-03-11 17:30 公布，自然资源局晚了 4 分钟" in page
    assert "不会重抽" in page
    assert page.count("data-value=") == 1
    with app.app_context():
        fabric(app).witness.answers = True
        made.tick()
        order = result_queries.entry_list(reading(CLOCK), notice.number)
    page = client.get(address).text
    assert "排第 1 位，为中选机构" in page
    assert [row.ref in page for row in order] == [True] * 3
    assert f"{order[0].ref} | sha256sum" in page
    assert order[0].ticket in page
    assert "运行机构和主管部门如果串通，可以预先算出结果" in page


def test_a_moved_on_result_says_that_nothing_was_drawn_again(client, app, notice):
    with app.app_context():
        made.drawn(notice.number)
        in_one_transaction(
            result_service.annul_to_next,
            CLOCK,
            number=notice.number,
            reason="false_statement",
            by="O000001",
        )
        second = result_queries.notice(reading(CLOCK), notice.number).winner
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "依次递补，没有重抽" in page
    assert f"{second.ref} | sha256sum" in page
    assert "取消资格" in page


def test_a_postponed_draw_says_why(client, app, notice):
    with app.app_context():
        fabric(app).witness.answers = False
        made.sealed(notice.number)
        made.move_to(notice.draw_at + dt.timedelta(minutes=2))
        fabric(app).witness.answers = True
        made.tick()
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "没有人能挑选时刻" in page
    assert "原定 2026-03-11 17:30，按规则顺延" in page


def test_a_failed_selection_has_its_page(client, app):
    with app.app_context():
        number = made.published_notice()
        made.entered(number, 1)
        made.drawn(number)
        draw = result_queries.notice(reading(CLOCK), number).draw_number
    page = client.get(f"/draws/{draw}").text
    assert "选取失败（流选）：报名家数不足" in page
    assert "printf" not in page
    assert client.get(f"/draws/{draw}/evidence.json").status_code == 404


def test_a_cancelled_notice_has_its_page(client, app, notice):
    with app.app_context():
        do(notice_service.cancel, made.publisher(), number=notice.number, reason="项目停建")
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "公告已取消，没有选取。理由：项目停建" in page
    assert "A00000" not in page


@pytest.mark.parametrize("path", ["", "/events", "/evidence.json", "/sources/op-chain-1"])
@pytest.mark.parametrize(
    "number", ["XQ-360481-2026-99999", "GG-360481-2026-00001", "XQ-1", "XQ-360481-2026-00001%00"]
)
def test_an_unknown_draw_is_a_404(client, notice, number, path):
    ask = client.post if "sources" in path else client.get
    assert ask(f"/draws/{number}{path}", json={"value": "0" * 64}).status_code == 404


# --- the hall and the list ----------------------------------------------------------------


def test_the_hall_shows_what_is_live_drawn_today_and_coming(client, app, notice):
    assert "没有正在进行的选取" in client.get("/draws").text
    with app.app_context():
        other = made.published_notice(
            entry_close=made.at(8), draw_at=made.at(8, 17, 30), title="另一项测量服务"
        )
        made.entered(other)
        made.sealed(notice.number)
    hall = client.get("/draws").text
    assert (
        hall.index("正在进行")
        < hall.index(notice.title)
        < hall.index("今日已选取")
        < hall.index("另一项测量服务")
    )
    in_context(app, made.drawn, notice.number)
    with app.app_context():
        winner = result_queries.notice(reading(CLOCK), notice.number).winner
    hall = client.get("/draws").text
    assert hall.index("今日已选取") < hall.index(notice.title) < hall.index("即将选取")
    assert winner.name in hall
    assert client.get("/draws?after=nonsense").status_code == 400


def test_the_list_for_programs_is_paged(client, app, notice):
    with app.app_context():
        made.published_notice()
        made.drawn(notice.number)
        third = made.published_notice()
        newest = result_queries.notice(reading(CLOCK), third).draw_number
        page = result_queries.every_draw(reading(CLOCK), limit=2)
        rest = result_queries.every_draw(reading(CLOCK), page.next, limit=2)
    assert next(iter(page)).number == newest
    assert len(rest) == 1
    assert rest.next is None
    listed = client.get("/draws.json").json
    assert listed["next"] is None
    assert [row["status"] for row in listed["draws"]] == ["scheduled", "too_few", "drawn"]
    drawn = next(row for row in listed["draws"] if row["draw"] == notice.draw_number)
    assert drawn == {
        "draw": notice.draw_number,
        "notice": notice.number,
        "status": "drawn",
        "level": "S1",
        "draw_at": int(notice.draw_at.timestamp()),
        "evidence": f"http://localhost/draws/{notice.draw_number}/evidence.json",
    }
    assert client.get("/draws.json?after=!!").status_code == 400


def test_evidence_is_refused_with_a_sentence_until_there_is_one(client, app, notice):
    address = f"/draws/{notice.draw_number}/evidence.json"
    early = client.get(address)
    assert early.status_code == 404
    assert early.json["message"] == "顺序还没有产生，证据文件在得出顺序后提供。"
    in_context(app, made.drawn, notice.number)
    found = client.get(address)
    assert found.status_code == 200
    assert found.mimetype == "application/json"
    assert client.get(address, headers={"If-None-Match": found.headers["ETag"]}).status_code == 304


def test_the_words_of_the_verifiers_faults_come_in_the_readers_language(client):
    assert client.get("/draws/faults.json").json["entry.commitment"].startswith("第 {no} 号报名")
    assert (
        client.get("/draws/faults.json?lang=en").json["entry.commitment"].startswith("entry {no}")
    )
