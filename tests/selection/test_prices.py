"""比价 and 均价 by the real services: what decides, what is on the log, who may use it, what is shown."""

import json

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import compare
from market.rulebook import queries as rulebooks
from market.selection.kinds import Fund, Method
from market.selection.notices import service as notice_service
from market.selection.notices.queries import offered
from market.selection.notices.rules.ways import Standing
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from tests.factories import rulebook as rules
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection import pricing as p
from tests.selection import sealing as s
from tests.verify.node import batch
from verify.zjcs import evidence, examples, keys, unfinished
from verify.zjcs import scores as scored
from verify.zjcs.case import Case

YUAN = 100


@pytest.mark.databases
def test_the_lowest_quote_wins_and_equals_are_ordered_by_their_tickets(context):
    number = p.published()
    made = p.entered(number, 9_000_000, 8_500_000, 8_500_000, 13_000_000)
    f.drawn(number)

    ranks = p.ranks(number)
    assert [row.quote_fen for row in ranks] == [8_500_000, 8_500_000, 9_000_000]
    assert [bool(row.ticket) for row in ranks] == [True, True, False]
    assert str(ranks[0].ticket) < str(ranks[1].ticket)
    told = s.leaf(number, "ranking.result")
    assert told["order"] == [row.ref for row in ranks]
    assert str(made[3].ref) not in told["order"]  # above the ceiling
    assert s.verified(number)["result"] == "lowest; -; 2"
    assert compare(reading(CLOCK), fabric().held).first == ()
    pinned = json.dumps(fabric().witness.inner.keys())
    answer = batch([{"text": s.file_of(number), "keys": pinned}])[0]
    assert answer["ok"] is True, answer


@pytest.mark.databases
def test_the_nearest_to_the_mean_wins_and_its_file_ranks_again(context):
    number = p.published(Method.AVERAGE)
    quotes = [100_01, 99_99, 100_00, 100_03, 99_97, 100_00]  # BS-10
    p.entered(number, *(quote * YUAN for quote in quotes))
    f.drawn(number)

    shown = [row.quote_fen // YUAN for row in p.ranks(number)]
    assert shown == [100_00, 100_00, 99_99, 100_01, 99_97, 100_03]
    assert s.verified(number)["result"] == "average; 10000.00; 2"
    measured = result_queries.measured(reading(VISITOR), number)
    assert measured is not None
    assert measured.reference_fen == 100_00 * YUAN
    file = result_queries.scores(reading(VISITOR), s.draw_of(number))
    assert examples.expected(file["method"], file["input"]) == file["expected"]
    evidence = s.file_of(number)
    scored.step(json.dumps(file), evidence)
    file["input"]["quotes"][p.ranks(number)[0].ref] = "1.00"
    with pytest.raises(Exception, match=r"scores\.other"):
        scored.step(json.dumps(file), evidence)


def test_two_are_too_few_for_a_mean_and_enough_for_the_lowest(context):
    for method, failure in ((Method.AVERAGE, "TOO_FEW"), (Method.LOWEST, None)):
        number = p.published(method)
        p.entered(number, 9_000_000, 8_000_000)
        f.drawn(number)
        assert result_queries.notice(reading(VISITOR), number).failure == failure


def test_where_every_quote_lies_above_the_ceiling_that_is_why(context):
    number = p.published()
    p.entered(number, 12_000_001, 13_000_000)
    f.drawn(number)
    assert result_queries.notice(reading(VISITOR), number).failure == "ALL_QUOTES_INVALID"


def test_who_drops_out_is_followed_by_rank_and_the_file_still_verifies(context):
    number = p.published()
    made = p.entered(number, 9_000_000, 8_000_000, 8_500_000)
    f.drawn(number)
    assert do(result_service.hold, CLOCK, number=number)
    assert do(result_service.release, CLOCK, number=number)
    reason = {"reason": "declined", "by": "office"}
    followed = do(result_service.annul_to_next, CLOCK, number=number, **reason)
    assert followed == str(made[2].ref)
    f.tick()
    assert s.leaf(number, "result.skip")["ref"] == str(made[1].ref)
    assert s.verified(number)["after"].startswith(str(made[2].ref))


def test_put_off_before_the_close_and_ranked_at_the_later_instant(context):
    number = p.published()
    p.entered(number, 9_000_000, 8_000_000)
    f.tick()
    later = {"entry_close": f.at(9), "draw_at": f.at(9, 18)}
    do(notice_service.amend, f.publisher(), number=number, reason="节假日顺延", **later)
    f.tick()
    f.drawn(number)
    assert s.leaf(number, "notice.amended")["rule"] == "lowest"
    assert s.verified(number)["amendments"] == "1"


def test_of_a_list_without_a_result_anybody_computes_the_order(context):
    """The operator falls silent after the values: the log determines who stands where."""
    number = p.published()
    p.entered(number, 9_000_000, 8_000_000, 8_000_000)
    f.drawn(number)
    file = json.loads(s.file_of(number))
    pairs = [(each["index"], each["utf8"].encode()) for each in file["leaves"]]
    found = evidence.read_leaves(pairs, file["draw"], file["protocol"])
    silent = [leaf for leaf in found if not leaf["type"].startswith(("ranking.", "result."))]
    pinned = keys.load(json.dumps(fabric().witness.inner.keys()))
    step = unfinished.without_result(Case(file["draw"], pinned, silent))
    assert step.detail.endswith(",".join(row.ref for row in p.ranks(number)))


def test_without_two_keys_nothing_is_published_that_a_price_decides(context):
    rules.city()
    f.town()
    with pytest.raises(Refusal, match=r"notice\.quotes_needed"):
        f.published_notice(method=Method.LOWEST, **p.SOCIAL)


def test_a_place_offers_what_its_rulebook_has_switched_on(context):
    """A county's starter has 比价 for social money alone; a city's both. Public money has neither."""
    rules.default_rulebook()
    county = rulebooks.in_force(reading(CLOCK))
    _, standings = offered(county)
    assert standings[Method.LOWEST][Fund.SOCIAL] is Standing.OPEN
    assert standings[Method.AVERAGE][Fund.SOCIAL] is Standing.NOT_ON
    for method in (Method.LOWEST, Method.AVERAGE):
        assert {standings[method][fund] for fund in (Fund.FISCAL, Fund.STATE)} == {Standing.NOT_ON}


def test_nobody_reads_a_quote_before_the_opening_and_everybody_after_it(client):
    with client.application.app_context():
        number = p.published()
        p.entered(number, 7_654_321, 9_000_000, 9_000_000)
        draw = s.draw_of(number)
    for path in (f"/notices/{number}", f"/draws/{draw}"):
        before = client.get(path).text
        assert "76,543.21" not in before
        assert "报价最低者中选" in before
    assert client.get(f"/draws/{draw}/scores.json").status_code == 404
    with client.application.app_context():
        f.drawn(number)
    for path in (f"/notices/{number}", f"/draws/{draw}"):
        assert "76,543.21" in client.get(path).text
    file = client.get(f"/draws/{draw}/scores.json").json
    assert file["method"] == "lowest"
    assert len(file["expected"]["tickets"]) == 2
