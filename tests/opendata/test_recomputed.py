"""From the files alone an outsider computes what the pages say: saving, concentration, timeliness."""

import contextlib
import csv
import datetime as dt
import io
import sqlite3

import pytest

from market.complaints import queries as complaint_queries
from market.complaints import rules
from market.db import reading, snapshot
from market.kernel.actor import VISITOR
from market.opendata import files
from market.opendata.rules import Terms
from market.windows import jobs as windows
from tests.factories import complaints, selection

TERMS = Terms("瑞昌市公共数据开放目录 RC-001", "无条件开放", "CC BY 4.0")
SAVED = """
    SELECT round(100.0 * sum(n.ceiling_fen - r.amount_fen) / sum(n.ceiling_fen), 4)
    FROM results r JOIN notices n ON n.number = r.notice
    WHERE r.state IN ('proposed', 'won')
"""
AWARDED = """
    SELECT a.name, sum(r.amount_fen)
    FROM results r JOIN agencies a ON a.number = r.winner
    WHERE r.state IN ('proposed', 'won') GROUP BY a.name
"""
LATE = """
    SELECT b.name, count(DISTINCT d.complaint) FROM complaint_duties d
    JOIN bodies b ON b.number = d.body
    WHERE d.duty = ? AND d.overdue_at IS NOT NULL GROUP BY b.name
"""
RECEIVED = """
    SELECT b.name, count(*) FROM (
        SELECT body, number FROM complaints
        UNION SELECT body, complaint FROM complaint_duties
        WHERE duty IN ('complaint.accept', 'complaint.decide') AND body IS NOT NULL
    ) pairs JOIN bodies b ON b.number = pairs.body GROUP BY b.name
"""


def asked(folder, question, *values):
    with contextlib.closing(sqlite3.connect(folder / files.DATABASE)) as file:
        return file.execute(question, values).fetchall()


def taken(folder):
    with snapshot(VISITOR) as work:
        files.write(work, folder, work.today, TERMS)
    return folder


def test_saving_and_concentration_are_those_of_the_list_of_results(opened, tmp_path, client):
    for ceiling in (12_000_000, 15_000_000):
        selection.announced_notice(ceiling_fen=ceiling)
    folder = taken(tmp_path / "day")

    def listed(address):
        text = client.get(address).data.decode("utf-8-sig")
        return {row["编号"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}

    ceilings = listed("/notices.csv")
    results = listed("/results.csv")
    spent = [float(row["中选价（元）"]) for row in results.values()]
    whole = [float(ceilings[number]["最高限价（元）"]) for number in results]
    ((saved,),) = asked(folder, SAVED)
    assert saved == pytest.approx(100 * (sum(whole) - sum(spent)) / sum(whole), abs=1e-4)

    shares: dict[str, float] = {}
    for row in results.values():
        shares[row["中选机构"]] = shares.get(row["中选机构"], 0) + float(row["中选价（元）"])
    assert {name: fen / 100 for name, fen in asked(folder, AWARDED)} == pytest.approx(shares)


def test_timeliness_is_that_of_the_page(opened, tmp_path, clock):
    desk = complaints.desk()
    number = selection.announced_notice()[0]
    complaints.filed(number)
    complaints.accepted(complaints.filed(number, complaints.citizen("张小兰")), desk)
    for _ in range(40):
        clock.advance(dt.timedelta(days=1))
        windows.sweep()
    page = complaint_queries.timeliness(reading(VISITOR))
    assert any(body.accepted_late for body in page)
    assert any(body.decided_late for body in page)
    folder = taken(tmp_path / "day")
    received = dict(asked(folder, RECEIVED))
    accepted = dict(asked(folder, LATE, rules.ACCEPT.name))
    decided = dict(asked(folder, LATE, rules.DECIDE.name))
    for body in page:
        assert received[body.body_name] == body.received
        assert accepted.get(body.body_name, 0) == body.accepted_late
        assert decided.get(body.body_name, 0) == body.decided_late
