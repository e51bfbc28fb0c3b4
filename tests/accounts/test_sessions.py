"""Signing in, the second factor, sessions: services, the ones that lean on the database on both of
them.
"""

import datetime as dt

import pyotp
import pytest

from market.accounts import passwords, queries, rules, service
from market.accounts.models import SignIn, WrongAnswer
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, Refusal
from tests.factories import accounts
from tests.factories.accounts import PASSWORD

LOGIN = "a@example.org"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def person(context):
    return accounts.person(LOGIN)


def act(verb, actor=VISITOR, **values):
    return in_one_transaction(verb, actor, **values)


def refused(verb, actor=VISITOR, kind=Refusal, **values):
    with pytest.raises(kind) as no:
        in_one_transaction(verb, actor, **values)
    return no.value.code


def signed_in(code=None):
    return act(service.sign_in, login=LOGIN, password=PASSWORD, code=code)


def session(token):
    return queries.session(reading(VISITOR), service.digest(token))


def wrong(times, login=LOGIN, address="-"):
    for _ in range(times):
        act(service.note_wrong_answer, login=login, address=address)


def code_at(clock, steps=0):
    return pyotp.TOTP(SECRET).at(clock.now(), counter_offset=steps)


def with_second_factor(person, clock):
    act(service.set_second_factor, accounts.actor_of(person), secret=SECRET, code=code_at(clock))
    clock.advance(dt.timedelta(seconds=60))


@pytest.mark.databases
def test_the_right_password_begins_a_session(person):
    assert session(signed_in()).actor.person_id == person


def test_the_cookie_s_token_is_nowhere_in_the_database(person):
    token = signed_in()
    assert db.session.query(SignIn).one().token_hash == service.digest(token) != token


@pytest.mark.parametrize(
    "login, password", [(LOGIN, "wrong"), ("nobody@example.org", PASSWORD), (LOGIN, ""), ("", "")]
)
def test_a_wrong_password_and_an_unknown_login_are_refused_alike(person, login, password):
    assert refused(service.sign_in, login=login, password=password) == "accounts.wrong_credentials"


def test_full_width_digits_are_the_same_password(context):
    accounts.person(LOGIN)
    act(service.change_password, accounts.actor_of(1), old=PASSWORD, new="２０２６ ruichang market")
    assert act(service.sign_in, login=LOGIN, password="2026 ruichang market")


@pytest.mark.databases
def test_after_five_wrong_answers_one_waits_a_quarter_of_an_hour(person, clock):
    wrong(5)
    assert refused(service.sign_in, login=LOGIN, password=PASSWORD) == "accounts.wait"
    clock.advance(rules.TRYING)
    assert signed_in()


def test_who_guesses_elsewhere_does_not_lock_the_owner_out_until_twenty(person):
    wrong(19, address="203.0.113.9")
    assert signed_in()
    wrong(1, address="203.0.113.9")
    assert refused(service.sign_in, login=LOGIN, password=PASSWORD) == "accounts.wait"


@pytest.mark.databases
def test_one_address_guesses_fifty_times_over_all_logins(person):
    for number in range(50):
        wrong(1, login=f"{number}@example.org", address="203.0.113.9")
    assert (
        refused(service.sign_in, login=LOGIN, password=PASSWORD, address="203.0.113.9")
        == "accounts.wait"
    )
    assert signed_in()


@pytest.mark.databases
def test_old_wrong_answers_are_not_kept(person, clock):
    wrong(3)
    clock.advance(rules.TRYING)
    wrong(1)
    assert db.session.query(WrongAnswer).count() == 1


def test_a_flood_of_sign_ins_is_asked_to_come_again(person, monkeypatch):
    monkeypatch.setattr(passwords, "WAIT", 0)
    for _ in range(passwords.AT_ONCE):
        passwords._turns.acquire()
    try:
        assert refused(service.sign_in, login=LOGIN, password=PASSWORD) == "accounts.busy"
    finally:
        for _ in range(passwords.AT_ONCE):
            passwords._turns.release()


# --- the second factor --------------------------------------------------------------------


def test_with_a_second_factor_the_password_alone_does_not_do(person, clock):
    with_second_factor(person, clock)
    assert refused(service.sign_in, login=LOGIN, password=PASSWORD) == "accounts.code_needed"
    assert (
        refused(service.sign_in, login=LOGIN, password=PASSWORD, code="000000")
        == "accounts.wrong_code"
    )
    assert signed_in(code_at(clock))


@pytest.mark.databases
def test_a_code_is_taken_once(person, clock):
    with_second_factor(person, clock)
    code = code_at(clock)
    signed_in(code)
    assert (
        refused(service.sign_in, login=LOGIN, password=PASSWORD, code=code) == "accounts.wrong_code"
    )


def test_a_telephone_may_be_half_a_minute_off(person, clock):
    with_second_factor(person, clock)
    assert signed_in(code_at(clock, -1))
    assert signed_in(code_at(clock, 1)[:3] + " " + code_at(clock, 1)[3:])
    assert (
        refused(service.sign_in, login=LOGIN, password=PASSWORD, code=code_at(clock))
        == "accounts.wrong_code"
    )


def test_wrong_codes_are_counted_too(person, clock):
    with_second_factor(person, clock)
    proof = service.prove(reading(VISITOR), login=LOGIN, password=PASSWORD)
    wrong(5)
    assert refused(service.begin, proof=proof, code=code_at(clock)) == "accounts.wait"


def test_a_proof_lasts_five_minutes(person, clock):
    proof = service.prove(reading(VISITOR), login=LOGIN, password=PASSWORD)
    clock.advance(dt.timedelta(minutes=5, seconds=1))
    assert refused(service.begin, proof=proof) == "accounts.proof_over"


def test_a_second_factor_is_set_by_a_first_code_and_not_over_another(person, clock):
    me = accounts.actor_of(person)
    for secret, code in (
        (SECRET, "000000"),
        (SECRET, "１二3"),
        ("short", "000000"),
        ("!" * 32, "000000"),
    ):
        assert (
            refused(service.set_second_factor, me, secret=secret, code=code)
            == "accounts.wrong_code"
        )
    with_second_factor(person, clock)
    assert (
        refused(service.set_second_factor, me, secret=SECRET, code=code_at(clock))
        == "accounts.second_factor_set"
    )


def test_it_is_given_up_by_password_and_code(person, clock):
    me = accounts.actor_of(person)
    act(service.drop_second_factor, me, password="", code="")
    with_second_factor(person, clock)
    code = code_at(clock)
    assert (
        refused(service.drop_second_factor, me, password="wrong", code=code)
        == "accounts.wrong_password"
    )
    assert (
        refused(service.drop_second_factor, me, password=PASSWORD, code="000000")
        == "accounts.wrong_code"
    )
    act(service.drop_second_factor, me, password=PASSWORD, code=code)
    assert signed_in()


def test_a_short_password_does_not_stay_alone(person, clock):
    me = accounts.actor_of(person)
    with_second_factor(person, clock)
    act(service.change_password, me, old=PASSWORD, new="eight ok")
    assert (
        refused(service.drop_second_factor, me, password="eight ok", code=code_at(clock))
        == "accounts.password_short"
    )


def test_the_terminal_gives_the_second_factor_up(person, clock):
    accounts.rules_of_the_place()
    with_second_factor(person, clock)
    act(service.restore, CLOCK, login=LOGIN, token="t")
    assert signed_in()


# --- sessions -----------------------------------------------------------------------------


@pytest.mark.databases
def test_a_session_acts_under_the_first_membership_and_switches(person):
    first = accounts.organisation("agency")
    second = accounts.organisation("owner")
    accounts.join(first, person, "agency_agent")
    other = accounts.join(second, person, "owner_drafter")
    token = signed_in()
    assert session(token).actor.organisation_id == first
    act(service.switch, token=token, membership_id=other)
    assert session(token).actor.kind == "owner"
    act(service.switch_to, token=token, organisation_id=first)
    assert session(token).actor.duties == {"agency_agent"}


def test_nobody_switches_to_another_s_membership(person):
    agency = accounts.organisation("agency")
    theirs = accounts.join(agency, accounts.person(), "agency_admin")
    token = signed_in()
    assert (
        refused(service.switch, kind=NotFound, token=token, membership_id=theirs)
        == "accounts.no_membership"
    )
    assert (
        refused(service.switch, kind=NotFound, token=token, membership_id=0)
        == "accounts.no_membership"
    )
    assert (
        refused(service.switch_to, kind=NotFound, token=token, organisation_id=agency)
        == "accounts.no_membership"
    )
    assert (
        refused(service.switch, kind=NotFound, token="x", membership_id=theirs)
        == "accounts.no_session"
    )


@pytest.mark.databases
def test_a_session_is_signed_out_and_revoked_on_the_server(person):
    here = signed_in()
    there = signed_in()
    me = accounts.actor_of(person)
    assert len(queries.sessions(reading(me), person)) == 2
    act(service.revoke, me, key=service.digest(there))
    act(service.sign_out, token=here)
    act(service.sign_out, token="of nobody")
    assert session(here) is session(there) is None
    assert queries.sessions(reading(me), person) == []
    assert (
        refused(service.switch, kind=NotFound, token=here, membership_id=1) == "accounts.no_session"
    )


def test_nobody_revokes_another_s_session(person):
    token = signed_in()
    stranger = accounts.actor_of(accounts.person())
    for key in (service.digest(token), "", "x" * 500):
        assert refused(service.revoke, stranger, kind=NotFound, key=key) == "accounts.no_session"
    assert session(token)


@pytest.mark.databases
def test_a_session_in_use_goes_on_and_an_idle_one_ends(person, clock):
    used = signed_in()
    idle = signed_in()
    for _ in range(3):
        clock.advance(dt.timedelta(minutes=20))
        act(service.touch, token_hash=service.digest(used))
    assert session(used)
    assert session(idle) is None


def test_a_session_is_touched_once_a_minute(person, clock):
    token = signed_in()
    assert not session(token).is_to_touch
    clock.advance(dt.timedelta(minutes=1))
    assert session(token).is_to_touch


def test_the_office_s_session_ends_after_fifteen_idle_minutes(context, clock):
    officer = accounts.staff("office", "publisher")
    login = queries.person(reading(CLOCK), officer.person_id).login
    token = act(service.sign_in, login=login, password=PASSWORD)
    clock.advance(dt.timedelta(minutes=15, seconds=1))
    assert session(token) is None


@pytest.mark.databases
def test_who_left_the_organisation_is_himself_at_once(person):
    agency = accounts.organisation("agency")
    admin = accounts.member(agency, "agency_admin")
    membership_id = accounts.join(agency, person, "agency_agent")
    token = signed_in()
    act(service.dismiss, admin, membership_id=membership_id)
    actor = session(token).actor
    assert (actor.person_id, actor.organisation_id, actor.duties) == (person, None, frozenset())
