"""The index of the search: pairs of signs under FTS5 on SQLite, under GIN on PostgreSQL."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KINDS = ("notice", "agency", "item", "complaint", "owner")
# FTS5 keeps the index alone; these keep it in step with the table (sqlite.org/fts5, 4.4.3).
FTS5 = (
    """CREATE VIRTUAL TABLE search_pairs USING fts5(
        pairs, content='search_text', content_rowid='id', tokenize='ascii', columnsize=0)""",
    """CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN
        INSERT INTO search_pairs (rowid, pairs) VALUES (new.id, new.pairs); END""",
    """CREATE TRIGGER search_text_gone AFTER DELETE ON search_text BEGIN
        INSERT INTO search_pairs (search_pairs, rowid, pairs) VALUES ('delete', old.id, old.pairs);
        END""",
    """CREATE TRIGGER search_text_changed AFTER UPDATE ON search_text BEGIN
        INSERT INTO search_pairs (search_pairs, rowid, pairs) VALUES ('delete', old.id, old.pairs);
        INSERT INTO search_pairs (rowid, pairs) VALUES (new.id, new.pairs); END""",
)


def upgrade():
    op.create_table(
        "search_text",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, native_enum=False, length=32, create_constraint=True, name="found"),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("more", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.Column("pairs", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
        sa.UniqueConstraint("subject", name=op.f("uq_search_text_subject")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in FTS5:
            op.execute(statement)
    else:
        op.create_index("ix_search_text_pairs", "search_text", ["pairs"], postgresql_using="gin")


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_pairs")
    op.drop_table("search_text")
