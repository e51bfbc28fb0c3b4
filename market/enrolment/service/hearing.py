"""Whoever is to lose something speaks first."""

from market.db import Work
from market.enrolment import rules
from market.kernel.errors import Refusal
from market.windows import queries as windows_queries


def check_case_heard(work: Work, subject: str) -> None:
    """Nobody signs before the agency has spoken or its days have passed. Refuses
    `agency.may_still_state`.
    """
    if due := windows_queries.live(work, rules.STATE_CASE, subject):
        raise Refusal("agency.may_still_state", due=due.last_day)
