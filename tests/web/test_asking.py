"""Deeds that destroy ask once, and what they threw away comes back where that is possible."""

import re

import pytest
import sqlalchemy as sa

from market.complaints import jobs as complaint_jobs
from market.complaints import queries as complaints_read
from market.complaints import service as complaint_service
from market.db import NEVER_AGAIN, db, in_one_transaction, reading
from market.kernel.errors import NotFound, Refusal
from market.selection.notices import jobs as notice_jobs
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.rules.states import DISCARDED_LASTS
from tests.factories import accounts, complaints, selection
from tests.factories.accounts import sign_in, submit

DESTROYS = re.compile(r"discard|remove|drop|disable|revoke|forget|^end_|withdraw")
HARMLESS = {
    # Decisions and proposals with a page of their own, which says what follows.
    "agencies.drop_removal",
    "agencies.drop_standing",
    "agencies.propose_removal",
    "agencies.propose_revocation",
    "agencies.remove",
    "agencies.revoke",
    "agencies.revoke_after_objection",
    "agencies.sign_removal",
    "agencies.withdraw_exit",  # one stays, and may apply again
    "cases.withdraw_answer",  # the form asks for the reason, and the address stays
    "complaints.propose_withdrawal",
    "contracts.withdraw",  # a page of its own; nothing has changed yet
    "oversight.drop_lifting",
    "oversight.drop_suspension",
    "complaints.withdraw",
    "owners.drop_refusal",
    "zones.withdraw",  # a page of its own, which asks for the reason
    "selection.drop_pause",  # nothing has changed yet, and it may be asked for again
    "selection.drop_change",  # nothing has changed yet, and it may be asked for again
}


def test_every_deed_that_destroys_asks_once(app):
    silent = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and DESTROYS.search(rule.endpoint.rpartition(".")[2])
        and not getattr(app.view_functions[rule.endpoint], "asks", False)
    }
    assert silent <= HARMLESS


def test_the_question_stands_between_and_carries_on_what_was_sent(app, client):
    with app.app_context():
        person = accounts.person("zhang@example.org")
    sign_in(client, person)
    token = accounts.token(client, "/account")
    data = {"csrf_token": token, "key": '"><b>'}
    asked = client.post("/account/sessions/revoke", data=data)
    assert asked.status_code == 200
    form = next(f for f in accounts.forms(asked.text) if "sure" in f.fields)
    assert form.action == "/account/sessions/revoke"
    assert form.fields["key"] == data["key"]
    assert client.post(form.action, data=form.fields).status_code == 404  # it was no session's


@pytest.fixture
def draft(app, context):
    complaints.desk()
    who = complaints.citizen()
    return who, complaints.drafted(selection.published_notice(), who)


@pytest.mark.databases
def test_a_complaints_draft_comes_back_for_some_days_and_its_id_never(draft, clock):
    who, first = draft
    in_one_transaction(complaint_service.discard, who, draft_id=first)
    assert complaints_read.drafts(reading(who)) == []
    with pytest.raises(NotFound):
        in_one_transaction(complaint_service.discard, who, draft_id=first)
    in_one_transaction(complaint_service.restore, who, draft_id=first)
    assert [card.id for card in complaints_read.drafts(reading(who))] == [first]
    in_one_transaction(complaint_service.discard, who, draft_id=first)
    clock.advance(DISCARDED_LASTS)
    complaint_jobs.forget_discarded()
    assert complaints_read.drafts(reading(who), discarded=True) == []
    second = complaints.drafted(selection.published_notice(), who)
    assert second > first


def written(owner) -> int:
    return in_one_transaction(notice_service.draft, owner.drafter, terms=selection.terms())


@pytest.mark.databases
def test_a_notices_draft_too(context, clock):
    owner = selection.owner()
    first = written(owner)
    in_one_transaction(notice_service.discard, owner.drafter, notice_id=first)
    assert notice_queries.of_owner(reading(owner.drafter), owner.organisation_id) == []
    with pytest.raises(NotFound):
        notice_queries.own_draft(reading(owner.drafter), first)
    in_one_transaction(notice_service.restore, owner.drafter, notice_id=first)
    assert notice_queries.own_draft(reading(owner.drafter), first).card.id == first
    in_one_transaction(notice_service.discard, owner.drafter, notice_id=first)
    clock.advance(DISCARDED_LASTS)
    notice_jobs.forget_discarded()
    assert written(owner) > first


def test_what_was_handed_in_is_not_thrown_away(context):
    owner = selection.owner()
    waiting = selection.submitted_notice(owner)
    with pytest.raises(Refusal, match="notice.not_discardable"):
        in_one_transaction(notice_service.discard, owner.drafter, notice_id=waiting)


def test_tables_whose_rows_go_never_give_an_id_out_twice(context):
    wanted = {
        table.name
        for table in db.metadata.tables.values()
        if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert NEVER_AGAIN and len(wanted) == 11
    spelled = db.session.execute(
        sa.text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    )
    assert {name for (name,) in spelled} == wanted


def test_deleting_does_not_stand_under_filing(app, client):
    with app.app_context():
        complaints.desk()
        who = complaints.citizen()
        mine = complaints.drafted(selection.published_notice(), who)
    sign_in(client, who)
    assert "discard" not in client.get(f"/complaints/drafts/{mine}/check").text
    gone = submit(
        client, "/complaints/mine", {"sure": "1"}, to=f"/complaints/drafts/{mine}/discard"
    )
    assert gone.status_code == 303
    back = submit(client, "/complaints/mine", to=f"/complaints/drafts/{mine}/restore")
    assert back.location == f"/complaints/drafts/{mine}/check"
