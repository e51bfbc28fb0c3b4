"""What the room of entries keeps, and what the database itself refuses: two live entries of one agency."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.kernel.arrival import TakenBy
from market.kernel.plain import Json
from market.selection.entries.rules.states import EntryState


class Entry(Model):
    """One entry (报名). Until the seal nobody but the clock can read `sealed`; `no` is its place in
    the log.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("notice_id", "no", name="one_number_each"),
        UniqueConstraint("notice_id", "undo", name="one_token_each"),
        Index(
            "one_live_entry",
            "notice_id",
            "agency_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_entry_agency", "agency_id", "id"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (state <> 'withdrawn')", name="withdrawn_has_when"
        ),
        CheckConstraint(
            "(reason IS NULL) = (state NOT IN ('ineligible', 'unopened'))",
            name="ineligible_has_reason",
        ),
        CheckConstraint(
            "quote_fen IS NULL OR state NOT IN ('received', 'withdrawn', 'unopened')",
            name="opened_at_the_seal",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    ref: Mapped[str]
    representative: Mapped[str]  # the legal representative's name at entry
    representative_digest: Mapped[
        str | None
    ]  # and the keyed digest of his number: one person may stand behind one entry only
    no: Mapped[int]
    receipt: Mapped[str] = mapped_column(unique=True)
    commit: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(
        LargeBinary
    )  # since zjcs-draw/2 the box, empty once it is withdrawn
    box_sha256: Mapped[str | None]  # of the box, as its leaf says it
    undo: Mapped[str | None]  # since zjcs-draw/2: the hash of the token that withdraws it
    proposal_sha256: Mapped[
        str | None
    ]  # of a way that scores proposals, as its leaf says it: of the text, or of a file's box
    proposal_b_sha256: Mapped[str | None]  # of the named part, which opens with the quotes
    sealed_by: Mapped[str | None]  # browser, tool or server; None where the clock's key alone opens
    received_at: Mapped[dt.datetime]
    received_by: Mapped[str] = mapped_column(default=TakenBy.READING, server_default="reading")
    entered_by: Mapped[int]
    state: Mapped[EntryState] = mapped_column(
        enum_type(EntryState, "entry"), default=EntryState.RECEIVED
    )
    reason: Mapped[str | None]
    quote_fen: Mapped[int | None]
    rate_bp: Mapped[int | None]  # of a way that asks for a rate: basis points
    response_days: Mapped[int | None]  # where days are scored: in how many the work is done
    opened_at: Mapped[dt.datetime | None]  # of a way that opens quotes later than the list
    withdrawn_at: Mapped[dt.datetime | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class EntryLikeness(Model):
    """By what an entry may be like another one, as keyed digests taken at entry: read after the seal
    alone, by those who oversee, and erased after `likeness_months`.
    """

    __tablename__ = "entry_likeness"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    received_at: Mapped[dt.datetime] = mapped_column(index=True)
    phone: Mapped[str | None]
    address: Mapped[str | None]
    device: Mapped[str | None]
    network: Mapped[str | None]


class EntryProposal(Model):
    """What an agency proposes, sealed to the clock's key until the list stands; `texts` since then, of
    those who are on the list. `sha256` stands in the leaf of the entry that carries it.
    """

    __tablename__ = "entry_proposal"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]
    texts: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    handed_at: Mapped[dt.datetime]
    handed_by: Mapped[int]


class EntryBox(Model):
    """A sealed file that an agency uploaded for a notice, before it entered or never. `kind` is that of
    the box's head, `sha256` (hex) the box's hash, by which an entry names it; `document_sha256` (hex)
    that of the file within, as who sealed it says. Opened: the file, or why it does not open. An
    inspector may confirm that its entry was rightly left out for it.
    """

    __tablename__ = "entry_box"
    __table_args__ = (
        UniqueConstraint("notice_id", "agency_id", "kind", "sha256", name="one_box_each"),
        CheckConstraint(
            "(opened_at IS NULL) = (opened_file_id IS NULL AND unopened IS NULL)",
            name="opened_has_when",
        ),
        CheckConstraint("opened_file_id IS NULL OR unopened IS NULL", name="opened_or_not"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    sha256: Mapped[str]
    document_sha256: Mapped[str]
    sealed_by: Mapped[str]
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    uploaded_at: Mapped[dt.datetime]
    uploaded_by: Mapped[int]
    opened_at: Mapped[dt.datetime | None]
    opened_file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    unopened: Mapped[str | None]
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[int | None]


class WebProcess(Model):
    """What a web process still holds: nothing that came before `low_water` is unanswered there.

    Written once a second while a close is near; a row that has not been written for a while is of a
    process that is gone.
    """

    __tablename__ = "web_process"
    id: Mapped[str] = mapped_column(primary_key=True)  # random, of one process's life
    beat_at: Mapped[dt.datetime]
    low_water: Mapped[dt.datetime]
    began_at: Mapped[dt.datetime] = mapped_column(server_default=text("0"))  # it was there since


class LateEntry(Model):
    """That an agency's entry came after the close; what was in it is not kept."""

    __tablename__ = "late_entry"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    received_at: Mapped[dt.datetime]
