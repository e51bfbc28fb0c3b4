"""What staff take in for others: the hotline's number and hour, letters, no invented receipts."""

import datetime as dt

import pytest

from market.complaints import rules
from market.complaints.rules import Channel
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotPermitted, Refusal
from market.selection.results import queries as result_queries
from market.windows import queries as windows
from tests.complaints.deeds import card
from tests.factories import accounts as people
from tests.factories import complaints, selection

SECOND = dt.timedelta(seconds=1)


def test_staff_register_a_hotlines_work_order_with_its_own_number_and_hour(context, clock):
    notice = selection.published_notice()
    desk = complaints.desk()
    clerk = people.member(desk.organisation_id, "intake_clerk")
    clock.advance(dt.timedelta(days=1))
    came = clock.instant - dt.timedelta(hours=20)
    number = complaints.registered(notice, clerk, complaints.by_hotline(received_at=came))
    row = card(number)
    assert (row.channel, row.external_number, row.received_at, row.registered_by) == (
        Channel.HOTLINE,
        "12345-2026-0001",
        came,
        clerk.person_id,
    )
    assert windows.live(reading(CLOCK), rules.ACCEPT, number).trigger_at == came
    with pytest.raises(Invalid, match="own_number_known") as known:
        complaints.registered(
            notice, clerk, complaints.by_hotline(received_at=came), phone="13900000000"
        )
    assert known.value.facts == {"number": number}
    waiting = complaints.by_hotline("12345-2026-0003", received_at=came)
    complaints.drafted(notice, clerk, waiting, name="李四")
    with pytest.raises(Invalid, match="own_number_in_draft"):
        complaints.drafted(notice, clerk, waiting, name="李四")
    with pytest.raises(Refusal, match="same_facts"):
        complaints.registered(
            notice, clerk, complaints.by_hotline("12345-2026-0002", received_at=came)
        )


def test_a_letter_posted_on_the_last_day_is_in_time(context, clock):
    notice, _ = selection.announced_notice()
    clerk = people.member(complaints.desk().organisation_id, "intake_clerk")
    clock.instant = dt.datetime(2026, 3, 18, 2, tzinfo=dt.UTC)
    late = complaints.by_hotline(None, channel=Channel.POST, posted_on=dt.date(2026, 3, 17))
    with pytest.raises(Refusal, match="too_late"):
        complaints.registered(notice, clerk, late)
    in_time = complaints.by_hotline(None, channel=Channel.POST, posted_on=dt.date(2026, 3, 16))
    number = complaints.registered(notice, clerk, in_time)
    assert result_queries.notice(reading(CLOCK), notice).state == "held"
    assert windows.live(reading(CLOCK), rules.ACCEPT, number).due_at == dt.datetime(
        2026, 3, 20, 16, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": Channel.ONLINE}, "online_by_hand"),
        ({"external_number": None}, "own_number"),
        ({"received_at": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)}, "received_in_future"),
    ],
)
def test_staff_cannot_invent_a_receipt(context, changes, code):
    notice = selection.published_notice()
    clerk = people.member(complaints.desk().organisation_id, "intake_clerk")
    with pytest.raises(Invalid, match=code):
        complaints.registered(notice, clerk, complaints.by_hotline(**changes))


def test_who_is_no_staff_registers_nothing(context):
    notice = selection.published_notice()
    with pytest.raises(NotPermitted):
        complaints.registered(notice, complaints.citizen(), complaints.by_hotline())
