"""The search from the terminal."""

import click
from flask.cli import AppGroup

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.search import service

group = AppGroup("search", help="The index of the search.")


@group.command("rebuild")
def rebuild() -> None:
    """Make the index anew out of what is public: after an import, or when `check` names something."""
    click.echo(f"{in_one_transaction(service.rebuild, CLOCK)} can be found")


@group.command("check")
def check() -> None:
    """Compare the index with what is public; exits 1 and names what differs."""
    if found := service.differences(reading(CLOCK)):
        raise click.ClickException(f"{len(found)} differ: {', '.join(found[:20])}")
    click.echo("the index is what is public")
