"""Migrations: numbered without a gap, up and down on both databases."""

import importlib.util
import re

import flask_migrate
import sqlalchemy as sa

from market.db import db
from market.kernel.clock import FixedClock
from tests.conftest import MIGRATIONS, START, build_app


def test_migrations_are_numbered_without_a_gap():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    numbers = [int(re.fullmatch(r"(\d{4})_[a-z0-9_]+\.py", name)[1]) for name in names]
    assert numbers == list(range(1, len(names) + 1))


def test_up_down_and_up_again(blank_database, tmp_path):
    app = build_app(blank_database, tmp_path / "instance", FixedClock(START))
    with app.app_context():
        flask_migrate.upgrade()
        first = shape()
        assert len(first) > 10
        flask_migrate.downgrade(revision="base")
        assert set(shape()) <= {"alembic_version"}
        flask_migrate.upgrade()
        assert shape() == first
        db.engine.dispose()


def shape() -> dict[str, tuple]:
    """Tables with their columns, indexes and constraints, as the database itself tells them."""
    inspector = sa.inspect(db.engine)
    return {
        name: (
            sorted(f"{c['name']} {c['type']} {c['nullable']}" for c in inspector.get_columns(name)),
            sorted(str(i["name"]) for i in inspector.get_indexes(name)),
            sorted(str(c["name"]) for c in inspector.get_check_constraints(name)),
            sorted(str(u["name"]) for u in inspector.get_unique_constraints(name)),
        )
        for name in inspector.get_table_names()
    }


def test_a_migration_is_read_without_a_database():
    """The health page reads the folder; what asks for a connection at import breaks it."""
    for path in sorted((MIGRATIONS / "versions").glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"read_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert module.revision == path.stem[:4]
