"""方案比选: sealed files, from the upload to the result, by the real services."""

import json

import pytest

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries.integrity import compare
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from tests.factories import selection as f
from tests.selection import filing as p
from tests.selection import jurying as j
from tests.selection import scoring as s
from tests.selection.deeds import log_of
from tests.selection.sealing import everything_kept
from tests.verify.node import batch
from verify.zjcs import examples


def state_of(number: str) -> str:
    return result_queries.notice(reading(CLOCK), number).state.value


@pytest.mark.databases
def test_from_sealed_files_to_the_result(context):
    number, _, panel = p.published()
    made = p.entered(number, [10_000_000, 9_876_543, 8_000_000])
    kept = b"".join(everything_kept())
    for secret in ("方案内容1", "署名材料0"):
        assert secret.encode() not in kept and secret.encode("utf-16-be") not in kept
    f.sealed(number)
    assert state_of(number) == "scoring"
    assert len(log_of(number, "quote.key")) == 2
    kept = b"".join(everything_kept())
    assert "方案内容1".encode() in kept and "署名材料0".encode() not in kept

    p.judged(number, panel[0], {"0": 60, "1": 100, "2": 60})
    in_one_transaction(scored_service.recuse, panel[1], number=number)
    p.judged(number, panel[2], {"0": 100, "1": 100, "2": 60})
    s.opened(number)
    assert log_of(number, "quotes.opened") == []
    p.judged(number, panel[3], {"0": 60, "1": 100, "2": 60})
    s.opened(number)
    s.opened(number)

    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.winner.ref) == ("announced", made[1].ref)
    result = scored_queries.result(reading(CLOCK), number)
    assert [line.total for line in result.lines] == [10000, 7333, 6000]
    example = json.loads(json.dumps(scored_queries.example_of(reading(CLOCK), number)))
    ranked = examples.expected(example["method"], example["input"])
    assert ranked["order"] == [line.ref for line in result.lines]
    own = scored_queries.own_score(reading(CLOCK), number, made[1].organisation_id)
    assert own is not None and own.comments == ("按等次评100",) * 3
    assert compare(reading(CLOCK), fabric().held).first == ()
    said = s.verified(number)
    assert said["scored_prices"] == "2; 3"


def test_of_public_money_drawn_experts_judge_the_files(context):
    j.town()
    j.pool(j.body())
    number, _ = j.published(own=1, scoring=p.SCORING._replace(fee_fen=50_000))
    made = p.entered(number, [10_000_000, 9_876_543, 8_000_000])
    j.drawn(number)
    seated = j.seated(number)
    assert len(seated) == 3 and log_of(number, "jurors.drawn")
    page = context.test_client().get(f"/notices/{number}/scores").get_data(as_text=True)
    assert "500.00" in page
    for juror in seated:
        p.judged(number, juror, {"0": 60, "1": 100, "2": 60})
    s.opened(number)

    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.winner.ref) == ("announced", made[1].ref)
    said = s.verified(number)
    assert (said["scored_experts"], said["scored_jurors"]) == ("15; 0", "3; 0")
    assert said["scored_prices"] == "2; 3"
    assert compare(reading(CLOCK), fabric().held).first == ()
    (in_browser,) = batch([{"text": s.evidence_of(number), "keys": pinned()}])
    assert in_browser["ok"], in_browser


def pinned() -> str:
    """The keys that the regulator publishes."""
    witness = fabric().witness
    assert witness is not None
    return json.dumps(witness.keys())
