"""The finance office's books: handed in as a table, read import by import."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.contracts import books as tables
from market.contracts import forms, queries, service, words
from market.contracts.rules.books import BookLine
from market.contracts.views.blueprint import bp
from market.db import reading
from market.files import service as files
from market.kernel.errors import Invalid, Refusal
from market.web import csvs
from market.web.answering import attempt, form_page
from market.web.auth import current_actor, page

Answer = Response | str | tuple[str, int]
Wrong = tuple[int, str]
"""A line as a spreadsheet counts it, and a column."""


@bp.route("/office/finance", methods=["GET", "POST"])
@page(may="finance.import")
@files.takes_upload
def finance() -> Answer:
    """Hand in the payments of some days; what is wrong is told line by line, and nothing is kept then."""
    form = forms.Books()
    if not form.validate_on_submit():
        return _page(form)
    data = form.file.data.read()
    since = form.covers_from.data or dt.date.max
    until = form.covers_to.data or dt.date.min
    lines, wrong, no = _read(data, since, until)
    if no is None:
        number, no = attempt(
            service.import_books,
            lines=lines,
            covers_from=since,
            covers_to=until,
            sha256=hashlib.sha256(data).hexdigest(),
            submission_key=form.once.data,
        )
        if number is not None:
            flash(_("付款数据已导入。"))
            return redirect(url_for(".books", number=number), 303)
    return _page(form, no, wrong)


def _page(form: forms.Books, no: Refusal | None = None, wrong: Sequence[Wrong] = ()) -> Answer:
    work = reading(current_actor())
    return form_page(
        "contracts/finance.html",
        form,
        no,
        wrong=wrong,
        imports=queries.imports(work),
        outside=queries.outside(work),
        tables=tables,
        words=words,
    )


def _read(
    data: bytes, since: dt.date, until: dt.date
) -> tuple[list[BookLine], list[Wrong], Refusal | None]:
    """The payments of a file, what is wrong with it, and why it is refused."""
    try:
        lines, wrong = tables.read(data, since, until)
    except csvs.Unread as unread:
        return [], [], Invalid(f"finance.csv_{unread.why}", field="file", **unread.facts)
    return lines, wrong, Invalid("finance.csv_wrong", field="file") if wrong else None


@bp.get("/office/finance/<number:number>")
@page(may="finance.read")
def books(number: str) -> str:
    """One file of the finance office with what concerns the platform."""
    about, found = queries.books(reading(current_actor()), number)
    return render_template("contracts/books.html", books=about, found=found, words=words)
