"""What the installation itself does: set-up, the heartbeat, alarms of the clock."""

import datetime as dt

from sqlalchemy import select

from market.db import Work
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import Report
from market.operations import permissions
from market.operations.models import ClockHold, Heartbeat, Installation, IntegrityRun
from market.operations.rules import Agreed, Alarm, Mode


def install(work: Work, *, mode: Mode) -> bool:
    """Say once what this database is; False when it was said before, refusal
    `operations.other_mode` when otherwise.
    """
    row = work.session.get(Installation, 1)
    if row is None:
        work.session.add(Installation(id=1, mode=mode, division=work.division, created_at=work.now))
        return True
    if row.mode is not mode:
        raise Refusal("operations.other_mode", mode=row.mode.value)
    return False


def beat(work: Work, *, job: str, trouble: str | None) -> None:
    """Note that a job of the clock has run, and what went wrong if something did."""
    work.session.merge(Heartbeat(job=job, at=work.now, trouble=trouble))


def note_alarm(work: Work, *, alarm: Alarm, seconds: int) -> None:
    """Note what was done to the machine's clock; it stays in sight for a day, and is no heartbeat."""
    work.session.merge(Heartbeat(job=alarm.value, at=work.now, trouble=f"{seconds:+d} s"))


def keep_integrity(work: Work, *, report: Report) -> None:
    """Keep what a comparison of the rows with the log has found: the newest is what /healthz tells."""
    work.session.add(
        IntegrityRun(
            checked_at=work.now,
            rows=report.rows,
            leaves=report.leaves,
            differences=report.count,
            first=[
                [one.kind, one.subject, " ".join(one.detail), one.rows, one.leaves, one.index]
                for one in report.first
            ],
        )
    )


def hold_clock(work: Work, *, expected_at: dt.datetime, jumped_to: dt.datetime) -> None:
    """Do nothing by the clock from now on: it jumped, and what is noted overdue stays so for ever.

    A hold that stands already is the one that counts.
    """
    if not _holds(work):
        work.session.add(ClockHold(expected_at=expected_at, jumped_to=jumped_to))


def agree_to_clock(work: Work) -> bool:
    """A person says that the machine's clock is right: the sweep goes on. False: nothing is held.

    Refuses `not_permitted`.
    """
    permissions.require(work.actor, "operations.agree")
    return end_hold(work, agreed=Agreed.PERSON)


def end_hold(work: Work, *, agreed: Agreed) -> bool:
    """Let the sweep go on, because a person, the witness's time or the clock itself agrees; False
    where nothing is held.
    """
    found = _holds(work)
    for row in found:
        row.ended_at = work.now
        row.agreed = agreed
        row.person_id = (work.actor.person_id or 0) if agreed is Agreed.PERSON else None
    return bool(found)


def _holds(work: Work) -> list[ClockHold]:
    """What stands; two clocks that saw the same jump at once may both have noted it."""
    return list(
        work.session.scalars(
            select(ClockHold).where(ClockHold.ended_at.is_(None)).with_for_update()
        )
    )
