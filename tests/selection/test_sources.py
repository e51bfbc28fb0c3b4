"""Sources that give no value: drand fetched and handed in, chains lost, rounds that never came, a lottery read by two.

Every draw that gets through is shown to both verifiers as programs.
"""
import datetime as dt
import http.server
import json
import re
import subprocess
import sys
import threading

import pytest

from market.adapters.beacon import Unreachable, drand_signature
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import CHINA, epoch
from market.kernel.errors import Invalid, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.selection import jobs, queries, service
from market.selection.rules import plan
from market.selection.rules.plan import Failed, Step
from market_witness.__main__ import main as witness_program
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection.test_draw import at_the_draw, draw_of, ready, refused, values_of
from tests.selection.test_evidence import file_of, keys_json
from tests.verify.node import ROOT, node
from tests.verify.vectors import shared
from verify.zjcs import drand
from verify.zjcs import draw as protocol

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
NUMBERS = tuple(range(3, 63, 3))
ISSUE_VALUE = "kl8/2023255/" + ".".join(map(str, NUMBERS)) + "/"


@pytest.fixture(scope="module")
def rounds():
    """The four real rounds of drand quicknet: number -> the network's own answer."""
    return {each["round"]: each for each in shared("drand_quicknet.json")["rounds"]}


class Beacon:
    """An address of drand on this machine; `answers` maps a path to what is said there."""

    def __init__(self):
        beacon = self
        self.answers, self.asked = {}, 0

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


def shown_to_outsiders(tmp_path, number, *lottery, undecided=()):
    """Both programs with the regulator's keys; exit 3 for those in `undecided`. Returns the file."""
    path, pinned = tmp_path / "evidence.json", tmp_path / "keys.json"
    path.write_text(file_of(number), encoding="utf-8")
    pinned.write_text(keys_json(), encoding="utf-8")
    programs = {"python": [sys.executable, str(ROOT / "verify/verify_draw.py")],
                "node": [node(), str(ROOT / "static/verify/cli.mjs")]}
    for name, program in programs.items():
        run = subprocess.run([*program, str(path), "--keys", str(pinned), *lottery], capture_output=True, text=True,
                             timeout=60)
        assert run.returncode == (3 if name in undecided else 0), name + run.stdout + run.stderr
    return json.loads(path.read_text())


def leaves_of(data, kind):
    return [leaf for leaf in (json.loads(each["utf8"]) for each in data["leaves"]) if leaf["type"] == kind]


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


# --- drand ------------------------------------------------------------------------------------------------------------

def test_the_clock_fetches_a_round_from_the_first_address_that_tells_the_truth(context, clock, monkeypatch, beacon, rounds,
                                                                               tmp_path):
    number = three_sources(clock, monkeypatch)
    other = Beacon()
    other.say(657413, rounds[1000])
    context.config["DRAND_URLS"] = ["http://127.0.0.1:9", other.url, beacon.url]
    beacon.say(657413, rounds[657413])
    jobs.fetch_rounds()
    other.server.shutdown()
    other.server.server_close()
    assert (draw_of(number).state, other.asked, beacon.asked) == ("drawn", 1, 1)
    f.tick()
    data = shown_to_outsiders(tmp_path, number, undecided={"node"})  # The browser's verifier has no BLS library.
    assert data["level"] == "S2"
    assert leaves_of(data, "source.value")[-1]["round"] == 657413


def test_only_the_true_signature_of_the_very_round_is_taken(beacon, rounds):
    for number, answer in rounds.items():
        beacon.say(number, answer)
        assert drand_signature([beacon.url], number) == answer["signature"]
    true = rounds[1000]["signature"]
    flipped = true[:-1] + ("0" if true[-1] != "0" else "1")
    for false in ({"round": 1000, "signature": rounds[123]["signature"]}, {"round": 123, "signature": true},
                  {"round": 1000, "signature": flipped}, {"round": 1000, "signature": true.upper()}, {"round": 1000},
                  {"round": 1000, "signature": 7}, ["round"], b"not JSON", b"\xff"):
        beacon.say(1000, false)
        with pytest.raises(Unreachable):
            drand_signature([beacon.url], 1000)
    with pytest.raises(Unreachable, match="no address"):
        drand_signature([], 1000)


def test_a_silent_beacon_holds_up_no_other_draw_and_is_asked_only_when_due(context, clock, monkeypatch, beacon):
    number = ready(**in_2023(clock, monkeypatch))
    context.config["DRAND_URLS"] = [beacon.url]
    at_the_draw(number)
    jobs.fetch_rounds()
    assert beacon.asked == 0  # The round comes three seconds after the draw's instant.
    clock.advance(dt.timedelta(seconds=3))
    jobs.fetch_rounds()
    jobs.bring_values()
    assert beacon.asked == 1
    assert [source["value"] is None for source in draw_of(number).sources] == [False, False, True]


def test_a_notice_names_drand_only_where_it_can_be_checked(context, monkeypatch):
    notice_id = f.submitted_notice(beacon=True)
    for library in ("pyblst", "py_ecc", "py_ecc.optimized_bls12_381"):
        monkeypatch.setitem(sys.modules, library, None)
    assert drand.verify(1, "0" * 96) is None
    no = refused("notice.no_bls", service.approve, f.reviewer(), notice_id=notice_id)
    assert no.field == "beacon"
    number = f.published_notice()
    assert [plan["kind"] for plan in draw_of(number).fallback] == ["lottery"]


# --- the fallback list ------------------------------------------------------------------------------------------------

def test_the_notice_fixes_the_fallbacks_and_an_amendment_keeps_them(context):
    number = f.published_notice()
    draw = draw_of(number)
    assert [(each["id"], each["kind"]) for each in draw.fallback] == [
        ("drand-quicknet", "drand"), (f"lottery-kl8-{draw.number}", "lottery")]
    in_one_transaction(service.amend, f.publisher(), number=number, entry_close=f.at(8), draw_at=f.at(8, 17, 30), reason="推后一天")
    facts = [each.fields for each in ledger.of_subject(reading(CLOCK), number) if each.type.startswith("notice.")
             and "sources" in each.fields]
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
    assert both[2].slot == protocol.drand_round(100_000 + protocol.FALLBACK_DELAY)  # The notice's order, not the losses'.
    assert plan.is_covered(both)
    failures["drand-quicknet"] = Failed("c", 200_000)
    none_left = plan.with_fallbacks(planned, spare, lambda source, kind, slot: failures.get(source))
    assert not plan.is_covered(none_left)


def test_an_evening_belongs_to_its_draw_only_until_half_past_nine():
    at = dt.datetime(2026, 3, 12, 21, 30, tzinfo=CHINA)
    assert plan.evening_after(epoch(at) - 1) == at.date().toordinal()
    assert plan.evening_after(epoch(at)) == at.date().toordinal() + 1
    assert plan.evening_time(at.date().toordinal()) == epoch(at)


# --- a round that never came ------------------------------------------------------------------------------------------

def failed_round(context, clock, monkeypatch):
    """A draw whose round of drand is a day late, said so on the log."""
    number = three_sources(clock, monkeypatch)
    context.config["DRAND_URLS"] = []
    clock.advance(DAY - dt.timedelta(seconds=1))
    jobs.fetch_rounds()
    assert ledger.latest(reading(CLOCK), type="source.failed") == []
    clock.advance(dt.timedelta(seconds=1))
    jobs.fetch_rounds()
    jobs.fetch_rounds()
    f.tick()
    (said,) = ledger.latest(reading(CLOCK), type="source.failed")
    assert said.fields["round"] == 657413
    assert draw_of(number).state == "source_lost"
    return number


def test_a_failure_is_void_as_soon_as_somebody_hands_the_round_in(context, clock, monkeypatch, rounds, tmp_path):
    number = failed_round(context, clock, monkeypatch)
    assert [source["kind"] for source in draw_of(number).sources] == ["chain", "chain", "drand", "lottery"]
    state = in_one_transaction(service.submit_value, VISITOR, draw_no=draw_of(number).number, source="drand-quicknet",
                               round_=657413, signature=rounds[657413]["signature"])
    assert state == "drawn"
    assert [source["kind"] for source in draw_of(number).sources] == ["chain", "chain", "drand"]
    f.tick()
    data = shown_to_outsiders(tmp_path, number, undecided={"node"})
    assert (data["level"], leaves_of(data, "source.failed")) == ("S2", [])


def officers():
    return people.staff("office", "selection_attendant"), people.staff("office", "publisher")


def test_two_officers_enter_the_lottery_and_the_draw_goes_by_it(context, clock, monkeypatch, rounds, tmp_path):
    number = failed_round(context, clock, monkeypatch)  # on Saturday 16 September at 19:00:03: that evening's issue is meant
    first, second = officers()
    entered = {"issue": "2023255", "day": dt.date(2023, 9, 16), "numbers": NUMBERS}
    refused("lottery.not_drawn", service.report_lottery, first, **entered)
    clock.instant = dt.datetime(2023, 9, 16, 21, 30, tzinfo=CHINA)
    refused("lottery.not_waited", service.report_lottery, first, **{**entered, "day": dt.date(2023, 9, 15)})
    for wrong in ({"numbers": NUMBERS[:19]}, {"numbers": (*NUMBERS[:19], 81)}, {"issue": "23255"}, {"issue": "2022255"}):
        refused("lottery.malformed", service.report_lottery, first, **{**entered, **wrong})
    with pytest.raises(NotPermitted):
        in_one_transaction(service.report_lottery, f.reviewer(), **entered)
    report = in_one_transaction(service.report_lottery, first, **entered)
    assert [(each.issue, each.proposed_by) for each in queries.reports(reading(CLOCK))] == [("2023255", first.person_id)]
    refused("lottery.second_person", service.confirm_lottery, first, report_id=report)
    refused("lottery.none", service.confirm_lottery, second, report_id=report + 1)
    assert in_one_transaction(service.confirm_lottery, second, report_id=report) == [draw_of(number).number]
    refused("lottery.confirmed", service.confirm_lottery, second, report_id=report)
    f.tick()
    f.tick()
    assert draw_of(number).state == "drawn"
    data = shown_to_outsiders(tmp_path, number, "--lottery", ISSUE_VALUE)
    shown_to_outsiders(tmp_path, number, undecided={"python", "node"})
    assert (data["level"], leaves_of(data, "source.value")[-1]["issue"]) == ("S2", "2023255")
    assert leaves_of(data, "source.failed")[0]["round"] == 657413
    refused("draw.is_over", service.submit_value, draw_no=draw_of(number).number, source="drand-quicknet", round_=657413,
            signature=rounds[657413]["signature"])


def test_nobody_hands_in_a_lottery(context, clock, monkeypatch):
    number = failed_round(context, clock, monkeypatch)
    draw = draw_of(number)
    refused("draw.lottery_by_officers", service.submit_value, draw_no=draw.number, source=draw.sources[3]["id"], value="0" * 64)


# --- a chain that is lost ---------------------------------------------------------------------------------------------

LOST_AT = 1722875784 - protocol.FALLBACK_DELAY  # an hour later comes the real round 10024141


def august(clock, monkeypatch):
    """So that a chain lost at LOST_AT was waited for since a notice of a week before."""
    clock.instant = dt.datetime(2024, 7, 26, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(f, "GENESIS", epoch(dt.datetime(2024, 7, 20, tzinfo=dt.UTC)))


def waiting_for_the_operator(clock, monkeypatch):
    """A draw in August 2024 that has the regulator's value and lacks the operator's; the clock stands at its instant."""
    august(clock, monkeypatch)
    number = ready()
    at_the_draw(number)
    in_one_transaction(service.submit_value, VISITOR, draw_no=draw_of(number).number, source=f.REGULATOR_CHAIN,
                       value=values_of(number)[f.REGULATOR_CHAIN])
    return number


def signatures(context, capsys, source, slot):
    """What the operator's and the regulator's own programs print."""
    capsys.readouterr()
    operator = context.test_cli_runner().invoke(args=["draw", "lost", "--source", source, "--slot", str(slot)])
    folder = str(f.pathlib.Path(context.config["INSTANCE"]) / "witness")
    assert witness_program(["--folder", folder, "lost", "--source", source, "--slot", str(slot)]) == 0
    return operator.output, capsys.readouterr().out


def keys_of(context):
    return [f.keys().log_vkey(), context.extensions["witness"].inner.vkey.vkey]


def test_a_lost_chain_gives_way_to_the_round_an_hour_later(context, clock, monkeypatch, capsys, rounds, tmp_path):
    number = waiting_for_the_operator(clock, monkeypatch)
    inspector, slot = people.staff("inspection", "inspector"), draw_of(number).sources[0]["slot"]
    operator, regulator = signatures(context, capsys, f.OPERATOR_CHAIN, slot)
    given = {"source": f.OPERATOR_CHAIN, "slot": slot, "reason": "SECRET_LOST", "signed": [operator, regulator],
             "vkeys": keys_of(context)}
    refused("source.lost_early", service.lose_chain, inspector, **given)
    clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
    refused("source.note_signers", service.lose_chain, inspector, **{**given, "signed": [operator]})
    refused("source.note_signers", service.lose_chain, inspector, **{**given, "signed": [regulator, regulator]})
    refused("source.note_malformed", service.lose_chain, inspector, **{**given, "signed": [operator, regulator[:-9]]})
    other = signatures(context, capsys, f.REGULATOR_CHAIN, slot)
    refused("source.note_other", service.lose_chain, inspector, **{**given, "signed": [operator, other[1]]})
    forged = regulator.replace(f"\n{slot}\n", f"\n{slot + 1}\n")
    refused("source.note_other", service.lose_chain, inspector, **{**given, "signed": [operator, forged]})
    refused("source.other_slot", service.lose_chain, inspector, **{**given, "slot": slot + 1})
    refused("source.not_waited", service.lose_chain, inspector, **{**given, "source": f.REGULATOR_CHAIN})
    refused("source.reason", service.lose_chain, inspector, **{**given, "reason": "BORED"})
    refused("draw.no_source", service.lose_chain, inspector, **{**given, "source": "other"})
    with pytest.raises(NotPermitted):
        in_one_transaction(service.lose_chain, f.publisher(), **given)
    pasted = [f"\n{text}\n".replace("\n", "\r\n") for text in (operator, regulator)]
    in_one_transaction(service.lose_chain, inspector, **{**given, "signed": pasted})
    refused("source.lost_already", service.lose_chain, inspector, **given)
    f.tick()
    draw = draw_of(number)
    assert (draw.state, [source["kind"] for source in draw.sources]) == ("source_lost", ["chain", "chain", "drand"])
    refused("draw.source_lost", service.submit_value, draw_no=draw.number, source=f.OPERATOR_CHAIN,
            value=values_of(number)[f.OPERATOR_CHAIN])
    fallback = {"draw_no": draw.number, "source": "drand-quicknet", "round_": 10024141,
                "signature": rounds[10024141]["signature"]}
    refused("draw.value_not_due", service.submit_value, **fallback)
    clock.advance(HOUR + dt.timedelta(seconds=3))
    assert in_one_transaction(service.submit_value, VISITOR, **fallback) == "drawn"
    f.tick()
    data = shown_to_outsiders(tmp_path, number, undecided={"node"})
    assert (data["level"], draw_of(number).reached, draw_of(number).level) == ("S0", "S0", "S1")
    assert leaves_of(data, "source.lost")[0]["by"] == "inspection"
    assert [leaf["source"] for leaf in leaves_of(data, "source.value")] == [f.REGULATOR_CHAIN, "drand-quicknet"]


def test_a_list_sealed_after_the_loss_is_listed_again_and_new_notices_do_not_name_the_chain(context, clock, monkeypatch,
                                                                                            capsys):
    number = waiting_for_the_operator(clock, monkeypatch)
    later = f.published_notice(entry_close=f.at(9), draw_at=f.at(9, 17, 30), ceiling_fen=100)
    for _ in range(3):
        f.enter(later, f.agency(), 50)
    slot = draw_of(number).sources[0]["slot"]
    clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
    in_one_transaction(service.lose_chain, people.staff("authority", "rule_approver"), source=f.OPERATOR_CHAIN, slot=slot,
                       reason="NO_ANSWER", signed=signatures(context, capsys, f.OPERATOR_CHAIN, slot), vkeys=keys_of(context))
    f.drawn(later)
    card = queries.notice(reading(CLOCK), later)
    assert (card.state, card.failure, draw_of(later).state) == ("failed", "SOURCE_LOST", "aborted")
    notice_id = in_one_transaction(service.draft, (buyer := f.owner()).drafter, terms=f.terms())
    no = refused("notice.below_s1", service.submit, buyer.drafter, notice_id=notice_id)
    assert isinstance(no, Refusal) and not isinstance(no, Invalid)


def test_two_draws_of_one_lost_slot_and_one_of_a_later_slot_hold_in_the_whole_log(live_server, app, clock, monkeypatch, capsys,
                                                                                 rounds, tmp_path):
    with app.app_context():
        august(clock, monkeypatch)
        numbers = [f.published_notice(), f.published_notice(), f.published_notice(draw_at=f.at(7, 18, 30))]
        for number in numbers:
            f.entered(number, 3)
        f.sealed(number)
        for number in numbers:
            at_the_draw(number)
            in_one_transaction(service.submit_value, VISITOR, draw_no=draw_of(number).number, source=f.REGULATOR_CHAIN,
                               value=values_of(number)[f.REGULATOR_CHAIN])
        slot = draw_of(numbers[0]).sources[0]["slot"]
        clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
        in_one_transaction(service.lose_chain, people.staff("inspection", "inspector"), source=f.OPERATOR_CHAIN, slot=slot,
                           reason="NO_ANSWER", signed=signatures(app, capsys, f.OPERATOR_CHAIN, slot), vkeys=keys_of(app))
        f.tick()
        clock.advance(HOUR + dt.timedelta(seconds=3))
        in_one_transaction(service.submit_value, VISITOR, draw_no=draw_of(number).number, source="drand-quicknet",
                           round_=10024141, signature=rounds[10024141]["signature"])
        f.tick()
        assert [draw_of(each).state for each in numbers] == ["drawn"] * 3
        (tmp_path / "keys.json").write_text(keys_json())
    run = subprocess.run([sys.executable, str(ROOT / "verify/verify_log.py"), f"{live_server.url}/log", "--keys",
                          str(tmp_path / "keys.json")], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_withheld_value_is_exposed_by_the_next_one(context):
    number = ready()
    at_the_draw(number)
    values, draw = values_of(number), draw_of(number)
    in_one_transaction(service.submit_value, VISITOR, draw_no=draw.number, source=f.OPERATOR_CHAIN, value=values[f.OPERATOR_CHAIN])
    slot = draw.sources[0]["slot"]
    assert queries.derived_value(reading(CLOCK), f.OPERATOR_CHAIN, slot) is None
    below = queries.derived_value(reading(CLOCK), f.OPERATOR_CHAIN, slot - 1)
    assert below == protocol.value_at(f.keys().chain().secret, f.SLOTS, slot - 1)


# --- the desk ---------------------------------------------------------------------------------------------------------

def test_the_inspector_pastes_two_signatures_and_what_is_wrong_is_said_beside_what_he_typed(app, client, clock, monkeypatch,
                                                                                            capsys):
    with app.app_context():
        number = waiting_for_the_operator(clock, monkeypatch)
        slot = draw_of(number).sources[0]["slot"]
        inspector, officer = people.staff("inspection", "inspector"), people.staff("office", "publisher")
        operator, regulator = signatures(app, capsys, f.OPERATOR_CHAIN, slot)
    people.sign_in(client, officer)
    desk = client.get("/office/sources").text
    assert f"第 {slot} 格,约定" in desk
    assert "/lost" not in desk
    address = f"/office/sources/{f.OPERATOR_CHAIN}/lost"
    assert client.get(address).status_code == 403
    people.sign_in(client, inspector)
    assert address in client.get("/office/sources").text
    page = client.get(address).text
    assert f"zjcs/source.lost/1\n{f.OPERATOR_CHAIN}\n{slot}\n" in page
    assert "最早可于" in page
    form = {"slot": str(slot), "reason": "NO_ANSWER", "signed": operator, "also_signed": regulator}
    early = people.submit(client, address, form)
    assert (early.status_code, "约定时刻之后 24 小时" in early.text) == (409, True)
    clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
    people.sign_in(client, inspector)
    alone = people.submit(client, address, {**form, "also_signed": ""})
    assert (alone.status_code, "现在认出的签名:zjcs.example.org/log" in alone.text) == (422, True)
    assert operator.splitlines()[-1] in alone.text
    assert people.submit(client, address, form).status_code == 303
    assert "已于" in client.get(address).text
    assert f"第 {slot} 格起失效" in client.get("/office/sources").text
    assert client.get("/office/sources/other/lost").status_code == 404
    with app.app_context():
        f.tick()
    assert "见证源失效,改用备用源" in client.get(f"/draws/{number.replace('GG', 'XQ')}").text


def test_notice_and_draw_pages_say_which_sources_take_the_place_of_lost_ones(app, client):
    said = "有见证源失效的,依次改用:公开信标 drand、快乐8 开奖号码。"
    with app.app_context():
        number = f.published_notice()
    for address in (f"/notices/{number}", f"/draws/{number.replace('GG', 'XQ')}"):
        assert said in client.get(address).text, address


def test_a_failed_round_can_still_be_handed_in_on_the_page(app, client, clock, monkeypatch, rounds):
    with app.app_context():
        number = failed_round(app, clock, monkeypatch)
    address = f"/draws/{number.replace('GG', 'XQ')}"
    assert "第 657413 轮的签名" in client.get(address).text
    answer = client.post(f"{address}/sources/drand-quicknet",
                         data={"round": "657413", "signature": rounds[657413]["signature"]})
    assert answer.status_code == 303
    assert "已得出顺序" in client.get(address).text


def test_two_officers_enter_the_numbers_on_the_desk(app, client, clock, monkeypatch):
    with app.app_context():
        number = failed_round(app, clock, monkeypatch)
        first, second = officers()
    clock.instant = dt.datetime(2023, 9, 16, 21, 31, tzinfo=CHINA)
    people.sign_in(client, first)
    assert number.replace("GG", "XQ") in client.get("/office/sources").text
    form = {"issue": "2023255", "day": "2023-09-16", "numbers": " ".join(map(str, reversed(NUMBERS)))}
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
    page = client.get("/office/sources").text
    assert "核对无误" in page
    token = re.search('name="csrf_token" value="([^"]+)"', page)[1]
    assert client.post(confirm, data={"csrf_token": token}).status_code == 303
    again = client.post(confirm, data={"csrf_token": token})
    assert (again.status_code, "这份录入已经核对过" in again.text) == (409, True)
    with app.app_context():
        f.tick()
        assert draw_of(number).state == "drawn"
