"""Shape of an entry. The law is in rules/."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from market.web.forms import Fleeting, Form
from market.web.once import once_field
from market.web.widgets import MoneyField, Required


class QuoteField(Fleeting, MoneyField):
    """A quote: what could be read of it before the close is kept nowhere (ADR 0005)."""


class EntryForm(Form):
    """A quote, and the entrant's word."""

    once = once_field()
    again = HiddenField("")  # the receipt of the entry that this quote takes the place of
    quote_fen = QuoteField(_l("报价"), [Required()])
    pledge = BooleanField(
        _l("我单位符合公告要求，与其他报名机构没有同一法定代表人或控股关系，报价为独立作出"),
        [Required()],
    )
