"""The terminal's door to accounts: a fresh installation has none but those that are made here."""

from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from market.accounts import queries, service
from market.accounts.rules import DUTIES_OF, STAFF, Duty, Kind
from market.accounts.words import DUTIES, KINDS
from market.db import Work, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal
from market.web.errors import words_of

group = AppGroup("admin", help="The bodies of this installation and their people.")
BODIES = [kind.value for kind in Kind if kind in STAFF]


@group.command("create")
@click.option(
    "--kind",
    type=click.Choice(BODIES),
    prompt="Kind of body",
    default=Kind.OFFICE.value,
    show_default=True,
)
@click.option("--organisation", prompt="Name of the body （单位名称）")
@click.option("--uscc", help="统一社会信用代码；asked when the body is new.")
@click.option("--organisation-phone", help="Public telephone of the body; asked when it is new.")
@click.option("--login", prompt="E-mail of the person")
@click.option("--name", help="Name of the person; asked when the account is new.")
@click.option("--id-number", help="公民身份号码；optional.")
@click.option("--phone", help="Telephone of the person; optional.")
@click.option(
    "--duty",
    "duties",
    multiple=True,
    type=click.Choice([duty.value for duty in Duty]),
    help="May be given several times; asked when none is given.",
)
@click.option(
    "--password",
    envvar="ADMIN_PASSWORD",
    help="Better by the prompt or in ADMIN_PASSWORD: a command line is seen.",
)
def create(
    kind: str, organisation: str, login: str, duties: tuple[str, ...], **given: str | None
) -> None:
    """Make a body, unless it is there, and a member of it, with an account unless he has one."""
    work = reading(CLOCK)
    body = queries.named(work, kind, organisation)
    if body is None:
        given["uscc"] = given["uscc"] or click.prompt("统一社会信用代码")
        given["organisation_phone"] = given["organisation_phone"] or click.prompt(
            "Public telephone of the body"
        )
    if queries.by_login(work, login) is None:
        given["name"] = given["name"] or click.prompt("Name of the person （姓名）")
        given["password"] = given["password"] or click.prompt(
            "Password", hide_input=True, confirmation_prompt=True
        )
    duties = duties or _asked(Kind(kind))
    try:
        in_one_transaction(
            _create,
            CLOCK,
            kind=kind,
            organisation=organisation,
            login=login,
            duties=duties,
            given=given,
        )
    except Refusal as no:
        _stop(no)
    click.echo(
        f"{login}: {organisation} ({KINDS[Kind(kind)]}): {'、'.join(str(DUTIES[Duty(each)]) for each in duties)}"
    )


def _asked(kind: Kind) -> tuple[str, ...]:
    possible = sorted(duty.value for duty in DUTIES_OF[kind])
    click.echo("Duties: " + ", ".join(f"{each} {DUTIES[Duty(each)]}" for each in possible))
    return tuple(click.prompt("Duties, by spaces").split())


def _create(
    work: Work,
    *,
    kind: str,
    organisation: str,
    login: str,
    duties: tuple[str, ...],
    given: dict[str, str | None],
) -> None:
    body = queries.named(work, kind, organisation)
    body_id = (
        body.id
        if body
        else service.create_organisation(
            work,
            kind=kind,
            name=organisation,
            uscc=given["uscc"],
            phone=given["organisation_phone"],
        )
    )
    person = queries.by_login(work, login)
    person_id = (
        person.id
        if person
        else service.register(
            work,
            login=login,
            password=given["password"] or "",
            name=given["name"] or "",
            id_number=given["id_number"],
            phone=given["phone"],
        )
    )
    if person is None or not person.is_checked:
        service.mark_verified(work, person_id, "setup", how="setup")
    service.add_member(work, organisation_id=body_id, person_id=person_id, duties=duties)


@group.command("list")
def list_all() -> None:
    """The bodies and their people."""
    work = reading(CLOCK)
    for card in (card for kind in BODIES for card in queries.organisations(work, kind)):
        click.echo(f"{card.id}\t{card.kind}\t{card.name}\t{card.uscc or '-'}\t{card.phone or '-'}")
        for member in queries.member_list(work, card.id):
            click.echo(f"\t{member.login}\t{member.name}\t{' '.join(sorted(member.duties))}")


@group.command("reset")
@click.argument("login")
def reset(login: str) -> None:
    """Print a link with which a person sets a new password; his second factor is given up and his
    sessions end.
    """
    token = system_entropy(32).hex()
    try:
        in_one_transaction(service.restore, CLOCK, login=login, token=token)
    except Refusal as no:
        _stop(no)
    click.echo(f"{str(current_app.config.get('PUBLIC_URL', '')).rstrip('/')}/password/new/{token}")


def _stop(no: Refusal) -> NoReturn:
    raise click.ClickException(words_of(current_app, no))
