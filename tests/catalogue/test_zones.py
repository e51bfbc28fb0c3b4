"""What was evaluated once for a whole zone need not be bought again."""

import dataclasses
import datetime as dt

import pytest

from market.catalogue import queries, service
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from tests.factories import accounts as people
from tests.factories import selection as made
from tests.factories.catalogue import shipped_catalogue
from tests.factories.zones import ZONE, published
from tests.selection.test_writing import ITEM, MONEY

TYPED = {
    "item_code": "114",
    "zone": ZONE.zone,
    "title": ZONE.title,
    "document_number": ZONE.document_number,
    "issued_on": "2026-01-09",
    "contact": ZONE.contact,
}


@pytest.fixture
def office(app):
    with app.app_context():
        shipped_catalogue()
        return people.staff("office", "notice_reviewer")


def today(app):
    with app.app_context():
        return reading(CLOCK).today


def test_an_owner_who_drafts_the_item_reads_it_until_it_ends(app, client, office):
    with app.app_context():
        made.town()
        buyer = made.owner().drafter
        zone_id = published(office, "301")
        subject = "360481-301"
        told = [each.type for each in ledger.of_subject(reading(CLOCK), subject)]
        assert told.count("catalogue.zone_published") == 1
    people.sign_in(client, buyer)
    check = people.submit(client, "/notices/new", ITEM | MONEY | {"method": "random"}).location
    for page in (check, check.replace("check", "edit"), "/catalogue/301", "/catalogue/zones"):
        assert ZONE.title in client.get(page).text, page
    with app.app_context():
        in_one_transaction(service.withdraw_zone, office, zone_id=zone_id, reason="规划调整")
        with pytest.raises(Refusal, match=r"catalogue.zone_withdrawn"):
            in_one_transaction(service.withdraw_zone, office, zone_id=zone_id, reason="规划调整")
    assert ZONE.title not in client.get(check).text
    assert "规划调整" in client.get("/catalogue/zones").text


@pytest.mark.parametrize(("ends", "usable"), [(0, True), (-1, False), (1, True), (None, True)])
def test_it_may_be_used_to_its_last_day(app, client, office, clock, ends, usable):
    day = today(app)
    until = None if ends is None else day + dt.timedelta(days=3)
    with app.app_context():
        published(office, zone=dataclasses.replace(ZONE, valid_until=until))
        clock.advance(dt.timedelta(days=3 - (ends or 0)))
        assert [each.is_usable for each in queries.zones(reading(CLOCK), "114")] == [usable]
    page = client.get("/catalogue/zones").text
    assert ZONE.title in page and ("已到期" in page) is not usable


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"valid_until": "2026-01-08"}, "valid_until"),
        ({"valid_until": "2020-01-01", "issued_on": "2019-01-01"}, "valid_until"),
        ({"issued_on": "2030-01-01"}, "issued_on"),
        ({"issued_on": ""}, "issued_on"),
        ({"item_code": "999"}, "item_code"),
        ({"zone": "\u200b"}, "zone"),
        ({"title": "长" * 101}, "title"),
        ({"contact": ""}, "contact"),
    ],
)
def test_what_is_wrong_is_named(app, client, office, wrong, field):
    people.sign_in(client, office)
    page = people.submit(client, "/office/zones/new", TYPED | wrong)
    assert page.status_code == 422 and f'href="#{field}"' in page.text
    with app.app_context():
        assert queries.zones(reading(CLOCK)) == []


def test_the_office_publishes_once_and_ends_with_a_reason(app, client, office):
    people.sign_in(client, office)
    assert people.submit(client, "/office/zones/new", TYPED).status_code == 303
    with app.app_context():
        (zone,) = queries.zones(reading(CLOCK))
        assert published(office, key="k") == published(office, key="k")
    ending = f"/office/zones/{zone.id}/withdraw"
    assert people.submit(client, ending, {"reason": ""}).status_code == 422
    assert people.submit(client, ending, {"reason": "已失效"}).status_code == 303
    assert "已停用" in client.get("/office/zones").text
    assert people.submit(client, ending, {"reason": "已失效"}).status_code in (409, 422)


def test_others_publish_and_end_nothing(app, office):
    with app.app_context():
        with pytest.raises(NotPermitted):
            published(people.staff("office", "enrolment_checker"))
        with pytest.raises(NotFound):
            in_one_transaction(service.withdraw_zone, office, zone_id=99, reason="无此项")
