"""Legal time in the terminal."""

import json

import pytest

from market.db import db
from tests.factories.workdays import shipped_calendar
from tests.workdays.test_rules import CASES
from tests.workdays.test_service import NOTICE, notice_2027

DUE = ["workdays", "due", "--trigger", "2026-02-10T15:30:00+08:00", "--n", "15"]
NOTICE_WORDS = [
    "--document-number",
    NOTICE["document_number"],
    "--title",
    NOTICE["title"],
    "--issued-on",
    "2026-03-03",
]


@pytest.fixture
def run(app):
    """Runs `flask --app app <words>` on an installation with the shipped calendar."""
    with app.app_context():
        shipped_calendar()
    return lambda *words: app.test_cli_runner().invoke(args=[*words])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_worked_cases_in_the_terminal(run, case):
    close = ["--close", case["business_close"]] if case["business_close"] else []
    answer = run(
        "workdays",
        "due",
        "--trigger",
        case["trigger"],
        "--n",
        str(case["n"]),
        "--unit",
        case["unit"],
        "--end",
        case["end_mode"],
        *close,
        "--region",
        case["region"],
        "--json",
    )
    expected = case["expected"]
    found = json.loads(answer.stdout)
    assert list(found) == ["counted_days", "last_day", "due_at", "certainty", "arrangements"]
    assert found["counted_days"] == expected["counted_days"]
    assert (found["last_day"], found["due_at"]) == (
        expected["last_day"],
        expected["due_at_exclusive"],
    )
    assert found["certainty"] == expected["certainty"]
    assert all(key.startswith("CN-") for key in found["arrangements"])


def test_without_json_it_speaks(run):
    answer = run(*DUE)
    assert (answer.exit_code, answer.stdout) == (
        0,
        "2026-03-09, until 2026-03-10 00:00 (not included), confirmed\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--trigger", "2026-02-10T15:30:00"),
        ("--trigger", "tomorrow"),
        ("--trigger", "1999-01-01T00:00:00Z"),
        ("--n", "0"),
        ("--n", "many"),
        ("--unit", "week"),
        ("--end", "noon"),
        ("--close", "25:00"),
        ("--close", "17:00"),
        ("--region", "US"),
    ],
)
def test_a_wrong_argument_names_itself_and_ends_with_2(run, words):
    answer = run(*DUE, *words, "--json")
    assert answer.exit_code == 2
    assert words[0] in answer.stderr
    assert answer.stdout == ""


def test_a_missing_argument_names_itself(run):
    answer = run("workdays", "due", "--n", "3")
    assert answer.exit_code == 2
    assert "--trigger" in answer.stderr


def test_before_the_installation_the_shipped_arrangements_count(app):
    answer = app.test_cli_runner().invoke(args=[*DUE, "--json"])
    assert json.loads(answer.stdout)["arrangements"] == ["CN-2026-1"]
    with app.app_context():
        db.drop_all()
    assert app.test_cli_runner().invoke(args=[*DUE, "--json"]).stdout == answer.stdout


def test_a_file_is_compared_imported_and_approved(run, tmp_path):
    file = tmp_path / "2027.json"
    file.write_text(notice_2027("2027-05-01"), encoding="utf-8")
    answer = run("workdays", "diff", str(file))
    assert "! 2027-05-01 是法定节假日" in answer.stdout
    assert "2027-02-13 + 春节" in answer.stdout
    refused = run("workdays", "import", str(file), *NOTICE_WORDS, "--person", "1")
    assert refused.exit_code == 2
    assert "--file" in refused.stderr
    assert "2027-05-01" in refused.stderr
    file.write_text(notice_2027(), encoding="utf-8")
    assert (
        run("workdays", "import", str(file), *NOTICE_WORDS, "--person", "1").stdout == "CN-2027-1\n"
    )
    same = run("workdays", "approve", "CN-2027-1", "--person", "1")
    assert same.exit_code == 2
    assert "另一位" in same.stderr
    assert "2027-02-13 + 春节" in run("workdays", "approve", "CN-2027-1", "--person", "2").stdout
    assert (
        "confirmed"
        in run("workdays", "due", "--trigger", "2026-12-29T09:00:00+08:00", "--n", "3").stdout
    )


def test_a_file_that_cannot_be_read_is_refused(run, tmp_path):
    file = tmp_path / "2027.json"
    for content, sentence in (
        (b"\xff\xfe", "从第 1 个字节起读不出来"),
        (b'{"year": 2027,\n"days": [}', "第 2 行第 10 列"),
        (
            b'{"year": 2027, "days": [{"name": "x", "date": "soon", "isOffDay": true}]}',
            "days 的第 1 项：“date”",
        ),
    ):
        file.write_bytes(content)
        for words in (("diff", str(file)), ("import", str(file), *NOTICE_WORDS, "--person", "1")):
            answer = run("workdays", *words)
            assert (answer.exit_code, sentence in answer.stderr) == (2, True)
    assert (
        run("workdays", "import", str(file), *NOTICE_WORDS[:-1], "soon", "--person", "1").exit_code
        == 2
    )
