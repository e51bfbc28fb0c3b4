"""Canonical JSON: the published documents that our schema allows, rfc8785 as oracle, and everything
else refused.
"""

import functools
import json
import unicodedata

import hypothesis.strategies as st
import pytest
import rfc8785
from hypothesis import given, settings

from tests.verify.node import script
from tests.verify.vectors import shared
from verify.zjcs.canonical import jcs, parse, parse_canonical
from verify.zjcs.faults import Fault

NFC = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F)).map(
    functools.partial(unicodedata.normalize, "NFC")
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | NFC,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=200)
@given(VALUES)
def test_equal_to_an_independent_implementation(value):
    assert jcs(value) == rfc8785.dumps(value)
    assert parse_canonical(jcs(value)) == value


def test_the_documents_of_rfc_8785():
    """Four lie outside our schema (floats, decomposed letters, keys that are not ASCII): those must
    be refused.
    """
    refused = []
    for case in shared("rfc8785_testdata.json"):
        try:
            assert jcs(parse(case["input_text"])).hex() == case["output_hex"]
        except Fault as fault:
            refused.append((case["name"], fault.code))
    assert refused == [
        ("french.json", "canonical.key"),
        ("structures.json", "canonical.float"),
        ("unicode.json", "canonical.nfc"),
        ("values.json", "canonical.float"),
        ("weird.json", "canonical.key"),
    ]


def test_the_numbers_of_rfc_8785():
    """Only integers within 2**53 - 1 in plain digits are numbers here."""
    for case in shared("rfc8785_appendix_b_numbers.json"):
        text = case["json"]
        if text.lstrip("-").isdigit() and abs(int(text)) < 2**53:
            assert jcs(parse(text)).decode() == text
        else:
            with pytest.raises(Fault):
                parse(text)


BAD = [
    '{"a":1,"a":2}',
    "1.0",
    "1e3",
    "NaN",
    "Infinity",
    "-Infinity",
    "9007199254740992",
    '"\\ud800"',
    '"A\\u030a"',
    '{"é":1}',
    "[1,]",
    "01",
    "",
    "[",
    '"\t"',
    "nul",
    "[1] 2",
    "[" * 3000 + "]" * 3000,
    '{"a" 1}',
    "{a:1}",
    "'a'",
]


@pytest.mark.parametrize("text", BAD)
def test_what_has_no_one_spelling_is_refused(text):
    with pytest.raises(Fault):
        parse(text)


@pytest.mark.parametrize(
    "text", ['{"b":1,"a":2}', '{"a": 1}', '"\\u0041"', "-0", '"\\/"', "[1,2]\n"]
)
def test_another_spelling_of_a_leaf_is_refused(text):
    parse(text)
    with pytest.raises(Fault, match="spelling"):
        parse_canonical(text.encode())


def test_javascript_refuses_the_same():
    answers = script(f"""
        import {{ jcs, parse, parseCanonical }} from "./canonical.js";
        const refuses = (action) => {{ try {{ action(); return false; }} catch (fault) {{ return Boolean(fault.code); }} }};
        const bad = {json.dumps(BAD)};
        console.log(JSON.stringify([bad.filter((text) => !refuses(() => parse(text))),
          refuses(() => parseCanonical('{{"b":1,"a":2}}')), refuses(() => parseCanonical("-0")),
          refuses(() => parseCanonical('"\\\\u0041"')), jcs(parse('{{"b":[1,true,null],"a":"中"}}'))]));""")
    assert answers == [[], True, True, True, '{"a":"中","b":[1,true,null]}']


@pytest.mark.parametrize("value", [1.5, b"x", {1: 2}, object(), {"a": {"é": 1}}])
def test_values_outside_the_schema_have_no_spelling(value):
    with pytest.raises(Fault):
        jcs(value)
