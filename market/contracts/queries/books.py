"""Reading the finance office's books, and what of them owners have not registered."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.rules import Kind
from market.contracts.models import Contract, ContractPayment
from market.contracts.models.books import FinanceImport, FinanceLine
from market.contracts.rules.books import Entry, Loose, Match, unregistered
from market.contracts.rules.matter import BINDING, COUNTED
from market.db import Work
from market.kernel.errors import NotFound


@dataclasses.dataclass(frozen=True)
class Books:
    """One file of the finance office. `lines` counts those of the file, `kept` those that concern the
    platform.
    """

    number: str
    covers_from: dt.date
    covers_to: dt.date
    lines: int
    kept: int
    imported_at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Found:
    """One payment of the books, and what it is to the platform. The amount in fen; `contract` HT-... or ""."""

    no: int
    award_number: str
    paid_on: dt.date
    amount_fen: int
    payer_name: str
    payee_name: str
    voucher: str
    purpose: str
    contract: str
    match: Match


def by_awards(work: Work, numbers: Collection[str]) -> dict[str, Contract]:
    """The newest binding matter of each award TZ-..., by the award's number."""
    asked = select(Contract).where(
        Contract.award_number.in_(numbers), Contract.state.in_(tuple(BINDING))
    )
    return {row.award_number: row for row in work.session.scalars(asked.order_by(Contract.id))}


def public_by_ids(work: Work, ids: Collection[int]) -> list[Contract]:
    """The matters of public money among rows, oldest first."""
    asked = select(Contract).where(Contract.id.in_(ids), Contract.is_public_money.is_(True))
    return list(work.session.scalars(asked.order_by(Contract.id)))


def lines_by_identity(work: Work, identities: Collection[str]) -> dict[str, FinanceLine]:
    """The payments that some file had before, by what identifies them."""
    asked = select(FinanceLine).where(FinanceLine.identity.in_(identities))
    return {row.identity: row for row in work.session.scalars(asked)}


def spans(work: Work) -> list[tuple[dt.date, dt.date]]:
    """The days that the books cover, import by import."""
    asked = select(FinanceImport.covers_from, FinanceImport.covers_to)
    return [(begins, ends) for begins, ends in work.session.execute(asked)]


def payers(work: Work) -> set[int]:
    """The owners that some payment of the books names as its payer."""
    usccs = set(work.session.scalars(select(FinanceLine.payer_uscc).distinct()))
    return set(accounts.ids_by_uscc(work, Kind.OWNER, usccs).values())


def loose(work: Work) -> list[Loose]:
    """The payments of the books that no contract has."""
    asked = select(FinanceLine).where(FinanceLine.contract_id.is_(None))
    rows = work.session.scalars(asked).all()
    owners = accounts.ids_by_uscc(work, Kind.OWNER, {row.payer_uscc for row in rows})
    agencies = accounts.ids_by_uscc(work, Kind.AGENCY, {row.payee_uscc for row in rows})
    return [
        Loose(
            row.award_number, owners.get(row.payer_uscc), agencies.get(row.payee_uscc), row.paid_on
        )
        for row in rows
    ]


def unregistered_of(work: Work, ids: Collection[int]) -> dict[int, list[Entry]]:
    """By contract, the payments of the books that its owner has not registered; none are left out."""
    books = _entries(work, ids)
    if not books:
        return {}
    asked = select(ContractPayment).where(
        ContractPayment.contract_id.in_(books), ContractPayment.state.in_(tuple(COUNTED))
    )
    said: dict[int, list[Entry]] = {}
    for row in work.session.scalars(asked):
        entry = Entry(row.paid_on, row.amount_fen, row.voucher)
        said.setdefault(row.contract_id, []).append(entry)
    missing = {
        contract_id: unregistered(entries, said.get(contract_id, []))
        for contract_id, entries in books.items()
    }
    return {contract_id: entries for contract_id, entries in missing.items() if entries}


def _entries(work: Work, ids: Collection[int]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    asked = select(FinanceLine).where(FinanceLine.contract_id.in_(ids))
    for row in work.session.scalars(asked):
        entry = Entry(row.paid_on, row.amount_fen, row.voucher)
        found.setdefault(row.contract_id or 0, []).append(entry)
    return found


def imports(work: Work, limit: int = 100) -> list[Books]:
    """The files of the finance office, newest first."""
    rows = work.session.scalars(
        select(FinanceImport).order_by(FinanceImport.id.desc()).limit(limit)
    ).all()
    of_import = select(FinanceLine.import_id).where(
        FinanceLine.import_id.in_([row.id for row in rows])
    )
    kept = Counter(work.session.scalars(of_import))
    return [_books(row, kept[row.id]) for row in rows]


def _books(row: FinanceImport, kept: int) -> Books:
    return Books(row.number, row.covers_from, row.covers_to, row.lines, kept, row.imported_at)


def books(work: Work, number: str) -> tuple[Books, list[Found]]:
    """A file of the finance office with its payments that concern the platform. Refuses `finance.none`."""
    row = work.session.scalar(select(FinanceImport).where(FinanceImport.number == number))
    if row is None:
        raise NotFound("finance.none")
    asked = select(FinanceLine).where(FinanceLine.import_id == row.id).order_by(FinanceLine.no)
    found = _found(work, work.session.scalars(asked).all())
    return _books(row, len(found)), found


def outside(work: Work, limit: int = 500) -> list[Found]:
    """Payments to agencies under no award, newest first: a question, no finding (red flag RF-31)."""
    asked = (
        select(FinanceLine)
        .where(FinanceLine.award_number == "")
        .order_by(FinanceLine.paid_on.desc(), FinanceLine.id.desc())
        .limit(limit)
    )
    return _found(work, work.session.scalars(asked).all())


def _found(work: Work, lines: Collection[FinanceLine]) -> list[Found]:
    ids = {line.contract_id for line in lines if line.contract_id is not None}
    missing = unregistered_of(work, ids)
    of_ids = select(Contract).where(Contract.id.in_(ids))
    numbers = {row.id: row.number for row in work.session.scalars(of_ids)}
    known = by_awards(work, {line.award_number for line in lines if line.award_number})
    return [
        Found(
            no=line.no,
            award_number=line.award_number,
            paid_on=line.paid_on,
            amount_fen=line.amount_fen,
            payer_name=line.payer_name,
            payee_name=line.payee_name,
            voucher=line.voucher,
            purpose=line.purpose,
            contract=numbers.get(line.contract_id or 0, ""),
            match=_match(line, missing, known),
        )
        for line in lines
    ]


def _match(
    line: FinanceLine, missing: Mapping[int, list[Entry]], known: Mapping[str, Contract]
) -> Match:
    if line.contract_id is not None:
        entry = Entry(line.paid_on, line.amount_fen, line.voucher)
        is_missing = entry in missing.get(line.contract_id, [])
        return Match.UNREGISTERED if is_missing else Match.REGISTERED
    if not line.award_number:
        return Match.OUTSIDE
    return Match.DIFFERS if line.award_number in known else Match.UNKNOWN
