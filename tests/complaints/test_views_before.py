"""What is said before a complaint is begun: until when, in how many days, each by the rulebook and
not by a constant.
"""

import datetime as dt

from market.complaints import queries
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.rulebook import service as rulebooks
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in
from tests.factories.deeds import do


def test_the_notices_page_says_until_when_one_may_complain(app, client, clock):
    with app.app_context():
        notice, _ = selection.announced_notice()
        due_at = queries.filing(reading(CLOCK), notice).due_at
    page = client.get(f"/notices/{notice}").text
    assert (
        f"/notices/{notice}/complaints/new" in page
        and "提出投诉截止" in page
        and "2026-03-16 24:00" in page
    )
    clock.instant = due_at
    page = client.get(f"/notices/{notice}").text
    assert "提出投诉的期限已于 2026-03-16 24:00 届满" in page and "仍可提交举报线索" in page
    assert f"/notices/{notice}/complaints/new" not in page


def test_a_notice_without_a_result_says_that_one_may_complain_now(app, client):
    with app.app_context():
        notice = selection.published_notice()
    page = client.get(f"/notices/{notice}").text
    assert f"/notices/{notice}/complaints/new" in page and "提出投诉截止" not in page


def test_the_spans_are_those_of_the_notices_own_version_and_of_the_one_in_force(app, client, clock):
    with app.app_context():
        notice = selection.published_notice()
        editor = people.staff("authority", "rule_editor")
        approver = people.staff("authority", "rule_approver")
        version = in_one_transaction(
            rulebooks.propose,
            editor,
            values={"accept_days": (5, "calendar_day"), "conduct_file_days": (10, "calendar_day")},
            title="修订",
            document_number="瑞数〔2026〕6号",
            in_force_from=reading(CLOCK).today + dt.timedelta(days=1),
        )
        do(rulebooks.approve, approver, version=version)
        clock.advance(dt.timedelta(days=1))
        later = selection.published_notice()
        who = complaints.citizen()
    sign_in(client, who)
    assert "收到后 2 个工作日内决定是否受理" in client.get(f"/notices/{notice}/complaints/new").text
    assert (
        "收到后 5 日（自然日）内决定是否受理" in client.get(f"/notices/{later}/complaints/new").text
    )
    assert "发生后 10 日（自然日）内提出" in client.get("/complaints/new").text


def test_before_the_place_is_set_up_the_shipped_spans_are_said(client):
    home = client.get("/")
    assert home.status_code == 200
    assert "2 个工作日内核验" in home.text
