"""The office's desk for registrations of owners."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.db import Work, reading
from market.files import queries as file_queries
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.owners import forms, queries, rules, service
from market.owners.rules import State
from market.owners.views.blueprint import bp, timeline
from market.owners.words import GROUNDS, KINDS, PHRASES, STATES
from market.web import desk as desks
from market.web.answering import attempt, refusal_in
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.shown import handed_out
from market.windows import queries as windows_queries
from market.workdays import queries as workdays

Page = Response | str | tuple[str, int]
WAITING = (State.SUBMITTED, State.REFUSING)


@bp.get("/office/owners")
@page(may="owner.desk")
def desk() -> str:
    """Registrations that wait for the office, and those that wait for their owner."""
    found = _cases(reading(current_actor()))
    return render_template("owners/desk.html", desk=desks.desk(found, request.args))


def _cases(work: Work) -> list[Case]:
    """The registrations under way, as lines of the desk."""
    left = workdays.left(work)
    found = []
    for each in queries.in_state(work, *WAITING, State.RETURNED):
        card = each.card
        due = windows_queries.live(work, rules.CHECK, card.number)
        found.append(
            Case(
                card.number,
                url_for(".check", number=card.number),
                card.name,
                str(KINDS[card.kind]),
                STATES[card.state],
                each.submitted_at,
                *desks.clocked(due, left),
            )
        )
    return found


@bp.get("/office/owners/<number:number>")
@page(may="owner.desk")
def check(number: str) -> str:
    """One registration with the office's decisions."""
    return _page(number, forms.Return(formdata=None), forms.Refuse(formdata=None), None)


def _page(
    number: str,
    returning: forms.Return,
    refusing: forms.Refuse,
    no: Refusal | None,
    refusal: str | None = None,
) -> str:
    work = reading(current_actor())
    token = handed_out(seen(service.approve, work, number), no)
    own = queries.by_number(work, number)
    scan = file_queries.file(work, own.authority_file_id) if own.authority_file_id else None
    return render_template(
        "owners/check.html",
        own=own,
        scan=scan,
        returning=returning,
        refusing=refusing,
        refusal=refusal,
        token=token,
        due=windows_queries.live(work, rules.CHECK, number),
        timeline=timeline(work, number),
        states=STATES,
        kinds=KINDS,
        grounds=GROUNDS,
        phrases=PHRASES,
        following=desks.following(_cases(work), url_for(".check", number=number)),
        members=accounts.member_list(work, own.card.organisation_id),
    )


def _again(number: str, no: Refusal) -> tuple[str, int]:
    """The page as it is now, and what stood against the deed."""
    returning = forms.Return(formdata=None)
    refusing = forms.Refuse(formdata=None)
    return _page(number, returning, refusing, no, refusal_in(returning, no)), no.status


@bp.post("/office/owners/<number:number>/approve")
@page(may="owner.check")
def approve(number: str) -> Page:
    """Approve it."""
    _done, no = attempt(service.approve, number=number)
    if no:
        return _again(number, no)
    flash(_("已核准，业主可以发布选取公告。"))
    return redirect(url_for(".desk"), 303)


@bp.post("/office/owners/<number:number>/return")
@page(may="owner.check")
def return_once(number: str) -> Page:
    """Send it back with one complete list."""
    form = forms.Return()
    refusing = forms.Refuse(formdata=None)
    if not form.validate():
        return _page(number, form, refusing, None), 422
    _done, no = attempt(service.return_once, number=number, corrections=form.corrections.data)
    if no:
        return _page(number, form, refusing, no, refusal_in(form, no)), no.status
    flash(_("已退回补正。"))
    return redirect(url_for(".desk"), 303)


@bp.post("/office/owners/<number:number>/refuse")
@page(may="owner.check")
def refuse(number: str) -> Page:
    """Propose to refuse it."""
    form = forms.Refuse()
    returning = forms.Return(formdata=None)
    if not form.validate():
        return _page(number, returning, form, None), 422
    _done, no = attempt(
        service.refuse, number=number, ground=form.ground.data, reason=form.reason.data or ""
    )
    if no:
        return _page(number, returning, form, no, refusal_in(form, no)), no.status
    flash(_("已提出不予登记的意见，待负责人审签。"))
    return redirect(url_for(".desk"), 303)


@bp.post("/office/owners/<number:number>/sign-refusal")
@page(may="owner.second")
def sign_refusal(number: str) -> Page:
    """Sign the refusal as the second person."""
    _done, no = attempt(service.sign_refusal, number=number)
    if no:
        return _again(number, no)
    flash(_("已签发不予登记。"))
    return redirect(url_for(".desk"), 303)


@bp.post("/office/owners/<number:number>/drop-refusal")
@page(may="owner.second")
def drop_refusal(number: str) -> Page:
    """Give it back to the check."""
    _done, no = attempt(service.drop_refusal, number=number)
    if no:
        return _again(number, no)
    flash(_("已退回重新核验。"))
    return redirect(url_for(".desk"), 303)
