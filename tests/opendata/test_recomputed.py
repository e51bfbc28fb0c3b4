"""From the files alone an outsider computes what the pages say: saving, concentration, timeliness."""

import contextlib
import csv
import datetime as dt
import io
import itertools
import sqlite3
from collections import Counter

import pytest

from market.complaints import queries as complaint_queries
from market.complaints import rules
from market.db import reading, snapshot
from market.kernel.actor import VISITOR
from market.opendata import files
from market.opendata.rules import Terms
from market.oversight import jobs as oversight_jobs
from market.oversight import queries as oversight
from market.windows import jobs as windows
from tests.factories import complaints, contracts, selection
from tests.selection import pricing

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


FIGURES = {
    "published": "SELECT count(*) FROM notices",
    "entrants": """
        SELECT (SELECT count(*) FROM entries WHERE state = 'listed'),
               (SELECT count(*) FROM selections WHERE method <> 'direct')
    """,
    "single": """
        SELECT count(*), (SELECT count(*) FROM selections WHERE method <> 'direct') FROM (
            SELECT notice FROM entries WHERE state = 'listed' GROUP BY notice HAVING count(*) = 1
        )
    """,
    "failed": """
        SELECT sum(s.failure IS NOT NULL), count(*) FROM selections s
        JOIN notices n ON n.number = s.notice WHERE n.listing = 1 AND s.method <> 'direct'
    """,
    "saving": """
        SELECT sum(n.ceiling_fen - r.amount_fen), sum(n.ceiling_fen)
        FROM results r JOIN notices n ON n.number = r.notice
        WHERE r.state IN ('proposed', 'won') AND n.method IN ('lowest', 'average')
    """,
}
"""The public figures (/statistics) out of the files: numerator, denominator."""
IN_TIME = """
    SELECT count(*) - (
        SELECT count(*) FROM log_leaves WHERE type = 'window.overdue' AND leaf LIKE '%"' || ?1 || '"%'
    ), count(*)
    FROM log_leaves WHERE type = 'window.opened' AND leaf LIKE '%"' || ?1 || '"%'
"""


def test_the_figures_of_the_page_follow_from_the_files_alone(context, tmp_path, clock):
    ceilings = (10_000_000, 11_000_000, 12_000_000, 13_000_000, 14_000_000)
    priced = {pricing.published(ceiling_fen=ceiling): ceiling for ceiling in ceilings}
    alone = selection.published_notice()
    nobodys = selection.published_notice()
    for number, ceiling in priced.items():
        pricing.entered(number, ceiling - 1_000_000, ceiling - 3_000_000)
    selection.entered(alone, 1)
    for number in (*priced, alone, nobodys):
        selection.sealed(number)
    for number in (*priced, alone):
        selection.drawn(number)
    contracts.awarded()
    for _ in range(40):
        clock.advance(dt.timedelta(days=1))
        windows.sweep()
    oversight_jobs.daily_figures()
    kept = oversight.last_figures(reading(VISITOR)).measures
    folder = taken(tmp_path / "day")
    for code, question in FIGURES.items():
        ((value, *of),) = asked(folder, question)
        assert (value, *of) == (kept[code].value, kept[code].of)[: 1 + len(of)], code
    assert kept["saving"].value == 15_000_000 and kept["failed"].value == 2
    ((in_time, due),) = asked(folder, IN_TIME, "contracts.sign")
    assert (in_time, due) == (kept["signed"].value, kept["signed"].of) == (0, 6)
    by_month = asked(
        folder,
        "SELECT measure, sum(numerator), sum(denominator) FROM statistics_by_month"
        " WHERE measure IN ('entrants', 'single', 'failed') GROUP BY measure",
    )
    assert {code: (value, of) for code, value, of in by_month} == {
        code: (kept[code].value, kept[code].of) for code in ("entrants", "single", "failed")
    }


def test_concentration_and_who_enters_with_whom_are_those_of_the_pages(opened, tmp_path, client):
    first, _ = selection.announced_notice(3)
    second, _ = selection.announced_notice(3)
    folder = taken(tmp_path / "day")
    names = dict(asked(folder, "SELECT number, name FROM agencies"))
    pairs: Counter[tuple[str, str]] = Counter()
    for number in (first, second):
        page = client.get(f"/notices/{number}").text
        together = sorted(name for name in names.values() if name in page)
        pairs.update(itertools.combinations(together, 2))
    found = asked(
        folder,
        """SELECT min(a.name, b.name), max(a.name, b.name), count(*)
           FROM entries x JOIN entries y ON y.notice = x.notice AND y.no > x.no
           JOIN agencies a ON a.number = x.agency JOIN agencies b ON b.number = y.agency
           GROUP BY 1, 2""",
    )
    assert pairs and {(one, other): many for one, other, many in found} == pairs

    text = client.get("/results.csv").data.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    won = Counter(row["中选机构"] for row in rows if row["中选机构"])
    ((hhi,),) = asked(
        folder,
        """SELECT sum(share * share) FROM (SELECT 1.0 * count(*) /
           (SELECT count(*) FROM results WHERE state IN ('proposed', 'won')) AS share
           FROM results WHERE state IN ('proposed', 'won') GROUP BY winner)""",
    )
    assert hhi == pytest.approx(sum((many / won.total()) ** 2 for many in won.values()))
