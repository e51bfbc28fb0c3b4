"""The shape of what is typed about cards."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from market.cards.rules import MOST_TEXT
from market.web.forms import Form
from market.web.widgets import RadioField, Required, TextLength, choices


class State(Form):
    """说明情况。"""

    statement = TextAreaField(_l("说明情况"), [Required(), TextLength(1, MOST_TEXT)])


class Issue(Form):
    """Issue it or not, and why."""

    outcome = RadioField(
        _l("决定"), [Required()], choices=choices({"issue": _l("发出"), "drop": _l("不予发出")})
    )
    reason = TextAreaField(_l("理由"), [Required(), TextLength(1, MOST_TEXT)])


class Plan(Form):
    """整改计划。"""

    plan = TextAreaField(_l("整改计划"), [Required(), TextLength(1, MOST_TEXT)])


class Talk(Form):
    """约谈记录。"""

    talk = TextAreaField(_l("约谈的日期、参加人和内容"), [Required(), TextLength(1, MOST_TEXT)])


class Refer(Form):
    """移交。"""

    referral = TextAreaField(
        _l("移交给哪个单位，移交单编号"), [Required(), TextLength(1, MOST_TEXT)]
    )
