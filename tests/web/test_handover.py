"""A connection that a view hands over, behind a real gunicorn."""

import importlib.metadata
import inspect
import pathlib

import pytest
from gunicorn.http import wsgi
from gunicorn.workers import gthread

from tests.gunicorn import served

ROOT = pathlib.Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def server():
    with served("tests.web.handing:app", WEB_THREADS="2") as server:
        yield server


def ask(server, path, *more, version="1.1", method="GET"):
    connection = server.connect()
    head = [f"{method} {path} HTTP/{version}", "Host: localhost", *more]
    connection.sendall("\r\n".join([*head, "", ""]).encode())
    return connection


def whole(connection, first=b""):
    """Head and body of an answer that ends with its connection, of which `first` was read."""
    with connection:
        text = first + b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = text.partition(b"\r\n\r\n")
    return head.decode("latin-1").lower(), body


def say(server, to):
    return whole(ask(server, f"/say?to={to}", "Connection: close"))[1]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("size", [0, 5, 300_000])
def test_what_is_said_later_follows_what_was_answered(server, version, size):
    taken = ask(server, f"/take?size={size}", version=version)
    first = b""
    while len(first) < size:  # What the kernel does not hold keeps a thread until it is sent.
        first += taken.recv(65536)
    assert say(server, 1) == b"1"
    head, body = whole(taken, first)
    assert body == b"x" * size + b"later"
    assert "connection: close" in head
    assert "transfer-encoding" not in head
    assert "content-length" not in head


def test_more_are_taken_than_there_are_threads(server):
    taken = [ask(server, "/take") for _ in range(20)]
    assert say(server, 20) == b"20"
    assert {whole(each)[1] for each in taken} == {b"xxxxxlater"}


@pytest.mark.parametrize("status", [500, 404, 204])
def test_only_a_good_answer_goes_over(server, status):
    head, body = whole(ask(server, f"/take?status={status}", "Connection: close"))
    assert f" {status} " in head.splitlines()[0]
    assert b"later" not in body
    assert say(server, 0) == b"0"


def test_other_answers_keep_their_connection(server):
    connection = ask(server, "/healthz")
    for _ in range(3):
        text = b""
        while not text.endswith(b"well"):
            text += connection.recv(65536)
        assert b"keep-alive" in text
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    connection.close()


def test_who_has_gone_costs_nobody_anything(server):
    for _ in range(5):
        ask(server, "/take").close()
    assert say(server, 5) == b"5"
    assert whole(ask(server, "/healthz", "Connection: close"))[1] == b"well"


def test_it_leans_on_names_that_gunicorn_does_not_promise():
    """Whoever raises the pin reads the worker anew (market/web/handover.py)."""
    pin = f"gunicorn=={importlib.metadata.version('gunicorn')}\n"
    assert pin == "gunicorn==27.0.1\n"
    assert pin in (ROOT / "requirements.txt").read_text()
    assert {"chunked", "status", "must_close"} <= vars(wsgi.Response(None, None, None)).keys()
    assert "self.status_code" in inspect.getsource(wsgi.Response.start_response)
    assert "self.chunked" in inspect.getsource(wsgi.Response.close)
    worker = gthread.ThreadWorker
    assert list(inspect.signature(worker.finish_request).parameters) == ["self", "conn", "fs"]
    assert "self.wsgi(environ, resp.start_response)" in inspect.getsource(worker.handle_request)
    assert "self.nr_conns -= 1" in inspect.getsource(worker.finish_request)
    assert '"gunicorn.socket": sock' in inspect.getsource(wsgi)
