"""Rules of the rooms beside a form's own checks, so that everything wrong is told at once."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from wtforms import Field
from wtforms.validators import ValidationError

from market.fabric import fabric
from market.kernel.clock import local_date
from market.kernel.errors import Refusal
from market.web.errors import words_of


class Ruled:
    """Ask a rule about what a field holds; its refusal is the field's error, in the rule's words.
    What is empty or could not be read has its own sentence already.
    """

    def __init__(self, rule: Callable[[Any], object]) -> None:
        self.rule = rule

    def __call__(self, form: Any, field: Field) -> None:
        if not field.errors and field.data not in (None, ""):
            hold(self.rule, field.data)


def hold(rule: Callable[..., object], *values: object) -> None:
    """Raise a rule's refusal as a field's error."""
    try:
        rule(*values)
    except Refusal as no:
        raise ValidationError(words_of(current_app, no)) from no


def today() -> Any:
    """The date on the wall of a Chinese office."""
    return local_date(fabric().clock.now())
