"""The fixtures themselves: that a database is a real one, fresh for each test, and that mail
arrives.
"""

import smtplib

import pytest
import sqlalchemy as sa

from market.db import db
from tests.browser import note_console
from tests.postgres import binaries


@pytest.mark.databases
def test_each_database_has_the_migrated_schema(context, database):
    assert context.config["SQLALCHEMY_DATABASE_URI"] == database
    tables = sa.inspect(db.engine).get_table_names()
    assert {"alembic_version", "sequence"} <= set(tables)
    assert db.engine.dialect.name in database


@pytest.mark.databases
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_gone_in_the_next(context, turn):
    with db.engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM sequence")) == 0
        connection.execute(sa.text("INSERT INTO sequence (key, value) VALUES ('k', 1)"))


def test_a_message_sent_by_smtp_is_kept_whole(mail_server):
    with smtplib.SMTP(mail_server.host, mail_server.port) as smtp:
        smtp.sendmail("a@example.org", ["b@example.org"], "Subject: 通知\n\n内容".encode())
    (mail,) = mail_server.received
    assert mail.recipients == ["b@example.org"]
    assert mail.message["Subject"] == "通知"


def test_a_mail_server_can_refuse(mail_server):
    mail_server.refuse("451 try later")
    with (
        smtplib.SMTP(mail_server.host, mail_server.port) as smtp,
        pytest.raises(smtplib.SMTPDataError),
    ):
        smtp.sendmail("a@example.org", ["b@example.org"], "Subject: x\n\ny")
    assert not mail_server.received


def test_the_binaries_of_postgresql_are_found_where_the_tests_say():
    found = binaries()
    assert found is None or (found / "initdb").exists()


def test_the_browser_speaks_chinese_and_reaches_the_live_server(page, phone, live_server):
    answer = page.goto("/")
    assert answer is not None
    assert answer.url.startswith(live_server.url)
    assert page.evaluate("navigator.language") == "zh-CN"
    assert phone.evaluate("[screen.width, navigator.maxTouchPoints > 0]") == [390, True]


def test_an_error_in_the_browser_is_not_overlooked():
    faults = []
    note_console(
        faults, "http://x/", "error", "Refused to load the script: Content Security Policy"
    )
    note_console(
        faults, "http://x/", "error", "the server responded with a status of 404 (NOT FOUND)"
    )
    note_console(faults, "http://x/", "log", "hello")
    assert faults == ["http://x/: Refused to load the script: Content Security Policy"]
