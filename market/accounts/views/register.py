"""Opening an account, the links of its mails, a new password."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.accounts import forms, service
from market.accounts.rules import Purpose
from market.accounts.service import Letter
from market.accounts.views.blueprint import bp, own_path
from market.db import in_one_transaction, reading
from market.kernel.actor import VISITOR
from market.kernel.entropy import system_entropy
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.web.answering import also, caught, form_page
from market.web.auth import current_actor, page
from market.web.pace import Limit, keep_pace

Page = Response | str | tuple[str, int]
# From one address. A counter where people are helped, or an office behind one address, stays below.
ACCOUNTS = Limit("accounts", most=20, minutes=10)
ASKED = Limit("accounts_asked", most=20, minutes=10)
LINKS_SENT = Limit("links", most=20, minutes=10)
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
LINKS = {
    Purpose.ACTIVATE: (".activate", "accounts/mail_activate.txt"),
    Purpose.RESET: (".new_password", "accounts/mail_reset.txt"),
}


@bp.route("/register", methods=["GET", "POST"])
@page(may="public")
def register() -> Page:
    """Open an account; the activation link leaves by mail."""
    form = forms.Register()
    if not form.validate_on_submit():
        return form_page("accounts/register.html", form, _also_taken(form))
    login = (form.login.data or "").casefold()
    token = system_entropy(32).hex()
    _done, no = caught(lambda: _open_account(form, login, token))
    if no:
        return form_page("accounts/register.html", form, no)
    _remember(login, Purpose.ACTIVATE, token)
    return redirect(url_for(".link_sent", next=wish()), 303)


def _open_account(form: forms.Register, login: str, token: str) -> None:
    keep_pace(ACCOUNTS)
    in_one_transaction(
        service.open_account,
        VISITOR,
        letter=_letter(Purpose.ACTIVATE, token, wish()),
        login=login,
        password=service.hashed(form.password.data or "", login=login),
        name=form.name.data or "",
        id_number=form.id_number.data or "",
        phone=form.phone.data or "",
        submission_key=form.once.data or "",
    )


def _also_taken(form: forms.Register) -> Refusal | None:
    """That a login or number is taken is told with the first round. Who asks too often is told the
    form's own errors alone: nobody learns by it who has an account.
    """
    _nothing, too_often = caught(lambda: keep_pace(ASKED) if form.is_submitted() else None)
    if too_often:
        return None
    login = form.login.data or ""
    number = form.id_number.data or ""
    return also(form, lambda: service.check_free(reading(VISITOR), login=login, id_number=number))


@bp.get("/register/sent")
@page(may="public")
def link_sent() -> Page:
    """Where the link went; in a demonstration the link itself, since nothing is sent."""
    if "sent" not in session:
        return redirect(url_for(".sign_in", next=wish()), 303)
    login, purpose, shown = session["sent"]
    return render_template(
        "accounts/link_sent.html", login=login, purpose=purpose, link=shown, by_mail=_sends_mail()
    )


@bp.route("/register/again", methods=["GET", "POST"])
@page(may="public")
def activation_again() -> Page:
    """Another activation link."""
    return _ask_for_link(Purpose.ACTIVATE)


@bp.route("/password/forgotten", methods=["GET", "POST"])
@page(may="public")
def forgotten() -> Page:
    """A link to set a new password."""
    return _ask_for_link(Purpose.RESET)


def _ask_for_link(purpose: Purpose) -> Page:
    form = forms.Forgotten()
    if not form.validate_on_submit():
        return form_page("accounts/ask_for_link.html", form, purpose=purpose)
    login = (form.login.data or "").casefold()
    token = system_entropy(32).hex()
    _kept, no = caught(lambda: keep_pace(LINKS_SENT))
    if no:
        return form_page("accounts/ask_for_link.html", form, no, purpose=purpose)
    found = in_one_transaction(
        service.send_link,
        current_actor(),
        login=login,
        purpose=purpose,
        letter=_letter(purpose, token, wish()),
    )
    _remember(login, purpose, token if found else None)
    return redirect(url_for(".link_sent", next=wish()), 303)


@bp.route("/activate/<token>", methods=["GET", "POST"])
@page(may="public")
def activate(token: str) -> Page:
    """The link of the activation mail. A button, because mail filters open links by themselves."""
    if request.method == "GET":
        return render_template("accounts/activate.html")
    in_one_transaction(service.activate, VISITOR, token=token)
    flash(_("账户已激活，身份已登记。登记的身份还要核验，见“我的账户”。"))
    if current_actor().is_signed_in:
        return redirect(wish() or url_for(".mine"), 303)
    return redirect(url_for(".sign_in", next=wish()), 303)


@bp.route("/password/new/<token>", methods=["GET", "POST"])
@page(may="public")
def new_password(token: str) -> Page:
    """The link of the mail for a forgotten password."""
    form = forms.NewPassword()
    if not form.validate_on_submit():
        return form_page("accounts/new_password.html", form)
    password = form.password.data or ""
    _done, no = caught(
        lambda: in_one_transaction(service.reset_password, VISITOR, token=token, password=password)
    )
    if no:
        return form_page("accounts/new_password.html", form, no)
    flash(_("密码已更新，其他设备上的登录已全部退出。请用新密码登录。"))
    return redirect(url_for(".sign_in", next=wish()), 303)


# --- mails --------------------------------------------------------------------------------


def wish() -> str | None:
    """Our page that the visitor wanted before he had an account: it goes with him through every
    page and through the mail, which may be read on another device.
    """
    return own_path(request.args.get("next"))


def _letter(purpose: Purpose, token: str, wanted: str | None) -> Letter:
    """The mail in the visitor's language: the template's first line is its subject."""
    endpoint, template = LINKS[purpose]
    link = _public_url(endpoint, token, wanted)
    subject, _blank, body = render_template(template, link=link).partition("\n\n")
    return Letter(token, subject.strip(), body)


def _public_url(endpoint: str, token: str, wanted: str | None) -> str:
    """The address in a mail: that of the installation, never what the request's Host says, unless
    that is this machine's own name for itself: somebody tries the product where it runs.
    """
    site = current_app.config.get("PUBLIC_URL")
    if not site and urlsplit(request.host_url).hostname in LOOPBACK:
        site = request.host_url
    return str(site or "").rstrip("/") + url_for(endpoint, token=token, next=wanted)


def _sends_mail() -> bool:
    return bool(current_app.config.get("SMTP_URL"))


def _is_demo() -> bool:
    """Whether this is a demonstration, as every page says it."""
    told: Json = {}
    current_app.update_template_context(told)
    return bool(told.get("demo"))


def _remember(login: str, purpose: Purpose, token: str | None) -> None:
    """What the next page says. The link is shown only where nothing real can be opened with it: in
    a demonstration.
    """
    shows = token and _is_demo() and not _sends_mail()
    session["sent"] = [
        login,
        purpose.value,
        url_for(LINKS[purpose][0], token=token, next=wish()) if shows else None,
    ]
