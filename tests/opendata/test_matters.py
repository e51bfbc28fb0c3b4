"""What follows the award in open data: contracts, payments, evaluations, ratings; and what stays out."""

import datetime as dt

import pytest

from market.db import db, in_one_transaction, reading, snapshot
from market.evaluations.rules import By
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.likeness import Origin
from market.ledger import queries as ledger
from market.opendata import files, queries
from market.opendata.rules import TABLES
from market.oversight import service as oversight
from market.oversight.rules.flags.table import Level, Raised
from market.owners import service as owner_service
from market.ratings import jobs as rating_jobs
from market.selection.entries import service as entry_service
from market.selection.entries.models import EntryLikeness
from market.selection.kinds import Fund
from market.selection.notices import service as notice_service
from tests.cards import test_service as cards
from tests.factories import accounts as people
from tests.factories import contracts, evaluations, owners, reputation, rulebook, selection
from tests.factories.deeds import do
from tests.opendata.test_files import TERMS, everything

FEEDS = ("/notices", "/results", "/agencies", "/complaints")
PERSON = "欧阳金丝雀"


@pytest.fixture
def app_config():
    return {"API_PER_MINUTE": 100_000}


def rows(name):
    """A table as dictionaries."""
    work = reading(VISITOR)
    some = queries.whole(work, name, ledger.size(work))
    return [dict(zip(TABLES[name].names, row, strict=True)) for portion in some for row in portion]


@pytest.mark.databases
def test_a_matter_is_there_from_its_contract_to_what_both_said(opened):
    deal = evaluations.opened()
    matter = contracts.of(deal)
    contracts.pay(deal, matter.amount_fen - 1)
    (contract,) = rows("contracts")
    assert (contract["number"], contract["notice"]) == (deal.number, deal.notice)
    assert (contract["agency"], contract["state"]) == (deal.winner.ref, "accepted")
    assert contract["amount_fen"] == matter.amount_fen
    (payment,) = rows("payments_by_owner")
    assert payment["owner"] == contract["owner"] == rows("owners")[0]["number"]
    assert (payment["amount_fen"], payment["paid_fen"]) == (
        matter.amount_fen,
        matter.amount_fen - 1,
    )
    assert payment["paid_on"] == reading(VISITOR).today.isoformat()
    said = {each["by"]: each for each in rows("evaluations")}
    assert (said["owner"]["quality"], said["agency"]["quality"]) == (2, 5)
    assert said["owner"]["appeal"] is said["owner"]["effect"] is None


def test_what_private_money_pays_is_not_said_and_no_payment_of_it(opened):
    contracts.accepted(fund=Fund.SOCIAL, fiscal_percent=0)
    (contract,) = rows("contracts")
    assert contract["amount_fen"] is None and contract["owner"]
    assert rows("payments_by_owner") == []


def test_a_contract_that_one_side_alone_registered_is_not_there(opened):
    deal = contracts.awarded()
    contracts.registered(contracts.letter_of(deal), deal.buyer.signatory)
    assert rows("contracts") == []


def test_ratings_are_counted_by_body_and_month(opened):
    selection.published_notice()
    rating_jobs.follow()
    counted = rows("ratings_by_month")
    assert {each["month"] for each in counted} == {f"{reading(VISITOR).today:%Y-%m}"}
    assert {each["body"] for each in counted} <= {each["number"] for each in rows("bodies")}
    assert sum(each["finished"] for each in counted) > 0


@pytest.fixture
def secrets(app):
    """A town of what nobody may take away; the texts by which it would be known."""
    with app.app_context():
        rulebook.open_data()
        _of_a_person()
        trio = [selection.agency() for _ in range(3)]
        alike = selection.published_notice()
        for each in trio:
            in_one_transaction(
                entry_service.enter,
                each.actor,
                number=alike,
                quote_fen=10_000_000,
                sealing_key=selection.keys().sealing_public(),
                origin=Origin(b"k" * 32, "d" * 32, "n" * 32),
            )
        deal = contracts.accepted()
        evaluations.given(deal, By.OWNER)
        _flagged(alike)
        records = _recorded_and_carded()
        selection.enter(selection.published_notice(), trio[0], quote_fen=9_876_543)
        kept = db.session.scalars(db.select(EntryLikeness)).all()
        digests = {
            text for row in kept for text in (row.phone, row.address, row.device, row.network)
        }
        assert len(digests - {None}) > 1
        return {
            PERSON,
            "9876543",
            evaluations.OWNERS_TEXT,
            evaluations.FACT,
            "RF-",
            *records,
            *db.session.scalars(
                db.text("SELECT id_number FROM person WHERE id_number IS NOT NULL")
            ),
            *digests - {None},
        }


def _flagged(number):
    sector = people.staff("regulator", "regulator_officer").organisation_id
    flag = Raised(
        code="RF-06",
        subject=number,
        numbers={"late": 1, "first_no": 1},
        level=Level.HIGH,
        number=number,
        sector=sector,
    )
    in_one_transaction(oversight.flags.keep, CLOCK, found=[flag])


def _recorded_and_carded():
    """A minor and a proposed record of an agency, a card that the place keeps to itself; the texts."""
    at = reputation.bench()
    agency = reputation.agency()
    proposed = reputation.proposed("AG-E03", at.officer, agency.uscc, evidence="欧阳金丝雀证词")
    reputation.recorded("AG-P01", agency, at, fact="欧阳金丝雀擅自提高收费")
    body = cards.place()
    assert cards.issued(body, cards.faults(body)[-1]) and proposed
    return {"欧阳金丝雀证词", "欧阳金丝雀擅自提高收费", "情况属实，已改正。"}


def _of_a_person():
    """A notice of a natural person, with its result and contract."""
    selection.town()
    himself = people.actor_of(people.person(name=PERSON))
    number = owners.registered("person", actor=himself, uscc=None, name=None)
    do(owner_service.approve, people.staff("office", "notice_reviewer"), number=number)
    actor = owners.member_of(number)
    terms = selection.terms(fund=Fund.SOCIAL, fiscal_percent=0)
    notice_id = in_one_transaction(notice_service.draft, actor, terms=terms)
    do(notice_service.submit, actor, notice_id=notice_id)
    notice = selection.published(notice_id)
    selection.entered(notice)
    selection.drawn(notice)


def test_what_must_not_be_public_is_in_no_file_no_feed_and_no_answer(app, secrets, tmp_path):
    """Identity numbers, natural persons, likeness, flags, sealed evaluations and quotes."""
    with app.app_context():
        with snapshot(VISITOR) as work:
            files.write(work, tmp_path / "day", dt.date(2026, 3, 5), TERMS)
        for name in ("evaluations", "credit_events_in_force", "faults_and_cards"):
            assert rows(name) == [], name
        assert len(rows("contracts")) == 1
    client = app.test_client()
    addresses = [f"{each}.atom" for each in FEEDS]
    addresses += [f"/api/v1/{name}?limit=500" for name in (*TABLES, "changes", "ocds/releases")]
    said = everything(tmp_path / "day").decode(errors="replace")
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        said += answer.text
    assert sorted(each for each in secrets if each in said) == []
