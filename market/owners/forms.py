"""Shape of an owner's registration and of the office's decisions."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import EmailField, Field, StringField, TextAreaField
from wtforms.validators import Length, Optional

from market.owners.rules import Ground, Kind, check_code
from market.owners.words import GROUNDS, KINDS
from market.web.forms import Form
from market.web.once import once_field
from market.web.ruled import hold
from market.web.widgets import (
    PhoneField,
    RadioField,
    Required,
    TextLength,
    TextListField,
    UsccField,
    choices,
)


class OfAnOrganisation(Required):
    """Owed, and marked so, unless the owner is a natural person."""

    field_flags: dict[str, bool] = {}

    def __call__(self, form: Form, field: Field) -> None:
        if form["kind"].data != Kind.PERSON:
            super().__call__(form, field)


class Mend(Form):
    """What an owner says of itself; name and code are not asked of a natural person."""

    name = StringField(_l("单位名称"), [Required(), TextLength(2, 100)])
    uscc = UsccField(_l("统一社会信用代码"), [Required()])
    address = StringField(_l("地址"), [Required(), TextLength(4, 200)])
    phone = PhoneField(_l("咨询电话"), [Required()])
    complaint_phone = PhoneField(_l("投诉电话"), [Required()])
    scan = FileField(_l("证明授权的材料"))


class Register(Mend):
    """The same, with the kind; a clerk names the applicant."""

    once = once_field()
    name = StringField(_l("单位名称"), [OfAnOrganisation(), Optional(), TextLength(2, 100)])
    uscc = UsccField(_l("统一社会信用代码"), [OfAnOrganisation(), Optional()])
    kind = RadioField(
        _l("业主类别"), [Required()], choices=choices((kind, KINDS[kind]) for kind in Kind)
    )
    for_login = EmailField(_l("代谁录入"), [Optional(), Length(max=200)])

    def validate_kind(self, field: RadioField) -> None:
        """A public body does not call itself a firm."""
        if field.data in list(Kind) and self.uscc.data:
            hold(check_code, Kind(field.data), self.uscc.data)


class Return(Form):
    """One complete list."""

    corrections = TextListField(_l("需要补正的内容"), [Required()])


class Refuse(Form):
    """Why not."""

    ground = RadioField(
        _l("依据"), [Required()], choices=choices((ground, GROUNDS[ground]) for ground in Ground)
    )
    reason = TextAreaField(_l("理由"), [Required(), TextLength(10, 1000)])
