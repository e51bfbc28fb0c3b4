"""The shape of a token, of an address, and of what is sent again."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from market.programs.rules import MOST_LABEL, MOST_URL, Scope
from market.programs.words import SCOPES
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import IntegerField, RadioField, Required, TextLength, choices


class NewToken(Form):
    """A token of one of one's duties."""

    label = StringField(
        _l("用途"),
        [Required(), TextLength(1, MOST_LABEL)],
        description=_l("例如：市数据平台每日同步；停用时靠它辨认"),
    )
    duty = RadioField(_l("以哪个职责的名义"), [Required()])
    scope = RadioField(
        _l("可以做什么"), [Required()], choices=choices(SCOPES), default=Scope.READ.value
    )
    once = once_field()


class NewHook(Form):
    """An address to which the log's changes are sent."""

    url = StringField(
        _l("接收网址"), [Required(), TextLength(1, MOST_URL)], description=_l("https:// 开头")
    )
    kinds = TextAreaField(
        _l("只要这些类别"),
        [Optional(), TextLength(0, 2000)],
        description=_l("空着就是全部；按公开日志里的类别填写，用空格分开，例如 notice.opened"),
    )
    once = once_field()


class Replay(Form):
    """From which entry of the log on deliveries are sent again."""

    first = IntegerField(_l("从日志第几条开始重新发送"), [Required()])
