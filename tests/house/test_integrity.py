"""Every table and every fact says how it stands to the log: held against it, or why not."""

import importlib
import importlib.util
import pkgutil

from sqlalchemy import Table
from sqlalchemy.sql import visitors

import market
from market.db import Base
from market.factory import modules
from market.kernel.events import DrawEvent, Event

ABSTRACT = {Event, DrawEvent}


def rooms() -> list:
    """The rooms' declarations."""
    return list(modules("integrity"))


def every_event() -> set[type]:
    """All facts of all rooms."""
    for found in pkgutil.iter_modules(market.__path__):
        if found.ispkg and importlib.util.find_spec(f"market.{found.name}.events"):
            importlib.import_module(f"market.{found.name}.events")
    seen: set[type] = set()
    wanted = [Event]
    while wanted:
        one = wanted.pop()
        seen.add(one)
        wanted += one.__subclasses__()
    return {one for one in seen - ABSTRACT if one.__module__.startswith("market.")}


def test_every_fact_is_held_or_says_why_not():
    held = {event for room in rooms() for one in room.HELD for event in one.events}
    without = {one for room in rooms() for one in room.WITHOUT if issubclass(one, Event)}
    assert not held & without
    assert every_event() == held | without


def test_every_table_is_held_or_says_why_not():
    tables = {mapper.class_ for mapper in Base.registry.mappers}
    named = {
        mapper.class_
        for mapper in Base.registry.mappers
        for room in rooms()
        for one in room.HELD
        if mapper.local_table in froms(one.rows)
    }
    without = {one for room in rooms() for one in room.WITHOUT if not issubclass(one, Event)}
    assert not {one for one in without if one in named} - {None}
    assert {one.__name__ for one in tables - named - without} == set()


def froms(rows) -> set:
    """The tables that a declaration reads."""
    return {found for found in visitors.iterate(rows) if isinstance(found, Table)}


def test_every_reason_is_a_reason():
    assert all(reason.strip() for room in rooms() for reason in room.WITHOUT.values())
