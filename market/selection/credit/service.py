"""Fixing credit at a publication, and opening the rows of those who have entered at the close."""

from collections.abc import Sequence

from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.credit import queries
from market.selection.credit.events import CreditFrozen
from market.selection.credit.models import FrozenCredit, FrozenCreditRow
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState
from market.selection.leaves import record_draw
from market.selection.notices.queries import rows as notice_rows
from verify.zjcs import shortlisted as protocol

ROWS_A_LEAF = 32
"""With its proof a row has up to 1.3 kB; a leaf holds 64."""


def freeze(work: Work, notice_id: int, draw: str, *, is_public: bool) -> Json:
    """Fix the credit of every agency that has a number; gives what the notice's leaf says of it. `is_public`: of a
    notice of public money, whose credit is of conduct alone.

    Refuses `credit.no_history` where nobody has one.
    """
    found = queries.used(work, is_public=is_public)
    if found.mean is None:
        raise Refusal("credit.no_history")
    rows = [
        FrozenCreditRow(
            notice_id=notice_id, place=place, ref=ref, marks=marks, salt=work.entropy(16).hex()
        )
        for place, (ref, marks) in enumerate(sorted(found.marks.items()))
    ]
    root, _ = protocol.paths(_hashes(draw, rows))
    work.session.add_all(rows)
    work.session.add(
        FrozenCredit(notice_id=notice_id, count=len(rows), mean=found.mean, sha256=root.hex())
    )
    work.session.flush()  # What the leaf says is read from the rows.
    return queries.said(work, notice_id)


def open_rows(work: Work, number: str) -> None:
    """Put the rows of the entries that stand on the log, each with its proof; who came after the
    publication has none.
    """
    notice = notice_rows.by_number(work, number)
    draw = sibling(number, Prefix.DRAW)
    rows = queries.frozen(work, notice.id)
    _, proofs = protocol.paths(_hashes(draw, rows))
    known = {row.ref: row for row in rows}
    said = [
        {"no": entry.no, **(_opened(known[entry.ref], proofs) if entry.ref in known else {})}
        for entry in entry_rows.entries(work, notice.id, EntryState.RECEIVED)
    ]
    for start in range(0, len(said), ROWS_A_LEAF):
        chunk = said[start : start + ROWS_A_LEAF]
        event = CreditFrozen(subject=number, at=work.now, draw=draw, rows=chunk)
        record_draw(work, event, alg=notice.alg)


def _opened(row: FrozenCreditRow, proofs: Sequence[Sequence[bytes]]) -> Json:
    known = {} if row.marks is None else {"marks": row.marks}
    path = [each.hex() for each in proofs[row.place]]
    return {"path": path, "place": row.place, "salt": row.salt, **known}


def _hashes(draw: str, rows: Sequence[FrozenCreditRow]) -> list[bytes]:
    return [protocol.row_hash(draw, row.ref, row.marks, row.salt) for row in rows]
