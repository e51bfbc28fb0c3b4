"""A page of a matter with a form for each thing that its reader may do there now.

What was sent and could not be done stands on the same page again, with what stood against it; the
other forms are empty.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from market.kernel.errors import Refusal
from market.web.answering import attempt
from market.web.deeds import add_deed
from market.web.forms import Form

OUTCOME = "outcome"
"""The field by which one form asks for one of several use cases."""
NOT_TYPED = frozenset({"csrf_token", OUTCOME, "once"})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """One deed of a matter: its permission, title, form, what is said when it is done, and its use
    case under ""; of a form with an outcome the one of that name.
    """

    may: str
    form: type[Form]
    acts: Mapping[str, Callable[..., object]]
    title: object = ""
    said: object = _l("已登记。")

    def act(self, form: Form) -> Callable[..., object]:
        """The use case that the form asks for."""
        return self.acts[form[OUTCOME].data if OUTCOME in form else ""]


def open_forms(
    deeds: Mapping[str, Deed], now: Iterable[str], sent: str, form: Form | None
) -> dict[str, Form]:
    """A form for each of the deeds that may be done `now`: the one that was `sent` as it was sent."""
    return {
        name: form if name == sent and form else deeds[name].form(formdata=None) for name in now
    }


def add_deeds(
    blueprint: Blueprint,
    path: str,
    deeds: Mapping[str, Deed],
    page: Callable[[str, str, Form, Refusal | None], ResponseReturnValue],
    back: Callable[[str], str],
) -> None:
    """Let each deed be posted at `path` and its name. `page` shows the matter of that number with the
    form that was sent under that name and what stood against it; `back` is where one stands after it.
    """

    def do(name: str, number: str) -> ResponseReturnValue:
        deed = deeds[name]
        form = deed.form()
        if not form.validate_on_submit():
            return page(number, name, form, None)
        typed = {field.name: field.data for field in form if field.name not in NOT_TYPED}
        _done, no = attempt(deed.act(form), number=number, **typed)
        if no is not None:
            return page(number, name, form, no)
        flash(str(deed.said))
        return redirect(back(number), 303)

    for name, deed in deeds.items():
        add_deed(
            blueprint,
            f"{path}/{name.replace('_', '-')}",
            name=name,
            may=deed.may,
            do=partial(do, name),
            methods=["POST"],
        )
