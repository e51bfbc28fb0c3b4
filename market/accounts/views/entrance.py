"""Signing in and out."""

import datetime as dt
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from market.accounts import forms, queries, service, sessions
from market.accounts.service import Proof, Try
from market.accounts.views.blueprint import address, bp, counted, device, forget_session, own_path
from market.db import in_one_transaction, reading
from market.kernel.actor import VISITOR, Actor
from market.web.answering import caught, form_page
from market.web.auth import current_actor, page
from market.web.face import endpoint_exists
from market.web.typed import organisation_wanted

Page = Response | str | tuple[str, int]


@bp.route("/sign-in", methods=["GET", "POST"])
@page(may="public")
def sign_in() -> Page:
    """Login and password."""
    if current_actor().is_signed_in:
        return redirect(_onward(), 303)
    form = forms.SignIn()
    if form.validate_on_submit():
        login = form.login.data or ""
        password = form.password.data or ""
        proof, no = caught(lambda: _proved(login, password))
        if proof is None:
            return form_page("accounts/sign_in.html", form, no)
        if not proof.needs_code:
            return _enter(proof)
        session["proof"] = [proof.person_id, proof.login, proof.at.isoformat()]
        return redirect(url_for(".sign_in_code", next=own_path(request.args.get("next"))), 303)
    return form_page("accounts/sign_in.html", form)


def _proved(login: str, password: str) -> Proof:
    with counted(login) as tried:
        return service.prove(reading(VISITOR), login=login, password=password, tried=tried)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@page(may="public")
def sign_in_code() -> Page:
    """The second factor, after the password."""
    if "proof" not in session:
        return redirect(url_for(".sign_in"), 303)
    form = forms.Code()
    if form.validate_on_submit():
        person_id, login, at = session["proof"]
        proof = Proof(person_id, login, dt.datetime.fromisoformat(at), needs_code=True)
        entered, no = caught(lambda: _enter_by_code(proof, form.code.data))
        if entered is not None:
            return entered
        if no and no.code == "accounts.proof_over":
            del session["proof"]
        return form_page("accounts/sign_in_code.html", form, no)
    return form_page("accounts/sign_in_code.html", form)


def _enter_by_code(proof: Proof, code: str | None) -> Response:
    with counted(proof.login) as tried:
        return _enter(proof, code, tried)


@bp.post("/sign-out")
@page(may="public")
def sign_out() -> Response:
    """End this session here and on the server."""
    if mine := sessions.signed_in():
        in_one_transaction(service.sign_out, current_actor(), token=mine.get_id())
    session.clear()
    flash(_("您已退出。"))
    return redirect("/", 303)


def _enter(proof: Proof, code: str | None = None, tried: Try | None = None) -> Response:
    token = in_one_transaction(
        service.begin,
        VISITOR,
        proof=proof,
        code=code,
        address=address(),
        device=device(),
        tried=tried,
    )
    wanted = organisation_wanted()
    if wanted is not None and queries.membership(reading(VISITOR), proof.person_id, wanted):
        who = Actor(proof.person_id, None, None, frozenset(), False)
        in_one_transaction(service.switch_to, who, token=token, organisation_id=wanted)
    forget_session()
    session["_user_id"] = token
    session["_fresh"] = True
    return sessions.remember_device(redirect(_onward(), 303), proof.person_id)


def _onward() -> str:
    """Where the visitor wanted to go, when that is a page of this site; else what waits for him."""
    wanted = own_path(request.args.get("next"))
    return (
        wanted
        if wanted and _opens(wanted)
        else url_for("portal.todo" if endpoint_exists("portal.todo") else ".mine")
    )


def _opens(path: str) -> bool:
    """Whether a path is a page: one that only takes a form would be a dead end after signing in."""
    try:
        current_app.url_map.bind("").match(urlsplit(path).path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
