"""The terminal: migrate, set up, run the clock."""
import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.operations import jobs, service
from market.operations.rules import Mode

group = AppGroup("clock", help="The clock process: opens, closes, seals, draws, reminds.")


@group.command("run")
def run() -> None:
    """Run the clock until it is told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    jobs.run(app, app.extensions["jobs"])


@group.command("tick")
def tick() -> None:
    """Run every job of the clock once: for cron, and for the impatient."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    for name, _, job in app.extensions["jobs"]:
        jobs.run_once(app, name, job)


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database's tables to this version."""
    upgrade()


@click.command("setup")
@with_appcontext
def setup() -> None:
    """Prepare an empty production database: keys, calendar, rulebook, catalogue, the anchors of the chains."""
    in_one_transaction(service.install, CLOCK, mode=Mode.PRODUCTION)
    for name, prepare in current_app.extensions["preparations"]:
        click.echo(f"{name} ... ", nl=False)
        click.echo(prepare() or "done")


COMMANDS = [group, migrate, setup]
