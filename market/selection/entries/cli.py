"""Sealed quotes in the terminal: `flask --app app quotes`."""

import click
from flask import current_app
from flask.cli import AppGroup

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.web.errors import words_of

group = AppGroup("quotes", help="Sealed quotes: their keys.")
COMMANDS = [group]


def _said(no: Refusal | ValueError) -> str:
    return str(words_of(current_app, no)) if isinstance(no, Refusal) else str(no)


@group.command("prepare")
def prepare() -> None:
    """Prepare the keys of the notices to come, as the clock does every few seconds."""
    click.echo(entry_jobs.prepare_keys())


@group.command("hand-in")
@click.argument("draw")
@click.argument("key")
@click.option("--holder", help="Whose key, as the log names him (default: whoever is waited for).")
def hand_in(draw: str, key: str, holder: str | None) -> None:
    """Hand in the private key (64 hex digits) of a DRAW whose entries are closed: what the witness
    prints by `release` where no network leads to it. The key proves itself.
    """
    try:
        number = sibling(draw, Prefix.NOTICE)
        awaited = entry_queries.awaited_keys(reading(CLOCK), number)
        who = holder or (awaited[-1] if awaited else "")
        done = in_one_transaction(entry_service.give_key, CLOCK, number=number, holder=who, sk=key)
    except (Refusal, ValueError) as no:
        raise click.ClickException(_said(no)) from no
    click.echo("handed in" if done else "it was here already")
