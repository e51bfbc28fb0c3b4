"""The token of what a page shows: it fits what was shown, and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.kernel.errors import Refusal
from market.kernel.shown import (
    LEGIBLE,
    Changed,
    Difference,
    another_person,
    check_shown,
    looking,
    seen,
    signs,
    token,
)

NOTICE = {"notice.id": 7, "notice.ceiling_fen": 24_300_000, "notice.title": "放线"}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=2 * LEGIBLE),
    st.lists(st.text(max_size=5), max_size=3),
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)),
)
PARTS = st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=5)


@given(PARTS)
def test_what_was_shown_may_be_signed(parts):
    check_shown(token(parts), dict(reversed(parts.items())))


@given(PARTS, PARTS)
def test_anything_else_is_refused(before, now):
    if token(before) == token(now):
        return
    with pytest.raises(Changed) as no:
        check_shown(token(before), now)
    assert {each.part for each in no.value.differences} <= before.keys() | now.keys()


@given(st.text(max_size=200))
def test_what_no_page_wrote_is_refused_without_a_word_about_the_parts(typed):
    with pytest.raises(Changed) as no:
        check_shown(typed, NOTICE)
    assert no.value.differences == ()
    assert no.value.status == 409


def test_a_change_is_named_with_its_short_values():
    with pytest.raises(Changed) as no:
        check_shown(token(NOTICE), {**NOTICE, "notice.ceiling_fen": 29_900_000})
    assert no.value.differences == (Difference("notice.ceiling_fen", "24300000", "29900000"),)


def test_a_long_text_is_told_apart_to_its_last_character_without_being_carried():
    long = "字" * 8_000
    with pytest.raises(Changed) as no:
        check_shown(token({"content": long}), {"content": long[:-1] + "学"})
    assert no.value.differences == (Difference("content", None, None),)
    assert len(token({"content": long})) < 200


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (1, "1"),
        (None, ""),
        (True, 1),
        (["a", "b"], ["b", "a"]),
        (dt.date(2026, 3, 4), dt.date(2026, 3, 5)),
        ({"title": ["甲", "乙"]}, {"title": ["甲", "丙"]}),
    ],
)
def test_values_that_only_look_alike_are_told_apart(before, now):
    assert token({"part": before}) != token({"part": now})


def test_an_instant_is_the_same_in_every_zone():
    here = dt.datetime(2026, 3, 4, 18, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert token({"at": here}) == token({"at": here.astimezone(dt.UTC)})


def test_what_cannot_be_written_in_one_way_is_a_fault_of_the_rooms():
    with pytest.raises(TypeError):
        token({"part": object()})


def test_a_deed_says_what_it_is_about():
    @signs(lambda work, number: {"number": number, "work": work}, key="number")
    def sign(work: object, *, number: int, shown: str) -> None: ...

    assert seen(sign, "w", 3) == token({"number": 3, "work": "w"})
    assert looking(sign, "w", {"number": 3})["shown"] == seen(sign, "w", 3)
    assert looking(sign, "w", {"number": 3, "shown": "old"})["shown"] == "old"
    assert seen(len, "w", 3) == ""
    assert looking(len, "w", {"number": 3}) == {"number": 3}


def test_the_second_person_is_another():
    with pytest.raises(Refusal, match="notice.same_person"):
        another_person(7, 3, 7, code="notice.same_person")
    another_person(7, 3, None, code="notice.same_person")
    another_person(None, None, code="notice.same_person")
