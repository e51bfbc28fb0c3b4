"""Every state of every object says who waits in it: a new state without a row fails here."""

import enum
import importlib
import inspect
import pkgutil

import market
from market.fabric import fabric
from market.tasks import rules
from market.tasks.queries.sources import ASKED
from market.tasks.rules import states as turns
from market.windows.rules import Nature

ALSO = {"Offer"}  # states by another name


def states_of_the_product():
    """Every enumeration of states that a room's rules define."""
    found = set()
    for module in pkgutil.walk_packages(market.__path__, "market."):
        if "rules" in module.name.split("."):
            loaded = importlib.import_module(module.name)
            for name, each in inspect.getmembers(loaded, inspect.isclass):
                if issubclass(each, enum.Enum) and (name.endswith("State") or name in ALSO):
                    found.add(each)
    return found


def test_every_state_of_every_object_has_its_row():
    assert states_of_the_product() == set(turns.STATES)
    for states, rows in turns.STATES.items():
        assert set(rows) == set(states), states


def test_what_waits_is_done_somewhere_and_nothing_is_listed_in_vain(app):
    rows = [*turns.STATES.values(), turns.STATELESS]
    named = {
        name for row in rows for waits in row.values() if isinstance(waits, tuple) for name in waits
    }
    known = {**rules.OF_WINDOWS, **rules.STAGES, **rules.WITHOUT_CLOCK}
    assert named == set(known)
    assert len(known) == len(rules.OF_WINDOWS) + len(rules.STAGES) + len(rules.WITHOUT_CLOCK)
    assert {*ASKED, *fabric(app).waiting} == set(rules.WITHOUT_CLOCK)
    permissions = fabric(app).permissions
    for desk in known.values():
        assert desk.may == "signed_in" or desk.may in permissions


def test_every_kind_of_people_s_window_is_a_task_or_says_why_it_is_none(app):
    kinds = {
        name for name, kind in fabric(app).window_kinds.items() if kind.nature is not Nature.ACT
    }
    assert kinds == set(rules.OF_WINDOWS) | set(rules.NO_TASK)
    assert not set(rules.OF_WINDOWS) & set(rules.NO_TASK)
