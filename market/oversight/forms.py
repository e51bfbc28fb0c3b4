"""What the list is narrowed by, and the sheet of a review."""

import datetime as dt

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, Optional

from market.db import Work
from market.kernel.clock import CHINA
from market.oversight import queries
from market.oversight.queries import Sieve
from market.oversight.rules import BY_READER, Check, Mark, Outcome
from market.oversight.rules.asking import Addressee
from market.oversight.rules.clues import MOST_NAME, ClueKind, Found
from market.oversight.rules.clues import MOST_TEXT as MOST_CLUE
from market.oversight.rules.flags.table import FlagStanding, Level
from market.oversight.rules.sampling import MOST_TEXT, Called
from market.oversight.words import (
    ADDRESSEES,
    CALLED,
    CHECKS,
    CLUE_KINDS,
    FLAG_STATES,
    JUDGEMENTS,
    LEVELS,
    MARKS,
    OUTCOMES,
)
from market.selection.kinds import Fund, Method
from market.selection.notices.queries.listing import Tab
from market.selection.notices.words import FUNDS, METHODS, TABS
from market.selection.results.queries import SORTS, Sought
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import DateField, RadioField, Required, SelectField, TextLength, choices
from market.windows import queries as windows_queries

ALL = _l("全部")
LISTED = {tab: label for tab, label in TABS.items() if tab is not Tab.TODAY}


PLAIN = frozenset({"q", "tab", "unreviewed", "sort", "falls", "csrf_token"})
"""Fields of the list that always stand open, or are no condition."""


class Search(Form):
    """The list's filters, which live in the address."""

    class Meta:
        csrf = False

    q = StringField(_l("编号、名称或单位"), [Optional(), TextLength(0, 80)], id="desk-q")
    owner = StringField(_l("项目业主"), [Optional(), TextLength(0, 80)])
    ref = StringField(_l("参选机构的平台编号"), [Optional(), TextLength(0, 20)])
    item = StringField(_l("服务事项编码"), [Optional(), TextLength(0, 20)])
    tab = SelectField(_l("状态"), [Optional()], choices=choices(LISTED, blank=ALL))
    method = SelectField(_l("选取方式"), [Optional()], choices=choices(METHODS, blank=ALL))
    fund = SelectField(_l("资金来源"), [Optional()], choices=choices(FUNDS, blank=ALL))
    since = DateField(_l("发布日期从"), [Optional()])
    until = DateField(_l("发布日期到"), [Optional()])
    single = BooleanField(_l("只有一家有效报名"))
    relisted = BooleanField(_l("再次公告"))
    overridden = BooleanField(_l("认定过限制条件"))
    failed = BooleanField(_l("选取失败、取消或撤销"))
    late = BooleanField(_l("有超期事项"))
    flagged = BooleanField(_l("有待核实的风险提示"))
    unreviewed = BooleanField(_l("本单位没有审阅过"))
    sort = HiddenField(validators=[Optional(), AnyOf(list(SORTS))])
    falls = HiddenField()

    def is_narrowed(self) -> bool:
        """Whether a condition is set, or has an error, that stands folded away."""
        folded = (field for field in self if field.short_name not in PLAIN)
        return any(field.data or field.errors for field in folded)

    def sought(self, work: Work) -> Sought:
        """What was asked for; a field with an error narrows nothing."""
        asked = {field.short_name: field.data for field in self if field.data and not field.errors}
        text = {name: str(asked.get(name, "")).strip() for name in ("owner", "ref", "item")}
        until = asked.get("until")
        of_others = {
            "late": windows_queries.overdue_subjects,
            "flagged": lambda: queries.flagged_numbers(work),
        }
        return Sought(
            owner=text["owner"],
            ref=text["ref"].upper(),
            item_code=text["item"].upper(),
            tab=Tab(asked["tab"]) if "tab" in asked else None,
            method=Method(asked["method"]) if "method" in asked else None,
            fund=Fund(asked["fund"]) if "fund" in asked else None,
            since=_midnight(asked.get("since")),
            until=_midnight(until + dt.timedelta(days=1)) if until else None,
            is_single="single" in asked,
            is_relisted="relisted" in asked,
            is_overridden="overridden" in asked,
            is_failed="failed" in asked,
            without=(queries.reviewed_by_us(work),) if "unreviewed" in asked else (),
            q=str(asked.get("q", "")),
            sort=str(asked.get("sort", "since")),
            falls="sort" not in asked or asked.get("falls") == "1",
            numbers=tuple(give() for name, give in of_others.items() if name in asked),
        )


def _midnight(day: dt.date | None) -> dt.datetime | None:
    """The beginning of a day in China."""
    return dt.datetime.combine(day, dt.time(), CHINA) if day else None


class AskForm(Form):
    """A question to a body about a selection."""

    once = once_field()
    to = RadioField(_l("问谁"), [Required()], choices=choices(ADDRESSEES))
    question = TextAreaField(_l("询问内容"), [Required(), TextLength(5, 2000)])

    def addressee(self) -> Addressee:
        """Who is asked."""
        return Addressee(self.to.data)


class AnswerForm(Form):
    """A body's answer."""

    answer = TextAreaField(_l("答复"), [Required(), TextLength(2, 4000)])


class FlagSearch(Form):
    """What the list of findings is narrowed to, in the address."""

    class Meta:
        csrf = False

    q = StringField(_l("编号、代码或名称"), [Optional(), TextLength(0, 80)], id="desk-q")
    flag = SelectField(_l("提示"), [Optional()], choices=choices({}, blank=ALL))
    state = SelectField(_l("状态"), [Optional()], choices=choices(FLAG_STATES, blank=ALL))
    level = SelectField(_l("程度"), [Optional()], choices=choices(LEVELS, blank=ALL))
    waits = BooleanField(_l("等另一人复核"))
    sort = HiddenField(validators=[Optional(), AnyOf(list(queries.FLAG_SORTS))])
    falls = HiddenField()

    def sieve(self) -> Sieve:
        """What was asked for; a field with an error narrows nothing."""
        asked = {field.short_name: field.data for field in self if field.data and not field.errors}
        return Sieve(
            code=str(asked.get("flag", "")),
            state=FlagStanding(asked["state"]) if "state" in asked else None,
            level=Level(asked["level"]) if "level" in asked else None,
            waits="waits" in asked,
            q=str(asked.get("q", "")),
            sort=str(asked.get("sort", "last")),
            falls="sort" not in asked or asked.get("falls") == "1",
        )


class JudgeForm(Form):
    """What a reader makes of a finding."""

    to = RadioField(_l("处理"), [Required()], choices=choices(JUDGEMENTS))
    note = TextAreaField(_l("理由"), [Required(), TextLength(2, 2000)])

    def judgement(self) -> FlagStanding:
        """What was chosen."""
        return FlagStanding(self.to.data)


def _mark(check: Check) -> object:
    return RadioField(CHECKS[check], [Required()], choices=choices(MARKS))


class ReviewForm(Form):
    """The sheet: the five checks of the reader, the outcome, the words that it owes."""

    once = once_field()
    rightly_excluded = _mark(Check.RIGHTLY_EXCLUDED)
    interests = _mark(Check.INTERESTS)
    reasons = _mark(Check.REASONS)
    agreement = _mark(Check.AGREEMENT)
    complaints = _mark(Check.COMPLAINTS)
    outcome = RadioField(_l("结论"), [Required()], choices=choices(OUTCOMES))
    remark = TextAreaField(_l("发现的问题和依据"), [Optional(), TextLength(0, 2000)])

    def marks(self) -> dict[Check, Mark]:
        """What the reader has marked."""
        return {check: Mark(self[check.value].data) for check in BY_READER}

    def found(self) -> Outcome:
        """The outcome that was chosen."""
        return Outcome(self.outcome.data)


class SuspendForm(Form):
    """An order that suspends a selection."""

    days = IntegerField(_l("暂停日数"), [Required()])
    basis = StringField(_l("依据（法律、法规、规章及条款）"), [Required(), TextLength(4, 200)])
    reason = TextAreaField(_l("理由（签发后公开）"), [Required(), TextLength(5, 1000)])


class ClueForm(Form):
    """问题线索移交单."""

    once = once_field()
    kind = SelectField(_l("线索类别"), [Required()], choices=choices(CLUE_KINDS))
    receiver = StringField(_l("移交给（机关全称）"), [Required(), TextLength(4, MOST_NAME)])
    subjects = TextAreaField(_l("涉及的单位和编号"), [Required(), TextLength(2, MOST_TEXT)])
    facts = TextAreaField(_l("事实（按日期写）"), [Required(), TextLength(5, MOST_CLUE)])
    checked = TextAreaField(_l("已核实的"), [Required(), TextLength(2, MOST_CLUE)])
    unchecked = TextAreaField(_l("没有核实的"), [Required(), TextLength(2, MOST_CLUE)])
    urgent = BooleanField(_l("情况紧急"))

    def found(self) -> Found:
        """What was typed."""
        return Found(
            kind=ClueKind(self.kind.data),
            receiver=self.receiver.data or "",
            subjects=self.subjects.data or "",
            facts=self.facts.data or "",
            checked=self.checked.data or "",
            unchecked=self.unchecked.data or "",
            is_urgent=bool(self.urgent.data),
        )


class CallForm(Form):
    """What somebody who was served said at a call-back of a sample."""

    result = RadioField(_l("回访结果"), [Required()], coerce=Called, choices=choices(CALLED))
    said = TextAreaField(_l("回访记录"), [Optional(), TextLength(0, MOST_TEXT)])


class LiftForm(Form):
    """Why an order is to be lifted."""

    reason = TextAreaField(_l("解除理由"), [Required(), TextLength(2, 1000)])
