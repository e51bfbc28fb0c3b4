"""Every flag that is computed: facts that raise it, and facts that must not."""

import dataclasses
import datetime as dt
import itertools

import pytest

from market.oversight import shipped
from market.oversight.rules.flags import of_agency, of_bodies, of_clusters, of_owner
from market.oversight.rules.flags.of_agency import OF_AGENCY, Pair, Tally
from market.oversight.rules.flags.of_notice import OF_NOTICE, raised
from market.oversight.rules.flags.of_owner import OF_OWNER
from market.oversight.rules.flags.survey import survey
from market.oversight.rules.flags.table import (
    FlagStanding,
    Level,
    check_judgement,
    needs_second,
    switched_on,
)
from market.selection.kinds import Fund, Method
from market.selection.results.rules.flagged import Before
from tests.oversight.flagged import (
    BEFORE,
    CLOSE,
    DAY,
    MATTER,
    OUT,
    entrant,
    entrants,
    selection,
    won,
)

FLAGS = shipped.flags()
LOWEST = {"method": Method.LOWEST}


def of(method=Method.LOWEST, *quotes, **said):
    return selection(method=method, entrants=entrants(*quotes), **said)


LATER = dt.timedelta(minutes=20)
OF_ONE = {
    "RF-02": (
        selection(entrants=(entrant(), entrant(2, state=OUT))),
        [selection(entrants=entrants(1, 2)), of(Method.DIRECT, 1), selection(sealed_at=None)],
    ),
    "RF-03": (
        of(Method.LOWEST, 100_000, 100_400, 120_000),
        [of(Method.LOWEST, 100_000, 101_000, 120_000), of(Method.RANDOM, 100, 100, 100)],
    ),
    "RF-05": (
        of(Method.AVERAGE, 500, 500),
        [of(Method.AVERAGE, 500, 501), of(Method.RANDOM, 500, 500)],
    ),
    "RF-06": (
        selection(entrants=(entrant(received_at=CLOSE),)),
        [
            selection(
                entrants=(
                    entrant(received_at=CLOSE - LATER),
                    entrant(2, state=OUT, received_at=CLOSE),
                )
            )
        ],
    ),
    "RF-07": (
        selection(entrants=(entrant(), entrant(2, state=OUT), entrant(3, state=OUT))),
        [
            selection(entrants=(entrant(), entrant(2), entrant(3, state=OUT))),
            selection(entrants=(entrant(), entrant(2, state=OUT))),
        ],
    ),
    "RF-08": (
        selection(entrants=(entrant(quote_fen=90, state=OUT), entrant(2)), **LOWEST),
        [
            selection(entrants=(entrant(quote_fen=110, state=OUT), entrant(2)), **LOWEST),
            selection(entrants=(entrant(quote_fen=90, state=OUT), entrant(2))),
        ],
    ),
    "RF-11": (of(Method.LOWEST, 50, 100), [of(Method.LOWEST, 70, 100), of(Method.RANDOM, 1, 100)]),
    "RF-12": (
        of(Method.LOWEST, 400, 900, 950),
        [of(Method.LOWEST, 800, 900, 950), of(Method.RANDOM, 1, 900, 950)],
    ),
    "RF-18": (
        selection(cancelled_at=CLOSE + LATER),
        [selection(cancelled_at=CLOSE - LATER), selection(sealed_at=None, cancelled_at=CLOSE)],
    ),
    "RF-19": (
        selection(before=BEFORE, requirement="测绘乙级\n须有无人机"),
        [selection(before=BEFORE, requirement=" 测绘乙级 \n"), selection(requirement="任何要求")],
    ),
    "RF-21": (
        of(Method.LOWEST, 100, 110, 120, 130),
        [of(Method.LOWEST, 100, 111, 119, 140), of(Method.LOWEST, 100, 100, 100, 100)],
    ),
    "RF-23": (
        selection(entrants=entrants(1, 2, network="n")),
        [
            selection(entrants=(entrant(network="n"), entrant(2, network="m"), entrant(3))),
            selection(
                entrants=(
                    entrant(device="d"),
                    entrant(2, device="d", received_at=CLOSE - LATER),
                )
            ),
        ],
    ),
    "RF-28": (
        selection(entrants=won("A000001"), matter=dataclasses.replace(MATTER, amount_fen=101)),
        [
            selection(entrants=won("A000001"), matter=MATTER),
            selection(entrants=won("A000001"), matter=dataclasses.replace(MATTER, amount_fen=None)),
            selection(entrants=won("A000001")),
        ],
    ),
    "RF-35": (selection(uncleared=1), [selection()]),
}


OF_MONTHS = ("RF-33", "RF-37")


def test_every_computed_flag_has_its_cases():
    computed = {code for code, flag in FLAGS.items() if flag.is_computed}
    assert computed == {*OF_ONE, *OF_SEVERAL, *OF_COUNTS, "RF-17", "RF-20", "RF-24", *OF_MONTHS}
    assert set(OF_ONE) == set(OF_NOTICE) and set(OF_SEVERAL) == set(OF_OWNER)
    assert set(OF_COUNTS) == set(OF_AGENCY)
    assert all(flag.not_computed_english for flag in FLAGS.values() if flag.not_computed)
    assert all(flag.innocent and flag.innocent_english and flag.english for flag in FLAGS.values())


@pytest.mark.parametrize("code", OF_ONE)
def test_about_one_selection(code):
    guilty, innocent = OF_ONE[code]
    found = raised(FLAGS[code], guilty)
    assert found and found.numbers and found.sector == 3 and found.number == guilty.of.number
    assert [raised(FLAGS[code], each) for each in innocent] == [None] * len(innocent)


def test_three_equal_quotes_are_high_and_a_narrower_list_of_bodies_counts_too():
    assert raised(FLAGS["RF-05"], of(Method.AVERAGE, 5, 5, 5)).level is Level.HIGH
    more = selection(
        before=Before(number="x", requirement="测绘乙级", excluded=()), excluded=("9",)
    )
    assert raised(FLAGS["RF-19"], more).numbers["excluded_added"] == 1


# --- owners -------------------------------------------------------------------------------
def year(many, **said):
    return [selection(f"GG-360481-2026-{no:05d}", **said) for no in range(1, many + 1)]


AT_LEAST = {"earliest_close": (CLOSE).date()}
LIMIT = {"limit_fen": 1000, "entrants": ()}
UPHELD = {"is_upheld": True}
LATE_PAID = dataclasses.replace(MATTER, is_accepted=True, is_paid_late=True)
PAID = dataclasses.replace(MATTER, is_accepted=True)
LATE_SEEN = dataclasses.replace(MATTER, is_delivered=True, is_inspected_late=True)
SEEN = dataclasses.replace(MATTER, is_delivered=True)
TRIO = ("A000001", "A000002", "A000003")
FIVE = tuple(f"A{no:06d}" for no in range(1, 6))
AFTERNOON = {"published_at": CLOSE.replace(hour=8), "days_off": 3, **AT_LEAST}
OF_SEVERAL = {
    "RF-01": (
        year(6, **AT_LEAST),
        [
            year(5, **AT_LEAST),
            year(6, earliest_close=(CLOSE - DAY).date()),
            year(6, urgent=True, **AT_LEAST),
        ],
    ),
    "RF-09": (
        year(5, entrants=(entrant(), entrant(2, state=OUT))),
        [year(4, entrants=(entrant(), entrant(2, state=OUT))), year(10, entrants=entrants(1, 2))],
    ),
    "RF-14": (
        year(6, entrants=won(*TRIO)),
        [
            year(5, entrants=won(*TRIO)),
            year(6, entrants=won("A000001")),
            [selection(entrants=won(*order)) for order in itertools.permutations(TRIO)],
        ],
    ),
    "RF-15": (
        year(2, ceiling_fen=600, **LIMIT),
        [
            year(1, ceiling_fen=999, **LIMIT),
            year(2, ceiling_fen=400, **LIMIT),
            year(2, ceiling_fen=600, is_fiscal=False, **LIMIT),
            year(1, ceiling_fen=600, project="一期", **LIMIT) + year(1, ceiling_fen=600, **LIMIT),
        ],
    ),
    "RF-16": (
        year(3, ceiling_fen=950, **LIMIT),
        [year(2, ceiling_fen=950, **LIMIT), year(3, ceiling_fen=800, **LIMIT)],
    ),
    "RF-25": (
        year(4, chosen="A000001", shortlist=FIVE),
        [
            year(3, chosen="A000001", shortlist=FIVE),
            year(4, chosen="A000001", shortlist=FIVE[:2]),
            [
                *year(2, chosen="A000001", shortlist=FIVE),
                *year(4, chosen="A000002", shortlist=FIVE),
            ][:5],
            year(9),
        ],
    ),
    "RF-27": (
        year(10, evaluated=500),
        [year(9, evaluated=500), year(9, evaluated=500) + year(1, evaluated=480), year(12)],
    ),
    "RF-29": (
        year(1, matter=LATE_PAID) + year(3, matter=PAID),
        [year(1, matter=LATE_PAID) + year(1, matter=PAID), year(5, matter=PAID)],
    ),
    "RF-30": (
        year(1, matter=LATE_SEEN) + year(2, matter=SEEN),
        [year(2, matter=LATE_SEEN), year(1, matter=LATE_SEEN) + year(3, matter=SEEN)],
    ),
    "RF-32": (
        year(1, **UPHELD) + year(2, is_upheld=False),
        [year(2, **UPHELD), year(1, **UPHELD) + year(3, is_upheld=False), year(9)],
    ),
    "RF-34": (
        year(3, **AFTERNOON),
        [year(2, **AFTERNOON), year(3, **{**AFTERNOON, "days_off": 0}), year(3, **AT_LEAST)],
    ),
}


@pytest.mark.parametrize("code", OF_SEVERAL)
def test_about_an_owner(code):
    guilty, innocent = OF_SEVERAL[code]
    rule = OF_OWNER[code]
    assert all(numbers for _beside, numbers in rule(FLAGS[code], guilty))
    assert list(rule(FLAGS[code], guilty))
    assert [list(rule(FLAGS[code], each)) for each in innocent] == [[]] * len(innocent)


def test_the_fence_of_many_owners():
    assert of_owner.upper_fence([0.1] * 39) is None
    assert of_owner.upper_fence([0.1] * 30 + [0.3] * 10) == pytest.approx(0.6)


# --- agencies, pairs, bodies, the system ---------------------------------------------------
OF_COUNTS = {
    "RF-04": (Tally(priced=20, priced_awards=1), [Tally(priced=20, priced_awards=2), Tally(priced=19)]),
    "RF-09A": (Tally(entries=6, invalid=3), [Tally(entries=4, invalid=4), Tally(entries=6, invalid=2)]),
    "RF-10": (
        Tally(awards=20, categories=set("abcdef")),
        [Tally(awards=19, categories=set("abcdef")), Tally(awards=20, categories=set("abcde"))],
    ),
    "RF-36": (Tally(as_newcomer=2), [Tally(as_newcomer=1), Tally()]),
    "RF-13": (
        Tally(draws=12, drawn_first=10, expected=3.0, variance=2.0),
        [
            Tally(draws=12, drawn_first=4, expected=3.0, variance=2.0),
            Tally(draws=2, drawn_first=2, expected=0.5, variance=0.1),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", OF_COUNTS)
def test_about_an_agency(code):
    guilty, innocent = OF_COUNTS[code]
    rule = OF_AGENCY[code]
    assert rule(FLAGS[code], guilty)
    assert [rule(FLAGS[code], each) for each in innocent] == [None] * len(innocent)


def test_about_pairs():
    flag = FLAGS["RF-17"]
    assert of_agency.together(flag, Pair(common=5, only_one=2, last="x"))
    assert of_agency.together(flag, Pair(common=1, only_one=9, alike={"phone"}))
    assert not of_agency.together(flag, Pair(common=4)) and not of_agency.together(
        flag, Pair(common=5, only_one=5)
    )
    way = FLAGS["RF-24"]
    assert of_agency.making_way(way, Pair(common=1, stepped_back=["x"]), belongs=True)
    assert not of_agency.making_way(way, Pair(common=1, stepped_back=["x"]), belongs=False)
    assert not of_agency.making_way(way, Pair(common=1), belongs=True)


def in_turns(*winners, method=Method.LOWEST):
    """Selections in which three that share a telephone enter, won in this order."""
    found = []
    for no, winner in enumerate(winners, 1):
        others = [ref for ref in TRIO if ref != winner]
        entered = tuple(dataclasses.replace(each, phone="p") for each in won(winner, *others))
        found.append(selection(f"GG-360481-2026-{no:05d}", method=method, entrants=entered))
    return found


@pytest.mark.parametrize(
    ("facts", "is_found"),
    [
        (in_turns(*TRIO * 4), True),
        (in_turns(*TRIO * 4, method=Method.RANDOM), False),  # even by nature
        (in_turns(*TRIO * 3), False),  # too few
        (in_turns(*TRIO[:1] * 9, *TRIO[1:], TRIO[1]), False),  # one wins nearly all
        (
            in_turns(*TRIO * 4)
            + [
                selection(
                    f"GG-360481-2026-9{no:04d}", method=Method.LOWEST, entrants=won("A000009")
                )
                for no in range(4)
            ],
            False,  # others have a fourth of the awards
        ),
    ],
)
def test_who_wins_in_turn(facts, is_found):
    found = [each for each in survey(FLAGS, facts, "2026") if each.code == "RF-20"]
    assert bool(found) is is_found
    assert all(each.subject == " ".join(TRIO) and each.sector == 3 for each in found)


@pytest.mark.parametrize(
    ("value", "freedom", "chance"),
    [
        (0.0, 2, 0.0),
        (0.103, 2, 0.05),
        (3.841, 1, 0.95),
        (18.307, 10, 0.95),
        (400.0, 3, 1.0),
        (1500.0, 1, 1.0),
    ],
)
def test_chi_square_is_that_of_the_tables(value, freedom, chance):
    assert of_clusters.chi_square_below(value, freedom) == pytest.approx(chance, abs=6e-4)


def test_who_wins_as_a_newcomer():
    fresh = {"method": Method.WEIGHTED, "newcomer_days": 30, "entrants": won(*TRIO)}
    for several, is_found in (
        (year(2, **fresh), True),
        (year(1, **fresh), False),
        (year(2, **{**fresh, "newcomer_days": 61}), False),
        (year(2, **{**fresh, "newcomer_days": None}), False),
        (year(2, **{**fresh, "method": Method.RANDOM}), False),
        (year(2, **{**fresh, "fund": Fund.SOCIAL}), True),  # a part of it is fiscal
        (year(2, **{**fresh, "is_fiscal": False}), False),
    ):
        found = {each.code: each for each in survey(FLAGS, several, "2026")}
        assert ("RF-36" in found) is is_found


def test_about_bodies_and_the_system():
    late = FLAGS["RF-33"]
    assert of_bodies.often_late(late, 5, 1) and not of_bodies.often_late(late, 4, 4)
    assert not of_bodies.often_late(late, 20, 1)
    fault = FLAGS["RF-37"]
    assert of_bodies.faults(fault, 20, 1, 0) and of_bodies.faults(fault, 1, 1, 1)
    assert not of_bodies.faults(fault, 100, 1, 0) and not of_bodies.faults(fault, 5, 1, 0)
    name, (since, until) = of_bodies.month_before(dt.datetime(2026, 3, 31, 17, tzinfo=dt.UTC))
    assert (name, until - since) == ("2026-03", 31 * DAY)


def test_a_pass_finds_each_sector_its_own_and_what_the_inspector_reads_once():
    alike = (entrant(1, phone="p"), entrant(2, phone="p"))
    facts = [selection(entrants=alike), selection("GG-360481-2026-00009", regulator_id=4)]
    found = {each.code: each for each in survey(FLAGS, facts, "2026")}
    assert found["RF-17"].subject == "A000001 A000002" and found["RF-17"].sector == 3
    assert found["RF-17"].numbers["alike"] == "phone"
    draws = [
        selection(f"GG-360481-2026-{no:05d}", entrants=won(TRIO[0], *TRIO[1:])) for no in range(30)
    ]
    beyond = [each for each in survey(FLAGS, draws, "2026") if each.code == "RF-13"]
    assert {each.subject for each in beyond} == set(TRIO)
    assert {(each.sector, each.period) for each in beyond} == {(None, "2026")}
    assert not list(survey({}, draws, "2026"))


# --- the table and the states ---------------------------------------------------------------
def test_a_county_switches_on_twelve():
    twelve = switched_on("01 02 06 07 15 16 18 19 28 35 37 38", FLAGS)
    assert len(twelve) == 12 and switched_on("", FLAGS) == set(FLAGS)
    assert switched_on("RF-09", FLAGS) == {"RF-09", "RF-09A"} and not switched_on("99", FLAGS)


def test_nothing_to_a_high_flag_takes_two_readers():
    assert needs_second(Level.HIGH, FlagStanding.FALSE_POSITIVE)
    assert needs_second(Level.HIGH, FlagStanding.EXPLAINED)
    assert not needs_second(Level.HIGH, FlagStanding.CASE)
    assert not needs_second(Level.NORMAL, FlagStanding.FALSE_POSITIVE)
    assert check_judgement(FlagStanding.OPEN, FlagStanding.CASE, " 需查 ") == "需查"
