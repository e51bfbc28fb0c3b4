"""What people type, and what a service gets."""

import datetime as dt

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from stdnum.cn import uscc
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Optional

from market.web import locale
from market.web.dates import read_date, read_instant
from market.web.widgets import (
    CheckboxesField,
    CodeField,
    DateField,
    InstantField,
    IntegerField,
    MoneyField,
    PhoneField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    TextListField,
    UsccField,
    choices,
    is_required,
    kind_of,
)

BODY = "91360481MA35LK1X2"
CODE = BODY + uscc.calc_check_digit(BODY)


class Sample(FlaskForm):
    class Meta:
        csrf = False

    name = StringField("项目名称", [Optional(), TextLength(4, 10)])
    amount = MoneyField("最高限价")
    day = DateField("有效期至")
    moment = InstantField("截止时间")
    code = UsccField("信用代码")
    tel = PhoneField("联系电话")
    lines = TextListField("成果")
    ways = CheckboxesField("方式", choices=choices({"r": "随机", "b": "择优"}))
    copies = IntegerField("份数", [Optional()])


class Strict(FlaskForm):
    class Meta:
        csrf = False

    name = TextAreaField("事由", [Required()])
    fund = RadioField("资金", [Required()], choices=choices({"a": "财政", "b": "社会"}))
    amount = MoneyField("限价", [Required()])
    copies = IntegerField("份数", [Required()])
    agree = BooleanField("承诺", [Required()])
    ways = CheckboxesField("方式", [Required()], choices=choices({"r": "随机"}))


@pytest.fixture
def bare() -> Flask:
    app = Flask("market")
    app.secret_key = "test"
    locale.init_app(app)
    return app


def typed(
    bare: Flask, of: type[FlaskForm] = Sample, lang: str = "zh", **values: str | list[str]
) -> FlaskForm:
    with bare.test_request_context(f"/?lang={lang}"):
        form = of(MultiDict(values))
        form.validate()
        return form


@pytest.mark.parametrize(
    "text, fen",
    [
        ("12800", 1280000),
        ("12,800.5", 1280050),
        ("12,800.50", 1280050),
        ("¥12800元", 1280000),
        ("0", 0),
        ("1.5万", 1500000),
        ("30 万元", 30000000),
        ("\uff11\uff12\uff0c\uff18\uff10\uff10\uff0e\uff15", 1280050),
        ("0.01万", 10000),
        ("12800元整", 1280000),
        ("人民币 12 800 元正", 1280000),
        ("1.2亿", 12000000000),
        ("1,234,567.89", 123456789),
        ("１２，８００", 1280000),
    ],
)
def test_money_is_whole_fen(bare, text, fen):
    form = typed(bare, amount=text)
    assert (form.amount.data, list(form.amount.errors)) == (fen, [])


@pytest.mark.parametrize(
    "text, less, more",
    [
        ("12800,50", "12,800.50", "1,280,050.00"),
        ("12800，5", "12,800.50", "128,005.00"),
        ("1,5万", "15,000.00", "150,000.00"),
        ("1 2", "1.20", "12.00"),
        ("1,234,5", "1,234.50", "12,345.00"),
    ],
)
def test_an_amount_with_two_readings_is_refused_with_both(bare, text, less, more):
    form = typed(bare, amount=text)
    assert form.amount.data is None
    assert less in form.amount.errors[0]
    assert more in form.amount.errors[0]
    assert form.amount._value() == text


@pytest.mark.parametrize(
    "text",
    [
        "三十万",
        "-5",
        "12.345",
        "1e5",
        "12.3.4",
        "99999999999999999",
        "9" * 15,
        "元",
        "1,23,456",
        ",5",
    ],
)
def test_what_is_no_amount_is_named_and_kept(bare, text):
    form = typed(bare, amount=text)
    assert form.amount.data is None
    assert "最高限价" in form.amount.errors[0]
    assert form.amount._value() == text


@pytest.mark.parametrize(
    "text", ["2026-02-14", "2026-2-14", "2026/2/14", "2026.02.14", "2026年2月14日", "20260214"]
)
def test_a_day_may_be_written_as_people_do(text):
    assert read_date(text) == dt.date(2026, 2, 14)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "14-02-2026", "明天", "2026-13-01", "0026-02-14", ""]
)
def test_what_is_no_day(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text, instant",
    [
        ("2026-02-14 15:00", "2026-02-14T07:00+00:00"),
        ("2026-02-14T09:05", "2026-02-14T01:05+00:00"),
        ("2026年2月14日 15时30分", "2026-02-14T07:30+00:00"),
        ("2026-02-14 24:00", "2026-02-14T16:00+00:00"),
        ("2026-02-14 15:00:30", "2026-02-14T07:00:30+00:00"),
    ],
)
def test_a_moment_is_beijing_time(text, instant):
    assert read_instant(text) == dt.datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text",
    ["2026-02-14", "2026-02-14 25:00", "2026-02-14 24:01", "2026-02-30 10:00", "15:00", "x y"],
)
def test_what_is_no_moment(bare, text):
    form = typed(bare, moment=text)
    assert form.moment.data is None
    assert "截止时间" in form.moment.errors[0]


def test_a_credit_code_is_tidied_and_proved(bare):
    assert typed(bare, code=f" {CODE[:8].lower()} {CODE[8:]} ").code.data == CODE


@pytest.mark.parametrize(
    "text, says",
    [
        (CODE[:-1], "17 位"),
        (CODE[:4] + "O" + CODE[5:], "字母 I"),
        (CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), "校验不符"),
        (CODE[:5] + "中" + CODE[6:], "只能是数字和大写字母"),
        (CODE[:5] + "'" + CODE[6:], "只能是数字和大写字母"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(bare, text, says):
    form = typed(bare, code=text)
    assert form.code.data is None
    assert says in form.code.errors[0]


def test_a_list_is_one_item_a_line_without_repeats(bare):
    assert typed(bare, lines="报告书\r\n\r\n 批复 \n报告书\n").lines.data == ["报告书", "批复"]


def test_empty_typed_fields_are_nothing(bare):
    form = typed(bare, amount=" ", day="", moment="", code="", tel="")
    assert not form.errors
    assert {form.amount.data, form.day.data, form.moment.data, form.code.data, form.tel.data} == {
        None
    }


def test_values_of_a_record_are_shown_as_people_write_them(bare):
    with bare.test_request_context():
        form = Sample(
            amount=1280050,
            moment=dt.datetime(2026, 2, 14, 7, tzinfo=dt.UTC),
            day=dt.date(2026, 2, 14),
            lines=["a", "b"],
        )
    assert (form.amount._value(), form.moment._value(), form.day._value(), form.lines._value()) == (
        "12800.50",
        "2026-02-14 15:00",
        "2026-02-14",
        "a\nb",
    )


def test_each_empty_field_says_what_to_do(bare):
    form = typed(bare, Strict)
    assert {name: errors[0] for name, errors in form.errors.items()} == {
        "name": "请填写“事由”",
        "fund": "请选择“资金”",
        "amount": "请填写“限价”",
        "copies": "请填写“份数”",
        "agree": "请勾选“承诺”",
        "ways": "请至少选择一项“方式”",
    }


def test_what_was_typed_wrongly_is_not_called_missing(bare):
    form = typed(
        bare, Strict, amount="三十万", fund="z", copies="两", name="x", agree="y", ways=["r"]
    )
    assert "例如" in form.amount.errors[0]
    assert form.fund.errors == ["请从列表里选择“资金”"]
    assert form.copies.errors == ["“份数”请填写整数"]
    assert set(form.errors) == {"amount", "fund", "copies"}


class Lists(FlaskForm):
    class Meta:
        csrf = False

    unit = SelectField("单位", choices=choices({"d": "日"}))
    body = SelectField("办理单位", coerce=int, choices=choices({1: "协管办"}))
    fund = RadioField("资金", choices=choices({"1": "财政"}), coerce=int)
    ways = CheckboxesField("方式", choices=choices({"1": "随机"}), coerce=int)


@pytest.mark.parametrize("wrong", ["9", "x", "", "９９"])
def test_what_no_list_has_is_refused_by_the_name_of_its_field(bare, wrong):
    form = typed(bare, Lists, unit=wrong, body=wrong, fund=wrong, ways=[wrong])
    assert form.errors == {
        name: [f"请从列表里选择“{label}”"]
        for name, label in (
            ("unit", "单位"),
            ("body", "办理单位"),
            ("fund", "资金"),
            ("ways", "方式"),
        )
    }


@pytest.mark.parametrize(
    "written",
    [
        "GG-360481-2026-00001",
        " gg-360481-2026-00001 ",
        "ＧＧ－３６０４８１－２０２６－００００１",
        "GG – 360481 — 2026 − 00001",
        "gg360481202600001",
        "GG\u2011360481\u20112026\u201100001。",
        "\u200bGG－360481－2026－00001\u202c",
    ],
)
def test_a_number_is_read_however_it_is_written(bare, written):
    class Numbered(FlaskForm):
        class Meta:
            csrf = False

        number = CodeField("编号")

    form = typed(bare, Numbered, number=written)
    assert form.number.data == "GG-360481-2026-00001"
    assert form.number._value() == written


def test_zero_is_something(bare):
    assert "amount" not in typed(bare, Strict, amount="0").errors
    assert "copies" not in typed(bare, Strict, copies="0").errors


def test_blank_text_is_missing(bare):
    assert "name" in typed(bare, Strict, name=" \r\n ").errors


@pytest.mark.parametrize("text, says", [("项目", "现在有 2 个字"), ("项" * 11, "最多写 10 个字")])
def test_a_text_of_wrong_length_says_how_many(bare, text, says):
    assert says in typed(bare, name=text).name.errors[0]


def test_the_macro_knows_each_kind(bare):
    with bare.test_request_context():
        form = Sample()
        strict = Strict()
    kinds = {field.name: kind_of(field) for field in (*form, *strict)}
    assert kinds == {
        "name": "textarea",
        "amount": "money",
        "day": "date",
        "moment": "instant",
        "code": "uscc",
        "tel": "phone",
        "lines": "textarea",
        "ways": "checkboxes",
        "copies": "text",
        "fund": "radios",
        "agree": "checkbox",
    }
    assert [field.name for field in form if is_required(field)] == []
    assert is_required(strict.fund)


def test_a_choice_that_is_always_made_is_not_optional(bare):
    class Choosing(FlaskForm):
        unit = SelectField("单位", choices=choices({"d": "日", "w": "个工作日"}))
        item = SelectField("事项", choices=choices({"a": "环评"}, blank="全部"))
        shown = RadioField("范围", choices=choices({"a": "全部"}), default="a")
        other = RadioField("其他", choices=choices({"a": "全部"}))

    with bare.test_request_context():
        form = Choosing(meta={"csrf": False})
    assert [field.name for field in form if is_required(field)] == ["unit", "shown"]


def test_a_telephone_number_is_kept_in_one_form_and_else_named(bare):
    assert typed(bare, tel="+86 792 4222222 分机801").tel.data == "0792-4222222-801"
    assert "联系电话" in typed(bare, tel="电话").tel.errors[0]
