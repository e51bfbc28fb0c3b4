"""The finance office hands in its payments; what owners have not registered is told to them (docs/rules.md#payment-books)."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.contracts import permissions, queries
from market.contracts.events.books import BooksImported, PaymentFound
from market.contracts.models import Contract
from market.contracts.models.books import FinanceImport, FinanceLine
from market.contracts.rules.books import BookLine, check_books
from market.db import Work
from market.kernel.ids import Prefix
from market.ledger.service import record
from market.submissions import sent

BOOKS = "finance-books"
"""Of two files at once one waits for the other."""


def import_books(
    work: Work,
    *,
    lines: Sequence[BookLine],
    covers_from: dt.date,
    covers_to: dt.date,
    sha256: str,
    submission_key: str | None = None,
) -> str:
    """Take the finance office's payments of some days (both included); returns the import's number ZF-....

    Kept are payments under an award and those to an agency of this platform, each once in whatever file it
    comes. Owners are told of payments that they have not registered. `sha256` is the file's. The same form
    sent again imports nothing more.

    Refuses `not_permitted`, `finance.covers` (field covers_to).
    """
    permissions.require(work.actor, "finance.import")
    days = (covers_from.isoformat(), covers_to.isoformat())
    once = sent(work, submission_key, "finance.import", sha256, *days)
    known = select(FinanceImport.number).where(FinanceImport.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return str(same)

    check_books(covers_from, covers_to, work.today)
    work.next_in(BOOKS)
    row = _import(work, covers_from, covers_to, sha256, len(lines))
    row.submission_key = once.key
    work.session.add(row)
    work.session.flush()
    _log(work, row)
    _tell_owners(work, row, _keep(work, row, lines))
    return row.number


def _log(work: Work, row: FinanceImport) -> None:
    record(
        work,
        BooksImported(
            subject=row.number,
            covers_from=row.covers_from,
            covers_to=row.covers_to,
            lines=row.lines,
            digest=row.digest,
        ),
    )


def _import(
    work: Work, covers_from: dt.date, covers_to: dt.date, sha256: str, lines: int
) -> FinanceImport:
    salt = work.entropy(32).hex()
    return FinanceImport(
        division=work.division,
        number=work.next_number(Prefix.BOOKS),
        organisation_id=work.actor.organisation_id or 0,
        covers_from=covers_from,
        covers_to=covers_to,
        lines=lines,
        salt=salt,
        digest=hashlib.sha256(f"{salt}{sha256}".encode()).hexdigest(),
        imported_at=work.now,
        imported_by=work.actor.person_id or 0,
    )


def _keep(work: Work, row: FinanceImport, lines: Sequence[BookLine]) -> set[int]:
    """Keep what concerns the platform, once; returns the contracts that are paid by it."""
    agencies = accounts.ids_by_uscc(work, Kind.AGENCY, {line.payee_uscc for line in lines})
    contracts = queries.by_awards(work, {line.award for line in lines if line.award})
    owners = accounts.ids_by_uscc(work, Kind.OWNER, {line.payer_uscc for line in lines})
    known = queries.lines_by_identity(work, {line.identity for line in lines})
    paid: set[int] = set()
    for line in lines:
        agency_id = agencies.get(line.payee_uscc)
        if not line.award and agency_id is None:
            continue
        contract = contracts.get(line.award)
        payer_id = owners.get(line.payer_uscc)
        kept = known.get(line.identity)
        if kept is None:
            kept = known[line.identity] = _line(row, line)
            work.session.add(kept)
        if (
            contract is not None
            and kept.contract_id is None
            and _is_its(contract, payer_id, agency_id)
        ):
            kept.contract_id = contract.id
            paid.add(contract.id)
    work.session.flush()
    return paid


def _is_its(contract: Contract, payer_id: int | None, agency_id: int | None) -> bool:
    """Whether its agency got it, and no other owner of this platform paid; the treasury may have."""
    is_payer = payer_id in (None, contract.owner_organisation_id)
    return is_payer and contract.agency_organisation_id == agency_id


def _line(row: FinanceImport, line: BookLine) -> FinanceLine:
    return FinanceLine(
        import_id=row.id,
        no=line.no,
        identity=line.identity,
        award_number=line.award,
        paid_on=line.paid_on,
        amount_fen=line.amount_fen,
        payer_uscc=line.payer_uscc,
        payer_name=line.payer_name,
        payee_uscc=line.payee_uscc,
        payee_name=line.payee_name,
        voucher=line.voucher,
        purpose=line.purpose,
    )


def _tell_owners(work: Work, row: FinanceImport, paid: set[int]) -> None:
    """Each owner of public money learns what the books have and it has not registered."""
    for contract in queries.public_by_ids(work, paid):
        missing = Counter(queries.unregistered_of(work, [contract.id]).get(contract.id, []))
        if not missing:
            continue
        record(
            work,
            PaymentFound(
                subject=contract.notice_number,
                contract=contract.number,
                books=row.number,
                payments=missing.total(),
            ),
        )
