"""The desks: the bodies', the call-backs', one's own complaints, and the files of a complaint under
way.
"""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.complaints import forms, queries, service, words
from market.complaints.views.blueprint import attach, bp, shown_due
from market.db import Work, reading
from market.files import service as files
from market.kernel.errors import NotFound
from market.web import desk as desks
from market.web.answering import caught, form_page
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.format import mask_name
from market.web.naming import named

FIRST = 5  # call-backs shown on the desk itself
EVERY_BODY = ("inspection", "authority")


@bp.get("/office/complaints")
@page(may="complaint.desk")
def desk() -> str:
    """What a body has to do, soonest due first; the inspector and the managing authority see every
    body's.
    """
    work = reading(current_actor())
    after = request.args.get("after")
    calls = work.actor.has("callback_officer")
    if calls and request.args.get("show") == "callbacks":
        return render_template(
            "complaints/callbacks.html", page=queries.waiting_callbacks(work, after), words=words
        )
    found = queries.desk(work, _whose(work), after)
    return render_template(
        "complaints/desk.html",
        page=found,
        desk=desks.desk([_case(work, row) for row in found], request.args),
        callbacks=queries.waiting_callbacks(work, limit=FIRST) if calls else None,
        words=words,
    )


def _whose(work: Work) -> int | None:
    """The body whose complaints this reader's desk lists, None for every body's."""
    return None if work.actor.kind in EVERY_BODY else work.actor.organisation_id


def next_after(work: Work, number: str) -> Case | None:
    """The complaint to go on with after this one."""
    cases = [_case(work, row) for row in queries.desk(work, _whose(work))]
    return desks.following(cases, url_for("complaints.show", number=number))


def _case(work: Work, row: queries.DeskRow) -> Case:
    """A complaint as a line of the desk."""
    of = row.complaint
    due = shown_due(work, row.due) if row.due else {}
    state = words.TAKEN_BACK if of.goes_on else words.STATES[of.state]
    return Case(
        of.number,
        url_for("complaints.show", number=of.number),
        of.notice_title or str(words.ABOUT[of.about]),
        named(of.body_name),
        state,
        of.filed_at,
        row.due.due_at if row.due else None,
        due.get("days_left"),  # type: ignore[arg-type]
        bool(due.get("provisional")),
        bool(due.get("overdue")) or of.is_late,
        bool(due.get("is_paused")),
        mask_name(accounts.person(work, row.handler_id).name) if row.handler_id else "",
    )


@bp.get("/complaints/mine")
@page(may="complaint.mine")
def mine() -> str:
    """One's own complaints, drafts first, and those that one's organisation has to answer."""
    work = reading(current_actor())
    return render_template(
        "complaints/mine.html",
        drafts=queries.drafts(work),
        discarded=queries.drafts(work, discarded=True),
        words=words,
        page=queries.mine(work, request.args.get("after")),
    )


@bp.route("/complaints/<number:number>/files", methods=["GET", "POST"])
@page(may="complaint.mine")
@files.takes_upload
def add_file(number: str) -> Response | str | tuple[str, int]:
    """Add a file to a complaint under way: with the completion, the answer, or the investigation."""
    card = queries.view(reading(current_actor()), number)
    form = forms.AddFile()
    if card.relation not in service.ATTACHES:
        raise NotFound("complaint.none")
    no = None
    if form.validate_on_submit():
        _done, no = caught(lambda: attach(form, number=number))
        if no is None:
            return redirect(url_for(".add_file", number=number), 303)
    return form_page("complaints/files.html", form, no, card=card, words=words)
