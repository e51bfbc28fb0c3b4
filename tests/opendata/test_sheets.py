"""Every public list can be saved as it is filtered, and what is saved is safe to open."""

import csv
import io
import zipfile

import pytest

from market.db import in_one_transaction
from market.selection.kinds import Fund
from market.selection.notices import service as notice_service
from market.web import sheets
from tests.factories import complaints, owners, selection
from tests.factories.deeds import do

LISTS = ("/notices", "/results", "/agencies", "/complaints", "/catalogue/items")


def saved(client, address) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_a_list_is_saved_as_it_is_filtered(app):
    with app.app_context():
        number = selection.published_notice(title="桂林街道土地勘测")
        selection.published_notice(title="湓城街道消防检测")
    client = app.test_client()
    assert len(saved(client, "/notices.csv")) == 2
    (row,) = saved(client, "/notices.csv?q=桂林")
    assert row["编号"] == number
    assert row["最高限价（元）"] == "120000.00"
    text = client.get("/notices?q=桂林").text
    assert "/notices.csv?q=%E6%A1%82%E6%9E%97" in text
    assert saved(client, "/notices.csv?tab=failed") == []


def test_every_list_leads_to_its_files_and_both_can_be_had(app):
    with app.app_context():
        complaints.filed(selection.announced_notice()[0])
    client = app.test_client()
    for address in LISTS:
        page = client.get(address.removesuffix("/items")).text
        assert f'href="{address}.csv"' in page
        assert f'href="{address}.xlsx"' in page
        assert saved(client, f"{address}.csv")
        with zipfile.ZipFile(io.BytesIO(client.get(f"{address}.xlsx").data)) as book:
            assert "xl/worksheets/sheet1.xml" in book.namelist()


def test_more_than_a_portion_is_saved_whole(app, monkeypatch):
    monkeypatch.setattr(sheets, "AT_ONCE", 2)
    with app.app_context():
        selection.announced_notice(5)
    assert len(saved(app.test_client(), "/agencies.csv")) == 5


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+cmd", "-2+3", "@SUM(1)"])
def test_a_formula_is_no_formula(app, title):
    with app.app_context():
        selection.published_notice(title=title)
    client = app.test_client()
    (row,) = saved(client, "/notices.csv")
    assert row["标题"] == f"'{title}"
    with zipfile.ZipFile(io.BytesIO(client.get("/notices.xlsx").data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_natural_person_who_buys_is_not_named_in_bulk(app):
    with app.app_context():
        actor = owners.approved("person", uscc=None)
        selection.town()
        terms = selection.terms(fund=Fund.SOCIAL, fiscal_percent=0)
        notice_id = in_one_transaction(notice_service.draft, actor, terms=terms)
        do(notice_service.submit, actor, notice_id=notice_id)
        do(notice_service.approve, selection.reviewer(), notice_id=notice_id)
        do(notice_service.publish, selection.publisher(), notice_id=notice_id)
    (row,) = saved(app.test_client(), "/notices.csv")
    assert row["项目业主"] == "自然人"
    assert "项目业主：自然人" in app.test_client().get("/notices.atom").text
