"""The desk for sources that give no value: a chain declared lost by two bodies, a lottery read by
two officers.
"""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from market.adapters.vkeys import vkeys
from market.db import reading
from market.selection.pages import PlainForm, answer, bp
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market.selection.sources import words as source_words
from market.selection.sources.forms import LostForm, LotteryForm
from market.web.answering import Answer, attempt
from market.web.auth import current_actor, page


@bp.get("/office/sources")
@page(may="source.desk")
def sources() -> str:
    """Every chain and what waits for it; lottery issues that draws wait for, and those that wait
    for a second officer.
    """
    work = reading(current_actor())
    return render_template(
        "selection/sources.html",
        chains=source_queries.chain_cards(work),
        waiting=source_queries.days_waited(work),
        reports=source_queries.reports(work),
        refusal=None,
        words=source_words,
    )


@bp.route("/office/sources/<source>/lost", methods=["GET", "POST"])
@page(may="source.lose")
def lose_chain(source: str) -> Answer | Response:
    """Declare a chain lost, with the signed notes of its owner and of another body."""
    chain = source_queries.chain_card(reading(current_actor()), source)
    form = LostForm(data={"slot": chain.slot})
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            source_service.lose_chain,
            source=source,
            slot=form.slot.data,
            reason=form.reason.data,
            signed=[form.signed.data, form.also_signed.data or ""],
            vkeys=vkeys(current_app.config),
        )
        if no is None:
            flash(_("已写入公开日志。等待这条链的选取将改用备用源。"))
            return redirect(url_for(".sources"), 303)
    return answer("source_lost.html", form, no, chain=chain, now=reading(current_actor()).now)


@bp.route("/office/sources/lottery", methods=["GET", "POST"])
@page(may="lottery.report")
def report_lottery() -> Answer | Response:
    """Enter an issue as the public result says it."""
    form = LotteryForm()
    no = None
    if form.validate_on_submit():
        _done, no = attempt(
            source_service.report_lottery,
            issue=form.issue.data,
            day=form.day.data,
            numbers=form.drawn(),
        )
        if no is None:
            flash(_("已录入，请另一名工作人员对照公开结果核对。"))
            return redirect(url_for(".sources"), 303)
    return answer(
        "source_lottery.html",
        form,
        no,
        waiting=source_queries.days_waited(reading(current_actor())),
    )


@bp.post("/office/sources/lottery/<bigid:report_id>/confirm")
@page(may="lottery.report")
def confirm_lottery(report_id: int) -> Answer | Response:
    """Confirm it as the second officer."""
    form = PlainForm()
    if form.validate_on_submit():
        numbers, no = attempt(source_service.confirm_lottery, report_id=report_id)
        if no is not None:
            work = reading(current_actor())
            return answer(
                "sources.html",
                form,
                no,
                chains=source_queries.chain_cards(work),
                waiting=source_queries.days_waited(work),
                reports=source_queries.reports(work),
            )
        flash(_("已核对并写入公开日志：%(draws)s。", draws="、".join(numbers or ())))
    return redirect(url_for(".sources"), 303)
