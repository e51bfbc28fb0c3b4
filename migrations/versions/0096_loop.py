"""The whole loop of cases: orders from above, meetings, ways to other bodies, who keeps a case; answers of
the knowledge base; pain points.
"""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SOURCES = ("rating", "stuck", "hotline", "callback", "visit", "survey", "media")
MORE_SOURCES = (*SOURCES, "police", "tip", "oversight", "monitor")
STATES = ("open", "contacted", "rectified", "closed")
MORE_STATES = ("open", "contacted", "transferred", "rectified", "closed")
RESULTS = ("solved", "unsolved", "unreached")
MORE_RESULTS = (*RESULTS, "verified")
KINDS = ("notice", "agency", "item", "complaint", "owner")
MORE_KINDS = ("answer", *KINDS)
# A table that SQLite makes anew has lost its triggers (0038).
TRIGGERS = (
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
    with op.batch_alter_table("service_case") as batch:
        batch.add_column(sa.Column("assigned_to", WIDE, nullable=True))
        batch.add_column(sa.Column("assigned_at", sa.BigInteger(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_service_case_assigned_has_who_and_when"),
            "(assigned_at IS NULL) = (assigned_to IS NULL)",
        )
        _checked(batch, "service_case", "case_source", "source", MORE_SOURCES)
        _checked(batch, "service_case", "casestate", "state", MORE_STATES)
        _checked(batch, "service_case", "case_result", "result", MORE_RESULTS)
    with op.batch_alter_table("flag_finding") as batch:
        batch.add_column(sa.Column("case_number", sa.String(), nullable=True))
    _found(MORE_KINDS)
    _supervision()
    _meeting()
    _transfer()
    _answer()
    _pain()


def _checked(batch, table, name, column, values):
    batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.column(column).in_(values))


def _found(kinds):
    with op.batch_alter_table("search_text") as batch:
        _checked(batch, "search_text", "found", "kind", kinds)
    if op.get_bind().dialect.name == "sqlite":
        for statement in TRIGGERS:
            op.execute(statement)


def _enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _both(table, name, one, other):
    check = f"({one} IS NULL) = ({other} IS NULL)"
    return sa.CheckConstraint(check, name=op.f(f"ck_{table}_{name}"))


def _supervision():
    table = "case_supervision"
    op.create_table(
        table,
        sa.Column("id", WIDE, nullable=False),
        sa.Column("case_id", WIDE, nullable=False),
        sa.Column("no", WIDE, nullable=False),
        sa.Column("body_id", WIDE, nullable=False),
        sa.Column("ordered", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.BigInteger(), nullable=False),
        sa.Column("ordered_by", WIDE, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("reported_at", sa.BigInteger(), nullable=True),
        sa.Column("reported_by", WIDE, nullable=True),
        _both(table, "reported_has_who_and_when", "reported_at", "reported_by"),
        sa.CheckConstraint(
            "(reported_at IS NULL) = (report = '')", name=op.f(f"ck_{table}_reported_has_words")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "no", name="one_number_an_order"),
    )


def _meeting():
    op.create_table(
        "case_meeting",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("case_id", WIDE, nullable=False),
        sa.Column("no", WIDE, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", sa.String(), nullable=False),
        sa.Column("agreed", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", WIDE, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "no", name="one_number_a_meeting"),
    )


def _transfer():
    table = "case_transfer"
    op.create_table(
        table,
        sa.Column("id", WIDE, nullable=False),
        sa.Column("case_id", WIDE, nullable=False),
        sa.Column("no", WIDE, nullable=False),
        sa.Column("to", _enum("elsewhere", "hotline", "police", "other"), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("their_number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_by", WIDE, nullable=False),
        sa.Column("back", _enum("transfer_back", "answered", "returned"), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("back_at", sa.BigInteger(), nullable=True),
        sa.Column("back_by", WIDE, nullable=True),
        _both(table, "back_has_who_and_when", "back_at", "back_by"),
        _both(table, "back_has_how", "back_at", "back"),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "no", name="one_number_a_transfer"),
    )


def _answer():
    table = "knowledge_answer"
    topics = ("enrolment", "notice", "entry", "result", "contract", "complaint", "platform")
    op.create_table(
        table,
        sa.Column("id", WIDE, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", _enum("answerstate", "draft", "published", "withdrawn"), nullable=False),
        sa.Column("case_number", sa.String(), nullable=True),
        sa.Column("topic", _enum("answer_topic", *topics), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("question_en", sa.String(), nullable=False),
        sa.Column("answer_en", sa.String(), nullable=False),
        sa.Column("version", WIDE, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("published_by", WIDE, nullable=True),
        sa.Column("pending", sa.JSON(), nullable=True),
        sa.Column("pending_at", sa.BigInteger(), nullable=True),
        sa.Column("pending_by", WIDE, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_by", WIDE, nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        _both(table, "pending_has_who_and_when", "pending_at", "pending_by"),
        _both(table, "pending_has_when", "pending", "pending_at"),
        sa.CheckConstraint(
            "(version = 0) = (state = 'draft')", name=op.f(f"ck_{table}_published_has_version")
        ),
        sa.CheckConstraint(
            "(version = 0) = (published_at IS NULL)", name=op.f(f"ck_{table}_published_has_when")
        ),
        _both(table, "published_has_who_and_when", "published_at", "published_by"),
        _both(table, "withdrawn_has_who_and_when", "withdrawn_at", "withdrawn_by"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (state <> 'withdrawn')",
            name=op.f(f"ck_{table}_withdrawn_when"),
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("submission_key"),
    )


def _pain():
    op.create_table(
        "pain_point",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("body_id", WIDE, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("state", _enum("painstate", "working", "solved", "dropped"), nullable=False),
        sa.Column("listed_at", sa.BigInteger(), nullable=False),
        sa.Column("listed_by", WIDE, nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state = 'working')", name=op.f("ck_pain_point_ended_when")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("submission_key"),
    )
    op.create_index("ix_pain_point_batch", "pain_point", ["batch", "id"])
    op.create_table(
        "pain_step",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("pain_id", WIDE, nullable=False),
        sa.Column("no", WIDE, nullable=False),
        sa.Column(
            "kind", _enum("progress", "worked", "solved", "dropped", "reopened"), nullable=False
        ),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", WIDE, nullable=False),
        sa.ForeignKeyConstraint(["pain_id"], ["pain_point.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pain_id", "no", name="one_number_a_step"),
    )


def downgrade():
    tables = ("pain_step", "pain_point", "knowledge_answer", "case_transfer", "case_meeting")
    for table in (*tables, "case_supervision"):
        op.drop_table(table)
    with op.batch_alter_table("flag_finding") as batch:
        batch.drop_column("case_number")
    op.execute("DELETE FROM search_text WHERE kind = 'answer'")
    _found(KINDS)
    op.execute(
        "DELETE FROM service_case WHERE state = 'transferred' OR result = 'verified'"
        " OR source IN ('police', 'tip', 'oversight', 'monitor')"
    )
    with op.batch_alter_table("service_case") as batch:
        _checked(batch, "service_case", "case_source", "source", SOURCES)
        _checked(batch, "service_case", "casestate", "state", STATES)
        _checked(batch, "service_case", "case_result", "result", RESULTS)
        batch.drop_constraint(op.f("ck_service_case_assigned_has_who_and_when"), type_="check")
        batch.drop_column("assigned_at")
        batch.drop_column("assigned_to")
