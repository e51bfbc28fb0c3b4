"""The office's pages: identities seen at the counter, closed accounts, the bodies of the
installation.
"""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.accounts import forms, queries, rules, service
from market.accounts.rules import CheckReason, Kind
from market.accounts.views.blueprint import bp, delete_scans
from market.accounts.words import KINDS, LEVELS
from market.db import in_one_transaction, reading
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.web.answering import attempt, form_page
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.naming import named
from market.web.shown import handed_out, show
from market.web.widgets import choices

Page = Response | str | tuple[str, int]
BODIES = [kind for kind in Kind if kind in rules.STAFF]


@bp.get("/office/people")
@page(may="person.verify")
def people() -> str:
    """What this body is to check, with its dues; in the office also accounts that nothing waits for,
    or the one with the login asked for.
    """
    actor = current_actor()
    work = reading(actor)
    login = request.args.get("login", "").strip()[:200]
    checks = queries.checks_to_settle(work, actor.organisation_id or 0)
    waiting = {check.person.id for check in checks}
    found = queries.by_login(work, login) if login else None
    cards = ([found] if found else []) if login else queries.unverified(work)
    return render_template(
        "accounts/people.html",
        checks=[] if login else checks,
        people=[card for card in cards if login or card.id not in waiting],
        is_office=actor.kind == Kind.OFFICE,
        login=login,
        levels=LEVELS,
    )


@bp.route("/office/people/<bigid:person_id>", methods=["GET", "POST"])
@page(may="person.verify")
def verify(person_id: int) -> Page:
    """Check who one person is, at the counter or by the scan of his document."""
    _of_desk(person_id)
    form = forms.Verify()
    if not form.validate_on_submit():
        return _verify_page(person_id, form)
    keys, no = attempt(service.verify, person_id=person_id, id_number=form.id_number.data or None)
    if no:
        return _verify_page(person_id, form, no)
    delete_scans(keys or [])
    flash(_("已通过实名核验。"))
    return redirect(url_for(".people"), 303)


@bp.post("/office/people/<bigid:person_id>/refuse")
@page(may="person.verify")
def refuse_identity(person_id: int) -> Page:
    """Say that the claim is not confirmed, why, and what the person can do."""
    _of_desk(person_id)
    form = forms.RefuseIdentity()
    if not form.validate_on_submit():
        return _verify_page(person_id, form)
    keys, no = attempt(
        service.refuse_identity,
        person_id=person_id,
        reason=CheckReason(form.reason.data),
        note=form.note.data or "",
    )
    if no:
        return _verify_page(person_id, form, no)
    delete_scans(keys or [])
    flash(_("已告知本人核验未通过和需要怎么做。"))
    return redirect(url_for(".people"), 303)


def _of_desk(person_id: int) -> queries.PersonCard:
    """The person, for the office, and for another body that is to check him."""
    actor = current_actor()
    work = reading(actor)
    card = queries.person(work, person_id)
    check = queries.last_check(work, person_id)
    is_ours = check is not None and check.organisation_id == actor.organisation_id
    if actor.kind != Kind.OFFICE and not (is_ours and check and check.due):
        raise NotFound("accounts.no_person")
    return card


def _verify_page(
    person_id: int,
    form: forms.Verify | forms.RefuseIdentity,
    no: Refusal | None = None,
) -> Page:
    """Both forms of the desk as it is now; `form` is the one that was sent."""
    work = reading(current_actor())
    token = handed_out(seen(service.verify, work, person_id), no)
    card = _of_desk(person_id)
    check = queries.last_check(work, card.id)
    is_refusal = isinstance(form, forms.RefuseIdentity)
    verify = forms.Verify(formdata=None) if is_refusal else form
    refuse = form if is_refusal else forms.RefuseIdentity(formdata=None)
    for each in (verify, refuse):
        show(each, token)
    return form_page(
        "accounts/verify.html",
        form,
        no,
        verify=verify,
        refuse=refuse,
        person=card,
        number=queries.masked_number(work, card.id),
        check=check if check is not None and check.due is not None else None,
        levels=LEVELS,
        disabled=queries.is_disabled(work, card.id),
    )


@bp.post("/office/people/<bigid:person_id>/disable")
@page(may="person.disable")
@asks(_l("停用这个账户？"), _l("他的登录全部退出，不能再登录；以后可以恢复。"), _l("停用账户"))
def disable(person_id: int) -> Response:
    """Close an account."""
    in_one_transaction(service.disable, current_actor(), person_id=person_id)
    flash(_("账户已停用，其登录已全部退出。"))
    return redirect(url_for(".verify", person_id=person_id), 303)


@bp.post("/office/people/<bigid:person_id>/enable")
@page(may="person.disable")
def enable(person_id: int) -> Response:
    """Open it again."""
    in_one_transaction(service.enable, current_actor(), person_id=person_id)
    flash(_("账户已恢复。"))
    return redirect(url_for(".verify", person_id=person_id), 303)


@bp.route("/office/organisations", methods=["GET", "POST"])
@page(may="organisation.manage")
def organisations() -> Page:
    """The bodies of the installation, and a form for one more."""
    work = reading(current_actor())
    form = forms.Found()
    bodies = [card for kind in BODIES for card in queries.organisations(work, kind)]
    form.kind.choices = choices((kind, KINDS[kind]) for kind in BODIES)
    form.superior_id.choices = choices(
        ((card.id, named(card.name)) for card in bodies), blank=_("无")
    )
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            service.found,
            kind=form.kind.data,
            name=form.name.data or "",
            uscc=form.uscc.data,
            phone=form.phone.data,
            superior_id=int(form.superior_id.data) if form.superior_id.data else None,
        )
        if no is None:
            flash(_("单位已登记。"))
            return redirect(url_for(".organisations"), 303)
    return form_page("accounts/organisations.html", form, no, bodies=bodies, kinds=KINDS)
