"""Pages of tokens and addresses: one list, what is made, what is ended."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.db import in_one_transaction, reading
from market.kernel.errors import Refusal
from market.programs import forms, jobs, permissions, queries, rules, service, words
from market.web.answering import attempt, form_page, refusal_in, status_of
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.widgets import choices

bp = Blueprint("programs", __name__, url_prefix="/office/programs")
Answer = Response | str | tuple[str, int]


@bp.get("")
@page(may="program.keep")
def index() -> str:
    """The tokens of my duties; to the administrator the addresses too."""
    work = reading(current_actor())
    hooks = current_actor().has(*permissions.MAY["program.hook"])
    return render_template(
        "programs/index.html",
        tokens=queries.tokens(work),
        hooks=queries.hooks(work) if hooks else None,
        words=words,
        per_minute=rules.PER_MINUTE,
    )


@bp.route("/tokens/new", methods=["GET", "POST"])
@page(may="program.keep")
def new_token() -> Answer:
    """Make a token; it is shown on the answer alone, which nobody keeps."""
    form = forms.NewToken()
    mine = queries.duties(reading(current_actor()))
    form.duty.choices = choices({duty: words.DUTIES[duty] for duty in mine})
    if not form.is_submitted():
        form.duty.data = mine[0]
    if not form.validate_on_submit():
        return form_page("programs/new_token.html", form, per_minute=rules.PER_MINUTE)
    token, no = attempt(
        service.make_token,
        duty=form.duty.data,
        label=form.label.data,
        scope=rules.Scope(form.scope.data),
        submission_key=form.once.data,
    )
    if no is not None:
        return form_page("programs/new_token.html", form, no, per_minute=rules.PER_MINUTE)
    return render_template("programs/token.html", token=token, label=form.label.data)


@bp.post("/tokens/<bigid:token_id>/revoke")
@page(may="program.keep")
@asks(
    _l("停用这个令牌？"),
    _l("用它的程序马上不能再以它读取；停用后不能恢复，可以另外生成。"),
    _l("停用"),
)
def revoke(token_id: int) -> Response:
    """End a token."""
    in_one_transaction(service.revoke_token, current_actor(), token_id=token_id)
    flash(_("已停用。"))
    return redirect(url_for(".index"), 303)


@bp.route("/hooks/new", methods=["GET", "POST"])
@page(may="program.hook")
def new_hook() -> Answer:
    """Name an address to which the log's changes are sent."""
    form = forms.NewHook()
    if not form.validate_on_submit():
        return form_page("programs/new_hook.html", form)
    hook_id, no = attempt(
        service.make_hook,
        url=form.url.data,
        kinds=form.kinds.data or "",
        inside=jobs.inside(),
        submission_key=form.once.data,
    )
    if no is not None:
        return form_page("programs/new_hook.html", form, no)
    return redirect(url_for(".hook", hook_id=hook_id), 303)


@bp.get("/hooks/<bigid:hook_id>")
@page(may="program.hook")
def hook(hook_id: int) -> Answer:
    """An address: how far it has come, what it answered, the key of its signatures."""
    return _page(hook_id, forms.Replay(formdata=None))


def _page(hook_id: int, form: forms.Replay, no: Refusal | None = None) -> Answer:
    found = queries.hook(reading(current_actor()), hook_id)
    refusal = refusal_in(form, no) if no else None
    site = str(current_app.config["SECRET_KEY"])
    return render_template(
        "programs/hook.html",
        hook=found,
        secret=rules.secret_of(site, found.id, found.salt),
        form=form,
        refusal=refusal,
    ), status_of(form, no)


@bp.post("/hooks/<bigid:hook_id>/resume")
@page(may="program.hook")
def resume(hook_id: int) -> Response:
    """Try again now."""
    in_one_transaction(service.resume_hook, current_actor(), hook_id=hook_id)
    flash(_("马上重新发送。"))
    return redirect(url_for(".hook", hook_id=hook_id), 303)


@bp.post("/hooks/<bigid:hook_id>/replay")
@page(may="program.hook")
def replay(hook_id: int) -> Answer:
    """Send again from an entry of the log on."""
    form = forms.Replay()
    if not form.validate_on_submit():
        return _page(hook_id, form)
    _none, no = attempt(service.replay, hook_id=hook_id, first=form.first.data)
    if no is not None:
        return _page(hook_id, form, no)
    flash(_("将从第 %(first)s 条重新发送。", first=form.first.data))
    return redirect(url_for(".hook", hook_id=hook_id), 303)


@bp.post("/hooks/<bigid:hook_id>/stop")
@page(may="program.hook")
@asks(
    _l("停止发送？"),
    _l("以后不再向这个网址发送；停止后不能恢复，可以重新登记，再从需要的那一条发送。"),
    _l("停止发送"),
)
def stop(hook_id: int) -> Response:
    """Send nothing there any more."""
    in_one_transaction(service.stop_hook, current_actor(), hook_id=hook_id)
    flash(_("已停止发送。"))
    return redirect(url_for(".index"), 303)
