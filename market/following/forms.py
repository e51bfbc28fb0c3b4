"""The shape of a search that is followed."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Optional

from market.following import words
from market.following.rules import MOST_TEXT, Pace, Wanted, What
from market.web.forms import Form
from market.web.widgets import RadioField, Required, SelectField, TextLength, choices

MOST_DIGITS = 18


class Follow(Form):
    """What is followed and how one is told. The fields that its list does not have are taken out."""

    q = StringField(
        _l("标题或编号里有"),
        [Optional(), TextLength(0, MOST_TEXT)],
        description=_l("可以空着；几个词用空格分开，都要有"),
    )
    category = SelectField(_l("服务类别"), [Optional()])
    fund = SelectField(
        _l("资金来源"), [Optional()], choices=choices(words.FUNDS, blank=_l("全部来源"))
    )
    about = SelectField(
        _l("投诉对象"), [Optional()], choices=choices(words.ABOUT, blank=_l("全部"))
    )
    body = SelectField(_l("办理单位"), [Optional()])
    state = SelectField(_l("状态"), [Optional()])
    owner = HiddenField()
    pace = RadioField(_l("什么时候告诉您"), [Required()], coerce=Pace, choices=choices(words.PACES))
    by_mail = BooleanField(_l("也发到我的电子邮箱"))

    def wanted(self) -> Wanted:
        """The search."""
        data = self.data
        return Wanted(
            text=(data.get("q") or "").strip(),
            category=data.get("category") or "",
            fund=data.get("fund") or "",
            about=data.get("about") or "",
            owner_id=number(data.get("owner")),
            body_id=number(data.get("body")),
            state=data.get("state") or "",
        )


HAS = {
    What.NOTICES: ("category", "fund", "state", "owner"),
    What.RESULTS: ("category", "fund", "owner"),
    What.COMPLAINTS: ("about", "state", "body"),
}
"""What each list is narrowed by, beside its text."""


def number(text: str | None) -> int | None:
    """An id as an address has it; None of what is none."""
    if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    return None
