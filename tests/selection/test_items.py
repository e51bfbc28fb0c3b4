"""Several items in one notice (多测合一, 多评合一, 多介合一): one agency for all, who may enter, who oversees."""

import json

import pytest

from market.agencies import queries as agencies
from market.agencies.rules import why_not_together
from market.catalogue.rules import Items, Joined
from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries.integrity import compare
from market.opendata.queries import rows as open_rows
from market.oversight import queries as oversight
from market.selection.entries import service as entry_service
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.results import queries as result_queries
from market.selection.results.queries import Sought
from tests.factories import accounts as people
from tests.factories import agencies as made
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused, log_of
from tests.selection.lawful import case as lawful
from tests.selection.lawful import codes, facts, terms

LEAD = f.ITEM
OTHER = "305"  # its regulator is another one
BOTH = Items((LEAD, OTHER))
ANY = Items((LEAD, OTHER), Joined.ANY_OF)


@pytest.fixture
def sectors(context):
    """The regulators of both items, before the catalogue is loaded."""
    return [
        people.staff("regulator", "regulator_officer", name=name)
        for name in ("自然资源局", "住房和城乡建设局", "水利局")
    ]


def published(joined=Joined.ALL_OF, **changes):
    return f.published_notice(further=(OTHER,), joined=joined, **changes)


def fit_for(*items):
    return made.active_agency(list(items), legal_representative=f"法人{'和'.join(items)}")


@pytest.mark.parametrize(
    ("reasons", "joined", "place"),
    [
        ([None, None], Joined.ALL_OF, None),
        ([None, "agency.no_line"], Joined.ALL_OF, 1),
        ([None, "agency.no_line"], Joined.ANY_OF, None),
        (["agency.no_line", "agency.no_line"], Joined.ANY_OF, 0),
    ],
)
def test_who_is_fit_for_items_together(reasons, joined, place):
    assert why_not_together(reasons, joined) == place


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"further": ("305",), "joined": Joined.ALL_OF}, []),
        ({"further": ("301",), "joined": Joined.ALL_OF}, ["notice.item_twice"]),
        ({"further": ("305",)}, ["notice.joined"]),
        ({"joined": Joined.ANY_OF}, ["notice.joined"]),
        (
            {"further": ("101", "102", "103", "104", "105", "106"), "joined": Joined.ALL_OF},
            ["notice.too_many_items"],
        ),
    ],
)
def test_items_that_are_bought_together_are_a_few_and_each_once(changes, found):
    assert codes(lawful(terms(**changes))) == found


def test_one_item_that_is_bought_elsewhere_takes_the_others_with_it():
    together = terms(further=("305",), joined=Joined.ALL_OF)
    assert codes(lawful(together, central_items=frozenset({"305"}))) == ["notice.central"]
    tendered = lawful(together, tender_items=frozenset({"305"}), tender_limit_fen=1)
    assert "limit" in facts(tendered, "notice.tender")


@pytest.mark.databases
def test_whoever_enters_is_fit_for_all_of_them(sectors):
    number = published()
    both = fit_for(LEAD, OTHER)
    one = fit_for(LEAD)
    f.enter(number, both)
    no = check_refused(
        "agency.no_line_of",
        entry_service.enter,
        one.actor,
        number=number,
        quote_fen=10_000_000,
        sealing_key=f.keys().sealing_public(),
    )
    assert no.facts["item"] == OTHER
    work = reading(CLOCK)
    assert (agencies.eligible_count(work, BOTH), agencies.eligible_count(work, ANY)) == (1, 2)
    assert agencies.eligible_organisations(work, BOTH) == [both.organisation_id]

    said = json.loads(notice_queries.document(work, number))
    assert said["joined"] == "all_of"
    assert [(each["code"], each["version"]) for each in said["further"]] == [(OTHER, 1)]
    (opened,) = log_of(number, "notice.opened")
    assert (opened.fields["further"], opened.fields["joined"]) == ([OTHER], "all_of")
    assert compare(work, fabric().held).count == 0


@pytest.mark.databases
def test_every_regulator_concerned_has_it_on_its_desk(sectors):
    number = published()
    alone = f.published_notice()
    lead, other, none = sectors

    def desk(who, **sought):
        found = oversight.desk(reading(who), Sought(**sought))
        return {row.selection.number for row in found}

    assert desk(lead) == {number, alone}
    assert desk(other) == {number}
    assert desk(none) == set()
    assert desk(lead, item_code=OTHER) == {number}
    assert oversight.file(reading(other), number).notice.number == number
    card = result_queries.notice(reading(CLOCK), number)
    assert card.regulators == tuple(each.organisation_id for each in (lead, other))
    assert card.regulator_id == lead.organisation_id


def test_any_of_them_is_enough_where_the_notice_says_so(sectors):
    number = published(Joined.ANY_OF)
    entrants = [fit_for(OTHER), fit_for(LEAD), fit_for(LEAD, OTHER)]
    for place, who in enumerate(entrants):
        f.enter(number, who, 10_000_000 + place)
    f.drawn(number)
    card = result_queries.notice(reading(CLOCK), number)
    assert {row.ref for row in result_queries.entry_list(reading(CLOCK), number)} == {
        who.ref for who in entrants
    }
    assert card.winner is not None
    (row,) = open_rows.notices(reading(CLOCK), log_of(number, "notice.opened"))
    assert row.values[-2:] == (OTHER, Joined.ANY_OF)


def test_a_year_counts_each_item_wherever_it_was_bought(sectors):
    buyer = f.owner()
    published(buyer=buyer, ceiling_fen=1_000_000)
    draft = do(notice_service.draft, buyer.drafter, terms=f.terms(item_code=OTHER))
    row = reading(CLOCK).session.get_one(case.Notice, draft)
    assert case.year_total(reading(CLOCK), row) == 1_000_000


def test_the_next_listing_buys_the_same_items(sectors):
    buyer = f.owner()
    number = published(buyer=buyer)
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)
    f.tick()
    again = do(notice_service.draft_again, buyer.drafter, number=number)
    assert notice_queries.own_draft(reading(buyer.drafter), again).terms.items == BOTH


def test_it_is_written_by_a_form_and_read_by_everybody(app, client):
    with app.app_context():
        f.town()
        who = f.owner().drafter
    people.sign_in(client, who)
    fields = {
        "item_code": LEAD,
        "further": [OTHER],
        "joined": "any_of",
        "title": "竣工联合测绘",
        "fund": "social",
        "method": "random",
    }
    answer = people.submit(client, "/notices/new", fields)
    page = client.get(answer.location).text
    assert "合并选取的 2 个事项：具备其中任何一项的资质即可" in page
    assert "牵头主管部门：自然资源局" in page
    with app.app_context():
        number = published()
    page = client.get(f"/notices/{number}").text
    assert "合并选取的 2 个事项：全部事项的资质都具备" in page
    assert "住房和城乡建设局" in page


def test_an_item_said_twice_in_a_forged_form_is_bought_once(context):
    buyer = f.owner()
    asked = f.terms(further=(OTHER, OTHER), joined=Joined.ALL_OF)
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=asked)
    assert [code for code, _ in db.session.get_one(Notice, notice_id).further] == [OTHER]
