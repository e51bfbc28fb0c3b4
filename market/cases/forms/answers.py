"""The shape of what is typed for the knowledge base and the register of pain points."""

import datetime as dt

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from market.cases.rules import MOST_NUMBER
from market.cases.rules.answers import MOST_ANSWER, MOST_QUESTION, Text, Topic
from market.cases.rules.pains import MOST_SAID, MOST_TITLE, Pain, Progress
from market.cases.words import PROGRESS, TOPICS
from market.kernel import ids
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import (
    CodeField,
    DateField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    TextListField,
    choices,
)


class WriteAnswer(Form):
    """A question and its answer, in one language or both."""

    once = once_field()
    topic = SelectField(_l("类别"), [Required()], coerce=Topic, choices=choices(TOPICS))
    question = StringField(_l("问题"), [Required(), TextLength(1, MOST_QUESTION)])
    answer = TextAreaField(_l("答复"), [Required(), TextLength(1, MOST_ANSWER)])
    question_en = StringField(_l("问题（英文）"), [Optional(), TextLength(1, MOST_QUESTION)])
    answer_en = TextAreaField(_l("答复（英文）"), [Optional(), TextLength(1, MOST_ANSWER)])
    case_number = CodeField(_l("来自哪件诉求"), [Optional(), TextLength(most=MOST_NUMBER)])

    def text(self) -> Text:
        """What was typed, as the service takes it."""
        return Text(
            topic=self.topic.data,
            question=self.question.data or "",
            answer=self.answer.data or "",
            question_en=self.question_en.data or "",
            answer_en=self.answer_en.data or "",
        )


class Publish(Form):
    """公布问答."""


class Withdraw(Form):
    """停用问答."""

    reason = TextAreaField(_l("停用理由（公开）"), [Required(), TextLength(1, MOST_SAID)])


class ListPain(Form):
    """列入堵点问题台账."""

    once = once_field()
    batch = StringField(_l("批次"), [Required(), TextLength(1, 7)])
    title = StringField(_l("堵点问题"), [Required(), TextLength(1, MOST_TITLE)])
    said = TextAreaField(_l("堵在哪里"), [Required(), TextLength(1, MOST_SAID)])
    body_id = SelectField(_l("负责解决的单位"), [Required()], coerce=int)
    due_on = DateField(_l("解决期限"), [Required()])
    cases = TextListField(_l("来自哪些诉求"), [Optional()])

    def pain(self) -> Pain:
        """What was typed, as the service takes it."""
        return Pain(
            batch=self.batch.data or "",
            title=self.title.data or "",
            said=self.said.data or "",
            body_id=self.body_id.data,
            due_on=self.due_on.data or dt.date.min,
            cases=tuple(ids.spelled(each) for each in self.cases.data or ()),
        )


class MoveOn(Form):
    """堵点问题的进展."""

    kind = RadioField(
        _l("办到哪一步"),
        [Required()],
        coerce=Progress,
        choices=choices(PROGRESS),
        default=Progress.WORKED,
    )
    said = TextAreaField(_l("做了什么（公开）"), [Required(), TextLength(1, MOST_SAID)])
