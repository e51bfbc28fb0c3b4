"""What the looking agency is told of a notice."""

from flask import current_app

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import Refusal
from market.selection.entries import queries as entry_queries
from market.selection.results.queries import Selection
from market.web.errors import words_of


def barred(work: Work, notice: Selection) -> str | None:
    """Why the agency that looks may not enter this notice today: the sentence of its standing; None
    when it may.
    """
    reason = agencies.standing(
        work, work.actor.organisation_id or 0, notice.item_code, work.today
    ).reason
    return None if reason is None else words_of(current_app, Refusal(reason))


def affected(work: Work, number: str) -> str | None:
    """What an amendment means to the looking agency's own entry, as a sentence; None when nothing."""
    means = entry_queries.affected(work, number, work.actor.organisation_id)
    return None if means is None else words_of(current_app, means)
