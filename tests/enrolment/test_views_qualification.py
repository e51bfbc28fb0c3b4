"""The end of a certificate: owed, and marked so, unless it has none."""

import re

import pytest

from tests.enrolment.test_views import CERTIFICATE, scan
from tests.factories import accounts as people
from tests.factories import agencies as factory


@pytest.fixture
def form(app, client):
    """Sends the form of a new certificate, each time with the same fields and these changes."""
    with app.app_context():
        factory.town()
        made = factory.started_agency()
    people.sign_in(client, made.actor)
    people.submit(client, "/enrolment/lines", {"items": ["301"]})

    def send(**changes):
        return people.submit(
            client, "/enrolment/qualifications/new", {**CERTIFICATE, **changes}, files=scan()
        )

    return send


def test_the_end_is_not_marked_as_optional(form, client):
    page = client.get("/enrolment/qualifications/new").text
    label = re.search(r'<label[^>]*for="valid_to">(.*?)</label>', page)[1]
    assert label.startswith("有效期止") and "选填" not in label


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"valid_to": ""}, 422, "没有期限的，请勾选“长期有效”"),
        ({"valid_to": "  "}, 422, "没有期限的，请勾选“长期有效”"),
        ({"valid_to": "soon"}, 422, "不是有效日期"),
        ({"valid_to": "soon", "lasting": "y"}, 422, "不是有效日期"),
        ({"valid_to": "", "lasting": "y"}, 303, ""),
        ({"valid_to": "2028-12-31", "lasting": "y"}, 303, ""),
    ],
)
def test_it_is_owed_unless_the_certificate_has_none(form, changes, status, sentence):
    answer = form(**changes)
    assert answer.status_code == status
    assert (
        sentence in answer.text and answer.text.count("请填写“有效期止”") <= 2
    )  # at the field and in the summary
