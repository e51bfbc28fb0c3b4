"""Tips (举报线索): anybody may give one, the bodies read them."""
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.complaints import forms, queries, service
from market.complaints.views.blueprint import bp
from market.db import in_one_transaction, reading
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.web.auth import current_actor, page


@bp.route("/tips/new", methods=["GET", "POST"])
@page(may="public")
def tip() -> Response | str | tuple[str, int]:
    """Give a tip. Nobody's account goes with it, not even of one who is signed in."""
    form = forms.GiveTip(notice=request.args.get("notice", "")[:30])
    if not form.validate_on_submit():
        return render_template("complaints/tip.html", form=form), 422 if form.is_submitted() else 200
    number = in_one_transaction(
        service.tip, VISITOR, content=form.content.data, contact=form.contact.data or "",
        notice_number=(form.notice.data or "").strip() or None, submission_key=form.once.data)
    return redirect(url_for(".tip_received", number=number), 303)


@bp.get("/tips/<number:number>/received")
@page(may="public")
def tip_received(number: str) -> str:
    """The tip's number, for whoever asks; nothing of what it says. Refuses `complaint.none`."""
    if not ledger.of_subject(reading(VISITOR), number):
        raise NotFound("complaint.none")
    return render_template("complaints/tip_received.html", number=number)


@bp.get("/office/tips")
@page(may="tip.read")
def tips() -> str:
    """The tips, newest first."""
    return render_template("complaints/tips.html", form=forms.Note(formdata=None),
                           page=queries.tips(reading(current_actor()), request.args.get("after")))


@bp.post("/office/tips/<number:number>")
@page(may="tip.read")
def look_at(number: str) -> Response:
    """Note what came of a tip."""
    form = forms.Note()
    if form.validate():
        in_one_transaction(service.look_at, current_actor(), number=number, note=form.note.data)
    return redirect(url_for(".tips"), 303)
