"""What the database itself refuses: a leaf or a node is never changed, never deleted, never out of
order.

Text for the migration, one list for each database.
"""

from verify.zjcs.merkle import EMPTY_ROOT

FIRST_HEAD = (
    f"INSERT INTO log_head (id, size, root) VALUES (1, 0, {{blob}}'{EMPTY_ROOT.hex()}'{{end}})"
)

SQLITE = [
    FIRST_HEAD.format(blob="x", end=""),
    *(
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""
        for table in ("log_leaf", "log_node")
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER log_leaf_in_order BEFORE INSERT ON log_leaf
       WHEN NEW.idx < (SELECT size FROM log_head WHERE id = 1)
         OR EXISTS (SELECT 1 FROM log_leaf WHERE idx = NEW.idx)
         OR (NEW.idx > (SELECT size FROM log_head WHERE id = 1)
             AND NOT EXISTS (SELECT 1 FROM log_leaf WHERE idx = NEW.idx - 1))
       BEGIN SELECT RAISE(ABORT, 'the log grows at its end'); END""",
    """CREATE TRIGGER log_node_once BEFORE INSERT ON log_node
       WHEN EXISTS (SELECT 1 FROM log_node WHERE key = NEW.key)
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_head_only_grows BEFORE UPDATE ON log_head WHEN NEW.size < OLD.size
       BEGIN SELECT RAISE(ABORT, 'the log only grows'); END""",
    """CREATE TRIGGER log_head_stays BEFORE DELETE ON log_head
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
]

POSTGRESQL = [
    FIRST_HEAD.format(blob="decode(", end=", 'hex')"),
    """CREATE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
          FOR EACH ROW EXECUTE FUNCTION log_refuse()"""
        for table in ("log_leaf", "log_node")
    ),
    *(
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
          FOR EACH STATEMENT EXECUTE FUNCTION log_refuse()"""
        for table in ("log_leaf", "log_node")
    ),
    """CREATE FUNCTION log_in_order() RETURNS trigger LANGUAGE plpgsql AS
       $$ DECLARE known bigint; BEGIN
         SELECT size INTO known FROM log_head WHERE id = 1;
         IF NEW.idx < known
            OR (NEW.idx > known AND NOT EXISTS (SELECT 1 FROM log_leaf WHERE idx = NEW.idx - 1)) THEN
           RAISE EXCEPTION 'the log grows at its end';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER log_leaf_in_order BEFORE INSERT ON log_leaf FOR EACH ROW EXECUTE FUNCTION log_in_order()""",
    """CREATE FUNCTION log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF TG_OP = 'DELETE' OR NEW.size < OLD.size THEN RAISE EXCEPTION 'the log only grows'; END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER log_head_only_grows BEFORE UPDATE OR DELETE ON log_head
       FOR EACH ROW EXECUTE FUNCTION log_only_grows()""",
]

UNDO_POSTGRESQL = [
    f"DROP FUNCTION {name}() CASCADE" for name in ("log_refuse", "log_in_order", "log_only_grows")
]


def grants(role: str) -> list[str]:
    """What a PostgreSQL role that runs the market needs (`role` is quoted already): everything on
    the tables but their structure, and on the log's only to read and to add.
    """
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE ON log_leaf, log_node FROM {role}",
        f"REVOKE DELETE ON log_head FROM {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    ]
