"""The office's part: reviewing, returning, refusing, publishing, cancelling a notice."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts import service as accounts_service
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel import ids
from market.kernel.clock import epoch
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix
from market.ledger.service import record
from market.owners import queries as owners
from market.rulebook import queries as rulebooks
from market.selection import permissions, rules
from market.selection.events import (
    NoticeAmended,
    NoticeCancelled,
    NoticeOpened,
    NoticePublished,
    NoticeRefused,
    NoticeRelisted,
    NoticeReturned,
)
from market.selection.models import Draw, DrawSource, Notice, NoticeReview
from market.selection.queries import case, rows
from market.selection.queries import sources as source_queries
from market.selection.rules import plan, publication, states
from market.selection.rules.outcome import Failure
from market.selection.rules.terms import fixed
from market.selection.service.draft import refuse_problems, review_matter, was_returned
from market.selection.service.leaves import record_draw
from market.windows import service as windows
from market.windows.rules import State as WindowState
from verify.zjcs import draw as protocol
from verify.zjcs.canonical import jcs

OWNER_SIGNATORY = "owner_signatory"
CLOCKED = (rules.ENTRY_CLOSE, rules.SEAL, rules.DRAW)


def _at_desk(work: Work, notice_id: int) -> Notice:
    """A notice that its owner has handed in, for somebody who has no hand in it.

    Refuses `notice.none`, `notice.not_handed_in`, `notice.own_matter`.
    """
    notice = rows.by_id(work, notice_id, lock=True)
    publication.check_hands(
        work.actor.person_id,
        notice.drafted_by,
        notice.submitted_by,
        notice.signed_by,
        is_member=accounts_service.is_member_of(work, work.actor.person_id, notice.owner_id),
    )
    if notice.state is not states.Notice.SUBMITTED:
        raise Refusal("notice.not_handed_in")
    return notice


def give_back(work: Work, *, notice_id: int, reasons: list[str]) -> None:
    """Return a notice once, with every reason at once (一次性告知). Refuses `notice.returned_once`,
    `notice.no_reasons`.

    Where nothing but its times stands against it any more, because they ran out here, the return
    does not count as the one.
    """
    permissions.require(work.actor, "notice.review")
    notice = _at_desk(work, notice_id)
    reasons = given(reasons)
    is_of_times = publication.only_times(publication.problems(case.case_of(work, notice)))
    if not is_of_times and was_returned(work, notice.id):
        raise Refusal("notice.returned_once")
    notice.state = states.move_notice(notice.state, states.Notice.RETURNED)
    notice.reviewed_at = notice.reviewed_by = None
    _review(work, notice, "times" if is_of_times else "returned", reasons, None)
    windows.close(work, rules.REVIEW, review_matter(notice.id))
    record(
        work,
        NoticeReturned(
            subject=_owner_number(work, notice), notice_id=notice.id, reasons=len(reasons)
        ),
    )


def propose_refusal(work: Work, *, notice_id: int, reasons: list[str], channel: str) -> None:
    """Propose that a notice belongs to another channel, named in words; a second person decides
    (docs/rules.md#separation-4).
    """
    permissions.require(work.actor, "notice.review")
    notice = _at_desk(work, notice_id)
    if not channel.strip():
        raise Invalid("notice.no_channel", field="channel")
    states.move_notice(notice.state, states.Notice.REFUSED)
    _review(work, notice, "proposed", given(reasons), channel.strip())


def confirm_refusal(work: Work, *, notice_id: int) -> None:
    """Refuse a notice as the second person. Refuses `notice.no_proposal`, `notice.second_person`."""
    permissions.require(work.actor, "notice.refuse")
    notice = _at_desk(work, notice_id)
    proposal = work.session.scalar(
        select(NoticeReview)
        .where(NoticeReview.notice_id == notice.id)
        .order_by(NoticeReview.round.desc())
        .limit(1)
    )
    if proposal is None or proposal.outcome != "proposed":
        raise Refusal("notice.no_proposal")
    if proposal.given_by == work.actor.person_id:
        raise Refusal("notice.second_person")
    notice.state = states.move_notice(notice.state, states.Notice.REFUSED)
    _review(work, notice, "refused", proposal.reasons.splitlines(), proposal.channel)
    windows.close(work, rules.REVIEW, review_matter(notice.id))
    record(
        work,
        NoticeRefused(subject=_owner_number(work, notice), notice_id=notice.id, channel="other"),
    )


def given(reasons: list[str]) -> list[str]:
    """The reasons that say something. Refuses `notice.no_reasons` where none does."""
    kept = [reason.strip() for reason in reasons if reason.strip()]
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


def approve(work: Work, *, notice_id: int, override_reason: str = "") -> None:
    """Find a notice lawful. Words that the scan found need the reviewer's own public reason why
    they set no condition.

    Refuses `notice.override_without_reason` and whatever stands against publication.
    """
    permissions.require(work.actor, "notice.review")
    _approve(work, _at_desk(work, notice_id), override_reason)


def _approve(work: Work, notice: Notice, override_reason: str) -> None:
    states.move_notice(notice.state, states.Notice.ENTRY_OPEN)
    refuse_problems(work, notice)
    if publication.findings(case.terms_of(notice)):
        if not override_reason.strip():
            raise Invalid("notice.override_without_reason", field="override_reason")
        notice.override_reason = override_reason.strip()
        notice.overridden_at = work.now
        notice.overridden_by = work.actor.person_id
    notice.reviewed_at = work.now
    notice.reviewed_by = work.actor.person_id


def publish(work: Work, *, notice_id: int, override_reason: str = "") -> str:
    """Publish a notice that was found lawful and open it for entries; returns its number GG-...

    Whoever is reviewer too reviews it by publishing it. Refuses `notice.not_reviewed` and whatever
    stands against it now.
    """
    permissions.require(work.actor, "notice.publish")
    notice = _at_desk(work, notice_id)
    if notice.reviewed_at is None:
        if not work.actor.has("notice_reviewer"):
            raise Refusal("notice.not_reviewed")
        _approve(work, notice, override_reason)
    refuse_problems(work, notice)
    notice.state = states.move_notice(notice.state, states.Notice.ENTRY_OPEN)
    notice.number = _number(work, notice)
    notice.published_at = work.now
    notice.published_by = work.actor.person_id
    _settle_rulebook(work, notice)
    windows.close(work, rules.REVIEW, review_matter(notice.id))
    _fix(work, notice)
    record(work, _opened(work, notice))
    open_windows(work, notice)
    return notice.number


def _number(work: Work, notice: Notice) -> str:
    """A fresh number; a second listing takes its predecessor's with -2 behind it, and the
    predecessor says so.
    """
    if notice.predecessor is None:
        return work.next_number(Prefix.NOTICE)
    before = rows.by_number(work, notice.predecessor, lock=True)
    before.state = states.move_notice(before.state, states.Notice.RELISTED)
    number = ids.relisted(notice.predecessor)
    record(work, NoticeRelisted(subject=notice.predecessor, successor=number))
    return number


def _settle_rulebook(work: Work, notice: Notice) -> None:
    """What is in force at publication holds to the end; a demonstration's rulebook stays what the
    draft named.
    """
    demonstration = rulebooks.demo(work)
    if demonstration is None or demonstration.version != notice.rulebook:
        notice.rulebook = rulebooks.in_force(work).version


def document_of(work: Work, notice: Notice) -> str:
    """The notice's public text as canonical JSON: what `notice_sha256` in the log is over."""
    item = catalogue.item(work, notice.item_code)
    owner = accounts.organisation(work, notice.owner_id)
    said = {name: getattr(notice, name) for name in case.TERMS}
    return jcs(
        {
            name: value
            for name, value in {
                **said,
                "entry_close": epoch(said["entry_close"]),
                "draw_at": epoch(said["draw_at"]),
                "number": notice.number,
                "owner": owner.name,
                "item": item.name,
                "item_version": notice.item_version,
                "category": notice.category,
                "exclusions": notice.exclusions,
                "regulator": item.regulator_name,
                "rulebook": notice.rulebook,
                "override_reason": notice.override_reason,
                "predecessor": notice.predecessor,
            }.items()
            if value not in (None, "")
        }
    ).decode()


def _fix(work: Work, notice: Notice) -> None:
    """Fix the text and the source plan in the log, and make the one draw that the notice will have."""
    chains = source_queries.living_chains(work)
    number = _draw_number(notice)
    draw = Draw(
        number=number,
        notice_id=notice.id,
        state=states.Draw.SCHEDULED,
        winners=1,
        reserves=2,
        level=plan.level(chains, notice.beacon),
        fallback=plan.fallback(number, notice.beacon, source_queries.can_check_drand()),
    )
    lay_down(work, notice, draw, NoticePublished, chains)


def _draw_number(notice: Notice) -> str:
    return ids.sibling(str(notice.number), Prefix.DRAW)


def lay_down(
    work: Work,
    notice: Notice,
    draw: Draw,
    event: type[NoticePublished],
    chains: Sequence[plan.Chain],
) -> None:
    """Write times, sources and leaf hash of a publication or an amendment."""
    close = fixed(notice.entry_close)
    draw_at = fixed(notice.draw_at)
    notice.document = document_of(work, notice)
    sources = plan.sources(chains, epoch(draw_at), notice.beacon)
    draw.draw_at = draw_at
    at = {"at": work.now} if event is NoticeAmended else {}
    draw.notice_leaf = record_draw(
        work,
        event(
            subject=str(notice.number),
            alg=protocol.PROTOCOL,
            draw=draw.number,
            draw_at=epoch(draw_at),
            entry_close=epoch(close),
            notice_sha256=hashlib.sha256(notice.document.encode()).hexdigest(),
            reserves=draw.reserves,
            winners=draw.winners,
            sources=sources,
            level=draw.level,
            fallback=draw.fallback or None,
            project=notice.project_code or _root(str(notice.number)),
            predecessor=ids.sibling(notice.predecessor, Prefix.DRAW)
            if notice.predecessor
            else None,
            **at,
        ),
    )
    work.session.add(draw)
    work.session.flush()  # The sources' rows need the draw's id.
    write_sources(work, draw, sources)


def _root(number: str) -> str:
    """The number of the first listing: what all listings of one project have in common."""
    parts = ids.NUMBER.fullmatch(number)
    return (
        number
        if parts is None or parts["listing"] is None
        else number.removesuffix(f"-{parts['listing']}")
    )


def write_sources(work: Work, draw: Draw, sources: list[dict[str, Any]]) -> None:
    """Put a plan in place of the one before."""
    for row in rows.plan_of(work, draw.id):
        work.session.delete(row)
    work.session.flush()
    work.session.add_all(
        DrawSource(
            draw_id=draw.id,
            position=position,
            source=source["id"],
            kind=source["kind"],
            slot=source.get("slot") or source["round"],
        )
        for position, source in enumerate(sources)
    )


def _opened(work: Work, notice: Notice) -> NoticeOpened:
    return NoticeOpened(
        subject=str(notice.number),
        item=notice.item_code,
        category=notice.category,
        fund=notice.fund.value,
        method=notice.method.value,
        owner=_owner_number(work, notice),
        ceiling_fen=notice.ceiling_fen or 0,
        entry_close=fixed(notice.entry_close),
        draw_at=fixed(notice.draw_at),
        rulebook=notice.rulebook,
        overridden=notice.overridden_at is not None,
    )


def open_windows(work: Work, notice: Notice) -> None:
    """What the clock is to do for an open notice: close, seal, draw."""
    drain = case.drain(rulebooks.version(work, notice.rulebook))
    close = fixed(notice.entry_close)
    number = str(notice.number)
    windows.open_at(work, rules.ENTRY_CLOSE, subject=number, due_at=close)
    windows.open_at(work, rules.SEAL, subject=number, due_at=close + drain)
    windows.open_at(work, rules.DRAW, subject=number, due_at=fixed(notice.draw_at))


def close_windows(work: Work, notice: Notice) -> None:
    """Take back what the clock was to do for a notice."""
    for kind in CLOCKED:
        windows.close(work, kind, str(notice.number), state=WindowState.CANCELLED)


def cancel(work: Work, *, number: str, reason: str) -> None:
    """Cancel an open notice before its close, with a public reason; as its owner's signatory or as
    the office's publisher.

    Refuses `notice.cancel_closed` after the close: what was entered is then sealed and drawn.
    """
    permissions.require(work.actor, "notice.cancel")
    notice = rows.by_number(work, number, lock=True)
    if work.actor.has(OWNER_SIGNATORY) and notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if notice.state is not states.Notice.ENTRY_OPEN or work.now >= fixed(notice.entry_close):
        raise Refusal("notice.cancel_closed")
    cancel_open(work, notice, given([reason])[0])


def cancel_open(work: Work, notice: Notice, reason: str) -> None:
    """Part of `cancel`, and of the remedy that lists a notice again: nothing is entered or drawn
    any more.
    """
    notice.cancel_reason = reason
    notice.state = states.move_notice(notice.state, states.Notice.CANCELLED)
    notice.failure = Failure.CANCELLED.value
    notice.cancelled_at = work.now
    notice.cancelled_by = work.actor.person_id
    draw = rows.draw_of(work, notice.id, lock=True)
    draw.state = states.move_draw(draw.state, states.Draw.CANCELLED)
    close_windows(work, notice)
    record(work, NoticeCancelled(subject=str(notice.number)))


def _owner_number(work: Work, notice: Notice) -> str:
    return owners.owner(work, notice.owner_id).number
