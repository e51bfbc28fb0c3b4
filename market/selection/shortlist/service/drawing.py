"""The lottery: the shortlist that follows from the seed, and the owner's days to choose within it."""

from market.db import Work
from market.kernel.clock import epoch
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.credit import queries as credit_queries
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.shortlist import rules
from market.selection.shortlist.events import ShortlistDrawn
from market.selection.shortlist.models import ShortlistPlace
from market.selection.shortlist.queries import rows as shortlist_rows
from market.selection.shortlist.rules import CHOOSE
from market.selection.sources.queries import rows as source_rows
from market.windows import service as windows
from market.windows.queries import Due
from verify.zjcs import shortlisted as protocol
from verify.zjcs.ways import Shortlist


def drawn(work: Work, number: str, seed: str) -> None:
    """Put the shortlist that follows from credit and a seed (hex) on the log; the owner chooses next."""
    notice = shortlist_rows.shortlist_notice(work, number, lock=True)
    draw = source_rows.draw_of(work, notice.id, lock=True)
    found = _keep(work, notice, seed)
    notice.state = move_notice(notice.state, NoticeState.SHORTLISTED)
    due = _open_choosing(work, notice)
    record_draw(
        work,
        ShortlistDrawn(
            subject=number,
            at=work.now,
            choose_by=epoch(due.due_at),
            draw=draw.number,
            order=found.shortlist,
            seed=seed,
        ),
        notice.alg,
    )


def _keep(work: Work, notice: Notice, seed: str) -> Shortlist:
    """The lottery's order, kept place by place."""
    entries = {entry.ref: entry for entry in entry_rows.entries(work, notice.id, EntryState.LISTED)}
    marks = credit_queries.marks_of(work, notice.id, list(entries))
    credit = credit_queries.said(work, notice.id)
    lists = rules.read(notice.way or {})
    if lists is None:
        raise ValueError("a notice of this way has its lists")
    found = protocol.drawn({"credit": credit, "shortlist": lists.promised}, marks, seed)
    tickets = protocol.best(found)
    work.session.add_all(
        ShortlistPlace(
            notice_id=notice.id,
            place=place,
            entry_id=entries[ref].id,
            ref=ref,
            marks=credit["mean"] if marks[ref] is None else marks[ref],
            is_new=marks[ref] is None,
            balls=found.balls[ref],
            ticket=tickets[ref],
            is_short=ref in found.shortlist,
        )
        for place, ref in enumerate(found.refs, 1)
    )
    return found


def _open_choosing(work: Work, notice: Notice) -> Due:
    rulebook = rulebooks.version(work, notice.rulebook)
    return windows.open_counted(
        work,
        CHOOSE,
        subject=str(notice.number),
        span=rulebook.window(Rulebook.choose_days),
        rulebook=rulebook.version,
        responsible_id=notice.owner_id,
    )
