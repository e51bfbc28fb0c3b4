"""The forms of enrolment: shape of input and words of labels. The law is in rules.py."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from flask import render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from market.adapters import addresses
from market.agencies.queries import QualificationCard
from market.agencies.rules import Held, Type
from market.catalogue.rules import GRADES
from market.enrolment import words
from market.enrolment.rules import (
    MOST_TEXT,
    Basics,
    Opinion,
    Section,
    check_basics,
    check_representative_number,
)
from market.kernel import visible
from market.web.forms import Checks, Fleeting, Form
from market.web.once import once_field
from market.web.plain import plain_text
from market.web.ruled import FewLines, OwedOnce, RequiredUnless, Ruled, today
from market.web.widgets import (
    Between,
    CheckboxesField,
    DateField,
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
    plain_label,
)

OTHER = "other"
PARTED = re.compile(r"[、，,；;\n]")


def remedy() -> str:
    """What a decision says of remedies unless the officer writes something else: the 60 days are
    the law's (《中华人民共和国行政复议法》第二十条), the days of a complaint the rulebook's.
    """
    return render_template("enrolment/remedy.txt")


def is_past(day: dt.date) -> None:
    """Refuse a day of foundation that is to come."""
    check_basics(Basics(name="-", established_on=day), today())


def is_address(_form: Form, field: Field) -> None:
    """Refuse what is no e-mail address, by the rule for logins."""
    if not addresses.is_address(field.data or ""):
        raise ValidationError(words.WORDS["agency.bad_email"])


def as_typed(value: str | None) -> str | None:
    """A name as it stands in its document, None when there is none: full-width brackets and signs
    such as ① belong to it. What compares names folds them.
    """
    return visible.line(value) or None if value else None


class HalfwayForm(Form):
    """A form that can be saved half-way: what is empty may stay so, what is wrong may not."""

    save = HiddenField()

    def may_be_kept(self) -> bool:
        """Whether everything is there, or 保存,以后再填 was pressed and nothing that was typed is
        wrong.
        """
        if self.validate_on_submit():
            return True
        return bool(self.save.data) and not any(field.errors and _typed(field) for field in self)


def _typed(field: Field) -> bool:
    return any(str(each).strip() for each in field.raw_data or ())


class StartForm(Form):
    once = once_field()
    uscc = UsccField(_l("统一社会信用代码"), [Required()])
    name = StringField(_l("机构名称"), [Required(), TextLength(2, 100)], filters=[as_typed])


class IdentityField(Fleeting, StringField):
    """The number of somebody's identity document: kept nowhere, shown to nobody again."""


class BasicsForm(HalfwayForm):
    representative: str | None = None  # whose number is there already

    def is_known(self) -> bool:
        """Whether the representative's number is there: it stays while his name does."""
        return bool(self.representative) and self.representative == self.legal_representative.data

    name = StringField(words.FIELDS["name"], [Required(), TextLength(2, 100)], filters=[as_typed])
    type = RadioField(
        words.FIELDS["type"],
        [Required()],
        choices=choices((each, words.TYPES[each]) for each in Type),
    )
    region = StringField(
        words.FIELDS["region"],
        [
            Required(),
            Regexp(r"\d{6}$", message=_l("“登记地区代码”应为 6 位数字")),
            Ruled(lambda code: check_basics(Basics(name="-", region=code), today())),
        ],
        filters=[plain_text],
    )
    legal_representative = StringField(
        words.FIELDS["legal_representative"], [Required(), TextLength(2, 50)], filters=[as_typed]
    )
    representative_number = IdentityField(
        words.FIELDS["representative_number"],
        [OwedOnce(), Optional(), Length(max=30), Ruled(check_representative_number)],
        filters=[plain_text],
    )
    capital_fen = MoneyField(words.FIELDS["capital_fen"], [Optional()])
    established_on = DateField(words.FIELDS["established_on"], [Required(), Ruled(is_past)])
    address = StringField(
        words.FIELDS["address"], [Required(), TextLength(4, 200)], filters=[as_typed]
    )
    contact_person = StringField(
        words.FIELDS["contact_person"], [Required(), TextLength(2, 50)], filters=[as_typed]
    )
    contact_phone = PhoneField(words.FIELDS["contact_phone"], [Required()])
    contact_email = EmailField(
        words.FIELDS["contact_email"],
        [Required(), Length(max=200), is_address],
        filters=[plain_text],
    )
    shows_contact = BooleanField(words.FIELDS["shows_contact"])
    intro = TextAreaField(words.FIELDS["intro"], [Optional(), TextLength(0, 2000)])

    def basics(self, digest: str | None = None) -> Basics:
        """What is filled in, as the service takes it; `digest` is that of the number typed."""
        return Basics(
            name=self.name.data,
            type=Type(self.type.data) if self.type.data in list(Type) else None,
            region=self.region.data,
            legal_representative=self.legal_representative.data,
            representative_digest=digest,
            capital_fen=self.capital_fen.data,
            established_on=self.established_on.data,
            address=self.address.data,
            contact_person=self.contact_person.data,
            contact_phone=self.contact_phone.data,
            contact_email=self.contact_email.data,
            intro=(self.intro.data or "").strip() or None,
            shows_contact=bool(self.shows_contact.data),
        )


class RepresentativeForm(Form):
    legal_representative = StringField(
        words.FIELDS["legal_representative"], [Required(), TextLength(2, 50)], filters=[as_typed]
    )
    representative_number = IdentityField(
        words.FIELDS["representative_number"],
        [Required(), Length(max=30), Ruled(check_representative_number)],
        filters=[plain_text],
    )


class LinesForm(Form):
    items = CheckboxesField(_l("服务事项"), [Required(_l("请至少选择一个服务事项"))])


class SpecialitiesField(TextListField):
    """Specialities as people write them: one a line, or parted by 、，；, and the like."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(["\n".join(PARTED.split(typed)) for typed in valuelist])


class QualificationForm(Form):
    once = once_field()
    kept = (
        HiddenField()
    )  # the id of a scan that has come through already, when something else was wrong
    name = SelectField(_l("资质或备案名称"), [Required()])
    other = StringField(_l("其他名称"), [Optional(), TextLength(2, 100)], filters=[as_typed])
    grade = SelectField(
        _l("等级"), choices=choices(zip(GRADES, GRADES, strict=True), blank=_l("不分等级"))
    )
    known = CheckboxesField(_l("专业（类别）"), [Optional()])
    specialities = SpecialitiesField(_l("其他专业（类别）"), [FewLines(30, 100)])
    number = StringField(_l("证书或备案编号"), [Required(), TextLength(1, 100)], filters=[as_typed])
    issuer = StringField(
        _l("发证（备案）机关"), [Required(), TextLength(2, 100)], filters=[as_typed]
    )
    valid_from = DateField(_l("有效期起"), [Required()])
    valid_to = DateField(
        _l("有效期止"),
        [RequiredUnless("lasting", _l("请填写“有效期止”；没有期限的，请勾选“长期有效”"))],
    )
    lasting = BooleanField(_l("长期有效"))
    scan = FileField(_l("扫描件"))

    def offer(self, names: Sequence[str], specialities: Sequence[str] = ()) -> None:
        """The names and specialities to choose from: what the chosen items ask for, and any other."""
        self.known.choices = choices(zip(specialities, specialities, strict=True))
        if not specialities:
            self.specialities.label.text = self.known.label.text
        self.name.choices = choices(
            [*zip(names, names, strict=True), (OTHER, _l("其他"))], blank=_l("请选择")
        )

    def validate(self, extra_validators: Checks | None = None) -> bool:
        """Besides the fields' own checks: another name is written out."""
        passed = super().validate(extra_validators)
        if self.name.data == OTHER and not self.other.data:
            self.other.errors = [gettext("请填写“其他名称”")]
            passed = False
        return passed

    def held(self) -> Held:
        """What is filled in, as the service takes it."""
        name = self.other.data if self.name.data == OTHER else self.name.data
        return Held(
            str(name),
            self.grade.data or None,
            tuple(dict.fromkeys([*(self.known.data or ()), *(self.specialities.data or ())])),
            self.valid_from.data or dt.date.min,
            None if self.lasting.data else self.valid_to.data,
        )


class CommitmentForm(Form):
    agree = BooleanField(
        _l("本机构已阅读并同意上述承诺，由签署人代表机构签署"), [Required(_l("请勾选后再签署"))]
    )


class SubmitForm(Form):
    once = once_field()


class CheckForm(SubmitForm):
    """Handing in; of a correction also why an opinion was not followed."""

    plea = TextAreaField(_l("没有修改的意见，请说明理由"), [Optional(), TextLength(0, MOST_TEXT)])


class DocumentForm(Form):
    """A document of the published list: hand it in with the application, or put it off."""

    choice = RadioField(
        _l("这份材料"),
        [Required(_l("请选择现在上传，还是以后补交"))],
        choices=choices({"now": _l("现在上传"), "later": _l("还没有，入驻后在时限内补交")}),
    )
    file = FileField(_l("材料文件"))

    def validate(self, extra_validators: Checks | None = None) -> bool:
        """Besides the fields' own checks: what is handed in has its file."""
        passed = super().validate(extra_validators)
        if self.choice.data == "now" and not self.file.data:
            self.file.errors = [gettext("请选择要上传的文件；还没有的，请选“以后补交”")]
            passed = False
        return passed


class FileForm(Form):
    file = FileField(_l("材料文件"), [Required(_l("请选择要上传的文件"))])


class AdditionForm(Form):
    items = CheckboxesField(_l("要增加的事项"), [Optional()])
    agree = BooleanField(
        _l("告知承诺的内容同样适用于增加的事项，由签署人代表机构签署"),
        [Required(_l("请勾选后再提交"))],
    )


class ReturnForm(Form):
    reason = TextAreaField(_l("退回的原因，一次写全"), [Required(), TextLength(1, 4000)])


class StatementForm(Form):
    statement = TextAreaField(_l("陈述、申辩"), [Required(), TextLength(1, 4000)])


# --- the office ---------------------------------------------------------------------------


def place_of(section: Section, name: str) -> str:
    """The name of the input beside a field."""
    return f"about:{section.value}:{name}"


class CorrectionsForm(Form):
    basics = TextListField(words.SECTIONS[Section.BASICS], [FewLines(30, 1000)])
    lines = TextListField(words.SECTIONS[Section.LINES], [FewLines(30, 1000)])
    qualifications = TextListField(words.SECTIONS[Section.QUALIFICATIONS], [FewLines(30, 1000)])
    commitment = TextListField(words.SECTIONS[Section.COMMITMENT], [FewLines(30, 1000)])

    places: Sequence[tuple[Section, str, str]] = ()  # section, field and label of each

    def offer(self, qualifications: Iterable[QualificationCard]) -> None:
        """A place for an opinion beside each field of the application."""
        basics = [
            (Section.BASICS, field.name, plain_label(field))
            for field in BasicsForm(formdata=None)
            if not isinstance(field, HiddenField)
        ]
        held = [
            (Section.QUALIFICATIONS, f"qualification:{of.id}", of.name) for of in qualifications
        ]
        self.places = [*basics, *held]

    def corrections(self, sent: Mapping[str, str]) -> list[Opinion]:
        """The whole list: what was written beside fields, and section by section."""
        beside = [
            Opinion(section, sent[place_of(section, name)], name)
            for section, name, _label in self.places
            if place_of(section, name) in sent
        ]
        return beside + [
            Opinion(section, text) for section in Section for text in self[section.value].data or ()
        ]


class ReasonedForm(Form):
    """A refusal or revocation: nothing leaves without its reasons, basis and remedy."""

    reasons = TextAreaField(_l("理由"), [Required(), TextLength(1, 4000)])
    basis = TextAreaField(_l("法律依据"), [Required(), TextLength(1, 4000)])
    remedy = TextAreaField(_l("救济途径"), [Required(), TextLength(1, 4000)], default=remedy)


class RemovalForm(Form):
    """A removal names the record on which it stands, and from when the agency may apply again. The
    view fills in the records that allow one.
    """

    record_number = SelectField(_l("所依据的履约记录"), [Required()])
    reasons = TextAreaField(_l("理由"), [Required(), TextLength(1, 4000)])
    remedy = TextAreaField(_l("救济途径"), [Required(), TextLength(1, 4000)], default=remedy)
    barred_until = DateField(_l("不再受理申请到哪一天（含）"), [Required()])


class NewDueForm(Form):
    """Keep an agency whose document is late."""

    days = IntegerField(
        _l("新的期限（工作日）"),
        [Required(), Between(1, 99, _l("期限要在 %(min)s 到 %(max)s 个工作日之间"))],
    )
    reasons = TextAreaField(_l("理由"), [Required(), TextLength(1, 4000)])


class ObjectionForm(Form):
    once = once_field()
    reason = TextAreaField(_l("异议内容"), [Required(), TextLength(10, 4000)])


class AnswerForm(Form):
    answer = TextAreaField(_l("核实情况和答复"), [Required(), TextLength(10, 4000)])


class SuspendForm(Form):
    fact = SelectField(_l("登记簿上的事实"), [Required()], choices=choices(words.FACTS))
    reason = TextAreaField(_l("从哪里查到，何时查到"), [Required(), TextLength(1, 4000)])
    until = DateField(_l("暂停到哪一天（含）"), [Required()])
