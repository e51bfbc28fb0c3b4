"""My account: identities, password, second factor, sessions."""

import pyotp
import segno
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.accounts import forms, queries, service, sessions
from market.accounts.service.second_factor import SECRET
from market.accounts.views.blueprint import bp, counted_attempt, delete_scans, own_path
from market.accounts.words import ALL_CHECK_REASONS, CHECK_STATES, DUTIES, KINDS, LEVELS
from market.db import in_one_transaction, reading
from market.files import service as files
from market.kernel.errors import Refusal
from market.web.answering import attempt, caught, form_page
from market.web.asking import asks
from market.web.auth import current_actor, page, session_token
from market.web.face import site

Page = Response | str | tuple[str, int]


@bp.get("/account")
@page(may="signed_in")
def mine() -> str:
    """Who I am here, what I may act as, and where I am signed in."""
    actor = current_actor()
    work = reading(actor)
    return render_template(
        "accounts/mine.html",
        person=queries.person(work, actor.person_id or 0),
        session=sessions.own().session,
        memberships=queries.memberships(work, actor.person_id or 0),
        sessions=queries.sessions(work, actor.person_id or 0),
        kinds=KINDS,
        duties=DUTIES,
        levels=LEVELS,
    )


@bp.route("/account/identity", methods=["GET", "POST"])
@page(may="signed_in")
@files.takes_upload
def identity() -> Page:
    """How well it is known who I am; handing in a scan of my document."""
    form = forms.HandIn()
    if not form.validate_on_submit():
        return _identity_page(form)
    handed_in, no = caught(lambda: _hand_in(form))
    if handed_in is None:
        return _identity_page(form, no)
    _number, replaced = handed_in
    delete_scans(replaced)
    flash(_("证件已提交，请等待核验。核验结果会通知您。"))
    return redirect(url_for(".identity"), 303)


def _hand_in(form: forms.HandIn) -> tuple[str, list[str]]:
    scan = files.receive(form.file.data, current_app.instance_path)
    return in_one_transaction(
        service.hand_in, current_actor(), scan=scan, id_number=form.id_number.data or None
    )


def _identity_page(form: forms.HandIn, no: Refusal | None = None) -> Page:
    actor = current_actor()
    work = reading(actor)
    check = queries.last_check(work, actor.person_id or 0)
    return form_page(
        "accounts/identity.html",
        form,
        no,
        person=queries.person(work, actor.person_id or 0),
        number=queries.masked_number(work, actor.person_id or 0),
        check=check,
        body=queries.organisation(work, check.organisation_id) if check else None,
        levels=LEVELS,
        states=CHECK_STATES,
        reasons=ALL_CHECK_REASONS,
    )


@bp.post("/account/switch")
@page(may="signed_in")
def switch() -> Response:
    """Act as another of my memberships."""
    in_one_transaction(
        service.switch,
        current_actor(),
        token=session_token(),
        membership_id=_id_of(request.form.get("membership")),
    )
    return redirect(own_path(request.args.get("next")) or url_for(".mine"), 303)


def _id_of(typed: str | None) -> int:
    """A row's id from a hidden field; 0, which no row has, for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


@bp.route("/account/password", methods=["GET", "POST"])
@page(may="signed_in")
def password() -> Page:
    """A new password; my other sessions end."""
    form = forms.ChangePassword()
    if not form.validate_on_submit():
        return form_page("accounts/password.html", form)
    _done, no = counted_attempt(
        service.change_password,
        old=form.old.data or "",
        new=form.password.data or "",
        keep=session_token(),
    )
    if no:
        return form_page("accounts/password.html", form, no)
    flash(_("密码已更新，其他设备上的登录已全部退出。"))
    return redirect(url_for(".mine"), 303)


@bp.route("/account/second-factor", methods=["GET", "POST"])
@page(may="signed_in")
def second_factor() -> Page:
    """Set the second factor up, or give it up."""
    if sessions.own().session.has_second_factor:
        return _drop()
    form = forms.SecondFactor()
    if not form.validate_on_submit():
        return _shown(form)
    _done, no = attempt(
        service.set_second_factor, secret=form.secret.data or "", code=form.code.data or ""
    )
    if no:
        return _shown(form, no)
    flash(_("动态验证码已启用。下次登录时，输入密码后还要输入它。"))
    return redirect(url_for(".mine"), 303)


def _shown(form: forms.SecondFactor, no: Refusal | None = None) -> Page:
    if (
        SECRET.fullmatch(form.secret.data or "") is None
    ):  # The first look; or something that no form of ours sends.
        form.secret.data = pyotp.random_base32()
    name = site("name") or _("中介服务超市")
    address = pyotp.TOTP(form.secret.data or "").provisioning_uri(
        name=sessions.own().session.login, issuer_name=name
    )
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=4)
    return form_page("accounts/second_factor.html", form, no, picture=picture)


def _drop() -> Page:
    form = forms.DropSecondFactor()
    if not form.validate_on_submit():
        return form_page("accounts/second_factor_drop.html", form)
    _done, no = counted_attempt(
        service.drop_second_factor,
        password=form.password.data or "",
        code=form.code.data or "",
    )
    if no:
        return form_page("accounts/second_factor_drop.html", form, no)
    flash(_("动态验证码已停用。"))
    return redirect(url_for(".mine"), 303)


@bp.post("/account/sessions/revoke")
@page(may="signed_in")
@asks(_l("退出那次登录？"), _l("那台设备上没有提交的内容可能丢失。"), _l("退出那次登录"))
def revoke() -> Response:
    """End one of my sessions."""
    in_one_transaction(service.revoke, current_actor(), key=request.form.get("key", ""))
    flash(_("那次登录已退出。"))
    return redirect(url_for(".mine"), 303)


@bp.post("/account/language")
@page(may="signed_in")
def language() -> Response:
    """In which language letters and pages speak to me."""
    chosen = request.form.get("language", "")
    in_one_transaction(service.set_language, current_actor(), language=chosen)
    return redirect(url_for(".mine", lang=chosen), 303)
