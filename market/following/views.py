"""Pages of followings: begin, one's own, stop; and the link of a mail, which needs no account."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.db import Work, in_one_transaction, reading
from market.following import forms, queries, rules, service, words
from market.following.rules import Pace, What
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.owners import queries as owners
from market.web.answering import attempt, caught, form_page
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.pace import Limit, keep_pace
from market.web.widgets import choices

bp = Blueprint("following", __name__)
Answer = Response | str | tuple[str, int]
LISTS = {what.value: what for what in What}
OFTEN = Limit("following", 60, 10)


@bp.get("/following")
@page(may="following.keep")
def mine() -> str:
    """What I follow, with how I am told and the way to stop."""
    return render_template(
        "following/mine.html", followed=queries.mine(reading(current_actor())), words=words
    )


@bp.route("/following/new/<name>", methods=["GET", "POST"])
@page(may="following.keep")
def begin(name: str) -> Answer:
    """Follow a search of a list; its address brings what the list is narrowed to."""
    what = LISTS.get(name)
    if what is None:
        raise NotFound("following.none")
    work = reading(current_actor())
    form = _form(work, what)
    owner = _owner(work, form)
    if not form.validate_on_submit():
        return form_page("following/begin.html", form, what=what, words=words, owner=owner)
    _none, no = caught(lambda: keep_pace(OFTEN, "following.too_often"))
    if no is None:
        _id, no = attempt(
            service.follow,
            what=what,
            wanted=form.wanted(),
            pace=form.pace.data,
            by_mail=form.by_mail.data,
        )
    if no is not None:
        return form_page("following/begin.html", form, no, what=what, words=words, owner=owner)
    flash(_("已关注：%(name)s", name=words.said(what, form.wanted(), owner)))
    return redirect(url_for(".mine"), 303)


def _form(work: Work, what: What) -> forms.Follow:
    """The form of a list, filled with what its address is narrowed to."""
    brought = {name: request.args.get(name, "") for name in ("q", *forms.HAS[what])}
    brought["q"] = brought["q"][: rules.MOST_TEXT]
    brought["state"] = request.args.get("tab" if what is What.NOTICES else "state", "")
    form = forms.Follow(data={**brought, "pace": Pace.DAILY, "by_mail": False})
    form.category.choices = choices(
        {each.name: each.name for each in catalogue.categories(work)}, blank=_l("全部类别")
    )
    form.body.choices = choices(complaints.body_names(work), blank=_l("全部"))
    form.state.choices = choices(words.STATES[what], blank=_l("全部"))
    for name in ("category", "fund", "about", "state", "body", "owner"):
        if name not in forms.HAS[what]:
            del form[name]
    return form


def _owner(work: Work, form: forms.Follow) -> str:
    """The name of the owner whose notices are followed; "" for all, and for who may not be named."""
    wanted = form.wanted().owner_id if "owner" in form else None
    card = owners.public_buyers(work, {wanted}).get(wanted) if wanted is not None else None
    return card.name if card else ""


@bp.post("/following/<bigid:following_id>/stop")
@page(may="following.keep")
@asks(
    _l("不再关注？"), _l("以后不再收到这项关注的通知；随时可以从列表页重新关注。"), _l("不再关注")
)
def stop(following_id: int) -> Response:
    """Follow one of my searches no more."""
    in_one_transaction(service.stop, current_actor(), following_id=following_id)
    flash(_("已停止关注。"))
    return redirect(url_for(".mine"), 303)


@bp.route("/following/stop/<token>", methods=["GET", "POST"])
@page(may="public")
def stop_by_link(token: str) -> Answer:
    """The link of a mail: one button, no account. A program that opens links ends nothing."""
    following_id = rules.stopped_by(str(current_app.config["SECRET_KEY"]), token)
    if following_id is None:
        raise NotFound("following.none")
    form = Form()
    if form.validate_on_submit():
        in_one_transaction(service.stop_by_link, VISITOR, following_id=following_id)
        return render_template("following/stopped.html")
    one = queries.one(reading(VISITOR), following_id)
    return render_template("following/stop.html", form=form, name=words.named(one))
