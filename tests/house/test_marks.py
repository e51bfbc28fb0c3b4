"""What a form marks as owed or optional is what its validators ask."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
)

from market.enrolment.forms import BasicsForm
from market.enrolment.rules import Basics, missing
from market.selection.notices.forms import NoticeForm
from market.selection.notices.rules import publication
from market.web.forms import Form
from market.web.ruled import Owed
from market.web.widgets import is_required

EITHER = {("Import", "file")}  # a file or its text in the other field: each alone may be empty


def every(kind: type[Form]) -> set[type[Form]]:
    return {kind}.union(*(every(sub) for sub in kind.__subclasses__()))


def empty(kind: type[Form]) -> Form:
    """The form as it comes back with nothing filled in."""
    unsent = (BooleanField, SelectMultipleField, FileField, RadioField)
    names = [field.name for field in kind(formdata=None) if not isinstance(field, unsent)]
    form = kind(formdata=MultiDict({"nothing": "1", **dict.fromkeys(names, "")}))
    for field in form:
        if isinstance(field, SelectField | SelectMultipleField) and not field.choices:
            field.choices = []
    form.validate()
    return form


def test_no_field_is_called_optional_that_is_refused_empty_nor_the_other_way_round(app):
    wrong = []
    with app.test_request_context(method="POST"):
        for kind in every(Form):
            for field in empty(kind):
                if isinstance(field, HiddenField) or field.name == "csrf_token":
                    continue
                is_made = isinstance(field, RadioField | SelectField) and not isinstance(
                    field, SelectMultipleField
                )  # A choice that is always made is not optional, and cannot be left out.
                owed_later = any(isinstance(check, Owed) for check in field.validators)
                if (kind.__name__, field.name) in EITHER:
                    continue
                if bool(field.errors) != is_required(field) and not (
                    is_required(field) and (is_made or owed_later)
                ):
                    wrong.append((kind.__name__, field.name, field.errors, is_required(field)))
    assert not wrong


def test_what_an_application_owes_is_marked_in_its_form(app):
    with app.test_request_context(method="POST"):
        marked = {field.name for field in empty(BasicsForm) if is_required(field)}
    owed = {name.replace("_digest", "_number") for name in missing(Basics())}
    assert marked - {"csrf_token"} == owed


PROPOSED = {"draw_at"}
"""What is computed when it is left empty: the owner owes it to nobody."""


@pytest.mark.parametrize("check", [publication.is_complete, publication.has_ceiling])
def test_what_a_notice_owes_is_marked_in_its_form(app, check):
    with app.test_request_context(method="POST"):
        marked = {field.name for field in empty(NoticeForm) if is_required(field)}

    class Nothing:
        """Terms in which nothing is written."""

        urgent = False

        def __getattr__(self, name):
            return None

    class Case:
        terms = Nothing()
        has_entries = True
        has_result_time = True

    owed = {no.field for no in check(Case())} - PROPOSED
    assert owed <= marked
