"""Shape of an agency's exit."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from market.web.forms import Form
from market.web.widgets import Required


class ExitForm(Form):
    """The agency's word that it leaves of its own will."""

    agree = BooleanField(
        _l("本机构自愿退出中介超市，由签署人代表机构申请"), [Required(_l("请勾选后再提交"))]
    )
