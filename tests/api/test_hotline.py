"""A hotline's orders by the API: taken in once, given back with reply and closure."""

import pytest

from market.accounts import queries as accounts
from market.accounts import service as account_service
from market.cases import service
from market.cases.rules import Result
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.programs import queries as programs
from market.programs import service as program_service
from market.programs.rules import Scope
from tests.factories import accounts as people
from tests.factories import selection
from tests.factories.deeds import do

URL = "/api/v1/hotline/orders"
ORDER = {
    "number": "12345-2026-77",
    "kind": "help",
    "said": "入驻申请三天没有人核验。",
    "party": "李女士",
    "phone": "13812345679",
}


def token(who, duty, scope=Scope.HOTLINE):
    made = in_one_transaction(
        program_service.make_token,
        who,
        duty=duty,
        label="热线",
        submission_key=f"k{duty}{scope}",
        scope=scope,
    )
    return {"Authorization": f"Bearer {made}"}


@pytest.fixture
def office(app):
    """The office's head with a token, a case officer, who calls back."""
    with app.app_context():
        selection.town()
        body = people.body("office")
        head = people.member(body, "office_head")
        officer = people.member(body, "case_officer")
        caller = people.member(body, "callback_officer")
        return head, officer, caller, token(head, "office_head")


@pytest.mark.databases
def test_an_order_comes_in_once_and_goes_back_with_its_reply(app, client, office):
    _head, officer, caller, bearer = office
    first = client.post(URL, json=ORDER, headers=bearer)
    assert (first.status_code, first.json["state"]) == (201, "open")
    again = client.post(URL, json=ORDER, headers=bearer)
    assert (again.status_code, again.json["case"]) == (200, first.json["case"])
    with app.app_context():
        number = first.json["case"]
        do(service.contact, officer, number=number, note="已电话联系")
        do(service.rectify, officer, number=number, answer="已核验通过")
        do(service.call_back, caller, number=number, result=Result.SOLVED, said="满意")
    told = client.get(f"{URL}/{ORDER['number']}", headers=bearer).json
    assert (told["state"], told["answer"], told["result"]) == ("closed", "已核验通过", "solved")
    page = client.get(URL, headers=bearer).json
    assert page["data"] == [told] and page["more"] is False
    assert client.get(f"{URL}?after={page['after']}", headers=bearer).json["data"] == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"phone": "12"}, "api.order"),
        ({"number": ""}, "api.order"),
        ({"kind": "nothing"}, "api.order"),
        ({"said": 7}, "api.order"),
        ({"kind": "complaint"}, "case.ask_once"),
        ({"kind": "complaint", "complaint": True}, "case.is_complaint"),
        ({"complaint": "no"}, "api.order"),
        ({"party": "李\u202e女士"}, "api.order"),
    ],
)
def test_what_is_wrong_with_an_order_is_named(client, office, wrong, code):
    answer = client.post(URL, json=ORDER | wrong, headers=office[3])
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert code != "api.order" or set(wrong) & set(answer.json["detail"].split())


def test_only_a_token_of_who_deals_with_cases_opens_it(app, client, office):
    with app.app_context():
        admin = people.member(people.body("office"), "system_admin")
        theirs = token(admin, "system_admin")
        other = people.member(people.organisation("authority", "营商办"), "authority_assigner")
        authority = token(other, "authority_assigner")
    assert client.get(URL).status_code == 401
    assert client.post(URL, json=ORDER).status_code == 401
    assert client.get(URL, headers=theirs).status_code == 403
    for body in ("[]", "{", '"x"'):
        sent = client.post(
            URL, data=body, headers={**office[3], "Content-Type": "application/json"}
        )
        assert sent.status_code == 422
    assert client.get(f"{URL}/{ORDER['number']}", headers=office[3]).status_code == 404
    assert client.post(URL, json=ORDER, headers=office[3]).status_code == 201
    assert client.get(f"{URL}/{ORDER['number']}", headers=authority).status_code == 200


def test_a_token_for_reading_hands_nothing_in(client, office, app):
    with app.app_context():
        reads = token(office[0], "office_head", Scope.READ)
    assert client.post(URL, json=ORDER, headers=reads).status_code == 401
    assert client.get(URL, headers=reads).status_code == 401
    assert client.get("/api/v1/notices", headers=reads).status_code in {200, 404}


def test_a_token_writes_nothing_once_its_maker_has_left(app, client, office):
    head, *_, bearer = office
    with app.app_context():
        found = programs.by_token(reading(CLOCK), bearer["Authorization"].removeprefix("Bearer "))
        assert programs.holder(reading(CLOCK), found.id) is not None
        member = next(
            each
            for each in accounts.member_list(reading(CLOCK), head.organisation_id)
            if each.person_id == head.person_id
        )
        admin = people.member(head.organisation_id, "system_admin")
        do(account_service.dismiss, admin, membership_id=member.id)
    assert client.post(URL, json=ORDER, headers=bearer).status_code == 401
