"""综合评分 by rates, credit, promised days and sealed files: from the terms to the letter, by the real services."""

import copy
import dataclasses
import json

import pytest

from market.contracts import queries as contracts
from market.db import in_one_transaction, reading
from market.enrolment import service as enrolment
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import compare
from market.selection.credit import queries as credit_queries
from market.selection.entries.rules import boxing
from market.selection.notices.queries import against, case
from market.selection.notices.queries import rows as notice_rows
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import scoring as s
from tests.selection import shortlisting
from tests.selection import test_scored_proof as pr
from tests.selection import weighing as w
from tests.selection.deeds import log_of
from tests.selection.sealing import everything_kept
from tests.verify.node import batch
from verify.zjcs import examples


@pytest.mark.databases
def test_rates_credit_days_and_files_from_the_notice_to_the_letter(context):
    number, _, panel, known = w.published()
    made = w.entered(number, known)
    assert "方案内容1".encode() not in b"".join(everything_kept())
    f.sealed(number)
    (frozen,) = log_of(number, "credit.frozen")
    assert [row.get("marks") for row in frozen.fields["rows"]] == [9300, None, None]
    for juror in panel[:3]:
        w.p.judged(number, juror, {"0": 100, "1": 60, "2": 60})
    s.opened(number)

    result = scored_queries.result(reading(CLOCK), number)
    lines = {line.ref: line for line in result.lines}
    first, *others = (lines[who.ref] for who in made)
    assert (first.quote_fen, first.rate_bp, first.days) == (10_800_000, 10_00, 30)
    assert [line.columns["response"] for line in (first, *others)] == [0, 10000, 5556]
    assert [line.columns["credit"] for line in (first, *others)] == [9300, 9300, 9300]
    assert [line.is_new for line in (first, *others)] == [False, True, True]
    assert first.parts == {"price": 2933, "proposal": 5000, "credit": 1395, "response": 0}
    assert first.total == 9328 and first.rank == 1
    example = json.loads(json.dumps(scored_queries.example_of(reading(VISITOR), number)))
    ranked = examples.expected(example["method"], example["input"])
    assert ranked["order"] == [line.ref for line in result.lines]
    assert ranked["total"] == {line.ref: f"{line.total / 100:.2f}" for line in result.lines}
    assert compare(reading(CLOCK), fabric().held).first == ()
    assert s.verified(number)["scored_credit"] == "1 + 2; 93.00"

    page = context.test_client().get(f"/notices/{number}/scores").get_data(as_text=True)
    assert all(said in page for said in ("折算 13.95", "下浮 10.00%", "承诺 30 日", "新"))
    card = result_queries.notice(reading(CLOCK), number)
    assert card.winner is not None and card.winner.days == 30
    f.move_to(card.standstill_due)
    (award,) = contracts.of_notice(reading(CLOCK), number)
    assert (award.amount_fen, award.service_days) == (10_800_000, 30)


TEXTS = w.WHOLE._replace(has_files=False)


def test_what_is_typed_or_sealed_against_the_notice_is_refused_before_it_is_taken(context):
    number, _, panel, known = w.published(TEXTS)
    s.propose(number, known)
    for rate, days, code in (
        (100_00, 20, "entry.rate"),
        (-1, 20, "entry.rate"),
        (8_00, 31, "entry.days"),
        (8_00, None, "entry.days"),
    ):
        with pytest.raises(Refusal, match=code):
            w.typed(number, known, rate, days)
    sealed = w.sealed_rate(number, known, 8_00, 30)
    with pytest.raises(Refusal, match="no_tool_here"):
        w.sent(number, known, sealed, boxing.TOOL)
    w.typed(number, known, 0, 30)

    silent = f.agency()
    s.propose(number, silent)
    w.sent(number, silent, w.p.quoted(number, silent, 5_00, {}))  # says nothing of days
    f.sealed(number)
    for juror in panel[:3]:
        s.judged(number, juror)
    s.opened(number)
    lines = scored_queries.result(reading(CLOCK), number).lines
    assert [(line.rank, line.quote_fen, line.invalid) for line in lines] == [
        (1, 12_000_000, None),
        (None, None, "opening_other"),
    ]
    assert s.verified(number)["scored_result"] == str(known.ref)


WRONG = {
    "more credit than the rulebook gives": (
        {"credit_weight": 21, "price_weight": 24},
        "credit_weight",
    ),
    "more days than a promise may weigh": (
        {"response_weight": 11, "price_weight": 24},
        "response_weight",
    ),
    "fees above two per cent of the ceiling": ({"fee_fen": 80_001}, "fee"),
    "weights that do not add up": ({"credit_weight": 14}, "sum"),
}


def problems(notice_id: int) -> list[str]:
    work = reading(CLOCK)
    return [no.code for no in against.problems(work, notice_rows.by_id(work, notice_id))]


def test_what_may_be_weighed_is_the_rulebooks_word(context):
    known = shortlisting.town()
    buyer = f.owner()
    panel = s.reviewers(buyer)
    notice_id = s.drafted(buyer, panel, w.WHOLE)
    assert problems(notice_id) == []
    ids = [each.person_id or 0 for each in panel]
    for name, (change, code) in WRONG.items():
        in_one_transaction(
            scored_service.set_terms,
            buyer.drafter,
            notice_id=notice_id,
            scoring=w.WHOLE._replace(**change),
            seated=ids[:3],
            reserves=ids[3:],
        )
        assert f"scored.{code}" in problems(notice_id), name
    small = s.drafted(buyer, panel, w.WHOLE, ceiling_fen=49_99)
    assert "scored.rate_ceiling" in problems(small)
    assert "scored.no_days" in problems(s.drafted(buyer, panel, w.WHOLE, service_days=None))

    # Who asks to leave keeps its marks, and may be back before the close; the mean is of who may enter.
    do(enrolment.open_exit, known.actor)
    used = credit_queries.used(reading(CLOCK))
    assert (used.marks[str(known.ref)], used.mean) == (93_00, None)
    assert "credit.no_history" in problems(notice_id)


def test_without_marks_no_credit_and_promised_days_bind_the_notice(context):
    plain = w.WHOLE._replace(credit_weight=0, price_weight=45)
    s.published(plain)
    buyer = f.owner()
    assert "scored.credit_weight" in problems(s.drafted(buyer, s.reviewers(buyer), w.WHOLE))

    number, *_ = s.published(plain)
    work = reading(CLOCK)
    notice = notice_rows.by_number(work, number)
    terms = dataclasses.replace(case.terms_of(notice), service_days=25)
    found = against.of_its_way(work, notice, terms)
    assert [no.code for no in found] == ["scored.days_stay"]


FORGED = {
    "another credit of an entrant": (
        lambda f: pr.of(f, "credit.frozen")["rows"][0].update(marks=10_000),
        "credit.other",
    ),
    "credit opened behind the list": (
        lambda f: pr.moved(f, "credit.frozen", "entries.listed"),
        "credit.place",
    ),
    "credit of one left out": (
        lambda f: pr.of(f, "credit.frozen")["rows"].pop(),
        "credit.rows",
    ),
    "credit that the notice does not promise": (
        lambda f: pr.of(f, "notice.published").pop("credit"),
        "credit.promise",
    ),
    "a promise that weighs less": (
        lambda f: pr.of(f, "notice.published")["response"].update(weight=1),
        "scored.result",
    ),
    "a longer promise": (
        lambda f: pr.of(f, "quotes.opened")["rows"][1].update(response=30),
        "scored.result",
    ),
    "no promise, which would be the shortest": (
        lambda f: pr.of(f, "quotes.opened")["rows"][1].pop("response"),
        "scored.row",
    ),
    "an amount where a rate is asked for": (
        lambda f: pr.of(f, "quotes.opened")["rows"][1].update(quote_fen=100),
        "scored.row",
    ),
    "another rate": (
        lambda f: pr.of(f, "quotes.opened")["rows"][1].update(rate_bp=90_00),
        "scored.result",
    ),
}


def test_changed_credit_rates_and_promises_are_refused_in_python_and_in_the_browser(context):
    number, _ = w.finished()
    text = s.evidence_of(number)
    witness = fabric().witness
    assert witness is not None
    other = json.loads(text)
    other["boxes"]["1"] = other["boxes"]["2"]
    pinned = json.dumps(witness.keys())
    answers = batch([{"text": each, "keys": pinned} for each in (text, json.dumps(other))])
    assert (answers[0]["ok"], answers[1].get("code")) == (True, "quote.other_box"), answers
    said = s.verified(number)
    assert (said["scored_credit"], said["scored_prices"]) == ("1 + 2; 93.00", "2; 3")

    file = json.loads(text)
    whole = [json.loads(leaf["utf8"]) for leaf in file["leaves"]]
    draw = file["draw"]
    forged = {}
    for name, (forge, code) in FORGED.items():
        forged[name] = copy.deepcopy(whole)
        forge(forged[name])
        assert pr.code_of(draw, forged[name]) == code, name
    answers = pr.in_node(draw, {"whole": whole, **forged})
    assert answers.pop("whole") == pr.checked(draw, whole)
    assert answers == {name: code for name, (_, code) in FORGED.items()}
