"""What an owner says of its scoring, a juror of a proposal, an agency of its work."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Optional

from market.accounts.queries import MemberCard
from market.kernel.plain import Json
from market.selection.entries import service as entry_service
from market.selection.kinds import FIXED
from market.selection.scored import words
from market.selection.scored.rules import MOST_RESPONSE, SEATS, Channel, Criterion, Scoring
from market.selection.scored.rules.criteria import SEALED, Level, Scored
from market.selection.scored.service import Told
from market.web.forms import Checks, Form
from market.web.widgets import (
    Between,
    CheckboxesField,
    InstantField,
    IntegerField,
    MoneyField,
    RadioField,
    Required,
    SelectField,
    TextLength,
    TextListField,
    choices,
)

POINTS = Between(0, 100, _l("请填 0 到 100 的整数"))
OF_PRICE = (
    "price_weight",
    "formula",
    "quote",
    "credit_weight",
    "response_weight",
    "proposals",
)
"""The fields of a way whose quotes are scored."""
LONG = TextLength(0, entry_service.LONGEST)


def _weight(code: Criterion) -> IntegerField:
    return IntegerField(words.CRITERIA[code], [Optional(), POINTS])


def _levels() -> TextListField:
    return TextListField(_l("等次"), [Optional()])


class ScoringForm(Form):
    """How proposals are scored, and who judges."""

    price_weight = IntegerField(_l("报价的权重"), [Required(), POINTS])
    formula = RadioField(_l("报价得分怎么算"), [Required()], choices=choices(words.FORMULAS))
    quote = RadioField(_l("机构怎么报价"), [Required()], choices=choices(words.QUOTES))
    credit_weight = IntegerField(_l("履约记分的权重"), [Optional(), POINTS])
    response_weight = IntegerField(
        _l("服务期限的权重"), [Optional(), Between(0, MOST_RESPONSE, _l("请填 0 到 10 的整数"))]
    )
    proposals = RadioField(_l("方案怎么交"), [Required()], choices=choices(words.PROPOSALS))
    price = RadioField(_l("价格怎么定"), [Required()], choices=choices(words.PRICES))
    weight_understanding = _weight(Criterion.UNDERSTANDING)
    levels_understanding = _levels()
    weight_method = _weight(Criterion.METHOD)
    levels_method = _levels()
    weight_schedule = _weight(Criterion.SCHEDULE)
    levels_schedule = _levels()
    weight_quality = _weight(Criterion.QUALITY)
    levels_quality = _levels()
    weight_confidentiality = _weight(Criterion.CONFIDENTIALITY)
    levels_confidentiality = _levels()
    weight_team = _weight(Criterion.TEAM)
    levels_team = _levels()
    pass_mark = IntegerField(_l("合格分"), [Required(), POINTS])
    jurors = RadioField(
        _l("几名评审人员"),
        [Required()],
        choices=choices((seats, _l("%(count)s 名", count=seats)) for seats in SEATS),
    )
    juror_fee = MoneyField(_l("评审费（每人）"), [Optional()])
    seated = CheckboxesField(_l("评审人员"), [Optional()])
    reserves = CheckboxesField(_l("备选人员"), [Optional()])

    def offer(
        self,
        members: Sequence[MemberCard],
        seats: Sequence[int] = SEATS,
        *,
        has_price: bool,
        credit_max: int = 0,
    ) -> None:
        """Let one choose among those who may judge, and how many seats there are; keep the fields of a
        quote that is scored, or not, and that of credit where it may weigh anything.
        """
        for name in ("price",) if has_price else OF_PRICE:
            del self[name]
        if has_price and not credit_max and not self.credit_weight.data:
            del self.credit_weight
        self.jurors.choices = choices((each, _("%(count)s 名", count=each)) for each in seats)
        named = [
            (each.person_id, f"{each.name} · {each.login}")
            for each in members
            if "juror" in each.duties
        ]
        self.seated.choices = choices(named)
        self.reserves.choices = choices(named)

    def scoring(self) -> Scoring:
        """What was typed, as the service takes it; criteria without a weight are none."""
        found = []
        for code in Criterion:
            weight = self[f"weight_{code}"].data
            if weight:
                lines = self[f"levels_{code}"].data or []
                found.append(Scored(code, weight, tuple(map(_level, lines))))
        has_price = "formula" in self
        has_credit = "credit_weight" in self
        return Scoring(
            tuple(found),
            self.formula.data if has_price else None,
            (self.price_weight.data or 0) if has_price else 0,
            self.pass_mark.data or 0,
            int(self.jurors.data),
            not has_price and self.price.data == FIXED,
            (self.credit_weight.data or 0) if has_credit else 0,
            (self.response_weight.data or 0) if has_price else 0,
            has_price and self.quote.data == words.RATE,
            has_price and self.proposals.data == words.FILES,
            self.juror_fee.data or 0,
        )

    def validate(self, extra_validators: Checks | None = None) -> bool:
        """Each level is points, a blank, words."""
        is_valid = super().validate(extra_validators)
        for code in Criterion:
            field = self[f"levels_{code}"]
            if self[f"weight_{code}"].data and not all(map(_is_level, field.data or [])):
                field.errors = [
                    *field.errors,
                    _("每行写一个等次：分值 空格 文字，例如：100 完整、具体"),
                ]
                is_valid = False
        return bool(is_valid)


def _is_level(line: str) -> bool:
    points, _blank, said = line.partition(" ")
    return points.isascii() and points.isdigit() and len(points) <= 3 and bool(said.strip())


def _level(line: str) -> Level:
    points, _blank, said = line.partition(" ")
    return Level(int(points), said.strip())


def filled(scoring: Scoring | None, seated: Sequence[int], reserves: Sequence[int]) -> Json:
    """What the form shows first: what was written, else what is proposed."""
    proposed = [f"{points} {said}" for points, said in words.SHIPPED_LEVELS]
    data: Json = {f"levels_{code}": proposed for code in Criterion}
    data |= {"seated": [str(each) for each in seated], "reserves": [str(each) for each in reserves]}
    if scoring is None:
        shipped = {
            "formula": "low_first",
            "price_weight": 30,
            "price": SEALED,
            "quote": words.AMOUNT,
            "proposals": words.TEXTS,
        }
        return {**data, **shipped, "pass_mark": 60, "jurors": "3"}
    for each in scoring.criteria:
        data[f"weight_{each.code}"] = each.weight
        data[f"levels_{each.code}"] = [f"{level.points} {level.words}" for level in each.levels]
    return {
        **data,
        "formula": scoring.formula,
        "price_weight": scoring.price_weight,
        "credit_weight": scoring.credit_weight or None,
        "response_weight": scoring.response_weight or None,
        "quote": words.RATE if scoring.is_rate else words.AMOUNT,
        "proposals": words.FILES if scoring.has_files else words.TEXTS,
        "price": FIXED if scoring.is_fixed else SEALED,
        "pass_mark": scoring.pass_mark,
        "jurors": str(scoring.jurors),
        "juror_fee": scoring.fee_fen or None,
    }


class SilentForm(Form):
    """How somebody silent had been told, twice."""

    first = SelectField(_l("第一种通知方式"), [Required()], choices=choices(words.CHANNELS))
    first_at = InstantField(_l("第一次通知的时间"), [Required()])
    second = SelectField(_l("第二种通知方式"), [Required()], choices=choices(words.CHANNELS))
    second_at = InstantField(_l("第二次通知的时间"), [Required()])

    def told(self) -> list[Told]:
        """What was typed, as the service takes it."""
        typed = ((self.first, self.first_at), (self.second, self.second_at))
        return [Told(Channel(way.data), at.data) for way, at in typed if at.data is not None]


def _mark(code: Criterion) -> RadioField:
    return RadioField(words.CRITERIA[code], [Required()])


class MarkForm(Form):
    """A level for each criterion of the notice, and why."""

    understanding = _mark(Criterion.UNDERSTANDING)
    method = _mark(Criterion.METHOD)
    schedule = _mark(Criterion.SCHEDULE)
    quality = _mark(Criterion.QUALITY)
    confidentiality = _mark(Criterion.CONFIDENTIALITY)
    team = _mark(Criterion.TEAM)
    comment = TextAreaField(_l("评语"), [Required(), TextLength(1, 500)])

    def offer(self, scoring: Scoring) -> None:
        """Keep the criteria of the notice, each with its levels."""
        _keep(self, scoring)
        for each in scoring.criteria:
            self[each.code.value].choices = choices(
                (
                    level.points,
                    _("%(points)s 分：%(words)s", points=level.points, words=level.words),
                )
                for level in each.levels
            )

    def marks(self, scoring: Scoring) -> dict[str, int]:
        """The points of the levels that were chosen."""
        return {each.code.value: int(self[each.code.value].data) for each in scoring.criteria}


def _part(code: Criterion) -> TextAreaField:
    return TextAreaField(words.CRITERIA[code], [Required(), LONG])


class ProposalForm(Form):
    """What is proposed, by the criteria of the notice; `agency` is a name that may not stand in it."""

    agency = ""

    understanding = _part(Criterion.UNDERSTANDING)
    method = _part(Criterion.METHOD)
    schedule = _part(Criterion.SCHEDULE)
    quality = _part(Criterion.QUALITY)
    confidentiality = _part(Criterion.CONFIDENTIALITY)
    team = _part(Criterion.TEAM)

    def offer(self, scoring: Scoring, name: str) -> None:
        """Keep the criteria of the notice; `name` of the agency may stand in none of them."""
        _keep(self, scoring)
        self.agency = name

    def validate(self, extra_validators: Checks | None = None) -> bool:
        """Who wrote it may not be told: the jurors judge without knowing."""
        is_valid = super().validate(extra_validators)
        for code in self.texts():
            if self.agency and self.agency in (self[code].data or ""):
                self[code].errors = [*self[code].errors, _("方案匿名评审，不要写机构名称")]
                is_valid = False
        return bool(is_valid)

    def texts(self) -> dict[str, str]:
        """What was typed, by criterion."""
        return {code.value: self[code.value].data for code in Criterion if code.value in self}


def _keep(form: Form, scoring: Scoring) -> None:
    """Take away the fields of the criteria that the notice does not have."""
    asked = {each.code for each in scoring.criteria}
    for code in Criterion:
        if code not in asked:
            del form[code.value]
