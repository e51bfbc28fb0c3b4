"""Times that move later before the close, and cancellation with a public reason."""

import pytest

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.models import Notice
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.windows import queries as windows
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused, log_of
from verify.zjcs.leaves import check_leaf


def state_of(notice_id):
    return db.session.get(Notice, notice_id, populate_existing=True).state


@pytest.fixture
def buyer(context):
    return f.owner()


@pytest.mark.databases
def test_times_move_later_before_the_close_and_the_log_restates_the_plan(context):
    number = f.published_notice()
    before = result_queries.notice(reading(CLOCK), number)
    later = {"entry_close": f.at(8), "draw_at": f.at(8, 17, 30)}
    in_one_transaction(
        notice_service.amend, f.publisher(), number=number, reason="节假日顺延", **later
    )
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.entry_close, card.draw_at, card.is_amended) == (
        later["entry_close"],
        later["draw_at"],
        True,
    )
    (amended,) = log_of(number, "notice.amended")
    check_leaf(amended.fields)
    draw = source_queries.draw(reading(CLOCK), card.draw_number)
    assert draw.notice_leaf == amended.hash
    assert [source["due"] for source in draw.sources] == [later["draw_at"]] * 2
    assert [change.old_close for change in notice_queries.amendments(reading(CLOCK), number)] == [
        before.entry_close
    ]
    live = [due for due in windows.of_subject(reading(CLOCK), number) if due.state == "open"]
    assert sorted(due.due_at for due in live)[0] == later["entry_close"]


@pytest.mark.parametrize(
    ("close", "draw", "code"),
    [
        ((6, 17, 0), (7, 17, 30), "notice.amend_earlier"),
        ((7, 17, 0), (7, 17, 30), "notice.amend_earlier"),
        ((7, 17, 30), (7, 17, 30), "notice.draw_before_close"),
        ((8, 17, 0), (8, 17, 31), "notice.off_slot"),
    ],
)
def test_an_amendment_moves_times_only_later_and_keeps_the_rules(context, close, draw, code):
    number = f.published_notice()
    no = check_refused(
        code,
        notice_service.amend,
        f.publisher(),
        number=number,
        entry_close=f.at(*close),
        draw_at=f.at(*draw),
        reason="x",
    )
    assert isinstance(no, Invalid)


def test_after_the_close_nothing_is_amended_or_cancelled(context, clock, buyer):
    number = f.published_notice(buyer)
    clock.instant = result_queries.notice(reading(CLOCK), number).entry_close
    check_refused(
        "notice.amend_closed",
        notice_service.amend,
        f.publisher(),
        number=number,
        entry_close=f.at(9),
        draw_at=f.at(9, 18),
        reason="x",
    )
    check_refused(
        "notice.cancel_closed",
        notice_service.cancel,
        buyer.signatory,
        number=number,
        reason="不买了",
    )


@pytest.mark.databases
def test_the_owner_or_the_office_cancels_with_a_public_reason(context):
    buyer = f.owner()
    number = f.published_notice(buyer)
    with pytest.raises(NotFound):
        do(notice_service.cancel, f.owner().signatory, number=number, reason="别人的")
    check_refused(
        "notice.no_reasons", notice_service.cancel, buyer.signatory, number=number, reason=" "
    )
    do(notice_service.cancel, buyer.signatory, number=number, reason="项目停建")
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.failure, card.cancel_reason) == ("cancelled", "CANCELLED", "项目停建")
    f.move_to(card.draw_at)
    assert source_queries.draw(reading(CLOCK), card.draw_number).state == "cancelled"
    office = f.published_notice(buyer, ceiling_fen=100)
    do(notice_service.cancel, f.publisher(), number=office, reason="业主来函撤回")
    assert result_queries.notice(reading(CLOCK), office).state == "cancelled"
