"""The live page: what everybody sees, the bid form of who was admitted, the office's deeds on a fault."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.db import Work, reading
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service
from market.selection.auction import words as auction_words
from market.selection.auction.forms import BidForm, FreezeForm, ResumeForm
from market.selection.notices import words as notice_words
from market.selection.notices.rules.states import NoticeState
from market.selection.pages import answer, bp, sentence
from market.selection.results import queries as result_queries
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page
from market.web.forms import Form


@bp.get("/notices/<number:number>/auction")
@page(may="public")
def auction(number: str) -> Answer:
    """An auction, live and afterwards: pseudonyms, amounts, the clock."""
    return _live(reading(current_actor()), number)


@bp.post("/notices/<number:number>/auction")
@page(may="auction.bid")
def bid(number: str) -> Answer | Response:
    """Bid. What is sent is worked on before anything is read for the page."""
    form = BidForm()
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(
            auction_service.bid,
            number=number,
            amount_fen=form.amount_fen.data or 0,
            submission_key=form.once.data,
        )
        if no is None:
            flash(_("出价已收到并写入公开日志。"))
            return redirect(url_for(".auction", number=number), 303)
    return _live(reading(current_actor()), number, form, no)


@bp.post("/notices/<number:number>/auction/freeze")
@page(may="auction.freeze")
def freeze_auction(number: str) -> Answer | Response:
    """Freeze a running auction for a fault."""
    form = FreezeForm()
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(auction_service.freeze, number=number, note=form.note.data or "")
        if no is None:
            flash(_("竞价已暂停在现有最低价。恢复须至少提前 30 分钟公告。"))
            return redirect(url_for(".auction", number=number), 303)
    return _live(reading(current_actor()), number, form, no)


@bp.post("/notices/<number:number>/auction/resume")
@page(may="auction.freeze")
def resume_auction(number: str) -> Answer | Response:
    """Announce when a frozen auction goes on."""
    form = ResumeForm()
    no: Refusal | None = None
    if form.validate_on_submit() and form.start_at.data:
        _done, no = attempt(auction_service.resume, number=number, start_at=form.start_at.data)
        if no is None:
            flash(_("已公告恢复竞价的时间，恢复后重新倒计时。"))
            return redirect(url_for(".auction", number=number), 303)
    return _live(reading(current_actor()), number, form, no)


def _live(work: Work, number: str, form: Form | None = None, no: Refusal | None = None) -> Answer:
    course = auction_queries.course(work, number)
    card = result_queries.notice(work, number)
    fresh = BidForm(formdata=None)
    return answer(
        "auction/live.html",
        form or fresh,
        no,
        bid=form if isinstance(form, BidForm) else fresh,
        freezing=form if isinstance(form, FreezeForm) else FreezeForm(formdata=None),
        resuming=form if isinstance(form, ResumeForm) else ResumeForm(formdata=None),
        notice=card,
        course=course,
        state=notice_words.STATES[card.state],
        words=auction_words,
        States=NoticeState,
        refused=sentence(Refusal(course.refused)) if course.refused else None,
        tip=ledger.size(work) - 1,
        now=work.now,
    )
