"""Searches that people follow; a letter says which reader of the log wrote it."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    what = sa.Enum(
        "notices",
        "results",
        "complaints",
        name="followed",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    pace = sa.Enum(
        "at_once",
        "daily",
        name="following_pace",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "following",
        sa.Column("id", wide, nullable=False),
        sa.Column("person_id", wide, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("what", what, nullable=False),
        sa.Column("pace", pace, nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("fund", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("owner_id", wide, nullable=True),
        sa.Column("body_id", wide, nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("first", wide, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "key", name="one_search_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_following_what", "following", ["what"])
    op.create_table(
        "followed_step",
        sa.Column("id", wide, nullable=False),
        sa.Column("following_id", wide, nullable=False),
        sa.Column("log_index", wide, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["following_id"], ["following.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("following_id", "log_index", name="one_step_once"),
    )
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("reader", sa.String(), nullable=False, server_default="letters"))
        batch.drop_constraint("one_letter_an_entry", type_="unique")
        batch.create_unique_constraint("one_letter_an_entry", ["person_id", "log_index", "reader"])
    with op.batch_alter_table("letter") as batch:
        batch.alter_column("reader", server_default=None)


def downgrade():
    op.execute("DELETE FROM letter WHERE reader <> 'letters'")
    with op.batch_alter_table("letter") as batch:
        batch.drop_constraint("one_letter_an_entry", type_="unique")
        batch.create_unique_constraint("one_letter_an_entry", ["person_id", "log_index"])
        batch.drop_column("reader")
    op.drop_table("followed_step")
    op.drop_index("ix_following_what", "following")
    op.drop_table("following")
