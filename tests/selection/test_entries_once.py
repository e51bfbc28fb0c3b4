"""A form for entering does its work once, for its sender, its notice and its quote alone."""

import pytest
from sqlalchemy import func, select, text

from market.db import db, in_one_transaction
from market.kernel.errors import Refusal
from market.selection.entries import service
from market.selection.entries.models import Entry
from tests.factories import accounts as people
from tests.factories import selection as f

QUOTE = 9_876_500


def send(number, actor, key, quote_fen=QUOTE, act=service.enter):
    return in_one_transaction(
        act,
        actor,
        number=number,
        quote_fen=quote_fen,
        submission_key=key,
        sealing_key=f.keys().sealing_public(),
    )


def refused(code, *args, **values):
    with pytest.raises(Refusal) as no:
        send(*args, **values)
    assert no.value.code == code


@pytest.mark.databases
@pytest.mark.parametrize("empty", ["", " ", None])
def test_an_empty_key_is_no_key(context, empty):
    numbers = [f.published_notice(), f.published_notice()]
    both = [f.agency(), f.agency()]
    given = {send(number, who.actor, empty).receipt for number in numbers for who in both}
    assert len(given) == 4
    refused("entry.twice", numbers[0], both[0].actor, empty)
    changed = send(numbers[0], both[0].actor, empty, 1_000, service.enter_anew)
    again = send(numbers[0], both[0].actor, empty, 1_000, service.enter_anew)
    assert len({changed.receipt, again.receipt} | given) == 6


@pytest.mark.databases
@pytest.mark.parametrize("act", [service.enter, service.enter_anew])
def test_a_key_is_of_one_person_one_agency_one_notice_and_one_quote(context, act):
    number = f.published_notice()
    other_notice = f.published_notice()
    who = f.agency()
    other = f.agency()
    person = people.person()
    people.join(who.organisation_id, person, "agency_agent")
    colleague = people.actor_of(person, who.organisation_id)
    first = send(number, who.actor, "k" * 32)
    assert send(number, who.actor, "k" * 32, act=act) == first
    refused("once.not_yours", number, other.actor, "k" * 32, act=act)
    refused("once.not_yours", number, colleague, "k" * 32, act=act)
    refused("once.changed", other_notice, who.actor, "k" * 32, act=act)
    refused("once.changed", number, who.actor, "k" * 32, QUOTE + 100, act=act)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 1


@pytest.mark.databases
def test_what_was_refused_has_taken_no_key(context):
    number = f.published_notice()
    who = f.agency()
    refused("entry.above_ceiling", number, who.actor, "k" * 32, 10**12)
    assert send(number, who.actor, "k" * 32).no == 1


def test_nothing_kept_of_a_form_tells_its_sender_or_its_quote(context):
    number = f.published_notice()
    who = f.agency()
    send(number, who.actor, "k" * 32)
    rows = list(db.session.execute(text("SELECT * FROM submission")))
    assert rows and all(len(value) == 64 for row in rows for value in row)
    assert "k" * 32 not in db.session.scalar(select(Entry.submission_key))


def test_the_page_of_a_form_that_was_not_taken_brings_a_fresh_key(app, client):
    with app.app_context():
        number = f.published_notice()
        who = f.agency()
        send(number, who.actor, "k" * 32)
    people.sign_in(client, who.actor)
    token = people.token(client, f"/notices/{number}/entry")
    page = client.post(
        f"/notices/{number}/entry",
        data={
            "csrf_token": token,
            "quote_fen": "77777",
            "once": "k" * 32,
            "again": "",
            "pledge": "y",
        },
    )
    assert page.status_code == 409
    assert "已提交过一次" in page.text
    assert "k" * 32 not in page.text
