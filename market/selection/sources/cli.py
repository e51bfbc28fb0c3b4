"""Draws in the terminal: `flask --app app draw lost`."""

import pathlib

import click
from flask import current_app
from flask.cli import AppGroup

from market.adapters.keys import Keys
from verify.zjcs import note
from verify.zjcs.sources import lost_text

group = AppGroup("draw", help="Draws: what the operator signs.")


@group.command("lost")
@click.option("--source", required=True, help="The chain, for instance op-chain-1.")
@click.option(
    "--slot",
    required=True,
    type=click.IntRange(min=1),
    help="The earliest slot whose value will never come.",
)
def lost(source: str, slot: int) -> None:
    """Print the operator's signature that a chain is lost for ever.

    It counts only when the chain's owner and another body have both signed, and somebody of the
    inspection or the authority puts both on the log. Run it where the clock's keys are.
    """
    text = lost_text(source, slot)
    signer = Keys(pathlib.Path(current_app.config["INSTANCE"])).log_signer()
    click.echo(note.format_note(text, [signer.sign(text)]), nl=False)
