"""How a form is answered: its use case is done, or the page is shown again with what stood against
it and everything that was typed.

    form = forms.Register()
    if not form.validate_on_submit():
        return form_page("owners/register.html", form)
    number, no = attempt(service.register, details=form.details())
    if no:
        return form_page("owners/register.html", form, no)
"""

from collections.abc import Callable, Collection
from typing import TypeVar

from flask import current_app, render_template

from market.db import in_one_transaction
from market.kernel.errors import Invalid, NotFound, Refusal, Several, all_told, each_of
from market.kernel.shown import sight_of
from market.web.auth import current_actor
from market.web.errors import words_of
from market.web.forms import Form
from market.web.pace import TooOften
from market.web.shown import posted

T = TypeVar("T")
Answer = tuple[str, int]
SHOWN = (Refusal.status, Invalid.status, TooOften.status)
"""Refusals that a form can show; an absent thing, a missing permission are pages of their own."""
OR_ABSENT = (*SHOWN, NotFound.status)
"""Refusals of a form in which a number was typed that may be nothing's."""


def refusal_in(form: Form, no: Refusal) -> str | None:
    """Show a refusal at the field it names, of several each at its own; without one, return the
    sentence for the top of the page.
    """
    above = []
    for each in each_of(no):
        sentence = words_of(current_app, each)
        if each.field is None or each.field not in form:
            above.append(sentence)
        else:
            form[each.field].errors = [*form[each.field].errors, sentence]
    return " ".join(above) or None


def form_page(template: str, form: Form, no: Refusal | None = None, **facts: object) -> Answer:
    """The page of a form: 422 with what is wrong at its fields, or a refusal's status with its
    sentence.
    """
    sentence = refusal_in(form, no) if no else None
    page = render_template(template, form=form, refusal=sentence, **facts)
    return page, status_of(form, no)


def status_of(form: Form | None, no: Refusal | None) -> int:
    """The status of a page: a refusal's, 422 where the form that was sent has errors, else 200."""
    if no:
        return no.status
    return 422 if form and form.errors else 200


def also(form: Form, *checks: Callable[[], object]) -> Refusal | None:
    """What stands against a form that was sent beside what it found itself, so that both rounds are
    told at once: each check is a rule that asks the database. A field that has an error already
    hears no second one.
    """
    if not form.is_submitted():
        return None
    _nothing, no = caught(lambda: all_told(*checks))
    told = [
        each
        for each in (each_of(no) if no else ())
        if isinstance(each, Invalid) and each.field in form and not form[each.field].errors
    ]
    return Several(told) if told else None


def attempt(
    act: Callable[..., T], statuses: Collection[int] = SHOWN, /, **values: object
) -> tuple[T | None, Refusal | None]:
    """Do one use case for the reader: what it gave, or its refusal that a form can show (others fly
    on). A second person's deed gets the token of what their page showed.
    """
    if sight_of(act):
        values["shown"] = posted()
    return caught(lambda: in_one_transaction(act, current_actor(), **values), statuses=statuses)


def caught(
    act: Callable[[], T], *, statuses: Collection[int] = SHOWN
) -> tuple[T | None, Refusal | None]:
    """What something gave, or its refusal of one of the `statuses` (others fly on)."""
    try:
        return act(), None
    except Refusal as no:
        if no.status not in statuses:
            raise
        return None, no
