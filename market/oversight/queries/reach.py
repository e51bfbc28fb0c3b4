"""What an overseer reads: a sector its own, those above all."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, or_, select

from market.db import Work
from market.kernel.actor import Actor
from market.oversight.models import Finding
from market.oversight.rules.flags.table import FlagStanding
from market.selection.results import queries as result_queries

SECTOR = "regulator"


def sector_of(actor: Actor) -> int | None:
    """The body whose selections an actor sees; None for those who see all."""
    return actor.organisation_id if actor.kind == SECTOR else None


def may_read(work: Work) -> tuple[ColumnElement[bool], ...]:
    """What narrows findings to those that the actor reads."""
    sector = sector_of(work.actor)
    if sector is None:
        return ()
    together = Finding.number.in_(result_queries.numbers_of_sector(sector))
    return (or_(Finding.regulator_id == sector, together),)


def counts_open(work: Work, numbers: Collection[str]) -> dict[str, int]:
    """How many open findings that the actor reads there are about each of some selections."""
    asked = (
        select(Finding.number, func.count())
        .where(Finding.number.in_(numbers), Finding.state == FlagStanding.OPEN, *may_read(work))
        .group_by(Finding.number)
    )
    return {str(number): count for number, count in work.session.execute(asked)}
