"""The next listing of a notice that failed, was cancelled or annulled."""

from sqlalchemy import select

from market.db import Work
from market.kernel.errors import Refusal
from market.rulebook import queries as rulebooks
from market.selection import permissions
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import RELISTABLE, NoticeState
from market.selection.notices.service import attaching, findable, proposing
from market.selection.notices.service.own import approved_owner, own


def draft_again(work: Work, *, number: str) -> int:
    """Begin the next listing of one's own notice that failed, was cancelled or annulled; returns
    the draft's id.
    """
    permissions.require(work.actor, "notice.draft")
    approved_owner(work)
    notice = own(work, notice_rows.by_number(work, number).id, lock=True)
    return draft_next(work, notice)


def draft_next(work: Work, notice: Notice) -> int:
    if notice.state not in RELISTABLE:
        raise Refusal("notice.not_relistable")
    known = work.session.scalar(select(Notice).where(Notice.predecessor == notice.number))
    if known is not None:
        known.discarded_at = None
        return known.id
    terms = {
        name: getattr(notice, name)
        for name in (
            *case.TERMS,
            "exclusions",
            "further",
            "way",
            "category",
            "regulator_id",
            "item_version",
            "division",
            "owner_id",
            "drafted_by",
        )
    }
    rulebook = notice.rulebook if _is_demo(work, notice) else rulebooks.in_force(work).version
    again = Notice(
        **{**terms, "entry_close": None, "draw_at": None},
        predecessor=notice.number,
        listing=notice.listing + 1,
        rulebook=rulebook,
        state=NoticeState.DRAFT,
        drafted_at=work.now,
        entries_given=0,
        entries_live=0,
    )
    proposing.fill_close(work, again)
    work.session.add(again)
    work.session.flush()  # The caller needs the id.
    findable.by_items(work, again)
    proposing.fill_draw(work, again)
    attaching.carry_over(work, notice, again)
    return again.id


def _is_demo(work: Work, notice: Notice) -> bool:
    demonstration = rulebooks.demo(work)
    return demonstration is not None and demonstration.version == notice.rulebook
