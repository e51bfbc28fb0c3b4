"""Each rule of section 2.8 alone refuses a properly signed forgery, in Python and in JavaScript."""

import functools
import json
import re

import pytest

from tests.verify.cases import HONEST, draw_by_lottery, fail_drand, lottery
from tests.verify.forge import DRAW_AT, keys_json, make
from tests.verify.forgeries import FORGED
from tests.verify.mirror import numbered
from tests.verify.node import batch, script
from tests.verify.vectors import worked
from verify.zjcs import drand, evidence, keys
from verify.zjcs.faults import Fault
from verify.zjcs.rules import RULES
from verify.zjcs.words import WORDS, sentence


@functools.cache
def honest(name):
    """Text of an honest file."""
    change, settings = HONEST[name]
    return make(change, **settings).text()


def pinned_for(name):
    """The keys.json of an honest file's log."""
    return keys_json(HONEST[name][1].get("draw_at", DRAW_AT))


@functools.cache
def listed(name):
    """The witness's numbered list, as somebody who checks an honest file asks for it."""
    change, settings = HONEST[name]
    return numbered(make(change, **settings))


@functools.cache
def forged(name):
    """Text of a forged file, and the keys.json that it is held to."""
    forgery = FORGED[name]
    draw_at = forgery.settings.get("draw_at", DRAW_AT)
    pinned = keys_json(draw_at, **forgery.keys) if forgery.keys is not None else None
    return make(forgery.change, **forgery.settings).text(), pinned


@functools.cache
def in_javascript():
    """Verdicts of the browser's verifier on every file, in one run of node."""
    jobs = {
        ("honest", name, pinned): {
            "text": honest(name),
            "keys": pinned_for(name) if pinned else None,
            "cosignatures": [listed(name)] if name == "postponed" else None,
        }
        for name in HONEST
        for pinned in (False, True)
    }
    jobs |= {
        ("forged", name): dict(zip(("text", "keys"), forged(name), strict=True)) for name in FORGED
    }
    return dict(zip(jobs, batch(list(jobs.values())), strict=True))


@pytest.mark.parametrize("pinned", [False, True])
@pytest.mark.parametrize("name", HONEST)
def test_honest_draws_are_verified(name, pinned):
    steps = list(evidence.check(honest(name), keys.load(pinned_for(name)) if pinned else None))
    assert [step.fault for step in steps if step.fault] == []
    answer = in_javascript()["honest", name, pinned]
    assert (answer["ok"], answer["open"]) == (True, []), answer


@pytest.mark.parametrize("name", FORGED)
def test_python_refuses_with_the_reason(name):
    text, pinned = forged(name)
    with pytest.raises(Fault) as refusal:
        list(evidence.check(text, keys.load(pinned) if pinned else None))
    assert (refusal.value.rule, refusal.value.code) == (FORGED[name].rule, FORGED[name].code)
    assert refusal.value.where
    assert not re.search(r"<\w+>", sentence(refusal.value))  # every fact of the sentence is there


@pytest.mark.parametrize("name", FORGED)
def test_javascript_refuses_with_the_reason(name):
    answer = in_javascript()["forged", name]
    forgery = FORGED[name]
    assert (answer["ok"], answer["rule"], answer["code"]) == (False, forgery.rule, forgery.code)
    assert answer["where"]


def test_every_rule_has_its_forgery():
    assert {forgery.rule for forgery in FORGED.values()} >= set(range(1, 17))
    assert {rule.number for rule in RULES} >= set(range(2, 17))


def test_a_lottery_is_undecided_until_a_person_compared_it():
    text = make(draw_by_lottery).text()
    first = [step.fault.code for step in evidence.check(text) if step.fault]
    assert first == ["lottery.compare"]
    value = lottery()["value"]
    assert [step.fault for step in evidence.check(text, lottery=[value]) if step.fault] == []
    one, two = batch([{"text": text}, {"text": text, "lottery": [value]}])
    assert (one["ok"], one["open"], two["ok"]) == (None, ["lottery.compare"], True)


def test_a_failed_round_gives_way_to_the_lottery():
    text = make(fail_drand).text()
    value = lottery()["value"]
    assert [step.fault for step in evidence.check(text, lottery=[value]) if step.fault] == []
    assert batch([{"text": text, "lottery": [value]}])[0]["ok"] is True


def test_a_failure_is_void_once_the_round_is_there():
    def found_after_all(forge):
        forge.with_drand()
        forge.stages["between"].append(
            {
                "v": 1,
                "type": "source.failed",
                "source": "drand-quicknet",
                "round": 657413,
                "at": forge.draw_at + 90_000,
                "by": "operator",
                "reason": "NO_ANSWER",
            }
        )

    assert [step.fault for step in evidence.check(make(found_after_all).text()) if step.fault] == []


def test_without_a_bls_library_drand_is_undecided(monkeypatch):
    monkeypatch.setattr(drand, "verify", lambda number, signature: None)
    steps = list(evidence.check(worked("evidence")))
    assert [(step.name, step.fault.code) for step in steps if step.fault] == [
        ("beacons", "drand.no_library")
    ]


def test_the_worked_evidence_verifies():
    assert [step.fault for step in evidence.check(worked("evidence")) if step.fault] == []
    assert batch([{"text": worked("evidence")}])[0] == {
        "ok": True,
        "code": None,
        "rule": None,
        "where": None,
        "open": [],
        "word": False,
        "marks": [],
    }


def test_every_code_has_words_in_both_languages():
    for code, (english, chinese) in WORDS.items():
        assert english and chinese, code
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese), code


def test_json_that_is_no_evidence_is_refused():
    extra = json.dumps(json.loads(worked("evidence")) | {"x": 1})
    for text in ("", "[]", "{}", "null", "1", '{"protocol":"zjcs-draw/1"}', extra):
        with pytest.raises(Fault):
            list(evidence.check(text))
        assert batch([{"text": text}])[0]["ok"] is False


def test_a_browser_without_ed25519_says_so():
    """Plain http, or an old browser: everything else is checked, signatures stay undecided."""
    answer = script(f"""
        Object.defineProperty(globalThis, "crypto", {{ value: {{ subtle: undefined }} }});
        const {{ verify }} = await import("./draw.js");
        const open = async (text) => {{
          const {{ ok, steps, fault }} = await verify(text);
          return [ok, steps.filter((step) => step.ok === null).map((step) => step.detail), fault?.code ?? null];
        }};
        console.log(JSON.stringify([await open({json.dumps(honest("S1"))}), await open({json.dumps(forged("the wrong winner")[0])})]));
    """)
    assert answer == [
        [None, ["signature.no_support"], None],
        [False, ["signature.no_support"], "result.order"],
    ]
