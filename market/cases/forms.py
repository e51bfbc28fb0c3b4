"""The shape of what is typed about cases."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from market.cases.rules import MOST_TEXT, Result
from market.cases.words import RESULTS
from market.web.forms import Form
from market.web.widgets import RadioField, Required, TextLength, choices


class Contact(Form):
    """联系评价人."""

    note = TextAreaField(_l("联系情况"), [Required(), TextLength(1, MOST_TEXT)])


class Extend(Form):
    """情况复杂."""

    reason = TextAreaField(_l("情况复杂的原因"), [Required(), TextLength(1, MOST_TEXT)])


class Rectify(Form):
    """整改并答复."""

    answer = TextAreaField(_l("整改和答复"), [Required(), TextLength(1, MOST_TEXT)])


class CallBack(Form):
    """回访."""

    result = RadioField(_l("回访结果"), [Required()], coerce=Result, choices=choices(RESULTS))
    said = TextAreaField(_l("回访记录"), [Required(), TextLength(1, MOST_TEXT)])
