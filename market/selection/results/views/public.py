"""What everybody may read: a notice with what came of it, the list of results."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _

from market.accounts import queries as accounts
from market.db import Work, reading
from market.fabric import fabric
from market.kernel.plain import Json
from market.ledger.queries import Entry
from market.selection import permissions
from market.selection.entries import queries as entry_queries
from market.selection.entries.rules.entering import why_closed
from market.selection.notices import queries as notice_queries
from market.selection.notices import words as notice_words
from market.selection.notices.rules.states import NoticeState
from market.selection.pages import bp, complaints_open, history, sentence, timeline
from market.selection.results import queries as result_queries
from market.selection.results import words as result_words
from market.selection.results.events import SuspensionOrdered
from market.selection.results.queries import Selection
from market.selection.sources import queries as source_queries
from market.web.auth import current_actor, page
from market.web.locale import language


def _labels(shown: set[str]) -> dict[str, tuple[str, str]]:
    """State -> (words, colour) of the states on a page, translated once and not once a row."""
    return {state: notice_words.labels_in(language())[state] for state in shown}


@bp.get("/notices/<number:number>")
@page(may="public")
def notice(number: str) -> str:
    """One notice: its facts, what happened, what comes next and until when."""
    work = reading(current_actor())
    card = result_queries.notice(work, number)
    is_open = card.state is NoticeState.ENTRY_OPEN and work.now < card.entry_close
    log = history(work, number)
    is_agency = current_actor().kind == "agency"
    own = (
        result_queries.entry_of(work, number, current_actor().organisation_id)
        if is_agency
        else None
    )
    return render_template(
        "selection/notice.html",
        notice=card,
        state=state_of(card, work),
        words=result_words,
        now=work.now,
        timeline=timeline(log),
        barred=sentence(entry_queries.barred_today(work, card.items)) if is_agency else None,
        closed=sentence(why_closed(card.state, work.now, card.entry_close)) if own else None,
        affected=sentence(entry_queries.affected(work, number, current_actor().organisation_id))
        if is_agency
        else None,
        complaints=complaints_open(log),
        suspensions=_suspensions(work, number, log),
        amendments=notice_queries.amendments(work, number),
        entries=result_queries.entry_list(work, number) if card.is_opened else (),
        measured=result_queries.measured(work, number) if card.is_opened else None,
        namesakes=entry_queries.namesakes(work, number)
        if current_actor().has(*permissions.MAY["entry.namesakes"])
        else (),
        office=accounts.office(work),
        own=own,
        draw=source_queries.draw_of_notice(work, card.id),
        reasons=fabric().words,
        States=NoticeState,
        is_open=is_open,
        **_beside(work, card, is_open),
    )


def _suspensions(
    work: Work, number: str, log: Sequence[Entry]
) -> Sequence[result_queries.SuspensionCard]:
    """The orders that were signed; asked for where the log has one."""
    if not any(each.type == SuspensionOrdered.kind for each in log):
        return ()
    return result_queries.suspensions(work, number, public=True)


def _beside(work: Work, card: Selection, is_open: bool) -> Json:
    """What stands beside the text of a notice: its files, who has looked at it, questions, changes."""
    return {
        "attachments": notice_queries.attachments(work, card.id),
        "screenings": notice_queries.screenings(work, card.id),
        "answered": notice_queries.answered(work, card.id),
        "unanswered": notice_queries.unanswered(work, card.id),
        "may_ask": is_open and current_actor().has(*permissions.MAY["question.ask"]),
        "may_withdraw": _may_withdraw(card),
        "change": notice_queries.live_change(work, card.number),
        "pauses": result_queries.pauses(work, card.number, public=True),
    }


def _may_withdraw(card: Selection) -> bool:
    """Whether the reader may ask that a file of this notice be withdrawn."""
    actor = current_actor()
    is_another = actor.kind == "owner" and actor.organisation_id != card.owner_organisation_id
    return actor.has(*permissions.MAY["attachment.withdraw"]) and not is_another


def state_of(card: Selection, work: Work) -> tuple[str, str]:
    """Label and colour; between close and seal the notice is no longer open, and amended ones say
    so.
    """
    label, colour = notice_words.STATES[card.state]
    if card.state is NoticeState.ENTRY_OPEN and work.now >= card.entry_close:
        return _("报名已截止，等待封存"), "blue"
    if card.state is NoticeState.ENTRY_OPEN and card.is_amended:
        return _("报名中 · 已更正"), colour
    return str(label), colour


@bp.get("/results")
@page(may="public")
def results() -> str:
    """Every 中选公告 and every failed selection, newest first."""
    listed = result_queries.results(reading(current_actor()), request.args.get("after") or None)
    return render_template(
        "selection/results.html",
        page=listed,
        words=result_words,
        labels=_labels({row.state for row in listed}),
    )
