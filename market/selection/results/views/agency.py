"""The agency's pages: the receipt, my entries, with what came of them."""

from flask import current_app, render_template, session

from market.db import reading
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.selection.entries import queries as entry_queries
from market.selection.entries import words as entry_words
from market.selection.entries.rules.entering import why_closed
from market.selection.entries.rules.states import NEVER_OPENED, EntryState
from market.selection.pages import bp, sentence
from market.selection.results import queries as result_queries
from market.selection.results import words as result_words
from market.selection.results.queries import RankedEntry
from market.web.auth import current_actor, page
from market.web.errors import words_of


@bp.get("/entries/<receipt:receipt>")
@page(may="entry.own")
def receipt(receipt: str) -> str:
    """The receipt of my own entry: to be kept, and compared when the quotes are opened."""
    work = reading(current_actor())
    own = result_queries.by_receipt(work, receipt, current_actor().organisation_id)
    if own is None:
        raise NotFound("entry.none")
    of, token = session.pop("shown_once", None) or (None, None)
    return render_template(
        "selection/agency/receipt.html",
        own=own,
        token=token if of == receipt else None,
        words=result_words,
        tag_of=entry_tag,
        states=EntryState,
        affected=sentence(
            entry_queries.affected(work, own.notice_number, current_actor().organisation_id)
        ),
        why=words_of(current_app, Refusal(own.reason)) if own.reason else "",
        closed=sentence(why_closed(own.notice_state, work.now, own.entry_close)),
        never=own.notice_state in NEVER_OPENED and own.quote_fen is None,
        notice=result_queries.notice(work, own.notice_number),
        entry=entry_queries.log_entry(work, own),
        awaited=entry_queries.awaited_keys(work, own.notice_number),
        makers=entry_words.MAKERS,
        draw=sibling(own.notice_number, Prefix.DRAW),
    )


def entry_tag(row: RankedEntry) -> tuple[object, str]:
    """Label and colour of an entry, which follows its notice: where that ended before the list was
    sealed, nothing is sealed any more.
    """
    if row.rank_state:
        return result_words.RANK_STATES[row.rank_state]
    if row.state is EntryState.RECEIVED and row.notice_state in NEVER_OPENED:
        return result_words.NEVER_OPENED
    return result_words.ENTRY_STATES[row.state]


@bp.get("/entries/mine")
@page(may="entry.own")
def entries() -> str:
    """My entries, newest first."""
    work = reading(current_actor())
    own = current_actor().organisation_id
    return render_template(
        "selection/agency/mine.html",
        entries=result_queries.entries_of(work, own),
        words=result_words,
        tag_of=entry_tag,
        late=entry_queries.late_of(work, own),
    )
