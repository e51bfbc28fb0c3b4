"""A chain that is lost for ever: signed by two bodies with their own programs, final, and what
takes its place.
"""

import datetime as dt
import pathlib
import subprocess
import sys

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import epoch
from market.kernel.errors import Invalid, NotPermitted, Refusal
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market_witness.__main__ import main as witness_program
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection.deeds import at_the_draw, check_refused, draw_of, ready, values_of
from tests.selection.outsiders import leaves_of, real_rounds, shown_to_outsiders
from tests.selection.test_evidence import keys_json
from tests.verify.node import ROOT
from verify.zjcs import draw as protocol

HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def rounds():
    return real_rounds()


LOST_AT = 1722875784 - protocol.FALLBACK_DELAY  # an hour later comes the real round 10024141


def august(clock, monkeypatch):
    """So that a chain lost at LOST_AT was waited for since a notice of a week before."""
    clock.instant = dt.datetime(2024, 7, 26, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(f, "GENESIS", epoch(dt.datetime(2024, 7, 20, tzinfo=dt.UTC)))


def waiting_for_the_operator(clock, monkeypatch):
    """A draw in August 2024 that has the regulator's value and lacks the operator's; the clock
    stands at its instant.
    """
    august(clock, monkeypatch)
    number = ready()
    at_the_draw(number)
    in_one_transaction(
        source_service.submit_value,
        VISITOR,
        draw_no=draw_of(number).number,
        source=f.REGULATOR_CHAIN,
        value=values_of(number)[f.REGULATOR_CHAIN],
    )
    return number


def signatures(context, capsys, source, slot):
    """What the operator's and the regulator's own programs print."""
    capsys.readouterr()
    operator = context.test_cli_runner().invoke(
        args=["draw", "lost", "--source", source, "--slot", str(slot)]
    )
    folder = str(pathlib.Path(context.config["INSTANCE"]) / "witness")
    assert (
        witness_program(["--folder", folder, "lost", "--source", source, "--slot", str(slot)]) == 0
    )
    return operator.output, capsys.readouterr().out


def keys_of(context):
    return [f.keys().log_vkey(), fabric(context).witness.inner.vkey.vkey]


def check_losses_are_held_to_their_notes(inspector, given, of_the_other_chain: str) -> None:
    """What the two have signed must be this loss, and the loss must be one."""
    slot = given["slot"]
    operator, regulator = given["signed"]
    forged = regulator.replace(f"\n{slot}\n", f"\n{slot + 1}\n")
    for code, wrong in (
        ("source.note_signers", {"signed": [operator]}),
        ("source.note_signers", {"signed": [regulator, regulator]}),
        ("source.note_malformed", {"signed": [operator, regulator[:-9]]}),
        ("source.note_other", {"signed": [operator, of_the_other_chain]}),
        ("source.note_other", {"signed": [operator, forged]}),
        ("source.other_slot", {"slot": slot + 1}),
        ("source.not_waited", {"source": f.REGULATOR_CHAIN}),
        ("source.reason", {"reason": "BORED"}),
        ("draw.no_source", {"source": "other"}),
    ):
        check_refused(code, source_service.lose_chain, inspector, **{**given, **wrong})


def check_waits_for_the_round(draw, values: dict[str, str]) -> None:
    """The lost chain is replaced by a round, and its value comes too late."""
    assert draw.state == "source_lost"
    assert [source["kind"] for source in draw.sources] == ["chain", "chain", "drand"]
    value = {"source": f.OPERATOR_CHAIN, "value": values[f.OPERATOR_CHAIN]}
    check_refused("draw.source_lost", source_service.submit_value, draw_no=draw.number, **value)


def test_a_lost_chain_gives_way_to_the_round_an_hour_later(
    context, clock, monkeypatch, capsys, rounds, tmp_path
):
    number = waiting_for_the_operator(clock, monkeypatch)
    inspector = people.staff("inspection", "inspector")
    slot = draw_of(number).sources[0]["slot"]
    operator, regulator = signatures(context, capsys, f.OPERATOR_CHAIN, slot)
    given = {
        "source": f.OPERATOR_CHAIN,
        "slot": slot,
        "reason": "SECRET_LOST",
        "signed": [operator, regulator],
        "vkeys": keys_of(context),
    }
    check_refused("source.lost_early", source_service.lose_chain, inspector, **given)
    clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
    other = signatures(context, capsys, f.REGULATOR_CHAIN, slot)
    check_losses_are_held_to_their_notes(inspector, given, other[1])
    with pytest.raises(NotPermitted):
        in_one_transaction(source_service.lose_chain, f.publisher(), **given)
    pasted = [f"\n{text}\n".replace("\n", "\r\n") for text in (operator, regulator)]
    in_one_transaction(source_service.lose_chain, inspector, **{**given, "signed": pasted})
    check_refused("source.lost_already", source_service.lose_chain, inspector, **given)
    f.tick()
    check_waits_for_the_round(draw_of(number), values_of(number))
    round_ = {"round_": 10024141, "signature": rounds[10024141]["signature"]}
    fallback = {"draw_no": draw_of(number).number, "source": "drand-quicknet", **round_}
    check_refused("draw.value_not_due", source_service.submit_value, **fallback)
    clock.advance(HOUR + dt.timedelta(seconds=3))
    assert in_one_transaction(source_service.submit_value, VISITOR, **fallback) == "drawn"
    f.tick()
    data = shown_to_outsiders(tmp_path, number)
    assert (data["level"], draw_of(number).reached, draw_of(number).level) == ("S0", "S0", "S1")
    assert leaves_of(data, "source.lost")[0]["by"] == "inspection"
    assert [leaf["source"] for leaf in leaves_of(data, "source.value")] == [
        f.REGULATOR_CHAIN,
        "drand-quicknet",
    ]


def test_a_list_sealed_after_the_loss_is_listed_again_and_new_notices_do_not_name_the_chain(
    context, clock, monkeypatch, capsys
):
    number = waiting_for_the_operator(clock, monkeypatch)
    later = f.published_notice(entry_close=f.at(9), draw_at=f.at(9, 17, 30), ceiling_fen=100)
    for _ in range(3):
        f.enter(later, f.agency(), 50)
    slot = draw_of(number).sources[0]["slot"]
    clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
    in_one_transaction(
        source_service.lose_chain,
        people.staff("authority", "rule_approver"),
        source=f.OPERATOR_CHAIN,
        slot=slot,
        reason="NO_ANSWER",
        signed=signatures(context, capsys, f.OPERATOR_CHAIN, slot),
        vkeys=keys_of(context),
    )
    f.drawn(later)
    card = result_queries.notice(reading(CLOCK), later)
    assert (card.state, card.failure, draw_of(later).state) == ("failed", "SOURCE_LOST", "aborted")
    notice_id = in_one_transaction(
        notice_service.draft, (buyer := f.owner()).drafter, terms=f.terms()
    )
    no = check_refused("notice.below_s1", notice_service.submit, buyer.drafter, notice_id=notice_id)
    assert isinstance(no, Refusal) and not isinstance(no, Invalid)


def regulators_value_comes(number: str) -> None:
    """The value of the chain that is not lost."""
    in_one_transaction(
        source_service.submit_value,
        VISITOR,
        draw_no=draw_of(number).number,
        source=f.REGULATOR_CHAIN,
        value=values_of(number)[f.REGULATOR_CHAIN],
    )


def check_log_holds(url: str, keys: pathlib.Path, as_of: dt.datetime) -> None:
    """The outsiders' program finds no fault in the whole log."""
    program = [sys.executable, str(ROOT / "verify/verify_log.py"), f"{url}/log"]
    program += ["--keys", str(keys), "--as-of", str(int(as_of.timestamp()))]
    run = subprocess.run(program, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr


def test_two_draws_of_one_lost_slot_and_one_of_a_later_slot_hold_in_the_whole_log(
    live_server, app, clock, monkeypatch, capsys, rounds, tmp_path
):
    with app.app_context():
        august(clock, monkeypatch)
        numbers = [
            f.published_notice(),
            f.published_notice(),
            f.published_notice(draw_at=f.at(7, 18, 30)),
        ]
        for number in numbers:
            f.entered(number, 3)
        f.sealed(number)
        for number in numbers:
            at_the_draw(number)
            regulators_value_comes(number)
        slot = draw_of(numbers[0]).sources[0]["slot"]
        clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
        in_one_transaction(
            source_service.lose_chain,
            people.staff("inspection", "inspector"),
            source=f.OPERATOR_CHAIN,
            slot=slot,
            reason="NO_ANSWER",
            signed=signatures(app, capsys, f.OPERATOR_CHAIN, slot),
            vkeys=keys_of(app),
        )
        f.tick()
        clock.advance(HOUR + dt.timedelta(seconds=3))
        round_ = {"round_": 10024141, "signature": rounds[10024141]["signature"]}
        value = {"draw_no": draw_of(number).number, "source": "drand-quicknet", **round_}
        in_one_transaction(source_service.submit_value, VISITOR, **value)
        f.tick()
        assert [draw_of(each).state for each in numbers] == ["drawn"] * 3
        (tmp_path / "keys.json").write_text(keys_json())
    check_log_holds(live_server.url, tmp_path / "keys.json", clock.instant)


def test_a_withheld_value_is_exposed_by_the_next_one(context):
    number = ready()
    at_the_draw(number)
    values = values_of(number)
    draw = draw_of(number)
    in_one_transaction(
        source_service.submit_value,
        VISITOR,
        draw_no=draw.number,
        source=f.OPERATOR_CHAIN,
        value=values[f.OPERATOR_CHAIN],
    )
    slot = draw.sources[0]["slot"]
    assert source_queries.derived_value(reading(CLOCK), f.OPERATOR_CHAIN, slot) is None
    below = source_queries.derived_value(reading(CLOCK), f.OPERATOR_CHAIN, slot - 1)
    assert below == protocol.value_at(f.keys().chain().secret, f.SLOTS, slot - 1)


def test_the_inspector_pastes_two_signatures_and_what_is_wrong_is_said_beside_what_he_typed(
    app, client, clock, monkeypatch, capsys
):
    with app.app_context():
        number = waiting_for_the_operator(clock, monkeypatch)
        slot = draw_of(number).sources[0]["slot"]
        inspector = people.staff("inspection", "inspector")
        officer = people.staff("office", "publisher")
        operator, regulator = signatures(app, capsys, f.OPERATOR_CHAIN, slot)
    people.sign_in(client, officer)
    desk = client.get("/office/sources").text
    assert f"第 {slot} 格，约定" in desk
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
    assert (alone.status_code, "现在认出的签名：zjcs.example.org/log" in alone.text) == (422, True)
    assert operator.splitlines()[-1] in alone.text
    assert people.submit(client, address, form).status_code == 303
    assert "已于" in client.get(address).text
    assert f"第 {slot} 格起失效" in client.get("/office/sources").text
    assert client.get("/office/sources/other/lost").status_code == 404
    with app.app_context():
        f.tick()
    assert "见证源失效，改用备用源" in client.get(f"/draws/{number.replace('GG', 'XQ')}").text
