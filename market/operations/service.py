"""What the installation itself does: set-up, the heartbeat, alarms of the clock."""

from market.db import Work
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import Report
from market.operations.models import Heartbeat, Installation, IntegrityRun
from market.operations.rules import Alarm, Mode


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
