"""Awards and their letters follow what the log says of their notices and their winners."""

from market.agencies.events import LineLapsed
from market.complaints import queries as complaints
from market.complaints.events import EndedOnNotice, HoldBegan, HoldLapsed, OpenOnNotice
from market.contracts import queries, rules
from market.contracts.events.award import QualificationLapsed
from market.contracts.service import letter
from market.contracts.service.finding import find
from market.contracts.service.offer import reconsider
from market.db import Work
from market.enrolment.events import AgencyRemoved, AgencyRevoked, DocumentsCompleted
from market.ledger import queries as ledger
from market.ledger.service import move_bookmark, record
from market.selection.results import queries as result_queries
from market.selection.results.events import ResultAnnulled

READER = "contracts"
BATCH = 500


def follow(work: Work) -> int:
    """Let awards follow what the log says since the last time; returns how many entries were read.

    A result that was annulled makes its letter, or what precedes it, void. A complaint that came in
    time while the letter left holds it, until it has ended or its hold has lapsed. An agency whose
    documents are complete, or whose enrolment has ended, ends what waited for it. What an entry shows of an agency is
    proposed as a record.
    """
    position = ledger.position(work, READER)
    entries = ledger.after(work, position, BATCH)
    for entry in entries:
        if entry.type in FOLLOWS:
            FOLLOWS[entry.type](work, entry.subject)
        find(work, entry)
        if entry.type == LineLapsed.kind:
            _tell_owners(work, entry.subject, str(entry.fields["item"]))
    if entries:
        move_bookmark(work, READER, entries[-1].index + 1)
    return len(entries)


def _annulled(work: Work, notice: str) -> None:
    row = queries.live_row(work, notice)
    if row is not None:
        letter.void(work, row)
    _notice_changed(work, notice)


def _complaints_changed(work: Work, notice: str) -> None:
    row = queries.live_row(work, notice)
    if row is not None:
        letter.weigh(work, row)
    _notice_changed(work, notice)


def _hold_changed(work: Work, complaint: str) -> None:
    _complaints_changed(
        work, str(complaints.parties(work, complaint).notice_number)
    )  # without a notice nothing was held


def _notice_changed(work: Work, notice: str) -> None:
    for offer in queries.pending_offers(work, notice=notice):
        reconsider(work, offer)


def _agency_changed(work: Work, ref: str) -> None:
    for offer in queries.pending_offers(work, winner=ref):
        reconsider(work, offer)


def _tell_owners(work: Work, ref: str, item: str) -> None:
    """The owners for whom the agency works, or is to work, on this item learn that its certificate has
    ended (docs/rules.md#expiry).
    """
    for row in queries.owed_by(work, ref):
        items = result_queries.notice(work, row.notice_number).items
        if item in items.codes and rules.is_served(row.signed_on, row.service_days, work.today):
            record(
                work,
                QualificationLapsed(
                    subject=row.notice_number, letter=row.number, winner=ref, item=item
                ),
            )


FOLLOWS = {
    ResultAnnulled.kind: _annulled,
    OpenOnNotice.kind: _complaints_changed,
    EndedOnNotice.kind: _complaints_changed,
    HoldBegan.kind: _hold_changed,
    HoldLapsed.kind: _hold_changed,
    DocumentsCompleted.kind: _agency_changed,
    AgencyRevoked.kind: _agency_changed,
    AgencyRemoved.kind: _agency_changed,
    LineLapsed.kind: _agency_changed,
}
