"""The API: the tables of open data, page by page, described for programs."""

import datetime as dt
import importlib
import importlib.util
import json
import threading

import hypothesis
import pytest

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.ledger import queries as ledger
from market.opendata import queries
from market.opendata import service as opendata
from market.opendata.rules import TABLES
from market.programs import service as programs
from tests.factories import accounts as people
from tests.factories import complaints, rulebook, selection
from tests.needs import missing

WRITERS = 4
EACH = 250


@pytest.fixture
def app_config():
    return {"API_PER_MINUTE": 100_000}


@pytest.fixture
def told(app):
    """A client of a town whose data are open, with a result and a complaint; and the notice."""
    with app.app_context():
        rulebook.open_data()
        number, _ = selection.announced_notice()
        complaints.filed(number)
    return app.test_client(), number


def whole(client, table, limit=500):
    """Every row of a table, read on page by page."""
    found = []
    address = f"/api/v1/{table}"
    after = 0
    along = table == "changes" or queries.is_read_along(table)
    while True:
        answer = client.get(f"{address}?after={after}&limit={limit}" if along else address).json
        found += answer["data"]
        after = answer["after"]
        if not answer["more"]:
            return found


@pytest.mark.databases
def test_every_table_is_there_as_in_the_files(told, app):
    client, number = told
    for name in TABLES:
        rows = whole(client, name)
        assert rows == whole(client, name, limit=1), name
        with app.app_context():
            work = reading(VISITOR)
            in_files = [
                row for some in queries.whole(work, name, ledger.size(work)) for row in some
            ]
        assert [tuple(row.values()) for row in rows] == in_files, name
    (notice,) = whole(client, "notices")
    assert notice["number"] == number
    assert client.get(f"/api/v1/notices/{number}").json == notice


def test_a_reader_goes_on_where_it_stopped(told, app):
    client, _ = told
    after = client.get("/api/v1/notices").json["after"]
    assert client.get(f"/api/v1/notices?after={after}").json["data"] == []
    with app.app_context():
        fresh = selection.published_notice()
    (row,) = client.get(f"/api/v1/notices?after={after}").json["data"]
    assert row["number"] == fresh


def test_changes_say_which_row_to_read_anew_and_which_is_gone(told, app):
    client, number = told
    said = whole(client, "changes")
    assert [each["log_index"] for each in said] == list(range(len(said)))
    about = [each for each in said if each["subject"] == number]
    assert {each["url"] for each in about} == {f"/api/v1/notices/{number}"}
    assert not [each for each in said if each["gone"]]
    assert client.get("/api/v1/agencies/A000001").status_code == 200
    with app.app_context():
        db.session.execute(db.text("UPDATE agency SET state = 'draft' WHERE ref = 'A000001'"))
        db.session.commit()
    gone = [each for each in whole(client, "changes") if each["gone"]]
    assert {each["subject"] for each in gone} == {"A000001"}
    answer = client.get("/api/v1/agencies/A000001")
    assert answer.status_code == 410
    assert answer.json["code"] == "api.gone"


@pytest.mark.databases
def test_a_reader_that_polls_while_others_write_misses_nothing_and_doubles_nothing(app):
    with app.app_context():
        rulebook.open_data()
        begun = ledger.size(reading(VISITOR))
    failed = []

    def write(who):
        with app.app_context():
            try:
                for place in range(EACH):
                    in_one_transaction(
                        opendata.publish,
                        CLOCK,
                        day=dt.date(2026, 3, 4),
                        size=who * EACH + place,
                        sha256="0" * 64,
                    )
            except Exception as fault:  # noqa: BLE001 - told by the test
                failed.append(fault)

    writers = [threading.Thread(target=write, args=(who,)) for who in range(WRITERS)]
    client = app.test_client()
    for each in writers:
        each.start()
    met = []
    after = begun
    while any(each.is_alive() for each in writers) or after < begun + WRITERS * EACH:
        answer = client.get(f"/api/v1/log_leaves?after={after}&limit=50").json
        met += answer["data"]
        after = answer["after"]
        if failed:
            break
    for each in writers:
        each.join()
    assert failed == []
    assert [each["log_index"] for each in met] == list(range(begun, begun + WRITERS * EACH))
    sizes = [json.loads(each["leaf"])["size"] for each in met]
    assert sorted(sizes) == list(range(WRITERS * EACH))


def test_an_unchanged_answer_is_not_sent_again(told):
    client, number = told
    answer = client.get(f"/api/v1/notices/{number}")
    again = client.get(
        f"/api/v1/notices/{number}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/notices?after=-1", 400, "api.number"),
        ("/api/v1/notices?after=x", 400, "api.number"),
        ("/api/v1/notices?after=1&after=2", 400, "api.number"),
        ("/api/v1/notices?after=", 400, "api.number"),
        ("/api/v1/notices?after=9007199254740992", 400, "api.number"),
        ("/api/v1/notices?limit=0", 400, "api.number"),
        ("/api/v1/notices?limit=501", 400, "api.number"),
        ("/api/v1/notices/%20", 404, "api.none"),
        ("/api/v1/notices/GG-360481-2026-09999", 404, "api.none"),
        ("/api/v1/entries/1", 404, "api.none"),
        ("/api/v1/nothing", 404, "api.none"),
        ("/api/v1/notices/a/b", 404, "http.404"),
        ("/api/v2/", 404, "http.404"),
    ],
)
def test_a_no_is_a_problem_that_a_program_reads(told, path, status, code):
    answer = told[0].get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == code
    assert answer.json["status"] == status


def test_another_method_is_told_which_there_are(told):
    answer = told[0].post("/api/v1/notices")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/notices", "/api/v1/nothing", "/openapi.json"]
)
def test_a_page_of_another_site_may_ask_with_a_token_and_read_every_answer(told, path):
    client, _number = told
    before = client.options(path, headers={"Origin": "https://map.example.org"})
    assert before.status_code == 200 and "GET" in before.headers["Allow"]
    answer = client.get(path, headers={"Origin": "https://map.example.org"})
    for each in (before, answer):
        assert each.headers["Access-Control-Allow-Origin"] == "*"
        assert "Authorization" in each.headers["Access-Control-Allow-Headers"]
        assert "Retry-After" in each.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_as_shipped_the_api_is_closed_and_says_so(app):
    with app.app_context():
        rulebook.default_rulebook()
    client = app.test_client()
    for path in ("/api/v1/", "/api/v1/notices", "/api/v1/changes", "/api/v1/items/301"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.json["code"] == "api.closed"
    assert client.get("/openapi.json").status_code == 200


class TestPace:
    @pytest.fixture
    def app_config(self):
        return {"API_PER_MINUTE": 3}

    def test_who_asks_too_often_is_told_when_to_come_again(self, told, clock):
        client, _ = told
        for _ in range(3):
            assert client.get("/api/v1/").status_code == 200
        clock.advance(dt.timedelta(seconds=20))
        answer = client.get("/api/v1/")
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "40"
        assert answer.json["code"] == "api.too_often"
        clock.advance(dt.timedelta(seconds=40))
        assert client.get("/api/v1/").status_code == 200


def test_what_must_not_be_public_is_in_no_answer(app):
    with app.app_context():
        rulebook.open_data()
        number = selection.announced_notice()[0]
        complaints.filed(number)
        statement = complaints.statement(number)
        sealed = selection.published_notice()
        selection.enter(sealed, selection.agency(), quote_fen=9_876_543)
    client = app.test_client()
    said = "".join(
        json.dumps(whole(client, name), ensure_ascii=False) for name in (*TABLES, "changes")
    )
    assert sealed in said
    for canary in ("9876543", "王小民", statement.phone, statement.matters, statement.request):
        assert canary not in said


@pytest.mark.parametrize("has_token", [False, True], ids=["nobody", "token"])
def test_the_description_holds_under_any_question(told, app, has_token):
    if importlib.util.find_spec("schemathesis") is None:
        missing("schemathesis", "pip install -r requirements-dev.txt")
    schemathesis = importlib.import_module("schemathesis")
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    headers = bearer(app) if has_token else {}
    good = schemathesis.GenerationMode.POSITIVE
    bad = schemathesis.GenerationMode.NEGATIVE
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        has_query = bool(operation.query)
        for mode in (good, bad) if has_query else (good,):
            check_operation(operation.as_strategy(generation_mode=mode), headers)
        asked.add(operation.path)
    assert len(asked) == len(TABLES) + len(queries.by_key()) + 6


def bearer(app):
    """What a program with a token brings."""
    with app.app_context():
        token = in_one_transaction(
            programs.make_token,
            people.staff("office", "system_admin"),
            duty="system_admin",
            label="每日同步",
            submission_key="token",
        )
    return {"Authorization": f"Bearer {token}"}


def check_operation(cases, headers):
    """Ask what a strategy gives, and hold the answer against the description."""

    @hypothesis.settings(max_examples=12, deadline=None, database=None, derandomize=True)
    @hypothesis.given(case=cases)
    def holds(case):
        case.call_and_validate(headers=headers)

    holds()
