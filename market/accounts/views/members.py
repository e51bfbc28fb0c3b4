"""The members of an organisation: my own, or a body of the installation."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from market.accounts import forms, queries, rules, service
from market.accounts.queries import OrganisationCard
from market.accounts.rules import Kind
from market.accounts.views.blueprint import bp
from market.accounts.words import DUTIES
from market.db import in_one_transaction, reading
from market.kernel.errors import NotFound
from market.web.answering import attempt, form_page
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.widgets import choices

Page = Response | str | tuple[str, int]


@bp.route("/members", methods=["GET", "POST"])
@page(may="member.manage")
def members() -> Page:
    """The members of the organisation I act for."""
    return _members(current_actor().organisation_id or 0)


@bp.route("/office/organisations/<bigid:organisation_id>/members", methods=["GET", "POST"])
@page(may="organisation.manage")
def members_of(organisation_id: int) -> Page:
    """The members of a body of the installation."""
    return _members(organisation_id)


def _members(organisation_id: int) -> Page:
    of = _managed(organisation_id)
    form = forms.Admit()
    form.duties.choices = _choices(of.kind)
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            service.admit,
            organisation_id=of.id,
            login=form.login.data or "",
            duties=form.duties.data or [],
        )
        if no is None:
            flash(_("已加为成员。"))
            return redirect(_back(of.id), 303)
    return form_page(
        "accounts/members.html",
        form,
        no,
        of=of,
        words=DUTIES,
        members=queries.member_list(reading(current_actor()), of.id),
    )


@bp.route("/members/<bigid:membership_id>", methods=["GET", "POST"])
@page(may="member.manage")
def member(membership_id: int) -> Page:
    """One member's duties."""
    of, card = _member(membership_id)
    form = forms.Duties(data={"duties": sorted(card.duties)})
    form.duties.choices = _choices(of.kind)
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            service.change_duties, membership_id=membership_id, duties=form.duties.data or []
        )
        if no is None:
            flash(_("职责已调整，立即生效。"))
            return redirect(_back(of.id), 303)
    return form_page("accounts/member.html", form, no, of=of, member=card, back=_back(of.id))


@bp.post("/members/<bigid:membership_id>/end")
@page(may="member.manage")
@asks(
    _l("结束这位成员的任职？"),
    _l("他随即不能再以本单位的身份办事；需要时可以重新加为成员。"),
    _l("结束任职"),
)
def end_member(membership_id: int) -> Response:
    """End a membership."""
    of, _card = _member(membership_id)
    in_one_transaction(service.dismiss, current_actor(), membership_id=membership_id)
    flash(_("成员已退出本单位。"))
    return redirect(_back(of.id), 303)


def _managed(organisation_id: int, missing: str = "accounts.no_organisation") -> OrganisationCard:
    of = queries.organisation(reading(current_actor()), organisation_id)
    if not rules.may_manage(current_actor(), of.id, of.kind):
        raise NotFound(missing)
    return of


def _member(membership_id: int) -> tuple[OrganisationCard, queries.MemberCard]:
    organisation_id, card = queries.member(reading(current_actor()), membership_id)
    return _managed(organisation_id, "accounts.no_membership"), card  # As of one that is not there.


def _back(organisation_id: int) -> str:
    if organisation_id == current_actor().organisation_id:
        return url_for(".members")
    return url_for(".members_of", organisation_id=organisation_id)


def _choices(kind: Kind) -> list[SelectChoice]:
    return choices((duty, DUTIES[duty]) for duty in rules.Duty if duty in rules.DUTIES_OF[kind])
