"""The catalogue from the terminal."""

import pathlib

import click
from flask import current_app
from flask.cli import AppGroup

from market.catalogue import service, shipped
from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.web.errors import words_of

group = AppGroup("catalogue", help="The catalogue of services.")


@group.command("load")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path)
)
def load(file: pathlib.Path | None) -> None:
    """Make the catalogue what FILE says (tab-separated); without FILE, the shipped catalogue of
    瑞昌市.
    """
    rows = shipped.table(file) if file else shipped.ruichang()
    try:
        changed = in_one_transaction(service.load, CLOCK, rows=rows)
    except Refusal as no:
        raise click.ClickException(words_of(current_app, no)) from no
    click.echo(f"{len(rows)} items, {changed} changed")


@group.command("deferrable")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path))
def deferrable(file: pathlib.Path) -> None:
    """Publish the list of documents that may come later (容缺材料清单): make it what FILE says.

    FILE is tab-separated with the columns item, name and days (working days after the application
    has passed).
    """
    rows = shipped.table(file)
    try:
        changed = in_one_transaction(service.load_deferrable, CLOCK, rows=rows)
    except Refusal as no:
        raise click.ClickException(words_of(current_app, no)) from no
    click.echo(f"{len(rows)} documents, {changed} items changed")
