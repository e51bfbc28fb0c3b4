"""What an owner says when it chooses, and an agency when it answers."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Optional

from market.selection.direct.queries import Place
from market.web.forms import Form
from market.web.widgets import MoneyField, RadioField, Required, TextLength, choices


class ChooseForm(Form):
    """Whom, and at what price."""

    ref = RadioField(_l("选定的机构"), [Required()])
    amount_fen = MoneyField(_l("商定的金额"), [Required()])

    def offer(self, places: tuple[Place, ...]) -> None:
        """Let one choose among those who can still be asked."""
        self.ref.choices = choices(
            (each.ref, each.name) for each in places if each.offer is None and not each.why_not
        )


class AnswerForm(Form):
    """Why not, where it refuses; for the owner alone."""

    reason = TextAreaField(_l("不接受的理由"), [Optional(), TextLength(0, 300)])
