"""Every deadline in one table, and a person's own in his calendar program."""

import datetime as dt

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
from flask_babel import lazy_gettext as _l
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as Answer

from market.db import Work, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import VISITOR
from market.kernel.clock import local_date
from market.kernel.errors import NotFound
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.locale import shown
from market.web.naming import named
from market.web.widgets import choices
from market.windows import feed as calendar_feed
from market.windows import forms, queries, rules, service, words
from market.windows.directory import directory
from market.windows.face import left
from market.workdays import queries as workdays

bp = Blueprint("windows", __name__)
SOON = 2  # working days
PAGES = {"GG": "/notices/", "TS": "/complaints/"}
"""Where the record of a subject stands, by the prefix of its number, when anybody may open it."""


@bp.get("/office/windows")
@page(may="windows.board")
def board() -> str:
    """All deadlines of the market, soonest due first."""
    work = reading(current_actor())
    form = forms.BoardFilter(request.args)
    kinds = fabric().window_kinds
    form.kind.choices = choices(
        ((name, shown(kind.title)) for name, kind in sorted(kinds.items())), blank=_("全部")
    )
    bodies = {body: directory().organisation(work, body).name for body in queries.bodies(work)}
    form.body.choices = choices(
        {body: named(name) for body, name in bodies.items()}, blank=_("全部")
    )
    wanted = queries.Filter(soon=soon(work))
    if form.validate():
        wanted = queries.Filter(
            rules.Show(form.show.data),
            soon(work),
            form.kind.data or None,
            int(form.body.data) if form.body.data else None,
        )
    found = queries.board(work, wanted, request.args.get("after"))
    return render_template(
        "windows/board.html",
        page=found,
        form=form,
        kinds=kinds,
        bodies=bodies,
        words=words,
        left=left,
        doubts=queries.doubts(work),
        pages=PAGES,
        settling=forms.Settle(formdata=None),
    )


def soon(work: Work) -> dt.datetime:
    """The end of the second working day from today."""
    return rules.end_of(workdays.calendar(work).nth_after(local_date(work.now), SOON))


@bp.post("/office/windows/doubts/<bigid:doubt_id>")
@page(may="windows.settle")
def settle(doubt_id: int) -> Answer:
    """What a person found about a window that ended before the calendar changed."""
    form = forms.Settle()
    if not form.validate():
        flash(_("请写明核对结果。"), "error")
        return redirect(url_for(".board"), 303)
    in_one_transaction(
        service.settle, current_actor(), doubt_id=doubt_id, finding=form.finding.data
    )
    flash(_("已记下核对结果。"))
    return redirect(url_for(".board"), 303)


# --- the feed -----------------------------------------------------------------------------


@bp.get("/todo/feed")
@page(may="windows.feed")
def feed() -> str:
    """Where one gets the address for one's own calendar program, and ends it."""
    actor = current_actor()
    row = queries.feed(reading(actor), actor.person_id or 0)
    address = (
        url_for(".ics", key=_signer().dumps([row.person_id, row.serial]), _external=True)
        if row
        else None
    )
    return render_template("windows/feed.html", row=row, address=address)


@bp.post("/todo/feed")
@page(may="windows.feed")
def renew_feed() -> Answer:
    """Make a new address; the former one ends."""
    in_one_transaction(service.renew_feed, current_actor())
    flash(_("新的订阅地址已生成，原来的地址不再有效。"))
    return redirect(url_for(".feed"), 303)


@bp.post("/todo/feed/end")
@page(may="windows.feed")
@asks(
    _l("停用订阅地址？"),
    _l("日历程序将不再更新；以后可以生成新的地址，原来的地址不再有效。"),
    _l("停用"),
)
def end_feed() -> Answer:
    """End the address."""
    in_one_transaction(service.end_feed, current_actor())
    flash(_("订阅地址已停用。"))
    return redirect(url_for(".feed"), 303)


@bp.get("/todo.ics")
@page(may="public")
def ics() -> Response:
    """The live windows of whoever made this address; the key is his secret."""
    work = reading(VISITOR)
    person_id = _person(work, request.args.get("key", ""))
    bodies = [identity.organisation_id for identity in directory().memberships(work, person_id)]
    text = calendar_feed.of(
        queries.live_for(work, person_id, bodies),
        fabric().window_kinds,
        work.now,
        request.host,
    )
    return Response(
        text, mimetype="text/calendar", headers={"Cache-Control": "private, max-age=300"}
    )


def _person(work: Work, key: str) -> int:
    """Whose key it is. Refused: `windows.no_feed` for one that we did not make, that has ended, or
    of a closed account.
    """
    try:
        person_id, serial = _signer().loads(key)
    except BadSignature:
        raise NotFound("windows.no_feed") from None
    row = queries.feed(work, person_id)
    if row is None or row.serial != serial or directory().is_disabled(work, person_id):
        raise NotFound("windows.no_feed")
    return row.person_id


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="windows.feed")
