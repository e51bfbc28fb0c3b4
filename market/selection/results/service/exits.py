"""An agency leaves the marketplace of its own will: only when nothing of it is open here
(docs/rules.md#leaving).
"""

from market.agencies import queries as agencies
from market.db import Work
from market.enrolment import queries as enrolments
from market.enrolment import service as enrolment
from market.kernel.errors import Refusal
from market.kernel.shown import signs
from market.selection import permissions
from market.selection.results import queries as result_queries


def ask_exit(work: Work) -> None:
    """The agency asks to leave. Refuses `exit.unfinished` while it has an entry or an award open,
    and as `enrolment.service.open_exit` does.
    """
    permissions.require(work.actor, "exit.ask")
    _check_finished(work, work.actor.organisation_id)
    enrolment.open_exit(work)


@signs(enrolments.agency_shown, key="ref")
def confirm_exit(work: Work, *, ref: str, shown: str) -> None:
    """The office lets it go; what came in between is looked at once more. Refuses
    `exit.unfinished`, and as `enrolment.service.close_exit` does.
    """
    permissions.require(work.actor, "exit.confirm")
    _check_finished(work, agencies.by_ref(work, ref).organisation_id)
    enrolment.close_exit(work, ref=ref, shown=shown)


def _check_finished(work: Work, organisation_id: int | None) -> None:
    """How many, never which: who entered a notice that is not sealed yet is nobody's to know."""
    if count := len(result_queries.unfinished(work, organisation_id)):
        raise Refusal("exit.unfinished", count=count)
