"""The load generator: every planned request is sent once, in time, and its answer kept."""

from flask import Flask, request

from bench import load
from tests.conftest import LiveServer


def test_every_shot_is_answered_in_its_own_place_and_at_its_time():
    app = Flask(__name__)
    seen = []

    @app.post("/")
    def take():
        seen.append(request.form["n"])
        return request.form["n"], 200 if int(request.form["n"]) % 2 else 409

    server = LiveServer(app)
    try:
        port = int(server.url.rsplit(":", 1)[1])
        shots = [
            load.Shot(n / 100, load.post("/", "127.0.0.1", "", b"n=%d" % n)) for n in range(40)
        ]
        answers = load.fire("127.0.0.1", port, shots, connections=4)
    finally:
        server.stop()
    assert [answer.body for answer in answers] == [b"%d" % n for n in range(40)]
    assert [answer.status for answer in answers] == [200 if n % 2 else 409 for n in range(40)]
    assert sorted(seen, key=int) == [str(n) for n in range(40)]
    assert all(answer.sent_at >= n / 100 for n, answer in enumerate(answers))


def test_a_server_that_is_not_there_is_status_0_and_not_a_crash():
    (answer,) = load.fire("127.0.0.1", 1, [load.Shot(0, b"x")], connections=1)
    assert answer.status == 0


def test_percentiles_of_known_numbers():
    assert load.percentile([float(n) for n in range(1, 102)], 99) == 100
