"""The shape of what is typed about evaluations and appeals."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Optional

from market.evaluations.rules import LEAST_FACT, MOST_TEXT, WEIGHTS, By, Marks
from market.evaluations.rules.appeal import Ground
from market.evaluations.words import DIMENSIONS, GROUNDS, LEVELS, OUTCOMES
from market.web.forms import Form
from market.web.shown import ShownField
from market.web.widgets import RadioField, Required, TextLength, choices


def _mark() -> RadioField:
    return RadioField("", [Required()], coerce=int, choices=choices(LEVELS))


class Give(Form):
    """评价: five marks, nothing chosen beforehand."""

    quality = _mark()
    timeliness = _mark()
    attitude = _mark()
    fees = _mark()
    conduct = _mark()
    text = TextAreaField(_l("评价文字"), [Optional(), TextLength(0, MOST_TEXT)])
    fact = TextAreaField(
        _l("事实"),
        [Optional(), TextLength(0, MOST_TEXT)],
        description=_l("有一项是 1 分或 2 分的必须填写，不少于 %(least)s 个字", least=LEAST_FACT),
    )

    def for_side(self, by: By) -> "Give":
        """The same form in the words of a side: an owner marks a service, an agency an owner."""
        for name, (label, hint) in DIMENSIONS[by].items():
            self[name].label.text = label
            self[name].description = hint
        return self

    def marks(self) -> Marks:
        """What was chosen."""
        return Marks(**{name: self[name].data or 0 for name in WEIGHTS})


class Reply(Form):
    """回应."""

    text = TextAreaField(
        _l("回应"),
        [Required(), TextLength(1, MOST_TEXT)],
        description=_l("一直公开在这项评价旁边，提交后不能修改"),
    )


class FollowUp(Form):
    """追加评价."""

    text = TextAreaField(
        _l("追加评价"),
        [Required(), TextLength(1, MOST_TEXT)],
        description=_l("只能追加一次，不改变原来的评分"),
    )


class Appeal(Form):
    """申诉: one of the closed grounds."""

    ground = RadioField(_l("申诉的理由"), [Required()], coerce=Ground, choices=choices(GROUNDS))
    text = TextAreaField(_l("说明和证据"), [Required(), TextLength(1, MOST_TEXT)])


class Answer(Form):
    """对申诉作出说明."""

    text = TextAreaField(_l("说明"), [Required(), TextLength(1, MOST_TEXT)])


class Decide(Form):
    """决定评价申诉."""

    shown = ShownField()
    outcome = RadioField(_l("决定"), [Required()], choices=choices(OUTCOMES))
    reason = TextAreaField(_l("理由"), [Required(), TextLength(1, MOST_TEXT)])
