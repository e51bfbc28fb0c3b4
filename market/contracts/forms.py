"""The shape of what is typed about awards and matters, and of the question on the verify page."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Optional

from market.contracts.rules import Decline
from market.contracts.rules.change import Reason
from market.contracts.rules.disputing import Ground
from market.contracts.rules.inspecting import Judged, Verdict
from market.contracts.rules.unsigned import Fault
from market.contracts.words import (
    ANSWERS,
    DECLINES,
    FAULTS,
    LOOKED_AT,
    OPINIONS,
    SIGNING,
)
from market.contracts.words.inspecting import INSPECTIONS, VERDICTS
from market.contracts.words.money import CLAIM_ANSWERS, GROUNDS, RECEIPTS
from market.web.forms import Form
from market.web.once import once_field
from market.web.ruled import Owed
from market.web.shown import ShownField
from market.web.widgets import (
    Between,
    DateField,
    IntegerField,
    MoneyField,
    RadioField,
    Required,
    TextLength,
    TextListField,
    choices,
)

DAYS = Between(1, 3650)
MET_BEFORE = _l("上一版判为符合；改判为不符合的，应当是这一版新出现的问题")


class GiveUp(Form):
    """放弃中选: a reason and a statement."""

    reason = RadioField(
        _l("放弃中选的原因"), [Required()], coerce=Decline, choices=choices(DECLINES)
    )
    statement = TextAreaField(_l("情况说明"), [Required(), TextLength(4, 2000)])


class Register(Form):
    """合同登记: what the signed contract says, and its file."""

    signed_on = DateField(_l("合同签订日期"), [Required()])
    owner_name = StringField(_l("合同上的业主（甲方）名称"), [Required(), TextLength(2, 200)])
    agency_name = StringField(_l("合同上的机构（乙方）名称"), [Required(), TextLength(2, 200)])
    amount = MoneyField(_l("合同金额"), [Required()])
    service_days = IntegerField(_l("服务期限"), [Required(), DAYS])
    pay_days = IntegerField(_l("验收后付款期限"), [Required(), DAYS])
    file = FileField(
        _l("双方签字盖章的合同"),
        [Required(_l("请上传合同文件"))],
        description=_l("PDF、JPG、PNG 或 OFD，不超过 10 MB；只有双方和监督部门能看到"),
    )
    head = StringField(
        _l("项目负责人"),
        [Optional(), TextLength(2, 50)],
        description=_l("合同写明的项目负责人；填写以后，交付的成果由他确认，更换须经业主同意"),
    )
    requirements = TextListField(
        _l("合同写明的验收要求"),
        [Optional()],
        description=_l("公告写明的要求验收时逐项核对，不必重填；合同另外写明的，一行一条"),
    )
    is_sme = BooleanField(_l("机构签约时声明属于中小企业（《保障中小企业款项支付条例》第三条）"))
    same_scope = BooleanField(_l("合同的服务内容与选取公告一致，没有另签背离的协议"), [Required()])


class RegisterSocial(Register):
    """The same with social funds, where both may choose the long course."""

    is_long = BooleanField(_l("双方选择按完整流程办理（开始、进展、交付、验收、付款分步登记）"))


class Look(Form):
    """核对合同: as it was signed, or what is not."""

    shown = ShownField()
    decision = RadioField(_l("核对结果"), [Required()], choices=choices(LOOKED_AT))
    question = TextAreaField(
        _l("哪里不一致"), [Optional(), TextLength(0, 1000)], description=_l("不一致时必须写明")
    )


class Start(Form):
    """开始服务."""

    started_on = DateField(_l("开始服务日期"), [Required()])


class Report(Form):
    """服务进展."""

    once = once_field()
    note = TextAreaField(_l("进展情况"), [Required(), TextLength(4, 2000)])


class Deliver(Form):
    """交付成果."""

    note = TextAreaField(_l("成果说明"), [Required(), TextLength(2, 2000)])
    head = StringField(
        _l("确认成果的项目负责人"),
        [Optional(), TextLength(2, 50)],
        description=_l("合同登记了项目负责人的必须填写，并且是同一个人"),
    )
    file = FileField(
        _l("成果文件"),
        [Optional()],
        description=_l("PDF、JPG、PNG 或 OFD，不超过 10 MB；另行送交的，在说明里写清"),
    )


class Inspect(Form):
    """验收: each requirement judged, then accepted, or returned with one complete list."""

    def verdicts(self) -> list[Judged]:
        """What was said of each requirement, in their order."""
        count = sum(name.startswith("verdict_") for name in self._fields)
        return [
            Judged(
                Verdict(self[f"verdict_{no}"].data) if self[f"verdict_{no}"].data else None,
                self[f"note_{no}"].data or "",
            )
            for no in range(1, count + 1)
        ]


def inspection_of(requirements: Sequence[str], met_before: Collection[str]) -> type[Form]:
    """The form of an inspection: a verdict for each of these requirements; `met_before` are those that an
    earlier version was said to meet.
    """
    fields: dict[str, object] = {"shown": ShownField()}
    for no, requirement in enumerate(requirements, 1):
        fields[f"verdict_{no}"] = RadioField(
            f"{no}. {requirement}",
            [Optional(), Owed()],
            choices=choices(VERDICTS),
            description=MET_BEFORE if requirement in met_before else "",
        )
        fields[f"note_{no}"] = StringField(
            _l("第 %(no)s 项的说明", no=no), [Optional()], description=_l("不符合时必须填写")
        )
    fields["items"] = TextListField(
        _l("其他需要修改的内容"),
        [Optional()],
        description=_l("一行一条，一次性列全；上面判为不符合的不必重复"),
    )
    fields["decision"] = RadioField(_l("验收结论"), [Required()], choices=choices(INSPECTIONS))
    return type("InspectEach", (Inspect,), fields)


class Pay(Form):
    """登记付款."""

    once = once_field()
    amount = MoneyField(_l("付款金额"), [Required()])
    paid_on = DateField(_l("付款日期"), [Required()])
    voucher = StringField(_l("付款凭证号"), [Required(), TextLength(2, 60)])


class Receive(Form):
    """核对付款."""

    shown = ShownField()
    decision = RadioField(_l("核对结果"), [Required()], choices=choices(RECEIPTS))


class AskChange(Form):
    """合同变更: why, in a code for everybody and in words for both."""

    reason = RadioField(_l("变更原因"), [Required()], coerce=Reason)
    statement = TextAreaField(
        _l("情况说明"),
        [Required(), TextLength(10, 2000)],
        description=_l("只有双方和监督部门能看到"),
    )


class Extend(AskChange):
    """延期."""

    days = IntegerField(_l("延长"), [Required(), DAYS], description=_l("自然日"))


class Reprice(AskChange):
    """变更金额."""

    amount = MoneyField(_l("变更后的合同金额"), [Required()])
    approval = StringField(
        _l("批准文号"),
        [Optional(), TextLength(2, 60)],
        description=_l("财政性或者国有资金，变更合计超过原合同金额百分之十的必须填写"),
    )


class Lead(AskChange):
    """更换项目负责人."""

    person = StringField(_l("新的项目负责人"), [Required(), TextLength(2, 50)])


class EndContract(AskChange):
    """终止合同."""

    amount = MoneyField(
        _l("已完成工作的结算金额"), [Required()], description=_l("没有完成工作的，填 0")
    )


class Settle(AskChange):
    """商定结算金额."""

    amount = MoneyField(
        _l("已完成工作的结算金额"), [Required()], description=_l("没有完成工作的，填 0")
    )


class AnswerCancel(Form):
    """对解除合同的意见: taken, or objected to with words."""

    shown = ShownField()
    decision = RadioField(_l("意见"), [Required()], choices=choices(OPINIONS))
    objection = TextAreaField(
        _l("不同意的理由"), [Optional(), TextLength(4, 2000)], description=_l("不同意时必须写明")
    )


class AnswerChange(Form):
    """答复合同变更."""

    shown = ShownField()
    decision = RadioField(_l("答复"), [Required()], choices=choices(ANSWERS))


class Plain(Form):
    """A deed that asks nothing more."""


class ClaimOnce(Form):
    """请业主确认应收账款, 催款函: counts once, over an amount that was looked at."""

    once = once_field()
    shown = ShownField()
    is_checked = BooleanField(_l("上面的未付金额已经核对"), [Required()])


class Disputed(Form):
    """付款争议: which part, and why."""

    once = once_field()
    amount = MoneyField(_l("争议金额"), [Required()], description=_l("没有争议的部分照期支付"))
    ground = RadioField(_l("争议的原因"), [Required()], coerce=Ground, choices=choices(GROUNDS))
    statement = TextAreaField(
        _l("情况说明"),
        [Required(), TextLength(10, 2000)],
        description=_l("只有双方和监督部门能看到"),
    )


class DropDispute(Form):
    """撤回争议: what is disputed was looked at."""

    shown = ShownField()
    is_checked = BooleanField(_l("撤回争议，这一部分应当支付"), [Required()])


class AllowDispute(Form):
    """同意不付: what is disputed was looked at."""

    shown = ShownField()
    is_checked = BooleanField(_l("同意这一部分不再支付"), [Required()])


class Books(Form):
    """财政付款数据: a table, and the days of payment that it has whole."""

    once = once_field()
    covers_from = DateField(_l("表中付款日期自"), [Required()])
    covers_to = DateField(
        _l("表中付款日期至"),
        [Required()],
        description=_l("这些天的财政付款都在表里；没有列出的，视为没有付款"),
    )
    file = FileField(_l("付款表（CSV）"), [Required(_l("请选择付款表"))])


class AnswerClaim(Form):
    """确认应收账款: confirmed, or why not."""

    shown = ShownField()
    decision = RadioField(_l("答复"), [Required()], choices=choices(CLAIM_ANSWERS))
    reasons = TextAreaField(
        _l("不能确认的原因"), [Optional(), TextLength(4, 1000)], description=_l("不确认时必须写明")
    )


class State(Form):
    """陈述申辩."""

    statement = TextAreaField(_l("没有签订合同的原因"), [Required(), TextLength(4, 2000)])


class FindFault(Form):
    """责任认定: the finding, its reasons and its basis."""

    shown = ShownField()
    fault = RadioField(_l("认定"), [Required()], coerce=Fault, choices=choices(FAULTS))
    reasons = TextAreaField(_l("理由"), [Required(), TextLength(10, 2000)])
    basis = TextAreaField(_l("依据"), [Required(), TextLength(4, 500)])


class SignFault(Form):
    """审签: signed, or given back with a note."""

    shown = ShownField()
    decision = RadioField(_l("审签意见"), [Required()], choices=choices(SIGNING))
    note = TextAreaField(
        _l("退回原因"), [Optional(), TextLength(0, 1000)], description=_l("退回时必须写明")
    )


class Verify(Form):
    """A document's number, as it stands on paper."""

    class Meta:
        csrf = False

    number = StringField(_l("文书编号"), [Required(), TextLength(4, 40)])
