"""Values of a draw from anyone: what is taken, and what is refused with a sentence."""

import datetime as dt
import json

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as log
from market.selection.sources import queries as source_queries
from market.web.pace import REMEMBERED, Pace, TooOften
from tests.conftest import START
from tests.factories import selection as made
from tests.selection.promised import in_context, values

OPERATOR = made.OPERATOR_CHAIN
REGULATOR = made.REGULATOR_CHAIN


def test_anyone_hands_in_values_and_the_order_follows(client, app, waiting):
    draw, known = waiting
    first = client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": known[OPERATOR]})
    assert (first.status_code, first.json) == (
        200,
        {"draw": draw, "source": OPERATOR, "status": "waiting_value"},
    )
    again = client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": known[OPERATOR]})
    assert again.status_code == 200
    last = client.post(
        f"/draws/{draw}/sources/{REGULATOR}", data={"value": f" {known[REGULATOR]}\n"}
    )
    assert last.status_code == 303
    assert last.headers["Location"] == f"/draws/{draw}"
    assert "值已核对无误" in client.get(f"/draws/{draw}").text
    with app.app_context():
        assert source_queries.draw(reading(CLOCK), draw).seed
        assert (
            len([e for e in log.latest(reading(CLOCK), limit=50) if e.type == "source.value"]) == 2
        )
    assert (
        client.post(
            f"/draws/{draw}/sources/{OPERATOR}", json={"value": known[OPERATOR]}
        ).status_code
        == 200
    )
    other = client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": "0" * 64})
    assert (other.status_code, other.json["error"]) == (422, "draw.value_wrong")


BAD = [
    (None, {"value": "0" * 64}, 422, "draw.value_wrong"),
    (None, {"value": "0" * 63}, 422, "draw.value_malformed"),
    (None, {"value": "A" * 64}, 422, "draw.value_malformed"),
    (None, {"value": "\ud800" * 64}, 422, "draw.value_malformed"),
    (None, {"value": 5}, 400, "draw.value_shape"),
    (None, {"value": None}, 400, "draw.value_shape"),
    (None, {}, 400, "draw.value_shape"),
    (None, [], 400, "draw.value_shape"),
    (None, "x", 400, "draw.value_shape"),
    (None, {"value": "0" * 64, "more": 1}, 400, "draw.value_shape"),
    (None, {"round": 1, "signature": "0" * 96}, 422, "draw.value_malformed"),
    (None, {"round": True, "signature": "0" * 96}, 400, "draw.value_shape"),
    (None, {"round": 10**30, "signature": "0" * 96}, 400, "draw.value_shape"),
    (None, {"round": -1, "signature": "0" * 96}, 400, "draw.value_shape"),
    ("drand-quicknet", {"value": "0" * 64}, 404, "draw.no_source"),
    ("%F0%9F%98%80", {"value": "0" * 64}, 404, "draw.no_source"),
]


@pytest.mark.parametrize("source, body, status, code", BAD)
def test_a_bad_value_is_refused_with_a_sentence(client, app, waiting, source, body, status, code):
    draw, _ = waiting
    size = in_context(app, lambda: log.size(reading(CLOCK)))
    answer = client.post(f"/draws/{draw}/sources/{source or OPERATOR}", json=body)
    assert (answer.status_code, answer.json["error"]) == (status, code)
    assert answer.json["message"].endswith("。")
    assert in_context(app, lambda: log.size(reading(CLOCK))) == size


@pytest.mark.parametrize(
    "body, kind",
    [
        (b"{", "application/json"),
        (b"[" * 4000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"value=1&round=2", "application/x-www-form-urlencoded"),
        (b"", "text/plain"),
        (b"a" * 300, "multipart/form-data"),
    ],
)
def test_a_body_that_is_none_is_a_400(client, waiting, body, kind):
    draw, _ = waiting
    assert (
        client.post(f"/draws/{draw}/sources/{OPERATOR}", data=body, content_type=kind).status_code
        == 400
    )


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_an_oversized_body_is_refused(client, waiting, kind):
    draw, known = waiting
    body = (
        json.dumps({"value": known[OPERATOR], "x": "y" * 5000})
        if "json" in kind
        else f"value={'1' * 5000}"
    )
    assert (
        client.post(f"/draws/{draw}/sources/{OPERATOR}", data=body, content_type=kind).status_code
        == 413
    )


def test_a_person_sees_the_page_again_with_what_was_typed(client, waiting):
    draw, known = waiting
    wrong = known[OPERATOR][:-1] + ("0" if known[OPERATOR][-1] != "0" else "1")
    answer = client.post(f"/draws/{draw}/sources/{OPERATOR}", data={"value": wrong})
    assert answer.status_code == 422
    assert "这个值与事先公布的起点不符，不能采用。" in answer.text
    assert f'value="{wrong}"' in answer.text


def test_a_right_value_too_early_is_refused(client, app, notice):
    known = values(app, notice.draw_number)
    address = f"/draws/{notice.draw_number}/sources/{OPERATOR}"
    open_ = client.post(address, json={"value": known[OPERATOR]})
    assert (open_.status_code, open_.json["error"]) == (409, "draw.not_sealed")
    in_context(app, made.sealed, notice.number)
    early = client.post(address, json={"value": known[OPERATOR]})
    assert (early.status_code, early.json["error"]) == (409, "draw.value_not_due")
    assert early.json["message"] == "这个见证值约定于 2026-03-11 17:30:00 公布，时间未到。"


def test_an_unwitnessed_seal_takes_no_value(client, app, notice):
    known = values(app, notice.draw_number)
    with app.app_context():
        fabric(app).witness.answers = False
        made.sealed(notice.number)
        fabric().clock.instant = notice.draw_at
    early = client.post(
        f"/draws/{notice.draw_number}/sources/{OPERATOR}", json={"value": known[OPERATOR]}
    )
    assert (early.status_code, early.json["error"]) == (409, "draw.awaits_witness")


def test_one_address_is_paced(client, waiting):
    draw, known = waiting
    answers = [
        client.post(f"/draws/{draw}/sources/{OPERATOR}", json={"value": "0" * 64})
        for _ in range(11)
    ]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert answers[-1].json["message"] == "提交太频繁。请过 1 分钟再试。"
    other = client.post(
        f"/draws/{draw}/sources/{OPERATOR}",
        json={"value": known[OPERATOR]},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert other.status_code == 200


def test_a_pace_forgets_after_its_span_and_the_quietest_address():
    pace = Pace(2, 60)
    pace.check("a", START, "x")
    pace.check("a", START + dt.timedelta(seconds=59), "x")
    with pytest.raises(TooOften, match="x"):
        pace.check("a", START + dt.timedelta(seconds=59), "x")
    pace.check("a", START + dt.timedelta(seconds=60), "x")
    for other in range(REMEMBERED):
        pace.check(str(other), START, "x")
    pace.check("a", START + dt.timedelta(seconds=60), "x")
    with pytest.raises(TooOften):
        [pace.check(str(REMEMBERED - 1), START, "x") for _ in range(2)]


def test_every_other_post_still_needs_its_token(client, notice):
    assert client.post("/sign-in", data={}).status_code == 400
