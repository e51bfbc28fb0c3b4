"""The form that every page's form is made of: text fields read text, file fields read files, and
text is what can be seen.
"""

from collections.abc import Callable, Mapping, Sequence

from flask import has_request_context, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from flask_wtf.form import _Auto
from werkzeug.datastructures import FileStorage, MultiDict, iter_multi_items
from wtforms import Field
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields import (
    FileField,
    HiddenField,
    MultipleFileField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from market.kernel import visible
from market.web.widgets import TypedField, plain_label

NEVER_KEPT: set[str] = set()
"""Names of fields whose text is kept nowhere while it is not taken (market/web/typed.py)."""


Checks = Mapping[str, Sequence[Callable[..., object]]]
"""Checks besides the fields' own, by field."""


class Fleeting:
    """Beside a field's class: what is typed into it is never kept."""


class SecretField(Fleeting, StringField):
    """A code that opens something: of a second factor, of a tip."""


class TokenField(CSRFTokenField):
    """The token against forged forms, signed when it is shown: most of what is sent is answered
    without a form.
    """

    def process(self, *args: object, **kwargs: object) -> None:
        HiddenField.process(self, *args, **kwargs)

    def _value(self) -> str:
        return str(self.csrf_impl.generate_csrf_token(self))


class _Token(_FlaskFormCSRF):
    field_class = TokenField


class Form(FlaskForm):
    """A form whose text fields never see an uploaded file, and never text that shows nothing.

    Flask-WTF joins texts and files under one name, so that a file part under a text field's name
    came as the field's text, and whatever asked for its letters failed. It also reads a body of
    JSON, whose values need not be texts: no page sends one, and none is read.

    A text that shows nothing comes as empty in every field. A field of one line drops what cannot
    be seen; one of several lines and a password keep it. Direction marks are refused.
    """

    def __init_subclass__(cls, **how: object) -> None:
        super().__init_subclass__(**how)
        NEVER_KEPT.update(
            name
            for name, field in vars(cls).items()
            if isinstance(field, UnboundField)
            and issubclass(field.field_class, PasswordField | Fleeting)
        )

    class Meta(FlaskForm.Meta):
        """Flask-WTF's own settings, and what fields may read."""

        csrf_class = _Token

        def wrap_formdata(self, form: BaseForm, formdata: object) -> object:
            """What was sent, without the files that no file field of the form asked for."""
            if formdata is _Auto and has_request_context() and request.is_json:
                return MultiDict()
            sent = super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            files = {
                field.name
                for field in form._fields.values()
                if isinstance(field, FileField | MultipleFileField)
            }
            return MultiDict(
                [
                    (name, _shown(form._fields.get(name), value))
                    for name, value in iter_multi_items(sent)
                    if name in files or not isinstance(value, FileStorage)
                ]
            )

    def validate(self, extra_validators: Checks | None = None) -> bool:
        """Besides the fields' own checks: no text is shown in another order than it is kept in."""
        passed = bool(super().validate(extra_validators))
        for field in self:
            turned = _turned(field)
            if turned is not None:
                field.errors = [
                    _(
                        "“%(label)s”第 %(place)s 个字处有看不见的方向控制符，会让显示的次序与实际不同，请删去",
                        label=plain_label(field),
                        place=turned,
                    )
                ]
                passed = False
        return passed


def _shown(field: Field | None, value: object) -> object:
    if not isinstance(value, str):
        return value
    if not visible.shows(value):
        return ""
    is_line = isinstance(field, StringField) and not isinstance(
        field, TextAreaField | PasswordField
    )
    return visible.line(value) if is_line else value


def _turned(field: Field) -> int | None:
    """Where the first direction mark stands, from 1, in a field whose words are kept as typed."""
    if not isinstance(field, StringField) or isinstance(
        field, HiddenField | PasswordField | TypedField
    ):
        return None
    for typed in field.raw_data or ():
        if isinstance(typed, str) and (found := visible.TURNING.search(typed)):
            return found.start() + 1
    return None
