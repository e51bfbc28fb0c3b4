"""The shape of the board's filter and of a finding."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from market.web.forms import Form
from market.web.widgets import Required, SelectField, TextLength, choices
from market.windows.rules import Show
from market.windows.words import SHOWN


class BoardFilter(Form):
    """Which deadlines to show. What the address says wrongly shows everything that is live."""

    class Meta:
        csrf = False

    show = SelectField(_l("范围"), default=Show.LIVE.value, choices=choices(SHOWN))
    kind = SelectField(_l("期限"), default="")
    body = SelectField(_l("办理单位"), default="")


class Settle(Form):
    """What a person found about a window that ended before the calendar changed."""

    finding = TextAreaField(_l("核对结果"), [Required(), TextLength(2, 1000)])
