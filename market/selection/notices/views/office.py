"""The office's desk for notices: review, return, refuse, publish, amend."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.agencies import queries as agencies
from market.db import Work, reading
from market.kernel.errors import Refusal
from market.kernel.shown import seen as looked_at
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices import words as notice_words
from market.selection.notices.forms import (
    AmendForm,
    ApproveForm,
    RefuseForm,
    ReturnForm,
    WithholdForm,
)
from market.selection.notices.views.owner import told
from market.selection.pages import PlainForm, answer, bp
from market.web import desk as desks
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page
from market.web.desk import Case
from market.web.forms import Form
from market.web.naming import named
from market.web.shown import handed_out
from market.windows import queries as windows_queries
from market.workdays import queries as workdays


@bp.get("/office/notices")
@page(may="notice.desk")
def desk() -> str:
    """What waits for the office, soonest due first."""
    return render_template(
        "selection/office/desk.html",
        desk=desks.desk(_cases(reading(current_actor())), request.args),
    )


def _cases(work: Work) -> list[Case]:
    """The notices that wait for review or publication, as lines of the desk."""
    left = workdays.left(work)
    dues = {
        due.matter: due
        for due in windows_queries.waiting_for(work, work.actor.organisation_id, limit=500)
    }
    found = []
    for row in notice_queries.desk(work):
        due = dues.get(f"notice:{row.id}")
        found.append(
            Case(
                row.number or "",
                url_for(".review", notice_id=row.id),
                row.title,
                named(row.owner_name),
                REVIEWED if row.reviewed_at else WAITS,
                row.submitted_at,
                *desks.clocked(due, left),
            )
        )
    return found


REVIEWED = (_l("待发布"), "green")
WAITS = (_l("待审核"), "yellow")


@bp.get("/office/notices/<bigid:notice_id>")
@page(may="notice.desk")
def review(notice_id: int) -> Answer:
    """One notice with everything the rules and the scan found."""
    return _review(notice_id)


def _review(notice_id: int, failed: Form | None = None, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(looked_at(notice_service.publish, work, notice_id), no)
    seen = notice_queries.submitted(work, notice_id)
    own = {
        kind.__name__: failed if isinstance(failed, kind) else kind(formdata=None)
        for kind in (ApproveForm, ReturnForm, RefuseForm, WithholdForm)
    }
    problems = [told(refusal) for refusal in seen.problems]
    return answer(
        "office/review.html",
        failed or own["ApproveForm"],
        no,
        words=notice_words,
        seen=seen,
        token=token,
        problems=problems,
        following=desks.following(_cases(work), url_for(".review", notice_id=notice_id)),
        approve=own["ApproveForm"],
        give_back=own["ReturnForm"],
        refuse=own["RefuseForm"],
        withhold=own["WithholdForm"],
        bought=notice_queries.bought(work, seen.terms.items),
        eligible=agencies.eligible_count(work, seen.terms.items),
    )


def _decide(
    notice_id: int, form: Form, deed: object, said: str, **values: object
) -> Answer | Response:
    """One decision from the review page: done, or shown again with what was typed."""
    if not form.validate_on_submit():
        return _review(notice_id, form)
    _done, no = attempt(deed, notice_id=notice_id, **values)  # type: ignore[arg-type]
    if no:
        return _review(notice_id, form, no)
    flash(said)
    return redirect(url_for(".desk"), 303)


@bp.post("/office/notices/<bigid:notice_id>/approve")
@page(may="notice.review")
def approve(notice_id: int) -> Answer | Response:
    """Found lawful."""
    form = ApproveForm()
    return _decide(
        notice_id,
        form,
        notice_service.approve,
        _("已通过审核，等待发布员发布。"),
        override_reason=form.override_reason.data or "",
    )


@bp.post("/office/notices/<bigid:notice_id>/return")
@page(may="notice.review")
def give_back(notice_id: int) -> Answer | Response:
    """Return once, with everything."""
    form = ReturnForm()
    return _decide(
        notice_id, form, notice_service.give_back, _("已退回业主修改。"), reasons=form.reasons.data
    )


@bp.post("/office/notices/<bigid:notice_id>/withhold")
@page(may="notice.review")
def withhold_at_desk(notice_id: int) -> Answer | Response:
    """Say what may not become public; the owner gets it back."""
    form = WithholdForm()
    return _decide(
        notice_id,
        form,
        notice_service.withhold_at_desk,
        _("保密审查未通过，已退回业主修改。"),
        note=form.note.data,
    )


@bp.post("/office/notices/<bigid:notice_id>/refuse")
@page(may="notice.review")
def refuse(notice_id: int) -> Answer | Response:
    """Propose that it belongs elsewhere."""
    form = RefuseForm()
    return _decide(
        notice_id,
        form,
        notice_service.propose_refusal,
        _("已提出不予发布意见，等待负责人复核。"),
        reasons=form.reasons.data,
        channel=form.channel.data,
    )


@bp.post("/office/notices/<bigid:notice_id>/confirm-refusal")
@page(may="notice.refuse")
def confirm_refusal(notice_id: int) -> Answer | Response:
    """Confirm as the second person."""
    return _decide(notice_id, PlainForm(), notice_service.confirm_refusal, _("已决定不予发布。"))


@bp.post("/office/notices/<bigid:notice_id>/publish")
@page(may="notice.publish")
def publish(notice_id: int) -> Answer | Response:
    """Publish and open for entries."""
    form = ApproveForm()
    if not form.validate_on_submit():
        return _review(notice_id, form)
    number, no = attempt(
        notice_service.publish, notice_id=notice_id, override_reason=form.override_reason.data or ""
    )
    if no:
        return _review(notice_id, form, no)
    flash(_("已发布，编号 %(number)s。", number=number))
    return redirect(url_for(".notice", number=number), 303)


@bp.route("/office/notices/<number:number>/amend", methods=["GET", "POST"])
@page(may="notice.amend")
def amend(number: str) -> Answer | Response:
    """Move the times later."""
    card = notice_queries.notice(reading(current_actor()), number)
    form = AmendForm(data={"entry_close": card.entry_close, "draw_at": card.draw_at})
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            notice_service.amend,
            number=number,
            entry_close=form.entry_close.data,
            draw_at=form.draw_at.data,
            reason=form.reason.data,
        )
        if no is None:
            return redirect(url_for(".notice", number=number), 303)
    return answer("office/amend.html", form, no, notice=card)
