"""Each requirement has its verdict; what goes back is one complete list."""

import pytest

from market.contracts import queries, service
from market.contracts.rules.inspecting import (
    MOST_REQUIREMENTS,
    Judged,
    Said,
    Verdict,
    check_accepts,
    check_verdicts,
    complete_list,
    requirements,
)
from market.contracts.rules.matter import ContractState
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal, each_of
from tests.contracts.asking import kinds
from tests.factories import accounts as people
from tests.factories import contracts
from tests.factories.deeds import Tab, do

MET = Judged(Verdict.MET)
UNMET = Judged(Verdict.UNMET, "缺少附表 2")
SKIPPED = Judged(Verdict.NOT_APPLICABLE)
NONE = Judged(None)
OWN = "成果一式三份并附电子版"


@pytest.mark.parametrize(
    ("content", "own", "told"),
    [
        ("甲。\n乙。", [], ("甲。", "乙。")),
        ("甲。\n\n 甲。 \n", ["乙。", ""], ("甲。", "乙。")),
        ("", [], ()),
    ],
)
def test_each_line_is_a_requirement(content, own, told):
    assert requirements(content, own) == told


@pytest.mark.parametrize("count", [1, MOST_REQUIREMENTS, MOST_REQUIREMENTS + 1, 400])
def test_all_of_many_lines_are_judged(count):
    told = requirements("\n".join(f"要求{no}" for no in range(count)))
    assert len(told) <= MOST_REQUIREMENTS
    assert sum(len(each.split("；")) for each in told) == count


@pytest.mark.parametrize(
    ("judged", "fields"),
    [
        ([MET], ["verdict_1"]),
        ([NONE, MET], ["verdict_1"]),
        ([NONE, Judged(Verdict.UNMET)], ["verdict_1", "note_2"]),
        ([Judged(Verdict.UNMET, "长" * 301), MET], ["note_1"]),
    ],
)
def test_every_gap_is_told_at_once(judged, fields):
    with pytest.raises(Refusal) as no:
        check_verdicts(["甲", "乙"], judged)
    assert [each.field for each in each_of(no.value)] == fields


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([MET, UNMET], "contract.not_all_met"),
        ([SKIPPED, SKIPPED], "contract.nothing_met"),
        ([MET, SKIPPED], None),
    ],
)
def test_only_what_meets_all_is_accepted(verdicts, code):
    said = check_verdicts(["甲", "乙"], verdicts)
    if code is None:
        check_accepts(said)
        return
    with pytest.raises(Refusal) as no:
        check_accepts(said)
    assert (no.value.code, no.value.field) == (code, "decision")


def test_the_list_has_what_is_not_met_and_what_is_told_besides():
    said = check_verdicts(["甲", "乙"], [UNMET, MET])
    assert complete_list(said, ["封面写错"]) == ["甲：缺少附表 2", "封面写错"]


@pytest.mark.databases
def test_a_contract_adds_requirements_and_each_version_is_judged_whole(context):
    deal = contracts.awarded()
    contracts.registered(contracts.letter_of(deal), deal.buyer.signatory, requirements=(OWN,))
    do(service.confirm_contract, deal.winner.actor, number=deal.number)
    today = reading(CLOCK).today
    do(service.start, deal.winner.actor, number=deal.number, started_on=today)
    contracts.deliver(deal)
    asked = queries.requirements_of(reading(CLOCK), deal.number)
    assert (len(asked), asked[-1]) == (3, OWN)
    given = {"number": deal.number, "verdicts": [MET, MET, UNMET], "items": ["封面写错"]}
    do(service.return_delivery, deal.acceptor, **given)
    (version,) = contracts.of(deal).deliveries
    assert version.items == (f"{OWN}：缺少附表 2", "封面写错")
    assert version.verdicts[-1] == Said(OWN, Verdict.UNMET, "缺少附表 2")
    assert "contract.returned" in kinds(deal.notice)
    contracts.deliver(deal)
    with pytest.raises(Refusal) as no:
        do(service.accept_delivery, deal.acceptor, number=deal.number, verdicts=[MET, MET, UNMET])
    assert no.value.code == "contract.not_all_met"
    contracts.accept(deal)
    card = contracts.of(deal)
    assert (card.state, len(card.deliveries[-1].verdicts)) == (ContractState.ACCEPTED, 3)


def test_the_form_asks_for_each_and_loses_nothing(client, context):
    deal = contracts.delivered()
    people.sign_in(client, deal.acceptor)
    tab = Tab(client, f"/contracts/{deal.number}/inspect")
    typed = {"verdict_1": "unmet", "note_2": "已看", "decision": "returned", "items": "封面写错"}
    answer = tab.send(**typed)
    assert answer.status_code == 422
    assert "请写明哪里不符合" in answer.text
    assert "封面写错" in answer.text
    tab.form = tab.read(answer.text)
    assert tab.send(note_1="缺少附表 2", verdict_2="met", items="封面写错").status_code == 303
    assert "缺少附表 2" in client.get(f"/contracts/{deal.number}").text
    public = client.application.test_client().get(f"/contracts/{deal.number}").text
    assert "缺少附表 2" not in public
    assert "需要修改 2 处" in public
