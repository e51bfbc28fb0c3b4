"""Pausing an open notice: the owner asks, the office or the regulator agrees, the owner lets it go on."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.db import Work, reading
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.kernel.shown import seen
from market.rulebook import queries as rulebooks
from market.selection.pages import PlainForm, answer, bp
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results import words as result_words
from market.selection.results.forms import PauseForm, RefusePauseForm
from market.selection.results.rules.pausing import PauseCode, PauseState
from market.web.answering import Answer, attempt
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.shown import handed_out


@bp.get("/notices/<number:number>/pause")
@page(may="pause.read")
def pause(number: str) -> Answer:
    """The last pause of a notice, or the form to ask for one."""
    return _page(number, PlainForm())


@bp.post("/notices/<number:number>/pause")
@page(may="pause.propose")
def propose_pause(number: str) -> Answer | Response:
    """Ask for a pause."""
    form = PauseForm()
    if not form.validate_on_submit():
        return _page(number, form)
    said: Json = {
        "days": form.days.data,
        "why": PauseCode(form.cause.data),
        "reason": form.reason.data,
    }
    return _did(number, result_service.propose_pause, _("已提出。"), form, said)


@bp.post("/notices/<number:number>/pause/sign")
@page(may="pause.sign")
def sign_pause(number: str) -> Answer | Response:
    """The owner's signatory signs."""
    return _did(number, result_service.sign_pause, _("已提交，等待同意。"))


@bp.post("/notices/<number:number>/pause/drop")
@page(may="pause.own")
def drop_pause(number: str) -> Answer | Response:
    """The owner takes it back."""
    return _did(number, result_service.drop_pause, _("暂停申请已撤回，公告不变。"))


@bp.post("/notices/<number:number>/pause/agree")
@page(may="pause.decide")
def agree_pause(number: str) -> Answer | Response:
    """Agree; or lay it before the regulator where somebody has entered meanwhile."""
    is_paused, no = attempt(result_service.agree_pause, number=number)
    if no is not None:
        return _page(number, PlainForm(), no)
    flash(
        _("公告已暂停，报名截止和选取时间已推后。")
        if is_paused
        else _("已有机构报名，转请主管部门决定。")
    )
    return redirect(url_for(".notice", number=number), 303)


@bp.post("/notices/<number:number>/pause/refuse")
@page(may="pause.decide")
def refuse_pause(number: str) -> Answer | Response:
    """Not agree."""
    form = RefusePauseForm()
    if not form.validate_on_submit():
        return _page(number, form)
    said = {"note": form.note.data}
    return _did(number, result_service.refuse_pause, _("已告知业主不同意和理由。"), form, said)


@bp.post("/notices/<number:number>/pause/resume")
@page(may="pause.sign")
@asks(
    _l("恢复这份公告？"),
    _l("暂停立即结束，并写入公开日志；已经推后的报名截止和选取时间不变，不会提前。"),
    _l("恢复"),
)
def resume_notice(number: str) -> Answer | Response:
    """The owner lets it go on."""
    return _did(number, result_service.resume, _("公告已恢复，时间不变。"))


def _did(
    number: str,
    act: Callable[..., object],
    said: str,
    form: Form | None = None,
    typed: Json | None = None,
) -> Answer | Response:
    _done, no = attempt(act, number=number, **(typed or {}))
    if no is not None:
        return _page(number, form or PlainForm(), no)
    flash(said)
    return redirect(url_for(".pause", number=number), 303)


def _page(number: str, form: Form, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    notice = result_queries.notice(work, number)
    is_own = work.actor.organisation_id == notice.owner_organisation_id
    found = result_queries.pauses(work, number)
    if not is_own:
        found = [result_queries.pause_of(work, number)]
    return answer(
        "pause.html",
        form,
        no,
        notice=notice,
        found=found,
        is_own=is_own,
        token=handed_out(seen(result_service.sign_pause, work, number), no),
        words=result_words,
        states=PauseState,
        cap=rulebooks.in_force(work).pause_cap_days,
        left=_left(work, number),
        ask=form if isinstance(form, PauseForm) else PauseForm(formdata=None),
        refuse=form if isinstance(form, RefusePauseForm) else RefusePauseForm(formdata=None),
    )


def _left(work: Work, number: str) -> int:
    """How many working days of pause a notice may still have."""
    return rulebooks.in_force(work).pause_cap_days - result_queries.paused_days(work, number)
