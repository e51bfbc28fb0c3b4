"""The harness of the benchmarks: alternation, medians, noise, verdicts."""

import itertools

import pytest

from bench import harness
from bench.harness import Verdict


def costs(*values):
    """A work whose cost is read from a list, over and over; the first is the unmeasured turn's."""
    left = itertools.cycle(values)
    return lambda: next(left)


def test_the_two_alternate_so_that_neither_always_goes_first():
    order = []
    harness.pair(lambda: order.append("A") or 1.0, lambda: order.append("B") or 1.0, 9)
    assert "".join(order) == "AB" + "ABBA" * 4 + "AB"


def test_fewer_than_nine_rounds_are_refused():
    with pytest.raises(ValueError, match="at least 9"):
        harness.pair(costs(1.0), costs(1.0), 8)


def test_one_slow_round_of_the_product_does_not_move_the_median():
    run = harness.pair(costs(*[2.0] * 9, 50.0), costs(1.0), 9)
    assert run.ratio == 2.0


def test_the_goal_itself_passes_and_a_little_more_fails():
    assert harness.at_most("a", costs(3.0), costs(1.0), times=3).verdict is Verdict.PASS
    assert harness.at_most("a", costs(3.01), costs(1.0), times=3).verdict is Verdict.FAIL


def test_a_share_is_the_floors_cost_over_ours():
    assert harness.at_least("a", costs(1.0), costs(0.6), share=0.6).verdict is Verdict.PASS
    assert harness.at_least("a", costs(1.0), costs(0.59), share=0.6).verdict is Verdict.FAIL


def test_a_run_with_an_unsteady_floor_is_thrown_away():
    shaky = [1.0, *[1.0, 2.5] * 4, 1.0]
    run, thrown = harness.steady(costs(1.0), costs(*shaky, *[1.0] * 10), quick=True)
    assert (thrown, run.unrest) == (1, 1.0)


def test_a_machine_that_never_rests_gives_no_verdict_and_does_not_run_for_ever():
    calls = []

    def shaky():
        calls.append(1)
        return 1.0 if len(calls) % 2 else 3.0

    assert harness.at_most("a", costs(0.1), shaky, times=3, quick=True).verdict is Verdict.NOISY
    assert len(calls) == harness.TRIES * (1 + harness.QUICK_ROUNDS)


def test_real_work_is_measured_in_both_clocks():
    def work():
        return sum(range(20_000))

    for measure in (harness.cpu, harness.wall):
        run = harness.pair(measure(work, 100), measure(work, 5), 9)
        assert run.ratio > 1  # twenty times the work; how many times, a busy machine does not tell
        assert min(run.floor) > 0


def test_the_table_has_one_line_a_row():
    rows = [
        harness.holds("none lost", "0 of 2,000", "0", True),
        harness.holds("p99", "1.2 s", "< 1 s", False),
    ]
    assert [line.split()[0] for line in harness.table(rows).splitlines()] == ["PASS", "FAIL"]
