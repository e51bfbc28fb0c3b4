"""The log's addresses: one spelling each, and an answer that a program can read when something is
wrong.
"""

import pytest

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    "path",
    [
        "/log/tile/０/000",
        "/log/tile/00/000",
        "/log/entries/０",
        "/log/entries/00",
        "/log/entries/٠.json",
        "/log/receipts/00.tlog-proof",
        "/draws/XQ-３60481-2026-00001",
    ],
)
def test_a_number_has_one_spelling(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/log/proof/inclusion?index=x&size=1", 400),
        ("/log/proof/consistency?from=9&to=1", 400),
        ("/log/tile/0/900", 404),
        ("/log/receipts/900.tlog-proof", 404),
    ],
)
def test_a_program_is_answered_as_one(client, path, status):
    answer = client.get(path, headers={"Accept": "*/*"})
    assert (answer.status_code, answer.is_json) == (status, True)
    assert answer.json["message"].endswith("。")
    assert client.get(path, headers={"Accept": BROWSER}).mimetype == "text/html"


def test_what_no_room_refuses_is_a_sentence_too(client):
    assert client.get("/draws/nope/evidence.json").json == {
        "error": "http.404",
        "message": "没有找到这一页。请核对网址或编号；已发布的公告不会被删除，可以用编号搜索。",
    }
    assert (
        client.post("/draws.json").json["message"]
        == "不能这样打开这一页。请从页面上的链接或按钮进入。"
    )
    large = client.post(
        "/draws/XQ-360481-2026-00001/sources/op-chain-1", json={"value": "0" * 3_000_000}
    )
    assert (large.status_code, large.is_json) == (413, True)
