"""A tip goes to a discipline body (纪检监察机关) on paper: the sender's days, the signed receipt, one
question (docs/rules.md#separation-11).
"""

import datetime as dt

from sqlalchemy import select

from market.complaints import permissions, queries, rules
from market.complaints.events import TipAskDue, TipAskedAfter, TipHandedOver, TipToHandOver
from market.complaints.models import Tip, TipFile, TipHandOver
from market.complaints.rules import Reader
from market.db import Work
from market.files import service as files
from market.files.rules import Audience
from market.files.service import Received
from market.kernel.clock import local_date
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Parameter, Rulebook
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import Kind


def hand_over_sealed(work: Work, row: Tip, bodies: list[Reader]) -> None:
    """Part of taking a tip in that a discipline body reads: who is not concerned carries the sheet,
    which says nothing of what the tip says. Nothing where nobody is left to carry it.
    """
    carrier = rules.sender(row.concerned, bodies)
    if carrier is not None and row.body_id is not None:
        _begin(work, TipHandOver(tip_id=row.id, sender_id=carrier, receiver_id=row.body_id), row)


@signs(queries.tip_shown, key="number")
def begin_hand_over(work: Work, *, number: str, receiver_id: int, reason: str, shown: str) -> None:
    """Find that a tip which the actor's body reads is for a discipline body; it then reads it too.

    Refuses `not_permitted`, `complaint.none`, `tip.is_closed`, `tip.hand_over_twice`,
    `tip.no_receiver` (not a discipline body, or the tip concerns it), `tip.hand_over_unreasoned`,
    `shown.changed`.
    """
    row = queries.open_tip(work, number)
    check_shown(shown, queries.tip_shown(work, number))
    if queries.hand_over_row(work, row.id) is not None:
        raise Refusal("tip.hand_over_twice")
    if receiver_id not in {body.id for body in queries.receivers(work, row.concerned)}:
        raise Invalid("tip.no_receiver", field="receiver")
    if not trimmed(reason):
        raise Invalid("tip.hand_over_unreasoned", field="reason")
    found = TipHandOver(
        tip_id=row.id,
        sender_id=row.body_id,
        receiver_id=receiver_id,
        reason=trimmed(reason),
        begun_at=work.now,
        begun_by=work.actor.person_id,
    )
    _begin(work, found, row)
    for file_id in work.session.scalars(select(TipFile.file_id).where(TipFile.tip_id == row.id)):
        files.grant(work, file_id=file_id, organisation_id=receiver_id)


def _begin(work: Work, found: TipHandOver, row: Tip) -> None:
    found.is_sealed = found.begun_by is None
    found.since = work.now
    work.session.add(found)
    record(work, TipToHandOver(subject=row.number))
    _count(work, rules.HAND_OVER, row.number, Rulebook.hand_over_days, found.sender_id)


def keep_receipt(work: Work, *, number: str, scan: Received, signed_on: dt.date) -> int:
    """Keep the scan of the receipt that the discipline body has signed; returns the file's id.

    Refuses `not_permitted`, `complaint.none`, `tip.receipt_twice`, `tip.receipt_day` (before the
    tip came, or not yet).
    """
    row, found = _sent(work, number)
    if found.handed_over_at is not None:
        raise Refusal("tip.receipt_twice")
    if not local_date(row.received_at) <= signed_on <= work.today:
        raise Invalid("tip.receipt_day", field="signed_on")
    file_id = files.store(
        work,
        scan,
        purpose="tip.receipt",
        organisation_id=found.sender_id,
        audience=Audience.GRANTED,
    )
    files.grant(work, file_id=file_id, organisation_id=found.sender_id)
    found.receipt_file_id = file_id
    found.signed_on = signed_on
    found.handed_over_at = work.now
    found.handed_over_by = work.actor.person_id
    windows.close(work, rules.HAND_OVER, number)
    record(work, TipHandedOver(subject=number))
    _count(work, rules.ASK_FROM, number, Rulebook.hand_over_ask_days, None)
    return file_id


def may_be_asked(work: Work, due: Due) -> None:
    """So many days have passed since the receipt: from now on the sender asks, once."""
    _row, found = _of(work, due.matter)
    if found.ask_due_at is not None:
        return
    found.ask_due_at = work.now
    record(work, TipAskDue(subject=due.matter))
    _count(work, rules.ASK, due.matter, Rulebook.hand_over_days, found.sender_id)


def ask_after(work: Work, *, number: str, answer: str) -> None:
    """Note that the discipline body was asked, once, and what it said, if anything.

    Refuses `not_permitted`, `complaint.none`, `tip.ask_early` (its days have not passed),
    `tip.asked_before`, `tip.no_answer`.
    """
    _row, found = _sent(work, number)
    if found.ask_due_at is None:
        raise Refusal("tip.ask_early")
    if found.asked_at is not None:
        raise Refusal("tip.asked_before")
    if not trimmed(answer):
        raise Invalid("tip.no_answer", field="answer")
    found.answer = trimmed(answer)
    found.asked_at = work.now
    found.asked_by = work.actor.person_id
    windows.close(work, rules.ASK, number)
    record(work, TipAskedAfter(subject=number))


def _count(
    work: Work, kind: Kind, number: str, days: Parameter[int], responsible_id: int | None
) -> None:
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        kind,
        subject=number,
        span=book.window(days),
        rulebook=book.version,
        responsible_id=responsible_id,
    )


def _of(work: Work, number: str) -> tuple[Tip, TipHandOver]:
    """A tip and its hand-over, locked."""
    row = work.session.scalar(select(Tip).where(Tip.number == number).with_for_update())
    found = queries.hand_over_row(work, row.id) if row else None
    if row is None or found is None:
        raise NotFound("complaint.none")
    return row, found


def _sent(work: Work, number: str) -> tuple[Tip, TipHandOver]:
    """Those of the actor's body as the sender."""
    permissions.require(work.actor, "tip.read")
    row, found = _of(work, number)
    if found.sender_id != work.actor.organisation_id:
        raise NotFound("complaint.none")
    return row, found
