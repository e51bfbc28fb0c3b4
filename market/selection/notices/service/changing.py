"""Amendments asked by the owner: proposed, signed in its body, made by the office, which signs what
it was shown (ADR 0051).
"""

import datetime as dt
from collections.abc import Mapping

from market.accounts import queries as accounts
from market.accounts import service as accounts_service
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.owners.rules import Kind
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.notices.events import ChangeAsked, ChangeRefused
from market.selection.notices.models import Notice, NoticeChange
from market.selection.notices.queries import changes as change_queries
from market.selection.notices.rules import CHANGE, publication
from market.selection.notices.rules import changes as rules
from market.selection.notices.rules.attachments import Side
from market.selection.notices.rules.changes import ChangeState, move_change
from market.selection.notices.rules.terms import fixed
from market.selection.notices.service import change_files, screening
from market.selection.notices.service.amend import (
    changes_of,
    corrected,
    open_notice,
    put_into_force,
)
from market.selection.notices.service.draft import SIGNATORY
from market.selection.notices.service.own import approved_owner
from market.selection.notices.service.publish import given
from market.windows import service as windows


def propose_change(
    work: Work,
    *,
    number: str,
    texts: Mapping[str, object],
    entry_close: dt.datetime | None,
    reason: str,
    with_files: bool = False,
) -> int:
    """Ask for a change of one's own open notice with a public reason; returns its id. A firm's or a
    person's goes to the office at once where one may sign, unless files are to be added to it first.

    `texts` maps fields of OWNER_MAY to what they are to say; `entry_close` is a later close, None to
    leave it to the rulebook. Refuses `notice.none`, `notice.amend_closed`, `change.under_way`,
    `change.nothing`, `notice.amend_earlier` and what stands against the new notice.
    """
    permissions.require(work.actor, "notice.draft")
    owner = approved_owner(work)
    notice = _own_open(work, number)
    if change_queries.live_change(work, number) is not None:
        raise Refusal("change.under_way")
    changes = _judged(work, notice, texts, entry_close, with_files=with_files)
    row = NoticeChange(
        notice_id=notice.id,
        state=ChangeState.PROPOSED,
        changes=changes,
        entry_close=entry_close,
        reason=given([reason])[0],
        note="",
        proposed_at=work.now,
        proposed_by=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()  # The caller needs the id.
    if owner.kind is not Kind.PUBLIC and work.actor.has(SIGNATORY) and not with_files:
        _hand_in(work, row, notice)
    return row.id


def _judged(
    work: Work,
    notice: Notice,
    texts: Mapping[str, object],
    entry_close: dt.datetime | None,
    *,
    with_files: bool,
) -> dict[str, list[object]]:
    """What changes, field -> [before, after], once nothing stands against it."""
    rules.check_fields(texts)
    changes = changes_of(work, number=str(notice.number), texts=texts)
    rules.check_asked(changes, entry_close, fixed(notice.entry_close), with_files=with_files)
    corrected(work, notice, changes, entry_close)
    return {name: list(pair) for name, pair in changes.items()}


@signs(change_queries.change_shown, key="change_id")
def sign_change(work: Work, *, change_id: int, shown: str) -> None:
    """Sign a change of one's body, with the review for secrecy, so that it goes to the office.
    Refuses `change.none`, `change.wrong_state`, in public bodies `notice.same_person` also for whoever has
    brought one of its files.
    """
    permissions.require(work.actor, "notice.sign")
    row, notice = change_files.of_own(work, change_id)
    if approved_owner(work).kind is Kind.PUBLIC:
        for hand in (row.proposed_by, *change_files.brought_by(work, row)):
            another_person(work.actor.person_id, hand, code="notice.same_person")
    check_shown(shown, change_queries.change_shown(work, change_id))
    _hand_in(work, row, notice)


def drop_change(work: Work, *, change_id: int) -> None:
    """Take a change back that the office has not answered. Refuses `change.none`,
    `change.wrong_state`.
    """
    permissions.require(work.actor, "change.own")
    row, _notice = change_files.of_own(work, change_id)
    if row.state is ChangeState.SIGNED:
        windows.close(work, CHANGE, change_matter(row.id))
    row.state = move_change(row.state, ChangeState.DROPPED)
    change_files.forget_files(work, row)


@signs(change_queries.change_shown, key="change_id")
def make_change(work: Work, *, change_id: int, shown: str) -> None:
    """Make a change that the owner has signed, at the office: the notice is amended, its close moved
    as the rulebook says. Refuses `notice.own_matter`, `notice.amend_closed`, `notice.words_moved`,
    `shown.changed` and what stands against the new notice.
    """
    permissions.require(work.actor, "notice.amend")
    row, notice = _at_office(work, change_id)
    open_notice(work, str(notice.number))
    check_shown(shown, change_queries.change_shown(work, change_id))
    if any(getattr(notice, name) != before for name, (before, _) in row.changes.items()):
        raise Refusal("notice.words_moved")
    pairs = {name: (before, after) for name, (before, after) in row.changes.items()}
    judged = corrected(work, notice, pairs, row.entry_close)
    for name, (_, after) in pairs.items():
        setattr(notice, name, after)

    _decide(work, row, ChangeState.MADE)
    difference = change_files.put_files_in_force(work, notice, row)
    shown_pairs = {name: (before, after) for name, (before, after) in difference.items()}
    put_into_force(work, notice, judged, row.reason, pairs | shown_pairs)
    if row.signed_by != row.proposed_by:
        screening.passed_before(work, notice, row.signed_by or 0, fixed(row.signed_at))
    screening.passed(work, notice, Side.OFFICE)
    work.session.flush()  # The log says who has looked.
    screening.log_passed(work, notice)


@signs(change_queries.change_shown, key="change_id")
def refuse_change(work: Work, *, change_id: int, note: str, shown: str) -> None:
    """Not make a change, with the reason for the owner. Refuses `notice.own_matter`,
    `change.no_note`, `shown.changed`.
    """
    permissions.require(work.actor, "notice.amend")
    row, notice = _at_office(work, change_id)
    check_shown(shown, change_queries.change_shown(work, change_id))
    if not trimmed(note):
        raise Invalid("change.no_note", field="note")
    row.note = trimmed(note)
    _decide(work, row, ChangeState.REFUSED)
    change_files.forget_files(work, row)
    record(work, ChangeRefused(subject=str(notice.number), change_id=row.id))


def change_matter(change_id: int) -> str:
    """The key of the office's window for a change."""
    return f"change:{change_id}"


def _hand_in(work: Work, row: NoticeChange, notice: Notice) -> None:
    is_with = change_files.has_files(work, row)
    rules.check_asked(row.changes, row.entry_close, fixed(notice.entry_close), with_files=is_with)
    change_files.hand_over_files(work, row)
    row.state = move_change(row.state, ChangeState.SIGNED)
    row.signed_at = work.now
    row.signed_by = work.actor.person_id
    rulebook = rulebooks.version(work, notice.rulebook)
    windows.open_counted(
        work,
        CHANGE,
        subject=str(notice.number),
        matter=change_matter(row.id),
        rulebook=rulebook.version,
        span=rulebook.window(Rulebook.formal_check_days),
        responsible_id=accounts.office(work).id,
    )
    record(work, ChangeAsked(subject=str(notice.number), change_id=row.id))


def _decide(work: Work, row: NoticeChange, state: ChangeState) -> None:
    row.state = move_change(row.state, state)
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    windows.close(work, CHANGE, change_matter(row.id))


def _own_open(work: Work, number: str) -> Notice:
    notice = open_notice(work, number)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    return notice


def _at_office(work: Work, change_id: int) -> tuple[NoticeChange, Notice]:
    row, notice = change_files.row_of(work, change_id)
    if row.state is not ChangeState.SIGNED:
        raise Refusal("change.wrong_state")
    publication.check_hands(
        work.actor.person_id,
        row.proposed_by,
        row.signed_by,
        is_member=accounts_service.is_member_of(work, work.actor.person_id, notice.owner_id),
    )
    return row, notice
