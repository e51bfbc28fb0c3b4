"""Deeds by people who have before them what they sign, as it is now."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from market.db import Work, in_one_transaction
from market.kernel.actor import Actor
from market.kernel.shown import looking
from tests.factories.accounts import Form, forms


def do(act: Callable[..., Any], who: Actor, **given: Any) -> Any:
    """One use case in its transaction; a deed that signs something carries what is shown now."""

    def looked_at(work: Work) -> Any:
        return act(work, **looking(act, work, given))

    return in_one_transaction(looked_at, who)


class Tab:
    """A page that somebody has open while the world goes on: its form is sent as it was shown."""

    def __init__(self, client: FlaskClient, url: str, to: str | None = None) -> None:
        self.client = client
        self.to = to
        answer = client.get(url)
        assert answer.status_code == 200, f"GET {url}: {answer.status_code}"
        self.form = self.read(answer.text)
        self.url = self.form.action or url

    def read(self, page: str) -> Form:
        """The form of this tab's deed on a page."""
        return next(
            form
            for form in reversed(forms(page))
            if form.method == "post"
            and "/sign-out" not in form.action
            and self.to in (None, form.action)
        )

    def send(self, **typed: object) -> TestResponse:
        """Press the button."""
        return self.client.post(self.url, data={**self.form.fields, **typed})
