"""Alembic's entry: migrations run on the application's engine."""

from alembic import context
from flask import current_app

engine = current_app.extensions["migrate"].db.engine
metadata = current_app.extensions["migrate"].db.metadata


def leave_guards(kind, name, *_):
    """The log's triggers are ours, not Alembic's."""
    return True


def switch_references(connection, on):
    """Let SQLite look at foreign keys or not: a batch drops a table to put its copy in its place.

    Outside any transaction, where alone it listens (sqlite.org/lang_altertable.html). What is found
    afterwards is a fault of the migration.
    """
    if connection.dialect.name != "sqlite":
        return
    raw = connection.connection.dbapi_connection
    if on and (broken := raw.execute("PRAGMA foreign_key_check").fetchall()):
        raise RuntimeError(f"rows refer to nothing: {broken[:5]}")
    raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


with engine.connect() as connection:
    switch_references(connection, on=False)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
    switch_references(connection, on=True)
