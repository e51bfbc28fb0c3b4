"""Open data from the terminal."""

import pathlib

import click
from flask import current_app
from flask.cli import with_appcontext

from market.db import snapshot
from market.kernel.actor import VISITOR
from market.opendata import files, queries


@click.command("opendata")
@click.argument("folder", type=click.Path(path_type=pathlib.Path))
@with_appcontext
def export(folder: pathlib.Path) -> None:
    """Write today's open data into a new FOLDER: the files that the clock publishes each night
    (docs/opendata.md). Nothing is put on the log.
    """
    with snapshot(VISITOR) as work:
        terms = queries.terms(work)
        if terms is None:
            raise click.ClickException("data are not open: the rulebook's open_data is off")
        try:
            prefix = current_app.config.get("OCDS_PREFIX")
            sha256 = files.write(work, folder, work.today, terms, prefix)
        except FileExistsError as there:
            raise click.ClickException(f"{folder} exists already; name a new folder") from there
    click.echo(f"{folder / files.DIGESTS} {sha256}")


COMMANDS = [export]
