"""Instants in tables: whole milliseconds, never rounded up."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.db import Instant
from market.kernel.clock import epoch_ms, from_epoch_ms

CLOSE = dt.datetime(2026, 3, 3, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("before", [1, 499, 500, 501, 999])
def test_what_arrives_before_a_close_is_never_kept_as_at_the_close(before):
    arrived = CLOSE - dt.timedelta(microseconds=before)
    kept = Instant().process_result_value(Instant().process_bind_param(arrived, None), None)
    assert kept < CLOSE
    assert arrived - kept < dt.timedelta(milliseconds=1)


@given(st.datetimes(timezones=st.just(dt.UTC)))
def test_an_instant_is_kept_to_the_millisecond_and_read_again(instant):
    kept = from_epoch_ms(epoch_ms(instant))
    assert dt.timedelta() <= instant - kept < dt.timedelta(milliseconds=1)
    assert kept == instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    assert kept.tzinfo is dt.UTC


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Instant().process_bind_param(CLOSE.replace(tzinfo=None), None)
