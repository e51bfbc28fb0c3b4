"""One look at a leaf says that its bytes are in their one spelling only when a full reading says so too."""

import pytest

from verify.zjcs import leaves
from verify.zjcs.canonical import jcs
from verify.zjcs.faults import Fault
from verify.zjcs.glance import glance

FIELDS = {"v": 1, "type": "complaint.filed", "subject": "TS-1", "at": 5}
GOOD = [  # type: ignore[var-annotated]
    jcs({**FIELDS, **more})
    for more in ({}, {"list": [1, "a", None, True]}, {"n": -3}, {"empty": []}, {"text": "a:b,{c}"})
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
