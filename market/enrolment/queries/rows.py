"""The latest application of an agency, and the window that runs for it."""

from collections.abc import Sequence

from sqlalchemy import select

from market.agencies.rules import State
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import Enrolment
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.windows.rules import Kind

WAITS = {
    State.SUBMITTED: (rules.CHECK,),
    State.RETURNED: (rules.CORRECT,),
    State.REFUSING: (rules.STATE_CASE, rules.DECIDE),
    State.REVOKING: (rules.STATE_CASE, rules.DECIDE),
}
"""Which windows run in a state; a proposed refusal has two, one after the other."""


def last_enrolment(work: Work, agency_id: int) -> Enrolment | None:
    """The latest application of an agency."""
    return work.session.scalar(
        select(Enrolment)
        .where(Enrolment.agency_id == agency_id)
        .order_by(Enrolment.id.desc())
        .limit(1)
    )


def due_in(work: Work, state: State, number: str) -> Due | None:
    return first_live(work, WAITS.get(state, ()), number)


def first_live(work: Work, kinds: Sequence[Kind], matter: str) -> Due | None:
    return next(
        (found for kind in kinds if (found := windows_queries.live(work, kind, matter))), None
    )
