"""Opening accounts, proving who one is, passwords: services, the ones that lean on the database on
both of them.
"""

import datetime as dt

import pytest
from stdnum.cn import ric

from market.accounts import queries, service
from market.accounts.models import OutgoingMail, Person
from market.accounts.rules import Level
from market.accounts.service import Letter
from market.db import db, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from tests.factories import accounts
from tests.factories.accounts import PASSWORD
from tests.factories.deeds import do

LETTER = Letter("token one", "激活您的账户", "https://example.org/activate/token one")
OTHER = Letter("token two", "设置新密码", "https://example.org/password/new/token two")


@pytest.fixture(autouse=True)
def place(context):
    accounts.rules_of_the_place()


def act(verb, actor=VISITOR, **values):
    return do(verb, actor, **values)


def refused(verb, actor=VISITOR, kind=Refusal, **values):
    with pytest.raises(kind) as no:
        do(verb, actor, **values)
    return no.value.code


def opened(login="Zhang@Example.org ", key="key", **changes):
    form = {
        "letter": LETTER,
        "login": login,
        "password": accounts.password(),
        "name": "张三",
        "phone": "13800000000",
        "id_number": accounts.id_number(),
        "submission_key": key,
        **changes,
    }
    return act(service.open_account, **form)


def row(person_id):
    return db.session.get_one(Person, person_id, populate_existing=True)


def clerk():
    return accounts.staff("office", "intake_clerk")


@pytest.mark.databases
def test_an_account_is_opened_and_its_mail_waits_in_the_same_transaction():
    person_id = opened()
    card = queries.person(reading(CLOCK), person_id)
    assert (card.login, card.level) == ("zhang@example.org", Level.NONE)
    mail = db.session.query(OutgoingMail).one()
    assert (mail.to, mail.subject, mail.body) == ("zhang@example.org", LETTER.subject, LETTER.body)


def test_the_log_tells_of_an_account_and_of_nobody():
    number = accounts.id_number()
    opened(name="欧阳修文", id_number=number, phone="13912345678")
    act(service.activate, token=LETTER.token)
    entries = ledger.of_subject(reading(CLOCK), "accounts")
    assert [entry.type for entry in entries] == ["account.opened", "account.claimed"]
    log = "".join(entry.leaf.decode() for entry in ledger.after(reading(CLOCK), 0))
    assert not any(word in log for word in ("欧阳", number, "13912345678", "zhang@example.org"))


@pytest.mark.databases
def test_the_same_form_twice_opens_one_account():
    own = accounts.id_number()
    assert opened(key="one", id_number=own) == opened(key="one", id_number=own)
    assert db.session.query(OutgoingMail).count() == 1
    form = {
        "login": "b@example.org",
        "password": PASSWORD,
        "name": "李四",
        "id_number": None,
        "phone": None,
    }
    assert act(service.register, submission_key="two", **form) == act(
        service.register, submission_key="two", **form
    )


@pytest.mark.databases
def test_the_link_of_the_mail_makes_a_claim_and_no_check_once():
    person_id = opened()
    assert act(service.activate, token=LETTER.token) == person_id
    assert queries.person(reading(CLOCK), person_id).level is Level.CLAIMED
    assert row(person_id).verified_by is None
    assert refused(service.activate, token=LETTER.token) == "accounts.link_over"


def test_the_link_works_for_forty_eight_hours(clock):
    opened()
    clock.advance(dt.timedelta(hours=48))
    assert refused(service.activate, token=LETTER.token) == "accounts.link_over"


def test_a_token_of_nobody_opens_nothing():
    assert refused(service.activate, token="x") == "accounts.link_over"
    assert refused(service.reset_password, token="", password=PASSWORD) == "accounts.link_over"


@pytest.mark.databases
def test_a_fresh_link_ends_the_one_before():
    opened()
    assert act(service.send_link, login="zhang@example.org", purpose="activate", letter=OTHER)
    assert refused(service.activate, token=LETTER.token) == "accounts.link_over"
    act(service.activate, token=OTHER.token)
    assert not act(service.send_link, login="zhang@example.org", purpose="activate", letter=LETTER)


def test_a_mailbox_is_not_flooded_with_links(clock):
    accounts.person("a@example.org")
    send = lambda number: act(
        service.send_link,
        login="a@example.org",
        purpose="reset",
        letter=Letter(f"token {number}", "设置新密码", "…"),
    )
    assert [send(number) for number in range(6)] == [True] * 5 + [False]
    clock.advance(dt.timedelta(hours=1))
    assert send(7)


def test_no_link_goes_to_an_address_without_an_account():
    assert not act(service.send_link, login="nobody@example.org", purpose="reset", letter=OTHER)
    assert db.session.query(OutgoingMail).count() == 0


def test_who_has_given_no_identity_number_is_activated_and_not_verified():
    act(
        service.register,
        login="a@example.org",
        password=PASSWORD,
        name="李四",
        id_number=None,
        phone=None,
    )
    act(service.send_link, login="a@example.org", purpose="activate", letter=LETTER)
    person_id = act(service.activate, token=LETTER.token)
    assert queries.person(reading(CLOCK), person_id).level is Level.NONE
    assert row(person_id).activated_at is not None


@pytest.mark.databases
def test_one_address_has_one_account_and_a_checked_number_too():
    number = accounts.id_number()
    first = opened(id_number=number)
    assert refused_field(login="ZHANG@example.org", key="b") == ("accounts.login_taken", "login")
    # nobody has checked the first
    assert opened(login="b@example.org", key="c", id_number=number, letter=OTHER)
    act(service.verify, clerk(), person_id=first)
    assert refused_field(login="c@example.org", key="d", id_number=number) == (
        "accounts.id_taken",
        "id_number",
    )


def refused_field(**values):
    with pytest.raises(Invalid) as no:
        opened(**values)
    return no.value.code, no.value.field


def with_check_sign(stem):
    return stem + ric.calc_check_digit(stem + "0")


@pytest.mark.parametrize(
    "number",
    [
        "36048119900101001",
        "360481199001010011X",
        "36048119900101001a",
        "A" * 18,
        "3604811990０1010010",
        with_check_sign("36048119901301001"),
        with_check_sign("36048119900230001"),
        with_check_sign("36048120990101001"),
        with_check_sign("36048118000101001"),
    ],
)
def test_a_wrong_identity_number_is_named(number):
    assert refused_field(id_number=number) == ("accounts.id_number", "id_number")


def test_a_check_sign_one_off_is_refused():
    number = accounts.id_number()
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    assert refused_field(id_number=wrong) == ("accounts.id_number", "id_number")


def test_a_person_registered_in_a_county_that_is_no_more_is_not_refused():
    number = with_check_sign("51021219600101001")  # Chongqing under Sichuan: its code ended in 1997
    assert opened(id_number=number)


def test_a_short_password_opens_no_account():
    form = {"login": "a@example.org", "name": "李四", "id_number": None, "phone": None}
    assert refused(service.register, password="short", **form) == "accounts.password_short"


# --- at the counter -----------------------------------------------------------------------


def test_a_clerk_verifies_who_stands_before_him():
    person_id = accounts.person(verified=False)
    officer = clerk()
    act(service.verify, officer, person_id=person_id)
    assert queries.person(reading(CLOCK), person_id).is_checked
    assert row(person_id).verified_by == f"staff:{officer.person_id}"
    assert refused(service.verify, officer, person_id=person_id) == "accounts.verified_already"


def test_the_clerk_mends_the_number_by_the_card():
    person_id = accounts.person(verified=False)
    number = accounts.id_number()
    act(service.verify, clerk(), person_id=person_id, id_number=number)
    assert row(person_id).id_number == number


def test_the_clerk_does_not_verify_without_a_number_or_with_another_s():
    nameless = act(
        service.register,
        login="a@example.org",
        password=accounts.password(),
        name="李四",
        id_number=None,
        phone=None,
    )
    number = accounts.id_number()
    officer = clerk()
    act(service.verify, officer, person_id=opened(id_number=number))
    assert refused(service.verify, officer, person_id=nameless) == "accounts.id_number"
    assert (
        refused(service.verify, officer, person_id=nameless, id_number=number)
        == "accounts.id_taken"
    )
    assert refused(service.verify, officer, kind=NotFound, person_id=999) == "accounts.no_person"


def test_nobody_verifies_or_closes_himself():
    officer = clerk()
    assert refused(service.verify, officer, person_id=officer.person_id) == "accounts.own_account"
    admin = accounts.staff("office", "security_admin")
    assert refused(service.disable, admin, person_id=admin.person_id) == "accounts.own_account"


def test_only_who_may_verifies_or_closes():
    person_id = accounts.person(verified=False)
    stranger = accounts.actor_of(accounts.person())
    for verb in (service.verify, service.disable, service.enable):
        assert refused(verb, stranger, kind=NotPermitted, person_id=person_id) == "not_permitted"


def test_a_closed_account_signs_in_no_more_until_it_is_opened_again():
    person_id = accounts.person("a@example.org")
    admin = accounts.staff("office", "security_admin")
    token = act(service.sign_in, login="a@example.org", password=PASSWORD)
    for _ in range(2):
        act(service.disable, admin, person_id=person_id)
    assert queries.session(reading(VISITOR), service.digest(token)) is None
    assert (
        refused(service.sign_in, login="a@example.org", password=PASSWORD)
        == "accounts.wrong_credentials"
    )
    assert not act(service.send_link, login="a@example.org", purpose="reset", letter=OTHER)
    for _ in range(2):
        act(service.enable, admin, person_id=person_id)
    assert act(service.sign_in, login="a@example.org", password=PASSWORD)
    types = [entry.type for entry in ledger.of_subject(reading(CLOCK), "accounts")]
    assert types.count("account.disabled") == types.count("account.enabled") == 1


def test_a_link_of_a_closed_account_opens_nothing():
    person_id = opened()
    act(service.disable, accounts.staff("office", "security_admin"), person_id=person_id)
    assert refused(service.activate, token=LETTER.token) == "accounts.link_over"


# --- passwords ----------------------------------------------------------------------------


@pytest.mark.databases
def test_a_new_password_ends_every_other_session():
    person_id = accounts.person("a@example.org")
    here, there = (act(service.sign_in, login="a@example.org", password=PASSWORD) for _ in range(2))
    me = accounts.actor_of(person_id)
    assert (
        refused(service.change_password, me, old="wrong", new="another long password")
        == "accounts.wrong_password"
    )
    assert (
        refused(service.change_password, me, old=PASSWORD, new="short") == "accounts.password_short"
    )
    act(service.change_password, me, old=PASSWORD, new="another long password", keep=here)
    assert queries.session(reading(VISITOR), service.digest(here))
    assert queries.session(reading(VISITOR), service.digest(there)) is None
    assert act(service.sign_in, login="a@example.org", password="another long password")


def test_a_forgotten_password_is_set_anew_by_mail_once():
    accounts.person("a@example.org")
    token = act(service.sign_in, login="a@example.org", password=PASSWORD)
    act(service.send_link, login="A@example.org", purpose="reset", letter=OTHER)
    assert refused(service.activate, token=OTHER.token) == "accounts.link_over"
    act(service.reset_password, token=OTHER.token, password="another long password")
    assert queries.session(reading(VISITOR), service.digest(token)) is None
    assert act(service.sign_in, login="a@example.org", password="another long password")
    assert (
        refused(service.reset_password, token=OTHER.token, password="a third long password")
        == "accounts.link_over"
    )


def test_the_terminal_gives_a_way_back():
    accounts.person("a@example.org")
    assert refused(service.restore, CLOCK, login="b@example.org", token="t") == "accounts.no_login"
    act(service.restore, CLOCK, login="A@example.org", token="t")
    act(service.reset_password, token="t", password="another long password")
    with pytest.raises(NotPermitted):
        act(
            service.restore,
            accounts.staff("office", "security_admin"),
            login="a@example.org",
            token="t",
        )


def test_a_language_is_chosen():
    me = accounts.actor_of(accounts.person())
    act(service.set_language, me, language="en")
    assert queries.person(reading(me), me.person_id).language == "en"
    assert refused(service.set_language, me, language="tlh") == "accounts.language"


def test_a_visitor_has_nothing_of_his_own():
    for verb, values in (
        (service.change_password, {"old": "a", "new": "b"}),
        (service.set_language, {"language": "zh"}),
        (service.set_second_factor, {"secret": "a", "code": "b"}),
        (service.revoke, {"key": "a"}),
        (service.drop_second_factor, {"password": "a", "code": "b"}),
    ):
        assert refused(verb, VISITOR, kind=NotPermitted, **values) == "not_permitted"


@pytest.mark.databases
def test_accounts_that_wait_are_listed_newest_first():
    first, second = (accounts.person(verified=False) for _ in range(2))
    accounts.person()
    assert [card.id for card in queries.unverified(reading(CLOCK))] == [second, first]
    assert queries.by_login(reading(CLOCK), "nobody@example.org") is None
