"""Tips (举报线索): anybody may give one, the bodies read them."""

from collections.abc import Iterable

from flask import current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.complaints import forms, queries, service
from market.complaints.rules import TipStanding
from market.complaints.views.blueprint import bp
from market.complaints.words import tips as words
from market.db import Work, in_one_transaction, reading
from market.files import service as files
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.ledger import queries as ledger
from market.web import desk as desks
from market.web.answering import OR_ABSENT, Answer, caught, form_page, refusal_in, status_of
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.web.forms_on_page import Deed, add_deeds, open_forms
from market.web.naming import named
from market.web.pace import Limit, keep_pace
from market.web.shown import handed_out
from market.workdays import queries as workdays

TIPS = Limit("tips", most=6, minutes=10)  # each is on the log for ever
TIP_FILES = Limit("tip_files", most=12, minutes=10)
MATTER = 40  # signs of a tip's text that stand on the desk
TOLD = "tip_told"
"""In the session: the tip whose code its giver has not been told yet."""
OPEN = "tip_open"
"""In the session: the tip that this browser gave, or showed the code of: files may be added to it."""


@bp.route("/tips/new", methods=["GET", "POST"])
@page(may="public")
def tip() -> Response | str | tuple[str, int]:
    """Give a tip. Nobody's account goes with it, not even of one who is signed in."""
    form = forms.GiveTip(notice=request.args.get("notice", "")[:30])
    form.concerns.choices = [
        (body.id, named(body.name)) for body in queries.tip_bodies(reading(VISITOR))
    ]
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


DEEDS = {
    "look_at": Deed(
        may="tip.read",
        title=_l("登记已阅处"),
        form=forms.LookAt,
        acts={"": service.look_at},
        said=_l("已登记，须由本单位另一人核对后办结。"),
    ),
    "close_tip": Deed(
        may="tip.read",
        title=_l("核对无误，办结"),
        form=forms.Seen,
        acts={"": service.close_tip},
        said=_l("已办结。"),
    ),
}


@bp.get("/office/tips")
@page(may="tip.read")
def tips() -> str:
    """The tips of one's body, newest first."""
    work = reading(current_actor())
    found = queries.tips(work, request.args.get("after"))
    return render_template(
        "complaints/tips.html",
        page=found,
        desk=desks.desk(_lines(work, found), request.args),
        sent=queries.hand_overs(work),
    )


def _lines(work: Work, found: Iterable[queries.TipCard]) -> list[Case]:
    """Tips as lines of the desk: what they say is read by whoever reads the desk."""
    left = workdays.left(work)
    return [
        Case(
            one.number,
            url_for(".tip_case", number=one.number),
            _("内容已按规定删除") if one.erased else _beginning(one.content),
            one.notice_number or _("没有写公告编号"),
            words.STANDINGS[one.standing],
            one.received_at,
            *desks.clocked(one.due, left),
        )
        for one in found
    ]


def _beginning(text: str) -> str:
    """The first signs of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= MATTER else f"{line[:MATTER]}…"


def _waiting(work: Work, person_id: int | None) -> list[queries.TipCard]:
    """Those for whom something is still to be done by this person."""
    return [
        one
        for one in queries.tips(work)
        if one.standing is TipStanding.NEW
        or (one.standing is TipStanding.READ and one.looked_by != person_id)
    ]


@bp.get("/office/tips/<number:number>")
@page(may="tip.read")
def tip_case(number: str) -> Answer:
    """One tip, with what its reader may do now."""
    return _page(number)


def _page(
    number: str, name: str = "", form: Form | None = None, no: Refusal | None = None
) -> Answer:
    work = reading(current_actor())
    tip = queries.tip(work, number)
    now = _may_now(tip, work.actor.person_id)
    here = url_for(".tip_case", number=number)
    token = handed_out(seen(service.close_tip, work, number), no)  # of either deed
    return render_template(
        "complaints/tip_case.html",
        tip=tip,
        standing=words.STANDINGS[tip.standing],
        following=desks.following(_lines(work, _waiting(work, work.actor.person_id)), here),
        forms=open_forms(DEEDS, now, name, form),
        form=form or Form(formdata=None),
        refusal=refusal_in(form, no) if form and no else None,
        token=token,
        deeds=DEEDS,
        phrases=words.PHRASES,
    ), status_of(form, no)


def _may_now(tip: queries.TipCard, person_id: int | None) -> list[str]:
    """The deeds of a tip that stand open to a person: to note what came of it, or as another than
    who noted it to close it.
    """
    if not tip.is_own or tip.erased or tip.closed_at:
        return []
    if tip.looked_at is None:
        return ["look_at"]
    return [] if tip.looked_by == person_id else ["close_tip"]


add_deeds(
    bp,
    "/office/tips/<number:number>",
    DEEDS,
    _page,
    lambda number: url_for("complaints.tip_case", number=number),
)
