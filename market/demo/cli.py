"""The demo in the terminal: load the town, say hello, tell the story."""

import pathlib
import shutil
import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect
from tqdm import tqdm

from market.accounts import queries as accounts
from market.db import Work, db, in_one_transaction, reading
from market.demo import stage, tales, year
from market.demo.people import PASSWORD
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.operations import queries as operations
from market.operations.rules import Mode
from market.rulebook import queries as rulebooks
from market.rulebook.rules import CITY, STARTERS
from market.rulebook.shipped import title as shipped_title
from market.selection.kinds import Method

LOG = frozenset({"log_leaf", "log_node", "log_head"})
group = AppGroup("demo", help="The demo town: invented data, and the whole main job as a story.")


@group.command("load")
@click.option("--reset", is_flag=True, help="Empty the demo database first.")
@click.option(
    "--rulebook",
    "starter",
    type=click.Choice(STARTERS),
    envvar="RULEBOOK",
    help="The rulebook that the town begins with; the city's otherwise.",
)
def load(reset: bool, starter: str | None) -> None:
    """Fill an empty database with the town; does nothing when it is there already."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    mode = operations.mode(reading(CLOCK))
    if mode is Mode.PRODUCTION:
        raise click.ClickException("this database is a production one; the demo does not touch it")
    if mode is Mode.DEMO and not reset and ledger.position(reading(CLOCK), year.LOADED):
        _check_starter(starter)
        stage.renew_keys()
        return  # A town whose loading was broken off is loaded anew.
    if mode is Mode.DEMO:
        empty(pathlib.Path(app.config["INSTANCE"]))
    bars: list[tqdm] = []  # type: ignore[type-arg]

    def progress(what: str, done: int, of: int) -> None:
        if not bars or bars[-1].desc != what:
            for bar in bars[-1:]:
                bar.close()
            bars.append(tqdm(total=of, desc=what, file=sys.stderr, mininterval=1))
        bars[-1].update(max(0, done - bars[-1].n))

    year.load(app, progress, starter or CITY)
    bars[-1].close()


def _check_starter(starter: str | None) -> None:
    """A town keeps the rulebook that it began with: another one needs an empty database."""
    if starter is None:
        return
    first = rulebooks.history(reading(CLOCK))[-1]
    if first.title != shipped_title(starter):
        raise click.ClickException(
            f"this town began with {first.title}; for {shipped_title(starter)} empty it first: "
            f"make demo-reset RULEBOOK={starter}"
        )


def empty(instance: pathlib.Path) -> None:
    """Take the tables away and make them anew, and the keys with them: another log begins."""
    db.session.remove()
    in_one_transaction(_take_rows, CLOCK)
    db.session.remove()
    downgrade(revision="base")
    for name in ("keys", "witness", "uploads"):
        shutil.rmtree(instance / name, ignore_errors=True)
    for name in ("checkpoint", "read-only"):
        (instance / name).unlink(missing_ok=True)
    upgrade()


def _take_rows(work: Work) -> None:
    """Take every row but the log's, which nobody may: an older release's tables would refuse some."""
    there = set(inspect(db.engine).get_table_names())
    for table in reversed(db.metadata.sorted_tables):
        if table.name in there - LOG:
            work.session.execute(table.delete())


@group.command("hello")
@click.option("--address", default="", help="Where the pages are.")
def hello(address: str) -> None:
    """Say where the pages are, who can sign in, and what to look at first."""
    work = reading(CLOCK)
    people = [
        f"  {login + '@demo.example':<23} {what}"
        for login, what in PEOPLE
        if accounts.by_login(work, f"{login}@demo.example")
    ]  # a town keeps the people whom its release knew
    click.echo(
        HELLO.format(
            address=address or current_app.config.get("PUBLIC_URL", "http://127.0.0.1:8000"),
            password=PASSWORD,
            people="\n".join(people),
        )
    )


PEOPLE = (
    ("agency", "中介机构经办人 / agency: enter notices, see receipts"),
    ("deferred", "容缺入驻的机构 / agency with documents still to come"),
    (
        "owner",
        "项目业主经办人 / owner: draft a notice (owner-head@demo.example signs it, owner-acceptor@ accepts deliveries)",
    ),
    ("juror", "评审人员 / judges the proposals of scored selections"),
    ("expert", "评审专家 / an expert of the pool, drawn now and then"),
    ("firm", "企业业主 / a firm that buys with its own money"),
    ("checker", "核验员、公告审核员 / checks enrolments, reviews notices"),
    ("head", "协管办负责人 / publishes, second signature"),
    ("officer", "投诉承办人 / handles complaints (signatory@demo.example signs)"),
    ("citizen", "实名用户 / complains"),
    (
        "authority",
        "管理机构：批准规则、回访 / approves the calendar and rulebook changes that checker@ proposes, "
        "calls complainants back",
    ),
    ("inspector", "监察员 / reads everything but sealed quotes"),
)
HELLO = """
  {address}   演示系统 / demo
  密码 / password: {password}

{people}

  先看 / look first: {address}/draws  一场选取每几分钟开始 / a draw every few minutes, live
                     {address}/notices  {address}/complaints  {address}/log
  Ctrl-C 结束 / ends.
"""


@group.command("story")
@click.option(
    "--way",
    type=click.Choice([method.value for method in tales.WAYS]),
    default=Method.RANDOM.value,
    help="The way of selecting; the random draw otherwise.",
)
def tell(way: str) -> None:
    """Run the whole main job through the real services on a stepped clock, and recompute the order
    from the log alone.
    """
    sys.exit(tales.tell(fabric().make_app, click.echo, Method(way)))
