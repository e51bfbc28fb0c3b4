"""Who leads an enrolled agency: told with a number by the agency, confirmed by the office."""

import dataclasses

import pytest
from sqlalchemy import text

from market.agencies import queries as agencies
from market.agencies.models import Agency
from market.catalogue.rules import Items
from market.db import db, reading
from market.enrolment import queries, service
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import Changed, seen
from tests.enrolment.deeds import do, kinds
from tests.factories import accounts as people
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases
A = "a" * 64
B = "b" * 64


def from_before(name="李四"):
    """An agency enrolled before numbers were asked for."""
    made = factory.active_agency(legal_representative=name)
    db.session.query(Agency).filter_by(organisation_id=made.organisation_id).update(
        {"representative_digest": None}
    )
    db.session.commit()
    return made


def known(made):
    """Name and digest by which entries compare."""
    found = agencies.standing(
        reading(CLOCK), made.organisation_id, Items(("301",)), reading(CLOCK).today
    )
    return found.legal_representative, found.representative_digest


@pytest.mark.parametrize("name", ["李四", "赵六"])
@pytest.mark.parametrize("is_passed", [True, False])
def test_what_is_told_counts_when_the_office_has_confirmed_it(context, name, is_passed):
    made = from_before()
    assert [card.ref for card in queries.owing_representative(reading(made.actor))] == [made.ref]

    do(service.tell_representative, made.actor, name=name, digest=A)
    assert known(made) == ("李四", None)
    assert queries.owing_representative(reading(made.actor)) == []
    ((card, _due),) = queries.representatives(reading(CLOCK))
    assert card.ref == made.ref
    with pytest.raises(Refusal, match=r"agency.representative_waits"):
        do(service.tell_representative, made.actor, name=name, digest=B)

    if is_passed:
        do(service.confirm_representative, factory.checker(), ref=made.ref)
        assert known(made) == (name, A)
    else:
        do(service.return_representative, factory.checker(), ref=made.ref, reason="与执照不一致")
        assert known(made) == ("李四", None)
        assert queries.owing_representative(reading(made.actor)) != []
    assert queries.representatives(reading(CLOCK)) == []
    assert {True: "agency.representative_confirmed", False: "agency.representative_returned"}[
        is_passed
    ] in kinds(made.ref)
    with pytest.raises(Refusal, match=r"agency.no_representative"):
        do(service.confirm_representative, factory.checker(), ref=made.ref)


def test_nothing_is_told_twice_or_confirmed_by_who_told_it_or_unseen(context):
    made = factory.active_agency(legal_representative="李四", representative_digest=A)
    with pytest.raises(Invalid, match=r"agency.representative_same"):
        do(service.tell_representative, made.actor, name="李四", digest=A)
    shown = seen(service.confirm_representative, reading(CLOCK), made.ref)
    do(service.tell_representative, made.actor, name="李四", digest=B)

    office = factory.checker()
    with pytest.raises(Changed):
        do(service.confirm_representative, office, ref=made.ref, shown=shown)
    with pytest.raises(Refusal, match=r"agency.same_person"):
        do(
            service.confirm_representative,
            dataclasses.replace(office, person_id=made.actor.person_id),
            ref=made.ref,
        )
    with pytest.raises(Invalid, match=r"agency.unreasoned"):
        do(service.return_representative, office, ref=made.ref, reason=" ")
    with pytest.raises(NotFound, match=r"agency.none"):
        do(service.confirm_representative, office, ref="A999999")


def test_an_agency_that_is_not_enrolled_fills_in_its_application_instead(context):
    made = factory.started_agency()
    with pytest.raises(Refusal, match=r"agency.not_editable"):
        do(service.tell_representative, made.actor, name="李四", digest=A)


def test_what_was_told_goes_with_the_agency(context):
    made = from_before()
    do(service.tell_representative, made.actor, name="李四", digest=A)
    do(service.open_exit, made.actor)
    do(service.close_exit, factory.checker(), ref=made.ref)
    assert queries.representatives(reading(CLOCK)) == []
    left = text("SELECT count(*) FROM agency_representative")
    assert db.session.scalar(left) == 0


def test_the_page_takes_a_number_that_nobody_sees_again(client):
    with client.application.app_context():
        made = from_before()
    people.sign_in(client, made.actor)
    assert "/enrolment/representative" in client.get("/enrolment").text
    number = people.id_number()
    typed = {"legal_representative": "赵六", "representative_number": number[:-2]}
    wrong = people.submit(client, "/enrolment/representative", typed)
    assert wrong.status_code == 422 and 'href="#representative_number"' in wrong.text
    assert number[:-2] not in wrong.text and "赵六" in wrong.text

    right = {**typed, "representative_number": number}
    assert people.submit(client, "/enrolment/representative", right).status_code == 303
    assert "正在核验" in client.get("/enrolment").text

    with client.application.app_context():
        checker = factory.checker()
    people.sign_in(client, checker)
    assert made.name in client.get("/office/enrolments").text
    desk = f"/office/agencies/{made.ref}"
    assert people.submit(client, f"{desk}/representative/return").status_code == 422
    passed = people.submit(client, desk, to=f"{desk}/representative/confirm")
    assert passed.status_code == 303
    assert "赵六" in client.get(f"/agencies/{made.uscc}").text
