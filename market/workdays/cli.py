"""Legal time in the terminal: `flask --app app workdays due|diff|import|approve`."""

import datetime as dt
import json
from typing import IO

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from market.db import Work, in_one_transaction, reading
from market.kernel.actor import VISITOR, Actor
from market.kernel.clock import CHINA
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.workdays import queries, rules, service, shipped, words
from market.workdays.rules import COUNTRY, Change, Deadline, End, Unit, WorkCalendar

UNNUMBERED = 10_000
"""A version above every other, for a file that is only looked at."""
group = AppGroup("workdays", help="Working days: deadlines, and the State Council's arrangements.")


class AnInstant(click.ParamType):
    """An ISO instant with its zone."""

    name = "instant"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        try:
            instant = dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an instant such as 2026-02-10T15:30:00+08:00", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{value!r} lacks its zone: write {value}+08:00", param, ctx)
        return instant


class AHour(click.ParamType):
    """An hour of the day."""

    name = "hh:mm"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.time:
        try:
            return dt.datetime.strptime(value, "%H:%M").replace(tzinfo=CHINA).time()
        except ValueError:
            self.fail(f"{value!r} is not an hour such as 17:00", param, ctx)


class ADay(click.ParamType):
    """An ISO date."""

    name = "date"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-11-04", param, ctx)


@group.command("due")
@click.option(
    "--trigger",
    required=True,
    type=AnInstant(),
    help="When the real event happened, with its zone.",
)
@click.option("--n", required=True, type=int, help="How many units.")
@click.option(
    "--unit",
    type=click.Choice([str(unit) for unit in Unit]),
    default="working_day",
    show_default=True,
)
@click.option(
    "--end", type=click.Choice([str(end) for end in End]), default="midnight", show_default=True
)
@click.option("--close", type=AHour(), help="The hour of closing, with --end business_close.")
@click.option(
    "--region",
    default=COUNTRY,
    show_default=True,
    help="CN or a division code of 2, 4 or 6 digits.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def due(
    trigger: dt.datetime,
    n: int,
    unit: str,
    end: str,
    close: dt.time | None,
    region: str,
    *,
    as_json: bool,
) -> None:
    """Count a deadline from the event that triggers it."""
    try:
        found = rules.deadline(trigger, n, Unit(unit), _calendar(region), End(end), close)
    except Refusal as no:
        raise _named(no) from no
    if as_json:
        click.echo(json.dumps(answer(found), ensure_ascii=False))
        return
    click.echo(
        f"{found.last_day}, until {found.due_at.astimezone(CHINA):%Y-%m-%d %H:%M} (not included), {found.certainty}"
    )


def answer(found: Deadline) -> dict[str, object]:
    """A deadline as plain values; `due_at` in Beijing time."""
    return {
        "counted_days": [day.isoformat() for day in found.counted_days],
        "last_day": found.last_day.isoformat(),
        "due_at": found.due_at.astimezone(CHINA).isoformat(),
        "certainty": str(found.certainty),
        "arrangements": list(found.arrangements),
    }


@group.command("diff")
@click.argument("file", type=click.File("rb"))
@click.option("--region", default=COUNTRY, show_default=True)
def diff(file: IO[bytes], region: str) -> None:
    """Show what an arrangement's file would change, and everything wrong with it."""
    try:
        before = _calendar(region)
        parsed = rules.parse(rules.decode(file.read()))
    except Refusal as no:
        raise _named(no) from no
    proposal = rules.Arrangement(
        region, parsed.year, UNNUMBERED, "〔0000〕0号", "", "", dt.date.min, parsed.days
    )
    for finding in rules.faults(proposal):
        click.echo(f"! {words.FINDINGS[finding.code] % {'at': finding.at}}")
    for change in before.changes(WorkCalendar(region, (*before.arrangements, proposal))):
        click.echo(f"{change.date} {'+' if change.becomes_working else '-'} {change.name}")


@group.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--document-number", required=True, help="国办发明电〔2025〕7号")
@click.option("--title", required=True)
@click.option("--issued-on", required=True, type=ADay())
@click.option("--source-url", default="")
@click.option("--region", default=COUNTRY, show_default=True)
@click.option(
    "--person",
    required=True,
    type=click.IntRange(min=1),
    help="Id of the rule editor in whose name.",
)
def import_file(
    file: IO[bytes],
    document_number: str,
    title: str,
    issued_on: dt.date,
    source_url: str,
    region: str,
    person: int,
) -> None:
    """Propose an arrangement; another person approves it, here or in the pages."""
    editor = Actor(person_id=person, duties=frozenset({"rule_editor"}))
    try:
        key = in_one_transaction(
            service.import_arrangement,
            editor,
            text=rules.decode(file.read()),
            document_number=document_number,
            title=title,
            issued_on=issued_on,
            source_url=source_url,
            region=region,
        )
    except Refusal as no:
        raise _named(no) from no
    click.echo(key)


@group.command("approve")
@click.argument("key")
@click.option(
    "--person",
    required=True,
    type=click.IntRange(min=1),
    help="Id of the rule approver in whose name.",
)
def approve(key: str, person: int) -> None:
    """Approve a proposed arrangement as a second person, and list the days that change."""
    approver = Actor(person_id=person, duties=frozenset({"rule_approver"}))
    try:
        changes = in_one_transaction(_approve, approver, key)
    except Refusal as no:
        raise _named(no) from no
    for change in changes:
        click.echo(f"{change.date} {'+' if change.becomes_working else '-'} {change.name}")


def _approve(work: Work, key: str) -> tuple[Change, ...]:
    """Approve what stands there now: who types the key has the file before him."""
    act = service.approve_arrangement
    return act(work, key=key, shown=seen(act, work, key))


def _calendar(region: str) -> WorkCalendar:
    """The calendar of this installation; before one is set up, the arrangements that the product
    ships.
    """
    try:
        calendar = queries.calendar(reading(VISITOR), region)
    except DBAPIError:
        return WorkCalendar(region, shipped.arrangements())
    return calendar if calendar.arrangements else WorkCalendar(region, shipped.arrangements())


def _named(no: Refusal) -> click.UsageError:
    """A refusal in words, naming the argument at fault; the terminal ends with 2."""
    sentence = str(words.WORDS[no.code]) % no.facts
    if isinstance(no, rules.Faulty):
        sentence += "".join(
            f"\n  {words.FINDINGS[finding.code] % {'at': finding.at}}" for finding in no.findings
        )
    if no.field is None:
        return click.UsageError(sentence)
    return click.BadParameter(sentence, param_hint=f"--{no.field.replace('_', '-')}")
