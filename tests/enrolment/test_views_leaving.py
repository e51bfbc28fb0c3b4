"""The pages of leaving, as the agency, the office and a stranger see them."""

import pytest

from tests.factories import accounts as people
from tests.factories import agencies as factory
from tests.factories import reputation as credit
from tests.factories import selection

REASONS = {
    "reasons": "证书系伪造",
    "remedy": "60 日内申请行政复议",
}


@pytest.fixture
def made(app):
    with app.app_context():
        return factory.active_agency()


@pytest.fixture
def checker(app, new_client):
    return signed_in(app, new_client, factory.checker)


@pytest.fixture
def head(app, new_client):
    return signed_in(app, new_client, factory.head)


def signed_in(app, new_client, who):
    with app.app_context():
        factory.town()
        actor = who()
    client = new_client()
    people.sign_in(client, actor)
    return client


def test_an_agency_leaves_through_its_pages(client, new_client, checker, made):
    people.sign_in(client, made.actor)
    assert "退出中介超市" in client.get("/enrolment").text
    assert people.submit(client, "/enrolment/exit").status_code == 422  # without its word
    assert people.submit(client, "/enrolment/exit", {"agree": "y"}).location == "/enrolment"
    page = client.get("/enrolment").text
    assert "退出办理中" in page and "撤回退出申请" in page
    assert "只有已入驻的机构可以申请退出" in client.get("/enrolment/exit").text
    seen = new_client().get(f"/agencies/{made.uscc}").text
    assert "暂停报名" in seen and "退出" not in seen  # a stranger is told no intention

    assert (
        people.submit(client, "/enrolment", to="/enrolment/exit/withdraw").location == "/enrolment"
    )
    assert "可以报名" in client.get("/enrolment").text
    people.submit(client, "/enrolment/exit", {"agree": "y"})
    assert made.name in checker.get("/office/enrolments").text
    done = people.submit(
        checker, f"/office/agencies/{made.ref}", to=f"/office/agencies/{made.ref}/exit"
    )
    assert done.location == "/office/enrolments"
    assert "可以随时重新申请入驻" in client.get("/enrolment").text
    assert "已退出" in new_client().get(f"/agencies/{made.uscc}").text


def test_what_is_still_open_is_listed_for_the_agency_and_nobody_else(client, app):
    with app.app_context():
        number = selection.published_notice()
        who = selection.agency()
        selection.enter(number, who)
    people.sign_in(client, who.actor)
    page = client.get("/enrolment/exit").text
    assert f"/notices/{number}" in page and "申请退出" not in page


@pytest.fixture
def ground(app, made):
    """What a removal is proposed with: a record of the agency that allows one."""
    with app.app_context():
        return {**REASONS, "record_number": credit.ground(made)}


def test_a_removal_goes_from_the_proposal_through_the_statement_to_the_signature(
    client, new_client, checker, head, made, ground
):
    desk = f"/office/agencies/{made.ref}"
    assert "拟清退" in checker.get(desk).text
    wrong = people.submit(checker, f"{desk}/remove", {**ground, "barred_until": "2026-03-04"})
    assert (
        wrong.status_code == 422
        and "须在今天之后" in wrong.text
        and REASONS["reasons"] in wrong.text
    )
    assert (
        people.submit(checker, f"{desk}/remove", {**ground, "barred_until": "2026-09-04"}).location
        == desk
    )
    assert "签发清退决定" not in checker.get(desk).text
    early = people.submit(head, desk, to=f"{desk}/removal/sign")
    assert early.status_code == 409 and "陈述申辩期" in early.text

    people.sign_in(client, made.actor)
    assert REASONS["reasons"] in client.get("/enrolment").text
    assert REASONS["reasons"] in client.get("/enrolment/statement").text
    assert (
        people.submit(client, "/enrolment/statement", {"statement": "证书真实"}).location
        == "/enrolment"
    )
    assert "证书真实" in head.get(desk).text
    seen = new_client().get(f"/agencies/{made.uscc}").text
    assert "暂停报名" in seen and "清退" not in seen

    assert people.submit(head, desk, to=f"{desk}/removal/sign").location == desk
    seen = new_client().get(f"/agencies/{made.uscc}").text
    assert "已清退" in seen and "2026-09-04" in seen
    page = client.get("/enrolment").text
    assert "2026-09-04" in page and REASONS["remedy"] in page
    assert "可以再申请入驻" in people.submit(client, "/enrolment/check").text


def test_a_removal_that_is_not_signed_is_over(checker, head, made, ground):
    desk = f"/office/agencies/{made.ref}"
    people.submit(checker, f"{desk}/remove", {**ground, "barred_until": "2026-09-04"})
    assert people.submit(head, desk, to=f"{desk}/removal/drop").location == desk
    assert "已入驻" in head.get(desk).text
    again = head.post(f"{desk}/removal/drop", data={"csrf_token": people.token(head, desk)})
    assert again.status_code == 409
