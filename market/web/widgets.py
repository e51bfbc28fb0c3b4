"""Form fields of the supermarket: what a clerk types, forgivingly, to the value that a service
takes.

All are WTForms fields for Form. Each refuses with a sentence that names the field and says
what to do. Templates draw every field with one macro, `field()` of macros/ui.html; `kind_of` tells
it how.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, TextAreaField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, StopValidation, ValidationError

from market.kernel import credit_code, ids, visible
from market.kernel import money as amounts
from market.kernel.clock import CHINA
from market.web import phones
from market.web.dates import read_date, read_instant
from market.web.plain import narrow

MOST_FEN = 10**15  # ten thousand thousand million yuan: far above any project, far below int64
LOOKALIKES = set("IOSVZ")
UNREADABLE_CODES = {
    "length": _l("“%(label)s”应为 18 位，现在是 %(count)s 位"),
    "signs": _l("“%(label)s”只能是数字和大写字母，请对照营业执照核对"),
    "check": _l("“%(label)s”校验不符，请对照营业执照逐位核对"),
}
K = TypeVar("K")
V = TypeVar("V")
OUT_OF_RANGE = _l("“%(label)s”要在 %(min)s 到 %(max)s 之间")


def plain_label(field: Field) -> str:
    """The words of a field's label, without its colon."""
    return str(field.label.text).rstrip(":\uff1a")


# --- validators ---------------------------------------------------------------------------


class Required:
    """Refuse an empty field with 请填写… (or 请选择…, 请上传…), and stop there."""

    field_flags = {"required": True}

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, form: BaseForm, field: Field) -> None:
        data = field.data
        if data is False or (not data and data != 0) or _is_blank(data):
            if field.errors and any(str(typed).strip() for typed in field.raw_data or ()):
                raise StopValidation  # What was typed could not be read: that sentence says more.
            field.errors = []
            raise StopValidation(self.message or _missing(field))


class Between:
    """Refuse what is no number from `least` to `most`, with %(label)s, %(min)s and %(max)s in the
    sentence.

    WTForms' own check turns a number into a float first, and dies of one with four hundred digits.
    """

    def __init__(self, least: int, most: int, message: object = OUT_OF_RANGE) -> None:
        self.least = least
        self.most = most
        self.message = message
        self.field_flags = {"min": least, "max": most}

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data is None or not self.least <= field.data <= self.most:
            raise ValidationError(
                str(self.message)
                % {"label": plain_label(field), "min": self.least, "max": self.most}
            )


class TextLength:
    """Refuse text shorter than `least` or longer than `most` characters, saying how many there are
    now.
    """

    def __init__(self, least: int = 0, most: int = 4000) -> None:
        self.least = least
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: BaseForm, field: Field) -> None:
        text = visible.trimmed(str(field.data or "")).replace("\r\n", "\n")
        count = len(text)
        if (seen := len(visible.compared(text))) < self.least:
            raise ValidationError(
                _(
                    "“%(label)s”至少写 %(least)s 个字，现在有 %(count)s 个字",
                    label=plain_label(field),
                    least=self.least,
                    count=seen,
                )
            )
        if count > self.most:
            raise ValidationError(
                _(
                    "“%(label)s”最多写 %(most)s 个字，现在有 %(count)s 个字",
                    label=plain_label(field),
                    most=self.most,
                    count=count,
                )
            )


def _is_blank(data: object) -> bool:
    return isinstance(data, str) and not visible.shows(data)


def _missing(field: Field) -> str:
    words = {
        "radios": _l("请选择“%(label)s”"),
        "select": _l("请选择“%(label)s”"),
        "checkboxes": _l("请至少选择一项“%(label)s”"),
        "checkbox": _l("请勾选“%(label)s”"),
        "file": _l("请上传“%(label)s”"),
    }
    return words.get(kind_of(field), _l("请填写“%(label)s”")) % {"label": plain_label(field)}


# --- fields -------------------------------------------------------------------------------


class TypedField(StringField, Generic[V]):
    """Keeps what was typed and shows it again, whatever became of it; an empty field is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = narrow(valuelist[0]) if valuelist else ""
        self.data = self.parse(typed) if typed else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)

    def parse(self, typed: str) -> V:
        raise NotImplementedError

    def show(self, data: V) -> str:
        return str(data)


class MoneyField(TypedField[int]):
    """元 as text (12800, 12,800.50, 1.5万) to whole fen (int)."""

    def parse(self, typed: str) -> int:
        try:
            fen = amounts.typed(typed)
        except amounts.BelowFen as error:
            raise ValueError(
                _("“%(label)s”最多到分，即小数点后两位", label=plain_label(self))
            ) from error
        except amounts.Unreadable as error:
            raise ValueError(self._unread(typed, error.readings)) from error
        if fen > MOST_FEN:
            raise ValueError(
                _("“%(label)s”数额过大，请检查是否多写了位数", label=plain_label(self))
            )
        return fen

    def _unread(self, typed: str, readings: tuple[int, ...]) -> str:
        label = plain_label(self)
        if not readings:
            return _("请按元填写“%(label)s”，例如 12800 或 12800.50", label=label)
        less, more = (amounts.yuan(fen) for fen in readings)
        return _(
            "“%(label)s”填的 %(typed)s 有两种读法：%(less)s 元或 %(more)s 元，请按其中一种改写",
            label=label,
            typed=typed,
            less=less,
            more=more,
        )

    def show(self, data: int) -> str:
        return f"{data // 100}.{data % 100:02d}"


class DateField(TypedField[dt.date]):
    """A day, tolerant of 2026-2-14, 2026/2/14, 2026年2月14日 and 20260214, to a date."""

    def parse(self, typed: str) -> dt.date:
        day = read_date(typed)
        if day is None:
            raise ValueError(
                _("“%(label)s”不是有效日期，请按 2026-02-14 的样子填写", label=plain_label(self))
            )
        return day

    def show(self, data: dt.date) -> str:
        return data.isoformat()


class InstantField(TypedField[dt.datetime]):
    """A moment in Beijing time (2026-02-14 15:00; 24:00 is the midnight after that day) to an aware
    UTC instant.
    """

    def parse(self, typed: str) -> dt.datetime:
        instant = read_instant(typed)
        if instant is None:
            raise ValueError(
                _(
                    "“%(label)s”不是有效时间，请按 2026-02-14 15:00 的样子填写（北京时间，24 小时制）",
                    label=plain_label(self),
                )
            )
        return instant

    def show(self, data: dt.datetime) -> str:
        return data.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


class UsccField(TypedField[str]):
    """统一社会信用代码: the compact form, with the check sign of GB 32100 proved."""

    def parse(self, typed: str) -> str:
        code = credit_code.compact(typed)
        self._check(code)
        return code

    def _check(self, code: str) -> None:
        label = plain_label(self)
        if len(code) == 18 and LOOKALIKES & set(code):
            raise ValueError(
                _(
                    "“%(label)s”里没有字母 I、O、S、V、Z，请检查是否把数字 1、0、5、2 看成了字母",
                    label=label,
                )
            )
        try:
            credit_code.checked(code)
        except credit_code.BadCode as error:
            sentence = UNREADABLE_CODES[error.why]
            raise ValueError(str(sentence) % {"label": label, "count": len(code)}) from error


class PhoneField(TypedField):
    """A telephone number in the one form of market.web.phones."""

    def parse(self, typed: str) -> str:
        number = phones.dialled(typed)
        if number is None:
            raise ValueError(
                _(
                    "“%(label)s”不是有效号码，请填 11 位手机号，或带区号的座机，例如 0792-4222222",
                    label=plain_label(self),
                )
            )
        return number


class CodeField(TypedField):
    """A number of the platform's, of a notice, a complaint or an agency, in the platform's own
    spelling however it was typed; or None.
    """

    def parse(self, typed: str) -> str:
        return ids.spelled(typed)


class IntegerField(wtforms.IntegerField):
    """A whole number, with a sentence of ours for anything else."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(_("“%(label)s”请填写整数", label=plain_label(self))) from wrong


class TextListField(TextAreaField):
    """One item a line to a list of texts: trimmed, empty lines and repeats dropped, order kept."""

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = valuelist[0].splitlines() if valuelist else []
        self.data = list(dict.fromkeys(filter(None, map(visible.line, lines))))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "\n".join(self.data or [])


def choices(
    named: Mapping[K, object] | Iterable[tuple[K, object]], *, blank: object = None
) -> list[SelectChoice]:
    """What one may choose among: codes with their words, of a state's pair (label, colour) the
    label.

    `blank` is what the choice of nothing says, first of all.
    """
    pairs = named.items() if isinstance(named, Mapping) else named
    offered = [
        SelectChoice(str(code), label[0] if isinstance(label, tuple) else label)
        for code, label in pairs
    ]
    return offered if blank is None else [SelectChoice("", blank), *offered]  # type: ignore[arg-type] # a lazy sentence


class _OfAList(wtforms.SelectField):
    """Refuses what the list has not with a sentence of ours, which names the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(self._not_listed()) from wrong

    def pre_validate(self, form: BaseForm) -> None:
        try:
            super().pre_validate(form)
        except ValidationError as wrong:
            raise ValidationError(self._not_listed()) from wrong

    def _not_listed(self) -> str:
        return _("请从列表里选择“%(label)s”", label=plain_label(self))


class SelectField(_OfAList):
    """One of a list that opens."""


class RadioField(_OfAList, wtforms.RadioField):
    """One of a list, as buttons."""


class CheckboxesField(_OfAList, wtforms.SelectMultipleField):
    """Several of a list, as check boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


# --- reading ------------------------------------------------------------------------------


# --- drawing ------------------------------------------------------------------------------

KINDS = {"checkbox": "checkbox", "file": "file", "hidden": "hidden", "password": "password"}
TYPED = (
    (MoneyField, "money"),
    (DateField, "date"),
    (InstantField, "instant"),
    (UsccField, "uscc"),
    (PhoneField, "phone"),
)


def kind_of(field: Field) -> str:
    """How the `field` macro draws it: text, textarea, select, radios, checkboxes, checkbox, file,
    hidden, password, money, date, instant, uscc, phone.
    """
    for of, kind in TYPED:
        if isinstance(field, of):
            return kind
    widget = field.widget
    if isinstance(widget, widgets.ListWidget):
        return "checkboxes" if isinstance(field.option_widget, widgets.CheckboxInput) else "radios"
    if isinstance(widget, widgets.TextArea):
        return "textarea"
    if isinstance(widget, widgets.Select):
        return "select"
    return KINDS.get(getattr(widget, "input_type", "text"), "text")


def is_required(field: Field) -> bool:
    """Whether a field must be filled: the macro marks the others 选填. A choice that is always made
    is not optional.
    """
    if field.flags.owed or any(
        isinstance(check, Required | DataRequired | InputRequired) for check in field.validators
    ):
        return True
    if isinstance(field, wtforms.RadioField):
        return field.default is not None
    one = isinstance(field, wtforms.SelectField) and not isinstance(
        field, wtforms.SelectMultipleField
    )
    return one and all(str(choice.value) for choice in field.iter_choices())
