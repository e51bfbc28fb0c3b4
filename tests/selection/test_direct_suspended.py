"""Whom a suspension keeps from entering is not chosen either: not listed, not asked, not taken."""

import pytest

from market.kernel.errors import Refusal
from market.reputation import service as credit
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import reputation as made
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.choosing import answered, offered, published, refs

pytestmark = pytest.mark.databases
GRAVE = "AG-E03"


@pytest.fixture
def heard(context):
    """A suspension that waits for its signature: the agency, and what signs it."""
    made.named_basis(GRAVE, 60)
    at = made.bench()
    who = agencies.active_agency([f.ITEM])
    number = made.recorded(GRAVE, who, at)
    do(credit.propose_suspension, at.officer, number=number, days=30, reason="虚假材料，拒不改正。")
    do(credit.state_against_suspension, who.actor, number=number, statement="正在整改。")

    def sign():
        do(credit.sign_suspension, at.signatory, number=number)

    return who, sign


def test_who_is_suspended_is_not_on_the_list(heard):
    who, sign = heard
    sign()
    number, _, signs = published()
    assert set(refs(number)) == set(signs)
    assert who.ref not in refs(number)


def test_who_was_suspended_since_is_not_asked(heard):
    who, sign = heard
    number, buyer, _ = published()
    assert who.ref in refs(number)
    sign()
    with pytest.raises(Refusal, match="direct.not_eligible"):
        offered(number, buyer, who.ref)


def test_who_was_suspended_since_it_was_asked_does_not_get_it(heard):
    who, sign = heard
    number, buyer, _ = published()
    offered(number, buyer, who.ref)
    sign()
    signatory = people.member(who.organisation_id, "agency_signatory")
    with pytest.raises(Refusal, match="direct.no_longer_eligible"):
        answered(number, signatory, accepts=True)
    answered(number, signatory, accepts=False)
