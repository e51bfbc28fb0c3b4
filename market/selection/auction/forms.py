"""What an owner asks of an auction, a bid, and what the office says of a fault."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Optional

from market.kernel.plain import Json
from market.rulebook.rules import Rulebook
from market.selection.auction.rules import Asked
from market.web.forms import Form
from market.web.once import once_field
from market.web.widgets import (
    Between,
    InstantField,
    IntegerField,
    MoneyField,
    Required,
    TextLength,
)

PERCENT = Between(1, 50, _l("请填 1 到 50 的整数"))
MINUTES = Between(1, 7 * 24 * 60, _l("请填 1 到 10080 的整数"))


class TermsForm(Form):
    """When it begins, how low it may go, by which step."""

    after = IntegerField(_l("报名截止后多少分钟开始竞价"), [Required(), MINUTES])
    floor_fen = MoneyField(_l("最低限价"), [Required()])
    step_fen = MoneyField(_l("每次至少降多少"), [Optional()])
    step_percent = IntegerField(_l("每轮至少比本机构上次报价低"), [Optional(), PERCENT])

    def asked(self, *, in_rounds: bool) -> Asked:
        """What was typed, as the service takes it."""
        percent = self.step_percent.data
        step = (None if percent is None else percent * 100) if in_rounds else self.step_fen.data
        return Asked(self.after.data or 0, self.floor_fen.data or 0, step)


def filled(asked: Asked | None, rulebook: Rulebook, *, in_rounds: bool) -> Json:
    """The form as it was saved, else as the rulebook proposes."""
    if asked is None:
        return {"after": max(int(rulebook.auction_lead_minutes), 60)}
    step = asked.step
    own = {"step_percent": step and step // 100} if in_rounds else {"step_fen": step}
    return {"after": asked.after, "floor_fen": asked.floor_fen, **own}


class BidForm(Form):
    """One bid."""

    once = once_field()
    amount_fen = MoneyField(_l("出价"), [Required()])


class FreezeForm(Form):
    """What failed, in public."""

    note = TextAreaField(_l("故障情况"), [Required(), TextLength(5, 300)])


class ResumeForm(Form):
    """When it goes on."""

    start_at = InstantField(_l("恢复竞价的时间"), [Required()])
