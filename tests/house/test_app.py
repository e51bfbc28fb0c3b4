"""House rules that the built product shows: pages, templates, tables."""

import pytest
import sqlalchemy as sa

from market.db import db
from market.fabric import OURS

INDEX_ALONE = "search_pairs"  # FTS5's tables on SQLite: an index, kept by triggers


def test_every_page_says_who_may_open_it(app):
    unmarked = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not getattr(app.view_functions[rule.endpoint], "may", None)
    ]
    assert not unmarked


def test_nothing_changes_by_get(app):
    """A route that is marked with a verb of its own takes POST; pages take GET (and POST for their
    form).
    """
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.methods - {"GET", "HEAD", "OPTIONS", "POST"}
    ]
    assert not odd


def test_every_template_compiles(app):
    names = app.jinja_env.list_templates(extensions=["html", "txt", "xml", "svg", "ics"])
    assert names
    for name in names:
        app.jinja_env.get_template(name)


def test_each_who_has_its_when(context):
    """Columns x_at and x_by of one table are both there or neither, by NOT NULL or by a CHECK of
    the database.
    """
    lonely = []
    for table in db.metadata.tables.values():
        checks = " ".join(
            str(c.sqltext) for c in table.constraints if isinstance(c, sa.CheckConstraint)
        )
        for who in [
            c
            for c in table.columns
            if c.name.endswith("_by") and f"{c.name[:-3]}_at" in table.columns
        ]:
            when = table.columns[f"{who.name[:-3]}_at"]
            both = (
                f"{when.name} IS NULL) = ({who.name} IS NULL",
                f"{who.name} IS NULL) = ({when.name} IS NULL",
            )
            if (who.nullable or when.nullable) and not any(pair in checks for pair in both):
                lonely.append(f"{table.name}.{who.name}")
    assert not lonely


@pytest.mark.databases
def test_models_and_migrations_agree(context):
    """Nothing in the models is missing from the migrated database, nor the other way round."""
    inspector = sa.inspect(db.engine)
    in_models = {name: set(table.columns.keys()) for name, table in db.metadata.tables.items()}
    in_database = {
        name: {column["name"] for column in inspector.get_columns(name)}
        for name in inspector.get_table_names()
        if name != "alembic_version" and not name.startswith(INDEX_ALONE)
    }
    assert in_database == in_models


def test_extensions_hold_one_thing_of_ours(app):
    """What the factory weaves is typed (market/fabric.py); the rest are libraries' own."""
    libraries = {"sqlalchemy", "migrate", "csrf", "babel"}
    assert set(app.extensions) - libraries == {OURS}
