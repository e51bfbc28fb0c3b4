"""What happens beside the course of a case: assigned, ordered from above, met about, passed on and back."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from market.cases import queries, service
from market.cases.models import Case
from market.cases.rules import (
    CONTACT,
    RECTIFY,
    SUPERVISED,
    TRANSFERRED,
    Asked,
    CaseState,
    Order,
    Result,
    Source,
    Told,
)
from market.cases.rules.steering import Back, Elsewhere
from market.complaints import service as complaints
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters.models import Letter
from market.windows import queries as windows
from market.windows.rules import LIVE
from tests.factories import accounts as people
from tests.factories import selection
from tests.factories.deeds import do

TOLD = Told(
    source=Source.STUCK, said="提交三次都提示系统错误。", party_name="王小民", phone="13812345678"
)


@dataclasses.dataclass
class Town:
    """Who works on cases, and one that was reported."""

    handler: object
    head: object
    caller: object
    authority: object
    number: str


@pytest.fixture
def town(context) -> Town:
    return built()


def built() -> Town:
    """A town with one report."""
    selection.town()
    office = people.body("office")
    authority = people.organisation("authority", "营商环境办公室")
    return Town(
        people.member(office, "case_officer"),
        people.member(office, "office_head"),
        people.member(office, "callback_officer"),
        people.member(authority, "authority_assigner"),
        in_one_transaction(service.report, VISITOR, of=TOLD),
    )


def row(number: str) -> Case:
    return queries.row(reading(CLOCK), number)


def live(number: str) -> set[str]:
    """The kinds of windows of a case that run."""
    found = windows.of_subject(reading(CLOCK), number)
    return {each.kind for each in found if each.state in LIVE}


def facts(number: str) -> list[str]:
    return [each.type for each in ledger.of_subject(reading(CLOCK), number)]


def test_who_first_speaks_with_them_keeps_the_case_unless_the_head_says(town):
    do(service.contact, town.handler, number=town.number, note="已电话联系")
    assert row(town.number).assigned_to == town.handler.person_id
    colleague = people.member(town.head.organisation_id, "complaint_officer")
    stranger = people.member(people.body("regulator"), "complaint_officer")
    for who in (stranger.person_id, town.caller.person_id):
        with pytest.raises(Invalid, match=r"case\.no_handler"):
            do(service.assign, town.head, number=town.number, person_id=who)
    with pytest.raises(NotFound):
        do(service.assign, town.authority, number=town.number, person_id=colleague.person_id)
    do(service.assign, town.head, number=town.number, person_id=colleague.person_id)
    assert row(town.number).assigned_to == colleague.person_id
    letters.write()
    told = reading(CLOCK).session.scalars(
        select(Letter).where(Letter.person_id == colleague.person_id)
    )
    assert town.number in {each.subject for each in told}


@pytest.mark.databases
def test_an_order_from_above_has_its_due_and_its_report(town, clock):
    ordered = {"number": town.number, "ordered": "三日内解决并报告", "days": 3}
    with pytest.raises(NotPermitted):
        do(service.supervise, town.handler, **ordered)
    with pytest.raises(Invalid, match=r"case\.days"):
        do(service.supervise, town.authority, **{**ordered, "days": 31})
    do(service.supervise, town.authority, **ordered)
    with pytest.raises(Refusal, match=r"case\.ordered"):
        do(service.supervise, town.head, **ordered)
    assert SUPERVISED.name in live(town.number)
    letters.write()
    asked = select(Letter.person_id).where(Letter.subject == town.number)
    told = set(reading(CLOCK).session.scalars(asked))
    assert {town.handler.person_id, town.head.person_id} <= told

    do(service.report_back, town.handler, number=town.number, report="系统已修复")
    with pytest.raises(Refusal, match=r"case\.not_ordered"):
        do(service.report_back, town.handler, number=town.number, report="系统已修复")
    (order,) = queries.beside(reading(town.head), town.number).orders
    assert (order.no, order.report, order.by) == (1, "系统已修复", "营商环境办公室")
    assert SUPERVISED.name not in live(town.number)
    do(service.supervise, town.head, number=town.number, ordered="再报一次", days=1)
    assert facts(town.number).count("case.supervised") == 2


def test_an_order_is_reported_of_before_a_call_back_closes_the_case(town):
    number = town.number
    do(service.supervise, town.authority, number=number, ordered="三日内解决并报告", days=3)
    do(service.contact, town.handler, number=number, note="已电话联系")
    do(service.rectify, town.handler, number=number, answer="已修好")
    solved = {"number": number, "result": Result.SOLVED, "said": "已办成"}
    with pytest.raises(Refusal, match=r"case\.report_first"):
        do(service.call_back, town.caller, **solved)
    assert SUPERVISED.name in live(number)
    do(service.report_back, town.head, number=number, report="系统已修复")
    do(service.call_back, town.caller, **solved)
    assert row(number).state is CaseState.CLOSED and live(number) == set()


def test_who_passed_a_case_on_or_reported_of_it_does_not_call_back(town):
    number = town.number
    both = people.member(town.head.organisation_id, "case_officer")
    do(service.transfer, both, number=number, **SENT)
    do(service.take_back, town.handler, number=number, back=Back.ANSWERED, answer="已处理")
    worked = queries.handlers(reading(CLOCK), row(number))
    assert {both.person_id, town.handler.person_id} <= worked
    assert town.caller.person_id not in worked


def test_who_worked_on_a_case_orders_nothing_about_it(town):
    do(service.contact, town.head, number=town.number, note="已电话联系")
    with pytest.raises(Refusal, match=r"case\.handled_it"):
        do(service.supervise, town.head, number=town.number, ordered="快办", days=1)


def test_a_meeting_is_recorded_once_and_not_ahead(town, clock):
    today = reading(CLOCK).today
    met = {"number": town.number, "present": "自然资源局、营商办", "agreed": "三日内改好系统"}
    with pytest.raises(Invalid, match=r"case\.meeting_ahead"):
        do(service.meet, town.handler, held_on=today + dt.timedelta(days=1), **met)
    for _again in range(2):
        do(service.meet, town.handler, held_on=today, **met)
    do(service.meet, town.authority, held_on=today, **{**met, "agreed": "已改好"})
    meetings = queries.beside(reading(town.head), town.number).meetings
    assert [each.no for each in meetings] == [1, 2]
    assert "三日内" not in str(
        [each.leaf for each in ledger.of_subject(reading(CLOCK), town.number)]
    )


SENT = {
    "to": Elsewhere.POLICE,
    "to_name": "市公安局",
    "their_number": "110-77",
    "reason": "涉及报警",
}


@pytest.mark.databases
@pytest.mark.parametrize("contacted", [True, False])
@pytest.mark.parametrize("back", list(Back))
def test_what_was_passed_on_comes_back_with_their_number(town, back, contacted):
    number = town.number
    if contacted:
        do(service.contact, town.handler, number=number, note="已电话联系")
    do(service.transfer, town.handler, number=number, **SENT)
    assert row(number).state is CaseState.TRANSFERRED and live(number) == {TRANSFERRED.name}
    with pytest.raises(Refusal, match=r"case\.wrong_state"):
        do(service.rectify, town.handler, number=number, answer="已办好")
    do(service.take_back, town.handler, number=number, back=back, answer="已处理")
    with pytest.raises(Refusal, match=r"case\.wrong_state"):
        do(service.take_back, town.handler, number=number, back=back, answer="已处理")
    (sent,) = queries.beside(reading(town.head), number).transfers
    assert (sent.their_number, sent.back, sent.answer) == ("110-77", back, "已处理")
    if back is Back.ANSWERED:
        assert row(number).state is CaseState.RECTIFIED
        do(service.call_back, town.caller, number=number, result=Result.SOLVED, said="已办成")
        assert row(number).state is CaseState.CLOSED and live(number) == set()
    else:
        assert live(number) == {(RECTIFY if contacted else CONTACT).name}


def test_a_tip_and_what_nobody_signed_are_cases_too(town):
    tip = do(complaints.tip, VISITOR, content="窗口的人态度很差。")
    of = dataclasses.replace(TOLD, source=Source.TIP, source_number=tip, party_name="", phone="")
    of = dataclasses.replace(of, order_kind=Order.REPORT)
    officer = people.member(town.head.organisation_id, "complaint_officer")
    with pytest.raises(Invalid, match=r"case\.no_tip"):
        wrong = dataclasses.replace(of, source_number="XS-360481-2026-99999")
        do(service.enter, officer, of=wrong, asked=Asked.NO)
    number = do(service.enter, officer, of=of, asked=Asked.NO)
    with pytest.raises(Invalid, match=r"case\.order_known"):
        do(service.enter, officer, of=of, asked=Asked.NO)
    do(service.contact, officer, number=number, note="匿名，没有联系方式")
    do(service.rectify, officer, number=number, answer="已改正")
    do(service.call_back, town.caller, number=number, result=Result.VERIFIED, said="已到现场核实")
    assert row(number).state is CaseState.CLOSED
    with pytest.raises(Invalid, match=r"case\.phone_missing"):
        named = dataclasses.replace(of, source=Source.POLICE, party_name="李女士")
        do(service.enter, officer, of=named, asked=Asked.NO)


def test_where_somebody_can_be_called_nobody_else_stands_for_it(town):
    do(service.contact, town.handler, number=town.number, note="已电话联系")
    do(service.rectify, town.handler, number=town.number, answer="已改正")
    with pytest.raises(Invalid, match=r"case\.has_caller"):
        do(
            service.call_back,
            town.caller,
            number=town.number,
            result=Result.VERIFIED,
            said="已核实",
        )


def test_the_oldest_stand_first_in_the_ageing_list(app, clock, client):
    with app.app_context():
        town = built()
        clock.advance(dt.timedelta(days=40))
        fresh = in_one_transaction(service.report, VISITOR, of=TOLD)
        found = queries.ageing(reading(town.head), body_id=None)
    assert [each.number for each in found] == [town.number, fresh]
    assert queries.ages(found) == [1, 0, 1, 0] and found[0].days > 15
    people.sign_in(client, town.handler)
    page = client.get("/office/cases/ageing").text
    assert page.index(town.number) < page.index(fresh)
    assert fresh in client.get("/office/cases/ageing.csv").text


def test_the_page_has_each_form_and_shows_what_it_kept(app, client):
    with app.app_context():
        town = built()
    people.sign_in(client, town.handler)
    path = f"/office/cases/{town.number}"
    typed = {"held_on": "不是日期", "present": "住建局"}
    wrong = people.submit(client, path, typed, to=f"{path}/meet")
    assert wrong.status_code == 422 and "住建局" in wrong.text and 'href="#held_on"' in wrong.text
    sent = {
        "to": "hotline",
        "to_name": "12345 热线",
        "their_number": "12345-9",
        "reason": "非本平台",
    }
    assert people.submit(client, path, sent, to=f"{path}/transfer").status_code == 303
    page = client.get(path).text
    assert "12345-9" in page and "登记对方的办理结果" in page and "督办要求" not in page
    people.sign_in(client, town.authority)
    assert "督办要求" in client.get(path).text
    ordered = {"ordered": "限期办结", "days": "5"}
    assert people.submit(client, path, ordered, to=f"{path}/supervise").status_code == 303
    assert "限期办结" in client.get(path).text
