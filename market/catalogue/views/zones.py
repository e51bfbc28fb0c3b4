"""Pages of evaluations made for a whole zone: the public list, and the office's desk."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.catalogue import forms, queries, service
from market.db import reading
from market.kernel.errors import NotFound
from market.web.answering import Answer, attempt, form_page
from market.web.auth import current_actor, page

bp = Blueprint("zones", __name__)


@bp.get("/catalogue/zones")
@page(may="public")
def index() -> str:
    """Every evaluation of a zone, those that may be used no more among them."""
    return render_template("catalogue/zones.html", zones=queries.zones(reading(current_actor())))


@bp.get("/office/zones")
@page(may="catalogue.zones")
def desk() -> str:
    """The same for the office, which publishes and ends them."""
    return render_template(
        "catalogue/zones_desk.html", zones=queries.zones(reading(current_actor()))
    )


@bp.route("/office/zones/new", methods=["GET", "POST"])
@page(may="catalogue.zones")
def publish() -> Answer | Response:
    """Publish one."""
    form = forms.ZoneForm()
    form.offer(queries.items(reading(current_actor())))
    if not form.validate_on_submit():
        return form_page("catalogue/zone.html", form)
    _no, no = attempt(
        service.publish_zone,
        item_code=form.item_code.data,
        details=form.details(),
        submission_key=form.once.data,
    )
    if no:
        return form_page("catalogue/zone.html", form, no)
    flash(_("已公布。起草这一事项的公告时，业主会看到。"))
    return redirect(url_for(".desk"), 303)


@bp.route("/office/zones/<bigid:zone_id>/withdraw", methods=["GET", "POST"])
@page(may="catalogue.zones")
def withdraw(zone_id: int) -> Answer | Response:
    """End the use of one."""
    zone = next(
        (each for each in queries.zones(reading(current_actor())) if each.id == zone_id), None
    )
    if zone is None:
        raise NotFound("catalogue.no_zone")
    form = forms.WithdrawForm()
    if not form.validate_on_submit():
        return form_page("catalogue/zone_withdraw.html", form, zone=zone)
    _done, no = attempt(service.withdraw_zone, zone_id=zone_id, reason=form.reason.data)
    if no:
        return form_page("catalogue/zone_withdraw.html", form, no, zone=zone)
    flash(_("已停用。"))
    return redirect(url_for(".desk"), 303)
