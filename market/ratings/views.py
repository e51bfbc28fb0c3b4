"""Pages of ratings: by the link, by staff, and what is published."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from market.db import in_one_transaction, reading
from market.files import service as files
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.ratings import forms, queries, rules, service, words
from market.ratings.rules import Level, Step, Tick
from market.web.addresses import whole
from market.web.answering import attempt, caught, form_page
from market.web.auth import current_actor, page
from market.web.qr import code_of

bp = Blueprint("ratings", __name__)
Answer = Response | str | tuple[str, int]


def path_of(subject: str, step: Step) -> str:
    """Where a step is rated."""
    return rules.link(str(current_app.config["SECRET_KEY"]), subject, step)


def _named(token: str) -> tuple[str, str]:
    """The step of a link. Refuses `rating.none`."""
    found = rules.named(str(current_app.config["SECRET_KEY"]), token)
    if found is None:
        raise NotFound("rating.none")
    return found


@bp.route("/rate/<token>", methods=["GET", "POST"])
@page(may="public")
def rate(token: str) -> Answer:
    """Rate a step. Nobody's account goes with it, not even of one who is signed in."""
    subject, step = _named(token)
    card = queries.card(reading(VISITOR), subject, step)
    form = forms.Rate()
    if card.is_rated or not form.validate_on_submit():
        return form_page("ratings/rate.html", form, card=card, words=words)
    _number, no = caught(
        lambda: in_one_transaction(
            service.rate, VISITOR, subject=subject, step=step, said=form.said()
        )
    )
    if no is not None:
        return form_page("ratings/rate.html", form, no, card=card, words=words)
    flash(_("谢谢您的评价。不满意的，办理单位会联系您。"))
    return redirect(url_for(".rate", token=token), 303)


@bp.route("/office/ratings/new", methods=["GET", "POST"])
@page(may="rating.enter")
@files.takes_upload
def enter() -> Answer:
    """Enter what came on paper, by telephone or at the counter."""
    form = forms.Enter()
    if not form.validate_on_submit():
        return form_page("ratings/enter.html", form)
    received = None
    no = None
    if form.scan.data:
        received, no = caught(lambda: files.receive(form.scan.data, current_app.instance_path))
    if no is None:
        number, no = attempt(
            service.enter,
            subject=form.subject.data,
            step=form.step.data,
            said=form.said(),
            channel=form.channel.data,
            received=received,
        )
    if no is not None:
        return form_page("ratings/enter.html", form, no)
    flash(_("已录入评价 %(number)s。", number=number))
    return redirect(url_for(".enter"), 303)


@bp.get("/ratings")
@page(may="public")
def figures() -> str:
    """What is published of ratings, month by month and body by body."""
    found = queries.figures(reading(current_actor()))
    return render_template("ratings/figures.html", figures=found)


@bp.app_template_global()
def rating_code(subject: str, step: str) -> Markup:
    """The code for a printed document, that leads to the rating of its step."""
    return code_of(whole(path_of(subject, Step(step))))


@bp.app_template_global()
def rating_said(number: str) -> list[tuple[str, str]]:
    """What a rating says, in words, for the page of the case that it opened; asks no permission."""
    found = queries.given(reading(current_actor()), number)
    levels = [
        (_("对办理单位"), found.level),
        (_("对经办的工作人员"), found.staff_level),
        (_("对平台"), found.platform_level),
    ]
    told = [(label, str(words.LEVELS[Level(level)])) for label, level in levels if level]
    ticked = "、".join(str(words.TICKS[Tick(each)]) for each in found.ticks)
    return [*told, (_("需要改进"), ticked)] if ticked else told
