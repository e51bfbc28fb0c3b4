"""The regulator's desk: every selection that one oversees, and one selection's file with its review."""

from collections.abc import Iterator

from flask import (
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from market.db import Work, reading
from market.fabric import fabric
from market.oversight import export, queries, service, words
from market.oversight.forms import ReviewForm, Search
from market.oversight.rules import BY_READER
from market.oversight.views.blueprint import bp
from market.selection import pages
from market.selection.notices.words import STATES
from market.selection.results import words as result_words
from market.web import sheets
from market.web.answering import attempt, refusal_in
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.sheets import Cell


@bp.get("/office/selections")
@page(may="oversight.read")
def selections() -> str:
    """The list with its filters, newest publication first."""
    form = Search(request.args)
    form.validate()
    work = reading(current_actor())
    sought = form.sought(work)
    found = queries.desk(work, sought, request.args.get("after"))
    return render_template(
        "oversight/list.html",
        form=form,
        order=sought,
        kinds=fabric().window_kinds,
        page=found,
        words=words,
        result_words=result_words,
        labels=STATES,
        query=asked(),
    )


def asked() -> dict[str, str]:
    """The filters of the address, for the links to the exports."""
    form = Search()
    return {name: value for name, value in request.args.items() if value and name in form}


@bp.get("/office/selections.csv")
@page(may="oversight.read")
def as_csv() -> Response:
    """The whole filter as CSV, a page of rows at a time."""
    return sheets.csv_answer("selections", words.COLUMNS, _lines())


@bp.get("/office/selections.xlsx")
@page(may="oversight.read")
def as_xlsx() -> Response:
    """The whole filter as a workbook."""
    return sheets.xlsx_answer("selections", words.COLUMNS, _lines())


def _lines() -> Iterator[list[Cell]]:
    form = Search(request.args)
    form.validate()
    work = reading(current_actor())
    return map(export.cells, queries.whole(work, form.sought(work)))


@bp.route("/office/selections/<number:number>", methods=["GET", "POST"])
@page(may="oversight.read")
def file(number: str) -> tuple[str, int] | Answer:
    """One selection's file; what is sent is its review."""
    form = ReviewForm()
    said = None
    status = 200
    if form.validate_on_submit():
        _round, no = attempt(
            service.review,
            number=number,
            outcome=form.found(),
            marks=form.marks(),
            remark=form.remark.data or "",
            submission_key=form.once.data,
        )
        if no is None:
            flash(_("审阅已登记。"))
            return redirect(url_for(".file", number=number), 303)
        said = refusal_in(form, no)
        status = no.status
    elif form.errors:
        status = 422
    work = reading(current_actor())
    found = queries.file(work, number)
    return render_template(
        "oversight/file.html",
        file=found,
        following=_following(work, number),
        form=form,
        refusal=said,
        words=words,
        result_words=result_words,
        labels=STATES,
        refusals=fabric().words,
        kinds=fabric().window_kinds,
        by_reader=BY_READER,
        timeline=pages.timeline(list(found.history)),
    ), status


def _following(work: Work, number: str) -> Case | None:
    """The selection to go on with after this one, as a line of the desk."""
    after = queries.following(work, number)
    if after is None:
        return None
    return Case(
        after.number,
        url_for(".file", number=after.number),
        after.title,
        after.owner,
        STATES[after.state],
        after.published_at,
    )
