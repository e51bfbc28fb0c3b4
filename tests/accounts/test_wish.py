"""What a visitor wanted before he had an account goes with him through registration and mail."""

import re

import pytest
from sqlalchemy import select

from market.accounts.models import OutgoingMail
from market.db import db
from tests.factories import accounts
from tests.factories.accounts import PASSWORD, submit

FORM = {
    "login": "zhang@example.org",
    "name": "张三",
    "phone": "13812345678",
    "password": PASSWORD,
    "again": PASSWORD,
}


def link_in_mail(app) -> str:
    with app.app_context():
        newest = select(OutgoingMail.body).order_by(OutgoingMail.id.desc())
        found = re.search(
            r"http://localhost(/activate/\S+)", db.session.scalars(newest).first() or ""
        )
        assert found
        return found[1]


@pytest.mark.parametrize(
    ("begins", "wanted"),
    [("/enrolment", "/enrolment/start"), ("/owners/start", "/owners/register")],
)
def test_the_wish_survives_activation_on_another_device(app, client, new_client, begins, wanted):
    with app.app_context():
        accounts.rules_of_the_place()
    page = client.get(begins)
    assert page.status_code == 200
    register = re.search(r'href="(/register\?next=[^"]+)"', page.text)[1]
    sent = submit(client, register, {**FORM, "id_number": accounts.id_number()})
    assert sent.status_code == 303
    phone = new_client()
    link = link_in_mail(app)
    token = accounts.token(phone, link)
    activated = phone.post(link, data={"csrf_token": token})
    entered = submit(phone, activated.location, {"login": FORM["login"], "password": PASSWORD})
    assert entered.location == wanted
    assert phone.get(wanted).status_code == 200


@pytest.mark.parametrize("wish", ["//evil.example", "https://evil.example/x", "/\\evil.example"])
def test_no_wish_leads_to_another_site(app, client, wish):
    with app.app_context():
        accounts.rules_of_the_place()
    submit(client, f"/register?next={wish}", {**FORM, "id_number": accounts.id_number()})
    assert "evil" not in link_in_mail(app)
