"""The shape of what a winner writes when he gives the award up, and of the question on the verify
page.
"""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from market.contracts.rules import Decline
from market.contracts.words import DECLINES
from market.web.forms import Form
from market.web.widgets import DateField, RadioField, Required, TextLength, choices


class GiveUp(Form):
    """放弃中选: a reason and a statement."""

    reason = RadioField(
        _l("放弃中选的原因"), [Required()], coerce=Decline, choices=choices(DECLINES)
    )
    statement = TextAreaField(_l("情况说明"), [Required(), TextLength(4, 2000)])


class Register(Form):
    """合同登记: the day of signing."""

    signed_on = DateField(_l("合同签订日期"), [Required()])


class Verify(Form):
    """A document's number, as it stands on paper."""

    class Meta:
        csrf = False

    number = StringField(_l("文书编号"), [Required(), TextLength(4, 40)])
