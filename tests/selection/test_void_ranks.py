"""Who has left since the draw does not come in turn: the next rank does
(docs/rules.md#void-entries: entry void,
next in order).
"""

import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.enrolment import service as enrolment
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from tests.factories import agencies as factory
from tests.factories import reputation as credit
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.proof import check_draw
from tests.selection.test_after import REMEDY, card_of, log_of, ranks_of, run

REASONS = {
    "reasons": "证书系伪造",
    "remedy": "60 日内申请行政复议",
}


def removed(made):
    """An agency that was heard and is out."""
    do(
        enrolment.propose_removal,
        factory.checker(),
        ref=made.ref,
        record_number=credit.ground(made),
        **REASONS,
        barred_until=dt.date(2026, 12, 31),
    )
    in_one_transaction(enrolment.state_case, made.actor, statement="无异议")
    do(enrolment.sign_removal, factory.head(), ref=made.ref)


def in_order(number, entrants):
    by_ref = {made.ref: made for made in entrants}
    return [by_ref[row.ref] for row in result_queries.entry_list(reading(CLOCK), number)]


@pytest.mark.databases
def test_a_removed_reserve_is_passed_over_and_outsiders_agree(context):
    number, entrants = f.announced_notice(4)
    first, second, third, _fourth = in_order(number, entrants)
    removed(second)
    assert run(result_service.annul_to_next, number=number, **REMEDY) == third.ref
    assert (card_of(number).winner.ref, card_of(number).winner.rank) == (third.ref, 3)
    assert ranks_of(number) == {1: "disqualified", 2: "void", 3: "proposed", 4: "not_selected"}
    skips = [
        (each.fields["ref"], each.fields["reason"], each.fields["by"])
        for each in log_of(number, "result.skip")
    ]
    assert skips == [
        (first.ref, "complaint.upheld", "org-1"),
        (second.ref, "agency.not_active", "clock"),
    ]
    f.tick()
    assert check_draw(number)["after"].startswith(third.ref)


def test_one_who_is_only_suspended_comes_in_turn(context):
    number, entrants = f.announced_notice()
    _first, second, _third = in_order(number, entrants)
    factory.suspended(second.ref)
    assert run(result_service.annul_to_next, number=number, **REMEDY) == second.ref


def test_when_all_who_follow_have_left_the_order_is_exhausted(context):
    number, entrants = f.announced_notice()
    _first, *rest = in_order(number, entrants)
    for made in rest:
        removed(made)
    assert run(result_service.annul_to_next, number=number, **REMEDY) is None
    assert (card_of(number).state, card_of(number).failure) == ("annulled", "ORDER_EXHAUSTED")
    assert ranks_of(number) == {1: "disqualified", 2: "void", 3: "void"}
