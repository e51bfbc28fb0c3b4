"""What people do with the calendar: one imports an arrangement, another approves it."""

import datetime as dt
import hashlib

from sqlalchemy import func, select

from market.db import Work
from market.kernel import papers
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger import queries as ledger
from market.ledger.service import record
from market.submissions import sent
from market.workdays import permissions, queries, rules, shipped
from market.workdays.events import (
    CalendarApproved,
    CalendarImported,
    CalendarMissing,
    CalendarRejected,
)
from market.workdays.models import ArrangementDay, ArrangementRow
from market.workdays.rules import COUNTRY, Arrangement, State

INSTALLATION = 0
"""Stands for a person where the installation itself put in what the product ships."""


def import_arrangement(
    work: Work,
    *,
    text: str,
    document_number: str,
    title: str,
    issued_on: dt.date,
    region: str = COUNTRY,
    source_url: str = "",
    submission_key: str | None = None,
) -> str:
    """Propose an arrangement from a file of the mirrored form, with the notice it comes from;
    returns its key. The document's number is kept in its official form.

    Refused: what `rules.parse` refuses, `workdays.unknown_region`, `workdays.faulty` with every
    finding,
    `workdays.issued_in_future`, `workdays.already_imported`.
    """
    permissions.require(work.actor, "calendar.import")
    typed = (text, document_number, title, issued_on, region, source_url)
    once = sent(work, submission_key, "calendar.import", *typed)
    if once.again and (same := _sent_before(work, once.key)):
        return same
    rules.chain(region)
    parsed = rules.parse(text)
    if issued_on > work.today:
        raise Invalid("workdays.issued_in_future", field="issued_on", issued_on=issued_on)
    proposal = Arrangement(
        region,
        parsed.year,
        _next_version(work, region, parsed.year),
        papers.number(document_number) or document_number,
        title,
        source_url or next(iter(parsed.papers), ""),
        issued_on,
        parsed.days,
    )
    _keep_new(work, proposal, _digest(text), once.key)
    return proposal.key


def _keep_new(work: Work, proposal: Arrangement, digest: str, key: str | None) -> None:
    """Keep a proposal that is in order and says something new. Refuses `workdays.faulty`,
    `workdays.already_imported`.
    """
    if findings := rules.faults(proposal):
        raise rules.Faulty(findings)
    if digest == _newest_digest(work, proposal):
        raise Refusal("workdays.already_imported", year=proposal.year)
    _keep(work, proposal, digest, work.actor.person_id or INSTALLATION, key)


@signs(queries.arrangement_shown, key="key")
def approve_arrangement(work: Work, *, key: str, shown: str) -> tuple[rules.Change, ...]:
    """Put a proposed arrangement in force as a second person; returns the days that change.

    Refused: `workdays.no_arrangement`, `workdays.same_person`, `workdays.wrong_state`,
    `workdays.superseded` when a newer version is in force already, `shown.changed`.
    """
    permissions.require(work.actor, "calendar.approve")
    row = queries.row_to_change(work, key)
    another_person(work.actor.person_id, row.imported_by, code="workdays.same_person")
    newest = work.session.scalar(
        select(func.max(ArrangementRow.version)).where(
            ArrangementRow.region == row.region,
            ArrangementRow.year == row.year,
            ArrangementRow.state == State.APPROVED,
        )
    )
    if (newest or 0) > row.version:
        raise Refusal("workdays.superseded", version=newest)
    check_shown(shown, queries.arrangement_shown(work, key))
    return _approve(work, row, work.actor.person_id or INSTALLATION)


@signs(queries.arrangement_shown, key="key")
def reject_arrangement(work: Work, *, key: str, reason: str, shown: str) -> None:
    """Turn a proposed arrangement down, with the reason. Refused: `workdays.no_arrangement`,
    `workdays.wrong_state`.
    """
    permissions.require(work.actor, "calendar.approve")
    row = queries.row_to_change(work, key)
    check_shown(shown, queries.arrangement_shown(work, key))
    row.state = rules.move_state(row.state, State.REJECTED)
    row.rejected_at = work.now
    row.rejected_by = work.actor.person_id
    row.reason = reason
    record(work, CalendarRejected(subject=key, document_number=row.document_number))


def load_shipped(work: Work) -> int:
    """Put in the arrangements that the product ships; returns how many were new.

    At installation they are in force at once. What a later release brings is only proposed: a
    person here approves it. Doing it twice changes nothing.
    """
    permissions.require(work.actor, "calendar.install")
    known = set(work.session.scalars(select(ArrangementRow.document_number)))
    new = [
        (text, one)
        for text, one in zip(shipped.texts(), shipped.arrangements(), strict=True)
        if one.document_number not in known
    ]
    for text, one in new:
        row = _keep(work, one, _digest(text), INSTALLATION, None)
        if not known:
            _approve(work, row, INSTALLATION)
    return len(new)


def note_missing_year(work: Work) -> int | None:
    """Say on the log, once a year from 15 November, that next year's arrangement has not come;
    returns the year.
    """
    year = queries.missing_year(work)
    subject = f"{COUNTRY}-{year}"
    if year is None or ledger.latest(work, limit=1, type=CalendarMissing.kind, subject=subject):
        return None
    record(work, CalendarMissing(subject=subject, year=year))
    return year


def _keep(work: Work, one: Arrangement, digest: str, by: int, key: str | None) -> ArrangementRow:
    row = ArrangementRow(
        region=one.region,
        year=one.year,
        version=one.version,
        document_number=one.document_number,
        title=one.title,
        source_url=one.source_url,
        issued_on=one.issued_on,
        sha256=digest,
        state=State.PROPOSED,
        imported_at=work.now,
        imported_by=by,
        submission_key=key,
        days=[
            ArrangementDay(date=day.date, is_working=day.is_working, name=day.name)
            for day in one.days
        ],
    )
    work.session.add(row)
    work.session.flush()  # The unique key on region, year and version speaks here.
    record(
        work, CalendarImported(subject=one.key, document_number=one.document_number, sha256=digest)
    )
    return row


def _approve(work: Work, row: ArrangementRow, by: int) -> tuple[rules.Change, ...]:
    one = queries.arrangement_of(row)
    before, after = queries.with_proposal(work, one)
    row.state = rules.move_state(row.state, State.APPROVED)
    row.approved_at = work.now
    row.approved_by = by
    work.session.flush()  # The next question for the calendar must see it.
    changes = before.changes(after)
    record(
        work,
        CalendarApproved(
            subject=one.key,
            region=one.region,
            year=one.year,
            document_number=one.document_number,
            changed=[change.date.isoformat() for change in changes],
        ),
    )
    return changes


def _sent_before(work: Work, key: str) -> str | None:
    row = work.session.scalar(select(ArrangementRow).where(ArrangementRow.submission_key == key))
    return f"{row.region}-{row.year}-{row.version}" if row else None


def _next_version(work: Work, region: str, year: int) -> int:
    newest = work.session.scalar(
        select(func.max(ArrangementRow.version)).where(
            ArrangementRow.region == region, ArrangementRow.year == year
        )
    )
    return (newest or 0) + 1


def _newest_digest(work: Work, one: Arrangement) -> str | None:
    return work.session.scalar(
        select(ArrangementRow.sha256)
        .where(ArrangementRow.region == one.region, ArrangementRow.year == one.year)
        .order_by(ArrangementRow.version.desc())
        .limit(1)
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
