"""The lines of agencies: which are open, until when they are covered; what happens when a
certificate ends.
"""

import datetime as dt

from sqlalchemy import select

from market.agencies import permissions, queries, rules
from market.agencies.events import LineLapsed, QualificationExpiring
from market.agencies.models import Agency, Qualification, ServiceLine
from market.agencies.queries import Covering
from market.agencies.rules import LineState
from market.db import Work
from market.kernel.clock import CHINA
from market.kernel.errors import NotFound
from market.ledger.service import record
from market.windows.queries import Due

AT_ONCE = 200


def locked(work: Work, ref: str) -> Agency:
    """The row of an agency, locked until the commit. Refuses `agency.none`."""
    row = work.session.scalar(select(Agency).where(Agency.ref == ref).with_for_update())
    if row is None:
        raise NotFound("agency.none")
    return row


def qualification_due(work: Work, due: Due) -> None:
    """A qualification has expired: lines that nothing else covers lapse at 24:00 of its last day."""
    row = work.session.scalars(
        select(Agency).where(Agency.ref == due.subject).with_for_update()
    ).one()
    what = queries.covering(work, row.id)
    for line in entered_lines(work, row):
        if not cover(work, line, what):
            line.state = rules.move_line(line.state, LineState.LAPSED)
            record(work, LineLapsed(subject=due.subject, item=line.item_code))


def announce_endings(work: Work, *, after: int = 0) -> int | None:
    """Announce certificates that end soon to their agencies, each step once; returns the last row
    looked at, None at the end. A certificate that another one goes on for is left alone.
    """
    permissions.require(work.actor, "agency.announce")
    rows = work.session.execute(
        select(Qualification, Agency)
        .join(Agency, Agency.id == Qualification.agency_id)
        .where(
            Qualification.id > after,
            Qualification.checked_at.is_not(None),
            Qualification.valid_to >= work.today,
            Qualification.valid_to <= work.today + dt.timedelta(days=max(rules.ANNOUNCED)),
            Agency.ref.is_not(None),
            Agency.state.in_(rules.IN_BUSINESS),
        )
        .order_by(Qualification.id)
        .limit(AT_ONCE)
    ).all()
    for held, who in rows:
        _announce(work, held, str(who.ref))
    return rows[-1][0].id if rows else None


def _announce(work: Work, held: Qualification, ref: str) -> None:
    if held.valid_to is None or _replaced(work, held):
        return
    days = rules.announcement((held.valid_to - work.today).days, held.warned_days)
    if days is not None:
        held.warned_days = days
        record(
            work,
            QualificationExpiring(subject=ref, name=held.name, until=held.valid_to, days=days),
        )


def _replaced(work: Work, held: Qualification) -> bool:
    """Whether another checked certificate of the agency goes on where this one ends."""
    every = {each.id: each for each in queries.qualifications(work, held.agency_id)}
    ending = every[held.id].held
    return any(
        rules.replaces(other.held, ending)
        for other in every.values()
        if other.id != held.id and other.is_checked
    )


def pending_lines(work: Work, row: Agency) -> list[ServiceLine]:
    """The lines that wait for a check, by item."""
    return lines_in(work, row, LineState.PENDING)


def entered_lines(work: Work, row: Agency) -> list[ServiceLine]:
    """The lines that are open for entries, by item."""
    return lines_in(work, row, *rules.LINE_OPEN)


def lines_in(work: Work, row: Agency, *states: LineState) -> list[ServiceLine]:
    """The lines of an agency in any of these states, by item."""
    return list(
        work.session.scalars(
            select(ServiceLine)
            .where(ServiceLine.agency_id == row.id, ServiceLine.state.in_(states))
            .order_by(ServiceLine.item_code)
        )
    )


def cover(work: Work, line: ServiceLine, what: Covering) -> bool:
    """Note until when a line is covered; False when it is not covered today."""
    until = rules.covered_until(what.requirements[line.item_code], what.held, work.today)
    if until is not None:
        line.valid_to = None if until == rules.LASTING else until
    return until is not None


def end_of(day: dt.date) -> dt.datetime:
    """24:00 of a day in China, as the instant at which it is over."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), CHINA).astimezone(dt.UTC)


WINDOW_HANDLERS = {rules.QUALIFICATION.name: qualification_due}
