"""Shapes of input: the public calculator, and the office's import."""

import datetime as dt
import re
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from market.kernel.plain import Json
from market.web.forms import Checks, Form
from market.web.once import once_field
from market.web.plain import narrow
from market.web.widgets import (
    Between,
    DateField,
    InstantField,
    IntegerField,
    Required,
    SelectField,
    TextLength,
    choices,
    plain_label,
)
from market.workdays import words
from market.workdays.rules import COUNTRY, MOST, End, Unit

HOUR = re.compile(r"([01]?\d|2[0-3])[:时点]([0-5]\d)?分?")
LONGEST_FILE = 200_000


def one_line(form: Form, field: Field) -> None:
    """Refuse line breaks and control characters, which no title or number has."""
    if not (field.data or "").isprintable():
        raise ValidationError(_("“%(label)s”不能有换行和控制字符", label=plain_label(field)))


class Calculator(Form):
    """When is a window over? Asked by GET, so that an answer can be sent as a link."""

    class Meta:
        csrf = False

    trigger = InstantField(_l("起算时刻（收到、公告、受理等实际发生的时刻）"), [Required()])
    n = IntegerField(
        _l("期限"),
        [Required(), Between(1, MOST, _l("期限要在 %(min)s 到 %(max)s 之间"))],
        default=3,
    )
    unit = SelectField(
        _l("计时单位"),
        [Required()],
        choices=choices(words.UNITS),
        coerce=Unit,
        default=Unit.WORKING_DAY,
    )
    close = StringField(
        _l("现场办理的下班时间"), [Optional()], filters=[lambda typed: narrow(typed or "")]
    )

    def validate_close(self, field: Field) -> None:
        """An hour as 17:00, 17时 or 17点30分."""
        if not HOUR.fullmatch(field.data):
            raise ValidationError(_("下班时间请按 17:00 的样子填写"))

    @property
    def window(self) -> tuple[dt.datetime, int, Unit]:
        """What is counted, from when."""
        return cast(dt.datetime, self.trigger.data), cast(int, self.n.data), Unit(self.unit.data)

    @property
    def end(self) -> tuple[End, dt.time | None]:
        """How the last day ends."""
        close = HOUR.fullmatch(self.close.data or "")
        if close is None:
            return End.MIDNIGHT, None
        return End.BUSINESS_CLOSE, dt.time(int(close[1]), int(close[2] or 0))


class Import(Form):
    """A year's arrangement with the notice it comes from."""

    document_number = StringField(
        _l("文号"),
        [Required(), TextLength(most=60), one_line],
        description=_l("例如 国办发明电〔2025〕7号"),
    )
    title = StringField(_l("通知标题"), [Required(), TextLength(most=100), one_line])
    issued_on = DateField(_l("印发日期"), [Required()])
    source_url = StringField(
        _l("来源网址"),
        [Optional(), TextLength(most=300), one_line],
        description=_l("不填时取文件里写的网址"),
    )
    region = StringField(
        _l("适用地区"),
        [Required(), TextLength(most=6), one_line],
        default=COUNTRY,
        description=_l("全国填 CN；本地安排填 2、4 或 6 位行政区划代码"),
    )
    file = FileField(_l("安排文件（JSON）"))
    text = TextAreaField(_l("或者把文件内容贴在这里"), [TextLength(most=LONGEST_FILE)])
    once = once_field()

    def validate(self, extra_validators: Checks | None = None) -> bool:
        """The form's own rules, and that one of file and text is there."""
        fine = super().validate(extra_validators)
        if not self.file.data and not (self.text.data or "").strip():
            self.file.errors = [*self.file.errors, _("请选择“安排文件”，或者把内容贴在下面")]
            return False
        return bool(fine)

    @property
    def plain(self) -> Json:
        """What the service takes besides the text."""
        return {
            "document_number": self.document_number.data,
            "title": self.title.data,
            "issued_on": self.issued_on.data,
            "source_url": self.source_url.data or "",
            "region": self.region.data,
            "submission_key": self.once.data,
        }


class Rejection(Form):
    """Why a proposal is turned down."""

    reason = TextAreaField(_l("退回理由"), [Required(), TextLength(least=2, most=500)])
