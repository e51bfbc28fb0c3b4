"""The public file from the terminal."""

import pathlib

import click
from flask.cli import with_appcontext

from market.db import reading
from market.kernel.actor import VISITOR
from market.opendata import service


@click.command("opendata")
@click.argument("path", type=click.Path(dir_okay=False, path_type=pathlib.Path))
@with_appcontext
def export(path: pathlib.Path) -> None:
    """Write everything public into a new SQLite file at PATH (open it with any SQLite tool, or
    Datasette).
    """
    try:
        counts = service.export(reading(VISITOR), path)
    except FileExistsError as there:
        raise click.ClickException(f"{path} exists already; name a new file") from there
    for name, count in counts.items():
        click.echo(f"{name:14} {count}")


COMMANDS = [export]
