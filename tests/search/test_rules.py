"""Words, pairs and numbers, without app or database."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.kernel import ids, papers
from market.kernel.sought import plain, words
from market.search.rules import around, fts5, marked, pairs

DRAW = "XQ-360481-2026-00001"
NEXT = "GG-360481-2026-00012-2"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (DRAW, DRAW),
        ("ＸＱ－３６０４８１－２０２６－００００１", DRAW),
        ("xq-360481-2026-00001", DRAW),
        ("XQ‐360481‑2026–00001", DRAW),
        ("XQ—360481—2026—00001", DRAW),
        ("XQ－－360481 2026 00001", DRAW),
        ("XQ360481202600001", DRAW),
        ("XQ-360481-2026-00001。", DRAW),
        (" “XQ-360481-2026-00001”，", DRAW),
        ("XQ-360481\u200b-2026-00001", DRAW),
        ("XQ-360481-2026-1", DRAW),
        ("查一下 XQ-360481-2026-00001 的结果", DRAW),
        ("选取编号：XQ-360481-2026-00001", DRAW),
        ("TS-360481-2026-00003", "TS-360481-2026-00003"),
        ("YZ_360481_2026_00003", "YZ-360481-2026-00003"),
        ("TZ/360481/2026/00003", "TZ-360481-2026-00003"),
        ("RZ360481202600003", "RZ-360481-2026-00003"),
        (NEXT, NEXT),
        ("GG360481202600012-2", NEXT),
        ("GG3604812026000122", NEXT),
        ("GG-360481-2026-123456", "GG-360481-2026-123456"),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed, number):
    assert ids.typed(typed)[0] == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "XQ",
        "QQ-360481-2026-00001",
        "XQ-36048-2026-00001",
        "AXQ360481202600001",
        "桂林街道",
        "2026-00001",
    ],
)
def test_what_is_no_number_is_read_as_none(typed):
    assert ids.typed(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "瑞中选〔2026〕12号",
        "瑞中选[2026]12号",
        "瑞中选（2026）12号",
        "瑞中选【２０２６】１２号。",
        "瑞中选 2026 12",
        "瑞中选2026-12号",
        "瑞中选202612号",
        "瑞中选〔2026〕第012号",
    ],
)
def test_a_letters_number_is_read_however_it_is_typed(typed):
    assert papers.meant(typed) == "瑞中选〔2026〕12号"


@pytest.mark.parametrize("typed", ["", "瑞中选", "2026-12", "XQ-2026-12", "桂林街道 放线"])
def test_what_is_no_letters_number_is_none(typed):
    assert papers.meant(typed) is None


@pytest.mark.parametrize("typed", ["A000017", "ａ０００017", "a-000017。"])
def test_an_agencys_platform_number_is_read(typed):
    assert ids.typed_ref(typed) == "A000017"


@pytest.mark.parametrize(
    ("text", "as_compared"),
    [
        ("桂林街道  办公楼（一期）", "桂林街道 办公楼 一期"),
        ("ＡＢc-12", "abc 12"),
        ("⼯程\u200b测量", "工程测量"),
        ("m²与㎡", "m2与m2"),
        ("e\u0301tude", "étude"),
        ("。，-", ""),
    ],
)
def test_what_does_not_count_is_not_compared(text, as_compared):
    assert plain(text) == as_compared


def test_words_are_bounded_and_each_counts_once():
    assert words("放线 桂林街道　放线") == ("放线", "桂林街道")
    assert len(words(" ".join(str(number) for number in range(99)))) == 8
    assert words("、 。") == ()


def test_what_was_sought_is_marked_in_the_text_as_it_was_written():
    assert marked("桂林街道办公楼规划放线", ("放线", "桂林街道")) == [
        ("桂林街道", True),
        ("办公楼规划", False),
        ("放线", True),
    ]
    assert marked("ＡＢ㎡（甲）", ("b", "m2")) == [("Ａ", False), ("Ｂ㎡", True), ("（甲）", False)]
    assert marked("", ("甲",)) == []
    assert around("前" * 60 + "放线" + "后" * 60, ("放线",)).count("放线") == 1
    assert len(around("前" * 60 + "放线" + "后" * 60, ("放线",))) == 74
    assert around("放", ("放线",)) == ""


TITLES = st.text(st.sampled_from("桂林街道办公楼规划放线测a1 -（"), max_size=12)


@given(
    st.lists(TITLES, min_size=1, max_size=8),
    st.text(st.sampled_from("桂林街道办放线a1"), min_size=1, max_size=4),
)
def test_the_pairs_find_what_a_scan_finds(titles, word):
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE search USING fts5(pairs, tokenize='ascii')")
    index.executemany(
        "INSERT INTO search (rowid, pairs) VALUES (?, ?)",
        [(place, pairs(title)) for place, title in enumerate(titles)],
    )
    asked = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid"
    found = [row[0] for row in index.execute(asked, (fts5(words(word)),))]
    assert found == [place for place, title in enumerate(titles) if word in plain(title)]
