"""Sources that give no value: drand fetched and handed in, chains lost, rounds that never came, a
lottery read by two.

Every draw that gets through is shown to both verifiers as programs.
"""

import datetime as dt
import http.server
import json
import sys
import threading

import pytest

from market.adapters.beacon import Unreachable, drand_signature
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import CHINA, epoch
from market.kernel.errors import NotPermitted
from market.ledger import queries as ledger
from market.selection.notices import service as notice_service
from market.selection.sources import jobs as source_jobs
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market.selection.sources.rules import plan
from market.selection.sources.rules.plan import Failed, Step
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import at_the_draw, check_refused, draw_of, ready
from tests.selection.outsiders import leaves_of, real_rounds, shown_to_outsiders
from verify.zjcs import drand
from verify.zjcs import draw as protocol

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
NUMBERS = tuple(range(3, 63, 3))
ISSUE_VALUE = "kl8/2023255/" + ".".join(map(str, NUMBERS)) + "/"


@pytest.fixture(scope="module")
def rounds():
    return real_rounds()


class Beacon:
    """An address of drand on this machine; `answers` maps a path to what is said there."""

    def __init__(self):
        beacon = self
        self.answers = {}
        self.asked = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                beacon.asked += 1
                found = beacon.answers.get(self.path)
                body = found if isinstance(found, bytes) else json.dumps(found or "").encode()
                self.send_response(200 if found else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def say(self, number, answer):
        """Answer for a round with this."""
        self.answers[f"/{protocol.DRAND_CHAIN}/public/{number}"] = answer


@pytest.fixture
def beacon():
    """An address of drand that knows no round yet."""
    beacon = Beacon()
    yield beacon
    beacon.server.shutdown()
    beacon.server.server_close()


def in_2023(clock, monkeypatch):
    """So that the draw of a notice in a week is made by the real round 657413."""
    clock.instant = dt.datetime(2023, 9, 8, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(f, "GENESIS", epoch(dt.datetime(2023, 9, 1, tzinfo=dt.UTC)))
    return {"beacon": True, "entry_close": f.at(7, 18, 30), "draw_at": f.at(7, 19)}


def three_sources(clock, monkeypatch):
    """A draw at its instant that has both chains' values and lacks the round 657413."""
    number = ready(**in_2023(clock, monkeypatch))
    at_the_draw(number)
    clock.advance(dt.timedelta(seconds=3))
    f.tick()
    return number


# --- drand --------------------------------------------------------------------------------


def test_the_clock_fetches_a_round_from_the_first_address_that_tells_the_truth(
    context, clock, monkeypatch, beacon, rounds, tmp_path
):
    number = three_sources(clock, monkeypatch)
    other = Beacon()
    other.say(657413, rounds[1000])
    context.config["DRAND_URLS"] = ["http://127.0.0.1:9", other.url, beacon.url]
    beacon.say(657413, rounds[657413])
    source_jobs.fetch_rounds()
    other.server.shutdown()
    other.server.server_close()
    assert (draw_of(number).state, other.asked, beacon.asked) == ("drawn", 1, 1)
    f.tick()
    data = shown_to_outsiders(tmp_path, number)
    assert data["level"] == "S2"
    assert leaves_of(data, "source.value")[-1]["round"] == 657413


def test_only_the_true_signature_of_the_very_round_is_taken(beacon, rounds):
    for number, answer in rounds.items():
        beacon.say(number, answer)
        assert drand_signature([beacon.url], number) == answer["signature"]
    true = rounds[1000]["signature"]
    flipped = true[:-1] + ("0" if true[-1] != "0" else "1")
    for false in (
        {"round": 1000, "signature": rounds[123]["signature"]},
        {"round": 123, "signature": true},
        {"round": 1000, "signature": flipped},
        {"round": 1000, "signature": true.upper()},
        {"round": 1000},
        {"round": 1000, "signature": 7},
        ["round"],
        b"not JSON",
        b"\xff",
    ):
        beacon.say(1000, false)
        with pytest.raises(Unreachable):
            drand_signature([beacon.url], 1000)
    with pytest.raises(Unreachable, match="no address"):
        drand_signature([], 1000)


def test_a_silent_beacon_holds_up_no_other_draw_and_is_asked_only_when_due(
    context, clock, monkeypatch, beacon
):
    number = ready(**in_2023(clock, monkeypatch))
    context.config["DRAND_URLS"] = [beacon.url]
    at_the_draw(number)
    source_jobs.fetch_rounds()
    assert beacon.asked == 0  # The round comes three seconds after the draw's instant.
    clock.advance(dt.timedelta(seconds=3))
    source_jobs.fetch_rounds()
    source_jobs.bring_values()
    assert beacon.asked == 1
    assert [source["value"] is None for source in draw_of(number).sources] == [False, False, True]


def test_a_notice_names_drand_only_where_it_can_be_checked(context, monkeypatch):
    notice_id = f.submitted_notice(beacon=True)
    for library in ("pyblst", "py_ecc", "py_ecc.optimized_bls12_381"):
        monkeypatch.setitem(sys.modules, library, None)
    assert drand.verify(1, "0" * 96) is None
    no = check_refused("notice.no_bls", notice_service.approve, f.reviewer(), notice_id=notice_id)
    assert no.field == "beacon"
    number = f.published_notice()
    assert [plan["kind"] for plan in draw_of(number).fallback] == ["lottery"]


# --- the fallback list --------------------------------------------------------------------


def test_the_notice_fixes_the_fallbacks_and_an_amendment_keeps_them(context):
    number = f.published_notice()
    draw = draw_of(number)
    assert [(each["id"], each["kind"]) for each in draw.fallback] == [
        ("drand-quicknet", "drand"),
        (f"lottery-kl8-{draw.number}", "lottery"),
    ]
    in_one_transaction(
        notice_service.amend,
        f.publisher(),
        number=number,
        entry_close=f.at(8),
        draw_at=f.at(8, 17, 30),
        reason="推后一天",
    )
    facts = [
        each.fields
        for each in ledger.of_subject(reading(CLOCK), number)
        if each.type.startswith("notice.") and "sources" in each.fields
    ]
    assert [each["fallback"] for each in facts] == [draw.fallback, draw.fallback]


def test_each_failed_source_takes_the_next_fallback_and_a_failed_fallback_too():
    planned = [Step("op", "chain", 5), Step("reg", "chain", 5)]
    spare = plan.fallback("XQ-1", beacon=False, can_check=True)
    failures = {"reg": Failed("a", 0)}
    lost = plan.with_fallbacks(planned, spare, lambda source, kind, slot: failures.get(source))
    assert [step.source for step in lost] == ["op", "reg", "drand-quicknet"]
    assert lost[2].slot == protocol.drand_round(protocol.FALLBACK_DELAY)
    failures["op"] = Failed("b", 100_000)
    both = plan.with_fallbacks(planned, spare, lambda source, kind, slot: failures.get(source))
    assert [step.source for step in both] == ["op", "reg", "drand-quicknet", "lottery-kl8-XQ-1"]
    assert both[2].slot == protocol.drand_round(
        100_000 + protocol.FALLBACK_DELAY
    )  # The notice's order, not the losses'.
    assert plan.is_covered(both)
    failures["drand-quicknet"] = Failed("c", 200_000)
    none_left = plan.with_fallbacks(planned, spare, lambda source, kind, slot: failures.get(source))
    assert not plan.is_covered(none_left)


def test_an_evening_belongs_to_its_draw_only_until_half_past_nine():
    at = dt.datetime(2026, 3, 12, 21, 30, tzinfo=CHINA)
    assert plan.evening_after(epoch(at) - 1) == at.date().toordinal()
    assert plan.evening_after(epoch(at)) == at.date().toordinal() + 1
    assert plan.evening_time(at.date().toordinal()) == epoch(at)


# --- a round that never came --------------------------------------------------------------


def failed_round(context, clock, monkeypatch):
    """A draw whose round of drand is a day late, said so on the log."""
    number = three_sources(clock, monkeypatch)
    context.config["DRAND_URLS"] = []
    clock.advance(DAY - dt.timedelta(seconds=1))
    source_jobs.fetch_rounds()
    assert ledger.latest(reading(CLOCK), type="source.failed") == []
    clock.advance(dt.timedelta(seconds=1))
    source_jobs.fetch_rounds()
    source_jobs.fetch_rounds()
    f.tick()
    (said,) = ledger.latest(reading(CLOCK), type="source.failed")
    assert said.fields["round"] == 657413
    assert draw_of(number).state == "source_lost"
    return number


def test_a_failure_is_void_as_soon_as_somebody_hands_the_round_in(
    context, clock, monkeypatch, rounds, tmp_path
):
    number = failed_round(context, clock, monkeypatch)
    assert [source["kind"] for source in draw_of(number).sources] == [
        "chain",
        "chain",
        "drand",
        "lottery",
    ]
    state = in_one_transaction(
        source_service.submit_value,
        VISITOR,
        draw_no=draw_of(number).number,
        source="drand-quicknet",
        round_=657413,
        signature=rounds[657413]["signature"],
    )
    assert state == "drawn"
    assert [source["kind"] for source in draw_of(number).sources] == ["chain", "chain", "drand"]
    f.tick()
    data = shown_to_outsiders(tmp_path, number)
    assert (data["level"], leaves_of(data, "source.failed")) == ("S2", [])


def officers():
    return people.staff("office", "selection_attendant"), people.staff("office", "publisher")


def test_two_officers_enter_the_lottery_and_the_draw_goes_by_it(
    context, clock, monkeypatch, rounds, tmp_path
):
    # It failed on Saturday 16 September at 19:00:03: that evening's issue is meant.
    number = failed_round(context, clock, monkeypatch)
    first, second = officers()
    entered = {"issue": "2023255", "day": dt.date(2023, 9, 16), "numbers": NUMBERS}
    check_refused("lottery.not_drawn", source_service.report_lottery, first, **entered)
    clock.instant = dt.datetime(2023, 9, 16, 21, 30, tzinfo=CHINA)
    for code, wrong in (
        ("lottery.not_waited", {"day": dt.date(2023, 9, 15)}),
        ("lottery.malformed", {"numbers": NUMBERS[:19]}),
        ("lottery.malformed", {"numbers": (*NUMBERS[:19], 81)}),
        ("lottery.malformed", {"issue": "23255"}),
        ("lottery.malformed", {"issue": "2022255"}),
    ):
        check_refused(code, source_service.report_lottery, first, **{**entered, **wrong})
    with pytest.raises(NotPermitted):
        in_one_transaction(source_service.report_lottery, f.reviewer(), **entered)
    report = in_one_transaction(source_service.report_lottery, first, **entered)
    assert [(each.issue, each.proposed_by) for each in source_queries.reports(reading(CLOCK))] == [
        ("2023255", first.person_id)
    ]
    check_refused("lottery.second_person", source_service.confirm_lottery, first, report_id=report)
    check_refused("lottery.none", source_service.confirm_lottery, second, report_id=report + 1)
    assert do(source_service.confirm_lottery, second, report_id=report) == [draw_of(number).number]
    check_refused("lottery.confirmed", source_service.confirm_lottery, second, report_id=report)
    f.tick()
    f.tick()
    assert draw_of(number).state == "drawn"
    data = shown_to_outsiders(tmp_path, number, "--lottery", ISSUE_VALUE)
    shown_to_outsiders(tmp_path, number, undecided={"python", "node"})
    assert (data["level"], leaves_of(data, "source.value")[-1]["issue"]) == ("S2", "2023255")
    assert leaves_of(data, "source.failed")[0]["round"] == 657413
    late = {"round_": 657413, "signature": rounds[657413]["signature"]}
    value = {"draw_no": draw_of(number).number, "source": "drand-quicknet", **late}
    check_refused("draw.is_over", source_service.submit_value, **value)


def test_nobody_hands_in_a_lottery(context, clock, monkeypatch):
    number = failed_round(context, clock, monkeypatch)
    draw = draw_of(number)
    check_refused(
        "draw.lottery_by_officers",
        source_service.submit_value,
        draw_no=draw.number,
        source=draw.sources[3]["id"],
        value="0" * 64,
    )


# --- the pages ----------------------------------------------------------------------------


def test_notice_and_draw_pages_say_which_sources_take_the_place_of_lost_ones(app, client):
    said = "有见证源失效的，依次改用：公开信标 drand、快乐8 开奖号码。"
    with app.app_context():
        number = f.published_notice()
    for address in (f"/notices/{number}", f"/draws/{number.replace('GG', 'XQ')}"):
        assert said in client.get(address).text, address


def test_a_failed_round_can_still_be_handed_in_on_the_page(app, client, clock, monkeypatch, rounds):
    with app.app_context():
        number = failed_round(app, clock, monkeypatch)
    address = f"/draws/{number.replace('GG', 'XQ')}"
    assert "第 657413 轮的签名" in client.get(address).text
    answer = client.post(
        f"{address}/sources/drand-quicknet",
        data={"round": "657413", "signature": rounds[657413]["signature"]},
    )
    assert answer.status_code == 303
    assert "已得出顺序" in client.get(address).text


def test_two_officers_enter_the_numbers_on_the_desk(app, client, clock, monkeypatch):
    with app.app_context():
        number = failed_round(app, clock, monkeypatch)
        first, second = officers()
    clock.instant = dt.datetime(2023, 9, 16, 21, 31, tzinfo=CHINA)
    people.sign_in(client, first)
    assert number.replace("GG", "XQ") in client.get("/office/sources").text
    form = {
        "issue": "2023255",
        "day": "2023-09-16",
        "numbers": " ".join(map(str, reversed(NUMBERS))),
    }
    address = "/office/sources/lottery"
    few = people.submit(client, address, {**form, "numbers": "1 2 3 4 5 6 7 8 9 10"})
    assert (few.status_code, "请填 20 个号码" in few.text) == (422, True)
    twice = people.submit(client, address, {**form, "numbers": "3 " * 20})
    assert (twice.status_code, "互不相同" in twice.text) == (422, True)
    assert people.submit(client, address, form).status_code == 303
    own = client.get("/office/sources").text
    assert "等待另一名工作人员核对" in own
    confirm = "/office/sources/lottery/1/confirm"
    assert confirm not in own
    people.sign_in(client, second)
    assert "核对无误" in client.get("/office/sources").text
    carried = people.carried(client, "/office/sources", to=confirm)
    assert client.post(confirm, data=carried).status_code == 303
    again = client.post(confirm, data=carried)
    assert (again.status_code, "这份录入已经核对过" in again.text) == (409, True)
    with app.app_context():
        f.tick()
        assert draw_of(number).state == "drawn"
