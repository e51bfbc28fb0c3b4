"""Nothing typed is lost: what a form brought and could not be taken is shown again, filled in (ADR 0037).

Every form that somebody types into carries a sheet (`csrf()` of macros/ui.html): whose it is and on
which page it stands, signed. A form whose writer is no longer the one who asks (the session ended,
somebody else signed in) or whose token is stale is not taken: its texts are kept sealed for the
writer, who is led through signing in back to the page. Long texts are saved meanwhile
(static/js/typing.js) and offered again. Passwords, one-time codes, quotes and files are never kept.
"""

import datetime as dt
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, current_app, g, redirect, render_template, request, session, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from market import unsent
from market.db import in_one_transaction, reading
from market.kernel.actor import VISITOR
from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal
from market.unsent import Place, Typed
from market.web.auth import current_actor
from market.web.face import server_now
from market.web.forms import NEVER_KEPT
from market.web.pace import Limit, keep_pace
from market.web.refill import Refilled, refill

SHEET = "sheet"
PAGE_SHEET = "page_sheet"  # the same, of a form that is only being saved
ACTION = "sheet_action"  # where that form goes
SAVED = "sheet_saved"  # the form says that something is kept for its page
FLAG = "typed"  # of the session: a form was set aside, for which page and organisation
AGAIN = "typed"  # of an address: fill in what was saved
OURS = frozenset({"csrf_token", SHEET, SAVED, PAGE_SHEET, ACTION, "once", "shown"})
VIEWS = frozenset({"lang", "large", "contrast", AGAIN})
POSTED_LASTS = dt.timedelta(hours=24)
SAVED_LASTS = dt.timedelta(days=30)
VISITORS_LASTS = dt.timedelta(hours=1)
VISITORS_PACE = Limit("typed", 20, 60)
SHEET_FIELD = f'<input type="hidden" name="{SHEET}"'
MAIN = '<main id="main"'


class Sheet(NamedTuple):
    """Whose form it is (0: a visitor's), as which organisation, and on which page."""

    person_id: int
    organisation_id: int
    page: str

    @property
    def is_visitors(self) -> bool:
        return self.person_id == 0


def init_app(app: Flask) -> None:
    """Offer `sheet()` to templates, look at what is posted and fill in what is shown again."""
    app.jinja_env.globals.update(sheet=sheet, sheet_saved=sheet_saved)
    app.before_request(writers_alone)
    app.after_request(show_again)


# --- the sheet ----------------------------------------------------------------------------


def sheet() -> str:
    """The signed sheet of the page's forms; a page that answers a form stands where that one did."""
    if "sheet" not in g:
        mine = current_actor()
        came = _sheet_of(request.form.get(SHEET, "")) if request.method == "POST" else None
        page = came.page if came else this_page()
        g.sheet = _signer().dumps([mine.person_id or 0, mine.organisation_id or 0, page])
    return str(g.sheet)


def sheet_saved() -> bool:
    """Whether the form came with the word that something is kept for its page."""
    return request.method == "POST" and SAVED in request.form


def this_page() -> str:
    """The page asked for: its path and what else it hangs on."""
    return _page(request.full_path)


def _page(address: str) -> str:
    parts = urlsplit(address)
    asked = sorted(pair for pair in parse_qsl(parts.query) if pair[0] not in VIEWS)
    return f"{parts.path}?{urlencode(asked)}" if asked else parts.path


def _sheet_of(text: str) -> Sheet | None:
    try:
        person_id, organisation_id, page = _signer().loads(text)
    except (BadSignature, ValueError, TypeError):
        return None
    return Sheet(person_id, organisation_id, page)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="zjcs/sheet")


def _secret() -> bytes:
    key = current_app.config["SECRET_KEY"]
    return key if isinstance(key, bytes) else str(key).encode()


# --- what is not taken --------------------------------------------------------------------


def writers_alone() -> Response | None:
    """Take a form only of the one to whom it was shown; what another's form brings is set aside."""
    if request.method != "POST" or not _is_form() or SHEET not in request.form:
        return None
    writer = _sheet_of(request.form[SHEET])
    if writer is None or writer.is_visitors or _is_asking(writer):
        return None
    return set_aside()


def _is_form() -> bool:
    """Whether this is a form of a page: what programs send has limits of its own, by its view."""
    view = current_app.view_functions.get(request.endpoint or "")
    exempt = current_app.extensions["csrf"]._exempt_views
    return view is not None and f"{view.__module__}.{view.__name__}" not in exempt


def _is_asking(writer: Sheet) -> bool:
    """Whether the writer asks, as what he wrote: who wrote as no organisation may act as one since."""
    now = current_actor()
    return (now.person_id or 0) == writer.person_id and writer.organisation_id in (
        0,
        now.organisation_id,
    )


def set_aside() -> Response | None:
    """Keep what the form of this request brought and lead back to its page, by signing in where the
    writer is away; None for a form without a sheet, or one that is too much.
    """
    writer = _sheet_of(request.form.get(SHEET, ""))
    if writer is None or request.method != "POST":
        return None
    if writer.is_visitors:
        try:
            keep_pace(VISITORS_PACE)
        except Refusal:
            return None
    lasts = VISITORS_LASTS if writer.is_visitors else POSTED_LASTS
    visitor = system_entropy(16).hex() if writer.is_visitors else ""
    if not _keep(_place(writer, visitor), _brought(writer, posted=True), lasts):
        return None
    g.set_aside = True
    session[FLAG] = [writer.page, writer.organisation_id, visitor]
    if writer.is_visitors or current_actor().is_signed_in:
        return redirect(writer.page, 303)
    return redirect(url_for("accounts.sign_in", next=writer.page), 303)


def save(text: str) -> dt.datetime | None:
    """Save what is typed meanwhile under the sheet that came with it; when, or None where it is not
    the asker's or too much.
    """
    writer = _sheet_of(text)
    if writer is None or writer.is_visitors or not _is_asking(writer):
        return None
    typed = _brought(writer, posted=False)
    return typed.at if _keep(_place(writer, ""), typed, SAVED_LASTS) else None


def forget(text: str) -> str | None:
    """Forget what is kept for the page of a sheet; that page, or None where it is not the asker's."""
    writer = _sheet_of(text)
    if writer is None or not _is_asking(writer):
        return None
    visitor = str(session.pop(FLAG)[2]) if _is_back(writer.page) else ""
    in_one_transaction(unsent.drop, VISITOR, _secret(), _place(writer, visitor))
    return writer.page


def organisation_wanted() -> int | None:
    """As which organisation a form that was set aside was written."""
    flag = session.get(FLAG)
    return (flag[1] or None) if flag else None


def _keep(place: Place, typed: Typed, lasts: dt.timedelta) -> bool:
    return in_one_transaction(unsent.keep, VISITOR, _secret(), place, typed, lasts=lasts)


def _place(writer: Sheet, visitor: str) -> Place:
    who = f"visitor {visitor}" if writer.is_visitors else f"person {writer.person_id}"
    return Place(who, writer.page)


def _brought(writer: Sheet, *, posted: bool) -> Typed:
    """What the request's form brought: texts, and the names of what is never kept."""
    return Typed(
        action=request.form.get(ACTION) or request.path,
        texts=[
            (name, text)
            for name, text in request.form.items(multi=True)
            if name not in OURS and name not in NEVER_KEPT
        ],
        files=[
            (name, file.filename) for name, file in request.files.items(multi=True) if file.filename
        ],
        dropped=[name for name in request.form if name in NEVER_KEPT],
        at=server_now(),
        posted=posted,
        organisation_id=writer.organisation_id or None,
    )


# --- what is shown again ------------------------------------------------------------------


def show_again(response: Response) -> Response:
    """Fill in what was set aside for this page, or say that something is saved for it; forget it
    once the form was taken.
    """
    if response.is_streamed or g.get("database_lost"):
        return response
    if request.method == "POST":
        if _can_be_read():
            _forget_taken(response)
            _keep_refused(response)
    elif (
        request.method == "GET" and response.mimetype == "text/html" and response.status_code != 303
    ):
        flag = session[FLAG] if _is_back(this_page()) else None
        if flag or (_takes_long_texts(response) and current_actor().is_signed_in):
            _show(response, flag)
    return response


def _is_back(page: str) -> bool:
    """Whether a form of this page was set aside in this session."""
    return FLAG in session and session[FLAG][0] == page


def _can_be_read() -> bool:
    """Whether the form was read: one that is too large, or no form at all, is refused by reading it."""
    try:
        return _is_form() and request.form is not None
    except HTTPException:
        return False


def _forget_taken(response: Response) -> None:
    if SAVED in request.form and response.status_code == 303 and "set_aside" not in g:
        forget(request.form.get(SHEET, ""))


def _keep_refused(response: Response) -> None:
    """An error's page has no form: what was typed is kept, and the page says where it is."""
    if (
        response.status_code < 400
        or response.mimetype != "text/html"
        or SHEET not in request.form
        or SHEET_FIELD.encode() in response.data
        or set_aside() is None
    ):
        return
    note = render_template("typed/kept.html", page=session[FLAG][0])
    response.set_data(_with_note(response.get_data(as_text=True), note))


def _takes_long_texts(response: Response) -> bool:
    return response.status_code == 200 and b"<textarea" in response.data


def _show(response: Response, flag: list[object] | None) -> None:
    asking = current_actor()
    visitor = str(flag[2]) if flag else ""
    writer = Sheet(0 if visitor else asking.person_id or 0, 0, this_page())
    typed = unsent.kept(reading(VISITOR), _secret(), _place(writer, visitor))
    page = response.get_data(as_text=True)
    if typed is None:
        if flag and not visitor:  # It waits for its writer, and nothing of it is shown here.
            del session[FLAG]
            response.set_data(_with_note(page, render_template("typed/others.html")))
        return
    fills = bool(flag) or AGAIN in request.args
    done = refill(page, this_page(), typed.action, typed.texts if fills else [])
    note = render_template(
        "typed/note.html",
        typed=typed,
        fills=fills,
        again=_again(),
        unplaced=done.unplaced if fills else [],
        labels=done.labels,
        lost=_lost(typed, done),
        wrong_hat=typed.organisation_id != asking.organisation_id and not visitor,
    )
    filled = done.page if fills else page
    response.set_data(_with_note(_marked(filled), note))


def _again() -> str:
    page = this_page()
    return f"{page}{'&' if '?' in page else '?'}{AGAIN}=1"


def _lost(typed: Typed, done: Refilled) -> list[str]:
    """What has to be given again, by the names that the page has for it."""
    files = [
        f"{done.labels.get(name, '')}（{file}）" if name in done.labels else file
        for name, file in typed.files
    ]
    return [*files, *(done.labels[name] for name in typed.dropped if name in done.labels)]


def _marked(page: str) -> str:
    """The page whose forms say, when they are sent, that something is kept for them."""
    return page.replace(SHEET_FIELD, f'<input type="hidden" name="{SAVED}" value="1">{SHEET_FIELD}')


def _with_note(page: str, note: str) -> str:
    place = page.find(MAIN)
    end = page.find(">", place) + 1 if place >= 0 else 0
    return f"{page[:end]}{note}{page[end:]}" if end else page
