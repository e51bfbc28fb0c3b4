"""An owner's own pages."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.accounts import service as accounts_service
from market.db import Work, in_one_transaction, reading
from market.files import queries as file_queries
from market.files import service as files
from market.kernel.errors import Refusal
from market.owners import forms, queries, rules, service
from market.owners.service import Details
from market.owners.views.blueprint import bp, timeline
from market.owners.words import GROUNDS, KINDS, STATES
from market.web.answering import also, caught, form_page
from market.web.auth import current_actor, page, session_token
from market.web.naming import named
from market.web.onward import who_next
from market.windows import queries as windows_queries

Page = Response | str | tuple[str, int]


@bp.get("/owners/start")
@page(may="public")
def start() -> str:
    """What an owner's registration needs and how long it takes, before anybody signs in."""
    return render_template("owners/before.html")


@bp.route("/owners/register", methods=["GET", "POST"])
@page(may="owner.register")
@files.takes_upload
def register() -> Page:
    """Register as an owner; or, for a clerk, enter a paper application."""
    form = forms.Register()
    if not form.validate_on_submit():
        return form_page("owners/register.html", form, _also_registered(form))
    number, no = caught(lambda: _register(form))
    if number is None:
        return form_page("owners/register.html", form, no)
    if form.for_login.data:
        flash(_("已录入，登记编号 %(number)s，请由另一位同事核验。", number=number))
        return redirect(url_for(".register"), 303)
    of = queries.by_number(reading(current_actor()), number).card.organisation_id
    in_one_transaction(
        accounts_service.switch_to,
        current_actor(),
        token=session_token(),
        organisation_id=of,
    )
    flash(_("登记已提交，编号 %(number)s。", number=number) + _onward(number))
    return redirect(url_for(".mine"), 303)


def _register(form: forms.Register) -> str:
    return in_one_transaction(
        service.register,
        current_actor(),
        kind=form.kind.data,
        details=_details(form),
        scan=_scan(form),
        submission_key=form.once.data or "",
        for_login=form.for_login.data or None,
    )


def _also_registered(form: forms.Register) -> Refusal | None:
    """That a code is registered is told with the first round."""
    work = reading(current_actor())
    return also(
        form, lambda: service.check_free(work, kind=form.kind.data or "", uscc=form.uscc.data)
    )


@bp.get("/owners/mine")
@page(may="signed_in")
def mine() -> str:
    """Where my registration stands, and what happened to it; or how to begin one."""
    work = reading(current_actor())
    if queries.of_actor(work) is None:
        return render_template("owners/none.html", others=_other_identities(work))
    own = queries.own(work)
    scan = file_queries.file(work, own.authority_file_id) if own.authority_file_id else None
    return render_template(
        "owners/mine.html",
        own=own,
        scan=scan,
        due=windows_queries.live(work, rules.CHECK, own.card.number),
        timeline=timeline(work, own.card.number),
        states=STATES,
        kinds=KINDS,
        grounds=GROUNDS,
    )


@bp.route("/owners/mine/mend", methods=["GET", "POST"])
@page(may="owner.mend")
@files.takes_upload
def mend() -> Page:
    """Mend what was returned or refused, and send it in again."""
    own = queries.own(reading(current_actor()))
    form = forms.Mend(obj=own.card, data={"address": own.address})
    if own.card.kind == rules.Kind.PERSON:
        del form.name, form.uscc
    if not form.validate_on_submit():
        return form_page("owners/mend.html", form, own=own)
    _done, no = caught(
        lambda: in_one_transaction(
            service.resubmit, current_actor(), details=_details(form), scan=_scan(form)
        )
    )
    if no:
        return form_page("owners/mend.html", form, no, own=own)
    flash(_("已重新提交。") + _onward(own.card.number))
    return redirect(url_for(".mine"), 303)


def _onward(number: str) -> str:
    work = reading(current_actor())
    dues = windows_queries.of_subject(work, number)
    return who_next(dues, lambda body: named(accounts.organisation(work, body).name))


def _other_identities(work: Work) -> list[str]:
    """The owners for which the reader could act instead."""
    cards = accounts.memberships(work, work.actor.person_id or 0)
    return [card.organisation_name for card in cards if card.kind == "owner"]


def _details(form: forms.Mend) -> Details:
    return Details(
        name=form.name.data if "name" in form else None,
        uscc=form.uscc.data if "uscc" in form else None,
        address=form.address.data or "",
        phone=form.phone.data or "",
        complaint_phone=form.complaint_phone.data or "",
    )


def _scan(form: forms.Mend) -> files.Received | None:
    if not form.scan.data:
        return None
    return files.receive(form.scan.data, current_app.instance_path, field="scan")
