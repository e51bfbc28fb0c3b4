"""The index: one row for each public thing."""

from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.search.rules import Found


class SearchText(Model):
    """A public thing as it is searched; made out of its own rows, never the other way round.

    On SQLite the virtual table `search_pairs` (FTS5) is kept over `pairs` by triggers; on
    PostgreSQL `pairs` is a tsvector under a GIN index.
    """

    __tablename__ = "search_text"
    __table_args__ = (
        Index("ix_search_text_pairs", "pairs", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )
    id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False
    )  # within its kind's block
    kind: Mapped[Found] = mapped_column(enum_type(Found))
    subject: Mapped[str] = mapped_column(unique=True)
    path: Mapped[str]
    title: Mapped[str]
    more: Mapped[str]
    plain: Mapped[str]  # number, title and more as they are compared
    pairs: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
