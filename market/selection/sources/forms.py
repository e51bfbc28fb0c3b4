"""Shape of what officers write about sources. The law is in rules/."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from market.selection.sources.words import LOSS_REASONS
from market.web.forms import Form
from market.web.widgets import (
    Between,
    DateField,
    IntegerField,
    RadioField,
    Required,
    TextLength,
    choices,
)


class LostForm(Form):
    """What two bodies have signed about a chain."""

    slot = IntegerField(
        _l("从第几格起"), [Required(), Between(1, 10_000_000, _l("请填页面给出的格号"))]
    )
    reason = RadioField(_l("原因"), [Required()], choices=choices(LOSS_REASONS))
    signed = TextAreaField(_l("持有方签名的文本"), [Required(), TextLength(20, 4000)])
    also_signed = TextAreaField(_l("另一个机构签名的文本"), [Optional(), TextLength(20, 4000)])


class LotteryForm(Form):
    """One issue of 快乐8 as the public result has it."""

    issue = StringField(_l("期号"), [Required(), TextLength(7, 7)])
    day = DateField(_l("开奖日期"), [Required()])
    numbers = StringField(_l("20 个开奖号码"), [Required(), TextLength(20, 120)])

    def validate_numbers(self, field: StringField) -> None:
        """Whole numbers with anything between them."""
        if len(self.drawn()) != 20:
            raise ValidationError(_("请填 20 个号码，用空格或顿号隔开"))

    def drawn(self) -> list[int]:
        """The numbers."""
        return [int(part) for part in re.findall(r"[0-9]{1,3}", self.numbers.data or "", re.ASCII)]
