"""The form of a change: one field for each parameter, made from the table."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from market.kernel.plain import Json
from market.rulebook import ways, words
from market.rulebook.checks import LONGEST_TEXT
from market.rulebook.rules import DAYS, PARAMETERS, Amount, Kind, Parameter, Rulebook
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import (
    Between,
    CheckboxesField,
    DateField,
    IntegerField,
    MoneyField,
    Required,
    SelectField,
    TextLength,
    choices,
    plain_label,
)

UNIT = "unit_of_"


def one_line(form: Form, field: Field) -> None:
    """Refuse line breaks and control characters, which no title or number has."""
    if not (field.data or "").isprintable():
        raise ValidationError(_("“%(label)s”不能有换行和控制字符", label=plain_label(field)))


class Proposal(Form):
    """What a change cites, and when it comes into force. The parameters are added below."""

    document_number = StringField(
        _l("文号"),
        [Required(), TextLength(most=60), one_line],
        description=_l("例如 瑞府办发〔2026〕12号"),
    )
    title = StringField(_l("文件标题"), [Required(), TextLength(most=100), one_line])
    in_force_from = DateField(
        _l("生效日期"), [Required()], description=_l("最早为明天；已发布的公告仍按发布时的参数办完")
    )
    once = once_field()

    @property
    def values(self) -> dict[str, tuple[Amount, str]]:
        """Every parameter as filled in."""
        return {
            name: (
                self._amount(name, parameter.kind),
                self[UNIT + name].data if UNIT + name in self else parameter.unit,
            )
            for name, parameter in PARAMETERS.items()
        }

    def _amount(self, name: str, kind: Kind) -> Amount:
        said = self[name].data
        if kind is Kind.TEXT:
            return (said or "").strip()
        return ways.written(said or ()) if kind is Kind.WAYS else said  # type: ignore[no-any-return]

    @property
    def plain(self) -> Json:
        """What the service takes besides the values."""
        return {
            "document_number": self.document_number.data,
            "title": self.title.data,
            "in_force_from": self.in_force_from.data,
            "submission_key": self.once.data,
        }

    def fill(self, rulebook: Rulebook) -> None:
        """Show the values as they are now."""
        for name in PARAMETERS.keys() & rulebook.values.keys():
            amount = rulebook.values[name].amount
            amount = ways.ONCE.get(name, {}).get(str(amount), amount)
            self[name].data = (
                list(ways.chosen(str(amount))) if PARAMETERS[name].kind is Kind.WAYS else amount
            )
            if UNIT + name in self:
                self[UNIT + name].data = rulebook.values[name].unit


class Rejection(Form):
    """Why a proposal is turned down."""

    reason = TextAreaField(_l("退回理由"), [Required(), TextLength(least=2, most=500)])


def _field(parameter: Parameter) -> object:
    label = _l(parameter.title)
    if parameter.kind is Kind.FLAG:
        return BooleanField(label)
    if parameter.kind is Kind.WAYS:
        return CheckboxesField(label, [Required()], choices=choices(words.WAYS))
    if parameter.kind is Kind.CHOICE:
        return SelectField(
            label,
            [Required()],
            choices=choices(
                (code, _l(said)) for code, said in ways.CHOICES[parameter.name].items()
            ),
            default=parameter.default,
        )
    if parameter.kind is Kind.TEXT:
        return StringField(label, [Optional(), TextLength(most=LONGEST_TEXT), one_line])
    if parameter.kind is Kind.MONEY:
        return MoneyField(label, [Required()])
    return IntegerField(label, [Required(), Between(parameter.low, parameter.high)])


for _name, _parameter in PARAMETERS.items():
    setattr(Proposal, _name, _field(_parameter))
    if _parameter.unit in DAYS:
        setattr(
            Proposal,
            UNIT + _name,
            SelectField(
                _l("计时单位"),
                [Required()],
                choices=choices((unit, words.UNITS[unit]) for unit in DAYS),
                default=_parameter.unit,
            ),
        )
