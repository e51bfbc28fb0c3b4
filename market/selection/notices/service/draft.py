"""The owner's part: drafting, saving, submitting, signing a notice."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from market.accounts import queries as accounts
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.owners.rules import Kind
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.notices.events import NoticeSubmitted
from market.selection.notices.models import Notice, NoticeReview
from market.selection.notices.queries import against, attached, case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.queries import shown as shown_queries
from market.selection.notices.rules import REVIEW
from market.selection.notices.rules.attachments import Side
from market.selection.notices.rules.states import (
    DISCARDED_LASTS,
    EDITABLE,
    NoticeState,
    move_notice,
)
from market.selection.notices.rules.terms import Terms
from market.selection.notices.service import attaching, findable, proposing, screening
from market.selection.notices.service.own import approved_owner, own
from market.submissions import sent
from market.windows import service as windows

SIGNATORY = "owner_signatory"


def draft(
    work: Work, *, terms: Terms, submission_key: str | None = None, rulebook: int | None = None
) -> int:
    """Begin a notice as an approved owner; returns its row's id. The same key gives the same notice
    again.

    `rulebook` is the version it is to run under (default: in force). Refuses
    `notice.owner_not_approved` and `catalogue.no_item`.
    """
    permissions.require(work.actor, "notice.draft")
    owner = approved_owner(work)
    once = sent(work, submission_key, "notice.draft", terms)
    if once.again and (known := _drafted(work, once.key)):
        known.discarded_at = None  # The same form once more is no farewell.
        return known.id
    notice = Notice(
        division=work.division,
        owner_id=owner.organisation_id,
        drafted_at=work.now,
        drafted_by=work.actor.person_id,
        rulebook=rulebook or rulebooks.in_force(work).version,
        submission_key=once.key,
        state=NoticeState.DRAFT,
        listing=1,
        entries_given=0,
        entries_live=0,
    )
    _write(work, notice, terms)
    work.session.add(notice)
    work.session.flush()  # The caller needs the id.
    findable.by_items(work, notice)
    return notice.id


def _drafted(work: Work, key: str) -> Notice | None:
    return work.session.scalar(
        select(Notice).where(
            Notice.submission_key == key, Notice.owner_id == work.actor.organisation_id
        )
    )


@signs(shown_queries.draft_shown, key="notice_id")
def save(work: Work, *, notice_id: int, terms: Terms, shown: str) -> None:
    """Write the notice anew while it is a draft or was returned, as it was shown to who writes: what a
    colleague has written meanwhile is not overwritten unseen.

    Refuses `notice.not_editable`, `shown.changed`.
    """
    permissions.require(work.actor, "notice.draft")
    notice = own(work, notice_id, lock=True)
    if notice.state not in EDITABLE:
        raise Refusal("notice.not_editable")
    check_shown(shown, shown_queries.draft_shown(work, notice_id))
    _write(work, notice, terms)
    findable.by_items(work, notice)


def _write(work: Work, notice: Notice, terms: Terms) -> None:
    item = catalogue.item(work, terms.item_code)
    if notice.method is not None and notice.method is not terms.method:
        notice.way = {}  # another way reads some of the same keys
    for name in case.TERMS:
        setattr(notice, name, getattr(terms, name))
    notice.exclusions = [[each.uscc, each.reason] for each in terms.exclusions]
    notice.category = item.category
    notice.regulator_id = item.regulator_id
    notice.item_version = item.version
    once_each = dict.fromkeys(terms.further)  # a forged form may say one twice
    further = [catalogue.item(work, code) for code in once_each]
    notice.further = [[each.code, each.version] for each in further]
    proposing.fill_draw(work, notice)


def set_way(work: Work, *, notice_id: int, way: Mapping[str, object]) -> None:
    """Write what the owner chose of the way's own terms, while the notice is a draft or was returned.
    Refuses `notice.not_editable`.
    """
    permissions.require(work.actor, "notice.draft")
    notice = own(work, notice_id, lock=True)
    if notice.state not in EDITABLE:
        raise Refusal("notice.not_editable")
    notice.way = dict(way)


def discard(work: Work, *, notice_id: int) -> None:
    """Throw away a draft that was never handed in; for `DISCARDED_LASTS` it can be taken back.
    Refuses `notice.none` and `notice.not_discardable`.
    """
    permissions.require(work.actor, "notice.draft")
    notice = own(work, notice_id, lock=True)
    if notice.state is not NoticeState.DRAFT or was_returned(work, notice.id):
        raise Refusal("notice.not_discardable")
    notice.discarded_at = work.now


def restore(work: Work, *, notice_id: int) -> None:
    """Take back a draft that was thrown away. Refuses `notice.none`."""
    permissions.require(work.actor, "notice.draft")
    notice = notice_rows.by_id(work, notice_id, lock=True)
    if notice.owner_id != work.actor.organisation_id or notice.discarded_at is None:
        raise NotFound("notice.none")
    notice.discarded_at = None


def forget_discarded(work: Work) -> int:
    """Delete the drafts whose days to be taken back are over, with what hangs on them. Returns how
    many.
    """
    over = list(
        work.session.scalars(
            select(Notice.id).where(
                Notice.state == NoticeState.DRAFT,
                Notice.discarded_at <= work.now - DISCARDED_LASTS,
            )
        )
    )
    attaching.forget(work, over)
    screening.forget(work, over)
    findable.forget(work, over)
    work.session.execute(delete(Notice).where(Notice.id.in_(over)))
    return len(over)


@signs(shown_queries.notice_shown, key="notice_id")
def submit(work: Work, *, notice_id: int, shown: str) -> NoticeState:
    """Hand the notice in. A public body's notice waits for another person's signature; a firm's may
    be signed at once.

    Refuses with the first thing that stands against publication; the check page shows all of them.
    """
    permissions.require(work.actor, "notice.draft")
    notice = own(work, notice_id, lock=True)
    refuse_problems(work, notice)
    check_shown(shown, shown_queries.notice_shown(work, notice_id))
    notice.submitted_at = work.now
    notice.submitted_by = work.actor.person_id
    if approved_owner(work).kind is not Kind.PUBLIC and work.actor.has(SIGNATORY):
        _hand_in(work, notice)
    else:
        notice.state = move_notice(notice.state, NoticeState.AWAITING_SIGNATURE)
    return notice.state


@signs(shown_queries.notice_shown, key="notice_id")
def sign(work: Work, *, notice_id: int, shown: str) -> None:
    """Sign a notice of one's body so that it goes to the office. Refuses `notice.same_person` in
    public bodies (docs/rules.md#separation-1).
    """
    permissions.require(work.actor, "notice.sign")
    notice = own(work, notice_id, lock=True)
    if approved_owner(work).kind is Kind.PUBLIC:
        files = attached.attachments(work, notice.id)
        for hand in (notice.drafted_by, *(each.added_by for each in files)):
            another_person(work.actor.person_id, hand, code="notice.same_person")
    if notice.state is not NoticeState.AWAITING_SIGNATURE:
        raise Refusal("notice.wrong_state", old=notice.state.value, new=NoticeState.SUBMITTED.value)
    refuse_problems(work, notice)
    check_shown(shown, shown_queries.notice_shown(work, notice_id))
    if work.actor.person_id != notice.drafted_by:
        screening.passed(work, notice, Side.OWNER)
    _hand_in(work, notice)


@signs(shown_queries.notice_shown, key="notice_id")
def send_back(work: Work, *, notice_id: int, shown: str) -> None:
    """Give a notice that waits for the signature back to its drafter."""
    permissions.require(work.actor, "notice.sign")
    notice = own(work, notice_id, lock=True)
    check_shown(shown, shown_queries.notice_shown(work, notice_id))
    _back_to_drafter(work, notice)


@signs(shown_queries.notice_shown, key="notice_id")
def withhold(work: Work, *, notice_id: int, note: str, shown: str) -> None:
    """Find before the signature that something in the notice may not become public (保密审查), and
    say what: it goes back to its drafter. Refuses `notice.same_person`, `notice.wrong_state`,
    `screening.no_note`.
    """
    permissions.require(work.actor, "notice.sign")
    notice = own(work, notice_id, lock=True)
    another_person(work.actor.person_id, notice.drafted_by, code="notice.same_person")
    if notice.state is not NoticeState.AWAITING_SIGNATURE:
        raise Refusal("notice.wrong_state", old=notice.state.value, new=NoticeState.DRAFT.value)
    check_shown(shown, shown_queries.notice_shown(work, notice_id))
    screening.withheld(work, notice, Side.OWNER, note)
    _back_to_drafter(work, notice)


def _back_to_drafter(work: Work, notice: Notice) -> None:
    before = NoticeState.RETURNED if was_returned(work, notice.id) else NoticeState.DRAFT
    notice.state = move_notice(notice.state, before)


def _hand_in(work: Work, notice: Notice) -> None:
    attaching.hand_over(work, notice)
    notice.signed_at = work.now
    notice.signed_by = work.actor.person_id
    notice.state = move_notice(notice.state, NoticeState.SUBMITTED)
    owner = approved_owner(work)
    record(work, NoticeSubmitted(subject=owner.number, notice_id=notice.id))
    rulebook = rulebooks.version(work, notice.rulebook)
    windows.open_counted(
        work,
        REVIEW,
        subject=owner.number,
        matter=review_matter(notice.id),
        rulebook=rulebook.version,
        span=rulebook.window(Rulebook.formal_check_days),
        responsible_id=accounts.office(work).id,
    )


def review_matter(notice_id: int) -> str:
    """The key of the office's window for a notice, which has no number yet."""
    return f"notice:{notice_id}"


def was_returned(work: Work, notice_id: int) -> bool:
    """Whether the office has sent it back once already."""
    return (
        work.session.scalar(
            select(NoticeReview.id)
            .where(NoticeReview.notice_id == notice_id, NoticeReview.outcome == "returned")
            .limit(1)
        )
        is not None
    )


def refuse_problems(work: Work, notice: Notice) -> None:
    """Raise the first thing that stands against publication now."""
    for refusal in against.problems(work, notice):
        raise refusal
