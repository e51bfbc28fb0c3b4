"""The owner's pages: my notices, checking the answers, signing, cancelling, listing
again.
"""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.db import in_one_transaction, reading
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.owners import queries as owners
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices import words as notice_words
from market.selection.notices.forms import LABELS, CancelForm, WithholdForm
from market.selection.notices.rules.states import EDITABLE, RELISTABLE, NoticeState
from market.selection.pages import PlainForm, answer, bp
from market.web.answering import Answer, attempt
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.errors import words_of
from market.web.forms import Form
from market.web.naming import named
from market.web.onward import to_be_signed, who_next
from market.web.shown import handed_out, posted
from market.windows import queries as windows_queries


@bp.get("/notices/mine")
@page(may="notice.own")
def mine() -> str:
    """Every notice of my organisation, and what can be done with it."""
    work = reading(current_actor())
    return render_template(
        "selection/owner/mine.html",
        notices=notice_queries.of_owner(work, current_actor().organisation_id),
        words=notice_words,
        owner=owners.of_actor(work),
        discarded=notice_queries.discarded(work, current_actor().organisation_id),
        again=RELISTABLE,
        editable=EDITABLE,
    )


@bp.route("/notices/<bigid:notice_id>/check", methods=["GET", "POST"])
@page(may="notice.own")
def check(notice_id: int) -> Answer | Response:
    """Check the answers with everything that stands against publication; then hand in, or sign."""
    form = PlainForm()
    if not form.validate_on_submit():
        return _check(notice_id, form)
    own = notice_queries.own_draft(reading(current_actor()), notice_id)
    deed = (
        notice_service.sign
        if own.card.state is NoticeState.AWAITING_SIGNATURE
        else notice_service.submit
    )
    _done, no = attempt(deed, notice_id=notice_id)
    if no:
        return _check(notice_id, form, no)
    flash(_("已提交，进展见下表。") + _onward(notice_id))
    return redirect(url_for(".mine"), 303)


def told(no: Refusal) -> str:
    """What stands against a notice, with the name of its field where the sentence does not say it."""
    said = words_of(current_app, no)
    label = str(LABELS.get(no.field or "", ""))
    return said if not label or label in said else _("%(field)s：%(said)s", field=label, said=said)


def _check(notice_id: int, form: Form, no: Refusal | None = None) -> Answer:
    work = reading(current_actor())
    token = handed_out(seen(notice_service.sign, work, notice_id), no)
    own = notice_queries.own_draft(work, notice_id)
    problems = [(refusal.field, told(refusal)) for refusal in own.problems]
    return answer(
        "owner/check.html",
        form,
        no,
        words=notice_words,
        token=token,
        own=own,
        problems=problems,
        states=NoticeState,
        withhold=form if isinstance(form, WithholdForm) else WithholdForm(formdata=None),
        bought=notice_queries.bought(work, own.terms.items),
        **notice_queries.known_of(work, own.terms.items),
        eligible=agencies.eligible_count(work, own.terms.items),
    )


@bp.post("/notices/<bigid:notice_id>/withhold")
@page(may="notice.sign")
def withhold(notice_id: int) -> Answer | Response:
    """Say before the signature what may not become public; the drafter gets it back."""
    form = WithholdForm()
    if not form.validate_on_submit():
        return _check(notice_id, form)
    _done, no = attempt(notice_service.withhold, notice_id=notice_id, note=form.note.data)
    if no:
        return _check(notice_id, form, no)
    flash(_("已退回起草人修改。"))
    return redirect(url_for(".mine"), 303)


def _onward(notice_id: int) -> str:
    """Who has the notice now, and until when."""
    work = reading(current_actor())
    own = notice_queries.own_draft(work, notice_id).card
    if own.state is NoticeState.AWAITING_SIGNATURE:
        members = accounts.members(work, own.owner_id, notice_service.SIGNATORY)
        return to_be_signed([each.name for each in members if each.id != own.drafted_by])
    owner = owners.of_actor(work)
    matter = notice_service.review_matter(notice_id)
    dues = windows_queries.of_subject(work, owner.number) if owner else []
    return who_next(dues, lambda body: named(accounts.organisation(work, body).name), matter)


@bp.post("/notices/<bigid:notice_id>/discard")
@page(may="notice.draft")
@asks(
    _l("删除这份公告草稿？"),
    _l("草稿尚未发布，删除后 7 天内可以在“我的公告”里恢复，之后彻底删除。"),
    _l("删除草稿"),
)
def discard(notice_id: int) -> Response:
    """Throw a draft away."""
    in_one_transaction(notice_service.discard, current_actor(), notice_id=notice_id)
    flash(_("草稿已删除，7 天内可以在“我的公告”里恢复。"))
    return redirect(url_for(".mine"), 303)


@bp.post("/notices/<bigid:notice_id>/restore")
@page(may="notice.draft")
def restore(notice_id: int) -> Response:
    """Take a draft back that was thrown away."""
    in_one_transaction(notice_service.restore, current_actor(), notice_id=notice_id)
    return redirect(url_for(".check", notice_id=notice_id), 303)


@bp.post("/notices/<bigid:notice_id>/send-back")
@page(may="notice.sign")
def send_back(notice_id: int) -> Response:
    """Give it back to the drafter."""
    in_one_transaction(
        notice_service.send_back, current_actor(), notice_id=notice_id, shown=posted()
    )
    return redirect(url_for(".mine"), 303)


@bp.route("/notices/<number:number>/cancel", methods=["GET", "POST"])
@page(may="notice.cancel")
def cancel(number: str) -> Answer | Response:
    """Cancel an open notice with a public reason."""
    work = reading(current_actor())
    token = seen(notice_service.cancel, work, number)
    card = notice_queries.notice(work, number)
    form = CancelForm()
    no = None
    if (
        current_actor().kind == "owner"
        and card.owner_organisation_id != current_actor().organisation_id
    ):
        raise NotFound("notice.none")
    if form.validate_on_submit():
        _done, no = attempt(notice_service.cancel, number=number, reason=form.reason.data)
        if no is None:
            return redirect(url_for(".notice", number=number), 303)
    return answer("owner/cancel.html", form, no, notice=card, token=handed_out(token, no))


@bp.post("/notices/<number:number>/again")
@page(may="notice.draft")
def again(number: str) -> Response:
    """List again what failed: a draft with the same words and times proposed anew, to be handed in."""
    notice_id = in_one_transaction(notice_service.draft_again, current_actor(), number=number)
    return redirect(url_for(".check", notice_id=notice_id), 303)
