"""Two persons act on one complaint at the same instant."""

from functools import partial

import pytest

from market.complaints import queries, service
from market.complaints.rules import About, Reason
from market.db import db, reading
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from market.windows import queries as windows
from tests.complaints.deeds import do, kinds, race
from tests.factories import complaints, selection

GROUNDS = complaints.GROUNDS


def propose(outcome: str, officer, number: str) -> None:
    """Lay the acceptance, or the refusal for want of facts, before the signatory."""
    if outcome == "accept":
        do(service.propose_acceptance, officer, number=number)
    else:
        do(
            service.propose_non_acceptance,
            officer,
            number=number,
            reason=Reason.NO_FACTS,
            **GROUNDS,
        )


@pytest.mark.databases
@pytest.mark.parametrize("outcome", ["accept", "not_accept"])
def test_a_signature_racing_the_withdrawal_leaves_one_story(app, outcome):
    with app.app_context():
        desk = complaints.desk()
        notice = selection.announced_notice()[0]
        people_of = [complaints.citizen() for _ in range(4)]
        numbers = [complaints.filed(notice, who, about=About.RESULT) for who in people_of]
        for number in numbers:
            propose(outcome, desk.officer, number)
        db.session.remove()
    for who, number in zip(people_of, numbers, strict=True):
        race(
            app,
            (service.sign, desk.signatory, number),
            (partial(service.withdraw, note="误会"), who, number),
        )
    with app.app_context():
        for number in numbers:
            story = [
                kind
                for kind in kinds(number)
                if kind in ("complaint.accepted", "complaint.not_accepted", "complaint.withdrawn")
            ]
            assert story in (
                [["complaint.withdrawn"], ["complaint.accepted", "complaint.withdrawn"]]
                if outcome == "accept"
                else [["complaint.withdrawn"], ["complaint.not_accepted"]]
            )
            assert not [
                due for due in windows.of_subject(reading(CLOCK), number) if due.closed_at is None
            ]
        assert result_queries.notice(reading(CLOCK), notice).state == "announced"
        assert queries.open_about(reading(CLOCK), notice) == 0
