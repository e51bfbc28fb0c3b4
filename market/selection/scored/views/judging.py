"""The juror's desk: what waits, declaring interests, judging, handing in."""

from flask import current_app, flash, redirect, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.adapters import blobs
from market.db import in_one_transaction, reading
from market.kernel.errors import NotFound, Refusal
from market.selection.pages import PlainForm, answer, bp
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored import words as scored_words
from market.selection.scored.forms import MarkForm, SilentForm
from market.selection.scored.rules import ACCEPT, POOL_SEATS, SEATS, JurorState
from market.web.answering import Answer, attempt
from market.web.asking import asks
from market.web.auth import current_actor, page
from market.web.forms import Form
from market.web.headers import VIEWER

SEATS_SHOWN = tuple(str(seat) for seat in range(1, max(SEATS) + 1))
POOL_SEATS_SHOWN = tuple(str(seat) for seat in range(1, max(POOL_SEATS) + 1))


@bp.get("/judging")
@page(may="scored.judge")
def judging() -> Answer:
    """Every selection that I judge or judged."""
    return answer(
        "scored/judging.html",
        PlainForm(formdata=None),
        asked=scored_queries.asked(reading(current_actor())),
        words=scored_words,
        ACCEPT=ACCEPT,
    )


@bp.get("/judging/<number:number>")
@page(may="scored.judge")
def judge(number: str) -> Answer:
    """My desk of one selection."""
    return _desk(number, PlainForm(formdata=None))


def _desk(number: str, form: Form, no: Refusal | None = None) -> Answer:
    return answer(
        "scored/desk.html",
        form,
        no,
        desk=scored_queries.desk(reading(current_actor()), number),
        words=scored_words,
        States=JurorState,
        ACCEPT=ACCEPT,
    )


@bp.post("/judging/<number:number>/declare")
@page(may="scored.judge")
def declare(number: str) -> Answer | Response:
    """Declare that I have no interest."""
    _done, no = attempt(scored_service.declare, number=number)
    if no:
        return _desk(number, PlainForm(), no)
    return redirect(url_for(".judge", number=number), 303)


@bp.post("/judging/<number:number>/decline")
@page(may="scored.judge")
@asks(
    _l("不能参加这次评审？"),
    _l("由次序里的下一名递补，不能反悔。有利害关系的，请改选“须回避”。"),
    _l("不能参加"),
)
def decline_seat(number: str) -> Response:
    """Say that I cannot take part."""
    in_one_transaction(scored_service.decline, current_actor(), number=number)
    flash(_("已答复不能参加，由下一名递补。"))
    return redirect(url_for(".judging"), 303)


@bp.post("/judging/<number:number>/recuse")
@page(may="scored.judge")
@asks(
    _l("退出这次评审？"),
    _l("由备选人员递补，您已评的分全部作废，不能恢复。有利害关系的，应当回避。"),
    _l("我须回避"),
)
def recuse(number: str) -> Response:
    """Leave my seat."""
    in_one_transaction(scored_service.recuse, current_actor(), number=number)
    flash(_("已回避，由备选人员递补。"))
    return redirect(url_for(".judging"), 303)


@bp.route("/judging/<number:number>/<letter>", methods=["GET", "POST"])
@page(may="scored.judge")
def mark(number: str, letter: str) -> Answer | Response:
    """Judge one proposal."""
    work = reading(current_actor())
    desk = scored_queries.desk(work, number)
    one = next((each for each in desk.proposals if each.letter == letter), None)
    if one is None:
        raise NotFound("scored.no_letter")
    asked = desk.course.scoring
    form = MarkForm(
        data={**{code: str(points) for code, points in one.marks.items()}, "comment": one.comment}
    )
    form.offer(asked)
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(
            scored_service.mark,
            number=number,
            letter=letter,
            marks=form.marks(asked),
            comment=form.comment.data,
        )
        if no is None:
            return redirect(_after(number, letter), 303)
    return answer(
        "scored/mark.html",
        form,
        no,
        desk=desk,
        one=one,
        words=scored_words,
        locked=desk.seat.state is not JurorState.JUDGING or not desk.is_open,
    )


def _after(number: str, letter: str) -> str:
    """To the next proposal that is not judged; to the desk where all are."""
    rest = [
        each.letter
        for each in scored_queries.desk(reading(current_actor()), number).proposals
        if not each.is_judged and each.letter != letter
    ]
    if rest:
        return url_for(".mark", number=number, letter=rest[0])
    return url_for(".judge", number=number)


@bp.get("/notices/<number:number>/proposals/<letter>/<part>")
@page(may="signed_in")
def proposal_file(number: str, letter: str, part: str) -> Response:
    """A proposal that is a file, to those who may read it; its own name is never shown."""
    card = scored_queries.document(reading(current_actor()), number, letter, part)
    shown = send_file(
        blobs.of(current_app.instance_path).get(card.key),
        mimetype=card.mime,
        download_name=f"{letter}-{part}.pdf",
        etag=card.sha256,
    )
    shown.headers["Content-Security-Policy"] = VIEWER
    return shown


@bp.post("/judging/<number:number>/hand-in")
@page(may="scored.judge")
@asks(
    _l("提交评分表？"),
    _l("提交后锁定，不能再改；评分表的摘要同时写入公开日志。"),
    _l("提交评分表"),
)
def hand_in_sheet(number: str) -> Response:
    """Lock my sheet."""
    in_one_transaction(scored_service.hand_in, current_actor(), number=number)
    flash(_("评分表已提交并锁定。"))
    return redirect(url_for(".judge", number=number), 303)


@bp.route("/notices/<number:number>/jurors/<seat>/silent", methods=["GET", "POST"])
@page(may="scored.silent")
def silent_juror(number: str, seat: str) -> Answer | Response:
    """Replace a drawn expert whose days are over, who had been told by two ways."""
    form = SilentForm()
    place = int(seat) if seat in POOL_SEATS_SHOWN else 0
    no: Refusal | None = None
    if form.validate_on_submit():
        _done, no = attempt(
            scored_service.replace_silent, number=number, seat=place, told=form.told()
        )
        if no is None:
            flash(_("下一名已递补，并已通知。"))
            return redirect(url_for(".scored", number=number), 303)
    notice = scored_queries.overdue_seat(reading(current_actor()), number, place)
    return answer("scored/silent.html", form, no, notice=notice, seat=place)


@bp.post("/notices/<number:number>/jurors/<seat>/replace")
@page(may="scored.replace")
@asks(
    _l("由备选人员递补？"),
    _l(
        "这位评审人员逾期没有提交评分表。递补后他不再评审，已评的分作废；备选人员重新计算评分期限。"
    ),
    _l("由备选人员递补"),
)
def replace_juror(number: str, seat: str) -> Response:
    """Replace a juror whose days are over."""
    place = int(seat) if seat in SEATS_SHOWN else 0
    in_one_transaction(scored_service.replace, current_actor(), number=number, seat=place)
    flash(_("备选人员已递补，并已通知。"))
    return redirect(url_for(".scored", number=number), 303)
