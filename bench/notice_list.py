"""The notice list, 20 rows of 100k under two filters, against Flask, Jinja and one raw query that
answer the same bytes.
"""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask, render_template
from jinja2 import DictLoader
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.harness import Result, at_least, cpu
from bench.volume import Size, app_on, volume
from market.kernel.clock import CHINA

PATH = "/notices"
ASKED = {"tab": "awarded", "category": "工程测量"}
GOAL = 0.60  # of the floor's requests a CPU second
REQUESTS = 20  # a round
ROWS = 20
SHOWN = ("number", "title", "owner", "category", "ceiling", "draw", "label", "entries_live")
QUERY = """SELECT n.number, n.title, o.name AS owner, n.category, n.fund, n.state, n.ceiling_fen, n.published_at,
                  n.entry_close, n.draw_at, n.entries_live, n.amended_at
           FROM notice n JOIN organisation o ON o.id = n.owner_id
           WHERE n.tab = ? AND n.category = ? ORDER BY n.published_at DESC, n.id DESC LIMIT 21"""
# As the page words them.
LABELS = {
    "closed": ("已办结", "grey"),
    "awarded": ("已中选", "green"),
    "in_service": ("服务中", "blue"),
}


def run(quick: bool) -> Iterator[Result]:
    """One row: requests a CPU second, as a share of the floor's."""
    size = Size(10_000, 5_000) if quick else Size(100_000, 50_000)
    folder = volume(size)
    product = app_on(folder)
    page = body_of(product)
    floor = floor_app(str(folder / "market.sqlite"), page)
    lean = body_of(floor)
    if abs(len(lean) - len(page)) > len(page) / 50:
        raise RuntimeError(f"the floor answers {len(lean)} characters, the product {len(page)}")
    yield at_least(
        f"notice list, two filters, {size.notices:,} notices",
        cpu(asking(product), REQUESTS),
        cpu(asking(floor), REQUESTS),
        share=GOAL,
        quick=quick,
    )


def asking(app: Flask) -> Callable[[], str]:
    """One request through WSGI, without a client's own work on the answer."""
    environ = EnvironBuilder(path=PATH, query_string=ASKED).get_environ()

    def ask() -> str:
        chunks, status, _ = run_wsgi_app(app, dict(environ), buffered=True)
        if not status.startswith("200"):
            raise RuntimeError(f"{PATH} answered {status}")
        return b"".join(chunks).decode()

    return ask


def body_of(app: Flask) -> str:
    return asking(app)()


def floor_app(database: str, page: str) -> Flask:
    """The least program that gives this page: the query, the page as a template with a loop,
    nothing else.
    """
    connection = sqlite3.connect(database, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    rows = found(connection)[:ROWS]
    app = Flask("floor")
    app.jinja_env.loader = DictLoader({"list.html": template(page, rows)})

    @app.get(PATH)
    def notices() -> str:
        return render_template("list.html", rows=found(connection)[:ROWS])

    return app


def found(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """The rows with what a page has to work out for each: an amount, an instant in local time, the
    words of a state.
    """
    return [
        {
            **row,
            "ceiling": f"{row['ceiling_fen'] // 100:,}.{row['ceiling_fen'] % 100:02}",
            "draw": f"{dt.datetime.fromtimestamp(row['draw_at'] / 1000, CHINA):%Y-%m-%d %H:%M}",
            "label": LABELS[row["state"]][0],
            "colour": LABELS[row["state"]][1],
        }
        for row in connection.execute(QUERY, (ASKED["tab"], ASKED["category"]))
    ]


def template(page: str, rows: list[dict[str, Any]]) -> str:
    """The page with its rows folded into a loop: a row reaches from the first mention of its number
    to the next one's.
    """
    starts = [page.index(f"{PATH}/{row['number']}") for row in rows]
    length = (starts[-1] - starts[0]) // (len(starts) - 1)
    row = page[starts[0] : starts[1]]
    for name in SHOWN:
        if f"{rows[0][name]}" not in row:
            raise RuntimeError(f"the page does not show {name} as {rows[0][name]!r}")
        row = row.replace(f"{rows[0][name]}", "{{ row." + name + " }}")
    head = page[: starts[0]]
    tail = page[starts[-1] + length :]
    return f"{raw(head)}{{% for row in rows %}}{row}{{% endfor %}}{raw(tail)}"


def raw(text: str) -> str:
    return f"{{% raw %}}{text}{{% endraw %}}"
