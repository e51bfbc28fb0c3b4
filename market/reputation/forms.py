"""Shape of what is typed about recorded acts and the bases of the table."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Optional

from market.kernel.plain import Json
from market.reputation.rules import Party
from market.reputation.rules.behaviours import LONGEST_CAP, MOST_BASIS
from market.reputation.rules.events import MOST_FACT, MOST_TEXT
from market.reputation.service import Found
from market.reputation.shipped import behaviours
from market.reputation.words import SOURCES
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import (
    Between,
    CodeField,
    DateField,
    IntegerField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    UsccField,
    choices,
)

BY_TABLE = _l("由系统按事项确定")
ONE_OF = _l("不适用")
OF_AGENCIES = [each for each in behaviours().values() if each.party is Party.AGENCY]
PENALTIES = sorted(
    {point for each in behaviours().values() if len(each.points) > 1 for point in each.points}
)


class Propose(Form):
    """What somebody did. The view fills in the behaviours that the reader may propose and the bodies
    that may decide.
    """

    once = once_field()
    behaviour = SelectField(_l("行为"), [Required()])
    uscc = UsccField(_l("当事方的统一社会信用代码"), [Required()])
    happened_on = DateField(_l("发生日期"), [Required()])
    fact = TextAreaField(_l("事实"), [Required(), TextLength(1, MOST_FACT)])
    evidence = TextAreaField(_l("证据"), [Required(), TextLength(1, MOST_TEXT)])
    matter = CodeField(_l("所涉事项的编号"), [Optional(), TextLength(0, 40)])
    points = SelectField(
        _l("按处罚决定的记分"),
        [Optional()],
        choices=choices([(str(each), str(each)) for each in PENALTIES], blank=ONE_OF),
    )
    body_id = SelectField(_l("由哪个单位决定"), [Optional()])

    def found(self) -> Found:
        """What was typed, for the service."""
        data: Json = self.data
        return Found(
            code=data["behaviour"],
            uscc=data["uscc"],
            fact=data["fact"],
            evidence=data["evidence"],
            happened_on=data["happened_on"],
            matter=data["matter"] or None,
            points=int(data["points"]) if data["points"] else None,
            body_id=int(data["body_id"]) if data["body_id"] else None,
        )


class Say(Form):
    """The party states its case."""

    statement = TextAreaField(_l("陈述申辩"), [Required(), TextLength(1, MOST_TEXT)])


class Appeal(Form):
    """The party appeals."""

    ground = TextAreaField(_l("申诉的理由"), [Required(), TextLength(1, MOST_TEXT)])


class Repair(Form):
    """The agency has corrected what it did."""

    corrected = TextAreaField(_l("如何改正"), [Required(), TextLength(1, MOST_TEXT)])
    has_committed = BooleanField(_l("公开承诺：不再发生同类行为，愿意接受监督"))


class Decide(Form):
    """One of two outcomes, and why."""

    outcome = RadioField(
        _l("决定"),
        [Required()],
        choices=choices({"confirm": _l("记入"), "drop": _l("不予记入")}),
    )
    reason = TextAreaField(_l("理由"), [Required(), TextLength(1, MOST_TEXT)])


class DecideAppeal(Form):
    """The same about an appeal."""

    outcome = RadioField(
        _l("决定"),
        [Required()],
        choices=choices({"uphold": _l("申诉成立，撤销记录"), "reject": _l("申诉不成立，维持记录")}),
    )
    reason = TextAreaField(_l("理由"), [Required(), TextLength(1, MOST_TEXT)])


class DecideRepair(Form):
    """The same about a repair."""

    outcome = RadioField(
        _l("决定"),
        [Required()],
        choices=choices({"repair": _l("同意修复"), "refuse_repair": _l("不予修复")}),
    )
    reason = TextAreaField(_l("理由"), [Required(), TextLength(1, MOST_TEXT)])


class Suspend(Form):
    """How long the agency is to enter nothing, and why."""

    days = IntegerField(_l("暂停的日数"), [Required(), Between(1, LONGEST_CAP)])
    reason = TextAreaField(_l("理由"), [Required(), TextLength(1, MOST_TEXT)])


class CallTalk(Form):
    """When, where and about what."""

    on = DateField(_l("约谈日期"), [Required()])
    place = StringField(_l("约谈地点"), [Required(), TextLength(1, 200)])
    topic = TextAreaField(_l("约谈事项"), [Required(), TextLength(1, MOST_TEXT)])


class HoldTalk(Form):
    """The record of the talk."""

    minutes = TextAreaField(_l("约谈记录"), [Required(), TextLength(1, MOST_TEXT)])


class SignTalk(Form):
    """The agency signs, and may add something."""

    remark = TextAreaField(_l("补充说明（可不填）"), [Optional(), TextLength(0, MOST_TEXT)])


class CloseTalk(Form):
    """The agency did not sign."""

    remark = TextAreaField(_l("机构没有签字的情况"), [Required(), TextLength(1, MOST_TEXT)])


class SignSuspension(Form):
    """Sign it or not."""

    outcome = RadioField(
        _l("决定"),
        [Required()],
        choices=choices({"sign": _l("签发暂停报名"), "drop": _l("不予暂停报名")}),
    )


class Basis(Form):
    """The text in law that gives a behaviour its effect."""

    once = once_field()
    behaviour = SelectField(
        _l("行为"),
        [Required()],
        choices=choices([(each.code, f"{each.code} {each.text}") for each in OF_AGENCIES]),
    )
    source = SelectField(_l("依据的种类"), [Required()], choices=choices(SOURCES))
    article = StringField(_l("文件名称和条款"), [Required(), TextLength(1, MOST_BASIS)])
    cap_days = IntegerField(_l("暂停报名、清退的上限（日）"), [Optional(), Between(1, LONGEST_CAP)])
    in_force_from = DateField(_l("生效日期"), [Required()])

    def named(self) -> Json:
        """What was typed, for the service."""
        data: Json = self.data
        names = ("source", "article", "cap_days", "in_force_from")
        given = {name: data[name] for name in names}
        return {**given, "code": data["behaviour"], "submission_key": data["once"]}
