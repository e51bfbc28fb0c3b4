"""Recorded acts with their steps, and the texts in law that give behaviours their effect."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EVENT = "credit_event"


def text(name, nullable=False):
    return sa.Column(name, sa.String(), nullable=nullable)


def number(name, nullable=False):
    return sa.Column(name, KEY, nullable=nullable)


def day(name, nullable=False):
    return sa.Column(name, sa.Date(), nullable=nullable)


def at(name, nullable=False):
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def chosen(name, check, *values):
    of = sa.Enum(*values, name=check, native_enum=False, length=32, create_constraint=True)
    return sa.Column(name, of, nullable=False)


def organisation(name):
    return sa.ForeignKeyConstraint(
        [name], ["organisation.id"], name=op.f(f"fk_{EVENT}_{name}_organisation")
    )


def upgrade():
    _events()
    _steps()
    _bases()


def _events():
    op.create_table(
        EVENT,
        number("id"),
        text("division"),
        text("number"),
        text("behaviour"),
        chosen("party", "party", "agency", "owner", "office", "regulator", "juror", "witness"),
        number("organisation_id"),
        chosen("grade", "grade", "minor", "serious", "grave", "merit", "fault"),
        number("points"),
        number("months"),
        text("measure"),
        text("article"),
        number("cap_days", nullable=True),
        text("fact"),
        text("evidence"),
        text("matter", nullable=True),
        day("happened_on"),
        chosen(
            "state",
            "creditstate",
            "proposed",
            "in_force",
            "dropped",
            "appealed",
            "void",
            "repairing",
            "repaired",
            "expired",
        ),
        number("body_id"),
        number("appeal_body_id", nullable=True),
        text("salt"),
        text("digest"),
        number("rulebook"),
        day("counts_from", nullable=True),
        day("counts_until", nullable=True),
        text("submission_key"),
        sa.CheckConstraint(
            "(counts_from IS NULL) = (counts_until IS NULL)",
            name=op.f(f"ck_{EVENT}_counts_from_and_until"),
        ),
        organisation("organisation_id"),
        organisation("body_id"),
        organisation("appeal_body_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{EVENT}")),
        sa.UniqueConstraint("number", name=op.f(f"uq_{EVENT}_number")),
        sa.UniqueConstraint("submission_key", name=op.f(f"uq_{EVENT}_submission_key")),
    )
    op.create_index("ix_credit_event_of", EVENT, ["organisation_id", "state"])
    op.create_index("ix_credit_event_body", EVENT, ["body_id", "state"])


def _steps():
    op.create_table(
        "credit_step",
        number("id"),
        number("event_id"),
        chosen(
            "act",
            "act",
            "proposed",
            "stated",
            "confirmed",
            "dropped",
            "appealed",
            "upheld",
            "rejected",
            "repair_asked",
            "repaired",
            "repair_refused",
            "expired",
        ),
        at("at"),
        number("by", nullable=True),
        text("text"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["credit_event.id"], name=op.f("fk_credit_step_event_id_credit_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_step")),
    )
    op.create_index(op.f("ix_credit_step_event_id"), "credit_step", ["event_id"])


def _bases():
    op.create_table(
        "behaviour_basis",
        number("id"),
        text("division"),
        text("code"),
        chosen(
            "source", "basis_source", "law", "regulation", "state_council", "provincial", "none"
        ),
        text("article"),
        number("cap_days", nullable=True),
        day("in_force_from"),
        chosen("state", "basisstate", "proposed", "approved", "rejected"),
        at("proposed_at"),
        number("proposed_by"),
        at("decided_at", nullable=True),
        number("decided_by", nullable=True),
        text("submission_key"),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_behaviour_basis_decided_has_who_and_when"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_behaviour_basis")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_behaviour_basis_submission_key")),
    )
    op.create_index(
        "ix_behaviour_basis_code", "behaviour_basis", ["code", "state", "in_force_from"]
    )


def downgrade():
    op.drop_table("behaviour_basis")
    op.drop_table("credit_step")
    op.drop_table(EVENT)
