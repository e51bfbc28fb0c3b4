"""The shape of what is typed beside the course of a case."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from market.accounts import queries as accounts
from market.cases.permissions import HANDLERS
from market.cases.rules import MOST_NAME, MOST_NUMBER, MOST_TEXT
from market.cases.rules.steering import MOST_DAYS, Back, Elsewhere
from market.cases.words import BACK, ELSEWHERE
from market.db import reading
from market.web.auth import current_actor
from market.web.forms import Form
from market.web.widgets import (
    Between,
    DateField,
    IntegerField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    choices,
)

WHOLE = [Required(), TextLength(1, MOST_TEXT)]


def _colleagues() -> list[object]:
    """Who of the reader's own body handles cases."""
    actor = current_actor()
    members = accounts.members(reading(actor), actor.organisation_id or 0, *HANDLERS)
    return [*choices({each.id: each.name for each in members})]


class Assign(Form):
    """确定专人办理."""

    person_id = SelectField(_l("由谁办理到底"), [Required()], coerce=int, choices=_colleagues)


class Supervise(Form):
    """督办."""

    ordered = TextAreaField(_l("督办要求"), WHOLE)
    days = IntegerField(_l("几个工作日内报告"), [Required(), Between(1, MOST_DAYS)])


class ReportBack(Form):
    """报告督办结果."""

    report = TextAreaField(_l("办理情况"), WHOLE)


class Meet(Form):
    """联席会议."""

    held_on = DateField(_l("会议日期"), [Required()])
    present = TextAreaField(_l("参加的单位和人员"), WHOLE)
    agreed = TextAreaField(_l("议定的事项、责任单位和时限"), WHOLE)


class Transfer(Form):
    """转外单位办理."""

    to = RadioField(_l("转到哪里"), [Required()], coerce=Elsewhere, choices=choices(ELSEWHERE))
    to_name = StringField(_l("承接单位"), [Required(), TextLength(1, MOST_NAME)])
    their_number = StringField(_l("对方的编号"), [Required(), TextLength(1, MOST_NUMBER)])
    reason = TextAreaField(_l("转出的原因"), WHOLE)


class TakeBack(Form):
    """取回转出的诉求."""

    back = RadioField(_l("对方怎样办理"), [Required()], coerce=Back, choices=choices(BACK))
    answer = TextAreaField(_l("对方的答复或者退回的理由"), WHOLE)
