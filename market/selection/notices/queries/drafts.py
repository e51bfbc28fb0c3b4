"""Notices on their way: an owner's own list, the office's desk, what stands against one."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.selection.notices.models import Notice, NoticeReview
from market.selection.notices.queries import against, attached, case
from market.selection.notices.queries.attached import AttachmentCard, ScreeningCard
from market.selection.notices.rules import publication
from market.selection.notices.rules.conditions import Finding
from market.selection.notices.rules.states import UNPUBLISHED, NoticeState
from market.selection.notices.rules.terms import Terms


@dataclasses.dataclass(frozen=True)
class DraftCard:
    """A notice of an owner, published or not, as owner and office see it in their lists."""

    id: int
    number: str | None
    title: str
    state: NoticeState
    owner_id: int
    owner_name: str
    item_code: str
    drafted_at: dt.datetime
    drafted_by: int
    submitted_at: dt.datetime | None
    reviewed_at: dt.datetime | None
    published_at: dt.datetime | None
    entry_close: dt.datetime | None
    entries: int
    predecessor: str | None


@dataclasses.dataclass(frozen=True)
class ReviewCard:
    """One answer of the office: returned, proposed (a refusal), refused; reasons one a line."""

    round: int
    outcome: str
    reasons: tuple[str, ...]
    channel: str | None
    given_at: dt.datetime
    given_by: int


def drafts(work: Work, *conditions: ColumnElement[bool], limit: int = 200) -> list[DraftCard]:
    """Notices under conditions, newest first."""
    found = work.session.scalars(
        select(Notice).where(*conditions).order_by(Notice.id.desc()).limit(limit)
    ).all()
    names = {
        owner: accounts.organisation(work, owner).name for owner in {row.owner_id for row in found}
    }
    return [
        DraftCard(
            row.id,
            row.number,
            row.title,
            row.state,
            row.owner_id,
            names[row.owner_id],
            row.item_code,
            row.drafted_at,
            row.drafted_by,
            row.submitted_at,
            row.reviewed_at,
            row.published_at,
            row.entry_close,
            row.entries_live,
            row.predecessor,
        )
        for row in found
    ]


def of_owner(work: Work, organisation_id: int | None) -> list[DraftCard]:
    """An owner's notices."""
    return drafts(work, Notice.owner_id == organisation_id, Notice.discarded_at.is_(None))


def discarded(work: Work, organisation_id: int | None) -> list[DraftCard]:
    """An owner's drafts that were thrown away and can still be taken back."""
    return drafts(work, Notice.owner_id == organisation_id, Notice.discarded_at.is_not(None))


def to_sign(work: Work) -> list[DraftCard]:
    """Notices of the actor's body that wait for its second person, not those that he drafted
    himself (docs/rules.md#separation-1).
    """
    return drafts(
        work,
        Notice.owner_id == work.actor.organisation_id,
        Notice.state == NoticeState.AWAITING_SIGNATURE,
        Notice.drafted_by != work.actor.person_id,
    )


def to_mend(work: Work) -> list[DraftCard]:
    """Notices of the actor's body that the office has sent back."""
    return drafts(
        work,
        Notice.owner_id == work.actor.organisation_id,
        Notice.state == NoticeState.RETURNED,
    )


def title_of(work: Work, notice_id: int) -> str:
    """The title of a notice, published or not; "" where there is none."""
    return work.session.scalar(select(Notice.title).where(Notice.id == notice_id)) or ""


def stages(work: Work, ids: Collection[int]) -> dict[int, tuple[str, int | None]]:
    """Of notices at the office those that its reviewer has done with: `publish` or `refuse`, and who
    may not do that, because he proposed it.
    """
    rows = work.session.scalars(
        select(Notice).where(Notice.id.in_(ids), Notice.state == NoticeState.SUBMITTED)
    )
    found: dict[int, tuple[str, int | None]] = {}
    for row in rows:
        said = reviews(work, row.id)
        if row.reviewed_at is not None:
            found[row.id] = ("publish", None)
        elif said and said[-1].outcome == "proposed":
            found[row.id] = ("refuse", said[-1].given_by)
    return found


def desk(work: Work) -> list[DraftCard]:
    """What waits for the office: handed in, and not yet published."""
    return drafts(work, Notice.state == NoticeState.SUBMITTED)


def reviews(work: Work, notice_id: int) -> list[ReviewCard]:
    """The office's answers to a notice, in order."""
    found = work.session.scalars(
        select(NoticeReview).where(NoticeReview.notice_id == notice_id).order_by(NoticeReview.round)
    )
    return [
        ReviewCard(
            row.round,
            row.outcome,
            tuple(row.reasons.splitlines()),
            row.channel,
            row.given_at,
            row.given_by,
        )
        for row in found
    ]


@dataclasses.dataclass(frozen=True)
class Unpublished:
    """A notice on its way to publication, with everything that stands against it now."""

    card: DraftCard
    terms: Terms
    problems: tuple[Refusal, ...]
    findings: tuple[Finding, ...]
    reviews: tuple[ReviewCard, ...]
    override_reason: str | None
    attachments: tuple[AttachmentCard, ...]
    screenings: tuple[ScreeningCard, ...]


def own_draft(work: Work, notice_id: int) -> Unpublished:
    """A notice of the actor's own organisation that is not public. Refuses `notice.none`."""
    return _unpublished(
        work,
        Notice.id == notice_id,
        Notice.owner_id == work.actor.organisation_id,
        Notice.discarded_at.is_(None),
    )


def submitted(work: Work, notice_id: int) -> Unpublished:
    """A notice that was handed in to the office. Refuses `notice.none`."""
    return _unpublished(work, Notice.id == notice_id, Notice.submitted_at.is_not(None))


def _unpublished(work: Work, *conditions: ColumnElement[bool]) -> Unpublished:
    row = work.session.scalar(select(Notice).where(*conditions, Notice.state.in_(UNPUBLISHED)))
    if row is None:
        raise NotFound("notice.none")
    terms = case.terms_of(row)
    return Unpublished(
        drafts(work, Notice.id == row.id)[0],
        terms,
        tuple(against.problems(work, row)),
        tuple(publication.findings(terms, case.places(work))),
        tuple(reviews(work, row.id)),
        row.override_reason,
        tuple(attached.attachments(work, row.id)),
        tuple(attached.screenings(work, row.id)),
    )
