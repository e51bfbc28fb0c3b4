"""Pages of evaluations: what a party types, what everybody reads, what a body decides."""

from market.db import reading
from market.evaluations import queries
from market.evaluations.rules import By, EvaluationState
from market.kernel.actor import CLOCK
from market.owners import queries as owners
from tests.factories import evaluations
from tests.factories.accounts import sign_in
from tests.factories.contracts import accepted
from tests.factories.deeds import Tab


def in_town(app, act, *given):
    """What a factory or a query gives, in a context of its own."""
    with app.app_context():
        return act(*given)


def pair_of(app, who, deal):
    return in_town(app, lambda: queries.both(reading(who), deal.number))


MARKS = {"quality": 5, "timeliness": 4, "attitude": 5, "fees": 4, "conduct": 5}


def test_an_owner_evaluates_and_sees_what_is_missing(app, client, new_client):
    deal = in_town(app, accepted)
    sign_in(client, deal.acceptor)
    address = f"/contracts/{deal.number}/evaluation"
    assert "评价对方" in client.get(address).text
    assert "checked" not in client.get(f"{address}/give").text  # nothing is chosen beforehand
    tab = Tab(client, f"{address}/give")
    low = tab.send(**(MARKS | {"quality": 1}))
    assert low.status_code == 422
    assert "请写明事实" in low.text
    answer = tab.send(**MARKS, text="成果一次合格。")
    assert answer.status_code == 303
    own = pair_of(app, deal.acceptor, deal).owner
    assert (own.state, own.text) == (EvaluationState.SEALED, "成果一次合格。")
    assert "成果一次合格。" in client.get(f"{address}/give").text
    assert "成果一次合格。" not in new_client().get(address).text


def test_open_evaluations_stand_on_the_pages_of_both_and_few_are_no_stars(app, client):
    deal = in_town(app, evaluations.opened)
    for address in (
        f"/contracts/{deal.number}/evaluation",
        f"/agencies/{deal.winner.uscc}/evaluations",
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert evaluations.OWNERS_TEXT in page.text
        assert "平台记录" in page.text
    assert "评价较少（1 件）" in client.get(f"/agencies/{deal.winner.uscc}").text
    number = in_town(app, lambda: owners.owner(reading(CLOCK), deal.buyer.organisation_id).number)
    assert evaluations.AGENCYS_TEXT in client.get(f"/owners/{number}/evaluations").text


def test_a_body_reads_the_appeal_and_decides(app, client, clock):
    deal = in_town(app, evaluations.appealed)
    who = in_town(app, evaluations.decider)
    sign_in(client, who)
    assert deal.number in client.get("/office/evaluations").text
    address = f"/office/evaluations/{pair_of(app, who, deal).owner.appeal.id}"
    assert "说明期满之前不能作出决定" in client.get(address).text
    in_town(app, evaluations.moved, clock.now() + evaluations.MONTH)
    sign_in(client, who)
    answer = Tab(client, address).send(outcome="uphold", reason="复核单属实")
    assert answer.status_code == 303
    assert not pair_of(app, CLOCK, deal).of_side(By.OWNER).is_counted
    assert "不计入均分" in client.get(f"/agencies/{deal.winner.uscc}/evaluations").text
