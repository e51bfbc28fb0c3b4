"""Tips (举报线索): anybody may give one, the bodies read them."""

from flask import current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from market.complaints import forms, queries, service
from market.complaints.views.blueprint import bp
from market.db import in_one_transaction, reading
from market.files import service as files
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.web.answering import OR_ABSENT, caught, form_page
from market.web.auth import current_actor, page
from market.web.pace import Limit, keep_pace
from market.web.paging import Page
from market.web.shown import posted

TIPS = Limit("tips", most=6, minutes=10)  # each is on the log for ever
TIP_FILES = Limit("tip_files", most=12, minutes=10)
TOLD = "tip_told"
"""In the session: the tip whose code its giver has not been told yet."""
OPEN = "tip_open"
"""In the session: the tip that this browser gave, or showed the code of: files may be added to it."""


@bp.route("/tips/new", methods=["GET", "POST"])
@page(may="public")
def tip() -> Response | str | tuple[str, int]:
    """Give a tip. Nobody's account goes with it, not even of one who is signed in."""
    form = forms.GiveTip(notice=request.args.get("notice", "")[:30])
    form.concerns.choices = [(body.id, body.name) for body in queries.tip_bodies(reading(VISITOR))]
    no = None
    if form.validate_on_submit():
        number, no = caught(lambda: _take(form))
        if no is None:
            session[TOLD] = number
            session[OPEN] = number
            return redirect(url_for(".tip_received", number=number), 303)
    return form_page("complaints/tip.html", form, no)


def _take(form: forms.GiveTip) -> str:
    keep_pace(TIPS)
    return in_one_transaction(
        service.tip,
        VISITOR,
        content=form.content.data,
        contact=form.contact.data or "",
        notice_number=form.notice.data,
        submission_key=form.once.data,
        concerns=form.concerns.data or (),
    )


@bp.get("/tips/<number:number>/received")
@page(may="public")
def tip_received(number: str) -> str:
    """The tip's number, for whoever asks; nothing of what it says. Refuses `complaint.none`."""
    if not ledger.of_subject(reading(VISITOR), number):
        raise NotFound("complaint.none")
    # Told once, to the browser that gave it: the number is public, the code is not.
    code = queries.tip_code(reading(VISITOR), number) if session.get(TOLD) == number else None
    session.pop(TOLD, None)
    return render_template("complaints/tip_received.html", number=number, code=code)


@bp.route("/tips/status", methods=["GET", "POST"])
@page(may="public")
def tip_status() -> str | tuple[str, int]:
    """How a tip stands, by its number and the code that was told with it."""
    form = forms.AskTip()
    found = no = None
    if form.validate_on_submit():
        number = form.number.data or ""
        code = form.code.data or ""
        found, no = caught(
            lambda: queries.tip_status(reading(VISITOR), number, code), statuses=OR_ABSENT
        )
    if found:
        session[OPEN] = found.number
    form.code.data = None
    return form_page("complaints/tip_status.html", form, no, found=found)


@bp.route("/tips/files", methods=["GET", "POST"])
@page(may="public")
@files.takes_upload
def tip_files() -> Response | str | tuple[str, int]:
    """Add files to the tip that this browser gave, or whose code it has shown. Pictures lose what
    tells when, where and by what they were taken before anything is kept.
    """
    number = session.get(OPEN)
    if number is None:
        return redirect(url_for(".tip_status"), 303)
    form = forms.AddFile()
    no = None
    if form.validate_on_submit():
        _done, no = caught(lambda: _add(form, number))
        if no is None:
            return redirect(url_for(".tip_files"), 303)
    count = queries.tip_file_count(reading(VISITOR), number)
    return form_page("complaints/tip_files.html", form, no, number=number, count=count)


def _add(form: forms.AddFile, number: str) -> None:
    keep_pace(TIP_FILES)
    scan = files.receive(form.file.data, current_app.instance_path, bare=True)
    in_one_transaction(service.add_to_tip, VISITOR, number=number, scan=scan)


@bp.get("/office/tips")
@page(may="tip.read")
def tips() -> str:
    """The tips, newest first."""
    return _desk(queries.tips(reading(current_actor()), request.args.get("after")))


def _desk(found: Page, refused: forms.LookAt | None = None) -> str:
    """Each tip with a form of its own, among them the one that was refused."""
    notes = {tip.number: refused or forms.LookAt(formdata=None) for tip in found}
    for number, form in notes.items():
        form.note.id = f"note-{number}"
    return render_template(
        "complaints/tips.html",
        page=found,
        notes=notes,
        refused=refused,
        sent=queries.hand_overs(reading(current_actor())),
    )


@bp.post("/office/tips/<number:number>")
@page(may="tip.read")
def look_at(number: str) -> Response | tuple[str, int]:
    """Note what came of a tip. A note that cannot stand is shown again, with its tip alone."""
    form = forms.LookAt()
    if not form.validate():
        return _desk(queries.tips(reading(current_actor()), number=number), form), 422
    in_one_transaction(service.look_at, current_actor(), number=number, note=form.note.data)
    return redirect(url_for(".tips"), 303)


@bp.post("/office/tips/<number:number>/close")
@page(may="tip.read")
def close_tip(number: str) -> Response:
    """A second person closes what another has read."""
    in_one_transaction(service.close_tip, current_actor(), number=number, shown=posted())
    return redirect(url_for(".tips"), 303)
