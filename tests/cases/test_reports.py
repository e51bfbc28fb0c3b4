"""What could not be done and what a hotline sends are cases like any other."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from market.cases import queries, service
from market.cases.models import Case
from market.cases.rules import TO_BE_ASKED, Asked, CaseState, Order, Result, Source, Told
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotPermitted
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters.models import Letter
from tests.factories import accounts as people
from tests.factories import selection
from tests.factories.deeds import do

TYPED = {
    "said": "CANARY 提交三次都提示系统错误，窗口说不归他们管。",
    "matter": "",
    "party_name": "王小民CANARY",
    "phone": "13812345678",
}
TOLD = Told(source=Source.STUCK, said=TYPED["said"], party_name="王小民", phone="13812345678")
ORDER = Told(
    source=Source.HOTLINE,
    said="询问入驻要什么材料。",
    party_name="李女士",
    phone="13812345679",
    source_number="12345-2026-0001",
    order_kind=Order.CONSULT,
)


def office(*duties):
    return people.staff("office", *duties)


def rows():
    return list(reading(CLOCK).session.scalars(select(Case)))


def test_anybody_reports_and_only_who_handles_it_reads_who(app, client):
    with app.app_context():
        selection.town()
        handler = office("case_officer")
    sent = people.submit(client, "/stuck", TYPED)
    assert sent.status_code == 303
    told = client.get(sent.location).text
    with app.app_context():
        (row,) = rows()
        letters.write()
        leaves = b"".join(each.leaf for each in ledger.of_subject(reading(CLOCK), row.number))
        written = list(reading(CLOCK).session.scalars(select(Letter)))
    assert row.number in told and (row.source, row.state) == (Source.STUCK, CaseState.OPEN)
    assert "CANARY" not in told and b"CANARY" not in leaves and b"138" not in leaves
    assert any(each.subject == row.number for each in written)
    people.sign_in(client, handler)
    page = client.get(f"/office/cases/{row.number}").text
    assert TYPED["said"] in page and "138" in page
    assert "办不成事反映：在办 1，共 1" in client.get("/office/cases").text


def test_where_one_came_from_is_told_with_it(app, client):
    number = "GG-360481-2026-00001"
    own = {"Referer": f"http://localhost/notices/{number}/entry"}
    page = client.get("/stuck", headers=own).text
    assert f'value="{number}"' in page and f"/notices/{number}/entry" in page
    for foreign in ("http://evil.example/notices/x", "javascript:alert(1)", "http://[::1", ""):
        assert "evil" not in client.get("/stuck", headers={"Referer": foreign}).text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"said": ""}, "said"),
        ({"said": "\u200b\u200b\u200b\u200b"}, "said"),
        ({"said": "长" * 2001}, "said"),
        ({"party_name": ""}, "party_name"),
        ({"party_name": "名" * 61}, "party_name"),
        ({"phone": "12"}, "phone"),
        ({"matter": "数" * 41}, "matter"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(app, client, wrong, field):
    page = people.submit(client, "/stuck", TYPED | wrong)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    kept = next(name for name in ("party_name", "said") if name not in wrong)
    assert TYPED[kept] in page.text
    with app.app_context():
        assert rows() == []


def test_one_form_is_one_case_and_one_address_has_its_pace(app, client):
    with app.app_context():
        selection.town()
        first = in_one_transaction(service.report, VISITOR, of=TOLD, submission_key="k")
        assert in_one_transaction(service.report, VISITOR, of=TOLD, submission_key="k") == first
    answers = [people.submit(client, "/stuck", TYPED).status_code for _ in range(7)]
    assert answers == [303] * 6 + [429]


@pytest.mark.parametrize("kind", list(Order))
@pytest.mark.parametrize("asked", list(Asked))
def test_an_order_that_could_be_a_complaint_is_asked_about_once(app, kind, asked):
    of = Told(**{**vars(ORDER), "order_kind": kind})
    code = (
        "case.is_complaint"
        if asked is Asked.YES
        else "case.ask_once"
        if kind in TO_BE_ASKED and asked is Asked.NOT_NEEDED
        else None
    )
    with app.app_context():
        selection.town()
        if code is None:
            assert do(service.enter, office("case_officer"), of=of, asked=asked)
            return
        with pytest.raises(Invalid) as no:
            do(service.enter, office("case_officer"), of=of, asked=asked)
        assert (no.value.code, no.value.field) == (code, "asked")


def test_an_order_is_typed_in_once_and_by_who_handles_cases(app, client):
    with app.app_context():
        selection.town()
        with pytest.raises(NotPermitted):
            do(service.enter, office("enrolment_checker"), of=ORDER, asked=Asked.NO)
        handler = office("case_officer")
    people.sign_in(client, handler)
    typed = TYPED | {
        "source": "hotline",
        "source_number": "12345-1",
        "order_kind": "help",
        "asked": "not_needed",
    }
    assert people.submit(client, "/office/cases/new", typed).status_code == 303
    again = people.submit(client, "/office/cases/new", typed)
    assert again.status_code == 422 and 'href="#source_number"' in again.text
    assert people.submit(client, "/office/cases/new", {}).status_code == 422
    with app.app_context():
        (row,) = rows()
        assert (row.source, row.order_kind, row.entered_by) == (
            Source.HOTLINE,
            Order.HELP,
            handler.person_id,
        )


@pytest.mark.databases
def test_what_is_heard_elsewhere_is_a_case_and_praise_is_counted_alone(app, context):
    selection.town()
    handler = office("case_officer")
    for source in (Source.VISIT, Source.SURVEY, Source.MEDIA):
        of = dataclasses.replace(ORDER, source=source, source_number="")
        number = do(service.enter, handler, of=of, asked=Asked.NOT_NEEDED)
        assert queries.row(reading(CLOCK), number).state is CaseState.OPEN
    praise = dataclasses.replace(ORDER, order_kind=Order.PRAISE)
    number = do(service.enter, handler, of=praise, asked=Asked.NOT_NEEDED)
    row = queries.row(reading(CLOCK), number)
    assert row.state is CaseState.CLOSED
    assert [each.type for each in ledger.of_subject(reading(CLOCK), number)] == ["case.praised"]
    assert queries.case(reading(handler), number).due is None
    for wrong in (
        {"source_number": " "},
        {"source": Source.RATING},
        {"source": Source.CALLBACK},
    ):
        with pytest.raises(Invalid):
            of = dataclasses.replace(ORDER, **wrong)
            do(service.enter, handler, of=of, asked=Asked.NOT_NEEDED)


def test_a_report_ends_with_a_call_back_by_another(app, clock):
    with app.app_context():
        selection.town()
        number = in_one_transaction(service.report, VISITOR, of=TOLD)
        handler = office("case_officer")
        caller = office("callback_officer")
        do(service.contact, handler, number=number, note="已电话联系")
        do(service.rectify, handler, number=number, answer="系统已修复，可以提交。")
        clock.advance(dt.timedelta(hours=1))
        do(service.call_back, caller, number=number, result=Result.SOLVED, said="已办成")
        (row,) = rows()
        assert row.state is CaseState.CLOSED
        assert queries.counts(reading(caller))[Source.STUCK] == (0, 1)
