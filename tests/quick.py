"""What is the same from test to test is made once a process.

Every test makes the product anew: 400 addresses, an engine, a hundred templates. What a library
compiles for them depends on their text alone, so the next test may have it. Nothing of the product
is replaced here; what is kept is a library's own result under the library's own key.
"""

import gc
import os
import pathlib
import tempfile
from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from market.db import Database

STATEMENTS = 4000
"""So many compiled statements are kept for each kind of database."""

GARBAGE = 100_000
"""So many new objects before Python looks for rings among them; its own 700 suit small programs."""


ROOM = 6 * 2**30
"""Bytes that must be free in memory before the tests' folders go there."""


def in_memory(folder: pathlib.Path) -> None:
    """Temporary folders of this process and of what it starts lie in `folder`, a file system in
    memory: on a disk, a third of the system's time went into making and removing them.

    Not where there is little room or nothing may be run from it, nor where TMPDIR says a place.
    """
    if "TMPDIR" in os.environ or not folder.is_dir():
        return
    found = os.statvfs(folder)
    if found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(folder)
        tempfile.tempdir = None


def remember() -> None:
    """Let the libraries remember, from now on, in this process."""
    remember_builders()
    remember_statements()
    remember_templates()
    gc.set_threshold(GARBAGE, 20, 20)


def remember_builders() -> None:
    """werkzeug compiles what builds an address once a process: it took half of a test's preparation.

    What is compiled depends on the rule's own text and defaults alone.
    """
    compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
    compile_builder = Rule._compile_builder

    def remembered(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = remembered  # type: ignore[method-assign, assignment]


def remember_statements() -> None:
    """SQLAlchemy compiles a statement once a process for each kind of database, not once an engine.

    Its keys name the dialect: two dialects of one class are the same here, where all engines of a
    kind speak to one server with one set of options.
    """
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[assignment, method-assign]
        dialect.__hash__ = lambda one: hash(type(one))  # type: ignore[assignment, method-assign]

    kept: dict[str, MutableMapping[Any, Any]] = {}
    make_engine = Database._make_engine

    def remembered(self: Database, bind: str | None, options: dict[str, Any], app: Flask) -> Any:
        engine = make_engine(self, bind, options, app)
        engine._compiled_cache = kept.setdefault(engine.dialect.name, LRUCache(STATEMENTS))
        return engine

    Database._make_engine = remembered  # type: ignore[assignment, method-assign]


class Templates(BytecodeCache):
    """Compiled templates of this process, by name and text."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.codes[bucket.key, bucket.checksum] = bucket.code


def remember_templates() -> None:
    """Jinja compiles a template once a process, not once an application."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Templates()}
