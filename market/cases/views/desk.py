"""Pages of cases: the desk, and a case with what may be done now."""

from urllib.parse import urlsplit

from flask import Response as ServedBack
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.cases import forms, orders, queries, service, words
from market.cases.rules import MOST_NUMBER, Line, Source
from market.cases.views.blueprint import bp
from market.db import Work, in_one_transaction, reading
from market.kernel import ids
from market.kernel.actor import VISITOR
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import seen
from market.ledger import queries as ledger
from market.web import csvs, sheets
from market.web import desk as desks
from market.web.answering import attempt, caught, form_page, refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.web.forms_on_page import Deed, add_deeds, open_forms
from market.web.naming import named
from market.web.pace import Limit, keep_pace
from market.web.sheets import ENDINGS
from market.web.shown import handed_out
from market.workdays import queries as workdays

Answer = tuple[str, int]
REPORTS = Limit("reports", most=6, minutes=10)  # each is on the log for ever


DEEDS = {
    "contact": Deed(
        may="case.handle", title=_l("联系当事人"), form=forms.Contact, acts={"": service.contact}
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
    "transfer": Deed(
        may="case.handle",
        title=_l("转 12345、110 或其他单位"),
        form=forms.Transfer,
        acts={"": service.transfer},
    ),
    "take_back": Deed(
        may="case.handle",
        title=_l("登记对方的办理结果"),
        form=forms.TakeBack,
        acts={"": service.take_back},
    ),
    "report_back": Deed(
        may="case.handle",
        title=_l("报告督办结果"),
        form=forms.ReportBack,
        acts={"": service.report_back},
    ),
    "supervise": Deed(
        may="case.supervise", title=_l("督办"), form=forms.Supervise, acts={"": service.supervise}
    ),
    "meet": Deed(
        may="case.meet", title=_l("登记联席会议"), form=forms.Meet, acts={"": service.meet}
    ),
    "assign": Deed(
        may="case.assign", title=_l("确定专人办理"), form=forms.Assign, acts={"": service.assign}
    ),
}
ASIDE = frozenset({"transfer", "supervise", "meet", "assign"})
"""Deeds that stand folded below the step that is due."""


@bp.get("/office/cases")
@page(may="case.desk")
def desk() -> str:
    """The cases of one's body."""
    work = reading(current_actor())
    return render_template(
        "cases/desk.html",
        desk=desks.desk(_lines(work), request.args),
        counts=queries.counts(work),
        words=words,
    )


def _lines(work: Work) -> list[Case]:
    """The cases as lines of the desk."""
    left = workdays.left(work)
    return [
        Case(
            one.number,
            url_for(".case", number=one.number),
            one.party_name or str(words.SOURCES[one.source]),
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


def _of_reader(work: Work) -> int | None:
    """Whose cases the reader's lists show: his body's, or everybody's (None)."""
    return None if work.actor.kind in queries.EVERYBODYS else work.actor.organisation_id


@bp.get("/office/cases/ageing")
@page(may="case.desk")
def ageing() -> str:
    """The cases that go on, the oldest first, and how they are spread over their ages and sources."""
    work = reading(current_actor())
    old = queries.ageing(work, body_id=_of_reader(work))
    return render_template(
        "cases/ageing.html",
        old=old,
        ages=queries.ages(old),
        counts=queries.counts(work),
        words=words,
    )


@bp.get(f"/office/cases/ageing.{ENDINGS}")
@page(may="case.desk")
def ageing_sheet(ending: str) -> ServedBack:
    """The same list as a table."""
    work = reading(current_actor())
    found = queries.ageing(work, body_id=_of_reader(work))
    return sheets.answer(ending, "cases", orders.AGED, map(orders.aged, found))


@bp.route("/office/cases/new", methods=["GET", "POST"])
@page(may="case.enter")
def enter() -> Answer | Response:
    """Type in an order of the hotline, or what was heard elsewhere; a tip's page names its number."""
    form = forms.Enter()
    if not form.is_submitted() and request.args.get("tip"):
        form.source.data = Source.TIP
        form.source_number.data = ids.spelled(request.args["tip"])[:MOST_NUMBER]
    if not form.validate_on_submit():
        return form_page("cases/enter.html", form)
    number, no = attempt(
        service.enter, of=form.told(), asked=form.answered(), submission_key=form.once.data
    )
    if no:
        return form_page("cases/enter.html", form, no)
    return redirect(url_for(".case", number=number), 303)


@bp.route("/office/cases/orders", methods=["GET", "POST"])
@page(may="case.enter")
def enter_orders() -> Answer | Response:
    """Enter the hotline's orders out of a table; what is wrong is told line by line, and nothing is
    entered then.
    """
    form = forms.EnterOrders()
    if not form.validate_on_submit():
        return form_page("cases/orders.html", form, wrong=(), orders=orders)
    lines: list[Line] = []
    wrong: list[tuple[int, str]] = []
    no: Refusal | None = None
    try:
        lines, wrong = orders.read(form.file.data.read())
    except csvs.Unread as unread:
        no = Invalid(f"case.csv_{unread.why}", field="file", **unread.facts)
    if wrong:
        no = Invalid("case.csv_wrong", field="file")
    if no is None:
        done, no = attempt(service.enter_orders, lines=lines, submission_key=form.once.data)
        if done is not None:
            flash(
                _(
                    "录入 %(new)s 张，已录入过的 %(known)s 张没有重复录入。",
                    new=done[0],
                    known=done[1],
                )
            )
            return redirect(url_for(".desk"), 303)
    return form_page("cases/orders.html", form, no, wrong=wrong, orders=orders)


@bp.get(f"/office/cases/orders.{ENDINGS}")
@page(may="case.desk")
def orders_back(ending: str) -> ServedBack:
    """The hotline's orders with reply and closure, to be given back."""
    rows = map(orders.cells, queries.orders(reading(current_actor())))
    return sheets.answer(ending, "orders", orders.BACK, rows)


@bp.route("/stuck", methods=["GET", "POST"])
@page(may="public")
def stuck() -> Answer | Response:
    """Say what could not be done. Where one came from on this site is said with it."""
    form = forms.Report(page=_came_from())
    if not form.matter.data and not form.is_submitted():
        form.matter.data = next(iter(ids.typed(form.page.data or "")), None)
    if not form.validate_on_submit():
        return form_page("cases/stuck.html", form)
    number, no = caught(lambda: _take(form))
    if no:
        return form_page("cases/stuck.html", form, no)
    return redirect(url_for(".reported", number=number), 303)


def _take(form: forms.Report) -> str:
    keep_pace(REPORTS)
    return in_one_transaction(
        service.report, VISITOR, of=form.told(), submission_key=form.once.data
    )


def _came_from() -> str:
    """The page of this site from which one came; "" from elsewhere."""
    try:
        before = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    return before.path[:200] if before.netloc == request.host else ""


@bp.get("/stuck/<number:number>")
@page(may="public")
def reported(number: str) -> str:
    """The number of a report and what follows, for whoever asks; nothing of what it says. Refuses
    `case.none`.
    """
    entries = ledger.of_subject(reading(VISITOR), number)
    if not any(entry.type == "case.opened" for entry in entries):
        raise NotFound("case.none")
    return render_template("cases/reported.html", number=number)


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
        beside=queries.beside(work, number),
        aside=ASIDE,
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
