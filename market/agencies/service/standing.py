"""After enrolment: suspension and its end."""
import datetime as dt

from sqlalchemy import select

from market.agencies import permissions, rules
from market.agencies.events import AgencyReinstated, AgencySuspended
from market.agencies.models import Agency
from market.agencies.rules import State
from market.agencies.service.lines import end_of
from market.db import Work
from market.kernel.errors import Invalid, NotFound
from market.ledger.service import record
from market.windows import service as windows
from market.windows.queries import Due


def suspend(work: Work, *, ref: str, reason: str, until: dt.date | None = None) -> None:
    """Stop an agency's new entries (暂停报名), until the end of a day or until somebody reinstates it.

    What it has entered or won goes on. Refuses `agency.none`, `agency.wrong_state`, `agency.until_past`,
    `agency.unreasoned`.
    """
    permissions.require(work.actor, "agency.suspend")
    row = _locked(work, ref)
    if until is not None and until <= work.today:
        raise Invalid("agency.until_past", field="until")
    if not 1 <= len(reason.strip()) <= rules.MOST_TEXT:
        raise Invalid("agency.unreasoned", field="reason")
    row.state = rules.move(row.state, State.SUSPENDED)
    row.suspended_at, row.suspended_by = work.now, work.actor.person_id
    row.suspended_until, row.suspension_reason = until, reason.strip()
    record(work, AgencySuspended(subject=ref, until=until))
    if until is not None:
        windows.open_at(work, rules.SUSPENSION, subject=ref, due_at=end_of(until), responsible_id=row.organisation_id)


def reinstate(work: Work, *, ref: str) -> None:
    """End a suspension before its time. Refuses `agency.none`, `agency.wrong_state`."""
    permissions.require(work.actor, "agency.suspend")
    row = _locked(work, ref)
    _reinstate(work, row)
    windows.close(work, rules.SUSPENSION, ref)


def suspension_due(work: Work, due: Due) -> None:
    """The suspension's last day is over."""
    row = _locked(work, due.matter)
    if row.state is State.SUSPENDED:
        _reinstate(work, row)


def _reinstate(work: Work, row: Agency) -> None:
    if row.state is not State.SUSPENDED:  # the table also leads to active from an intended refusal or revocation
        raise rules.wrong_state(row.state)
    row.state = rules.move(row.state, State.ACTIVE)
    row.suspended_at = row.suspended_by = row.suspended_until = row.suspension_reason = None
    record(work, AgencyReinstated(subject=str(row.ref)))


def _locked(work: Work, ref: str) -> Agency:
    row = work.session.scalar(select(Agency).where(Agency.ref == ref).with_for_update())
    if row is None:
        raise NotFound("agency.none")
    return row
