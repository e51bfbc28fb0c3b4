"""Pages of cases: the desk, and a case with what may be done now."""

import dataclasses
from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.cases import forms, queries, service, words
from market.db import Work, reading
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.web import desk as desks
from market.web.answering import attempt, refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.deeds import add_deed
from market.web.desk import Case
from market.web.forms import Form
from market.web.shown import handed_out
from market.workdays import queries as workdays

bp = Blueprint("cases", __name__)
Answer = tuple[str, int]


@dataclasses.dataclass(frozen=True)
class Deed:
    """One deed of a case: its permission, its title, its form and its use case."""

    may: str
    title: object
    form: type[Form]
    act: Callable[..., object]


DEEDS = {
    "contact": Deed("case.handle", _l("联系评价人"), forms.Contact, service.contact),
    "rectify": Deed("case.handle", _l("整改并答复"), forms.Rectify, service.rectify),
    "extend": Deed("case.handle", _l("按复杂情况延长"), forms.Extend, service.extend),
    "call_back": Deed("case.call_back", _l("回访"), forms.CallBack, service.call_back),
}


@bp.get("/office/cases")
@page(may="case.desk")
def desk() -> str:
    """The cases of one's body."""
    work = reading(current_actor())
    return render_template("cases/desk.html", desk=desks.desk(_lines(work), request.args))


def _lines(work: Work) -> list[Case]:
    """The cases as lines of the desk."""
    left = workdays.left(work)
    return [
        Case(
            one.number,
            url_for(".case", number=one.number),
            one.party_name,
            one.body,
            words.STATES[one.state],
            one.opened_at,
            *desks.clocked(one.due, left),
        )
        for one in queries.desk(work)
    ]


def _open(work: Work) -> list[Case]:
    """Those of the lines that somebody has to go on with."""
    return [line for line in _lines(work) if line.due_at is not None]


@bp.get("/office/cases/<number:number>")
@page(may="case.desk")
def case(number: str) -> Answer:
    """A case, and the forms of what its reader may do now."""
    return _page(number)


def _page(
    number: str, name: str = "", form: Form | None = None, no: Refusal | None = None
) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(service.call_back, work, number), no)
    found = queries.case(work, number)
    open_forms = {
        each: form if each == name and form else DEEDS[each].form(formdata=None)
        for each in found.deeds
    }
    refusal = refusal_in(form, no) if form and no else None
    return render_template(
        "cases/case.html",
        case=found,
        following=desks.following(_open(work), url_for(".case", number=number)),
        forms=open_forms,
        form=form or Form(formdata=None),
        refusal=refusal,
        token=token,
        deeds=DEEDS,
        words=words,
    ), status_of(form, no)


def do(name: str, number: str) -> Answer | Response:
    """Do one deed, or show the page again with what stood against it."""
    deed = DEEDS[name]
    form = deed.form()
    if not form.validate_on_submit():
        return _page(number, name, form)
    typed = {field.name: field.data for field in form if field.name != "csrf_token"}
    _done, no = attempt(deed.act, number=number, **typed)
    if no is not None:
        return _page(number, name, form, no)
    flash(_("已登记。"))
    return redirect(url_for(".case", number=number), 303)


for named, each in DEEDS.items():
    add_deed(
        bp,
        f"/office/cases/<number:number>/{named.replace('_', '-')}",
        name=named,
        may=each.may,
        do=partial(do, named),
        methods=["POST"],
    )
