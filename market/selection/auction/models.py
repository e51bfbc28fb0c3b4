"""What an auction keeps: how far it is, who bids under which pseudonym, each bid that counts, each freeze."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class Auction(Model):
    """The auction of a notice since its entries were admitted. It runs from `start_at` until `end_at`, never
    beyond `hard_stop_at`; `low_fen` is the lowest bid, `done` of one in rounds how many were over before
    `start_at`. `frozen_since`: nothing received from then on counts.
    """

    __tablename__ = "auction"
    __table_args__ = (
        CheckConstraint("start_at < end_at AND end_at <= hard_stop_at", name="in_order"),
        CheckConstraint("(bids = 0) = (low_fen IS NULL)", name="low_with_a_bid"),
    )
    notice_id: Mapped[int] = mapped_column(
        ForeignKey("notice.id"), primary_key=True, autoincrement=False
    )
    start_at: Mapped[dt.datetime]
    end_at: Mapped[dt.datetime]
    hard_stop_at: Mapped[dt.datetime]
    low_fen: Mapped[int | None]
    bids: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    frozen_since: Mapped[dt.datetime | None]
    refused: Mapped[dict[str, str]] = mapped_column(JSON)  # who may not bid, by number, and why
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]


class AuctionBidder(Model):
    """One who may bid: the entry, its number on the log, the pseudonym, the last bid that counts."""

    __tablename__ = "auction_bidder"
    __table_args__ = (
        UniqueConstraint("notice_id", "pseudonym", name="one_pseudonym_each"),
        UniqueConstraint("entry_id", name="one_bidder_each"),
        CheckConstraint("(amount_fen IS NULL) = (bid_at IS NULL)", name="bid_has_when"),
    )
    notice_id: Mapped[int] = mapped_column(
        ForeignKey("notice.id"), primary_key=True, autoincrement=False
    )
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    pseudonym: Mapped[str]
    amount_fen: Mapped[int | None]
    bid_at: Mapped[dt.datetime | None]


class AuctionBid(Model):
    """A bid that counts, by its place among them."""

    __tablename__ = "auction_bid"
    notice_id: Mapped[int] = mapped_column(
        ForeignKey("notice.id"), primary_key=True, autoincrement=False
    )
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    no: Mapped[int]
    amount_fen: Mapped[int]
    received_at: Mapped[dt.datetime]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
    submission_key: Mapped[str] = mapped_column(unique=True)


class AuctionFreeze(Model):
    """One freeze: since when, why, by whom (`person_id` None: the clock), and when it goes on."""

    __tablename__ = "auction_freeze"
    __table_args__ = (
        CheckConstraint("(resumed_at IS NULL) = (start_at IS NULL)", name="resumed_has_start"),
        CheckConstraint(
            "(resumed_at IS NULL) = (resumed_by IS NULL)", name="resumed_has_who_and_when"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    since: Mapped[dt.datetime]
    reason: Mapped[str]
    note: Mapped[str]
    frozen_at: Mapped[dt.datetime]
    person_id: Mapped[int | None]
    resumed_at: Mapped[dt.datetime | None]
    resumed_by: Mapped[int | None]
    start_at: Mapped[dt.datetime | None]
