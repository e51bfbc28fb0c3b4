"""Shape of what people type about themselves and their organisations."""

from functools import partial

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from market.accounts.rules import MOST, check_password
from market.accounts.service import checked_id_number
from market.accounts.words import CHECK_REASONS
from market.adapters import addresses
from market.kernel import visible
from market.web.forms import Fleeting, Form, SecretField
from market.web.once import once_field
from market.web.plain import narrow
from market.web.ruled import Ruled, hold, today
from market.web.shown import ShownField
from market.web.widgets import (
    CheckboxesField,
    PhoneField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    UsccField,
    choices,
)


def is_address(_form: Form, field: Field) -> None:
    """Refuse what is no e-mail address; whether anybody reads it the activation mail shows."""
    if not addresses.is_address(field.data or ""):
        raise ValidationError(_("请填写有效的电子邮箱，例如 name@example.org"))


LOGIN = [Required(), Length(max=200), is_address]
TOO_LONG = Length(max=4 * MOST)  # the rule speaks first; this only bounds what is hashed


def _narrow(typed: str | None) -> str | None:
    return narrow(typed) if typed else typed


def _line(typed: str | None) -> str | None:
    """A name stays as it is written; what compares names folds them."""
    return visible.line(typed) if typed else typed


class ShownSecret(Fleeting, HiddenField):
    """The secret of a second factor, until it is taken up."""


class SignIn(Form):
    """Login and password."""

    login = EmailField(_l("电子邮箱"), [Required(), Length(max=200)], filters=[_narrow])
    password = PasswordField(_l("密码"), [Required(), TOO_LONG])


class Code(Form):
    """The second factor."""

    code = SecretField(_l("动态验证码"), [Required(), Length(max=12)], filters=[_narrow])


class _NewPassword:
    """Twice the same."""

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self["password"].data:  # type: ignore[index]
            raise ValidationError(_("“再输一次密码”与上面的密码不一致"))


class Register(_NewPassword, Form):
    """Opening an account."""

    once = once_field()
    login = EmailField(_l("电子邮箱"), LOGIN, filters=[_narrow])
    name = StringField(_l("姓名"), [Required(), TextLength(2, 60)], filters=[_line])
    id_number = StringField(
        _l("公民身份号码"),
        [Required(), Length(max=30), Ruled(lambda typed: checked_id_number(typed, today()))],
        filters=[_narrow],
    )
    phone = PhoneField(_l("手机号码"), [Required()])
    password = PasswordField(_l("密码"), [Required(), TOO_LONG])
    again = PasswordField(_l("再输一次密码"), [Required(), TOO_LONG])

    def validate_password(self, field: PasswordField) -> None:
        """By the rule for passwords, which asks for the login too."""
        if field.data:
            hold(partial(check_password, login=self.login.data or ""), field.data)


class Forgotten(Form):
    """Where a link is to be sent."""

    login = EmailField(_l("电子邮箱"), LOGIN, filters=[_narrow])


class NewPassword(_NewPassword, Form):
    """A new password by a link."""

    password = PasswordField(_l("新密码"), [Required(), TOO_LONG])
    again = PasswordField(_l("再输一次密码"), [Required(), TOO_LONG])


class ChangePassword(NewPassword):
    """A new password by the old one."""

    old = PasswordField(_l("原密码"), [Required(), TOO_LONG])


class SecondFactor(Form):
    """Taking up a second factor: the secret that the page showed and a first code."""

    secret = ShownSecret(validators=[Required(), Length(max=64)])
    code = SecretField(_l("动态验证码"), [Required(), Length(max=12)], filters=[_narrow])


class DropSecondFactor(Form):
    """Giving it up."""

    password = PasswordField(_l("密码"), [Required(), TOO_LONG])
    code = SecretField(_l("动态验证码"), [Required(), Length(max=12)], filters=[_narrow])


class Admit(Form):
    """A new member; the choices of duties are the organisation's."""

    login = EmailField(_l("对方的登录邮箱"), LOGIN, filters=[_narrow])
    duties = CheckboxesField(_l("职责"), [Required()])


class Duties(Form):
    """Other duties of a member."""

    duties = CheckboxesField(_l("职责"), [Required()])


class Verify(Form):
    """What the clerk sees on the identity card; empty when it is as typed."""

    shown = ShownField()
    id_number = StringField(_l("公民身份号码"), [Optional(), Length(max=30)], filters=[_narrow])


class RefuseIdentity(Form):
    """Why a claim is not confirmed, as the person is told it."""

    shown = ShownField()
    reason = RadioField(_l("未通过的原因"), [Required()], choices=choices(CHECK_REASONS))
    note = TextAreaField(_l("需要怎么做"), [Required(), TextLength(4, 500)])


class HandIn(Form):
    """A scan of one's document; the number where it differs from the one typed before."""

    file = FileField(_l("证件照片或扫描件"))
    id_number = StringField(_l("公民身份号码"), [Optional(), Length(max=30)], filters=[_narrow])


class Found(Form):
    """A body of the installation."""

    kind = SelectField(_l("类别"), [Required()])
    name = StringField(_l("单位名称"), [Required(), TextLength(2, 100)], filters=[_line])
    uscc = UsccField(_l("统一社会信用代码"), [Required()])
    phone = PhoneField(_l("公开电话"), [Required()])
    superior_id = SelectField(_l("上级单位"), [Optional()])
