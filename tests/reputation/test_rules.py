"""The law of credit: the table, the life of a record, marks. No app, no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.accounts.rules import DUTIES_OF
from market.kernel.errors import Invalid, NotPermitted, Refusal
from market.reputation import rules
from market.reputation.rules import Band, Counted, CreditState, Grade, Party, Source
from market.reputation.rules.months import months_after
from market.reputation.shipped import behaviours, english

TABLE = list(behaviours().values())
DUTIES = {duty.value for duties in DUTIES_OF.values() for duty in duties} | {"clock"}
TODAY = dt.date(2026, 11, 29)


def test_the_table_is_the_84_of_the_design_with_what_its_section_0_changed():
    assert len(TABLE) == 84
    gone = {"AG-N01", "AG-H05", "RG-F06"}
    assert not gone & set(behaviours())
    price = behaviours()["AG-P01"]
    assert (price.grade, price.points) == (Grade.MINOR, (-5,))
    assert behaviours()["AG-C05"].points == (0, -5, -10)
    assert behaviours()["AG-C08"].points == (0,)
    assert behaviours()["AG-E07"].text == "拒不配合行业主管部门依法检查"


@pytest.mark.parametrize("behaviour", TABLE, ids=lambda each: each.code)
def test_each_row_is_proposed_by_whom_the_table_says_and_by_nobody_else(behaviour):
    assert {behaviour.proposes, behaviour.decides} <= DUTIES
    rules.check_proposer(behaviour, {behaviour.proposes})
    with pytest.raises(NotPermitted):
        rules.check_proposer(behaviour, DUTIES - {behaviour.proposes})
    rules.check_decider(behaviour, {behaviour.decides})
    with pytest.raises(NotPermitted):
        rules.check_decider(behaviour, DUTIES - {behaviour.decides})


@pytest.mark.parametrize("behaviour", TABLE, ids=lambda each: each.code)
def test_each_row_counts_nothing_without_a_text_in_law(behaviour):
    plain = rules.effect(behaviour)
    assert plain.points == (0,)
    assert plain.article == ""
    assert plain.measure == ("提醒" if behaviour.party is Party.AGENCY else "效能提示")
    named = rules.effect(behaviour, "《某条例》第三条", 90)
    if behaviour.party is Party.AGENCY:
        assert (named.points, named.measure) == (behaviour.points, behaviour.measure)
        assert named.cap_days == 90
    else:
        assert named == plain


@pytest.mark.parametrize("behaviour", TABLE, ids=lambda each: each.code)
def test_no_row_is_in_force_for_longer_than_it_may_be_shown(behaviour):
    most = {Grade.SERIOUS: 12, Grade.GRAVE: 36}.get(behaviour.grade, 36)
    assert 0 <= behaviour.months <= most
    low, high = {
        Grade.MINOR: (-5, 0),
        Grade.SERIOUS: (-10, 0),
        Grade.GRAVE: (-20, 0),
        Grade.MERIT: (1, 5),
        Grade.FAULT: (0, 0),
    }[behaviour.grade]
    assert all(low <= point <= high for point in behaviour.points)


def test_every_behaviour_has_its_english():
    assert list(english()) == list(behaviours())
    assert all(text.isascii() and text for text in english().values())


def test_of_several_points_the_penalty_s_own_document_says_which():
    known = rules.effect(behaviours()["AG-C05"], "《某条例》第三条")
    assert rules.points_of(known, -5) == -5
    for asked in (None, -7):
        with pytest.raises(Invalid) as no:
            rules.points_of(known, asked)
        assert (no.value.code, no.value.field) == ("credit.points", "points")
    assert rules.points_of(rules.effect(behaviours()["AG-C05"]), None) == 0


@pytest.mark.parametrize(
    "grade, days",
    [(Grade.MINOR, 0), (Grade.SERIOUS, 90), (Grade.GRAVE, 365)],
)
def test_a_repair_may_be_asked_for_after_0_90_and_365_days(grade, days):
    decided = dt.date(2026, 4, 1)
    first = decided + dt.timedelta(days=days)
    assert rules.repairable_from(grade, decided) == first
    rules.check_repairable(grade, decided, first, again=False)
    with pytest.raises(Refusal) as no:
        rules.check_repairable(grade, decided, first - dt.timedelta(days=1), again=False)
    assert no.value.code == "credit.repair_early"
    with pytest.raises(Refusal) as no:
        rules.check_repairable(grade, decided, first, again=True)
    assert no.value.code == "credit.repair_again"


@pytest.mark.parametrize("grade", [Grade.MERIT, Grade.FAULT])
def test_a_merit_and_a_body_s_fault_are_not_repaired(grade):
    assert rules.repairable_from(grade, TODAY) is None
    with pytest.raises(Refusal) as no:
        rules.check_repairable(grade, TODAY, TODAY, again=False)
    assert no.value.code == "credit.not_repairable"


@pytest.mark.parametrize(
    "given, code",
    [
        ({"article": " "}, "credit.basis_article"),
        ({"article": "长" * 201}, "credit.basis_article"),
        ({"cap_days": 0}, "credit.basis_cap"),
        ({"cap_days": 1096}, "credit.basis_cap"),
        ({"source": Source.NONE, "cap_days": 5}, "credit.basis_cap"),
        ({"in_force_from": TODAY}, "credit.basis_future"),
        ({"behaviour": behaviours()["OW-F01"]}, "credit.basis_not_agency"),
    ],
)
def test_a_basis_names_its_article_and_begins_later(given, code):
    whole = {
        "behaviour": behaviours()["AG-E03"],
        "source": Source.PROVINCIAL,
        "article": "《某办法》第三十条",
        "cap_days": 180,
        "in_force_from": TODAY + dt.timedelta(days=1),
        "today": TODAY,
    }
    rules.check_basis(**whole)
    with pytest.raises(Invalid) as no:
        rules.check_basis(**{**whole, **given})
    assert no.value.code == code


# --- marks ---------------------------------------------------------------------------------
def act(key, points, on, months, **more):
    return Counted(key, points, dt.date.fromisoformat(on), months, **more)


def test_the_worked_example_bs_25():
    acts = [
        act("AG-C01", -5, "2026-08-20", 12),
        act("AG-P03", -8, "2025-09-10", 24, repaired_on=dt.date(2026, 6, 1)),
        act("AG-H01", 2, "2026-06-15", 12),
        act("AG-D01", -3, "2025-10-20", 12),
    ]
    found = rules.score(acts, TODAY, repaired_share=50)
    assert (found.marks, found.band) == (93_00, Band.A)
    assert [line.key for line in found.lines if line.reason == "expired"] == ["AG-D01"]
    ours = rules.score(acts, TODAY)
    assert ours.marks == 97_00


def test_an_act_counts_until_the_day_before_its_months_are_over():
    one = [act("AG-D01", -3, "2025-10-20", 12)]
    assert rules.score(one, dt.date(2026, 10, 19)).marks == 97_00
    assert rules.score(one, dt.date(2026, 10, 20)).marks == 100_00
    assert rules.score(one, dt.date(2025, 10, 19)).marks == 100_00


def test_merits_add_ten_at_most_and_an_appeal_holds_six_and_more():
    merits = [act(f"H{n}", 5, "2026-11-01", 12) for n in range(4)]
    found = rules.score(merits, TODAY)
    assert (found.marks, found.capped) == (110_00, -10_00)
    held = [act("AG-E03", -20, "2026-11-01", 36, is_suspended=True)]
    assert rules.score(held, TODAY).marks == 100_00
    assert rules.is_suspended(-6, CreditState.APPEALED)
    assert not rules.is_suspended(-5, CreditState.APPEALED)
    assert not rules.is_suspended(-20, CreditState.IN_FORCE)


def test_a_newcomer_has_the_mean_of_those_with_a_history():
    assert rules.mean([]) is None
    assert rules.mean([93_00, 100_00, 88_01]) == 93_67
    assert rules.score([], TODAY, is_new=True).band is Band.NEW


POINTS = st.lists(st.tuples(st.integers(-20, 5), st.integers(0, 36)), max_size=12)


@given(POINTS)
def test_marks_stay_between_0_and_110_and_explain_themselves(rows):
    acts = [
        Counted(str(n), points, dt.date(2026, 1, 15), months)
        for n, (points, months) in enumerate(rows)
    ]
    found = rules.score(acts, TODAY)
    assert 0 <= found.marks <= 110_00
    assert found.marks == 100_00 + sum(line.marks for line in found.lines) + found.capped


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 60))
def test_months_go_on_by_the_calendar(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert months_after(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
