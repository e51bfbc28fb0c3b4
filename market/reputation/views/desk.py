"""The desks: what one's body decides, proposing, and what is recorded of one's own organisation."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.kernel.permits import holds
from market.reputation import forms, queries, service, words
from market.reputation.permissions import MAY
from market.reputation.shipped import behaviours
from market.reputation.views.blueprint import bp
from market.web.answering import attempt, form_page
from market.web.auth import current_actor, page
from market.web.naming import named
from market.web.widgets import choices

Answer = tuple[str, int]


@bp.get("/office/credit")
@page(may="credit.desk")
def desk() -> str:
    """What one's body decides or hears, and what one has proposed."""
    work = reading(current_actor())
    return render_template(
        "reputation/desk.html",
        records=queries.of_desk(work),
        may_propose=holds(work.actor, MAY["credit.propose"]),
        words=words,
    )


@bp.get("/credit")
@page(may="credit.own")
def mine() -> str:
    """Everything that is or was recorded of one's own organisation."""
    work = reading(current_actor())
    return render_template(
        "reputation/mine.html",
        records=queries.of_party(work, work.actor.organisation_id or 0),
        words=words,
    )


@bp.route("/office/credit/new", methods=["GET", "POST"])
@page(may="credit.propose")
def propose() -> Answer | Response:
    """Propose that something be recorded."""
    form = forms.Propose()
    _offer(form)
    if not form.validate_on_submit():
        if request.method == "GET":
            form.uscc.data = request.args.get("uscc") or None
        return form_page("reputation/propose.html", form)
    number, no = attempt(service.propose, found=form.found(), submission_key=form.once.data)
    if no is not None:
        return form_page("reputation/propose.html", form, no)
    flash(_("已提出，当事方可在规定的期限内陈述申辩，期满后由另一人决定。"))
    return redirect(url_for(".show", number=number), 303)


def _offer(form: forms.Propose) -> None:
    """What the reader may propose, and who may decide it."""
    work = reading(current_actor())
    mine = [each for each in behaviours().values() if each.proposes in work.actor.duties]
    bodies = {
        card.id: named(card.name)
        for duty in sorted({each.decides for each in mine})
        for card in queries.able(work, duty)
    }
    form.behaviour.choices = choices([(each.code, f"{each.code} {each.text}") for each in mine])
    form.body_id.choices = choices(bodies, blank=forms.BY_TABLE)
