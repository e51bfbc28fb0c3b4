"""Two procedures about one agency that cross: the later one decides, the earlier one finds another
state.
"""

import datetime as dt

import pytest

from market.agencies.rules import State
from market.enrolment import service
from market.kernel.errors import Refusal
from tests.enrolment.deeds import REASONS, do, state_of
from tests.factories import accounts as people
from tests.factories import agencies as factory
from tests.factories import reputation as credit

pytestmark = pytest.mark.databases
AWAY = dt.date(2027, 3, 4)


def test_a_suspension_is_not_lifted_under_a_revocation_that_was_opened_meanwhile(context):
    made = factory.active_agency()
    objection = do(
        service.object_to,
        people.actor_of(people.person()),
        uscc=made.uscc,
        submission_key="o",
        reason="证书编号与发证机关的记录不符。",
    )
    factory.suspended(made.ref)
    do(service.propose_reinstatement, factory.checker(), ref=made.ref)
    do(
        service.open_revocation,
        people.staff("regulator", "regulator_officer"),
        objection_id=objection,
        **REASONS,
    )
    with pytest.raises(Refusal, match=r"agency.wrong_state"):
        do(service.sign_standing, factory.head(), ref=made.ref)
    assert state_of(made) is State.REVOKING


def test_an_agency_that_is_being_removed_is_not_suspended_besides(context):
    made = factory.active_agency()
    do(
        service.propose_removal,
        factory.checker(),
        ref=made.ref,
        record_number=credit.ground(made),
        reasons=REASONS["reasons"],
        remedy=REASONS["remedy"],
        barred_until=AWAY,
    )
    with pytest.raises(Refusal, match=r"agency.wrong_state"):
        do(
            service.propose_suspension,
            factory.checker(),
            fact="abnormal",
            ref=made.ref,
            reason="配合调查",
            until=dt.date(2026, 3, 20),
        )
    assert state_of(made) is State.REMOVING
