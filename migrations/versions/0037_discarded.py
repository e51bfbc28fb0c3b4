"""Drafts that are thrown away can be taken back for some days, and no row's id is given out twice.

SQLite gives the id of the newest row out again once that is deleted. AUTOINCREMENT ends it; it is a
word of the table's text alone, what stands on the disk is the same. So the text is changed as
sqlite.org/lang_altertable.html has it for such changes: a copy of the table would fire the cascades
of those that refer to it. PostgreSQL never gave one out twice.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

DISCARDABLE = ("complaint", "notice")
TABLES = (
    *DISCARDABLE,
    "agency_document",
    "complaint_evidence",
    "deferrable_document",
    "file",
    "qualification",
    "service_line",
)
PLAIN = "PRIMARY KEY (id)"
NEVER_AGAIN = "PRIMARY KEY (id AUTOINCREMENT)"


def upgrade():
    for table in DISCARDABLE:
        op.add_column(table, sa.Column("discarded_at", sa.BigInteger(), nullable=True))
    respell(PLAIN, NEVER_AGAIN)


def downgrade():
    respell(NEVER_AGAIN, PLAIN)
    for table in DISCARDABLE:
        op.execute(f"DELETE FROM {table} WHERE discarded_at IS NOT NULL")  # noqa: S608 - names of ours
        op.drop_column(table, "discarded_at")


def respell(old, new):
    """Change the key's clause in the text of each table."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    # The table of the numbers given out comes with the first that needs it.
    op.execute("CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT)")
    op.execute("DROP TABLE numbered")
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    for table in TABLES:
        changed = connection.execute(
            sa.text(
                "UPDATE sqlite_master SET sql = replace(sql, :old, :new)"
                " WHERE type = 'table' AND name = :table AND instr(sql, :old)"
            ),
            {"old": old, "new": new, "table": table},
        )
        if changed.rowcount != 1:
            raise RuntimeError(f"{table} has no {old}")
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = RESET")
    for table in TABLES:
        op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")  # noqa: S608 - names of ours
        if new == NEVER_AGAIN:
            op.execute(
                f"INSERT INTO sqlite_sequence SELECT '{table}', coalesce(max(id), 0) FROM {table}"  # noqa: S608 - names of ours
            )
