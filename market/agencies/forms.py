"""The form that narrows the directory."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, Optional

from market.agencies import words
from market.agencies.rules import SHOWN, Tier
from market.web.forms import Form
from market.web.plain import plain_text
from market.web.widgets import SelectField, choices


class DirectoryForm(Form):
    """The directory's filter; it lives in the address."""

    class Meta:
        csrf = False

    q = StringField(
        _l("名称、信用代码或平台编号"), [Optional(), Length(max=80)], filters=[plain_text]
    )
    tier = SelectField(
        _l("登记地区"),
        choices=choices(((each, words.TIERS[each]) for each in Tier), blank=_l("全部")),
        validators=[Optional()],
    )
    state = SelectField(
        _l("状态"),
        choices=choices(((each, words.STATES[each][0]) for each in SHOWN), blank=_l("全部")),
        validators=[Optional()],
    )
    category = SelectField(_l("大类"), validators=[Optional()])
    item = StringField(_l("事项编号"), [Optional(), Length(max=20)], filters=[plain_text])
