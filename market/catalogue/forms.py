"""Forms of the catalogue."""

import datetime as dt
from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from market.catalogue import queries
from market.catalogue.queries import ItemCard
from market.catalogue.rules import Zone
from market.web.finding import findable_choices
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import DateField, Required, SelectField, TextLength


class ZoneForm(Form):
    """An evaluation made for a whole zone."""

    once = once_field()
    item_code = SelectField(_l("中介服务事项"), [Required()])
    zone = StringField(_l("园区或区域"), [Required(), TextLength(2, 60)])
    title = StringField(_l("成果名称"), [Required(), TextLength(4, 100)])
    document_number = StringField(_l("批准文件的文号"), [Required(), TextLength(2, 60)])
    issued_on = DateField(_l("印发日期"), [Required()])
    valid_until = DateField(_l("有效期止"), [Optional()])
    contact = StringField(_l("到哪里取用"), [Required(), TextLength(2, 200)])

    def offer(self, items: list[ItemCard]) -> None:
        """Let one choose among the catalogue's items."""
        self.item_code.choices = findable_choices(items, queries.in_english)

    def details(self) -> Zone:
        """What was typed, as the service takes it."""
        return Zone(
            zone=self.zone.data or "",
            title=self.title.data or "",
            document_number=self.document_number.data or "",
            issued_on=cast(dt.date, self.issued_on.data),  # required
            valid_until=self.valid_until.data,
            contact=self.contact.data or "",
        )


class WithdrawForm(Form):
    """Why it may be used no more."""

    reason = TextAreaField(_l("停用的理由"), [Required(), TextLength(2, 300)])
