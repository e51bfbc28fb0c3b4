"""A market of any size, by bulk inserts into the real schema: `python -m bench.volume --notices
100000`.

Seeded and repeatable. Entries per notice are lognormal with median 14 and 99th percentile 115, as
in the model of docs/speed.md for a busy province; states, funds and categories are mixed as in a
market
some years old. The public log stays empty: what is measured on a volume reads tables.
"""

import argparse
import dataclasses
import datetime as dt
import hashlib
import itertools
import json
import math
import pathlib
import random
import sys
from collections.abc import Iterable, Iterator

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from stdnum.cn import uscc
from tqdm import tqdm

from bench import load
from market.accounts.models import Organisation
from market.accounts.rules import Kind
from market.agencies import rules as agencies
from market.agencies.models import Agency, ServiceLine
from market.catalogue import service as catalogue
from market.catalogue import shipped
from market.catalogue.models import ServiceCategory, ServiceItem
from market.db import db, in_one_transaction
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.kernel.ids import Prefix, agency_ref, number
from market.operations import service as operations
from market.operations.rules import Mode
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Fund, Method
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState

FOLDER = pathlib.Path(__file__).parent / "data"
# entries of a notice
MEDIAN = 14
P99 = 115
SPREAD = math.log(P99 / MEDIAN) / 2.3263  # the standard normal's 99th percentile
BATCH = 5_000
OWNERS = 500
NOW = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)
YEARS = 4  # over which the notices are spread
DIVISION = "360481"
PLACES = (
    "瑞昌",
    "柴桑",
    "濂溪",
    "湖口",
    "都昌",
    "德安",
    "永修",
    "武宁",
    "南昌",
    "宜春",
    "上饶",
    "武汉",
    "黄梅",
)
TRADES = (
    "工程咨询",
    "勘察设计",
    "测绘",
    "检测技术",
    "工程监理",
    "项目管理",
    "造价咨询",
    "资产评估",
    "环境技术",
    "招才人力",
)
BODIES = (
    "水利局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
    "教育体育局",
    "卫生健康委员会",
    "城市管理局",
)
JOBS = (
    "道路改造",
    "农村饮水",
    "学校扩建",
    "卫生院迁建",
    "河道治理",
    "管网更新",
    "标准厂房",
    "安置小区",
)
# State of a notice that is over, and of one of the last days, with how many of a hundred are in it.
OVER = (
    (NoticeState.CLOSED, 70),
    (NoticeState.IN_SERVICE, 8),
    (NoticeState.AWARDED, 7),
    (NoticeState.FAILED, 11),
    (NoticeState.CANCELLED, 3),
    (NoticeState.ANNULLED, 1),
)
FRESH = ((NoticeState.ENTRY_OPEN, 60), (NoticeState.SEALED, 10), (NoticeState.ANNOUNCED, 30))
FRESH_SHARE = 0.02
FUNDS = ((Fund.FISCAL, 60), (Fund.STATE, 15), (Fund.SOCIAL, 25))


@dataclasses.dataclass(frozen=True)
class Size:
    """How much of everything."""

    notices: int
    agencies: int
    entries: bool = True


def build(app: Flask, size: Size) -> None:
    """Migrate an empty database, load the shipped catalogue, and fill the rest."""
    with app.app_context():
        flask_migrate.upgrade()
        in_one_transaction(operations.install, CLOCK, mode=Mode.PRODUCTION)
        in_one_transaction(catalogue.load, CLOCK, rows=shipped.ruichang())
        chance = random.Random(20260304)
        with db.engine.begin() as connection:
            items = list(
                connection.execute(
                    sa.select(ServiceItem.code, ServiceCategory.name).join(
                        ServiceCategory, ServiceCategory.id == ServiceItem.category_id
                    )
                )
            )
            first = 1 + (connection.scalar(sa.select(sa.func.max(Organisation.id))) or 0)
            owners = range(first, first + OWNERS)
            agents = range(first + OWNERS, first + OWNERS + size.agencies)
            _insert(connection, Organisation, organisations(owners, agents), OWNERS + size.agencies)
            _insert(connection, Agency, agency_rows(agents, chance), size.agencies)
            _insert(connection, ServiceLine, lines(size.agencies, items, chance), 2 * size.agencies)
            counts = (
                [entries_of_one(chance) for _ in range(size.notices)]
                if size.entries
                else [0] * size.notices
            )
            _insert(connection, Notice, notices(counts, owners, items, chance), size.notices)
            _insert(connection, Entry, entries(counts, agents, chance), sum(counts))
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        db.engine.dispose()


def entries_of_one(chance: random.Random) -> int:
    """How many enter one notice."""
    return round(chance.lognormvariate(math.log(MEDIAN), SPREAD))


def organisations(owners: range, agents: range) -> Iterator[dict[str, object]]:
    """Owners that are public bodies, then firms."""
    for place, ident in enumerate(owners):
        name = f"{PLACES[place % len(PLACES)]}{BODIES[place % len(BODIES)]}第{place}办"
        yield _organisation(ident, Kind.OWNER, name, credit_code("11", ident))
    for place, ident in enumerate(agents):
        yield _organisation(ident, Kind.AGENCY, agency_name(place), credit_code("91", ident))


def _organisation(ident: int, kind: Kind, name: str, code: str) -> dict[str, object]:
    return {
        "id": ident,
        "division": DIVISION,
        "kind": kind,
        "name": name,
        "uscc": code,
        "created_at": NOW,
    }


def agency_name(place: int) -> str:
    return f"{PLACES[place % len(PLACES)]}{TRADES[place // 7 % len(TRADES)]}{place:05d}有限公司"


def credit_code(kind: str, ident: int) -> str:
    """A 统一社会信用代码 with a right check digit; `kind` is 11 (public body) or 91 (firm)."""
    stem = f"{kind}360481{ident:09d}"
    return stem + uscc.calc_check_digit(stem)


def agency_rows(agents: range, chance: random.Random) -> Iterator[dict[str, object]]:
    for place, ident in enumerate(agents):
        at = NOW - dt.timedelta(minutes=len(agents) - place)
        yield {
            "division": DIVISION,
            "id": place + 1,
            "organisation_id": ident,
            "ref": agency_ref(place + 1),
            "state": agencies.State.ACTIVE,
            "uscc": credit_code("91", ident),
            "name": agency_name(place),
            "region": DIVISION,
            "region_name": chance.choice(PLACES),
            "legal_representative": f"代表{place}",
            "shows_contact": False,
            "started_at": at,
            "started_by": 1,
            "enrolled_at": at,
            "submission_key": f"bench-agency-{place}",
        }


def lines(count: int, items: list[sa.Row], chance: random.Random) -> Iterator[dict[str, object]]:
    """Two services for each agency."""
    for agency in range(1, count + 1):
        for code, _ in chance.sample(items, 2):
            yield {
                "agency_id": agency,
                "item_code": code,
                "state": agencies.LineState.ACTIVE,
                "valid_to": None,
            }


def notices(
    counts: list[int], owners: range, items: list[sa.Row], chance: random.Random
) -> Iterator[dict[str, object]]:
    """Published notices in the order of their publication, the newest last."""
    step = dt.timedelta(days=365 * YEARS) / len(counts)
    fresh_from = len(counts) * (1 - FRESH_SHARE)
    for place, given in enumerate(counts):
        published = NOW - step * (len(counts) - place)
        code, category = chance.choice(items)
        state = _one_of(FRESH if place >= fresh_from else OVER, chance)
        yield {
            "id": place + 1,
            "number": number(Prefix.NOTICE, DIVISION, published.year, place + 1),
            "state": state,
            "owner_id": chance.choice(owners),
            "item_code": code,
            "category": category,
            "title": f"{chance.choice(PLACES)}{chance.choice(JOBS)}项目（{place + 1}）",
            "fund": _one_of(FUNDS, chance),
            "ceiling_fen": chance.randrange(1_000_000, 200_000_000),
            "urgent": chance.random() < 0.03,
            "entries_given": given,
            "entries_live": given,
            "submission_key": f"bench-notice-{place}",
            **_times(state, published),
            **SAME,
        }


SAME: dict[str, object] = {
    "division": DIVISION,
    "listing": 1,
    "rulebook": 1,
    "fiscal_percent": 0,
    "method": Method.RANDOM,
    "price_note": "",
    "scale": "一项",
    "location": "瑞昌市",
    "content": "按合同约定完成服务。",
    "service_days": 30,
    "requirement": "",
    "exclusions": [],
    "urgent_reason": "",
    "beacon": False,
    "contact_phone": "0792-4220000",
    "complaint_phone": "0792-4220001",
    "project_code": "",
    "plea": "",
    "item_version": 1,
    "drafted_by": 1,
    "submitted_by": 1,
    "reviewed_by": 1,
    "published_by": 1,
}
DRAWN = {
    NoticeState.CLOSED,
    NoticeState.IN_SERVICE,
    NoticeState.AWARDED,
    NoticeState.ANNOUNCED,
    NoticeState.ANNULLED,
}


def _times(state: NoticeState, published: dt.datetime) -> dict[str, object]:
    cancelled = published + dt.timedelta(days=1) if state is NoticeState.CANCELLED else None
    return {
        "drafted_at": published,
        "submitted_at": published,
        "reviewed_at": published,
        "published_at": published,
        "entry_close": published + dt.timedelta(days=4),
        "draw_at": published + dt.timedelta(days=4, hours=1),
        "announced_at": published + dt.timedelta(days=4, hours=2) if state in DRAWN else None,
        "cancelled_at": cancelled,
        "cancelled_by": cancelled and 1,
    }


def _one_of(table: Iterable[tuple], chance: random.Random) -> object:
    values, weights = zip(*table, strict=True)
    return chance.choices(values, weights)[0]


def entries(counts: list[int], agents: range, chance: random.Random) -> Iterator[dict[str, object]]:
    """Opened entries, each of another agency."""
    ident = 0
    for place, given in enumerate(counts):
        start = chance.randrange(len(agents))
        for no in range(1, min(given, len(agents)) + 1):
            ident += 1
            agent = (start + no * 7) % len(agents)
            yield {
                "id": ident,
                "division": DIVISION,
                "notice_id": place + 1,
                "agency_id": agents[agent],
                "no": no,
                "ref": agency_ref(agent + 1),
                "representative": f"代表{agent}",
                "receipt": f"BM-{ident:012d}",
                "commit": hashlib.sha256(str(ident).encode()).hexdigest(),
                "sealed": b"",
                "received_at": NOW,
                "entered_by": 1,
                "state": EntryState.LISTED,
                "quote_fen": 1_000_000 + ident,
            }


def _insert(
    connection: sa.Connection, model: type[db.Model], rows: Iterator[dict[str, object]], total: int
) -> None:
    table = model.__table__
    with tqdm(total=total, desc=table.name, unit="row", disable=not sys.stderr.isatty()) as bar:
        while batch := list(itertools.islice(rows, BATCH)):
            connection.execute(table.insert(), batch)
            bar.update(len(batch))


def volume(size: Size) -> pathlib.Path:
    """An instance folder with an SQLite market of that size; built once for each state of the
    filled tables.
    """
    tables = [model.__table__ for model in (Organisation, Agency, ServiceLine, Notice, Entry)]
    schema = repr(
        [
            (
                t.name,
                [(c.name, str(c.type)) for c in t.columns],
                sorted(str(i.name) for i in t.indexes),
            )
            for t in tables
        ]
    )
    stamp = hashlib.sha256((schema + pathlib.Path(__file__).read_text()).encode()).hexdigest()[:12]
    folder = (
        FOLDER / f"{size.notices}-{size.agencies}-{'entries' if size.entries else 'bare'}-{stamp}"
    )
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "market.sqlite").unlink(missing_ok=True)
        build(app_on(folder), size)
        (folder / "complete").touch()
    return folder


def app_on(folder: pathlib.Path, **config: object) -> Flask:
    """The product on such a folder, served as a production database is."""
    return create_app(
        {
            "PUBLIC_URL": load.PLACE["MARKET_PUBLIC_URL"],
            "TRUSTED_HOSTS": json.loads(load.PLACE["MARKET_TRUSTED_HOSTS"]),
            "INSTANCE": str(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'market.sqlite'}",
            **config,
        }
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000)
    parser.add_argument("--agencies", type=int, default=50_000)
    parser.add_argument("--bare", action="store_true", help="without entries")
    asked = parser.parse_args()
    print(volume(Size(asked.notices, asked.agencies, entries=not asked.bare)))
