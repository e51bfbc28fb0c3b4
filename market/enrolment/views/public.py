"""What everybody may see: the directory, one agency, and how to object to an enrolment."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.agencies.pages import bp
from market.catalogue import queries as catalogue
from market.db import reading
from market.enrolment import forms, queries, rules, service, words
from market.enrolment.views.answers import Answer, answer, days_left, done, stopped_until, timeline
from market.ledger import queries as ledger
from market.web.auth import current_actor, page
from market.windows import queries as windows_queries


@bp.get("/agencies/<uscc:uscc>")
@page(may="public")
def show(uscc: str) -> str:
    """One agency: its public part, and what happened."""
    work = reading(current_actor())
    profile = queries.profile(work, uscc)
    subjects = [each for each in (profile.enrolment_number, profile.card.ref) if each]
    return render_template(
        "enrolment/show.html",
        profile=profile,
        words=words,
        items=catalogue.by_code(work),
        outstanding=queries.due_until(work, profile.card.id),
        today=work.today,
        stopped_until=stopped_until(work, profile.card.organisation_id),
        left=days_left(work),
        publicity=windows_queries.live(work, rules.PUBLICITY, profile.card.ref or ""),
        timeline=timeline(
            [each for each in ledger.of_subject(work, *subjects) if each.type not in words.INTENDED]
        ),
    )


@bp.route("/agencies/<uscc:uscc>/object", methods=["GET", "POST"])
@page(may="agency.object")
def object_to(uscc: str) -> Answer | Response:
    """Object during publicity."""
    work = reading(current_actor())
    form = forms.ObjectionForm()
    profile = queries.profile(work, uscc)
    if form.validate_on_submit() and done(
        form, service.object_to, uscc=uscc, reason=form.reason.data, submission_key=form.once.data
    ):
        flash(_("异议已收到。核实结果会发到您的站内信，并记入公开日志。"))
        return redirect(url_for(".show", uscc=uscc), 303)
    publicity = windows_queries.live(work, rules.PUBLICITY, profile.card.ref or "")
    return answer("object.html", form, profile=profile, publicity=publicity, left=days_left(work))
