"""How long both lists are, and whom the owner chooses."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from market.selection.kinds import FIXED
from market.selection.shortlist import words
from market.selection.shortlist.queries import Place
from market.selection.shortlist.rules import LONGEST, REASON, SHORTEST, Lists
from market.web.forms import Form
from market.web.widgets import (
    Between,
    IntegerField,
    RadioField,
    Required,
    TextLength,
    choices,
)


class ListsForm(Form):
    """How many the longlist and the shortlist take, and how the price is set."""

    longlist = IntegerField(
        _l("大名单取几家"),
        [Required(), Between(*LONGEST, _l("请填 4 到 20 的整数"))],
    )
    shortlist = IntegerField(
        _l("小名单取几家"),
        [Required(), Between(*SHORTEST, _l("请填 2 到 5 的整数"))],
    )

    price = RadioField(_l("价格怎么定"), [Required()], choices=choices(words.PRICES))

    def lists(self) -> Lists:
        """What was typed, as the service takes it."""
        is_fixed = self.price.data == FIXED
        return Lists(self.longlist.data or 0, self.shortlist.data or 0, is_fixed)


class ChooseForm(Form):
    """Whom, and why."""

    ref = RadioField(_l("选定的机构"), [Required()])
    reason = TextAreaField(_l("选定的理由"), [Required(), TextLength(*REASON)])

    def offer(self, places: tuple[Place, ...]) -> None:
        """Let one choose within the shortlist."""
        self.ref.choices = choices(
            (each.ref, _("第 %(place)s 位：%(name)s", place=each.place, name=each.name))
            for each in places
        )
