"""The blueprint of the room and what its pages share."""

from flask import Blueprint, current_app, render_template

from market.db import Work
from market.kernel.errors import Refusal, each_of
from market.ledger import queries as ledger
from market.owners.words import EVENTS
from market.web.errors import words_of
from market.web.forms import Form

bp = Blueprint("owners", __name__)


def refusal_in(form: Form, no: Refusal) -> str | None:
    """Show a refusal at the field it names; without one, return its sentence for the top of the
    page.
    """
    above = []
    for each in each_of(no):
        sentence = words_of(current_app, each)
        if each.field is None or each.field not in form:
            above.append(sentence)
        else:
            form[each.field].errors = [*form[each.field].errors, sentence]
    return " ".join(above) or None


def form_page(
    template: str, form: Form, no: Refusal | None = None, **facts: object
) -> tuple[str, int]:
    """The page of a form: 422 with what is wrong at its fields, or a refusal's status with its
    sentence.
    """
    sentence = refusal_in(form, no) if no else None
    status = no.status if no else 422 if form.errors else 200
    return render_template(template, form=form, refusal=sentence, **facts), status


def timeline(work: Work, number: str) -> list[dict[str, object]]:
    """What happened to a registration, newest first, as the log has it."""
    return [
        {"label": EVENTS[entry.type], "at": entry.at, "entry": entry.index}
        for entry in reversed(ledger.of_subject(work, number))
        if entry.type in EVENTS
    ]
