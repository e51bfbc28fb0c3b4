"""What the installation itself does: set-up and the heartbeat."""
from market.db import Work
from market.kernel.errors import Refusal
from market.operations.models import Heartbeat, Installation
from market.operations.rules import Mode


def install(work: Work, *, mode: Mode) -> bool:
    """Say once what this database is; False when it was said before, refusal `operations.other_mode` when otherwise."""
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
