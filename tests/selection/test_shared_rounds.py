"""Two draws by one round of drand: what one went by holds for the other."""

import datetime as dt

from market.db import in_one_transaction
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.selection.sources import jobs as source_jobs
from market.selection.sources import service as source_service
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import at_the_draw, check_refused, draw_of
from tests.selection.outsiders import real_rounds
from tests.selection.test_sources import DAY, NUMBERS, in_2023, officers


def waiting_for_one_round(context, clock, monkeypatch):
    """Two draws of one instant, whose round is a day late and said so on the log."""
    terms = in_2023(clock, monkeypatch)
    numbers = [f.published_notice(**terms) for _ in range(2)]
    for number in numbers:
        f.entered(number)
    f.sealed(numbers[0])
    at_the_draw(numbers[0])
    clock.advance(dt.timedelta(seconds=3))
    f.tick()
    context.config["DRAND_URLS"] = []
    clock.advance(DAY)
    source_jobs.fetch_rounds()
    f.tick()
    return numbers


def test_a_round_that_one_draw_has_gone_without_comes_too_late_for_the_other(
    context, clock, monkeypatch
):
    gone, waiting = waiting_for_one_round(context, clock, monkeypatch)
    clock.instant = dt.datetime(2023, 9, 16, 21, 30, tzinfo=CHINA)
    first, second = officers()
    issue = {"issue": "2023255", "day": dt.date(2023, 9, 16), "numbers": NUMBERS}
    reports = [in_one_transaction(source_service.report_lottery, first, **issue) for _ in range(2)]
    do(source_service.confirm_lottery, second, report_id=reports[0])
    check_refused(
        "lottery.not_waited", source_service.confirm_lottery, second, report_id=reports[1]
    )
    in_one_transaction(source_service.advance, CLOCK, draw_no=draw_of(gone).number)
    assert draw_of(gone).state == "drawn"
    check_refused(
        "draw.source_failed",
        source_service.submit_value,
        draw_no=draw_of(waiting).number,
        source="drand-quicknet",
        round_=657413,
        signature=real_rounds()[657413]["signature"],
    )
    f.tick()
    assert draw_of(waiting).state == "drawn"
