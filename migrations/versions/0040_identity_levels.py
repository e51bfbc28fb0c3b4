"""Who somebody is: claimed or checked. A number is his whose claim was checked."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

CHECKED = sa.text("verified_at IS NOT NULL")
WAITING = sa.text("state = 'waiting'")
STATES = sa.Enum(
    *("waiting", "confirmed", "refused"),
    name="checkstate",
    native_enum=False,
    create_constraint=True,
    length=32,
)
REASONS = sa.Enum(
    *("illegible", "mismatch", "expired", "not_shown", "number_of_another"),
    name="checkreason",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade():
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("claimed_at", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("register_asked_at", sa.BigInteger(), nullable=True))
        batch.drop_constraint("uq_person_id_number", type_="unique")
    op.execute("UPDATE person SET claimed_at = verified_at")
    # A link in a mail proves an address and nobody's number.
    op.execute(
        "UPDATE person SET verified_at = NULL, verified_by = NULL WHERE verified_by = 'email+id'"
    )
    op.create_index("ix_person_id_number", "person", ["id_number"])
    op.create_index(
        *("one_checked_number", "person", ["id_number"]),
        unique=True,
        sqlite_where=CHECKED,
        postgresql_where=CHECKED,
    )
    # No batch: a new table would lose the AUTOINCREMENT of its key.
    op.add_column("complaint", sa.Column("hold_began_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE complaint SET hold_began_at = filed_at WHERE notice_number IS NOT NULL")
    create_checks()


def create_checks():
    op.create_table(
        "identity_check",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("overdue_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("checker_id", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("reason", REASONS, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(reason IS NULL) = (state <> 'refused')", name=op.f("ck_identity_check_refused_why")
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (state = 'waiting')",
            name=op.f("ck_identity_check_settled_when"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_identity_check_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_identity_check_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_identity_check_file_id_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_check")),
        sa.UniqueConstraint("number", name=op.f("uq_identity_check_number")),
    )
    op.create_index(
        *("one_check_waits", "identity_check", ["person_id"]),
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_identity_check_desk", "identity_check", ["organisation_id", "state", "id"])
    op.create_index("ix_identity_check_person", "identity_check", ["person_id", "id"])


def downgrade():
    op.drop_table("identity_check")
    op.drop_column("complaint", "hold_began_at")
    op.drop_index("one_checked_number", "person")
    op.drop_index("ix_person_id_number", "person")
    # Before the levels a number was his who typed it first, and a claim counted as a check.
    op.execute(
        "UPDATE person SET id_number = NULL WHERE verified_at IS NULL AND EXISTS ("
        "SELECT 1 FROM person AS other WHERE other.id_number = person.id_number"
        " AND other.id <> person.id AND (other.verified_at IS NOT NULL OR other.id < person.id))"
    )
    op.execute(
        "UPDATE person SET verified_at = claimed_at, verified_by = 'email+id'"
        " WHERE verified_at IS NULL AND claimed_at IS NOT NULL AND id_number IS NOT NULL"
    )
    with op.batch_alter_table("person") as batch:
        batch.create_unique_constraint("uq_person_id_number", ["id_number"])
        batch.drop_column("register_asked_at")
        batch.drop_column("claimed_at")
