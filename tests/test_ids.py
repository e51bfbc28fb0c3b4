"""Public numbers of records."""

import re

import pytest

from market.kernel import ids
from market.kernel.ids import Prefix
from market.web.ids import Number

FIRST = "GG-360481-2026-00012"


def test_each_listing_has_a_number_that_is_read_again():
    number = FIRST
    address = re.compile(Number.regex)
    for listing in range(2, 131):
        number = ids.relisted(number)
        assert number == f"{FIRST}-{listing}"
        assert ids.NUMBER.fullmatch(number)["listing"] == str(listing)
        assert ids.sibling(number, Prefix.DRAW) == f"XQ-360481-2026-00012-{listing}"
        assert address.fullmatch(number)


@pytest.mark.parametrize("end", ["-1", "-0", "-01", "-02", "-010", "-", "-x"])
def test_no_listing_has_two_numbers(end):
    assert ids.NUMBER.fullmatch(FIRST + end) is None
    assert re.fullmatch(Number.regex, FIRST + end) is None
