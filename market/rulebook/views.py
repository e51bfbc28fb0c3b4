"""The rulebook in public, and its change by two persons."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import reading
from market.fabric import fabric
from market.kernel.errors import Refusal
from market.kernel.shown import seen
from market.rulebook import forms, queries, rules, service, words
from market.rulebook.rules import GROUPS, PARAMETERS, Parameter, Rulebook, State, Value
from market.web.answering import attempt, form_page
from market.web.auth import current_actor, page
from market.web.errors import words_of
from market.web.shown import handed_out

bp = Blueprint("rulebook", __name__)
TABLE = {
    "groups": GROUPS,
    "parameters": PARAMETERS,
    "units": words.UNITS,
    "states": words.STATES,
    "ways": words.WAYS,
}


@bp.app_template_filter("span")
def span(window: tuple[int, str]) -> str:
    """A span of the rulebook as people say it: 2 个工作日."""
    n, unit = window
    return str(words.SPANS[unit]) % {"n": n}


@bp.app_template_filter("amount")
def amount(value: Value) -> str:
    """A plain parameter's value as people say it: 3 家."""
    whole = words.COUNTS.get(value.unit)
    return str(whole) % {"n": value.amount} if whole else f"{value.amount} {_(value.unit)}".rstrip()


@bp.app_template_global()
def rule_window(name: str) -> tuple[int, str]:
    """A span of the rulebook that is in force today, before the set-up the shipped one; what began
    under another version has that one's.
    """
    parameter: Parameter[int] = getattr(Rulebook, name)
    return queries.in_force_or_shipped(reading(current_actor())).window(parameter)


@bp.get("/rulebook")
@page(may="public")
def index() -> str:
    """What is in force today, and the history."""
    work = reading(current_actor())
    current = queries.in_force(work)
    history = [one for one in queries.history(work) if one.state is State.APPROVED]
    return render_template(
        "rulebook/index.html",
        rulebook=current,
        history=history,
        today=work.today,
        one=next(one for one in history if one.number == current.version),
        **TABLE,
    )


@bp.get("/rulebook/<bigid:version>")
@page(may="public")
def version(version: int) -> str:
    """One approved version, and what it changed against another (default: the one before)."""
    work = reading(current_actor())
    rulebook = queries.version(work, version)
    approved = [one for one in queries.history(work) if one.state is State.APPROVED]
    against = request.args.get("against", type=int)
    other = next((one for one in approved if one.number == against), None)
    other = other or next((one for one in approved if one.number < version), None)
    changes = rules.differences(other.rulebook.values, rulebook.values) if other else ()
    one = next(one for one in approved if one.number == version)
    return render_template(
        "rulebook/version.html",
        rulebook=rulebook,
        one=one,
        other=other,
        changes=changes,
        history=approved,
        **TABLE,
    )


@bp.get("/office/rulebook")
@page(may="rulebook.desk")
def desk() -> str:
    """Every version ever proposed."""
    return render_template(
        "rulebook/desk.html", history=queries.history(reading(current_actor())), **TABLE
    )


@bp.route("/office/rulebook/new", methods=["GET", "POST"])
@page(may="rulebook.propose")
def propose() -> str | Response | tuple[str, int]:
    """Propose a change, for a second person to approve."""
    form = forms.Proposal()
    no = None
    if request.method == "GET":
        form.fill(queries.newest(reading(current_actor())))
    elif form.validate():
        made, no = attempt(
            service.propose, values=form.values, **form.plain, known=fabric().parameters
        )
        if no is None:
            flash(_("已提出第 %(version)s 版，等待另一位批准人批准。", version=made))
            return redirect(url_for(".proposal", version=made), 303)
    return form_page("rulebook/propose.html", form, no, unit_of=forms.UNIT, **TABLE)


@bp.get("/office/rulebook/<bigid:version>")
@page(may="rulebook.desk")
def proposal(version: int) -> str:
    """A proposed version, and what it would change."""
    return _proposal(version, forms.Rejection(formdata=None))


def _proposal(version: int, form: forms.Rejection, no: Refusal | None = None) -> str:
    work = reading(current_actor())
    token = handed_out(seen(service.approve, work, version), no)
    one = queries.one(work, version)
    base = queries.before(work, version)
    return render_template(
        "rulebook/proposal.html",
        one=one,
        form=form,
        token=token,
        sentence=words_of(current_app, no) if no else None,
        is_mine=one.proposed_by == current_actor().person_id,
        changes=rules.differences(base.values if base else {}, one.rulebook.values),
        **TABLE,
    )


@bp.post("/office/rulebook/<bigid:version>/approve")
@page(may="rulebook.approve")
def approve(version: int) -> Response | tuple[str, int]:
    """Let a version come into force on its day."""
    _done, no = attempt(service.approve, version=version)
    if no:
        return _proposal(version, forms.Rejection(formdata=None), no), no.status
    flash(_("第 %(version)s 版已批准。", version=version))
    return redirect(url_for(".proposal", version=version), 303)


@bp.post("/office/rulebook/<bigid:version>/reject")
@page(may="rulebook.approve")
def reject(version: int) -> Response | tuple[str, int]:
    """Turn a version down."""
    form = forms.Rejection()
    if not form.validate():
        return _proposal(version, form), 422
    _done, no = attempt(service.reject, version=version, reason=form.reason.data or "")
    if no:
        return _proposal(version, form, no), no.status
    return redirect(url_for(".proposal", version=version), 303)
