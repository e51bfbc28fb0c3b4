"""The cap on the hold: after thirty days the award goes on unless the body signs for longer
(decision 18).
"""

import datetime as dt

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import About
from market.contracts import jobs as contract_jobs
from market.contracts import queries as letters
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, Refusal
from market.selection.results import queries as result_queries
from market.windows import jobs as windows_jobs
from tests.complaints.deeds import due_of, kinds, sweep_at
from tests.factories import complaints, selection

SECOND = dt.timedelta(seconds=1)


@pytest.mark.databases
def test_after_thirty_days_the_award_goes_on_unless_the_body_signs_for_longer(context, clock):
    desk = complaints.desk()
    notice, _ = selection.announced_notice()
    number = complaints.accepted(complaints.filed(notice, about=About.RESULT), desk)
    cap = due_of(number, rules.HOLD_CAP)
    assert cap == dt.datetime(2026, 4, 10, 16, tzinfo=dt.UTC)  # accepted on 11 March
    sweep_at(clock, cap - SECOND)
    assert queries.holding(reading(CLOCK), notice) == 1
    sweep_at(clock, cap, times=2)
    assert (
        queries.open_about(reading(CLOCK), notice),
        queries.holding(reading(CLOCK), notice),
    ) == (1, 0)
    assert kinds(number).count("complaint.hold_lapsed") == 1
    contract_jobs.follow()
    assert result_queries.notice(reading(CLOCK), notice).state in ("announced", "awarded")
    windows_jobs.sweep()
    assert letters.of_notice(reading(CLOCK), notice)[0].is_valid
    with pytest.raises(Refusal, match="hold_not_capped"):
        in_one_transaction(service.continue_hold, desk.signatory, number=number, reasons="太晚")


@pytest.mark.databases
def test_a_signed_public_continuation_keeps_the_award_held(context, clock):
    desk = complaints.desk()
    notice, _ = selection.announced_notice()
    number = complaints.accepted(complaints.filed(notice, about=About.RESULT), desk)
    cap = due_of(number, rules.HOLD_CAP)
    with pytest.raises(Invalid, match="personal_data_left"):  # these reasons are public at once
        in_one_transaction(
            service.continue_hold, desk.signatory, number=number, reasons="王小民的投诉正在鉴定。"
        )
    in_one_transaction(
        service.continue_hold, desk.signatory, number=number, reasons="正在等待检测机构的鉴定结果。"
    )
    sweep_at(clock, cap, times=2)
    assert result_queries.notice(reading(CLOCK), notice).state == "held"
    assert queries.view(reading(CLOCK), number).hold_reasons == "正在等待检测机构的鉴定结果。"
    complaints.decided(number, desk)
    assert result_queries.notice(reading(CLOCK), notice).state == "announced"
