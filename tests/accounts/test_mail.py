"""The outbox and its way out, through a real SMTP server."""

import datetime as dt
import smtplib

import pytest

from market.accounts import jobs, service
from market.accounts.models import OutgoingMail
from market.accounts.service.mail import WAITS
from market.adapters import mail
from market.db import db, in_one_transaction
from market.kernel.actor import VISITOR


@pytest.fixture
def mail_settings(context, mail_server):
    context.config.update(
        PUBLIC_URL="https://zjcs.example.org",
        SMTP_URL=f"smtp://{mail_server.host}:{mail_server.port}",
        MAIL_FROM="noreply@example.org",
    )


def queued(to="a@example.org", subject="激活您的账户", body="请打开链接。"):
    return in_one_transaction(service.queue_mail, VISITOR, to=to, subject=subject, body=body)


def row(mail_id):
    return db.session.get_one(OutgoingMail, mail_id, populate_existing=True)


@pytest.mark.databases
def test_a_mail_leaves_once_and_its_text_is_forgotten(context, mail_settings, mail_server):
    mail_id = queued()
    assert jobs.send_mail() == 1
    assert jobs.send_mail() == 0
    (sent,) = mail_server.received
    assert sent.recipients == ["a@example.org"]
    assert sent.message["Subject"] == "激活您的账户"
    assert sent.message.get_content().strip() == "请打开链接。"
    assert (row(mail_id).body, row(mail_id).tries) == ("", 1)
    assert row(mail_id).sent_at is not None


def test_a_mail_that_was_not_taken_is_tried_again_and_given_up_at_last(
    context, mail_settings, mail_server, clock
):
    mail_server.refuse("451 try later")
    mail_id = queued()
    for wait in WAITS:
        assert jobs.send_mail() == 0
        assert row(mail_id).next_try_at == clock.now() + wait
        clock.advance(wait)
    assert jobs.send_mail() == 0
    assert row(mail_id).next_try_at is None
    mail_server.refuse(None)
    clock.advance(dt.timedelta(days=9))
    assert jobs.send_mail() == 0
    assert row(mail_id).tries == len(WAITS) + 1
    assert row(mail_id).sent_at is None


def test_one_mail_that_fails_does_not_stop_the_others(context, mail_settings, mail_server):
    queued(to="a@example.org\nBcc: c@example.org")
    queued(to="b@example.org")
    assert jobs.send_mail() == 1
    assert mail_server.received[0].recipients == ["b@example.org"]


def test_two_clocks_take_a_mail_once(context):
    mail_id = queued()
    assert in_one_transaction(service.take_mail, VISITOR, mail_id) is not None
    assert in_one_transaction(service.take_mail, VISITOR, mail_id) is None


def test_without_a_server_mails_wait(context):
    queued()
    assert jobs.send_mail() == 0


def test_a_line_break_in_a_subject_adds_no_header(mail_server):
    mail.Mailer(f"smtp://{mail_server.host}:{mail_server.port}", "x@example.org").send(
        to="a@example.org", subject="您好\r\nBcc: b@example.org", body="。"
    )
    (sent,) = mail_server.received
    assert sent.recipients == ["a@example.org"]
    assert sent.message["Bcc"] is None


def test_a_server_that_is_not_there_refuses(mail_server):
    mailer = mail.Mailer(f"smtp://{mail_server.host}:1", "x@example.org")
    with pytest.raises(mail.MailRefused):
        mailer.send(to="a@example.org", subject="您好", body="。")


def test_a_password_without_a_server_that_asks_for_one_is_refused(mail_server):
    mailer = mail.Mailer(
        f"smtp://user:p%40ss@{mail_server.host}:{mail_server.port}", "x@example.org"
    )
    with pytest.raises(mail.MailRefused, match=smtplib.SMTPNotSupportedError.__name__):
        mailer.send(to="a@example.org", subject="您好", body="。")
    assert "p%40ss" not in repr(mailer)


def test_the_address_of_the_server_is_smtp():
    assert mail.of(None, None) is None
    with pytest.raises(ValueError, match="SMTP_URL"):
        mail.of("http://example.org", None)
    assert mail.of("smtps://example.org", None).sender
