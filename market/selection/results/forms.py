"""Shape of an agency's exit, of an owner's pause."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from market.selection.results.rules.pausing import PauseCode
from market.selection.results.words import PAUSE_CODES
from market.web.forms import Form
from market.web.widgets import IntegerField, RadioField, Required, TextLength, choices


class ExitForm(Form):
    """The agency's word that it leaves of its own will."""

    agree = BooleanField(
        _l("本机构自愿退出中介超市，由签署人代表机构申请"), [Required(_l("请勾选后再提交"))]
    )


class PauseForm(Form):
    """A pause of an open notice."""

    days = IntegerField(_l("暂停几个工作日"), [Required()])
    cause = RadioField(
        _l("暂停的原因"),
        [Required()],
        choices=choices((code, PAUSE_CODES[code]) for code in PauseCode),
    )
    reason = TextAreaField(_l("理由（同意后公开）"), [Required(), TextLength(5, 500)])


class RefusePauseForm(Form):
    """Why it is not agreed to; for the owner."""

    note = TextAreaField(_l("不同意的理由"), [Required(), TextLength(2, 500)])
