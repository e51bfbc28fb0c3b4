"""An entry sent by form against a POST that only parses and answers: the same cookie, form, token
and redirect.

Through HTTP: each stands behind gunicorn with the product's own settings and gets the same requests
over the same number of connections. Seconds on the wall, since an entry waits for the disk before
it is answered.
"""

import itertools
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterator

from flask import Flask, redirect
from flask_wtf import CSRFProtect, FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired

from bench import deadline_rush, load, volume
from bench.harness import Result, at_least, wall
from market.factory import create_app

GOAL = 0.40
TOGETHER = 60  # entries a round
CONNECTIONS = 16
ENTRANTS = TOGETHER * 50  # for every round of every try
COOKIE = "market"


def run(quick: bool) -> Iterator[Result]:
    """One row for each database: entries a second, as a share of the floor's."""
    for name, place in (
        ("SQLite FULL", deadline_rush.sqlite),
        ("PostgreSQL", deadline_rush.postgresql),
    ):
        with tempfile.TemporaryDirectory() as folder, place(pathlib.Path(folder)) as url:
            app = create_app(
                {
                    "INSTANCE": folder,
                    "SQLALCHEMY_DATABASE_URI": url,
                    "SECRET_KEY": deadline_rush.SECRET,
                }
            )
            volume.build(app, volume.Size(50, ENTRANTS, entries=False))
            with app.app_context():
                tokens = deadline_rush.prepare(pathlib.Path(folder), ENTRANTS)
                deadline_rush.close_at(deadline_rush.soon(seconds=3600))
            deadline_rush.leave(app)
            requests = [
                deadline_rush.entry_request(app, "localhost", token, place)
                for place, token in enumerate(tokens)
            ]
            with (
                deadline_rush.served(pathlib.Path(folder), url) as product,
                deadline_rush.served(
                    pathlib.Path(folder), url, "bench.entry_post:floor()"
                ) as floor,
            ):
                yield at_least(
                    f"an entry through HTTP, {name}",
                    wall(sending(product, iter(requests))),
                    wall(sending(floor, itertools.cycle(requests))),
                    share=GOAL,
                    quick=quick,
                )


def sending(port: int, requests: Iterator[bytes]) -> Callable[[], None]:
    """Send the next ones at once; what is answered must be a redirect to the receipt."""

    def send() -> None:
        shots = [load.Shot(0.0, request) for request in itertools.islice(requests, TOGETHER)]
        answers = load.fire("127.0.0.1", port, shots, CONNECTIONS)
        if wrong := [answer for answer in answers if answer.status != 303]:
            raise RuntimeError(
                f"{len(wrong)} of {len(answers)} answered otherwise: {wrong[0].status}"
            )

    return send


def floor() -> Flask:
    """The least program that takes this form: the session is opened, the token and the fields are
    checked.
    """
    app = Flask("floor")
    app.config.update(SECRET_KEY=os.environ["MARKET_SECRET_KEY"], SESSION_COOKIE_NAME=COOKIE)
    CSRFProtect(app)

    class Entry(FlaskForm):
        once = HiddenField()
        again = HiddenField()
        quote_fen = StringField(validators=[InputRequired()])
        pledge = BooleanField(validators=[InputRequired()])

    @app.get("/healthz")
    def healthz() -> str:
        return "well"

    @app.post("/notices/<number>/entry")
    def enter(number: str) -> Response:
        if not Entry().validate_on_submit():
            raise RuntimeError("the form is not right")
        return redirect("/entries/BM-0000-0000", 303)

    return app
