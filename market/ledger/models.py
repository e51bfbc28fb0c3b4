"""The log's tables. UPDATE and DELETE on leaves and nodes are refused by triggers (migrations/ and
`guards.py`).
"""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class LogLeaf(Model):
    """One fact: its place in the log, how it is found, and the leaf's bytes, verbatim for ever."""

    __tablename__ = "log_leaf"
    __table_args__ = (
        Index("ix_log_leaf_subject", "subject", "idx"),
        Index("ix_log_leaf_type", "type", "idx"),
    )
    idx: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    type: Mapped[str]
    subject: Mapped[str]
    at: Mapped[dt.datetime]
    leaf: Mapped[bytes] = mapped_column(LargeBinary)


class LogNode(Model):
    """The hash of one complete subtree; `key` is level << 48 | index."""

    __tablename__ = "log_node"
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class LogHead(Model):
    """The one row whose lock orders the log: how many leaves, and the tree's root over them."""

    __tablename__ = "log_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    root: Mapped[bytes] = mapped_column(LargeBinary)


class Reader(Model):
    """A reader's bookmark: it has done its work for every entry before `position`."""

    __tablename__ = "log_reader"
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class Checkpoint(Model):
    """A signed tree head as published, cosignatures appended as they come in."""

    __tablename__ = "log_checkpoint"
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str]
    signed_at: Mapped[dt.datetime]
    cosigned_at: Mapped[dt.datetime | None]
