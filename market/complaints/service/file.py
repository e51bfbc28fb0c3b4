"""Filing: the complaint, its clock, the hold on the award and the receipt, all in one transaction."""

from market.accounts import queries as accounts
from market.complaints import permissions, queries, rules
from market.complaints.events import BodyReassigned, ComplaintFiled
from market.complaints.models import Complaint
from market.complaints.queries.bodies import (
    book_of,
    is_able,
    last_resort,
    notice_of,
    parties_of,
    party_of,
)
from market.complaints.rules import ACCEPT, Channel, State
from market.complaints.service.bodies import show_files
from market.complaints.service.clocks import start
from market.complaints.service.holds import hold
from market.complaints.service.identity import look_at_complainant
from market.complaints.service.same_facts import check_new
from market.complaints.service.steps import move, put, ref
from market.complaints.service.timely import check_in_time
from market.db import Work
from market.kernel.ids import Prefix
from market.selection.results.queries import Selection


def file(work: Work, *, draft_id: int) -> str:
    """File a draft: register the complaint, start the clock for accepting it (Ruichang: 2 working
    days from receipt), hold the award; return its number. Filing again what is filed returns the
    same number. Who has only claimed who he is may file: no letter leaves, and in public the award
    is held once that is checked (ADR 0035).

    Refuses `not_permitted`, `complaint.none`, `complaint.too_late` with the closing instant,
    `complaint.notice_not_public`, and as `check_new` does.
    """
    row = queries.locked_draft(work, draft_id)
    permissions.require(
        work.actor, "complaint.file" if row.channel is Channel.ONLINE else "complaint.register"
    )
    if row.number is not None:
        return row.number
    notice = notice_of(work, row)
    if row.channel is Channel.ONLINE or row.received_at is None:
        row.received_at = work.received_at
    check_in_time(work, row, notice)
    number = work.next_number(
        Prefix.COMPLAINT
    )  # Locks: who files the same at this instant is seen by the second, or sees the first.
    check_new(work, row)
    row.rulebook = book_of(work, notice).version
    _register(work, row, notice, number)
    start(work, row, ACCEPT, trigger_at=row.received_at, responsible_id=row.body_id)
    if look_at_complainant(work, row):
        row.hold_began_at = work.now
    work.session.flush()  # The hold counts what is open.
    hold(work, row)
    return number


def _register(work: Work, row: Complaint, notice: Selection | None, number: str) -> None:
    """Give the complaint its number, find the body that may hear it, and put the fact on the log
    with its salted digest.
    """
    row.number = number
    row.filed_at = work.now
    move(row, State.FILED)
    work.session.flush()  # What follows refers to the row.
    salt = work.entropy(16)
    row.salt = salt.hex()
    row.commit_digest = rules.commitment(salt, content_of(row))
    why = _find_body(work, row, notice)
    show_files(work, row, row.body_id)
    put(
        work,
        row,
        ComplaintFiled(
            subject=number,
            notice=row.notice_number or "",
            about=row.about.value,
            channel=row.channel.value,
            body=ref(row.chosen_body_id),
            received=row.received_at or work.now,
            commit=row.commit_digest,
        ),
    )
    if why is not None:
        put(
            work,
            row,
            BodyReassigned(
                subject=number, from_body=ref(row.chosen_body_id), body=ref(row.body_id), reason=why
            ),
        )


def content_of(row: Complaint) -> dict[str, str]:
    """What the commitment on the log covers: with the salt of the receipt anybody can compute it
    again.
    """
    return {
        "number": row.number or "",
        "notice": row.notice_number or "",
        "about": row.about.value,
        "respondent": row.respondent.value,
        "matters": row.matters,
        "request": row.request,
        "complainant": row.complainant_name,
    }


def _find_body(work: Work, row: Complaint, notice: Selection | None) -> str | None:
    """Choose the body: as asked, unless it is concerned or has nobody free; returns why it was not
    the one asked.
    """
    chosen = accounts.organisation(work, row.chosen_body_id)
    others = [
        card
        for card in (
            *queries.doors(work, notice).values(),
            *last_resort(work, book_of(work, notice)),
        )
        if card.id != chosen.id
    ]
    able = {card.id for card in (chosen, *others) if is_able(work, row, card.id)}
    found, why = rules.receiving_body(
        party_of(chosen),
        [party_of(card) for card in others],
        parties_of(work, notice, row.respondent_id),
        able,
    )
    row.body_id = found.id or chosen.id
    return why if row.body_id != chosen.id else None
