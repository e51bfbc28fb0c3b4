"""The form that every page's form is made of: text fields read text, file fields read files."""

from typing import Any

from flask import has_request_context, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import FileStorage, MultiDict, iter_multi_items
from wtforms.fields import FileField, MultipleFileField


class Form(FlaskForm):
    """A form whose text fields never see an uploaded file.

    Flask-WTF joins texts and files under one name, so that a file part under a text field's name
    came as the field's text, and whatever asked for its letters failed. It also reads a body of
    JSON, whose values need not be texts: no page sends one, and none is read.
    """

    class Meta(FlaskForm.Meta):
        """Flask-WTF's own settings, and what fields may read."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
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
                    (name, value)
                    for name, value in iter_multi_items(sent)
                    if name in files or not isinstance(value, FileStorage)
                ]
            )
