"""The agency's pages: the receipt, my entries, with what came of them."""

from flask import current_app, render_template

from market.db import reading
from market.kernel.errors import NotFound, Refusal
from market.selection.entries import queries as entry_queries
from market.selection.entries.rules.states import EntryState
from market.selection.pages import bp, sentence
from market.selection.results import queries as result_queries
from market.selection.results import words as result_words
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
    return render_template(
        "selection/agency/receipt.html",
        own=own,
        words=result_words,
        now=work.now,
        states=EntryState,
        affected=sentence(
            entry_queries.affected(work, own.notice_number, current_actor().organisation_id)
        ),
        why=words_of(current_app, Refusal(own.reason)) if own.reason else "",
        notice=result_queries.notice(work, own.notice_number),
        entry=entry_queries.log_entry(work, own),
    )


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
        late=entry_queries.late_of(work, own),
    )
