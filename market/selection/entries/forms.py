"""Shape of an entry. The law is in rules/."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import AnyOf, Optional

from market.kernel import money as amounts
from market.web.forms import Checks, Fleeting, Form, SecretField
from market.web.once import once_field
from market.web.widgets import IntegerField, MoneyField, Required, plain_label


class QuoteField(Fleeting, MoneyField):
    """A quote: what could be read of it before the close is kept nowhere (ADR 0005)."""


class QuotedRate(Fleeting, MoneyField):
    """A rate that is quoted, like a quote: a percentage as text (8, 8.5 %) to whole basis points (int)."""

    def parse(self, typed: str) -> int:
        said = typed.rstrip().removesuffix("%").removesuffix("％")
        try:
            return amounts.typed(said)
        except (amounts.BelowFen, amounts.Unreadable) as error:
            raise ValueError(
                _("请按百分数填写“%(label)s”，例如 8 或 8.50", label=plain_label(self))
            ) from error


class PromisedDays(Fleeting, IntegerField):
    """A promise that is sealed beside the quote, like a quote."""


class BoxForm(Form):
    """One sealed file, or one that the server seals; `document` is the digest of what is sealed in it."""

    kind = HiddenField("", [Required()])
    made = HiddenField("")
    document = HiddenField("")
    file = FileField(_l("文件"))

    def offer(self, kinds: Sequence[str]) -> None:
        """Take these kinds alone."""
        self.kind.validators = [Required(), AnyOf(kinds)]


class EntryForm(Form):
    """A quote, typed or sealed before it comes, and the entrant's word."""

    once = once_field()
    again = HiddenField("")  # the receipt of the entry that this quote takes the place of
    quote_fen = QuoteField(_l("报价"), [Required()])
    rate_bp = QuotedRate(
        _l("下浮率"), [Optional()]
    )  # of a notice that asks for one, in place of it
    response = PromisedDays(_l("承诺几日内完成服务"), [Optional()])
    sealed = TextAreaField(_l("密封报价"))
    bare = HiddenField("")  # of a way in which nothing is quoted: the page says so
    made = HiddenField("")  # by what it was sealed: the page's script says so
    proposal = HiddenField("")  # the hash of the box that was uploaded of each part
    proposal_b = HiddenField("")
    token = SecretField(_l("撤回凭证"))  # of the entry that this quote takes the place of
    pledge = BooleanField(
        _l("我单位符合公告要求，与其他报名机构没有同一法定代表人或控股关系，报价为独立作出"),
        [Required()],
    )

    @property
    def is_sealed(self) -> bool:
        """Whether the quote came sealed: then none is typed."""
        return bool((self.sealed.data or "").strip())

    @property
    def boxes(self) -> dict[str, str]:
        """The sealed files that are named: kind -> hash."""
        named = {"proposal": self.proposal.data, "proposal_b": self.proposal_b.data}
        return {kind: sha256.strip() for kind, sha256 in named.items() if sha256}

    def stand(self, fixed_fen: int) -> None:
        """Show the one price (fen) of the notice, which nobody changes."""
        self.quote_fen.data = fixed_fen
        self.quote_fen.raw_data = None
        self.quote_fen.render_kw = {"readonly": True}

    def validate(self, extra_validators: Checks | None = None) -> bool:
        if self.is_sealed or self.bare.data or self.rate_bp.raw_data:
            self.quote_fen.validators = [Optional()]
        if self.rate_bp.raw_data and not self.is_sealed:
            self.rate_bp.validators = [Required()]
        return super().validate(extra_validators)
