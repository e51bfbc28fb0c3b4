"""Payments as the finance office's books have them, in the files that it handed in."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class FinanceImport(Model):
    """One file of the finance office: which days of payment it has whole, and its salted digest."""

    __tablename__ = "finance_import"
    __table_args__ = (CheckConstraint("covers_from <= covers_to", name="covers_days"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)  # ZF-360481-2026-00001
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    covers_from: Mapped[dt.date]
    covers_to: Mapped[dt.date]  # the last day
    lines: Mapped[int]  # of the file
    salt: Mapped[str]
    digest: Mapped[str]
    submission_key: Mapped[str] = mapped_column(unique=True)
    imported_at: Mapped[dt.datetime]
    imported_by: Mapped[int]


class FinanceLine(Model):
    """One payment that names an award or went to an agency of this platform; others are not kept."""

    __tablename__ = "finance_line"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="pays_something"),
        Index("ix_finance_line_contract_id", "contract_id"),
        Index("ix_finance_line_import_id", "import_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("finance_import.id"))
    no: Mapped[int]  # as a spreadsheet counts its lines
    identity: Mapped[str] = mapped_column(unique=True)  # of the payment, in whatever file it comes
    award_number: Mapped[str]  # TZ-..., "" where the books name none
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    paid_on: Mapped[dt.date]
    amount_fen: Mapped[int]
    payer_uscc: Mapped[str]
    payer_name: Mapped[str]
    payee_uscc: Mapped[str]
    payee_name: Mapped[str]
    voucher: Mapped[str]
    purpose: Mapped[str]
