"""Numbers of documents as people type them."""

import pytest

from market.kernel import papers

ONE = "国办发明电〔2025〕7号"


@pytest.mark.parametrize("opening, closing", list(zip(papers.OPENING, papers.CLOSING, strict=True)))
def test_brackets_of_every_kind_are_those_of_a_document(opening, closing):
    assert papers.number(f"国办发明电{opening}2025{closing}7号") == ONE


@pytest.mark.parametrize(
    "typed",
    [
        ONE,
        "国办发明电[2025]7号",
        " 国办发明电 [2025] 7 号 ",
        "国办发明电［２０２５］７号",
        "国办发明电\u200b(2025)7",
        "国办发明电〔2025〕第7号",
        "国办发明电〔2025〕07号",
    ],
)
def test_a_number_is_kept_in_one_form(typed):
    assert papers.number(typed) == ONE


@pytest.mark.parametrize(
    "typed",
    [
        "7号",
        "〔2025〕7号",
        "国办发明电2025 7号",
        "国办发明电[25]7号",
        "国办发明电[2025]号",
        "九号",
        "",
    ],
)
def test_what_is_no_number_of_a_document(typed):
    assert papers.number(typed) is None
