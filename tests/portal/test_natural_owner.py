"""A natural person who buys is named to himself and to those who oversee, and nowhere in public: every
public address is asked for his name.
"""

import pytest

from market.contracts import jobs as contract_jobs
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.owners import queries as owner_queries
from market.owners import service as owner_service
from market.search import service as search
from market.selection.kinds import Fund
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from tests.factories import accounts as people
from tests.factories import owners, selection
from tests.factories.deeds import do

CANARY = "欧阳金丝雀"
STREAM = "/events"


@pytest.fixture
def matter(app):
    """His selection with its letter out, and one that is open; (numbers, himself, the winner)."""
    with app.app_context():
        selection.town()
        himself = people.actor_of(people.person(name=CANARY))
        number = owners.registered("person", actor=himself, uscc=None, name=None)
        do(owner_service.approve, people.staff("office", "notice_reviewer"), number=number)
        actor = owners.member_of(number)
        done = published(actor)
        entrants = selection.entered(done)
        selection.drawn(done)
        open_now = published(actor)
        card = result_queries.notice(reading(CLOCK), done)
        selection.move_to(card.standstill_due)
        contract_jobs.follow()
        in_one_transaction(search.rebuild, CLOCK)
        winner = next(made for made in entrants if made.ref == card.winner.ref)
        return (done, open_now, number), actor, winner


def published(actor):
    """A notice of his that is open for entries; he hands it in alone."""
    terms = selection.terms(fund=Fund.SOCIAL, fiscal_percent=0)
    notice_id = in_one_transaction(notice_service.draft, actor, terms=terms)
    do(notice_service.submit, actor, notice_id=notice_id)
    return selection.published(notice_id)


def addresses(app, numbers, actor):
    """Every public address that gives something of these numbers."""
    done, open_now, owner = numbers
    kinds = ("GG", "XQ", "JG", "TZ", "HT")
    parts = [*(f"{kind}{done[2:]}" for kind in kinds), open_now, owner]
    for rule in app.url_map.iter_rules():
        may = getattr(app.view_functions[rule.endpoint], "may", "")
        if "GET" not in rule.methods or may != "public" or rule.rule.endswith(STREAM):
            continue
        if not rule.arguments:
            yield rule.rule
        elif rule.arguments <= {"number", "draw", "ending"}:
            for part in parts:
                address = rule.rule
                for name in rule.arguments:
                    given = "csv" if name == "ending" else part
                    address = address.replace(_placeholder(rule.rule, name), given)
                yield address
    yield f"/notices?owner={actor.organisation_id}"
    yield f"/awards/verify?number={parts[3]}"


def _placeholder(rule: str, name: str) -> str:
    end = rule.index(f"{name}>") + len(name) + 1
    return rule[rule.rindex("<", 0, end) : end]


def shows(client, address) -> bool:
    return CANARY.encode() in client.get(address, follow_redirects=True).data


def test_nobody_reads_his_name_in_public(app, new_client, matter):
    numbers, actor, winner = matter
    visitor = new_client()
    entrant = new_client()
    people.sign_in(entrant, winner.actor)
    asked = list(addresses(app, numbers, actor))
    assert len(asked) > 80
    assert [each for each in asked if shows(visitor, each)] == []
    assert "/notices/GG" not in visitor.get(f"/search?q={CANARY}").text
    pages = [
        f"/notices/{numbers[0]}",
        "/notices",
        "/results",
        "/draws",
        f"/draws/XQ{numbers[0][2:]}",
    ]
    assert not [each for each in pages if shows(entrant, each)]


def test_he_and_those_who_oversee_read_it_and_so_does_who_contracts_with_him(
    new_client, matter, app
):
    numbers, actor, winner = matter
    with app.app_context():
        office = people.staff("inspection", "inspector")
        assert owner_queries.is_natural(reading(CLOCK), actor.organisation_id)
    for who, address in (
        (actor, f"/notices/{numbers[0]}"),
        (office, f"/notices/{numbers[0]}"),
        (office, f"/office/selections/{numbers[0]}"),
        (winner.actor, f"/awards/TZ{numbers[0][2:]}"),
    ):
        client = new_client()
        people.sign_in(client, who)
        assert shows(client, address), address
