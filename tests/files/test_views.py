"""Giving files back."""

import io

import pytest

from market.db import in_one_transaction
from market.files import rules, service
from market.files.rules import Audience
from market.kernel.actor import CLOCK
from tests.factories import accounts
from tests.files.test_rules import PDF
from tests.files.test_service import receive


@pytest.fixture
def agency(app):
    """An agency's member, and a file of theirs."""
    with app.app_context():
        actor = accounts.member(accounts.organisation("agency"), "agency_agent")
        file_id = in_one_transaction(
            service.store,
            CLOCK,
            receive(app),
            purpose="test",
            audience=Audience.OVERSIGHT,
            organisation_id=actor.organisation_id,
        )
    return actor, file_id


def test_a_file_leaves_as_an_attachment_in_a_sandbox(client, agency):
    actor, file_id = agency
    accounts.sign_in(client, actor)
    answer = client.get(f"/files/{file_id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_file_that_did_not_change_is_not_sent_again(client, agency):
    actor, file_id = agency
    accounts.sign_in(client, actor)
    tag = client.get(f"/files/{file_id}").headers["ETag"]
    assert client.get(f"/files/{file_id}", headers={"If-None-Match": tag}).status_code == 304


def test_another_s_file_looks_like_one_that_is_not_there(app, client, agency):
    _actor, file_id = agency
    with app.app_context():
        rival = accounts.member(accounts.organisation("agency"), "agency_agent")
    accounts.sign_in(client, rival)
    theirs = client.get(f"/files/{file_id}")
    absent = client.get("/files/999999")
    assert theirs.status_code == absent.status_code == 404
    assert "没有找到这份材料" in theirs.text
    assert "没有找到这份材料" in absent.text


@pytest.mark.parametrize("file_id", ["0", "-1", str(2**63), "9" * 30, "a", "1.5"])
def test_an_id_beyond_the_database_is_not_found(client, file_id):
    assert client.get(f"/files/{file_id}").status_code == 404


def test_a_file_is_looked_at_in_frames_of_our_own_alone(client, new_client, agency):
    actor, file_id = agency
    accounts.sign_in(client, actor)
    answer = client.get(f"/files/{file_id}/view")
    assert answer.data == PDF and answer.headers["Content-Disposition"] == "inline"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "frame-ancestors 'self'" in policy
    assert new_client().get(f"/files/{file_id}/view").status_code == 404


def test_a_form_with_a_file_may_be_larger_than_others_but_not_without_end(app, client):
    with app.app_context():
        accounts.sign_in(client, accounts.person())
    token = accounts.token(client, "/owners/register")
    body = {"csrf_token": token, "scan": (io.BytesIO(PDF + b" " * (5 * 2**20)), "a.pdf")}
    assert (
        client.post("/owners/register", data=body, content_type="multipart/form-data").status_code
        == 422
    )
    body = {"csrf_token": token, "scan": (io.BytesIO(b" " * (rules.LARGEST + 2 * 2**20)), "a.pdf")}
    answer = client.post("/owners/register", data=body, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "10 MB" in answer.text
    body = {"csrf_token": token, "login": "a" * (3 * 2**20)}
    assert client.post("/sign-in", data=body, content_type="multipart/form-data").status_code == 413
