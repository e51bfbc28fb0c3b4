"""The shape of what people write about complaints. What may be heard and decided is in the rules."""

from collections.abc import Mapping
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from market.complaints import words
from market.complaints.forms.tips import AskTip as AskTip
from market.complaints.forms.tips import GiveTip as GiveTip
from market.complaints.forms.tips import HandOver as HandOver
from market.complaints.forms.tips import LookAt as LookAt
from market.complaints.forms.tips import Seen as Seen
from market.complaints.rules import (
    About,
    CallbackResult,
    Channel,
    Complainant,
    ErasureGround,
    Outcome,
    Reason,
    Remedy,
    Violation,
)
from market.kernel.plain import Json
from market.selection.notices.rules.terms import AMENDABLE, SERVICE_DAYS, WORDED, exclusion
from market.web.forms import Form, SecretField
from market.web.once import once_field
from market.web.shown import ShownField
from market.web.widgets import (
    Between,
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
    choices,
)

K = TypeVar("K")
V = TypeVar("V")


def less(table: Mapping[K, V], left_out: object) -> dict[K, V]:
    """A table of words without one of them."""
    return {code: label for code, label in table.items() if code != left_out}


class Facts(Form):
    """What is complained of and what is asked for."""

    matters = TextAreaField(_l("投诉事项和事实"), [Required(), TextLength(10, 4000)])
    request = TextAreaField(_l("投诉请求"), [Required(), TextLength(4, 1000)])
    has_new_evidence = BooleanField(_l("我曾就同一事实投诉过，这次有新证据"))


class AboutNotice(Facts):
    """What of a selection."""

    about = RadioField(
        _l("对什么投诉"), [Required()], choices=choices(less(words.ABOUT, About.CONDUCT))
    )
    respondent = RadioField(_l("被投诉人"), [Required()], choices=choices(words.RESPONDENTS))
    door = RadioField(_l("向哪个单位投诉"), [Required()])


class Contact(Form):
    """Who complains, online."""

    complainant = RadioField(
        _l("以谁的名义"),
        [Required()],
        choices=choices(words.COMPLAINANTS),
        default=Complainant.PERSON,
    )
    phone = PhoneField(_l("联系电话"), [Required()])
    hides_complainant = BooleanField(_l("请不要向被投诉人透露我单位的名称"), default=True)


class FileComplaint(AboutNotice, Contact):
    """A complaint about a notice, its selection or its result."""

    once = once_field()


class Conduct(Facts):
    """Which act, of which day."""

    matter = StringField(_l("所投诉的决定或服务"), [Required(), TextLength(4, 100)])
    act_on = DateField(_l("发生日期"), [Required()])


class FileConduct(Conduct, Contact):
    """A complaint about an enrolment decision or the office's service."""

    once = once_field()


class TakenIn(Form):
    """How a complaint came that staff enter, and from whom."""

    channel = SelectField(
        _l("来件渠道"), [Required()], choices=choices(less(words.CHANNELS, Channel.ONLINE))
    )
    external_number = StringField(_l("原工单号（12345）"), [Optional(), TextLength(0, 40)])
    received_at = InstantField(_l("收到时间"), [Required()])
    posted_on = DateField(_l("邮戳日期（邮寄的）"), [Optional()])
    complainant = RadioField(
        _l("投诉人是"),
        [Required()],
        choices=choices(words.COMPLAINANTS),
        default=Complainant.PERSON,
    )
    name = StringField(_l("投诉人姓名或单位名称"), [Required(), TextLength(2, 100)])
    phone = PhoneField(_l("投诉人联系电话"), [Required()])
    hides_complainant = BooleanField(_l("不向被投诉人透露单位名称"), default=True)


class RegisterComplaint(AboutNotice, TakenIn):
    """A complaint that came by paper, counter, telephone, post or 12345, entered by staff."""

    once = once_field()


class RegisterConduct(Conduct, TakenIn):
    """The same about an enrolment decision or the office's service."""

    once = once_field()


class WhichNotice(Form):
    """Which notice a complaint that staff register is about."""

    class Meta:
        csrf = False

    number = CodeField(_l("选取公告编号"), [Required(), TextLength(18, 30)])


class AddFile(Form):
    """One file a request."""

    file = FileField(_l("选择文件"))


class Declare(Form):
    """The last word before filing."""

    truth = BooleanField(_l("以上内容属实，我愿意对所反映情况的真实性负责"), [Required()])


class DeclareEntered(Form):
    """The last word of staff before they register what another complains of."""

    truth = BooleanField(_l("以上内容与来件或投诉人所述一致，没有概括和删减"), [Required()])


class Accept(Seen):
    """Proposal to accept."""

    reasons = TextAreaField(_l("拟办意见"), [Optional(), TextLength(0, 1000)])


class Conclusion(Form):
    """What a decision says; drawn before its grounds."""

    outcome = RadioField(
        _l("处理结论"), [Required()], choices=choices(words.OUTCOMES), coerce=Outcome
    )
    remedies = CheckboxesField(
        _l("纠正措施"), [Optional()], choices=choices(words.REMEDIES), coerce=Remedy
    )
    agency_ref = CodeField(_l("取消资格的机构平台编号"), [Optional(), TextLength(0, 10)])
    fabricated = BooleanField(_l("经查证，投诉人捏造事实或提供虚假材料"))


class Ground(Form):
    """Under which head a complaint is not accepted; drawn before its grounds."""

    reason = RadioField(
        _l("不予受理的情形"), [Required()], choices=choices(words.REASONS), coerce=Reason
    )


class Grounds(Form):
    """What no refusal and no decision leaves without (docs/rules.md#decision-20)."""

    reasons = TextAreaField(_l("理由"), [Required(), TextLength(10, 4000)])
    legal_basis = TextAreaField(_l("依据"), [Required(), TextLength(4, 1000)])
    remedy_note = TextAreaField(_l("救济途径和期限"), [Required(), TextLength(10, 500)])


class NotAccept(Ground, Grounds, Seen):
    """Proposal not to accept."""


class Amendment(Form):
    """What of an open notice may be corrected: named as the notice names it; drawn last."""

    title = StringField(_l("公告标题"), [Optional(), TextLength(4, 100)])
    content = TextAreaField(_l("服务内容和要求"), [Optional(), TextLength(0, 8000)])
    requirement = StringField(_l("资质要求"), [Optional(), TextLength(0, 300)])
    scale = StringField(_l("项目规模"), [Optional(), TextLength(0, 200)])
    location = StringField(_l("项目地点"), [Optional(), TextLength(0, 200)])
    price_note = StringField(_l("金额说明"), [Optional(), TextLength(0, 200)])
    ceiling_fen = MoneyField(_l("最高限价"), [Optional()])
    service_days = IntegerField(
        _l("服务期限"), [Optional(), Between(*SERVICE_DAYS, _l("请填 %(min)s 到 %(max)s 的整数"))]
    )
    exclusions = TextListField(_l("须回避的机构"), [Optional()])

    def validate_exclusions(self, field: TextListField) -> None:
        """Each line is a credit code, a space, a reason."""
        if not all(map(exclusion, field.data or [])):
            raise ValidationError(_("请每行填写一家：18 位统一社会信用代码，空格，理由"))

    def said(self) -> Json:
        """What was typed, as the service takes it; a field that was not sent says nothing."""
        sent = {name: self[name].data for name in AMENDABLE if name in self and self[name].raw_data}
        if "exclusions" in sent:
            sent["exclusions"] = [
                [each.uscc, each.reason]
                for line in sent["exclusions"] or []
                if (each := exclusion(line))
            ]
        return {name: data or "" if name in WORDED else data for name, data in sent.items()}


class Decide(Conclusion, Grounds, Amendment, Seen):
    """Proposal of a decision."""


class Ask(Form):
    """What is missing, once and completely."""

    request = TextAreaField(_l("需要补充的全部材料"), [Required(), TextLength(4, 2000)])


class Complete(Form):
    """What was missing."""

    text = TextAreaField(_l("补充说明"), [Required(), TextLength(2, 4000)])


class AskAnswer(Form):
    """Whether the respondent learns which firm complains."""

    hides_complainant = BooleanField(
        _l("有打击报复风险，不向被投诉人透露投诉单位名称"), default=True
    )


class Answer(Form):
    """The respondent's statement."""

    text = TextAreaField(_l("答复意见"), [Required(), TextLength(4, 4000)])


class Opinion(Form):
    """What an assisting body finds."""

    text = TextAreaField(_l("联合办理意见"), [Required(), TextLength(4, 4000)])


class Note(Form):
    """A reason or a word to go with a deed."""

    note = TextAreaField(_l("理由或说明"), [Required(), TextLength(2, 1000)])


class Sign(Seen):
    """What is signed."""


class Return(Note, Seen):
    """Why what was proposed goes back."""


class Withdraw(Form):
    """Why."""

    note = TextAreaField(_l("撤回原因"), [Required(), TextLength(2, 1000)])


class ProposeWithdrawal(Seen):
    """How one who has no account asked for the withdrawal."""

    reasons = TextAreaField(_l("投诉人怎样要求撤回"), [Required(), TextLength(4, 1000)])


class FindViolation(Form):
    """What was found, and by what."""

    violation = RadioField(
        _l("查明的情形"), [Required()], choices=choices(words.VIOLATIONS), coerce=Violation
    )
    reasons = TextAreaField(_l("查明的事实和证据"), [Required(), TextLength(10, 4000)])


class ToBody(Form):
    """Which body, and why."""

    shown = ShownField()
    organisation_id = SelectField(_l("单位"), [Required()], coerce=int)
    reason = TextAreaField(_l("理由"), [Required(), TextLength(2, 1000)])


class OtherBody(Form):
    """Which body, and until when it is asked for its opinion."""

    organisation_id = SelectField(_l("参与联合办理的单位"), [Required()], coerce=int)
    due_on = DateField(_l("请在哪一天之前提交意见（含当天）"), [Required()])


class ToOfficer(Form):
    """Which officer."""

    shown = ShownField()
    person_id = SelectField(_l("承办人"), [Required()], coerce=int)


class Publish(Form):
    """The decision as everybody may read it."""

    text = TextAreaField(_l("公开文本（已遮盖个人信息）"), [Required(), TextLength(10, 6000)])


class CallBack(Form):
    """What the complainant said."""

    result = RadioField(
        _l("回访结果"), [Required()], choices=choices(words.CALLBACKS), coerce=CallbackResult
    )
    note = TextAreaField(_l("回访记录"), [Required(), TextLength(2, 1000)])


class Rate(Form):
    """好差评 in five levels."""

    level = RadioField(_l("您对这次办理的评价"), [Required()], choices=choices(words.LEVELS))
    text = TextAreaField(_l("想说的话"), [Optional(), TextLength(0, 1000)])


class Erase(Form):
    """Which complaint or tip is to lose its text, and why."""

    number = CodeField(_l("投诉或线索编号"), [Required(), TextLength(4, 30)])
    ground = RadioField(
        _l("删除理由"), [Required()], choices=choices(words.ERASURE_GROUNDS), coerce=ErasureGround
    )
    basis = TextAreaField(_l("要求的来由"), [Required(), TextLength(4, 300)])


class Search(Form):
    """The register's filters, which live in the address."""

    class Meta:
        csrf = False

    q = StringField(_l("编号、项目名称或决定内容"), [Optional(), TextLength(0, 80)])
    about = SelectField(
        _l("投诉对象"), [Optional()], choices=choices(words.ABOUT, blank=_l("全部"))
    )
    state = SelectField(
        _l("状态"), [Optional()], choices=choices(less(words.STATES, "draft"), blank=_l("全部"))
    )
    body = SelectField(_l("办理单位"), [Optional()])
