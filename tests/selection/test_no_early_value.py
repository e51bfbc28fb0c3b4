"""A chain value never leaves before its slot: by no page, API, log line, error or file that the web
can read.

Every route is asked by every kind of person while a draw waits, with the numbers of that draw in
every place.
"""

import base64
import datetime as dt
import itertools
import logging
import pathlib

import pytest
from flask import current_app
from werkzeug.routing import BuildError, ValidationError

from market.adapters.beacon import NotDue
from market.adapters.keys import Keys
from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as log
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as made
from verify.zjcs.draw import value_at
from verify.zjcs.faults import Fault

SOURCES = (made.OPERATOR_CHAIN, made.REGULATOR_CHAIN)
AHEAD = 4  # slots behind the draw's own that must be silent too
SECRET_FILES = {
    "chain.txt",
    "chain.secret",
}  # whose holder knows every value: mode 0600, read by no page


@pytest.fixture
def waiting(app):
    """A sealed and witnessed draw one second before its instant: its card and every spelling of the
    coming values.
    """
    with app.app_context():
        number = made.published_notice()
        made.entered(number)
        made.sealed(number)
        card = result_queries.notice(reading(CLOCK), number)
        made.move_to(card.draw_at - dt.timedelta(seconds=1))
        return card, secrets(card)


def secrets(card):
    """The values of the promised slot and some behind it, as hex, raw and base64, and the chains'
    secrets themselves.
    """
    slots = [each["slot"] for each in source_queries.draw(reading(CLOCK), card.draw_number).sources]
    chains = [
        Keys(current_app.config["INSTANCE"]).chain(),
        fabric().witness.inner.chain,
    ]
    raw = [
        bytes.fromhex(value_at(chain.secret, chain.n, slot + ahead))
        for chain, slot in zip(chains, slots, strict=True)
        for ahead in range(AHEAD)
    ]
    raw += [chain.secret for chain in chains]
    return [
        spelling
        for value in raw
        for spelling in (
            value,
            value.hex().encode(),
            value.hex().upper().encode(),
            base64.b64encode(value)[:-2],
            base64.urlsafe_b64encode(value)[:-2],
        )
    ]


def addresses(app, card):
    """Every GET route, each with whatever could stand in its places."""
    with app.app_context():
        size = log.size(reading(CLOCK))
        uscc = agencies.queries.by_ref(reading(CLOCK), "A000001").uscc
    fill = {
        "number": [card.number, card.draw_number, card.result_number],
        "source": SOURCES,
        "code": [made.ITEM, uscc],
        "uscc": [uscc],
        "receipt": ["BM-0000-0000"],
        "level": ["0", "1"],
        "ending": ["csv", "xlsx"],
        "place": ["000", f"000.p/{size}", "0"],
        "path": ["checkpoint"],
        "filename": ["js/live.module.js"],
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        choices = [
            fill.get(name, []) if not takes_numbers(rule, name) else [0, 1, size - 1]
            for name in sorted(rule.arguments)
        ]
        for chosen in itertools.product(*[each or ["1"] for each in choices]):
            try:
                yield (
                    rule.endpoint,
                    adapter.build(
                        rule.endpoint, dict(zip(sorted(rule.arguments), chosen, strict=True))
                    ),
                )
            except (BuildError, ValidationError):  # a place that does not take this filler
                continue


def takes_numbers(rule, name):
    """Whether a place of a route takes whole numbers."""
    return type(rule._converters[name]).__name__ in ("Whole", "BigId")


def test_nothing_says_a_value_before_its_slot(app, client, new_client, waiting, caplog):
    card, hidden = waiting
    caplog.set_level(logging.DEBUG)
    with app.app_context():
        actors = [
            None,
            people.staff("office", "publisher", "notice_reviewer", "office_head"),
            people.staff("regulator", "complaint_officer"),
            made.owner().signatory,
            made.agency().actor,
        ]
    asked = set()
    seen = b""
    every = list(addresses(app, card))
    for actor in actors:
        person = new_client()
        if actor:
            people.sign_in(person, actor)
        for endpoint, address in every:
            if endpoint == "selection.draw_events" or endpoint == "accounts.sign_out":
                continue
            for headers in ({}, {"Accept": "application/json"}) if actor is None else ({},):
                answer = person.get(address, headers=headers)
                assert answer.status_code < 500 or endpoint == "operations.health", (
                    address,
                    answer.status_code,
                )
                seen = answer.data + str(answer.headers).encode()
                assert not [each for each in hidden if each in seen], (address, actor)
                asked.add(endpoint)
    assert len(asked) > 60
    assert {
        "selection.draw",
        "selection.evidence",
        "selection.draws_json",
        "ledger.entry",
        "ledger.bundle",
        "ledger.tile",
    } <= asked
    assert not [each for each in hidden if each in caplog.text.encode()]


def test_no_stream_no_refusal_and_no_file_of_the_web_says_it(app, client, waiting, caplog):
    card, hidden = waiting
    fabric(app).closing.set()
    said = client.get(f"/draws/{card.draw_number}/events").data
    assert b"entries.sealed" in said
    for source in SOURCES:
        for body in (
            {"value": "0" * 64},
            {"value": "x"},
            {"round": 1, "signature": "0" * 96},
            None,
        ):
            answer = client.post(f"/draws/{card.draw_number}/sources/{source}", json=body)
            assert answer.status_code in (400, 409, 422)
            said += answer.data
    folder = pathlib.Path(app.config["INSTANCE"])
    database = pathlib.Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    files = [
        path
        for path in (*folder.rglob("*"), *database.parent.glob(database.name + "*"))
        if path.is_file() and path.name not in SECRET_FILES
    ]
    assert {"log.vkey", "checkpoint", database.name} <= {path.name for path in files}
    said += b"".join(path.read_bytes() for path in files) + caplog.text.encode()
    assert not [each for each in hidden if each in said]


def test_those_who_hold_it_do_not_give_it_early_either(app, waiting):
    card, _ = waiting
    with app.app_context():
        slots = [
            each["slot"] for each in source_queries.draw(reading(CLOCK), card.draw_number).sources
        ]
        with pytest.raises(Fault, match=r"chain\.not_due"):
            made.keys().chain_value(slots[0], fabric().clock.now().timestamp())
        with pytest.raises(NotDue):
            fabric().witness.value(slots[1])


def test_the_search_would_find_it(app, client, waiting):
    """A second later everything says it: the test above can fail."""
    card, hidden = waiting
    with app.app_context():
        made.move_to(card.draw_at)
    for path in (f"/draws/{card.draw_number}", f"/draws/{card.draw_number}/evidence.json"):
        said = client.get(path).data
        assert len([each for each in hidden if each in said]) == 2, path
