"""The terminal: migrate, set up, run the clock, back up."""

import datetime as dt
import gc
import logging
import pathlib
from collections.abc import Mapping

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade
from sqlalchemy.exc import DBAPIError

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.adapters.beacon import Unreachable
from market.adapters.keys import Keys
from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import from_epoch
from market.kernel.errors import Refusal
from market.ledger import service as ledger_service
from market.operations import audit, copies, founding, jobs, keyring, rules, service
from market.operations.rules import Mode
from market.operations.watch import Watch
from market.rulebook import service as rulebook
from market.rulebook.rules import STARTERS
from market.web.errors import words_of
from market.workdays import service as workdays
from verify.zjcs.faults import Fault

group = AppGroup("clock", help="The clock process: opens, closes, seals, draws, reminds.")


def the_app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


@group.command("run")
def run() -> None:
    """Run the clock until it is told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    app = the_app()
    jobs.run(app, fabric(app).jobs)
    gc.freeze()  # who ends needs not look through a whole product for cycles: half a second


@group.command("tick")
def tick() -> None:
    """Run every job of the clock once: for cron, and for the impatient. Exits 1 when one failed."""
    app = the_app()
    watch = Watch(app)
    watch.at_start()
    crew = jobs.Crew(app, watch=watch)
    troubles = {
        name: trouble for name, _, job in fabric(app).jobs if (trouble := crew.run(name, job))
    }
    if troubles:
        raise click.ClickException(
            ", ".join(f"{name}: {trouble}" for name, trouble in troubles.items())
        )


@group.command("agree")
def agree() -> None:
    """Say that the machine's clock is right after a jump: the sweep goes on."""
    if not in_one_transaction(service.agree_to_clock, CLOCK):
        raise click.ClickException("nothing is held")
    click.echo("agreed: the clock goes on at its next look")


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database's tables to this version."""
    upgrade()
    fabric().migrated()


@click.command("grant")
@click.argument("role")
@with_appcontext
def grant(role: str) -> None:
    """Let another PostgreSQL role run the market, without owning its tables: after each migrate, as
    their owner.
    """
    if db.engine.dialect.name != "postgresql":
        raise click.ClickException("only PostgreSQL has roles")
    try:
        in_one_transaction(ledger_service.let_run, CLOCK, role=role)
    except DBAPIError as no:
        raise click.ClickException(str(no.orig).strip()) from None
    click.echo(f"{role} may run the market; the log's tables it may read and add to, nothing else")


@click.command("setup")
@click.option(
    "--period",
    type=click.IntRange(10, 86_400),
    default=600,
    show_default=True,
    help="Seconds a slot of the operator's chain: a draw waits for the next slot.",
)
@click.option(
    "--years",
    type=click.IntRange(1, 50),
    default=10,
    show_default=True,
    help="How long the chain lasts.",
)
@click.option("--slots", type=click.IntRange(1), help="Its length in slots; instead of --years.")
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path),
    help="The catalogue as a tab-separated table; the shipped one of 瑞昌市 otherwise.",
)
@click.option(
    "--witness", help="Address of the regulator's witness: learn its key and anchor its chain."
)
@click.option("--witness-body", help="The body that runs the witness, by its name here.")
@click.option(
    "--rulebook",
    "starter",
    type=click.Choice(STARTERS),
    help="The rulebook that an empty database begins with; the county's otherwise.",
)
@with_appcontext
@click.pass_context
def setup(
    context: click.Context,
    period: int,
    years: int,
    slots: int | None,
    catalogue: pathlib.Path | None,
    witness: str | None,
    witness_body: str | None,
    starter: str | None,
) -> None:
    """Prepare a production database: calendar, rulebook, catalogue, keys, the chains' anchors.
    Twice changes nothing.
    """
    if bool(witness) != bool(witness_body):
        raise click.UsageError("--witness and --witness-body go together")
    try:
        in_one_transaction(service.install, CLOCK, mode=Mode.PRODUCTION)
        if witness and witness_body:
            _meet(witness, witness_body)
        else:
            plan = founding.Plan(period, slots or rules.slots(years, period))
            _found(context, plan, catalogue, starter)
    except Refusal as no:
        raise click.ClickException(words_of(current_app, no)) from no


def _found(
    context: click.Context,
    plan: founding.Plan,
    catalogue: pathlib.Path | None,
    starter: str | None,
) -> None:
    bodies = accounts.organisations(reading(CLOCK), Kind.OFFICE)
    if not bodies:
        raise click.ClickException(
            "make the operating office and its first person before: flask --app app admin create"
        )
    click.echo(f"calendar: {in_one_transaction(workdays.load_shipped, CLOCK)} new arrangements")
    version = in_one_transaction(rulebook.load_default, CLOCK, starter=starter)
    click.echo(f"rulebook: version {version}")
    click.echo("catalogue: ", nl=False)
    load = current_app.cli.get_command(context, "catalogue").get_command(context, "load")  # type: ignore[union-attr]
    context.invoke(load, file=catalogue)
    keys = founding.make_keys(current_app.config, fabric().clock, fabric().entropy, plan)
    click.echo(f"keys: {keys.folder}")
    new = founding.anchor_operator(keys, bodies[0].id)
    click.echo(f"anchor of {founding.OPERATOR}: {'on the log' if new else 'was on the log'}")
    click.echo(
        f"\nThe regulator, on a machine of its own, makes the witness by\n{_witness_command(keys)}\n"
        "and then, here: flask --app app setup --witness ADDRESS --witness-body 'NAME OF THE BODY'"
    )


def _witness_command(keys: Keys) -> str:
    anchor = keys.chain().anchor_leaf()
    return (
        f"  python -m market_witness --folder FOLDER init --name NAME/w1 --origin {keys.log_signer().name}"
        f" --log-vkey '{keys.log_vkey().strip()}' --genesis {anchor['genesis']} --period {anchor['period']}"
        f" --slots {anchor['n']} --anchor {whole_anchor(anchor)}"
    )


def whole_anchor(anchor: Mapping[str, object]) -> str:
    """A chain's anchor as the witness's program takes it: SOURCE=HEX:GENESIS:PERIOD:N."""
    parts = (anchor[key] for key in ("anchor", "genesis", "period", "n"))
    return f"{anchor['source']}=" + ":".join(map(str, parts))


def _meet(url: str, body: str) -> None:
    try:
        new = founding.meet_witness(current_app.config, url, body)
    except Unreachable as lost:
        raise click.ClickException(f"the witness at {url} does not answer: {lost}") from lost
    except Fault as false:
        raise click.ClickException(f"this is no witness of our log: {false}") from false
    click.echo(
        f"witness: key kept, anchor of its chain {'on the log' if new else 'was on the log'}"
    )
    if current_app.config.get("WITNESS_URL") != url:
        click.echo(
            f'now set WITNESS_URL = "{url}" in market.toml (or MARKET_WITNESS_URL) and restart the clock'
        )


keys_group = AppGroup("keys", help="The secrets of the clock process. Run these where it runs.")


@keys_group.command("show")
def show_keys() -> None:
    """The log's verifier keys, the newest first, until when the former one signs too, and which
    witness trusts the newest.
    """
    config = current_app.config
    own = Keys(pathlib.Path(current_app.config["INSTANCE"]))
    click.echo("".join(f"{vkey.strip()}\n" for vkey in own.log_vkeys()), nl=False)
    if own.old_until():
        click.echo(f"the former key signs too until {from_epoch(own.old_until()).isoformat()}")
    for who, trusts in keyring.who_trusts(config, own.log_vkey(), fabric().witness).items():
        click.echo(
            f"{who}: "
            + {
                True: "trusts the newest",
                False: "does NOT trust the newest yet",
                None: "does not answer",
            }[trusts]
        )


@keys_group.command("rotate")
@click.option(
    "--overlap-days",
    type=click.IntRange(1, 3650),
    default=keyring.OVERLAP.days,
    show_default=True,
    help="How long the former key goes on signing beside the new one.",
)
def rotate(overlap_days: int) -> None:
    """Give the log a new signing key, say so on the log, and sign with both until the overlap is
    over.
    """
    try:
        vkey = keyring.rotate(current_app.config, fabric().clock, dt.timedelta(days=overlap_days))
    except Refusal as no:
        raise click.ClickException(words_of(current_app, no)) from no
    click.echo(
        f"{vkey}\n\nEvery witness, on its own machine and before the overlap is over:\n"
        f"  python -m market_witness --folder FOLDER trust '{vkey}'\nthen restarts its server;"
        " the regulator publishes its keys.json anew."
    )


@keys_group.command("chain")
@click.option("--source", required=True, help="The new chain's name, for instance op-chain-2.")
def replace_chain(source: str) -> None:
    """Make a new chain of the operator's in the place of a lost one, and put its anchor on the log."""
    try:
        anchor = keyring.replace_chain(current_app.config, fabric().clock, fabric().entropy, source)
    except Refusal as no:
        raise click.ClickException(words_of(current_app, no)) from no
    whole = whole_anchor(Keys(current_app.config["INSTANCE"]).chain().anchor_leaf())
    click.echo(
        f"{source} {anchor}\nNotices published from now on name it; the regulator adds it to keys.json:"
        f"\n  python -m market_witness --folder FOLDER pin {whole}"
    )


@keys_group.command("cosigner")
@click.argument("url")
def meet_cosigner(url: str) -> None:
    """Learn the key of a further witness at URL: it cosigns, its own chain is not used."""
    try:
        new = keyring.meet_cosigner(current_app.config, url)
    except Refusal as no:
        raise click.ClickException(words_of(current_app, no)) from no
    except Unreachable as lost:
        raise click.ClickException(f"the witness at {url} does not answer: {lost}") from lost
    except Fault as false:
        raise click.ClickException(f"this is no witness of our log: {false}") from false
    click.echo(
        f"{'key kept' if new else 'was known'}; add {url} at the end of WITNESS_URLS and restart the clock"
    )


@click.command("integrity")
@with_appcontext
def integrity() -> None:
    """Hold every business row against the public log. Exits 1 when a row has no leaf, or a leaf no
    row.
    """
    report = audit.hold_against_log()
    click.echo(
        f"{report.rows} rows and {report.leaves} leaves compared, {report.count} differences"
    )
    for one in report.first:
        where = "" if one.index is None else f", leaf {one.index}"
        click.echo(
            f"{one.kind} {one.subject} {' '.join(one.detail)}:"
            f" {one.rows} rows, {one.leaves} leaves{where}"
        )
    if report.count:
        raise click.ClickException("rows and log differ: docs/deploy.md")


COMMANDS = [group, migrate, grant, setup, *copies.COMMANDS, keys_group, integrity]
