"""Whatever stands where an address should: no account is made of it, and no pass of mails ends."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from market.accounts import jobs, service
from market.accounts.models import OutgoingMail
from market.adapters.addresses import is_address
from market.adapters.mail import Mailer, MailRefused
from market.db import db, in_one_transaction
from market.kernel.actor import VISITOR
from market.kernel.errors import Invalid
from tests.factories import accounts

MALFORMED = [
    "",
    "a",
    "@",
    "a@",
    "@b.org",
    "a@[",
    "a@[192.0.2.1",
    "a@b..org",
    "a..b@example.org",
    "a@example.org。",
    "mailto:a@example.org",
    "a b@example.org",
    "<a@example.org>",
    "A <a@example.org>",
    '"a@example.org',
    "a@example.org,b@example.org",
    "a@example.org;b@example.org",
    "undisclosed:;",
    "a@(b)example.org",
    "a@example.org\r\nBcc: b@example.org",
    "a@example.org\u200b",
    "a@" + "x" * 300 + ".org",
    "a" * 190 + "@example.org",
    "\udc80@example.org",
    "a@example\u3002org",
    "a@example\uff0eorg",
    "a@example.org#",
    "a@192.0.2.1",
    "a@localhost",
    "a@example_org.org",
]
SIGNS = st.text(alphabet=st.sampled_from('a@.[]()<>,;:"\\ =?\u200b\r\n例\udc80\x00-_'), max_size=12)


@pytest.fixture
def place(context):
    accounts.rules_of_the_place()


@pytest.mark.parametrize("login", MALFORMED)
def test_no_account_has_a_login_that_no_mail_reaches(place, login):
    with pytest.raises(Invalid, match=r"accounts\.login_malformed"):
        in_one_transaction(
            service.register,
            VISITOR,
            login=login,
            password=accounts.password(),
            name="张三",
            id_number=None,
            phone=None,
        )


def test_the_terminal_takes_none_either(app):
    with app.app_context():
        accounts.rules_of_the_place()
    words = ["admin", "create", "--kind", "office", "--organisation", "协管办"]
    words += ["--uscc", accounts.credit_code(), "--organisation-phone", "0792-4221111"]
    words += ["--name", "张三", "--password", accounts.PASSWORD, "--duty", "intake_clerk"]
    for login in ("a@", "a@[", "a@example.org,b@example.org"):
        done = app.test_cli_runner().invoke(args=[*words, "--login", login])
        assert done.exit_code == 1
        assert "请填写有效的电子邮箱" in done.output
    assert app.test_cli_runner().invoke(args=[*words, "--login", "a@example.org"]).exit_code == 0


@pytest.mark.databases
def test_no_address_ends_a_pass(context, mail_server, clock):
    """Rows of before the rule, each older than the one mail that can be sent."""
    context.config.update(
        PUBLIC_URL="https://zjcs.example.org",
        SMTP_URL=f"smtp://{mail_server.host}:{mail_server.port}",
    )
    kept = [each for each in MALFORMED if each.isprintable() and not is_address(each)]
    for to in [*kept, "b@example.org"]:
        in_one_transaction(service.queue_mail, VISITOR, to=to, subject="您好", body="。")
    assert jobs.send_mail() == 1
    assert [each.recipients for each in mail_server.received] == [["b@example.org"]]
    for _ in range(6):
        clock.instant = clock.now().replace(day=clock.now().day + 1)
        jobs.send_mail()
    waiting = db.session.query(OutgoingMail).filter(OutgoingMail.next_try_at.is_not(None))
    assert waiting.count() == 0


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(to=SIGNS | st.builds("{}@{}".format, SIGNS, SIGNS) | st.text(max_size=20))
def test_whatever_is_given_as_an_address_the_mailer_refuses_in_its_own_words(to):
    with pytest.raises(MailRefused):
        Mailer("smtp://127.0.0.1:1", "x@example.org").send(to=to, subject="您好", body="。")


def test_a_mail_goes_to_a_domain_by_the_letters_of_dns(mail_server):
    mailer = Mailer(f"smtp://{mail_server.host}:{mail_server.port}", "x@example.org")
    mailer.send(to="a@例子.中国", subject="您好", body="。")
    assert mail_server.received[-1].recipients == ["a@xn--fsqu00a.xn--fiqs8s"]


@pytest.mark.parametrize("typed", ["a@example\u3002org", "a@ｅxample.org", "a@例子。中国"])
def test_what_is_kept_is_what_was_checked(typed):
    """Readable by people, and another text than the one that is sent to."""
    assert not is_address(typed)


def test_usual_addresses_pass():
    for usual in (
        "a@example.org",
        "A.b+c@xn--fsq.example.org",
        "用户@例子.中国",
        "o'n@example.org",
    ):
        assert is_address(usual)
