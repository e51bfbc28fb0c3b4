"""Sealed quotes in the terminal: `flask --app app quotes`."""

import os
import pathlib

import click
from flask import current_app
from flask.cli import AppGroup

from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.quotes import service as quote_service
from market.web.errors import words_of
from verify.zjcs import escrow as escrows
from verify.zjcs.faults import Fault
from verify.zjcs.words import sentence

group = AppGroup("quotes", help="Sealed quotes: their keys.")
COMMANDS = [group]


def _said(no: Refusal | Fault | ValueError) -> str:
    if isinstance(no, Fault):
        return sentence(no, "zh")
    return str(words_of(current_app, no)) if isinstance(no, Refusal) else str(no)


@group.command("prepare")
def prepare() -> None:
    """Prepare the keys of the notices to come, as the clock does every few seconds."""
    click.echo(entry_jobs.prepare_keys())


@group.command("escrow")
@click.option("--by", required=True, help="Who keeps it, for instance inspector.example.gov.cn")
@click.option("--pk", required=True, help="Their public key, as `verify/escrow.py new` prints it.")
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The file for them.")
def escrow(by: str, pk: str, out: str) -> None:
    """Seal the operator's root of quote keys to a third body and put that on the log. The file is written
    first, and never over another: what the log says lies there.
    """
    keys = Keys(current_app.config["INSTANCE"])
    origin = keys.log_signer().name
    try:
        file = escrows.deposit(keys.quote_root(), trustee=origin, origin=origin, by=by, pk=pk)
        _write_new(pathlib.Path(out), file)
        click.echo(in_one_transaction(quote_service.escrow, CLOCK, file=file))
    except (Refusal, Fault) as no:
        raise click.ClickException(_said(no)) from no


def _write_new(path: pathlib.Path, data: bytes) -> None:
    """Write a file that is not there yet, for its owner alone, down to the disk."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as no:
        raise click.ClickException(f"{path}: {no.strerror}") from no


@group.command("escrowed")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def escrowed(file: str) -> None:
    """Put on the log that a holder's root lies with a third body: FILE is what the witness's `escrow`
    printed. Only its digest is kept.
    """
    try:
        data = pathlib.Path(file).read_bytes()
        click.echo(in_one_transaction(quote_service.escrow, CLOCK, file=data))
    except (Refusal, Fault) as no:
        raise click.ClickException(_said(no)) from no


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
