"""Pages of 信用择优: the lists of a draft, the course in public, the owner's choice."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import Work, reading
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import seen
from market.selection.kinds import Method
from market.selection.notices import queries as notice_queries
from market.selection.notices import words as notice_words
from market.selection.notices.rules.states import NoticeState
from market.selection.pages import answer, bp
from market.selection.results import queries as result_queries
from market.selection.shortlist import queries as shortlist_queries
from market.selection.shortlist import service as shortlist_service
from market.selection.shortlist import words
from market.selection.shortlist.forms import ChooseForm, ListsForm
from market.selection.shortlist.queries import Choice
from market.selection.shortlist.rules import CHOOSE, PROPOSED, Lists
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page
from market.web.shown import handed_out
from market.windows import queries as windows_queries
from market.windows.queries import Due

BLUEPRINTS = [bp]


@bp.app_template_global()
def lists_of(notice_id: int) -> Lists | None:
    """How long the lists of a notice are; None where nothing was written."""
    return shortlist_queries.lists_of(reading(current_actor()), notice_id)


@bp.app_template_global()
def choice_of(number: str) -> Choice | None:
    """Whom the owner of a notice chose within its shortlist, and why; None where nobody."""
    return shortlist_queries.course(reading(current_actor()), number).choice


@bp.app_template_global()
def price_said(kept: Lists) -> str:
    """How the price of a notice is set."""
    return str(words.PRICES[str(kept.kept["price"])])


@bp.app_template_global()
def choosing_due(number: str) -> Due | None:
    """Until when the owner chooses within the shortlist of a notice; None where nobody does."""
    return windows_queries.live(reading(current_actor()), CHOOSE, number)


@bp.route("/notices/<bigid:notice_id>/lists", methods=["GET", "POST"])
@page(may="shortlist.terms")
def lists(notice_id: int) -> Answer | Response:
    """How long the longlist and the shortlist of an own draft are."""
    work = reading(current_actor())
    own = notice_queries.own_draft(work, notice_id)
    if own.terms.method is not Method.CREDIT_SHORTLIST:
        raise NotFound("notice.none")
    kept = shortlist_queries.lists_of(work, notice_id) or Lists(*PROPOSED)
    form = ListsForm(data=kept.kept)
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(shortlist_service.set_lists, notice_id=notice_id, lists=form.lists())
        if no is None:
            flash(_("大名单和小名单的家数已保存。"))
            return redirect(url_for(".check", notice_id=notice_id), 303)
    return answer("shortlist/lists.html", form, no, own=own)


@bp.get("/notices/<number:number>/shortlist")
@page(may="public")
def shortlist(number: str) -> Answer:
    """What credit counts, who was drawn, whom the owner chose and why."""
    return _course(reading(current_actor()), number, ChooseForm(formdata=None))


@bp.post("/notices/<number:number>/shortlist")
@page(may="shortlist.choose")
def choose_shortlisted(number: str) -> Answer | Response:
    """Choose one of the shortlist: the result is published at once."""
    work = reading(current_actor())
    form = ChooseForm()
    form.offer(shortlist_queries.course(work, number).short)
    if not result_queries.signs_for_owner(work, number):
        raise NotFound("notice.none")
    if not form.validate_on_submit():
        return _course(work, number, form)
    _done, no = attempt(
        shortlist_service.choose, number=number, ref=form.ref.data, reason=form.reason.data
    )
    if no:
        return _course(reading(current_actor()), number, form, no)
    flash(_("已选定，中选公告已发布；理由随结果公开。公示期满无投诉的，发出中选通知书。"))
    return redirect(url_for(".notice", number=number), 303)


def _course(work: Work, number: str, form: ChooseForm, no: Refusal | None = None) -> Answer:
    token = handed_out(seen(shortlist_service.choose, work, number), no)
    course = shortlist_queries.course(work, number)
    card = result_queries.notice(work, number)
    form.offer(course.short)
    return answer(
        "shortlist/shortlist.html",
        form,
        no,
        notice=card,
        course=course,
        token=token,
        state=notice_words.STATES[card.state],
        States=NoticeState,
        chooses=card.state is NoticeState.SHORTLISTED
        and result_queries.signs_for_owner(work, number),
    )
