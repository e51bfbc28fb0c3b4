"""An agency leaves the marketplace of its own will: only when nothing of it is open here (domain.md
3.1).
"""

from market.agencies import queries as agencies
from market.agencies import service as agencies_service
from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.shown import signs
from market.selection import permissions
from market.selection.results import queries as result_queries


def ask_exit(work: Work) -> None:
    """The agency asks to leave. Refuses `exit.unfinished` while it has an entry or an award open,
    and as `agencies.service.open_exit` does.
    """
    permissions.require(work.actor, "exit.ask")
    _check_finished(work, work.actor.organisation_id)
    agencies_service.open_exit(work)


@signs(agencies.agency_shown, key="ref")
def confirm_exit(work: Work, *, ref: str, shown: str) -> None:
    """The office lets it go; what came in between is looked at once more. Refuses
    `exit.unfinished`, and as `agencies.service.close_exit` does.
    """
    permissions.require(work.actor, "exit.confirm")
    _check_finished(work, agencies.by_ref(work, ref).organisation_id)
    agencies_service.close_exit(work, ref=ref, shown=shown)


def _check_finished(work: Work, organisation_id: int | None) -> None:
    """How many, never which: who entered a notice that is not sealed yet is nobody's to know."""
    if count := len(result_queries.unfinished(work, organisation_id)):
        raise Refusal("exit.unfinished", count=count)
