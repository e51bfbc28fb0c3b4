"""What a result, or the check of a person, means to complaints, told by the log: selection and
accounts know nothing of complaints.
"""

from market.accounts.events import IdentityChecked, IdentityOverdue
from market.complaints import permissions, rules
from market.complaints.queries.bodies import book_of
from market.complaints.queries.register import closes
from market.complaints.rules import FILING, HoldCause
from market.complaints.service.decide import carry_out
from market.complaints.service.identity import identity_settled
from market.db import Work
from market.ledger import queries as ledger
from market.ledger.service import move_bookmark
from market.rulebook.rules import Rulebook
from market.selection.notices.events import SelectionFailed
from market.selection.results import queries as result_queries
from market.selection.results.events import ResultPublished
from market.windows import service as windows
from market.windows.rules import State as WindowState

READER = "complaints"
BATCH = 500
SETTLES = {IdentityChecked.kind: HoldCause.CHECKED, IdentityOverdue.kind: HoldCause.OVERDUE}
OPENS = frozenset({ResultPublished.kind, SelectionFailed.kind})


def open_filing(work: Work) -> int:
    """Open the window of filing for every result, or failure, published since the last time, begin
    the holds that waited for a check, and carry out the relisting that was decided while it was drawn; returns how many entries were read.
    A
    later result of the same notice takes the place of the earlier; one whose days are over gets
    none.
    """
    permissions.require(work.actor, "complaint.late")
    entries = ledger.after(work, ledger.position(work, READER), BATCH)
    for entry in entries:
        if entry.type in OPENS:
            _open(work, entry)
            carry_out(work, entry.subject)
        if entry.type in SETTLES:
            identity_settled(work, entry.subject, SETTLES[entry.type])
    if entries:
        move_bookmark(work, READER, entries[-1].index + 1)
    return len(entries)


def _open(work: Work, entry: ledger.Entry) -> None:
    notice = result_queries.notice(work, entry.subject)
    if not rules.is_in_time(work.now, closes(work, notice)):
        return
    book = book_of(work, notice)
    windows.close(work, FILING, notice.number, state=WindowState.CANCELLED)
    work.session.flush()  # One live window of a kind: the old one first.
    windows.open_counted(
        work,
        FILING,
        subject=notice.number,
        span=book.window(Rulebook.complaint_file_days),
        trigger_at=entry.at,
        rulebook=book.version,
    )
