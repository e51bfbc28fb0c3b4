"""One look at a leaf says that its bytes are in their one spelling only when a full reading says so too."""

import pytest

from verify.zjcs import glance as glancing
from verify.zjcs import leaves
from verify.zjcs.canonical import jcs
from verify.zjcs.faults import Fault
from verify.zjcs.glance import glance

FIELDS = {"v": 1, "type": "complaint.filed", "subject": "TS-1", "at": 5}
GOOD = [  # type: ignore[var-annotated]
    jcs({**FIELDS, **more})
    for more in (
        {},
        {"list": [1, "a", None, True]},
        {"n": -3},
        {"empty": []},
        {"text": "a:b,{c}"},
        {"window": "behind the version"},
    )
]
BAD = [
    b'{"at": 5,"subject":"x","type":"a.b","v":1}',
    b'{"subject":"x","at":5,"type":"a.b","v":1}',
    b'{"at":-0,"subject":"x","type":"a.b","v":1}',
    b'{"at":05,"subject":"x","type":"a.b","v":1}',
    b'{"at":5.0,"subject":"x","type":"a.b","v":1}',
    b'{"at":1e5,"subject":"x","type":"a.b","v":1}',
    b'{"at":5,"at":5,"subject":"x","type":"a.b","v":1}',
    b'{"subject":"x","type":"a\\u0062","v":1}',
    b'{"at":5,"subject":"x","type":"a.b","v":1} ',
    b'{"a":[1,],"subject":"x","type":"a.b","v":1}',
    b'{"a":[1 ,2],"subject":"x","type":"a.b","v":1}',
    b'{"a":NaN,"subject":"x","type":"a.b","v":1}',
    b'{"at":9007199254740992,"subject":"x","type":"a.b","v":1}',
    b'{"subject":"x","type":"a.b","v":2}',
]


@pytest.mark.parametrize("data", GOOD)
def test_it_passes_what_is_in_its_one_spelling(data):
    assert glance(data) == ("complaint.filed", 5)
    leaves.read_leaf(data)


@pytest.mark.parametrize("data", GOOD)
def test_it_passes_a_second_of_the_same_keys_by_its_own_pattern_alone(data):
    glance(data)
    other = data.replace(b"TS-1", b"TS-22").replace(b":5,", b":17,", 1)
    assert glance(other) == ("complaint.filed", 17)
    for wrong in (
        other.replace(b'"v":1', b'"v":2'),
        other.replace(b'"at":17', b'"at":017'),
        other.replace(b'"at":17', b'"at":-0'),
        other.replace(b'"subject":"TS-22"', b'"subject":"TS\\u002d22"'),
        other.replace(b'"at":17', b'"at":17,"at":17'),
        other.replace(b":", b": ", 1),
        other + b" ",
    ):
        assert wrong != other
        assert glance(wrong) is None


@pytest.mark.parametrize("at", [b'"5"', b"-5", b"99999999999999", b"null", b"[5]"])
def test_an_at_that_is_no_instant_is_one_more_value(at):
    data = GOOD[0].replace(b'"at":5', b'"at":' + at)
    assert glance(data) == glance(data) == ("complaint.filed", None)


def test_a_log_of_strange_keys_makes_no_more_patterns_than_are_kept():
    for place in range(glancing.SHAPES_OF_A_KIND + 5):
        data = jcs({**FIELDS, "type": "strange.kind", f"key{place}": 1})
        assert glance(data) == ("strange.kind", 5)
    assert len(glancing._shapes[b"strange.kind"]) == glancing.SHAPES_OF_A_KIND


@pytest.mark.parametrize("data", BAD)
def test_it_passes_nothing_that_a_full_reading_refuses(data):
    assert glance(data) is None
    with pytest.raises(Fault):
        leaves.read_leaf(data)


def test_what_it_cannot_judge_is_read_in_full():
    for more in ({"deep": {"a": 1}}, {"name": "瑞昌"}):
        data = jcs({**FIELDS, **more})
        assert glance(data) is None
        leaves.read_leaf(data)
