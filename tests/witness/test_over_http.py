"""The witness over HTTP."""

import http.client
import json
import threading
import urllib.error
import urllib.request

import pytest

from market_witness.server import serve
from tests.witness.heads import NOW, body, head
from verify.zjcs import draw, note


@pytest.fixture
def url(witness):
    """A witness served on a free port."""
    server = serve(witness, "127.0.0.1", 0)
    server.RequestHandlerClass.log_message = lambda *arguments: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(address, data=None, **headers):
    """(status, content type, text) of a request."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, data, headers), timeout=60
        ) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as no:
        return no.code, no.headers["Content-Type"], no.read().decode()


def test_the_protocol_over_http(url, witness):
    code, _, line = ask(f"{url}/add-checkpoint", body(0, 5).encode())
    assert (code, line[:2]) == (200, "— ")
    assert note.verify_signature(note.parse_note(head(5) + line), witness.vkey) == NOW
    assert ask(f"{url}/add-checkpoint", body(0, 9).encode()) == (409, "text/x.tlog.size", "5\n")
    assert len(json.loads(ask(f"{url}/cosignatures")[2])) == 1
    assert json.loads(ask(f"{url}/cosignatures?over=5")[2]) == []
    assert json.loads(ask(f"{url}/keys.json")[2]) == witness.keys()
    assert json.loads(ask(f"{url}/checkpoint")[2])["size"] == 5
    assert json.loads(ask(f"{url}/chain")[2])["n"] == 1000
    assert json.loads(ask(f"{url}/chain/value?slot=60")[2])["value"] == witness.value(60)["value"]
    code, _, text = ask(f"{url}/chain/value?slot=61")
    assert code == 403
    assert "is due at" in text


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("/nothing", None, 404),
        ("/nothing", b"x", 404),
        ("/chain/value", None, 400),
        ("/chain/value?slot=x", None, 400),
        ("/chain/value?slot=-1", None, 400),
        ("/chain/value?slot=1e9", None, 400),
        ("/chain/value?slot=0", None, 404),
        ("/chain/value?slot=99999999999999999999", None, 400),
        ("/cosignatures?over=%00", None, 400),
        ("/cosignatures?from=999", None, 200),
        ("/add-checkpoint", b"\xff", 400),
        ("/add-checkpoint", b"x" * 200_000, 413),
        ("/../chain.secret", None, 404),
        ("/witness.skey", None, 404),
    ],
)
def test_bad_input_over_http_is_a_sentence(url, path, data, expected):
    code, _, text = ask(url + path, data)
    assert code == expected
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("method", "status", "text"), [("HEAD", 200, ""), ("PUT", 501, "Unsupported method ('PUT')\n")]
)
def test_other_methods_are_answered_in_plain_text(url, method, status, text):
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
    connection.request(method, "/keys.json")
    answer = connection.getresponse()
    assert (answer.status, answer.read().decode()) == (status, text)
    assert "text/html" not in answer.headers["Content-Type"]
    connection.close()


def test_a_refusal_says_what_is_wrong_in_words(url):
    code, _, text = ask(f"{url}/add-checkpoint", b"old 0\n\nno note at all")
    assert (code, text) == (400, "the signed note is misshapen (note.shape)\n")


def test_no_page_shows_a_secret(url, witness):
    secrets = [witness.chain.secret.hex(), draw.value_at(witness.chain.secret, 1000, 61)]
    for path in (
        "/",
        "/keys.json",
        "/checkpoint",
        "/cosignatures",
        "/chain",
        "/chain/value?slot=60",
        "/chain/value?slot=61",
    ):
        text = ask(url + path)[2]
        assert not [each for each in secrets if each in text]
