"""The shape of what people write about tips."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from market.web.forms import Form, SecretField
from market.web.once import once_field
from market.web.shown import ShownField
from market.web.widgets import (
    CheckboxesField,
    CodeField,
    RadioField,
    Required,
    TextLength,
)


class Seen(Form):
    """What carries what was shown."""

    shown = ShownField()


class LookAt(Seen):
    """What came of a tip."""

    note = TextAreaField(_l("处理说明"), [Required(), TextLength(2, 1000)])


class HandOver(Seen):
    """To which discipline body a tip goes, and why."""

    receiver = RadioField(_l("移交给"), [Required()], choices=[], coerce=int)
    reason = TextAreaField(_l("移交理由"), [Required(), TextLength(4, 1000)])


class GiveTip(Form):
    """A tip; who gives it need not say so."""

    content = TextAreaField(_l("反映的情况"), [Required(), TextLength(10, 4000)])
    concerns = CheckboxesField(
        _l("线索是否反映下列单位或其人员"), [Optional()], coerce=int, choices=[]
    )
    notice = CodeField(_l("相关选取公告编号"), [Optional(), TextLength(0, 30)])
    contact = StringField(_l("联系方式"), [Optional(), TextLength(0, 100)])
    once = once_field()


class AskTip(Form):
    """How a tip stands."""

    number = CodeField(_l("线索编号"), [Required(), TextLength(0, 30)])
    code = SecretField(_l("查询码"), [Required(), TextLength(0, 30)])
