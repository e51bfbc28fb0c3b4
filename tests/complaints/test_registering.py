"""Complaints that staff enter for those who came by paper, counter, telephone, post or 12345."""
import datetime as dt
import re

import pytest

from market.complaints import queries
from market.db import in_one_transaction, reading
from market.kernel.clock import CHINA
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit

FACTS = {"about": "notice", "respondent": "owner", "matters": "公告要求在本市设有分支机构，属于地域限制。",
         "request": "请求更正公告。", "door": "office", "complainant": "person", "phone": "13812345678", "name": "王小民"}


@pytest.fixture
def town(app):
    """A notice, the office's desk, and a clerk who takes things in and no more."""
    with app.app_context():
        notice, desk = selection.published_notice(), complaints.desk()
        return notice, desk, people.member(desk.organisation_id, "intake_clerk")


def saved(client, url: str, fields: dict[str, str]) -> str:
    """Send the form; returns the address of the page that checks the answers."""
    answer = submit(client, url, fields)
    assert answer.status_code == 303, re.findall(r'error-message[^>]*>.*?</p>', answer.text, re.S)
    return answer.location.removesuffix("/files") + "/check"


@pytest.mark.parametrize("channel", ["paper", "counter", "phone", "hotline", "post"])
def test_whoever_entered_a_complaint_gets_its_receipt_and_reads_it_again(app, client, new_client, town, channel):
    notice, desk, clerk = town
    sign_in(client, clerk)
    fields = {**FACTS, "channel": channel, "received_at": "2026-03-04 10:00", "external_number": "12345-77"}
    check = saved(client, f"/office/complaints/new?number={notice}", fields)
    receipt = client.get(submit(client, check, {"truth": "y"}, to=check).location)
    assert receipt.status_code == 200
    number = re.search("TS-[0-9-]+", receipt.text)[0]
    assert "2026-03-06 24:00" in receipt.text and re.search(r"/log/receipts/\d+\.tlog-proof", receipt.text)
    assert "交给投诉人" in receipt.text
    page = client.get(f"/complaints/{number}").text
    assert "王小民" in page and "地域限制" in page and f"/complaints/{number}/receipt" in page
    assert "现在可以" not in page  # and decides nothing
    other = new_client()
    with app.app_context():
        colleague = people.member(desk.organisation_id, "intake_clerk")
    sign_in(other, colleague)
    assert other.get(f"/complaints/{number}/receipt").status_code == 404
    assert "王小民" not in other.get(f"/complaints/{number}").text


def test_who_entered_it_reads_what_he_entered_and_nothing_that_came_after(app, town):
    notice, desk, clerk = town
    with app.app_context():
        number = complaints.registered(notice, clerk, complaints.by_hotline())
        in_one_transaction(complaints.service.ask_completion, desk.officer, number=number, request="请补充身份证明")
        in_one_transaction(complaints.service.complete, desk.officer, number=number, text="身份证明已核对")
        card = queries.view(reading(clerk), number)
        assert (card.relation, card.content.name, card.content.completion, card.dossier) == ("registrar", "王小民", "", None)
        complaints.accepted(number, desk)
        complaints.decided(number, desk)
        assert queries.view(reading(clerk), number).ruling is None
        moved = people.actor_of(clerk.person_id)
        assert queries.view(reading(moved), number).content is None
