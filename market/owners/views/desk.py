"""The office's desk for registrations of owners."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import queries as people
from market.db import in_one_transaction, reading
from market.files import queries as file_queries
from market.kernel.errors import Refusal
from market.owners import forms, queries, rules, service
from market.owners.rules import State
from market.owners.views.blueprint import bp, refusal_in, timeline
from market.owners.words import GROUNDS, KINDS, STATES
from market.web.auth import current_actor, page
from market.windows import queries as windows

Page = Response | str | tuple[str, int]
WAITING = (State.SUBMITTED, State.REFUSING)


@bp.get("/office/owners")
@page(may="owner.desk")
def desk() -> str:
    """Registrations that wait for the office, and those that wait for their owner."""
    work = reading(current_actor())
    waiting = [
        (each, windows.live(work, rules.CHECK, each.card.number))
        for each in queries.in_state(work, *WAITING)
    ]
    return render_template(
        "owners/desk.html",
        waiting=waiting,
        returned=queries.in_state(work, State.RETURNED),
        states=STATES,
        kinds=KINDS,
    )


@bp.get("/office/owners/<number:number>")
@page(may="owner.desk")
def check(number: str) -> str:
    """One registration with the office's decisions."""
    return _page(number, forms.Return(formdata=None), forms.Refuse(formdata=None), None)


def _page(number: str, returning: forms.Return, refusing: forms.Refuse, refusal: str | None) -> str:
    work = reading(current_actor())
    own = queries.by_number(work, number)
    scan = file_queries.file(work, own.authority_file_id) if own.authority_file_id else None
    return render_template(
        "owners/check.html",
        own=own,
        scan=scan,
        returning=returning,
        refusing=refusing,
        refusal=refusal,
        due=windows.live(work, rules.CHECK, number),
        timeline=timeline(work, number),
        states=STATES,
        kinds=KINDS,
        grounds=GROUNDS,
        members=people.member_list(work, own.card.organisation_id),
    )


@bp.post("/office/owners/<number:number>/approve")
@page(may="owner.check")
def approve(number: str) -> Page:
    """Approve it."""
    in_one_transaction(service.approve, current_actor(), number=number)
    flash(_("已核准，业主可以发布选取公告。"))
    return redirect(url_for(".desk"), 303)


@bp.post("/office/owners/<number:number>/return")
@page(may="owner.check")
def return_once(number: str) -> Page:
    """Send it back with one complete list."""
    form = forms.Return()
    refusing = forms.Refuse(formdata=None)
    refusal = None
    status = 422
    if form.validate():
        try:
            in_one_transaction(
                service.return_once,
                current_actor(),
                number=number,
                corrections=form.corrections.data,
            )
            flash(_("已退回补正。"))
            return redirect(url_for(".desk"), 303)
        except Refusal as no:
            refusal = refusal_in(form, no)
            status = no.status
    return _page(number, form, refusing, refusal), status


@bp.post("/office/owners/<number:number>/refuse")
@page(may="owner.check")
def refuse(number: str) -> Page:
    """Propose to refuse it."""
    form = forms.Refuse()
    returning = forms.Return(formdata=None)
    refusal = None
    status = 422
    if form.validate():
        try:
            in_one_transaction(
                service.refuse,
                current_actor(),
                number=number,
                ground=form.ground.data,
                reason=form.reason.data or "",
            )
            flash(_("已提出不予登记的意见，待负责人审签。"))
            return redirect(url_for(".desk"), 303)
        except Refusal as no:
            refusal = refusal_in(form, no)
            status = no.status
    return _page(number, returning, form, refusal), status


@bp.post("/office/owners/<number:number>/sign-refusal")
@page(may="owner.second")
def sign_refusal(number: str) -> Page:
    """Sign the refusal as the second person."""
    in_one_transaction(service.sign_refusal, current_actor(), number=number)
    flash(_("已签发不予登记。"))
    return redirect(url_for(".desk"), 303)


@bp.post("/office/owners/<number:number>/drop-refusal")
@page(may="owner.second")
def drop_refusal(number: str) -> Page:
    """Give it back to the check."""
    in_one_transaction(service.drop_refusal, current_actor(), number=number)
    flash(_("已退回重新核验。"))
    return redirect(url_for(".desk"), 303)
