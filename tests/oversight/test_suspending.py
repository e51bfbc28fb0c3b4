"""The sector regulator suspends a selection: a pause before the close, a hold after it, two persons,
its end; what complaints and ways make of it.
"""

import datetime as dt

import pytest

from market.catalogue.rules import Joined
from market.contracts import queries as contracts
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, Refusal
from market.ledger import queries as ledger
from market.oversight import service
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.tasks.queries import sources
from tests.factories import accounts as people
from tests.factories import selection as made
from tests.factories.deeds import do

ORDER = {"basis": "《招标投标法实施条例》第六十二条", "reason": "收到举报，需要核实资格条件。"}


@pytest.fixture
def bureau(app, context):
    """The officer and the signatory of the sector."""
    officer = people.staff("regulator", "regulator_officer", name="自然资源局")
    return officer, people.member(officer.organisation_id, "regulator_signatory")


def propose(who, number, days=3):
    in_one_transaction(service.propose_suspension, who, number=number, days=days, **ORDER)


def order(bureau, number, days=3):
    propose(bureau[0], number, days)
    do(service.sign_suspension, bureau[1], number=number)


def notice(number):
    return result_queries.notice(reading(CLOCK), number)


def types(number):
    return [each.type for each in ledger.of_subject(reading(CLOCK), number)]


def test_before_the_close_it_is_a_pause_and_the_dates_stay_when_it_is_lifted(bureau):
    number = made.published_notice()
    before = notice(number)
    propose(bureau[0], number)
    assert sources.ASKED["order.sign"](reading(bureau[1]))[0].subject == number
    assert not sources.ASKED["order.sign"](reading(bureau[0]))
    do(service.sign_suspension, bureau[1], number=number)
    after = notice(number)
    assert after.state is NoticeState.ENTRY_OPEN
    assert after.entry_close - before.entry_close == dt.timedelta(days=5)  # over a weekend
    assert after.draw_at - after.entry_close >= before.draw_at - before.entry_close
    assert {"notice.amended", "suspension.ordered"} <= set(types(number))
    made.enter(number, made.agency())

    in_one_transaction(service.propose_lifting, bureau[0], number=number, reason="已查清。")
    do(service.sign_lifting, bureau[1], number=number)
    assert notice(number).entry_close == after.entry_close
    assert types(number)[-1] == "suspension.ended"
    with pytest.raises(Invalid) as no:
        propose(bureau[0], number, 18)
    assert no.value.facts["most"] == 17  # of twenty working days three are used


def test_after_the_close_it_holds_the_result_until_its_days_are_over(bureau):
    number, _ = made.announced_notice()
    order(bureau, number, 30)
    assert notice(number).state is NoticeState.HELD
    made.move_to(notice(number).standstill_due + dt.timedelta(days=1))
    assert not contracts.of_notice(reading(CLOCK), number)
    (card,) = result_queries.suspensions(reading(CLOCK), number)
    made.move_to(card.until)
    made.tick()
    assert contracts.of_notice(reading(CLOCK), number)
    assert {"result.released", "suspension.ended"} <= set(types(number))
    with pytest.raises(Refusal) as no:
        propose(bureau[0], number)
    assert no.value.code == "suspension.too_late"


def test_between_close_and_result_the_draw_goes_on_and_the_letter_waits(bureau):
    number = made.published_notice()
    made.entered(number)
    made.sealed(number)
    order(bureau, number, 30)
    made.move_to(notice(number).draw_at)
    assert notice(number).state is NoticeState.ANNOUNCED
    made.move_to(notice(number).standstill_due)
    assert notice(number).state is NoticeState.HELD
    in_one_transaction(service.propose_lifting, bureau[0], number=number, reason="已查清。")
    do(service.sign_lifting, bureau[1], number=number)
    made.tick()
    assert contracts.of_notice(reading(CLOCK), number)


def test_two_persons_of_the_sector_and_within_the_caps(bureau):
    number = made.published_notice()
    other = people.member(people.organisation("regulator", "水利局"), "regulator_officer")
    with pytest.raises(NotFound):
        propose(other, number)
    with pytest.raises(Invalid):
        propose(bureau[0], number, 21)
    propose(bureau[1], number)
    with pytest.raises(Refusal) as no:
        do(service.sign_suspension, bureau[1], number=number)
    assert no.value.code == "suspension.same_person"
    with pytest.raises(Refusal) as no:
        propose(bureau[0], number)
    assert no.value.code == "suspension.live"
    second = people.member(bureau[0].organisation_id, "regulator_signatory")
    do(service.drop_suspension, second, number=number)
    assert "suspension.ordered" not in types(number)


def test_another_body_that_oversees_the_notice_ends_no_order_of_the_first(bureau):
    other = people.staff("regulator", "regulator_officer", name="住房和城乡建设局")
    second = people.member(other.organisation_id, "regulator_signatory")
    number = made.published_notice(further=("305",), joined=Joined.ALL_OF)
    assert other.organisation_id in notice(number).regulators
    propose(bureau[0], number)
    for deed in (service.sign_suspension, service.drop_suspension):
        with pytest.raises(Refusal, match="suspension.none"):
            do(deed, second, number=number)
    do(service.sign_suspension, bureau[1], number=number)
    with pytest.raises(Refusal, match="suspension.none"):
        in_one_transaction(service.propose_lifting, other, number=number, reason="核实完毕")
    in_one_transaction(service.propose_lifting, bureau[0], number=number, reason="核实完毕")
    for deed in (service.sign_lifting, service.drop_lifting):
        with pytest.raises(Refusal, match="suspension.none"):
            do(deed, second, number=number)


def test_the_pages(app, client):
    with app.app_context():
        officer = people.staff("regulator", "regulator_officer", name="自然资源局")
        signatory = people.member(officer.organisation_id, "regulator_signatory")
        number = made.published_notice()
        people.sign_in(client, officer)
    url = f"/office/selections/{number}/suspension"
    sent = {"csrf_token": people.token(client, url)}
    assert client.post(url, data=sent).status_code == 422
    much = client.post(url, data={**sent, **ORDER, "days": "99"})
    assert much.status_code == 422 and "1 至 20" in much.text
    assert client.post(url, data={**sent, **ORDER, "days": "2"}).status_code == 303
    assert ORDER["reason"] not in client.get(f"/notices/{number}").text
    with app.app_context():
        people.sign_in(client, signatory)
    assert url in client.get("/todo").text
    (form,) = [
        each for each in people.forms(client.get(url).text) if (each.action or "").endswith("/sign")
    ]
    assert client.post(f"{url}/sign", data=form.fields).status_code == 303
    page = client.get(f"/notices/{number}").text
    assert ORDER["reason"] in page and "顺延" in page
