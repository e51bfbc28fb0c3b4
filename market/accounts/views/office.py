"""The office's pages: identities seen at the counter, closed accounts, the bodies of the
installation.
"""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.accounts import forms, queries, rules, service
from market.accounts.rules import Kind
from market.accounts.views.blueprint import bp, form_page
from market.accounts.words import KINDS
from market.db import in_one_transaction, reading
from market.kernel.errors import Refusal
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.widgets import choices

Page = Response | str | tuple[str, int]
BODIES = [kind for kind in Kind if kind in rules.STAFF]


@bp.get("/office/people")
@page(may="person.verify")
def people() -> str:
    """Accounts that wait for a look at the identity card; or the one with the login asked for."""
    work = reading(current_actor())
    login = request.args.get("login", "").strip()[:200]
    found = queries.by_login(work, login) if login else None
    cards = ([found] if found else []) if login else queries.unverified(work)
    return render_template("accounts/people.html", people=cards, login=login)


@bp.route("/office/people/<bigid:person_id>", methods=["GET", "POST"])
@page(may="person.verify")
def verify(person_id: int) -> Page:
    """Verify one person at the counter."""
    card = queries.person(reading(current_actor()), person_id)
    form = forms.Verify()
    if not form.validate_on_submit():
        return _verify_page(card, form)
    try:
        in_one_transaction(
            service.verify,
            current_actor(),
            person_id=person_id,
            id_number=form.id_number.data or None,
        )
    except Refusal as no:
        return _verify_page(card, form, no)
    flash(_("已通过实名核验。"))
    return redirect(url_for(".people"), 303)


def _verify_page(card: queries.PersonCard, form: forms.Verify, no: Refusal | None = None) -> Page:
    return form_page(
        "accounts/verify.html",
        form,
        no,
        person=card,
        disabled=queries.is_disabled(reading(current_actor()), card.id),
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
    form.superior_id.choices = choices(((card.id, card.name) for card in bodies), blank=_("无"))
    refused: Refusal | None = None
    if form.validate_on_submit():
        try:
            in_one_transaction(
                service.found,
                current_actor(),
                kind=form.kind.data,
                name=form.name.data or "",
                uscc=form.uscc.data,
                phone=form.phone.data,
                superior_id=int(form.superior_id.data) if form.superior_id.data else None,
            )
            flash(_("单位已登记。"))
            return redirect(url_for(".organisations"), 303)
        except Refusal as no:
            refused = no
    return form_page("accounts/organisations.html", form, refused, bodies=bodies, kinds=KINDS)
