"""The page of a paper on its way to a discipline body, of a tip or of a clue: the scan of the signed receipt,
then one question. What is kept is the room's that sends it.
"""

import dataclasses
from collections.abc import Callable

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from market.kernel.errors import Refusal
from market.web.answering import Answer, attempt, caught, refusal_in, status_of
from market.web.forms import Form
from market.web.widgets import DateField, Required, TextLength

MOST_ANSWER = 1000


class Receipt(Form):
    """The scan of the signed receipt."""

    signed_on = DateField(_l("签收日期"), [Required()])
    file = FileField(_l("签收回执扫描件"))  # `receive` says what is missing


class AskAfter(Form):
    """What a discipline body said when it was asked, once."""

    answer = TextAreaField(_l("询问和答复情况"), [Required(), TextLength(4, MOST_ANSWER)])


@dataclasses.dataclass(frozen=True, kw_only=True)
class HandOver:
    """How one room hands over. `template` shows the paper with what `card` gives of its
    number; `look` refuses whose it is not, before a file is taken; `receive` takes a file; `back` is where
    one stands after it.
    """

    look: Callable[[str], object]
    receive: Callable[[FileStorage | None], object]
    keep: Callable[..., object]
    ask: Callable[..., object]
    template: str
    card: Callable[[str], dict[str, object]]
    back: Callable[[str], str]

    def shown(self, number: str, form: Form | None = None, no: Refusal | None = None) -> Answer:
        """The page with the form that was sent, and what stood against it; the other one is empty."""
        sent = form or Form(formdata=None)
        sentence = refusal_in(sent, no) if no else None
        page = render_template(
            self.template,
            **self.card(number),
            receipt=form if isinstance(form, Receipt) else Receipt(formdata=None),
            ask=form if isinstance(form, AskAfter) else AskAfter(formdata=None),
            sent=sent,
            refusal=sentence,
        )
        return page, status_of(sent, no)

    def keep_receipt(self, number: str) -> Answer | Response:
        """Keep the scan of the signed receipt."""
        self.look(number)
        form = Receipt()
        if not form.validate():
            return self.shown(number, form)
        scan, no = caught(lambda: self.receive(form.file.data))
        if scan is not None:
            _done, no = attempt(self.keep, number=number, scan=scan, signed_on=form.signed_on.data)
        return self._after(number, form, no, _("已登记签收回执。"))

    def ask_after(self, number: str) -> Answer | Response:
        """Note the one question."""
        form = AskAfter()
        if not form.validate():
            return self.shown(number, form)
        _done, no = attempt(self.ask, number=number, answer=form.answer.data)
        return self._after(number, form, no, _("已登记询问情况，不再询问。"))

    def _after(self, number: str, form: Form, no: Refusal | None, said: str) -> Answer | Response:
        if no is not None:
            return self.shown(number, form, no)
        flash(said)
        return redirect(self.back(number), 303)
