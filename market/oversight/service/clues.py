"""Handing a clue over to a discipline body: written down, exported, the signed receipt, one question. The
receiver owes nothing here; each day counted is the sender's.
"""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.db import Work, under_lock
from market.files import service as files
from market.files.rules import Audience
from market.files.service import Received
from market.kernel.clock import local_date
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.oversight import permissions, queries
from market.oversight.events import ClueAskedAfter, ClueExported, ClueHandedOver, ClueMade
from market.oversight.models import Clue, ClueExport
from market.oversight.queries.clues import clue_row
from market.oversight.rules import clues as rules
from market.oversight.rules.clues import ASK, ASK_FROM, HAND_OVER, Found
from market.oversight.service.reviewing import check_not_own
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Parameter, Rulebook
from market.submissions import sent
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import Kind


def make_clue(
    work: Work,
    *,
    found: Found,
    notice: str = "",
    finding_id: int | None = None,
    submission_key: str | None = None,
) -> str:
    """Write a clue down; returns its number YJ-.... The same key gives the same number.

    Refuses `not_permitted`, `clue.no_words` at its fields, `notice.none` and `flag.none` for what the
    actor does not oversee, `oversight.own_matter` to whoever had a hand in the notice or whose body
    bought.
    """
    permissions.require(work.actor, "clue.make")
    said = rules.check_found(found)
    typed = (*dataclasses.astuple(said), notice, finding_id)
    once = sent(work, submission_key, "clue.make", typed)
    known = select(Clue.number).where(Clue.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return same
    if finding_id is not None:
        notice = notice or queries.finding_row(work, finding_id).number or ""
    if notice:
        queries.check_seen(work, notice)
        check_not_own(work, notice)

    row = _new(work, said, notice)
    row.finding_id = finding_id
    row.submission_key = once.key
    work.session.add(row)
    record(work, ClueMade(subject=row.number, commit=row.commit))
    _count(work, HAND_OVER, row, Rulebook.hand_over_days, row.sender_id)
    return row.number


def _new(work: Work, said: Found, notice: str) -> Clue:
    number = work.next_number(Prefix.CLUE)
    salt = work.entropy(32).hex()
    return Clue(
        **dataclasses.asdict(said),
        number=number,
        notice=notice,
        sender_id=work.actor.organisation_id,
        salt=salt,
        commit=rules.digest(salt, number, notice, said),
        begun_at=work.now,
        begun_by=work.actor.person_id,
    )


def export_clue(work: Work, *, number: str, sha256: str) -> None:
    """Note that a clue leaves the platform as a file with this digest (hex). Refuses `not_permitted`,
    `clue.none`.
    """
    row = clue_row(work, number, lock=True)
    work.session.add(
        ClueExport(clue_id=row.id, sha256=sha256, made_at=work.now, made_by=work.actor.person_id)
    )
    record(work, ClueExported(subject=number, sha256=sha256))


def keep_clue_receipt(work: Work, *, number: str, scan: Received, signed_on: dt.date) -> int:
    """Keep the scan of the receipt that the discipline body has signed; returns the file's id.

    Refuses `not_permitted`, `clue.none`, `clue.receipt_twice`, `clue.receipt_day`.
    """
    row = clue_row(work, number, lock=True)
    if row.handed_over_at is not None:
        raise Refusal("clue.receipt_twice")
    rules.check_day(signed_on, local_date(row.begun_at), work.today)

    file_id = files.store(
        work,
        scan,
        purpose="clue.receipt",
        organisation_id=row.sender_id,
        audience=Audience.GRANTED,
    )
    files.grant(work, file_id=file_id, organisation_id=row.sender_id)
    row.receipt_file_id = file_id
    row.signed_on = signed_on
    row.handed_over_at = work.now
    row.handed_over_by = work.actor.person_id
    windows.close(work, HAND_OVER, number)
    record(work, ClueHandedOver(subject=number))
    _count(work, ASK_FROM, row, Rulebook.hand_over_ask_days, None)
    return file_id


def clue_may_be_asked(work: Work, due: Due) -> None:
    """So many days have passed since the receipt: from now on the sender asks, once."""
    row = work.session.scalar(under_lock(select(Clue).where(Clue.number == due.matter)))
    if row is None:
        raise NotFound("clue.none")
    if row.ask_due_at is None:
        row.ask_due_at = work.now
        _count(work, ASK, row, Rulebook.hand_over_days, row.sender_id)


def ask_after_clue(work: Work, *, number: str, answer: str) -> None:
    """Note that the discipline body was asked, once, and what it said, if anything.

    Refuses `not_permitted`, `clue.none`, `clue.ask_early`, `clue.asked_before`, `clue.no_words`.
    """
    row = clue_row(work, number, lock=True)
    rules.check_ask(rules.standing(row.handed_over_at, row.ask_due_at, row.asked_at))
    said = trimmed(answer)
    if not said:
        raise Invalid("clue.no_words", field="answer")
    row.answer = said
    row.asked_at = work.now
    row.asked_by = work.actor.person_id
    windows.close(work, ASK, number)
    record(work, ClueAskedAfter(subject=number))


def _count(
    work: Work, kind: Kind, row: Clue, days: Parameter[int], responsible_id: int | None
) -> None:
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        kind,
        subject=row.number,
        span=book.window(days),
        rulebook=book.version,
        responsible_id=responsible_id,
    )
