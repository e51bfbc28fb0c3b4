"""The health page: green only when database, migrations, clock and fork guard are well."""

import datetime as dt

import pytest
from flask_migrate import downgrade

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger.service import record
from market.operations import queries, service
from market.operations.rules import Alarm, Mode
from market.selection.entries.events import DrainCut


def beat(app, job="windows.sweep", trouble=None):
    with app.app_context():
        in_one_transaction(service.beat, CLOCK, job=job, trouble=trouble)


@pytest.mark.databases
def test_it_is_well_while_the_clock_beats(app, client, clock):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json["clock_age_seconds"]) == (503, None)
    beat(app)
    clock.advance(dt.timedelta(seconds=90))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json["ok"], answer.json["clock_age_seconds"]) == (
        200,
        True,
        90,
    )
    clock.advance(dt.timedelta(seconds=1))
    assert client.get("/healthz").status_code == 503


def test_a_beat_from_the_future_shows_nothing(app, client, clock):
    beat(app)
    clock.advance(dt.timedelta(hours=-1))
    assert client.get("/healthz").status_code == 503


def test_a_list_that_was_sealed_with_forms_still_in_hand_is_told_for_a_day(app, client, clock):
    with app.app_context():
        cut = DrainCut(subject="GG-360481-2026-00001", count=1)
        in_one_transaction(record, CLOCK, cut)
    assert client.get("/healthz").json["troubles"] == {"drain.cut": "GG-360481-2026-00001"}
    clock.advance(dt.timedelta(days=1))
    assert client.get("/healthz").json["troubles"] == {}


def test_the_trouble_of_a_job_is_told_for_a_day_and_an_alarm_is_no_beat(app, client, clock):
    beat(app, "letters.write", "KeyError")
    with app.app_context():
        in_one_transaction(service.note_alarm, CLOCK, alarm=Alarm.JUMPED, seconds=3600)
    assert client.get("/healthz").json["troubles"] == {
        "letters.write": "KeyError",
        "clock.jumped": "+3600 s",
    }
    clock.advance(dt.timedelta(seconds=91))
    with app.app_context():
        in_one_transaction(service.note_alarm, CLOCK, alarm=Alarm.JUMPED, seconds=3600)
        assert queries.last_beat(reading(CLOCK)) == clock.instant - dt.timedelta(seconds=91)
    assert client.get("/healthz").status_code == 503
    clock.advance(dt.timedelta(days=1))
    assert client.get("/healthz").json["troubles"] == {}


def test_an_unmigrated_database_is_red(app, client):
    beat(app)
    with app.app_context():
        downgrade(revision="base")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert (answer.json["database"], answer.json["migrated"], answer.json["migration"]) == (
        True,
        False,
        None,
    )


def test_a_locked_fork_guard_is_red_and_said_on_every_page(app, client):
    beat(app)
    fabric(app).guard.lock(100, 120, "witness")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json["read_only"]) == (503, "witness: 120 > 100")
    page = client.get("/accessibility").text
    assert "系统现在只能查看，不能办理" in page
    assert "停止写入不会丢失任何内容" in page and "请联系系统管理员处理" in page
    assert "（技术原因：witness: 120 &gt; 100）" in page
    page = client.get("/accessibility?lang=en").text
    assert "nothing is lost by stopping. Please call the system administrator." in page
    assert "(Technical reason: witness: 120 &gt; 100)" in page


def test_a_database_that_is_down_is_red_and_every_page_says_503(tmp_path, client):
    url = f"postgresql+psycopg://market@/market?host={tmp_path}"
    app = create_app(
        {"INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "test"}
    )
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["database"]) == (503, False)
    signed_in = app.test_client()
    with signed_in.session_transaction() as session:
        session["_user_id"] = "token"
        session["_fresh"] = True
    for visitor in (app.test_client(), signed_in):
        for path in ("/", "/notices", "/accessibility"):
            answer = visitor.get(path)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "系统现在只能查看" not in client.get("/accessibility").text


@pytest.mark.databases
def test_a_database_is_one_or_the_other_from_the_day_it_was_made(context):
    assert queries.mode(reading(CLOCK)) is None
    assert in_one_transaction(service.install, CLOCK, mode=Mode.DEMO)
    assert not in_one_transaction(service.install, CLOCK, mode=Mode.DEMO)
    with pytest.raises(Refusal, match=r"operations\.other_mode"):
        in_one_transaction(service.install, CLOCK, mode=Mode.PRODUCTION)
    assert queries.mode(reading(CLOCK)) is Mode.DEMO
