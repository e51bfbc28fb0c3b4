"""What is typed about the pool."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from market.accounts.queries import OrganisationCard
from market.selection.jurors import words
from market.selection.jurors.rules import MOST_TEXT, Step
from market.web.forms import Form
from market.web.widgets import (
    CheckboxesField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    TextListField,
    choices,
)


class ApplyForm(Form):
    """加入评审专家库。"""

    body = SelectField(_l("受理的行业主管部门"), [Required()])
    categories = CheckboxesField(_l("能评哪些服务"), [Required()])
    employer = StringField(_l("工作单位和职务"), [Required(), TextLength(1, MOST_TEXT)])
    grounds = TextAreaField(_l("专业、职称和从业经历"), [Required(), TextLength(1, MOST_TEXT)])
    codes = TextListField(_l("须回避的单位（统一社会信用代码）"), [Optional()])

    def offer(self, bodies: Sequence[OrganisationCard], categories: Sequence[str]) -> None:
        """Let one choose among the place's own."""
        self.body.choices = choices((str(each.id), each.name) for each in bodies)
        self.categories.choices = choices((name, name) for name in categories)


class StepForm(Form):
    """拟办意见。"""

    step = RadioField(_l("意见"), [Required()])
    reason = TextAreaField(_l("理由"), [Required(), TextLength(1, MOST_TEXT)])

    def offer(self, steps: Sequence[Step]) -> None:
        """Let one choose among what may be proposed now."""
        self.step.choices = choices((each.value, words.STEPS[each]) for each in steps)


class SignForm(Form):
    """签发。"""

    outcome = RadioField(
        _l("决定"),
        [Required()],
        choices=choices({"follow": _l("同意，签发"), "back": _l("不同意，退回重新提出意见")}),
    )
