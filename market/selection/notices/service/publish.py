"""The office's part: reviewing, returning, refusing, publishing, cancelling a notice."""

import datetime as dt

from sqlalchemy import select

from market.accounts import service as accounts_service
from market.db import Work
from market.kernel import ids
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.events import Event
from market.kernel.ids import Prefix
from market.kernel.plain import Json
from market.kernel.shown import another_person, check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.owners import queries as owners
from market.rulebook import queries as rulebooks
from market.selection import permissions
from market.selection.kinds import Failure
from market.selection.notices.events import (
    ChoiceOpened,
    NoticeCancelled,
    NoticeOpened,
    NoticeRefused,
    NoticeRelisted,
    NoticeReturned,
)
from market.selection.notices.models import Notice, NoticeReview
from market.selection.notices.queries import against, case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.queries import shown as shown_queries
from market.selection.notices.rules import ENTRY_CLOSE, REVIEW, SEAL, publication
from market.selection.notices.rules.attachments import Side
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.notices.rules.terms import fixed
from market.selection.notices.service import attaching, screening
from market.selection.notices.service.draft import refuse_problems, review_matter, was_returned
from market.selection.notices.service.saying import document_of
from market.selection.way import way_of
from market.windows import service as windows
from market.windows.rules import State as WindowState

OWNER_SIGNATORY = "owner_signatory"
CLOCKED = (ENTRY_CLOSE, SEAL)
CHOSEN = (NoticeState.CHOOSING, NoticeState.OFFERED)
"""The states in which the owner chooses or waits for an answer."""


def _at_desk(work: Work, notice_id: int, shown: str) -> Notice:
    """A notice that its owner has handed in, for somebody who has no hand in it.

    Refuses `notice.none`, `notice.not_handed_in`, `notice.own_matter`, `shown.changed`.
    """
    notice = notice_rows.by_id(work, notice_id, lock=True)
    publication.check_hands(
        work.actor.person_id,
        notice.drafted_by,
        notice.submitted_by,
        notice.signed_by,
        is_member=accounts_service.is_member_of(work, work.actor.person_id, notice.owner_id),
    )
    if notice.state is not NoticeState.SUBMITTED:
        raise Refusal("notice.not_handed_in")
    check_shown(shown, shown_queries.notice_shown(work, notice_id))
    return notice


@signs(shown_queries.notice_shown, key="notice_id")
def give_back(work: Work, *, notice_id: int, reasons: list[str], shown: str) -> None:
    """Return a notice once, with every reason at once (一次性告知). Refuses `notice.returned_once`,
    `notice.no_reasons`.

    Where nothing but its times stands against it any more, because they ran out here, the return
    does not count as the one.
    """
    permissions.require(work.actor, "notice.review")
    notice = _at_desk(work, notice_id, shown)
    reasons = given(reasons)
    is_of_times = publication.only_times(against.problems(work, notice))
    if not is_of_times and was_returned(work, notice.id):
        raise Refusal("notice.returned_once")
    _return(work, notice, "times" if is_of_times else "returned", reasons)


@signs(shown_queries.notice_shown, key="notice_id")
def withhold_at_desk(work: Work, *, notice_id: int, note: str, shown: str) -> None:
    """Find at the office that something in the notice may not become public (保密审查). It goes back,
    which does not count as the one return. Refuses `screening.no_note`.
    """
    permissions.require(work.actor, "notice.review")
    notice = _at_desk(work, notice_id, shown)
    screening.withheld(work, notice, Side.OFFICE, note)
    _return(work, notice, "withheld", [trimmed(note)])


def _return(work: Work, notice: Notice, outcome: str, reasons: list[str]) -> None:
    notice.state = move_notice(notice.state, NoticeState.RETURNED)
    notice.reviewed_at = notice.reviewed_by = None
    _review(work, notice, outcome, reasons, None)
    windows.close(work, REVIEW, review_matter(notice.id))
    record(
        work,
        NoticeReturned(
            subject=_owner_number(work, notice), notice_id=notice.id, reasons=len(reasons)
        ),
    )


@signs(shown_queries.notice_shown, key="notice_id")
def propose_refusal(
    work: Work, *, notice_id: int, reasons: list[str], channel: str, shown: str
) -> None:
    """Propose that a notice belongs to another channel, named in words; a second person decides
    (docs/rules.md#separation-4).
    """
    permissions.require(work.actor, "notice.review")
    notice = _at_desk(work, notice_id, shown)
    if not trimmed(channel):
        raise Invalid("notice.no_channel", field="channel")
    move_notice(notice.state, NoticeState.REFUSED)
    _review(work, notice, "proposed", given(reasons), trimmed(channel))


@signs(shown_queries.notice_shown, key="notice_id")
def confirm_refusal(work: Work, *, notice_id: int, shown: str) -> None:
    """Refuse a notice as the second person. Refuses `notice.no_proposal`, `notice.second_person`."""
    permissions.require(work.actor, "notice.refuse")
    notice = _at_desk(work, notice_id, shown)
    proposal = work.session.scalar(
        select(NoticeReview)
        .where(NoticeReview.notice_id == notice.id)
        .order_by(NoticeReview.round.desc())
        .limit(1)
    )
    if proposal is None or proposal.outcome != "proposed":
        raise Refusal("notice.no_proposal")
    another_person(work.actor.person_id, proposal.given_by, code="notice.second_person")
    notice.state = move_notice(notice.state, NoticeState.REFUSED)
    _review(work, notice, "refused", proposal.reasons.splitlines(), proposal.channel)
    windows.close(work, REVIEW, review_matter(notice.id))
    record(
        work,
        NoticeRefused(subject=_owner_number(work, notice), notice_id=notice.id, channel="other"),
    )


def given(reasons: list[str]) -> list[str]:
    """The reasons that say something. Refuses `notice.no_reasons` where none does."""
    kept = [trimmed(reason) for reason in reasons if trimmed(reason)]
    if not kept:
        raise Invalid("notice.no_reasons", field="reasons")
    return kept


def _review(
    work: Work, notice: Notice, outcome: str, reasons: list[str], channel: str | None
) -> None:
    last = (
        work.session.scalar(
            select(NoticeReview.round)
            .where(NoticeReview.notice_id == notice.id)
            .order_by(NoticeReview.round.desc())
            .limit(1)
        )
        or 0
    )
    work.session.add(
        NoticeReview(
            notice_id=notice.id,
            round=last + 1,
            outcome=outcome,
            reasons="\n".join(reasons),
            channel=channel,
            given_at=work.now,
            given_by=work.actor.person_id,
        )
    )


@signs(shown_queries.notice_shown, key="notice_id")
def approve(work: Work, *, notice_id: int, override_reason: str = "", shown: str) -> None:
    """Find a notice lawful. Words that the scan found need the reviewer's own public reason why
    they set no condition.

    Refuses `notice.override_without_reason` and whatever stands against publication.
    """
    permissions.require(work.actor, "notice.review")
    _approve(work, _at_desk(work, notice_id, shown), override_reason)


def _approve(work: Work, notice: Notice, override_reason: str) -> None:
    move_notice(notice.state, NoticeState.ENTRY_OPEN)
    refuse_problems(work, notice)
    if publication.findings(case.terms_of(notice), case.places(work)):
        if not trimmed(override_reason):
            raise Invalid("notice.override_without_reason", field="override_reason")
        notice.override_reason = trimmed(override_reason)
        notice.overridden_at = work.now
        notice.overridden_by = work.actor.person_id
    screening.passed(work, notice, Side.OFFICE)
    notice.reviewed_at = work.now
    notice.reviewed_by = work.actor.person_id


@signs(shown_queries.notice_shown, key="notice_id")
def publish(work: Work, *, notice_id: int, override_reason: str = "", shown: str) -> str:
    """Publish a notice that was found lawful and open it for entries; returns its number GG-...

    Whoever is reviewer too reviews it by publishing it. Refuses `notice.not_reviewed` and whatever
    stands against it now.
    """
    permissions.require(work.actor, "notice.publish")
    notice = _at_desk(work, notice_id, shown)
    if notice.reviewed_at is None:
        if not work.actor.has("notice_reviewer"):
            raise Refusal("notice.not_reviewed")
        _approve(work, notice, override_reason)
    _settle_rulebook(work, notice)
    refuse_problems(work, notice)
    way = way_of(notice.method)
    first = NoticeState.ENTRY_OPEN if way.has_entries else NoticeState.CHOOSING
    notice.state = move_notice(notice.state, first)
    notice.number = _number(work, notice)
    notice.published_at = work.now
    notice.published_by = work.actor.person_id
    windows.close(work, REVIEW, review_matter(notice.id))

    if not way.has_entries:
        notice.entry_close = notice.draw_at = _result_time(work, notice)
    elif way.sets_result_time:
        notice.draw_at = _result_time(work, notice)
    notice.document = document_of(work, notice)
    way.lay_down(work, against.published(notice, case.terms_of(notice)))
    record(work, _opened(work, notice))
    screening.log_passed(work, notice)
    attaching.publish_attachments(work, notice)

    if way.has_entries:
        open_windows(work, notice)
    way.clock(work, notice.number, notice.draw_at)
    return notice.number


def _number(work: Work, notice: Notice) -> str:
    """A fresh number; a second listing takes its predecessor's with -2 behind it, and the
    predecessor says so.
    """
    if notice.predecessor is None:
        return work.next_number(Prefix.NOTICE)
    before = notice_rows.by_number(work, notice.predecessor, lock=True)
    before.state = move_notice(before.state, NoticeState.RELISTED)
    number = ids.relisted(notice.predecessor)
    record(work, NoticeRelisted(subject=notice.predecessor, successor=number))
    return number


def _result_time(work: Work, notice: Notice) -> dt.datetime:
    """When the result comes, by the way itself: until when the owner chooses, or jurors score."""
    way = way_of(notice.method)
    return way.result_time(work, against.published(notice, case.terms_of(notice)))


def _settle_rulebook(work: Work, notice: Notice) -> None:
    """What is in force at publication holds to the end; a demonstration's rulebook stays what the
    draft named.
    """
    demonstration = rulebooks.demo(work)
    if demonstration is None or demonstration.version != notice.rulebook:
        notice.rulebook = rulebooks.in_force(work).version


def _opened(work: Work, notice: Notice) -> Event:
    """What its publication means to people."""
    said: Json = {
        "subject": str(notice.number),
        "item": notice.item_code,
        "category": notice.category,
        "fund": notice.fund.value,
        "method": notice.method.value,
        "owner": _owner_number(work, notice),
        "ceiling_fen": notice.ceiling_fen or 0,
        "rulebook": notice.rulebook,
        "overridden": notice.overridden_at is not None,
        "further": list(notice.items.codes[1:]) or None,
        "joined": notice.joined,
    }
    close = fixed(notice.entry_close)
    draw_at = fixed(notice.draw_at)
    if way_of(notice.method).has_entries:
        return NoticeOpened(**said, entry_close=close, draw_at=draw_at)
    return ChoiceOpened(**said, choose_by=draw_at)


def open_windows(work: Work, notice: Notice) -> None:
    """What the clock is to do for an open notice: close, seal."""
    drain = case.drain(rulebooks.version(work, notice.rulebook))
    close = fixed(notice.entry_close)
    number = str(notice.number)
    windows.open_at(work, ENTRY_CLOSE, subject=number, due_at=close)
    windows.open_at(work, SEAL, subject=number, due_at=close + drain)


def close_windows(work: Work, notice: Notice) -> None:
    """Take back what the clock was to do for a notice."""
    for kind in CLOCKED:
        windows.close(work, kind, str(notice.number), state=WindowState.CANCELLED)


@signs(shown_queries.cancel_shown, key="number")
def cancel(work: Work, *, number: str, reason: str, shown: str) -> None:
    """Cancel an open notice before its close, with a public reason; as its owner's signatory or as
    the office's publisher.

    Refuses `notice.cancel_closed` after the close: what was entered is then sealed and drawn;
    `shown.changed` where the notice was amended since it was shown.
    """
    permissions.require(work.actor, "notice.cancel")
    notice = notice_rows.by_number(work, number, lock=True)
    if work.actor.has(OWNER_SIGNATORY) and notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    is_entered = notice.state is NoticeState.ENTRY_OPEN and work.now < fixed(notice.entry_close)
    if not is_entered and notice.state not in CHOSEN:
        raise Refusal("notice.cancel_closed")
    check_shown(shown, shown_queries.cancel_shown(work, number))
    cancel_open(work, notice, given([reason])[0])


def cancel_open(work: Work, notice: Notice, reason: str) -> None:
    """Part of `cancel`, and of the remedy that lists a notice again: nothing is entered or drawn
    any more.
    """
    notice.cancel_reason = reason
    notice.state = move_notice(notice.state, NoticeState.CANCELLED)
    notice.failure = Failure.CANCELLED.value
    notice.cancelled_at = work.now
    notice.cancelled_by = work.actor.person_id

    way = way_of(notice.method)
    way.cancelled(work, str(notice.number))
    close_windows(work, notice)
    way.clock(work, str(notice.number), None)
    record(work, NoticeCancelled(subject=str(notice.number)))


def _owner_number(work: Work, notice: Notice) -> str:
    return owners.owner(work, notice.owner_id).number
