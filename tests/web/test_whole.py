"""How far a request reaches, seen from its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.web import whole, wire

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@given(st.integers(0, whole.BODY_LIMIT), st.integers(0, 5_000))
def test_a_form_reaches_as_far_as_its_head_says(length, spaces):
    head = HEAD + b"Content-Length:" + b" " * spaces + str(length).encode() + b"\r\n\r\n"
    assert whole.extent(head) == whole.Extent(len(head) + length, is_form=True)
    for cut in range(1, len(head), 97):
        assert whole.extent(head[:cut]) is whole.UNKNOWN


@pytest.mark.parametrize(
    "unusual",
    [
        b"Transfer-Encoding: chunked",
        b"transfer-encoding : chunked",
        b"Expect: 100-continue",
        b"Upgrade: h2c",
        b"HTTP2-Settings: x",
        b"Content-Length: 3\r\nContent-Length: 3",
        b"Content-Length: 3, 3",
        b"Content-Length: -3",
        b"Content-Length: 0x3",
        b"Content-Length : 3",
        b"Content-Length:",
        b"Content-Length: 99999999999999999999",
        b"Content-Length: 99999999",
    ],
)
def test_what_is_unusual_is_left_to_the_parser(unusual):
    begun = HEAD + unusual + b"\r\n\r\nabc"
    assert whole.extent(begun) == whole.Extent(len(begun), is_sure=False, is_form=True)


def test_a_page_is_whole_at_the_end_of_its_head():
    page = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
    assert whole.extent(page + b"GET /b") == whole.Extent(len(page))
    assert whole.extent(b"") is whole.UNKNOWN
    assert not whole.extent(b"\r\n\r\n").is_sure
    assert whole.extent(b"x" * whole.HEAD_LIMIT) is whole.TOO_LONG


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3 * wire.IN_MEMORY // 2)), max_size=12))
def test_bytes_come_out_as_they_went_in(steps):
    """Whether they fit in memory or went to a file: in order, none lost, none twice."""
    held = wire.Held()
    expected = b""
    for number, (adds, size) in enumerate(steps):
        if adds:
            data = bytes([number]) * size
            held.add(data)
            expected += data
        else:
            taken = held.take(size)
            assert taken == expected[:size]
            expected = expected[len(taken) :]
        assert held.length == len(expected)
        assert held.first(50) == expected[:50]
    held.put_back(b"before")
    assert held.take(held.length + 1) == b"before" + expected
    held.drop()
    assert held.length == 0
