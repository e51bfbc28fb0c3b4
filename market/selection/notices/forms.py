"""Shape of a notice, of the office's answers, of an entry. The law is in rules/."""

from collections.abc import Collection, Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import Optional, ValidationError

from market.catalogue import queries as catalogue
from market.catalogue.queries import ItemCard
from market.catalogue.rules import Joined
from market.kernel.plain import Json
from market.selection.kinds import Fund, Method
from market.selection.notices.rules.attachments import Why
from market.selection.notices.rules.terms import SERVICE_DAYS, WORDED, Terms, exclusion
from market.selection.notices.words import FUNDS, JOINED, METHODS, WHY
from market.web.finding import findable_choices
from market.web.forms import Form
from market.web.once import once_field
from market.web.ruled import Owed
from market.web.widgets import (
    Between,
    CheckboxesField,
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

ONE_TO_100 = Between(0, 100, _l("请填 0 到 100 的整数"))
DAYS = Between(*SERVICE_DAYS, _l("请填 %(min)s 到 %(max)s 的整数"))


class NoticeForm(Form):
    """A notice as its owner writes it; only item and title are needed to save a draft."""

    once = once_field()
    item_code = SelectField(_l("中介服务事项"), [Required()])
    further = CheckboxesField(_l("合并选取的其他事项"), [Optional()])
    joined = RadioField(
        _l("机构须具备"),
        [Optional()],
        choices=choices((joined, JOINED[joined]) for joined in Joined),
        default=Joined.ALL_OF.value,
    )
    title = StringField(_l("公告标题"), [Required(), TextLength(4, 100)])
    fund = RadioField(
        _l("资金来源"), [Required()], choices=choices((fund, FUNDS[fund]) for fund in Fund)
    )
    fiscal_percent = IntegerField(_l("财政性资金占比"), [Optional(), ONE_TO_100])
    method = RadioField(
        _l("选取方式"),
        [Required()],
        default=Method.RANDOM.value,
    )
    ceiling_fen = MoneyField(_l("最高限价"), [Owed(), Optional()])
    price_note = StringField(_l("金额说明"), [Optional(), TextLength(0, 200)])
    scale = StringField(_l("项目规模"), [Optional(), TextLength(0, 200)])
    location = StringField(_l("项目地点"), [Optional(), TextLength(0, 200)])
    content = TextAreaField(_l("服务内容和要求"), [Owed(), Optional(), TextLength(0, 8000)])
    service_days = IntegerField(_l("服务期限"), [Owed(), Optional(), DAYS])
    requirement = StringField(_l("资质要求"), [Optional(), TextLength(0, 300)])
    exclusions = TextListField(_l("须回避的机构"), [Optional()])
    urgent = BooleanField(_l("紧急项目，缩短报名时间"))
    urgent_reason = StringField(_l("紧急理由"), [Optional(), TextLength(0, 300)])
    entry_close = InstantField(_l("报名截止"), [Owed(), Optional()])
    draw_at = InstantField(_l("选取时间"), [Optional()])
    beacon = BooleanField(_l("另加公开信标 drand 作为第三个见证源"))
    contact_phone = PhoneField(_l("咨询电话"), [Owed(), Optional()])
    complaint_phone = PhoneField(_l("投诉电话"), [Owed(), Optional()])
    project_code = StringField(_l("投资项目代码"), [Optional(), TextLength(0, 64)])
    plea = TextAreaField(_l("关于限制条件误判的说明"), [Optional(), TextLength(0, 1000)])

    def offer(self, items: list[ItemCard], ways: Iterable[Method]) -> None:
        """Let one choose among the catalogue's items, by category, and the ways that are open to some
        money; a draft's own way stays to be read.
        """
        self.item_code.choices = findable_choices(items, catalogue.in_english)
        self.further.choices = findable_choices(items, catalogue.in_english)
        self.method.choices = choices(
            (method, METHODS[method])
            for method in Method
            if method in set(ways) or self.method.object_data == method.value
        )

    def validate_exclusions(self, field: TextListField) -> None:
        """Each line is a credit code, a space, a reason."""
        for line in field.data or []:
            if exclusion(line) is None:
                raise ValidationError(_("请每行填写一家：18 位统一社会信用代码，空格，理由"))

    def forget_errors(self, besides: Collection[str] = ()) -> None:
        """Say nothing of what is wrong, but in these fields: it is told at its own step."""
        for field in self:
            if field.name not in besides:
                field.errors = ()

    def terms(self) -> Terms:
        """What was typed, as the service takes it."""
        texts: Json = {name: (self[name].data or "").strip() for name in TEXTS}
        plain: Json = {name: self[name].data for name in PLAIN}
        percent = self.fiscal_percent.data
        fund = Fund(self.fund.data)
        further = tuple(self.further.data or ())
        return Terms(
            further=further,
            joined=Joined(self.joined.data or Joined.ALL_OF) if further else None,
            **texts,
            **plain,
            fund=fund,
            method=Method(self.method.data),
            fiscal_percent=(100 if fund is Fund.FISCAL else 0) if percent is None else percent,
            exclusions=tuple(
                each for line in self.exclusions.data or [] if (each := exclusion(line))
            ),
        )


STEPS: Mapping[str, tuple[str, ...]] = {
    "item": ("item_code", "further", "joined", "title", "project_code"),
    "money": ("fund", "fiscal_percent", "ceiling_fen", "price_note"),
    "content": (
        "content",
        "requirement",
        "scale",
        "location",
        "service_days",
        "exclusions",
        "plea",
    ),
    "times": (
        "method",
        "entry_close",
        "draw_at",
        "urgent",
        "urgent_reason",
        "beacon",
        "contact_phone",
        "complaint_phone",
    ),
}
"""The steps of writing a notice, each with its fields; the check of the whole follows them."""
PLAIN = ("ceiling_fen", "service_days", "entry_close", "draw_at", "urgent", "beacon")
TEXTS = (
    "item_code",
    "title",
    "price_note",
    "scale",
    "location",
    "content",
    "requirement",
    "urgent_reason",
    "contact_phone",
    "complaint_phone",
    "project_code",
    "plea",
)


def filled(terms: Terms) -> Json:
    """A notice's terms as the form shows them again."""
    names = (*TEXTS, *PLAIN, "fiscal_percent")
    return {
        **{name: getattr(terms, name) for name in names},
        "further": list(terms.further),
        "joined": (terms.joined or Joined.ALL_OF).value,
        "fund": terms.fund.value,
        "method": terms.method.value,
        "exclusions": [f"{each.uscc} {each.reason}" for each in terms.exclusions],
    }


LABELS: dict[str, object] = {
    name: field.args[0]
    for name, field in vars(NoticeForm).items()
    if isinstance(field, UnboundField) and field.args
}
"""What the fields of a notice are called, for sentences that stand apart from them."""


class ApproveForm(Form):
    """The reviewer's finding."""

    override_reason = TextAreaField(
        _l("认为不构成限制条件的理由"), [Optional(), TextLength(5, 500)]
    )


class ReturnForm(Form):
    """One complete list."""

    reasons = TextListField(_l("需要修改的内容"), [Required()])


class RefuseForm(Form):
    """Why not here, and where instead."""

    reasons = TextListField(_l("不予发布的理由"), [Required()])
    channel = StringField(_l("应走的渠道"), [Required(), TextLength(2, 100)])


class AmendForm(Form):
    """Later times, with a public reason."""

    entry_close = InstantField(_l("新的报名截止"), [Required()])
    draw_at = InstantField(_l("新的选取时间"), [Required()])
    reason = TextAreaField(_l("更正理由"), [Required(), TextLength(5, 500)])


class CancelForm(Form):
    """A public reason."""

    reason = TextAreaField(_l("取消理由"), [Required(), TextLength(5, 500)])


class AttachForm(Form):
    """One file a request."""

    file = FileField(_l("选择文件"))


class AccuseForm(Form):
    """The class of a reason; nothing else is said in public."""

    why = RadioField(
        _l("撤下的原因"), [Required()], choices=choices((why, WHY[why]) for why in Why)
    )


class WithholdForm(Form):
    """What may not become public; read by the owner and the office alone."""

    note = TextAreaField(_l("不得公开的内容和理由"), [Required(), TextLength(2, 500)])


class AskForm(Form):
    """A question that everybody will read."""

    once = once_field()
    question = TextAreaField(_l("提问"), [Required(), TextLength(5, 1000)])


class AnswerForm(Form):
    """An answer that everybody will read."""

    answer = TextAreaField(_l("答复"), [Required(), TextLength(2, 2000)])


class ChangeForm(Form):
    """A change of an open notice, filled with what it says now."""

    title = StringField(_l("公告标题"), [Required(), TextLength(4, 100)])
    content = TextAreaField(_l("服务内容和要求"), [Required(), TextLength(0, 8000)])
    requirement = StringField(_l("资质要求"), [Optional(), TextLength(0, 300)])
    scale = StringField(_l("项目规模"), [Optional(), TextLength(0, 200)])
    location = StringField(_l("项目地点"), [Optional(), TextLength(0, 200)])
    price_note = StringField(_l("金额说明"), [Optional(), TextLength(0, 200)])
    service_days = IntegerField(_l("服务期限"), [Required(), DAYS])
    exclusions = TextListField(_l("须回避的机构"), [Optional()])
    entry_close = InstantField(_l("新的报名截止"), [Optional()])
    with_files = BooleanField(_l("还要增加附件，或取代已公布的附件（下一步上传）"))
    reason = TextAreaField(_l("更正理由"), [Required(), TextLength(5, 500)])

    def validate_exclusions(self, field: TextListField) -> None:
        """Each line is a credit code, a space, a reason."""
        for line in field.data or []:
            if exclusion(line) is None:
                raise ValidationError(_("请每行填写一家：18 位统一社会信用代码，空格，理由"))

    def texts(self) -> Json:
        """What was typed, as the service takes it: field -> text, days or pairs."""
        pairs = [each for line in self.exclusions.data or [] if (each := exclusion(line))]
        return {
            **{name: self[name].data or "" for name in WORDED},
            "service_days": self.service_days.data,
            "exclusions": [[each.uscc, each.reason] for each in pairs],
        }


class RefuseChangeForm(Form):
    """Why a change is not made; for the owner."""

    note = TextAreaField(_l("不予更正的理由"), [Required(), TextLength(2, 500)])
