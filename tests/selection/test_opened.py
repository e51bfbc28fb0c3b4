"""What a way that ranks by price is given: the opened quotes of the sealed list, and nothing before."""

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.entries import queries as entry_queries
from tests.factories import selection as f

pytestmark = pytest.mark.databases


def test_the_quotes_are_given_once_the_list_is_sealed(context):
    number = f.published_notice()
    made = f.entered(number)
    assert entry_queries.opened_quotes(reading(CLOCK), number) == ()

    f.sealed(number)
    opened = entry_queries.opened_quotes(reading(CLOCK), number)

    assert [each.agency_id for each in opened] == [who.organisation_id for who in made]
    assert [each.amount_fen for each in opened] == [10_000_000, 10_100_000, 10_200_000]
    assert [each.no for each in opened] == [1, 2, 3]
    assert {each.rate_bp for each in opened} == {None}
