"""Opinions of the office stand beside their field and are met by a change of that field alone."""

import re

import pytest

from market.db import reading
from market.enrolment import queries, rules, service
from market.enrolment.rules import Opinion, Section
from market.kernel.errors import Invalid
from tests.factories import accounts as people
from tests.factories import agencies as factory
from tests.factories.deeds import do


@pytest.fixture
def returned(app):
    with app.app_context():
        made = factory.submitted_agency()
        held = queries.own_application(reading(made.actor)).qualifications
        do(
            service.send_back,
            factory.checker(),
            number=made.number,
            corrections=[
                Opinion(Section.BASICS, "地址与执照不符", "address"),
                Opinion(Section.BASICS, "联系人写全名", "contact_person"),
                *(
                    Opinion(Section.QUALIFICATIONS, "编号不清", f"qualification:{of.id}")
                    for of in held[:1]
                ),
            ],
        )
    return made


def met(made) -> dict[str | None, bool]:
    own = queries.own_application(reading(made.actor))
    assert own is not None
    return {each.field: each.mended_at is not None for each in own.corrections}


def test_saving_without_a_change_meets_nothing_and_a_change_its_own(app, returned):
    with app.app_context():
        before = factory.basics(returned.name)
        do(service.save_basics, returned.actor, basics=before)
        assert not any(met(returned).values())
        do(
            service.save_basics,
            returned.actor,
            basics=factory.basics(returned.name, address="人民南路1号附2号"),
        )
        assert [name for name, is_met in met(returned).items() if is_met] == ["address"]


def test_what_is_not_followed_is_answered(app, returned):
    with app.app_context():
        with pytest.raises(Invalid, match=r"agency.not_mended") as no:
            do(service.submit, returned.actor, submission_key="second")
        assert no.value.field == "plea"
        do(service.submit, returned.actor, submission_key="third", plea="执照已换，地址无误。")
        found = queries.own_application(reading(returned.actor)).corrections
        assert {each.answer for each in found} == {"执照已换，地址无误。"}


def test_the_opinion_stands_beside_its_field(app, client, returned):
    people.sign_in(client, returned.actor)
    page = client.get("/enrolment/basics").text
    assert re.search(r"地址与执照不符.*?（待修改）.*?<label[^>]*for=\"address\"", page, re.S)
    assert page.index("地址与执照不符") > page.index('id="established_on"')
    assert "办公地址" in client.get("/enrolment").text.partition("地址与执照不符")[0]


def test_the_office_writes_beside_the_fields(app, client):
    with app.app_context():
        made = factory.submitted_agency()
        checker = factory.checker()
    people.sign_in(client, checker)
    page = f"/office/enrolments/{made.number}/return"
    sent = people.submit(client, page, {"about:basics:address": "地址与执照不符"})
    assert sent.status_code == 303
    with app.app_context():
        found = queries.own_application(reading(made.actor)).corrections
        assert [(each.section, each.field, each.text) for each in found] == [
            (rules.Section.BASICS, "address", "地址与执照不符")
        ]
