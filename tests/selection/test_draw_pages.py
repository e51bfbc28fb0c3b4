"""The hall and the page of a draw through its whole course, over HTTP; values from anyone; the stream."""
import datetime as dt
import http.client
import json
import urllib.parse

import pytest
from flask import current_app

from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.ledger import queries as log
from market.selection import queries, service
from market.web.pace import REMEMBERED, Pace, TooOften
from tests.conftest import START
from tests.factories import selection as made
from verify.zjcs.draw import value_at

OPERATOR, REGULATOR = made.OPERATOR_CHAIN, made.REGULATOR_CHAIN


@pytest.fixture
def notice(app):
    """A published notice with three entries, and a witness: its card."""
    with app.app_context():
        number = made.published_notice()
        made.entered(number)
        made.tick()
        return queries.notice(reading(CLOCK), number)


def in_context(app, act, *arguments):
    with app.app_context():
        return act(*arguments)


def values(app, draw):
    """The promised values, known to the test as their holders know them."""
    with app.app_context():
        slots = {each["id"]: each["slot"] for each in queries.draw(reading(CLOCK), draw).sources}
        chains = [Keys(current_app.config["INSTANCE"]).chain(), current_app.extensions["witness"].inner.chain]
        return {chain.source: value_at(chain.secret, chain.n, slots[chain.source]) for chain in chains}


@pytest.fixture
def waiting(app, notice):
    """The sealed draw at its promised instant, no value in yet: (draw number, the values)."""
    known = values(app, notice.draw_number)
    with app.app_context():
        made.sealed(notice.number)
        current_app.extensions["clock"].instant = notice.draw_at
        made.windows.sweep()
    return notice.draw_number, known


# --- the page ---------------------------------------------------------------------------------------------------------

def test_before_the_seal_the_page_knows_the_count_alone(client, app, notice):
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "目前 3 家报名" in page
    assert "A00000" not in page
    assert "测绘有限公司" not in page
    app.extensions["clock"].instant = notice.entry_close + dt.timedelta(seconds=1)
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "正在开启并封存名单" in page
    assert "A00000" not in page


def test_the_course_can_be_followed_by_reloading(client, app, notice):
    address = f"/draws/{notice.draw_number}"
    with app.app_context():
        app.extensions["witness"].answers = False
        made.sealed(notice.number)
    assert "正在等见证单位联署" in client.get(address).text
    with app.app_context():
        app.extensions["witness"].answers = True
        made.tick()
    page = client.get(address).text
    assert "到约定时刻见证值公布" in page
    assert page.count("data-no=") == 3
    assert "data-value=" not in page
    with app.app_context():
        app.extensions["witness"].answers = False
        made.move_to(notice.draw_at + dt.timedelta(minutes=4, seconds=30))
    page = client.get(address).text
    assert "应于 2026-03-11 17:30 公布,自然资源局晚了 4 分钟" in page
    assert "不会重抽" in page
    assert page.count("data-value=") == 1
    with app.app_context():
        app.extensions["witness"].answers = True
        made.tick()
        order = queries.entry_list(reading(CLOCK), notice.number)
    page = client.get(address).text
    assert "排第 1 位,为中选机构" in page
    assert [row.ref in page for row in order] == [True] * 3
    assert f"{order[0].ref} | sha256sum" in page
    assert order[0].ticket in page
    assert "运行机构和主管部门如果串通,可以预先算出结果" in page


def test_a_moved_on_result_says_that_nothing_was_drawn_again(client, app, notice):
    with app.app_context():
        made.drawn(notice.number)
        in_one_transaction(service.annul_to_next, CLOCK, number=notice.number, reason="false_statement", by="O000001")
        second = queries.notice(reading(CLOCK), notice.number).winner
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "依次递补,没有重抽" in page
    assert f"{second.ref} | sha256sum" in page
    assert "取消资格" in page


def test_a_postponed_draw_says_why(client, app, notice):
    with app.app_context():
        app.extensions["witness"].answers = False
        made.sealed(notice.number)
        made.move_to(notice.draw_at + dt.timedelta(minutes=2))
        app.extensions["witness"].answers = True
        made.tick()
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "没有人能挑选时刻" in page
    assert "原定 2026-03-11 17:30,按规则顺延" in page


def test_a_failed_selection_has_its_page(client, app):
    with app.app_context():
        number = made.published_notice()
        made.entered(number, 1)
        made.drawn(number)
        draw = queries.notice(reading(CLOCK), number).draw_number
    page = client.get(f"/draws/{draw}").text
    assert "选取失败(流选):报名家数不足" in page
    assert "printf" not in page
    assert client.get(f"/draws/{draw}/evidence.json").status_code == 404


def test_a_cancelled_notice_has_its_page(client, app, notice):
    with app.app_context():
        in_one_transaction(service.cancel, made.publisher(), number=notice.number, reason="项目停建")
    page = client.get(f"/draws/{notice.draw_number}").text
    assert "公告已取消,没有选取。理由:项目停建" in page
    assert "A00000" not in page


@pytest.mark.parametrize("path", ["", "/events", "/evidence.json", "/sources/op-chain-1"])
@pytest.mark.parametrize("number", ["XQ-360481-2026-99999", "GG-360481-2026-00001", "XQ-1", "XQ-360481-2026-00001%00"])
def test_an_unknown_draw_is_a_404(client, notice, number, path):
    ask = client.post if "sources" in path else client.get
    assert ask(f"/draws/{number}{path}", json={"value": "0" * 64}).status_code == 404


# --- the hall and the list ---------------------------------------------------------------------------------------------

def test_the_hall_shows_what_is_live_drawn_today_and_coming(client, app, notice):
    assert "没有正在进行的选取" in client.get("/draws").text
    with app.app_context():
        other = made.published_notice(entry_close=made.at(8), draw_at=made.at(8, 17, 30), title="另一项测量服务")
        made.entered(other)
        made.sealed(notice.number)
    hall = client.get("/draws").text
    assert hall.index("正在进行") < hall.index(notice.title) < hall.index("今日已选取") < hall.index("另一项测量服务")
    in_context(app, made.drawn, notice.number)
    with app.app_context():
        winner = queries.notice(reading(CLOCK), notice.number).winner
    hall = client.get("/draws").text
    assert hall.index("今日已选取") < hall.index(notice.title) < hall.index("即将选取")
    assert winner.name in hall
    assert client.get("/draws?after=nonsense").status_code == 400


def test_the_list_for_programs_is_paged(client, app, notice):
    with app.app_context():
        made.published_notice()
        made.drawn(notice.number)
        third = made.published_notice()
        newest = queries.notice(reading(CLOCK), third).draw_number
        page = queries.every_draw(reading(CLOCK), limit=2)
        rest = queries.every_draw(reading(CLOCK), page.next, limit=2)
    assert next(iter(page)).number == newest
    assert len(rest) == 1
    assert rest.next is None
    listed = client.get("/draws.json").json
    assert listed["next"] is None
    assert [row["status"] for row in listed["draws"]] == ["scheduled", "too_few", "drawn"]
    drawn = next(row for row in listed["draws"] if row["draw"] == notice.draw_number)
    assert drawn == {"draw": notice.draw_number, "notice": notice.number, "status": "drawn", "level": "S1",
                     "draw_at": int(notice.draw_at.timestamp()),
                     "evidence": f"http://localhost/draws/{notice.draw_number}/evidence.json"}
    assert client.get("/draws.json?after=!!").status_code == 400


def test_evidence_is_refused_with_a_sentence_until_there_is_one(client, app, notice):
    address = f"/draws/{notice.draw_number}/evidence.json"
    early = client.get(address)
    assert early.status_code == 404
    assert early.json["message"] == "顺序还没有产生,证据文件在得出顺序后提供。"
    in_context(app, made.drawn, notice.number)
    found = client.get(address)
    assert found.status_code == 200
    assert found.mimetype == "application/json"
    assert client.get(address, headers={"If-None-Match": found.headers["ETag"]}).status_code == 304


def test_the_words_of_the_verifiers_faults_come_in_the_readers_language(client):
    assert client.get("/draws/faults.json").json["entry.commitment"].startswith("第 {no} 号报名")
    assert client.get("/draws/faults.json?lang=en").json["entry.commitment"].startswith("entry {no}")


# --- values from anyone -------------------------------------------------------------------------------------------------

def test_anyone_hands_in_values_and_the_order_follows(client, app, waiting):
    draw, known = waiting
    first = client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": known[OPERATOR]})
    assert (first.status_code, first.json) == (200, {"draw": draw, "source": OPERATOR, "status": "waiting_value"})
    again = client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": known[OPERATOR]})
    assert again.status_code == 200
    last = client.post(f"/draws/{draw}/sources/{REGULATOR}", data={"value": f" {known[REGULATOR]}\n"})
    assert last.status_code == 303
    assert last.headers["Location"] == f"/draws/{draw}"
    assert "值已核对无误" in client.get(f"/draws/{draw}").text
    with app.app_context():
        assert queries.draw(reading(CLOCK), draw).seed
        assert len([e for e in log.latest(reading(CLOCK), limit=50) if e.type == "source.value"]) == 2
    assert client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": known[OPERATOR]}).status_code == 200
    other = client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": "0" * 64})
    assert (other.status_code, other.json["error"]) == (422, "draw.value_wrong")


BAD = [
    (None, {"value": "0" * 64}, 422, "draw.value_wrong"),
    (None, {"value": "0" * 63}, 422, "draw.value_malformed"),
    (None, {"value": "A" * 64}, 422, "draw.value_malformed"),
    (None, {"value": "\ud800" * 64}, 422, "draw.value_malformed"),
    (None, {"value": 5}, 400, "draw.value_shape"),
    (None, {"value": None}, 400, "draw.value_shape"),
    (None, {}, 400, "draw.value_shape"),
    (None, [], 400, "draw.value_shape"),
    (None, "x", 400, "draw.value_shape"),
    (None, {"value": "0" * 64, "more": 1}, 400, "draw.value_shape"),
    (None, {"round": 1, "signature": "0" * 96}, 422, "draw.value_malformed"),
    (None, {"round": True, "signature": "0" * 96}, 400, "draw.value_shape"),
    (None, {"round": 10**30, "signature": "0" * 96}, 400, "draw.value_shape"),
    (None, {"round": -1, "signature": "0" * 96}, 400, "draw.value_shape"),
    ("drand-quicknet", {"value": "0" * 64}, 404, "draw.no_source"),
    ("%F0%9F%98%80", {"value": "0" * 64}, 404, "draw.no_source"),
]


@pytest.mark.parametrize("source, body, status, code", BAD)
def test_a_bad_value_is_refused_with_a_sentence(client, app, waiting, source, body, status, code):
    draw, _ = waiting
    size = in_context(app, lambda: log.size(reading(CLOCK)))
    answer = client.post(f"/draws/{draw}/sources/{source or OPERATOR}", json=body)
    assert (answer.status_code, answer.json["error"]) == (status, code)
    assert answer.json["message"].endswith("。")
    assert in_context(app, lambda: log.size(reading(CLOCK))) == size


@pytest.mark.parametrize("body, kind", [(b"{", "application/json"), (b"[" * 4000, "application/json"), (b"\xff\xfe", "application/json"),
                                        (b"value=1&round=2", "application/x-www-form-urlencoded"), (b"", "text/plain"),
                                        (b"a" * 300, "multipart/form-data")])
def test_a_body_that_is_none_is_a_400(client, waiting, body, kind):
    draw, _ = waiting
    assert client.post(f"/draws/{draw}/sources/{OPERATOR}", data=body, content_type=kind).status_code == 400


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_an_oversized_body_is_refused(client, waiting, kind):
    draw, known = waiting
    body = json.dumps({"value": known[OPERATOR], "x": "y" * 5000}) if "json" in kind else f"value={'1' * 5000}"
    assert client.post(f"/draws/{draw}/sources/{OPERATOR}", data=body, content_type=kind).status_code == 413


def test_a_person_sees_the_page_again_with_what_was_typed(client, waiting):
    draw, known = waiting
    wrong = known[OPERATOR][:-1] + ("0" if known[OPERATOR][-1] != "0" else "1")
    answer = client.post(f"/draws/{draw}/sources/{OPERATOR}", data={"value": wrong})
    assert answer.status_code == 422
    assert "这个值与事先公布的起点不符,不能采用。" in answer.text
    assert f'value="{wrong}"' in answer.text


def test_a_right_value_too_early_is_refused(client, app, notice):
    known = values(app, notice.draw_number)
    address = f"/draws/{notice.draw_number}/sources/{OPERATOR}"
    open_ = client.post(address, json={"value": known[OPERATOR]})
    assert (open_.status_code, open_.json["error"]) == (409, "draw.not_sealed")
    in_context(app, made.sealed, notice.number)
    early = client.post(address, json={"value": known[OPERATOR]})
    assert (early.status_code, early.json["error"]) == (409, "draw.value_not_due")
    assert early.json["message"] == "这个见证值约定于 2026-03-11 17:30:00 公布,时间未到。"


def test_an_unwitnessed_seal_takes_no_value(client, app, notice):
    known = values(app, notice.draw_number)
    with app.app_context():
        app.extensions["witness"].answers = False
        made.sealed(notice.number)
        current_app.extensions["clock"].instant = notice.draw_at
    early = client.post(f"/draws/{notice.draw_number}/sources/{OPERATOR}", json={"value": known[OPERATOR]})
    assert (early.status_code, early.json["error"]) == (409, "draw.awaits_witness")


def test_one_address_is_paced(client, waiting):
    draw, known = waiting
    answers = [client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": "0" * 64}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert answers[-1].json["message"] == "提交太频繁。请过 1 分钟再试。"
    other = client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": known[OPERATOR]},
                        environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert other.status_code == 200


def test_a_pace_forgets_after_its_span_and_the_quietest_address():
    pace = Pace(2, 60)
    pace.check("a", START, "x")
    pace.check("a", START + dt.timedelta(seconds=59), "x")
    with pytest.raises(TooOften, match="x"):
        pace.check("a", START + dt.timedelta(seconds=59), "x")
    pace.check("a", START + dt.timedelta(seconds=60), "x")
    for other in range(REMEMBERED):
        pace.check(str(other), START, "x")
    pace.check("a", START + dt.timedelta(seconds=60), "x")
    with pytest.raises(TooOften):
        [pace.check(str(REMEMBERED - 1), START, "x") for _ in range(2)]


def test_every_other_post_still_needs_its_token(client, notice):
    assert client.post("/sign-in", data={}).status_code == 400


# --- the stream -----------------------------------------------------------------------------------------------------------

class Stream:
    """One reader of a draw's events, over a socket."""

    def __init__(self, url, draw, last=None, after=None):
        host = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(host.hostname, host.port, timeout=10)
        headers = {"Last-Event-ID": str(last)} if last is not None else {}
        self.connection.request("GET", f"/draws/{draw}/events" + (f"?after={after}" if after is not None else ""), headers=headers)
        self.answer = self.connection.getresponse()

    def event(self):
        """The next event as a dict of its fields; None at the end."""
        fields = {}
        while True:
            line = self.answer.readline().decode()
            if line == "":
                return None
            if line == "\n" and "data" in fields:
                return {**fields, "data": json.loads(fields["data"])}
            name, colon, text = line.rstrip("\n").partition(": ")
            if colon and name:
                fields[name] = text

    def until(self, kind):
        """Events up to and including the first one whose log type is `kind`."""
        seen = []
        while not seen or seen[-1]["data"].get("type") != kind:
            seen.append(self.event())
        return seen

    def close(self):
        self.answer.close()
        self.connection.close()


def test_the_stream_tells_the_course_and_resumes(app, notice, live_server):
    stream = Stream(live_server.url, notice.draw_number)
    assert stream.answer.status == 200
    assert stream.answer.headers["X-Accel-Buffering"] == "no"
    assert stream.answer.headers["Cache-Control"] == "no-store"
    before = stream.until("entry.received")
    assert "notice.published" in [each["data"]["type"] for each in before]
    assert all(set(each["data"]) == {"index", "type"} for each in before)
    in_context(app, made.sealed, notice.number)
    sealed = stream.until("entries.sealed")[-1]
    assert stream.event()["event"] == "witnessed"
    stream.close()
    in_context(app, made.drawn, notice.number)
    again = Stream(live_server.url, notice.draw_number, last=sealed["id"])
    rest = [each["data"]["type"] for each in again.until("result.published") if each["event"] == "entry"]
    assert [kind for kind in rest if not kind.startswith("window.")] == [
        "source.value", "source.value", "draw.result", "result.published"]
    again.close()


@pytest.mark.parametrize("last", ["x", "-5", "9" * 40, "१"])
def test_a_strange_last_event_id_begins_at_the_beginning(app, notice, live_server, last):
    stream = Stream(live_server.url, notice.draw_number, after=urllib.parse.quote(last))
    assert stream.event()["data"]["type"] == "notice.published"
    stream.close()


@pytest.mark.parametrize("signal, within", [("INT", 1), ("TERM", 2)])
def test_streams_end_when_the_server_is_told_to_stop(app, notice, live_server, signal, within):
    stream = Stream(live_server.url, notice.draw_number)
    stream.until("notice.published")
    if signal == "INT":  # gunicorn.conf.py: worker_int
        app.extensions["closing"].set()
    else:  # gunicorn.conf.py: post_worker_init
        app.extensions["is_serving"] = lambda: False
    started = app.extensions["stopwatch"].now()
    while stream.event() is not None:
        pass
    assert app.extensions["stopwatch"].now() - started < dt.timedelta(seconds=within)
    stream.close()


class TestFewStreams:
    """Where one stream is all there is."""

    @pytest.fixture
    def app_config(self):
        return {"STREAMS": 1}

    def test_the_second_is_refused_and_the_place_is_given_back(self, app, notice, live_server):
        one = Stream(live_server.url, notice.draw_number)
        one.until("notice.published")
        full = Stream(live_server.url, notice.draw_number)
        assert full.answer.status == 429
        assert "每隔几秒自动刷新" in full.answer.read().decode()
        app.extensions["closing"].set()
        while one.event() is not None:
            pass
        one.close()
        app.extensions["closing"].clear()
        third = Stream(live_server.url, notice.draw_number)
        assert third.answer.status == 200
        third.close()

    def test_a_head_request_takes_no_place(self, client, notice):
        for _ in range(3):
            assert client.head(f"/draws/{notice.draw_number}/events").status_code == 200
