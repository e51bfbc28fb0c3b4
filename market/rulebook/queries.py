"""Reading the rulebook: what is in force, and the history."""

import dataclasses
import datetime as dt

from sqlalchemy import Select, select

from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import Parts
from market.rulebook.models import RulebookRow
from market.rulebook.rules import Rulebook, State, Value, defaults

MOST_KEPT = 64
_kept: dict[tuple[int, str], Rulebook] = {}


@dataclasses.dataclass(frozen=True)
class Version:
    """One version with its history. People are person ids, 0 the installation itself."""

    rulebook: Rulebook
    state: State
    document_number: str
    title: str
    in_force_from: dt.date
    is_demo: bool
    digest: str
    proposed_at: dt.datetime
    proposed_by: int
    approved_at: dt.datetime | None
    approved_by: int | None
    rejected_at: dt.datetime | None
    rejected_by: int | None
    reason: str | None

    @property
    def number(self) -> int:
        return self.rulebook.version


def in_force(work: Work, at: dt.date | None = None) -> Rulebook:
    """The rulebook of this jurisdiction on a day, or at an instant (default: now). A later version
    replaces an earlier.

    Refused: `rulebook.none_in_force`.
    """
    at = work.now if at is None else at
    day = local_date(at) if isinstance(at, dt.datetime) else at
    row = work.session.scalar(
        _mine(work)
        .where(
            RulebookRow.state == State.APPROVED,
            RulebookRow.is_demo.is_(False),
            RulebookRow.in_force_from <= day,
        )
        .order_by(RulebookRow.version.desc())
        .limit(1)
    )
    if row is None:
        raise Refusal("rulebook.none_in_force", day=day)
    return rulebook_of(row)


def is_any_in_force(work: Work) -> bool:
    """Whether the place has been set up: nightly jobs run before it too."""
    return in_force_or_none(work) is not None


def in_force_or_none(work: Work) -> Rulebook | None:
    """The version in force today, None before the set-up."""
    try:
        return in_force(work)
    except Refusal:
        return None


def in_force_or_shipped(work: Work) -> Rulebook:
    """The version in force today, before the set-up the one that is shipped, as version 0."""
    return in_force_or_none(work) or Rulebook(0, defaults())


def version(work: Work, version: int) -> Rulebook:
    """An approved version, whatever has come since: what was published under it keeps it.

    Refused: `rulebook.no_version`.
    """
    row = work.session.scalar(
        _mine(work).where(RulebookRow.version == version, RulebookRow.state == State.APPROVED)
    )
    if row is None:
        raise NotFound("rulebook.no_version", version=version)
    return rulebook_of(row)


def demo(work: Work) -> Rulebook | None:
    """The newest rulebook of a demonstration, whose windows are minutes; None in a real
    installation.
    """
    row = work.session.scalar(
        _mine(work)
        .where(RulebookRow.is_demo, RulebookRow.state == State.APPROVED)
        .order_by(RulebookRow.version.desc())
        .limit(1)
    )
    return rulebook_of(row) if row else None


def history(work: Work) -> list[Version]:
    """Every version ever proposed, newest first."""
    return [
        _version_of(row)
        for row in work.session.scalars(_mine(work).order_by(RulebookRow.version.desc()))
    ]


def one(work: Work, version: int) -> Version:
    """One version with its history, in whatever state. Refused: `rulebook.no_version`."""
    return _version_of(_found(work, _mine(work).where(RulebookRow.version == version), version))


def version_shown(work: Work, version: int) -> Parts:
    """A proposed version as its page shows it, and what it would change. Refused:
    `rulebook.no_version`.
    """
    row = _found(work, _mine(work).where(RulebookRow.version == version), version)
    base = before(work, version)
    return {
        "rulebook.id": row.id,
        "rulebook.base": base.version if base else None,
        "rulebook.document_number": row.document_number,
        "rulebook.title": row.title,
        "rulebook.in_force_from": row.in_force_from,
        "rulebook.digest": row.digest,
    }


def row_to_change(work: Work, version: int) -> RulebookRow:
    """The row of a version, locked, for this room's service. Refused: `rulebook.no_version`."""
    return _found(
        work, _mine(work).where(RulebookRow.version == version).with_for_update(), version
    )


def newest(work: Work) -> Rulebook:
    """The approved version on which the next proposal builds. Refused: `rulebook.none_in_force`."""
    row = newest_approved(work)
    if row is None:
        raise Refusal("rulebook.none_in_force", day=work.today)
    return rulebook_of(row)


def before(work: Work, version: int) -> Rulebook | None:
    """The approved version before a number, demonstrations aside; None before the first."""
    row = work.session.scalar(
        _mine(work)
        .where(
            RulebookRow.state == State.APPROVED,
            RulebookRow.is_demo.is_(False),
            RulebookRow.version < version,
        )
        .order_by(RulebookRow.version.desc())
        .limit(1)
    )
    return rulebook_of(row) if row else None


def newest_approved(work: Work) -> RulebookRow | None:
    """The version on which the next proposal builds, in force already or not."""
    return work.session.scalar(
        _mine(work)
        .where(RulebookRow.state == State.APPROVED, RulebookRow.is_demo.is_(False))
        .order_by(RulebookRow.version.desc())
        .limit(1)
    )


def rulebook_of(row: RulebookRow) -> Rulebook:
    """The immutable form of a row, made once for each content."""
    key = (row.version, row.digest)
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        values = {name: Value(amount, unit) for name, (amount, unit) in row.contents.items()}
        _kept[key] = Rulebook(row.version, values)
    return _kept[key]


def _mine(work: Work) -> Select[RulebookRow]:
    return select(RulebookRow).where(RulebookRow.division == work.division)


def _found(work: Work, asked: Select[RulebookRow], version: int) -> RulebookRow:
    row = work.session.scalar(asked)
    if row is None:
        raise NotFound("rulebook.no_version", version=version)
    return row


def _version_of(row: RulebookRow) -> Version:
    own = [field.name for field in dataclasses.fields(Version)][1:]
    return Version(rulebook_of(row), **{name: getattr(row, name) for name in own})
