"""What the pages of this room share: how a form is answered, and what happened."""

import datetime as dt
from collections.abc import Callable

from flask import render_template

from market.db import Work, reading
from market.enrolment import words
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.ledger.queries import Entry
from market.reputation import queries as reputation
from market.web.answering import attempt, refusal_in
from market.web.auth import current_actor
from market.web.forms import Form
from market.web.shown import handed_out
from market.windows.queries import Due
from market.workdays import queries as workdays
from market.workdays.rules import working_days_left

Answer = tuple[str, int]


def done(form: Form, act: Callable[..., object], **values: object) -> bool:
    """Do one use case; on a refusal its sentence stands at its field or above the form, and nothing
    typed is lost.
    """
    _, no = attempt(act, **values)
    if no is not None:
        tell(form, no)
    return no is None


def tell(form: Form, no: Refusal) -> None:
    """Put a refusal's sentence where it belongs in a form."""
    if sentence := refusal_in(form, no):
        form.form_errors = [*form.form_errors, sentence]
    form.status = no.status
    form.no = no


def token_for(form: Form, act: Callable[..., object], key: object) -> str:
    """What a page hands out of what `act` is about: asked before the page is read."""
    return handed_out(seen(act, reading(current_actor()), key), getattr(form, "no", None))


def answer(template: str, form: Form, **facts: object) -> Answer:
    """The page of a form: 422 or 409 when it was refused."""
    status = getattr(form, "status", 422 if form.errors else 200)
    return render_template(f"enrolment/{template}", form=form, words=words, **facts), status


def timeline(entries: list[Entry]) -> list[dict[str, object]]:
    """What happened, newest first, from the log: an agency's facts, each with its entry's number."""
    return [
        {"label": words.TIMELINE[each.type], "at": each.at, "entry": each.index}
        for each in reversed(entries)
        if each.type in words.TIMELINE
    ]


def stopped_until(work: Work, agency_id: int, led_by: str | None = None) -> dt.date | None:
    """The last day of a measure on record that keeps an agency from entering today. `led_by`: the
    keyed digest of its representative, whom a measure follows; strangers are told of its own alone.
    """
    return reputation.suspended(work, {agency_id: led_by}, work.today).get(agency_id)


def days_left(work: Work) -> Callable[[Due], int]:
    """How many working days a window still has, for pages that show it."""
    calendar = workdays.calendar(work)
    return lambda due: working_days_left(work.now, due.due_at, calendar)
