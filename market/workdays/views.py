"""The public calendar and calculator, and the office's imports."""

import calendar as gregorian

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from market.db import Work, in_one_transaction, reading
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.web.answering import attempt, caught, form_page
from market.web.auth import current_actor, page
from market.web.errors import words_of
from market.web.shown import handed_out
from market.workdays import feed, forms, queries, rules, service, words

bp = Blueprint("workdays", __name__)
WEEKS = gregorian.Calendar(firstweekday=0)


@bp.get("/calendar")
@page(may="public")
def calendar() -> str:
    """This year's working days."""
    work = reading(current_actor())
    return _year_page(work, work.today.year)


@bp.get("/calendar/<bigid:year>")
@page(may="public")
def year(year: int) -> str:
    """One year's working days."""
    return _year_page(reading(current_actor()), year)


def _year_page(work: Work, year: int) -> str:
    if not rules.FIRST_YEAR <= year <= rules.LAST_YEAR:
        raise NotFound("workdays.no_such_year", first=rules.FIRST_YEAR, last=rules.LAST_YEAR)
    found = queries.calendar(work)
    months = [WEEKS.monthdatescalendar(year, month) for month in range(1, 13)]
    return render_template(
        "workdays/calendar.html",
        year=year,
        calendar=found,
        months=months,
        today=work.today,
        kinds=words.DAY_KINDS,
        sources=queries.in_force_for(work, year),
        missing=queries.missing_year(work),
        first=rules.FIRST_YEAR,
        last=found.confirmed_through.year + 1,
    )


@bp.get("/calendar.ics")
@page(may="public")
def ics() -> Response:
    """Holidays and make-up days, for anybody's own calendar."""
    found = queries.calendar(reading(current_actor()))
    return Response(feed.of(found), mimetype="text/calendar")


@bp.get("/calculator")
@page(may="public")
def calculator() -> str | tuple[str, int]:
    """When is a window over?"""
    work = reading(current_actor())
    form = forms.Calculator(request.args)
    found = None
    trouble = None
    status = 200
    if not request.args.keys() & {"trigger", "n", "unit", "close"}:
        form = forms.Calculator(formdata=None, trigger=work.now)
    elif not form.validate():
        status = 422
    else:
        found, no = caught(lambda: rules.deadline(*form.window, queries.calendar(work), *form.end))
        if no:
            trouble = words_of(current_app, no)
            status = no.status
    sources = (
        [queries.imported(work, key).arrangement for key in found.arrangements] if found else []
    )
    return render_template(
        "workdays/calculator.html",
        form=form,
        found=found,
        trouble=trouble,
        sources=sources,
        certainties=words.CERTAINTIES,
        unit=words.UNITS.get(form.unit.data),
    ), status


@bp.get("/office/calendar")
@page(may="calendar.desk")
def desk() -> str:
    """Every arrangement ever imported."""
    work = reading(current_actor())
    return render_template(
        "workdays/desk.html",
        imports=queries.imports(work),
        states=words.STATES,
        missing=queries.missing_year(work),
    )


@bp.route("/office/calendar/new", methods=["GET", "POST"])
@page(may="calendar.import")
def propose() -> str | Answer | tuple[str, int]:
    """Import an arrangement, for a second person to approve."""
    form = forms.Import()
    no = None
    if form.validate_on_submit():
        key, no = caught(lambda: _import(form))
        if no is None:
            flash(_("已导入，等待另一位批准人批准。"))
            return redirect(url_for(".proposal", key=key), 303)
    findings = [words.FINDINGS[one.code] % {"at": one.at} for one in getattr(no, "findings", ())]
    return form_page("workdays/import.html", form, no, findings=findings)


def _import(form: forms.Import) -> str:
    form.text.data = _uploaded(form)
    return in_one_transaction(
        service.import_arrangement, current_actor(), text=form.text.data, **form.plain
    )


def _uploaded(form: forms.Import) -> str:
    """The file's text, or what was pasted; it is shown again when something is wrong, since a file
    cannot be.
    """
    if form.file.data:
        return rules.decode(form.file.data.read(forms.LONGEST_FILE))
    return str(form.text.data)


@bp.get("/office/calendar/<key>")
@page(may="calendar.desk")
def proposal(key: str) -> str:
    """What an arrangement changes: days, and open windows."""
    return _proposal(key, forms.Rejection(formdata=None))


def _proposal(key: str, form: forms.Rejection, no: Refusal | None = None) -> str:
    work = reading(current_actor())
    token = handed_out(seen(service.approve_arrangement, work, key), no)
    one = queries.imported(work, key)
    before, after = queries.compared(work, key)
    moved = queries.MOVED.of()
    return render_template(
        "workdays/proposal.html",
        one=one,
        changes=before.changes(after),
        form=form,
        token=token,
        sentence=words_of(current_app, no) if no else None,
        states=words.STATES,
        moves=moved(work, before, after) if moved else None,
        is_mine=one.imported_by == current_actor().person_id,
    )


@bp.post("/office/calendar/<key>/approve")
@page(may="calendar.approve")
def approve(key: str) -> Answer | tuple[str, int]:
    """Put an arrangement in force."""
    changes, no = attempt(service.approve_arrangement, key=key)
    if no:
        return _proposal(key, forms.Rejection(formdata=None), no), no.status
    flash(_("已批准生效，改变 %(count)s 天。未到期的期限将重新计算。", count=len(changes or ())))
    return redirect(url_for(".proposal", key=key), 303)


@bp.post("/office/calendar/<key>/reject")
@page(may="calendar.approve")
def reject(key: str) -> Answer | tuple[str, int]:
    """Turn an arrangement down."""
    form = forms.Rejection()
    if not form.validate():
        return _proposal(key, form), 422
    _done, no = attempt(service.reject_arrangement, key=key, reason=form.reason.data or "")
    if no:
        return _proposal(key, form, no), no.status
    return redirect(url_for(".proposal", key=key), 303)
