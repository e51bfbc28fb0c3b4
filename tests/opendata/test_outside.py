"""The Open Contracting Partnership's own checker finds nothing in what the town tells."""

import json
import os
import pathlib
import subprocess

import pytest

from market.complaints.rules import About, Outcome, Respondent
from market.contracts import service as contracts_service
from market.selection.notices import service as notice_service
from tests.factories import complaints, contracts, selection
from tests.factories.deeds import do
from tests.opendata.test_ocds import SCHEMA, told
from tests.selection import scoring

HERE = pathlib.Path(__file__).parent
PYTHON = os.environ.get("OCDS_PYTHON", str(HERE.parents[1] / ".venv-ocds" / "bin" / "python"))


@pytest.fixture
def town(opened):
    """A matter of public money to its close, a scored selection, a complaint that was decided, a selection
    that failed, one that was cancelled.
    """
    deal = contracts.accepted()
    contracts.pay(deal, contracts.of(deal).amount_fen)
    do(contracts_service.confirm_receipt, deal.winner.actor, number=deal.number, no=1)
    scoring.finished()
    desk = complaints.desk()
    number, _ = selection.announced_notice()
    filed = complaints.filed(number, about=About.RESULT, respondent=Respondent.AGENCY)
    complaints.decided(complaints.accepted(filed, desk), desk, Outcome.DISMISSED)
    selection.sealed(selection.published_notice())
    cancelled = selection.published_notice()
    do(
        notice_service.cancel,
        selection.publisher(),
        number=cancelled,
        reason="业主的项目已经停止，不再需要这项服务。",
    )
    return told()


def checked(releases, folder):
    if not pathlib.Path(PYTHON).exists():
        pytest.skip("no libcoveocds: make ocds")
    file = folder / "releases.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in releases))
    return subprocess.run(
        [PYTHON, "-W", "ignore", str(HERE / "outside.py"), str(SCHEMA), str(file)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_outside_checker_finds_nothing(town, tmp_path):
    kinds = {each["tag"][0] for each in town}
    assert {"tender", "award", "contract", "implementation", "contractTermination"} <= kinds
    found = checked(town, tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr
    assert json.loads(found.stdout) == {"releases": len(town)}


def test_it_would_find_something(town, tmp_path):
    broken = [{**town[0], "tag": ["nonsense"], "date": "yesterday"}, *town[1:]]
    found = checked(broken, tmp_path)
    assert found.returncode == 1
    assert "validation_errors" in found.stdout
