"""Rules of the rooms beside a form's own checks, so that everything wrong is told at once."""

import datetime as dt
from collections.abc import Callable

from flask import current_app
from flask_babel import gettext
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from market.fabric import fabric
from market.kernel.clock import local_date
from market.kernel.errors import Refusal
from market.web.errors import words_of
from market.web.widgets import Required, plain_label


class Owed:
    """Marks a field that may be empty in a draft and is owed before it is handed in."""

    field_flags = {"owed": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Nothing: the rules of handing in ask for it."""


class Ruled:
    """Ask a rule about what a field holds; its refusal is the field's error, in the rule's words.
    What is empty or could not be read has its own sentence already.
    """

    def __init__(self, rule: Callable[..., object]) -> None:
        self.rule = rule

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not field.errors and field.data not in (None, ""):
            hold(self.rule, field.data)


def hold(rule: Callable[..., object], *values: object) -> None:
    """Raise a rule's refusal as a field's error."""
    try:
        rule(*values)
    except Refusal as no:
        raise ValidationError(words_of(current_app, no)) from no


def today() -> dt.date:
    """The date on the wall of a Chinese office."""
    return local_date(fabric().clock.now())


class RequiredUnless(Required):
    """A field that is owed, marked as such, unless a box is ticked."""

    def __init__(self, box: str, message: str | None) -> None:
        super().__init__(message)
        # the browser must not insist
        self.box = box
        self.field_flags = {}

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not form[self.box].data or any(str(typed).strip() for typed in field.raw_data or ()):
            super().__call__(form, field)


class OwedOnce(Required):
    """Owed, and marked so, until it is there: the form knows whether it is (`is_known`)."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not form.is_known():
            super().__call__(form, field)


class FewLines:
    """Refuse more than so many lines, or one that is longer than so many characters."""

    def __init__(self, most: int, longest: int) -> None:
        self.most = most
        self.longest = longest

    def __call__(self, form: BaseForm, field: Field) -> None:
        if len(field.data or ()) > self.most or any(
            len(line) > self.longest for line in field.data or ()
        ):
            raise ValidationError(
                gettext(
                    "“%(label)s”最多 %(most)s 行，每行最多 %(longest)s 个字",
                    label=plain_label(field),
                    most=self.most,
                    longest=self.longest,
                )
            )
