"""The shape of what is typed in the course of a case."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Optional

from market.cases.rules import (
    ENTERED,
    MOST_NAME,
    MOST_NUMBER,
    MOST_TEXT,
    Asked,
    Order,
    Result,
    Source,
    Told,
)
from market.cases.words import ASKED, ORDERS, RESULTS, SOURCES
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import (
    CodeField,
    PhoneField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    choices,
)


class Contact(Form):
    """联系当事人."""

    note = TextAreaField(_l("联系情况"), [Required(), TextLength(1, MOST_TEXT)])


class Extend(Form):
    """情况复杂."""

    reason = TextAreaField(_l("情况复杂的原因"), [Required(), TextLength(1, MOST_TEXT)])


class Rectify(Form):
    """整改并答复."""

    answer = TextAreaField(_l("整改和答复"), [Required(), TextLength(1, MOST_TEXT)])


class CallBack(Form):
    """回访."""

    result = RadioField(_l("回访结果"), [Required()], coerce=Result, choices=choices(RESULTS))
    said = TextAreaField(_l("回访记录"), [Required(), TextLength(1, MOST_TEXT)])


class Report(Form):
    """办不成事: what somebody could not get done."""

    once = once_field()
    said = TextAreaField(_l("哪件事办不成，卡在哪里"), [Required(), TextLength(4, MOST_TEXT)])
    matter = CodeField(_l("所涉事项的编号"), [Optional(), TextLength(most=MOST_NUMBER)])
    party_name = StringField(_l("您的姓名或单位"), [Required(), TextLength(1, MOST_NAME)])
    phone = PhoneField(_l("联系电话"), [Required()])
    page = HiddenField(validators=[Optional(), TextLength(most=200)])

    def told(self) -> Told:
        """What was typed, as the service takes it."""
        return Told(
            source=Source.STUCK,
            said=self.said.data or "",
            matter=self.matter.data or "",
            party_name=self.party_name.data or "",
            phone=self.phone.data or "",
            page=self.page.data or "",
        )


class EnterOrders(Form):
    """A table of the hotline's orders."""

    once = once_field()
    file = FileField(_l("工单表（CSV）"), [FileRequired(_l("请选择工单表"))])


class Enter(Form):
    """An order of the hotline, or what was heard elsewhere, typed in."""

    once = once_field()
    source = SelectField(
        _l("来源"),
        [Required()],
        choices=choices({source: SOURCES[source] for source in ENTERED}),
        default=Source.HOTLINE,
    )
    source_number = StringField(_l("来源的编号"), [Optional(), TextLength(2, MOST_NUMBER)])
    order_kind = SelectField(_l("诉求类别"), [Required()], choices=choices(ORDERS))
    asked = RadioField(_l("是否按投诉办理"), [Required()], choices=choices(ASKED))
    said = TextAreaField(_l("诉求内容"), [Required(), TextLength(4, MOST_TEXT)])
    matter = CodeField(_l("所涉事项的编号"), [Optional(), TextLength(most=MOST_NUMBER)])
    party_name = StringField(_l("反映人"), [Optional(), TextLength(1, MOST_NAME)])
    phone = PhoneField(_l("联系电话"), [Optional()])

    def told(self) -> Told:
        """What was typed, as the service takes it."""
        return Told(
            source=Source(self.source.data),
            source_number=self.source_number.data or "",
            order_kind=Order(self.order_kind.data),
            said=self.said.data or "",
            matter=self.matter.data or "",
            party_name=self.party_name.data or "",
            phone=self.phone.data or "",
        )

    def answered(self) -> Asked:
        """What the caller answered."""
        return Asked(self.asked.data)
