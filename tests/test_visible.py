"""What of a text can be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.kernel import visible
from market.kernel.errors import Invalid

UNSEEN = (
    "\u200b",  # zero-width blank
    "\u200d",  # joiner
    "\u00ad",  # soft hyphen
    "\ufeff",  # byte order mark
    "\u2060",  # word joiner
    "\u3164",  # hangul filler
    "\u115f",
    "\u034f",
    "\ufe0f",  # variation selector
    "\U000e0100",
    "\U000e0041",  # tag
    "\u2064",
    "\u180e",
    "\U0001bca0",
    "\ufff9",  # of ruby, with nothing to stand over
    "\U00013430",  # joiner of hieroglyphs
    "\uffff",
    "\ufdd0",
)
BLANK = (
    "\x1b",
    "\x85",
    " ",
    "\t",
    "\n",
    "\u3000",
    "\u00a0",
    "\u2028",
    "\u2800",
    "\u2003",
    "\u0301",
    "\U0001d159",
)
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WORDS = st.text(st.sampled_from("项目a1。-"), min_size=1, max_size=8)
NOTHING = st.text(st.sampled_from((*UNSEEN, *BLANK, *TURNING)), max_size=20)


@given(NOTHING)
def test_a_text_of_unseen_signs_and_blanks_is_none(text):
    assert not visible.shows(text)
    assert visible.trimmed(text) == visible.line(text) == ""


@given(NOTHING, WORDS, NOTHING)
def test_one_visible_sign_makes_a_text(before, words, after):
    assert visible.shows(before + words + after)
    assert words in visible.trimmed(before + words + after)


@given(st.text(st.characters(min_codepoint=128, exclude_categories=("Cs", "Cn", "Co"))))
def test_every_format_sign_is_known_or_has_a_shape(text):
    """Those that Unicode gives a shape: number signs of Arabic and the like."""
    for sign in text:
        if unicodedata.category(sign) == "Cf" and visible.compared(sign):
            name = unicodedata.name(sign)
            assert name.startswith(("ARABIC", "SYRIAC", "KAITHI")), f"{name} would count as a text"


@given(WORDS, st.sampled_from(UNSEEN), WORDS)
def test_a_line_drops_what_cannot_be_seen(left, sign, right):
    kept = visible.line(left + sign + right)
    if unicodedata.category(sign) == "Mn" and visible.SHAPED.search(left[-1] + sign):
        assert kept == left + sign + right
    else:
        assert kept.replace(" ", "") == left + right


@pytest.mark.parametrize("name", ["葛\U000e0100城", "辻\U000e0101", "神\ufe00"])
def test_the_shape_of_an_ideograph_stays_in_a_name(name):
    assert visible.line(name) == visible.trimmed(name) == name


def test_what_stands_inside_a_longer_text_stays():
    family = "一家人👨\u200d👩\u200d👧"
    assert visible.trimmed(f" {family}\n") == family


@pytest.mark.parametrize("mark", TURNING)
def test_a_direction_mark_is_refused_at_any_depth(mark):
    for value in (f"项目{mark}名", {"a": [{"b": mark + "x"}]}, [mark]):
        with pytest.raises(Invalid) as no:
            visible.check(value, field="title")
        assert (no.value.code, no.value.field) == ("text.turned", "title")


def test_what_is_kept_shows_something_or_is_empty():
    visible.check({"a": ["", "x", None, 1]}, field="title")
    with pytest.raises(Invalid) as no:
        visible.check(["\u200b" * 20], field="title")
    assert no.value.code == "text.unseen"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("瑞昌城投（集团）有限公司", "瑞昌城投(集团)有限公司"),
        ("①号", "1号"),
        ("㎡", "m2"),
        ("ＡＢ公司", "ab 公司"),
        ("青山\u200b测绘", "青山测绘"),
    ],
)
def test_names_are_compared_folded_and_never_kept_so(one, other):
    assert visible.folded(one) == visible.folded(other)
    assert visible.line(one).replace("\u200b", "") == one.replace("\u200b", "")


@pytest.mark.parametrize("name", ["城投（集团）", "城投(集团)"])
@pytest.mark.parametrize("asked", ["（集团）", "(集团)", "投（集"])
def test_a_search_finds_a_name_with_brackets_of_either_width(name, asked):
    assert any(way in name for way in visible.ways(asked))
