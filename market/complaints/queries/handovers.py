"""Tips on their way to a discipline body: for the sender what is on the sheet, for whoever reads the
tip where it is.
"""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.complaints import permissions, rules
from market.complaints.events import TipReceived
from market.complaints.models import Tip, TipHandOver
from market.complaints.queries.tips import TipFileCard, tip_files
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.ledger import queries as ledger
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class HandOverCard:
    """One hand-over as its sender has it. Of a sealed one `content` and `files` are empty: it carries
    what it does not read.
    """

    number: str
    received_at: dt.datetime
    notice_number: str | None
    content: str
    files: tuple[TipFileCard, ...]
    file_count: int
    commit: str  # what binds the tip on the log
    entry: int | None
    sender: str
    receiver: str
    is_sealed: bool
    reason: str
    since: dt.datetime
    signed_on: dt.date | None
    receipt_file_id: int | None
    handed_over_at: dt.datetime | None
    ask_due_at: dt.datetime | None
    asked_at: dt.datetime | None
    answer: str
    due: Due | None


def hand_overs(work: Work, limit: int = 50) -> list[HandOverCard]:
    """Those that the actor's body sends, newest first."""
    asked = (
        select(Tip, TipHandOver)
        .join(TipHandOver, TipHandOver.tip_id == Tip.id)
        .where(TipHandOver.sender_id == work.actor.organisation_id)
        .order_by(TipHandOver.id.desc())
        .limit(limit)
    )
    return [_card(work, row, found) for row, found in work.session.execute(asked)]


def hand_over(work: Work, number: str) -> HandOverCard:
    """One that the actor's body sends. Refuses `complaint.none`."""
    found = work.session.execute(
        select(Tip, TipHandOver)
        .join(TipHandOver, TipHandOver.tip_id == Tip.id)
        .where(Tip.number == number, TipHandOver.sender_id == work.actor.organisation_id)
    ).first()
    if found is None:
        raise NotFound("complaint.none")
    return _card(work, *found)


def hand_over_row(work: Work, tip_id: int) -> TipHandOver | None:
    """The row of a tip's hand-over, for the room's own services."""
    return work.session.scalar(select(TipHandOver).where(TipHandOver.tip_id == tip_id))


def hand_over_sender(work: Work, number: str) -> int | None:
    """The body that hands a tip over."""
    return work.session.scalar(
        select(TipHandOver.sender_id)
        .join(Tip, Tip.id == TipHandOver.tip_id)
        .where(Tip.number == number)
    )


def receivers(work: Work, concerned: Collection[int]) -> list[accounts.OrganisationCard]:
    """The discipline bodies that a tip does not concern."""
    bodies = accounts.organisations(work, Kind(rules.DISCIPLINE))
    return [body for body in bodies if body.id not in concerned]


def receivers_of(work: Work, number: str) -> list[accounts.OrganisationCard]:
    """The discipline bodies that the tip of this number does not concern."""
    concerned = work.session.scalar(select(Tip.concerned).where(Tip.number == number))
    return receivers(work, concerned or ())


def open_tip(work: Work, number: str) -> Tip:
    """The row of an open tip that the actor's body reads, locked, for the room's own services.

    Refuses `not_permitted`, `complaint.none`, also for another body's, `tip.is_closed`.
    """
    permissions.require(work.actor, "tip.read")
    row = work.session.scalar(
        select(Tip)
        .where(Tip.number == number, Tip.body_id == work.actor.organisation_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound("complaint.none")
    if row.closed_at is not None:
        raise Refusal("tip.is_closed")
    return row


def _card(work: Work, row: Tip, found: TipHandOver) -> HandOverCard:
    files = tip_files(work, [row.id]).get(row.id, ())
    entry = ledger.find(work, TipReceived.kind, row.number)
    dues = [windows_queries.live(work, kind, row.number) for kind in (rules.HAND_OVER, rules.ASK)]
    names = ("since", "signed_on", "receipt_file_id", "handed_over_at", "ask_due_at")
    return HandOverCard(
        number=row.number,
        received_at=row.received_at,
        notice_number=None if found.is_sealed else row.notice_number,
        content="" if found.is_sealed else row.content,
        files=() if found.is_sealed else files,
        file_count=len(files),
        commit=str(entry.fields["commit"]) if entry else "",
        entry=entry.index if entry else None,
        sender=accounts.organisation(work, found.sender_id).name,
        receiver=accounts.organisation(work, found.receiver_id).name,
        is_sealed=found.is_sealed,
        reason=found.reason,
        asked_at=found.asked_at,
        answer=found.answer,
        due=next((due for due in dues if due is not None), None),
        **{name: getattr(found, name) for name in names},
    )
