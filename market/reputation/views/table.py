"""The public table of behaviours, and the desk where a place names the texts that give them effect."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.kernel.errors import Refusal
from market.kernel.permits import holds
from market.kernel.shown import seen
from market.reputation import forms, queries, service, words
from market.reputation.permissions import MAY
from market.reputation.rules import Party
from market.reputation.views.blueprint import bp
from market.web.answering import attempt, form_page, refusal_in
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.shown import handed_out

Answer = tuple[str, int]


@bp.get("/behaviours")
@page(may="public")
def behaviours() -> str:
    """Every behaviour, with what it leads to in this place today."""
    work = reading(current_actor())
    party = request.args.get("party", "")
    wanted = Party(party) if party in list(Party) else Party.AGENCY
    rows = [row for row in queries.table(work) if row.behaviour.party is wanted]
    return render_template(
        "reputation/behaviours.html", rows=rows, party=wanted, parties=list(Party), words=words
    )


@bp.get("/measures")
@page(may="public")
def measures() -> str:
    """The suspensions and removals in force."""
    work = reading(current_actor())
    return render_template("reputation/measures.html", measures=queries.register(work), words=words)


@bp.get("/office/behaviours")
@page(may="basis.read")
def bases() -> Answer:
    """What was named, and what waits for the second person."""
    return _page(None)


def _page(no: Refusal | None) -> Answer:
    work = reading(current_actor())
    waiting = [card.id for card in queries.bases_to_decide(work)]
    tokens = {each: handed_out(seen(service.approve_basis, work, each), no) for each in waiting}
    form = Form(formdata=None)
    return render_template(
        "reputation/bases.html",
        form=form,
        refusal=refusal_in(form, no) if no else None,
        cards=queries.bases(work),
        tokens=tokens if holds(work.actor, MAY["basis.decide"]) else {},
        may_propose=holds(work.actor, MAY["basis.propose"]),
        words=words,
    ), no.status if no else 200


@bp.route("/office/behaviours/new", methods=["GET", "POST"])
@page(may="basis.propose")
def propose_basis() -> Answer | Response:
    """Name the text in law that gives a behaviour its effect."""
    form = forms.Basis()
    if not form.validate_on_submit():
        return form_page("reputation/propose_basis.html", form)
    _id, no = attempt(service.propose_basis, **form.named())
    if no is not None:
        return form_page("reputation/propose_basis.html", form, no)
    flash(_("依据已提出，等另一人批准。"))
    return redirect(url_for(".bases"), 303)


@bp.post("/office/behaviours/<bigid:basis_id>/approve")
@page(may="basis.decide")
def approve_basis(basis_id: int) -> Answer | Response:
    """Approve it."""
    _done, no = attempt(service.approve_basis, basis_id=basis_id)
    if no is not None:
        return _page(no)
    flash(_("已批准，从生效日期起适用。"))
    return redirect(url_for(".bases"), 303)


@bp.post("/office/behaviours/<bigid:basis_id>/reject")
@page(may="basis.decide")
def reject_basis(basis_id: int) -> Answer | Response:
    """Do not approve it."""
    _done, no = attempt(service.reject_basis, basis_id=basis_id)
    if no is not None:
        return _page(no)
    flash(_("没有批准。"))
    return redirect(url_for(".bases"), 303)
