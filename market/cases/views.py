"""Pages of cases: the desk, and a case with what may be done now."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from market.cases import forms, queries, service, words
from market.db import Work, reading
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.web import desk as desks
from market.web.answering import refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.web.forms_on_page import Deed, add_deeds, open_forms
from market.web.naming import named
from market.web.shown import handed_out
from market.workdays import queries as workdays

bp = Blueprint("cases", __name__)
Answer = tuple[str, int]


DEEDS = {
    "contact": Deed(
        may="case.handle", title=_l("联系评价人"), form=forms.Contact, acts={"": service.contact}
    ),
    "rectify": Deed(
        may="case.handle", title=_l("整改并答复"), form=forms.Rectify, acts={"": service.rectify}
    ),
    "extend": Deed(
        may="case.handle", title=_l("按复杂情况延长"), form=forms.Extend, acts={"": service.extend}
    ),
    "call_back": Deed(
        may="case.call_back", title=_l("回访"), form=forms.CallBack, acts={"": service.call_back}
    ),
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
            named(one.body),
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
    refusal = refusal_in(form, no) if form and no else None
    return render_template(
        "cases/case.html",
        case=found,
        following=desks.following(_open(work), url_for(".case", number=number)),
        forms=open_forms(DEEDS, found.deeds, name, form),
        form=form or Form(formdata=None),
        refusal=refusal,
        token=token,
        deeds=DEEDS,
        words=words,
    ), status_of(form, no)


add_deeds(
    bp,
    "/office/cases/<number:number>",
    DEEDS,
    _page,
    lambda number: url_for(".case", number=number),
)
