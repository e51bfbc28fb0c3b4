"""Who comes too late is found, whatever this process remembers of the close."""

import datetime as dt

from sqlalchemy import update

from market.db import db, reading
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.selection.notices.models import Notice
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.selection.test_views import QUOTE, inside


def test_a_late_entry_is_found_though_the_close_was_moved_since_a_form_last_asked_for_it(
    client, new_client, clock
):
    number = inside(client, f.published_notice)
    url = f"/notices/{number}/entry"
    entrants = [client, new_client()]
    forms = []
    for entrant in entrants:
        people.sign_in(entrant, inside(client, f.agency).actor)
        shown = people.forms(entrant.get(url).text)[-1].fields
        forms.append({**shown, "quote_fen": QUOTE, "pledge": "y"})
    answers = []
    for entrant, data in zip(entrants, forms, strict=True):
        answers.append(entrant.post(url, data=data))
        inside(client, close_at, clock.instant)
        clock.advance(dt.timedelta(seconds=2))
    assert [answer.status_code for answer in answers] == [303, 409]
    assert "到达时间已写入公开日志" in answers[1].text


def close_at(instant):
    db.session.execute(update(Notice).values(entry_close=instant))
    db.session.commit()


def test_a_changed_quote_that_comes_late_is_noted_like_a_first_one(client, clock):
    number = inside(client, f.published_notice)
    url = f"/notices/{number}/entry"
    people.sign_in(client, inside(client, f.agency).actor)
    people.submit(client, url, {"quote_fen": QUOTE, "pledge": "y"})
    shown = [form.fields for form in people.forms(client.get(url).text) if "again" in form.fields]
    change = {**shown[0], "quote_fen": "9000", "pledge": "y"}
    assert change["again"]  # the form is that of a change
    inside(client, close_at, clock.instant)
    clock.advance(dt.timedelta(seconds=2))
    answer = client.post(url, data=change)
    assert answer.status_code == 409
    assert "到达时间已写入公开日志" in answer.text
    assert len(inside(client, late_of, number)) == 1


def late_of(number):
    entries = ledger.of_subject(reading(CLOCK), number)
    return [entry for entry in entries if entry.type == "entry.late"]
