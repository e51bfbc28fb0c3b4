"""A production database is not served, and mails do not leave, without the site's own address."""

import contextlib
import datetime as dt
import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from market.accounts.models import OutgoingMail
from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import MILLISECOND, FixedClock, WallClock
from market.operations import rules, service
from market.operations.queries import unset
from market.operations.rules import Mode
from market.operations.views import ClocksApart, NotSet, check_start
from tests.conftest import build_app
from tests.factories import accounts
from tests.house.sources import ROOT

SECOND = dt.timedelta(seconds=1)
SITE = "https://zjcs.example.gov.cn"
HOST = "zjcs.example.gov.cn"
SET = {"PUBLIC_URL": SITE, "TRUSTED_HOSTS": [HOST, "127.0.0.1"]}


@pytest.fixture
def production(app):
    with app.app_context():
        in_one_transaction(service.install, CLOCK, mode=Mode.PRODUCTION)


@pytest.mark.parametrize(
    "url, hosts, named",
    [
        (SITE, [HOST], []),
        (f"{SITE}:8443/", (HOST, "127.0.0.1"), []),
        (SITE, [".example.gov.cn"], []),
        ("http://10.0.0.7", ["10.0.0.7"], []),
        (None, None, ["PUBLIC_URL", "TRUSTED_HOSTS"]),
        ("", [], ["PUBLIC_URL", "TRUSTED_HOSTS"]),
        (None, [HOST], ["PUBLIC_URL"]),
        (HOST, [HOST], ["PUBLIC_URL"]),
        ("javascript:alert(1)", [HOST], ["PUBLIC_URL"]),
        ("https://", [HOST], ["PUBLIC_URL"]),
        ("https://ZJCS.example.gov.cn.", ["Zjcs.Example.gov.cn."], []),
        ("https://中介.example", ["xn--fiqwo.example"], []),
        (f"{SITE}/market", [HOST], []),
        ("https://[::1", [HOST], ["PUBLIC_URL"]),
        (f"{SITE}:99999", [HOST], ["PUBLIC_URL"]),
        (f"https://user:secret@{HOST}", [HOST], ["PUBLIC_URL"]),
        (f"{SITE}?a=b", [HOST], ["PUBLIC_URL"]),
        (f"{SITE} ", [HOST], ["PUBLIC_URL"]),
        (f"ftp://{HOST}", [HOST], ["PUBLIC_URL"]),
        (SITE, [".cn"], ["TRUSTED_HOSTS"]),
        (f"https://evil{HOST}", [f".{HOST}"], ["TRUSTED_HOSTS"]),
        (SITE, None, ["TRUSTED_HOSTS"]),
        (SITE, HOST, ["TRUSTED_HOSTS"]),  # a word, not a list: each letter would be a host
        (SITE, [""], ["TRUSTED_HOSTS"]),
        (SITE, ["."], ["TRUSTED_HOSTS"]),
        (SITE, [7], ["TRUSTED_HOSTS"]),
        (SITE, ["127.0.0.1"], ["TRUSTED_HOSTS"]),  # the site's own host would be a 400
    ],
)
def test_what_has_to_be_set_is_named(url, hosts, named):
    said = rules.unset(url, hosts)
    assert len(said) == len(named)
    assert all(f"MARKET_{name}" in sentence for name, sentence in zip(named, said, strict=True))


@pytest.mark.databases
@pytest.mark.parametrize("mode", [Mode.PRODUCTION, Mode.DEMO, None])
def test_only_a_production_database_asks_for_it(context, mode):
    if mode:
        in_one_transaction(service.install, CLOCK, mode=mode)
    assert bool(unset(reading(CLOCK), {})) == (mode is Mode.PRODUCTION)
    assert unset(reading(CLOCK), SET) == []


def test_the_process_ends_with_a_sentence_and_any_other_server_answers_503(
    app, production, database, tmp_path, clock
):
    with pytest.raises(NotSet, match=r"MARKET_PUBLIC_URL.*MARKET_TRUSTED_HOSTS"):
        check_start(app)
    bare = build_app(database, tmp_path / "instance", clock, TESTING=False)
    for path in ("/", "/sign-in", "/healthz"):
        assert bare.test_client().get(path).status_code == 503
    served = build_app(database, tmp_path / "instance", clock, TESTING=False, **SET)
    check_start(served)
    assert served.test_client().get("/sign-in", base_url=SITE).status_code == 200
    assert served.test_client().get("/sign-in", base_url="https://evil.example").status_code == 400


@pytest.mark.parametrize(
    ("there", "milliseconds"),
    [(-1001, 1001), (-1, 1), (0, 0), (40, 0), (41, -1), (1040, -1000)],
)
def test_a_clock_is_apart_from_another_by_what_no_waiting_explains(clock, there, milliseconds):
    asked = clock.now()
    told = asked + 40 * MILLISECOND
    assert rules.apart(asked, asked + there * MILLISECOND, told) == milliseconds * MILLISECOND


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("seconds", [-1, 1])
def test_a_process_whose_clock_is_a_second_from_the_database_s_is_refused(app, seconds):
    check_start(app)
    fabric(app).stopwatch = WallClock(lambda: dt.datetime.now(dt.UTC) + seconds * SECOND)
    with pytest.raises(ClocksApart, match=rf"by [{seconds:+d}](0\.9|1\.0)"):
        check_start(app)
    said = app.test_client().get("/healthz").json
    assert said["ok"] is False
    assert abs(said["clock_apart_ms"] - 1000 * seconds) < 250


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("words", ["gunicorn", "flask --app app clock run"])
def test_of_two_processes_a_second_apart_the_one_that_is_wrong_does_not_start(
    app, database, tmp_path, words
):
    """The same program, told another time."""
    wrong = (
        "import datetime as dt, runpy, sys; from market.kernel import clock; "
        "clock._machine.__code__ = "
        "(lambda: dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)).__code__; "
        f"sys.argv = {words.split()!r}; runpy.run_module(sys.argv[0], run_name='__main__')"
    )
    done = ended(["-c", wrong], database, tmp_path)
    assert done.returncode != 0
    assert "clock differs from the database's by +" in done.stderr
    assert "Traceback" not in done.stderr


def test_before_the_set_up_the_question_is_asked_every_five_seconds_and_no_oftener(
    app, database, tmp_path, clock
):
    bare = build_app(database, tmp_path / "instance", clock, TESTING=False)
    watch = fabric(bare).stopwatch = FixedClock(clock.instant)
    seen = []
    with app.app_context():
        for seconds in (0, 4, 1):
            watch.advance(dt.timedelta(seconds=seconds))
            seen.append(bare.test_client().get("/sign-in").status_code)
            in_one_transaction(service.install, CLOCK, mode=Mode.PRODUCTION)
    assert seen == [200, 200, 503]


@pytest.mark.parametrize("words", [["gunicorn"], ["flask", "--app", "app", "clock", "run"]])
def test_the_real_processes_do_not_start(app, production, database, tmp_path, words):
    done = ended(["-m", *words], database, tmp_path)
    assert done.returncode != 0
    assert "set MARKET_PUBLIC_URL" in done.stderr
    assert "set MARKET_TRUSTED_HOSTS" in done.stderr
    assert "Traceback" not in done.stderr


def ended(words, database, tmp_path):
    """A program of ours on that database, once it has ended by itself."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MARKET_")},
        "MARKET_INSTANCE": str(tmp_path / "instance"),
        "DATABASE_URL": database,
        "PORT": "0",
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.mark.parametrize(
    ("path", "verified"), [("/password/forgotten", True), ("/register/again", False)]
)
def test_no_mail_s_link_follows_the_host_of_a_request(app, client, path, verified):
    app.config.update(SMTP_URL="smtp://127.0.0.1:1", WTF_CSRF_ENABLED=False)
    with app.app_context():
        accounts.rules_of_the_place()
        accounts.person("zhang@example.org", verified=verified)
    client.post(path, data={"login": "zhang@example.org"}, headers={"Host": "evil.example"})
    with app.app_context():
        (mail,) = db.session.query(OutgoingMail)
        assert "evil.example" not in mail.body


def test_who_tries_the_product_on_his_own_machine_gets_links_that_work(app, client):
    app.config.update(SMTP_URL="smtp://127.0.0.1:1", WTF_CSRF_ENABLED=False)
    with app.app_context():
        accounts.rules_of_the_place()
        accounts.person("zhang@example.org")
    form = {"login": "zhang@example.org"}
    client.post("/password/forgotten", data=form, headers={"Host": "127.0.0.1:8000"})
    with app.app_context():
        (mail,) = db.session.query(OutgoingMail)
        assert "http://127.0.0.1:8000/" in mail.body


@pytest.mark.parametrize("mode, settings", [(Mode.DEMO, {}), (Mode.PRODUCTION, SET)])
def test_a_demo_and_a_set_production_start(app, database, tmp_path, mode, settings):
    with app.app_context():
        in_one_transaction(service.install, CLOCK, mode=mode)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MARKET_")},
        **{f"MARKET_{name}": json.dumps(value) for name, value in settings.items()},
        "MARKET_INSTANCE": str(tmp_path / "instance"),
        "DATABASE_URL": database,
        "PORT": str(port),
    }
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment)
    try:
        assert answered(server, f"http://127.0.0.1:{port}/sign-in") == 200
    finally:
        server.terminate()
        server.wait(60)


def answered(server, url):
    """The status of the page, once the server listens."""
    while server.poll() is None:
        try:
            return urllib.request.urlopen(url, timeout=60).status
        except urllib.error.HTTPError as no:
            return no.code
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(0.2)
    return None
