"""Steps of a recorded act are only ever added."""

from market.db import Work
from market.reputation.models import CreditEvent, CreditStep
from market.reputation.rules import Act


def add_step(work: Work, row: CreditEvent, act: Act, text: str = "") -> None:
    """Write down who did a step of a record now, and what was said."""
    step = CreditStep(event_id=row.id, act=act, at=work.now, by=work.actor.person_id, text=text)
    work.session.add(step)
